// Runs the unit tests: bundles every test/**/*.test.ts with esbuild (so Node 20 can run them) and hands them to node:test.
// Usage: node scripts/test.mjs [path-fragment ...]
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";

const root = new URL("..", import.meta.url).pathname;
function walk(dir) {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}
const wanted = process.argv.slice(2);
const files = walk(join(root, "test")).filter(
  (f) => f.endsWith(".test.ts") && !f.includes("/e2e/") && (wanted.length === 0 || wanted.some((w) => f.includes(w))),
);
const outdir = join(root, "out", wanted.length === 0 ? "test" : `test-${process.pid}`);
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: files,
  outdir,
  outbase: join(root, "test"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  logLevel: "error",
  outExtension: { ".js": ".mjs" },
  packages: "external",
});
const outputs = walk(outdir)
  .filter((f) => f.endsWith(".test.mjs"))
  .map((f) => relative(root, f));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...outputs], { cwd: root, stdio: "inherit" });
if (wanted.length > 0) rmSync(outdir, { recursive: true, force: true });
process.exit(status ?? 1);
