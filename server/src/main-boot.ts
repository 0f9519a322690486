/**
 * What Node starts: runs the bundle beside it (`server-main.cjs`, `cli-main.cjs`) with the code that V8 has kept of it. An editor may
 * say `--cache-folder=PATH`.
 */

import { join } from "node:path";
import { argv, platform } from "node:process";
import { cacheFolder } from "./cache-folder.ts";
import { compileBundle } from "./code-cache.ts";
import { userEnvironment } from "./node-host.ts";
import { optimizeLater } from "./optimize-later.ts";

/** The build says which bundle, and names its content. */
declare const STOWPLAN_BUNDLE: { readonly name: string; readonly key: string };
declare const __dirname: string;
declare const exports: object;
declare const module: object;
declare const require: (id: string) => unknown;

const OPTION = "--cache-folder=";

optimizeLater();
const preferred = argv.find((argument) => argument.startsWith(OPTION))?.slice(OPTION.length);
const file = join(__dirname, STOWPLAN_BUNDLE.name);
const folder = cacheFolder(userEnvironment(), platform, preferred);
const { run, code } = compileBundle({ file, key: STOWPLAN_BUNDLE.key, folder, built: join(__dirname, "code") });
if (typeof run === "function") run(exports, require, module, file, __dirname, code);
