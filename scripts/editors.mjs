/**
 * Drives real editors: Neovim and Emacs with eglot, each with the very snippet of docs/editors.md, on a copy of the end-to-end
 * tests' workspace, against the built command line.
 *
 * Usage: npm run editors [-- neovim|emacs …]   (NVIM and EMACS name other programs than those on PATH)
 * Prints what each check says and `N passed, N failed` last. An editor that is not here is a failure.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const scratch = join(root, "out/editors");
const MINUTES = 5;

/** The first code block below a heading of docs/editors.md. */
function snippet(heading) {
  const section = readFileSync(join(root, "docs/editors.md"), "utf8")
    .split(/^## /m)
    .find((part) => part.startsWith(`${heading}\n`));
  const code = /^```\w+\n(.*?)^```$/ms.exec(section ?? "")?.[1];
  if (code === undefined) throw new Error(`docs/editors.md has no code below "${heading}"`);
  return code;
}

/** A folder with a program `stowplan`, as a user has it on PATH. */
function commandFolder() {
  const folder = join(scratch, "bin");
  mkdirSync(folder, { recursive: true });
  const command = join(folder, "stowplan");
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "dist/cli.cjs")}" "$@"\n`);
  chmodSync(command, 0o755);
  return folder;
}

/** A home of its own, a fresh workspace and the snippet as a file; gives their paths. */
function stage(name, file, code) {
  const home = join(scratch, name);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  cpSync(join(root, "test/e2e/workspace"), join(home, "workspace"), { recursive: true });
  writeFileSync(join(home, file), code);
  return { home, setup: join(home, file), library: join(home, "workspace/src/lib.rs") };
}

function versionOf(program, pattern) {
  return pattern
    .exec(spawnSync(program, ["--version"], { encoding: "utf8" }).stdout ?? "")
    ?.slice(1)
    .join(".");
}

function neovim() {
  const program = process.env.NVIM ?? "nvim";
  const version = versionOf(program, /^NVIM v(\d+)\.(\d+)/m);
  if (version === undefined) return undefined;
  const [major, minor] = version.split(".").map(Number);
  const code = snippet(major > 0 || minor >= 11 ? "Neovim 0.11 and newer" : "Neovim 0.7 to 0.10");
  const { home, setup, library } = stage("neovim", "init.lua", code);
  const args = ["--headless", "--clean", "-u", setup, library, "-S", join(root, "test/editors/neovim.lua")];
  return { name: `Neovim ${version}`, program, args, home };
}

function emacs() {
  const program = process.env.EMACS ?? "emacs";
  const version = versionOf(program, /^GNU Emacs (\d+)\.(\d+)/m);
  if (version === undefined) return undefined;
  const { home, setup, library } = stage("emacs", "init.el", snippet("Emacs with eglot"));
  const open = `(switch-to-buffer (find-file-noselect "${library}"))`;
  const libraries = ["--eval", "(progn (require 'package) (package-initialize) (require 'rust-mode))"];
  const actions = ["--load", join(root, "test/editors/eglot.el"), "--eval", open, "--eval", "(drive)"];
  return { name: `Emacs ${version}`, program, args: ["--batch", ...libraries, "--load", setup, ...actions], home };
}

/** Runs an editor; its lines `ok …` and `FAILED …` are the counts. One that says nothing has failed. */
function drive({ name, program, args, home }, path) {
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_STATE_HOME: home, PATH: path };
  const { stdout, stderr, status, signal } = spawnSync(program, args, { env, encoding: "utf8", timeout: MINUTES * 60_000 });
  const lines = stdout.split(/\r?\n/).filter((line) => /^(?:ok|FAILED) /.test(line));
  for (const line of lines) console.log(`[${name}] ${line}`);
  const failed = lines.filter((line) => line.startsWith("FAILED")).length;
  const ended = status === 0 && lines.length > 0;
  if (!ended) console.log(`[${name}] FAILED: it ended with ${signal ?? status}\n${stdout}\n${stderr}`);
  return { passed: lines.length - failed, failed: failed + (ended ? 0 : 1) };
}

const editors = { neovim, emacs };
const wanted = process.argv.slice(2).filter((arg) => arg in editors);
if (!existsSync(join(root, "dist/cli.cjs"))) spawnSync(process.execPath, [join(root, "esbuild.mjs")], { stdio: "inherit" });
const searchPath = `${commandFolder()}${delimiter}${process.env.PATH ?? ""}`;
const total = { passed: 0, failed: 0 };
for (const name of wanted.length > 0 ? wanted : Object.keys(editors)) {
  const editor = editors[name]();
  if (editor === undefined) console.log(`FAILED: ${name} is not here (Debian: apt-get install neovim emacs-nox elpa-eglot elpa-rust-mode)`);
  const counts = editor === undefined ? { passed: 0, failed: 1 } : drive(editor, searchPath);
  total.passed += counts.passed;
  total.failed += counts.failed;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
if (total.failed > 0) process.exitCode = 1;
