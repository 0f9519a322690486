/**
 * The host of the end-to-end tests (a Node 24, VS Code's server, vsce), for scripts: test/e2e/host.ts, bundled.
 */
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Paths of the host's programs; installs it when it does not stand yet. */
export async function endToEndHost() {
  const outfile = join(root, "out/e2e/host.mjs");
  await build({
    entryPoints: [join(root, "test/e2e/host.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const { installHost } = await import(pathToFileURL(outfile));
  return installHost(join(root, "test/e2e/host"));
}
