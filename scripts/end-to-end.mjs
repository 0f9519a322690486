/**
 * Parts of the end-to-end tests that scripts use, bundled so that Node 20 can load them: the host they install (a Node 24,
 * VS Code's server, vsce) and VS Code in a browser.
 */
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The exports of a module in test/e2e. */
async function load(name) {
  const outfile = join(root, `out/e2e/${name}.mjs`);
  const entryPoints = [join(root, `test/e2e/${name}.ts`)];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "warning" });
  return import(pathToFileURL(outfile));
}

/** Paths of the host's programs; installs it when it does not stand yet. */
export async function endToEndHost() {
  const { installHost } = await load("host");
  return installHost(join(root, "test/e2e/host"));
}

/** VS Code with the built extension on a folder, served to a browser until the process is told to end. */
export async function openInBrowser(folder) {
  const open = await load("open");
  await open.openInBrowser(root, folder);
}

/** The text of a hover in VS Code, of which a picture is saved: `Sight` of test/e2e/look.ts. */
export async function lookAt(sight) {
  const { look } = await load("look");
  return look(root, sight);
}
