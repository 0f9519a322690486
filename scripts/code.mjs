/**
 * Opens a real VS Code with the extension on the example crate: the desktop VS Code that @vscode/test-electron downloads,
 * or, where it cannot be downloaded, VS Code in the browser.
 *
 * Usage: npm run code [-- FOLDER --browser]
 */
import { spawn } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { openInBrowser } from "./end-to-end.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const args = process.argv.slice(2);
const named = args.find((arg) => !arg.startsWith("--"));
const folder = named === undefined ? join(root, "example") : resolve(process.env.INIT_CWD ?? process.cwd(), named);

/** The desktop VS Code, or undefined (and why, on the console) where it cannot be had. */
async function desktopVsCode() {
  if (args.includes("--browser")) return undefined;
  try {
    return await downloadAndUnzipVSCode({ version: "stable", cachePath: join(root, ".vscode-test"), timeout: 20_000 });
  } catch (error) {
    console.log(`VS Code for the desktop cannot be downloaded (${error.message}); opening it in a browser instead.`);
    return undefined;
  }
}

await import("../esbuild.mjs");
const executable = await desktopVsCode();
if (executable === undefined) {
  await openInBrowser(folder);
} else {
  const profile = join(root, "out/code");
  const own = [`--user-data-dir=${join(profile, "data")}`, `--extensions-dir=${join(profile, "extensions")}`, "--disable-workspace-trust"];
  const open = [`--extensionDevelopmentPath=${root}`, "--new-window", folder, join(folder, "src/lib.rs")];
  spawn(executable, [...own, ...open], { stdio: "ignore", detached: true }).unref();
  console.log(`VS Code shows ${folder}.`);
  process.exit(0);
}
