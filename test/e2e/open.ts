/**
 * Opens VS Code in a browser with the extension on a folder, for a person to use: prints the address, opens it in Chromium
 * where there is a screen, and ends with Ctrl+C.
 *
 * Usage: node out/e2e/open.mjs FOLDER  (from scripts/code.mjs, in the repository's folder)
 */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium } from "./browser.ts";
import { installHost } from "./host.ts";
import { workbenchUrl } from "./page/workbench.ts";
import { startServer } from "./server.ts";

const root = process.cwd();
const folder = process.argv[2] ?? join(root, "example");
const server = await startServer(installHost(join(root, "test/e2e/host")), {
  dataFolder: join(tmpdir(), "stowplan-code"),
  settings: {},
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    server.stop();
    process.exit(0);
  });
}
const library = join(folder, "src/lib.rs");
const file = `vscode-remote://localhost:${server.port}${library}`;
const url = workbenchUrl({ port: server.port, workspace: folder, extension: root }, existsSync(library) ? [["openFile", file]] : []);
console.log(`VS Code is at\n${url}\nCtrl+C ends it.`);
if (process.env["DISPLAY"] !== undefined || process.env["WAYLAND_DISPLAY"] !== undefined) {
  const browser = await launchChromium({ headless: false });
  const page = await browser.newPage({ viewport: null });
  await page.goto(url);
}
