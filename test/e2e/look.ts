/**
 * Looks at any folder in a real VS Code: opens a file, moves the mouse onto a word, and keeps what is to be seen as a picture.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { launchChromium } from "./browser.ts";
import { installHost } from "./host.ts";
import type { Workbench } from "./page/workbench.ts";
import { hoverWord, openWorkbench, screenshot } from "./page/workbench.ts";
import { startServer } from "./server.ts";

export interface Sight {
  /** The folder to open, and a file in it or elsewhere. */
  readonly folder: string;
  readonly file: string;
  /** Text that only the wanted line holds, and the word in it. */
  readonly line: string;
  readonly word: string;
  /** Name of the picture. */
  readonly name: string;
}

/** Hovers the word and saves `out/screenshots/look/NAME.png`; gives the hover's text. `root` is the repository, built. */
export async function look(root: string, { folder, file, line, word, name }: Sight): Promise<string> {
  const host = installHost(join(root, "test/e2e/host"));
  const dataFolder = join(tmpdir(), `stowplan-look-${process.pid}`);
  const server = await startServer(host, { dataFolder, settings: {}, vsix: undefined, trusted: true });
  const browser = await launchChromium({ headless: true });
  const screenshots = join(root, "out/screenshots/look");
  mkdirSync(screenshots, { recursive: true });
  try {
    const paths = { workspace: resolve(folder), extension: root, file: resolve(folder, file), screenshots };
    const workbench = await openWorkbench(browser, { ...paths, port: server.port });
    workbench.page.setDefaultTimeout(120_000);
    // It comes when the file has been gone through.
    await workbench.page.locator("[id='status.languageStatus']").waitFor();
    await reveal(workbench, lineNumber(paths.file, line));
    const text = await hoverWord(workbench, { line, word }, "align");
    await screenshot(workbench, name);
    return text;
  } finally {
    await browser.close();
    server.stop();
  }
}

function lineNumber(file: string, text: string): number {
  return (
    readFileSync(file, "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1
  );
}

/** Goes to a line as a person does. */
async function reveal({ page }: Workbench, line: number): Promise<void> {
  await page.locator(".monaco-editor .view-line").first().click();
  await page.keyboard.press("Control+g");
  await page.locator(".quick-input-widget input").first().fill(`:${line}`);
  await page.keyboard.press("Enter");
}
