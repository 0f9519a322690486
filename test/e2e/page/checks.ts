/**
 * What a person sees and does, one check after the other in one window: the hover under the mouse, the hints at the ends of
 * the lines, the lightbulb's menu, the quick fix and its undo, the themes, the target chosen from the palette. Each leaves a screenshot.
 */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench.ts";
import {
  chooseTheme,
  clickWord,
  hoverWord,
  lineText,
  pick,
  picture,
  runCommand,
  screenshot,
  showStatus,
  waitForHint,
  withZoom,
} from "./workbench.ts";

export interface PageCheck {
  readonly name: string;
  readonly run: (workbench: Workbench) => Promise<void>;
}

export const pageChecks: readonly PageCheck[] = [
  { name: "hints are drawn at the ends of the lines", run: hintsAreDrawn },
  { name: "the mouse on a struct's name shows its layout", run: structHover },
  { name: "the mouse on an enum's name shows its layout", run: enumHover },
  { name: "the hover draws the type's bytes and says the same in its alternative text", run: pictureInHover },
  { name: "the layout stands below the hover of another extension", run: belowOthers },
  { name: "the language status says target, toolchain, profile and exactness", run: languageStatus },
  { name: "Compare Targets sets the type beside itself on other targets", run: compareTargets },
  { name: "the lightbulb offers to box the variant, which can be undone", run: lightbulb },
  { name: "hints, hovers, the status and the quick fix are drawn in dark and high-contrast themes", run: themes },
  { name: "at 200 % zoom nothing is cut off", run: zoomedIn },
  { name: "the walkthrough has its steps and pictures", run: walkthrough },
  { name: "Change Target changes the numbers", run: changeTarget },
  { name: "the output has nothing to complain of", run: output },
  { name: "VS Code has started the extension for a Rust document", run: activation },
];

async function hintsAreDrawn(workbench: Workbench): Promise<void> {
  await waitForHint(workbench, "pub struct Session", "64 B · 5 pad");
  await waitForHint(workbench, "retries:", "+5 pad");
  await waitForHint(workbench, "Blob(", "1024 B");
  assert.match(await lineText(workbench, "pub enum Message"), /\{ *1032 B/);
  await screenshot(workbench, "hints");
}

async function structHover(workbench: Workbench): Promise<void> {
  const text = await hoverWord(workbench, { line: "pub struct Session", word: "Session" }, "Layout 64 B");
  assert.match(text, /Layout 64 B · align 8 · 5 B padding \(8 %\)/);
  assert.match(text, /name: String/);
  await screenshot(workbench, "hover-struct");
}

async function enumHover(workbench: Workbench): Promise<void> {
  const text = await hoverWord(workbench, { line: "pub enum Message", word: "Message" }, "Layout 1032 B");
  assert.match(text, /Layout 1032 B · align 8 · tag 1 B at offset 0/);
  await screenshot(workbench, "hover-enum");
}

async function pictureInHover(workbench: Workbench): Promise<void> {
  await hoverWord(workbench, { line: "pub struct Session", word: "Session" }, "Layout 64 B");
  const image = workbench.page.locator(".monaco-hover:visible img").first();
  await image.waitFor();
  assert.match((await image.getAttribute("alt")) ?? "", /^64 bytes: name 0–23, last_seen 24–31, .*padding 59–63/);
  const drawn = await image.evaluate((element) => ("naturalWidth" in element ? element.naturalWidth : 0));
  assert.equal(drawn, 480);
}

async function belowOthers(workbench: Workbench): Promise<void> {
  const text = await hoverWord(workbench, { line: "pub struct Session", word: "Session" }, "Layout 64 B");
  const [other, own] = [text.indexOf("A word of the neighbour's"), text.indexOf("Layout 64 B")];
  assert.ok(other >= 0 && other < own, text);
}

async function languageStatus(workbench: Workbench): Promise<void> {
  const text = await showStatus(workbench);
  assert.match(text, /x86_64-unknown-linux-gnu · rustc [\d.]+ · dev\s+Change Target[\s\S]*4 exact · std: bundled/);
  await screenshot(workbench, "status");
  await workbench.page.keyboard.press("Escape");
}

async function compareTargets(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await clickWord(workbench, { line: "pub struct Header", word: "Header" });
  await runCommand(workbench, "Stowplan: Compare Targets");
  await page.locator(".tab", { hasText: "Header by target" }).first().waitFor();
  await page
    .locator(".view-line", { hasText: /i686-unknown-linux-gnu/ })
    .first()
    .waitFor();
  await screenshot(workbench, "compare-targets");
  await runCommand(workbench, "View: Close Editors in Other Groups");
  await page.locator(".tab", { hasText: "Header by target" }).first().waitFor({ state: "detached" });
}

async function lightbulb(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const entry = await openQuickFix(workbench);
  assert.match(await entry.innerText(), /\(Message: 1032 B → 24 B/);
  await screenshot(workbench, "lightbulb");
  await entry.click();
  await waitForHint(workbench, "pub enum Message", "24 B");
  assert.match(await lineText(workbench, "Blob("), /Blob\(Box<\[u8; 1024\]>\)/);
  await screenshot(workbench, "boxed");
  await page.keyboard.press("Control+z");
  await waitForHint(workbench, "pub enum Message", "1032 B");
}

async function openQuickFix(workbench: Workbench): Promise<Locator> {
  const { page } = workbench;
  await clickWord(workbench, { line: "Blob(", word: "Blob" });
  await page.keyboard.press("Control+.");
  const entry = page.locator(".action-widget .monaco-list-row", { hasText: "Box `Blob` payload" }).first();
  await entry.waitFor();
  return entry;
}

async function themes(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  for (const theme of ["Dark Modern", "Dark High Contrast", "Light High Contrast"]) {
    const name = `theme-${theme.toLowerCase().replaceAll(" ", "-")}`;
    await chooseTheme(workbench, theme);
    await waitForHint(workbench, "pub struct Session", "64 B · 5 pad");
    await hoverWord(workbench, { line: "pub enum Message", word: "Message" }, "Layout 1032 B");
    await screenshot(workbench, name);
    if (theme === "Dark Modern") await picture(workbench, "hover");
    await showStatus(workbench);
    await screenshot(workbench, `${name}-status`);
    await page.keyboard.press("Escape");
    await openQuickFix(workbench);
    await screenshot(workbench, `${name}-quick-fix`);
    await page.keyboard.press("Escape");
  }
}

async function zoomedIn(workbench: Workbench): Promise<void> {
  await withZoom(workbench, 2, async (zoomed) => {
    await waitForHint(zoomed, "pub struct Session", "64 B · 5 pad");
    await screenshot(zoomed, "zoom-hints");
    await hoverWord(zoomed, { line: "pub enum Message", word: "Message" }, "Layout 1032 B");
    await assertFits(zoomed, ".monaco-hover:visible .hover-contents");
    await screenshot(zoomed, "zoom-hover");
    await showStatus(zoomed);
    await assertFits(zoomed, ".hover-language-status");
    await screenshot(zoomed, "zoom-status");
  });
}

/** Fails if anything in the elements is wider than they are. */
async function assertFits({ page }: Workbench, selector: string): Promise<void> {
  const widths = await page.locator(selector).evaluateAll((found) => found.map((element) => [element.scrollWidth, element.clientWidth]));
  assert.ok(widths.length > 0);
  for (const [whole = 0, seen = 0] of widths) assert.ok(whole <= seen, `${selector}: ${whole} of ${seen} pixels`);
}

const WALKTHROUGH = [
  { step: "See a layout", title: "Hover on a struct" },
  { step: "Choose your target", title: "64-bit and on a 32-bit target" },
  { step: "Box a variant", title: "before and after its largest variant is boxed" },
  { step: "Beside rust-analyzer", title: "rust-analyzer with a layout below" },
] as const;

async function walkthrough(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  // Wide enough for the pictures beside the steps.
  await page.setViewportSize({ width: 1600, height: 860 });
  await runCommand(workbench, "Welcome: Open Walkthrough...");
  await pick(workbench, "Memory Layout of Rust Types");
  for (const [index, { step, title }] of WALKTHROUGH.entries()) {
    await page.locator(".getting-started-step", { hasText: step }).first().click();
    const drawn = page.frameLocator(".getting-started-media iframe").frameLocator("#active-frame").locator("svg title", { hasText: title });
    await drawn.waitFor({ state: "attached" });
    await screenshot(workbench, `walkthrough-${index + 1}`);
  }
  await runCommand(workbench, "View: Revert and Close Editor");
  await page.setViewportSize({ width: 1280, height: 860 });
}

async function changeTarget(workbench: Workbench): Promise<void> {
  await runCommand(workbench, "Stowplan: Change Target");
  await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "aarch64-apple-darwin" }).first().waitFor();
  await screenshot(workbench, "change-target");
  await pick(workbench, "i686-unknown-linux-gnu");
  await waitForHint(workbench, "pub struct Header", "20 B");
  await screenshot(workbench, "target-i686");
}

async function output(workbench: Workbench): Promise<void> {
  const panel = workbench.page.locator(".part.panel");
  const chosen = panel.locator("select option:checked", { hasText: /^Stowplan$/ }).first();
  await runCommand(workbench, "Stowplan: Show Output");
  await chosen.waitFor({ state: "attached" });
  assert.doesNotMatch(await panel.innerText(), /error/i);
  await screenshot(workbench, "output");
  await runCommand(workbench, "View: Hide Panel");
}

/** Prints what VS Code itself has measured of the start: until its code was loaded, until `activate` came back, until it was done. */
async function activation(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  // High enough for all lines of the report to be drawn.
  await page.setViewportSize({ width: 1280, height: 3000 });
  await runCommand(workbench, "Developer: Startup Performance");
  const line = page.locator(".view-line", { hasText: "stowplan.stowplan" }).first();
  await line.waitFor();
  const cells = (await line.innerText()).split("|").map((cell) => cell.replaceAll("\u00a0", " ").trim());
  const [, , eager, load, call, finish, event] = cells;
  console.log(`activation: code loaded in ${load} ms, activate ${call} ms, finished after ${finish} ms more`);
  assert.deepEqual([eager, event], ["false", "onLanguage:rust"]);
  await page.setViewportSize({ width: 1280, height: 860 });
}
