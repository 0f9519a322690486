/**
 * The main job: builds the command line and prints a crate's annotated source and layout cards.
 *
 * Usage: npm start [-- PATH [OPTIONS]]   PATH is a crate or workspace folder or one .rs file; the bundled example without it.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
// npm runs scripts in the package's folder; INIT_CWD is where the user stands.
const userFolder = process.env.INIT_CWD ?? process.cwd();

const build = spawnSync(process.execPath, [join(root, "esbuild.mjs"), "--only=cli"], { stdio: "inherit" });
if (build.status !== 0) process.exit(build.status ?? 1);

const args = process.argv.slice(2);
const path = args.find((arg) => !arg.startsWith("-") && existsSync(resolve(userFolder, arg)));
const report = ["report", ...(path === undefined ? [join(root, "example")] : []), ...args];
const format = args.some((arg) => arg.startsWith("--format")) ? [] : ["--format", "human"];
const { status } = spawnSync(process.execPath, [join(root, "dist/cli.cjs"), ...report, ...format], { cwd: userFolder, stdio: "inherit" });
process.exit(status ?? 1);
