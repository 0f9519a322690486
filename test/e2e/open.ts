/**
 * Opens VS Code in a browser with the extension on a folder, for a person to use: prints the address, opens it in Chromium
 * where there is a screen, and ends with Ctrl+C.
 */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium } from "./browser.ts";
import { installHost } from "./host.ts";
import { workbenchUrl } from "./page/workbench.ts";
import { startServer } from "./server.ts";

/** Serves VS Code until the process is told to end; `root` is the repository, which holds the built extension. */
export async function openInBrowser(root: string, folder: string): Promise<void> {
  const host = installHost(join(root, "test/e2e/host"));
  const server = await startServer(host, { dataFolder: join(tmpdir(), "stowplan-code"), settings: {}, vsix: undefined, trusted: true });
  const library = join(folder, "src/lib.rs");
  const file = `vscode-remote://localhost:${server.port}${library}`;
  const url = workbenchUrl({ port: server.port, workspace: folder, extension: root }, existsSync(library) ? [["openFile", file]] : []);
  console.log(`VS Code is at\n${url}\nCtrl+C ends it.`);
  if (process.env["DISPLAY"] === undefined && process.env["WAYLAND_DISPLAY"] === undefined) return;
  const browser = await launchChromium({ headless: false });
  const page = await browser.newPage({ viewport: null });
  await page.goto(url);
}
