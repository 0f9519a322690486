// Bundles one TypeScript program with esbuild (so that Node 20 can run it) and runs it with the given arguments.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Answers with the program's exit status. */
export async function runBundled(entry, args) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const folder = `${root}out/run-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}/main.mjs`;
  try {
    await build({
      entryPoints: [root + entry],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      sourcemap: "inline",
      logLevel: "error",
    });
    const { status } = spawnSync(process.execPath, ["--enable-source-maps", outfile, ...args], { stdio: "inherit" });
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
