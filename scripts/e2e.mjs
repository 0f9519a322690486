/**
 * Bundles and runs the end-to-end tests (test/e2e/run.ts), on the bundles that `npm run build` has made.
 *
 * Usage: npm run e2e [-- --host=node|worker --extension=VSIX|FOLDER --only=suite|page|restricted|language|code]
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
if (!existsSync("dist/client.cjs")) spawnSync(process.execPath, ["esbuild.mjs"], { stdio: "inherit" });
const common = { bundle: true, logLevel: "warning", sourcemap: "inline" };
await build({
  ...common,
  entryPoints: ["test/e2e/run.ts"],
  outfile: "out/e2e/run.mjs",
  platform: "node",
  format: "esm",
  packages: "external",
});
// For both extension hosts: nothing of Node in it. Not CommonJS at once: mocha's browser build would take `module.exports`.
await build({
  ...common,
  entryPoints: ["test/e2e/suite/index.ts"],
  outfile: "out/e2e/suite.js",
  platform: "browser",
  format: "iife",
  globalName: "stowplanSuite",
  footer: { js: "module.exports = stowplanSuite;" },
  external: ["vscode"],
});
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "out/e2e/run.mjs", ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(status ?? 1);
