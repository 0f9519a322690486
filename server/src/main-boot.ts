/**
 * What Node starts: runs the bundle beside it (`server-main.cjs`, `cli-main.cjs`) with the code that V8 has kept of it. An editor may
 * say `--cache-folder=PATH`.
 */

import { homedir } from "node:os";
import { join } from "node:path";
import { argv, env, platform } from "node:process";
import { cacheFolder } from "./cache-folder.ts";
import { compileBundle } from "./code-cache.ts";

/** The build says which bundle, and names its content. */
declare const STOWPLAN_BUNDLE: { readonly name: string; readonly key: string };
declare const __dirname: string;
declare const exports: object;
declare const module: object;
declare const require: (id: string) => unknown;

const OPTION = "--cache-folder=";

function home(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}

const variables = new Map(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
const preferred = argv.find((argument) => argument.startsWith(OPTION))?.slice(OPTION.length);
const file = join(__dirname, STOWPLAN_BUNDLE.name);
const folder = cacheFolder({ variables, home: home() }, platform, preferred);
const { run, code } = compileBundle({ file, key: STOWPLAN_BUNDLE.key, folder });
if (typeof run === "function") run(exports, require, module, file, __dirname, code);
