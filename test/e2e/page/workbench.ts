/**
 * VS Code's window as a person meets it: words are hovered with the mouse, commands come from the palette, and what is read
 * is what stands in the DOM.
 *
 * Invariant: waits for what is to be seen, never for a time.
 */
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";

export interface WorkbenchOptions {
  readonly port: number;
  readonly workspace: string;
  readonly extension: string;
  /** File to open, as an absolute path. */
  readonly file: string;
  /** Folder for screenshots. */
  readonly screenshots: string;
  /** VS Code's display language, as a language pack would set it; English by default. */
  readonly language?: string;
}

export interface Workbench {
  readonly page: Page;
  readonly screenshots: string;
}

/** URL of the workbench with the extension under development; `payload` adds what only some runs want. */
export function workbenchUrl(
  options: { readonly port: number; readonly workspace: string; readonly extension: string },
  payload: readonly (readonly [string, string])[],
): string {
  const authority = `localhost:${options.port}`;
  const all = [["extensionDevelopmentPath", `vscode-remote://${authority}${options.extension}`], ["skipWelcome", "true"], ...payload];
  const query = new URLSearchParams({ folder: options.workspace, payload: JSON.stringify(all) });
  return `http://${authority}/?${query.toString()}`;
}

/** Opens the file in a window of its own and waits until its text is coloured and its editor has the focus. */
export async function openWorkbench(browser: Browser, options: WorkbenchOptions): Promise<Workbench> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" });
  page.setDefaultTimeout(15_000);
  if (options.language !== undefined) await page.addInitScript(tellLanguage, options.language);
  const file = `vscode-remote://localhost:${options.port}${options.file}`;
  await page.goto(workbenchUrl(options, [["openFile", file]]));
  await page.locator(".monaco-editor .view-line").first().waitFor();
  return { page, screenshots: options.screenshots };
}

/** Runs in the page before VS Code: its display language is what this says, whatever its own words are in. */
function tellLanguage(language: string): void {
  Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => language, set: () => undefined });
}

/** Moves the mouse onto a word of a line (found by its text) and gives the hover's text once it shows `expected`. */
export async function hoverWord(workbench: Workbench, word: WordPlace, expected: string): Promise<string> {
  const { page } = workbench;
  await page.keyboard.press("Escape");
  await page.locator(".monaco-hover:visible").waitFor({ state: "detached" });
  const place = await middleOf(workbench, word);
  await page.mouse.move(place.x, place.y, { steps: 4 });
  const hover = page.locator(".monaco-hover:visible .hover-contents", { hasText: expected }).first();
  await hover.waitFor();
  return page.locator(".monaco-hover:visible").first().innerText();
}

export interface WordPlace {
  /** Text that only the wanted line holds. */
  readonly line: string;
  readonly word: string;
}

/** The line's element; VS Code writes spaces as U+00A0. */
function lineWith(page: Page, text: string): Locator {
  const pattern = text.split(" ").map(escapeForPattern).join("[\\u00a0 ]");
  return page.locator(".monaco-editor .view-line", { hasText: new RegExp(pattern) }).first();
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

async function middleOf(workbench: Workbench, { line, word }: WordPlace): Promise<{ readonly x: number; readonly y: number }> {
  const element = lineWith(workbench.page, line);
  const box = await element
    .locator("span span", { hasText: new RegExp(`^[\\u00a0 ]*${escapeForPattern(word)}`) })
    .first()
    .boundingBox();
  if (box === null) throw new Error(`\`${word}\` is not on the screen`);
  return { x: box.x + box.width - 4, y: box.y + box.height / 2 };
}

/** Clicks on a word, which puts the cursor there. */
export async function clickWord(workbench: Workbench, word: WordPlace): Promise<void> {
  const place = await middleOf(workbench, word);
  await workbench.page.mouse.click(place.x, place.y);
}

/** The text that follows the source text on a line: the hints as they are drawn. */
export async function lineText(workbench: Workbench, line: string): Promise<string> {
  const text = await lineWith(workbench.page, line).innerText();
  return text.replaceAll("\u00a0", " ");
}

/** Waits until a line (found by its text) shows all of `hint`. */
export async function waitForHint(workbench: Workbench, line: string, hint: string): Promise<void> {
  const pattern = [...line.split(" "), hint].map(
    (part, index) => (index === 0 ? "" : ".*") + part.split(" ").map(escapeForPattern).join("[\\u00a0 ]"),
  );
  await workbench.page
    .locator(".monaco-editor .view-line", { hasText: new RegExp(pattern.join("")) })
    .first()
    .waitFor();
}

/** Runs a command by its title, through the command palette. */
export async function runCommand(workbench: Workbench, title: string): Promise<void> {
  const { page } = workbench;
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").first().fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
}

/** Picks an entry of an open quick pick by its label. */
export async function pick(workbench: Workbench, label: string): Promise<void> {
  const { page } = workbench;
  await page.locator(".quick-input-widget input").first().fill(label);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: label }).first().waitFor();
  await page.keyboard.press("Enter");
}

/** Saves what the window shows as `NAME.png`. */
export async function screenshot(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.screenshot({ path: join(workbench.screenshots, `${name}.png`), animations: "disabled" });
}

/** Saves the upper part of the editor, as documents show it, as `picture-NAME.png`. */
export async function picture(workbench: Workbench, name: string): Promise<void> {
  const editor = await workbench.page.locator(".editor-group-container").first().boundingBox();
  if (editor === null) throw new Error("there is no editor on the screen");
  const clip = { ...editor, width: Math.min(editor.width, 920), height: Math.min(editor.height, 660) };
  await workbench.page.screenshot({ path: join(workbench.screenshots, `picture-${name}.png`), animations: "disabled", clip });
}

/** Opens the `{}` menu of the status bar; gives what it says of Stowplan. */
export async function showStatus({ page }: Workbench): Promise<string> {
  await page.locator("[id='status.languageStatus']").hover();
  const item = page.locator(".hover-language-status").first();
  await item.waitFor();
  const items = await page.locator(".hover-language-status").allInnerTexts();
  return items.join("\n");
}

/** Shows the same in a window of the same size zoomed by a factor: fewer and larger pixels. */
export async function withZoom(workbench: Workbench, factor: number, use: (zoomed: Workbench) => Promise<void>): Promise<void> {
  const { page, screenshots } = workbench;
  const size = page.viewportSize() ?? { width: 1280, height: 860 };
  const viewport = { width: size.width / factor, height: size.height / factor };
  const zoomed = await page.context().browser()?.newPage({ viewport, deviceScaleFactor: factor, reducedMotion: "reduce" });
  if (zoomed === undefined) throw new Error("the browser has ended");
  zoomed.setDefaultTimeout(15_000);
  await zoomed.goto(page.url());
  await use({ page: zoomed, screenshots });
  await zoomed.close();
}

/** Changes the colour theme and waits until the editor has it. */
export async function chooseTheme(workbench: Workbench, theme: string): Promise<void> {
  await runCommand(workbench, "Preferences: Color Theme");
  await pick(workbench, theme);
  const kind = theme.includes("High Contrast") ? "hc" : "vs";
  const name = theme.startsWith("Light") && kind === "hc" ? "hc-light" : `${kind}${kind === "hc" ? "-black" : "-dark"}`;
  await workbench.page.locator(`.monaco-workbench.${name}`).waitFor();
}
