/**
 * What a person sees and does, one check after the other in one window: the hover under the mouse, the hints at the ends of
 * the lines, the lightbulb's menu, the quick fix and its undo, the themes, the target chosen from the palette. Each leaves a screenshot.
 */
import assert from "node:assert/strict";
import type { Workbench } from "./workbench.ts";
import { chooseTheme, clickWord, hoverWord, lineText, pick, picture, runCommand, screenshot, waitForHint } from "./workbench.ts";

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
  { name: "hints and hovers are drawn in dark and high-contrast themes", run: themes },
  { name: "Change Target changes the numbers", run: changeTarget },
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
  const { page } = workbench;
  await clickWord(workbench, { line: "pub struct Session", word: "Session" });
  await page.locator("[id='status.languageStatus']").hover();
  const item = page.locator(".hover-language-status", { hasText: "x86_64-unknown-linux-gnu" }).first();
  await item.waitFor();
  assert.match(await item.innerText(), /x86_64-unknown-linux-gnu · rustc [\d.]+ · dev[\s\S]*4 exact · std: bundled/);
  await screenshot(workbench, "status");
  await page.keyboard.press("Escape");
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
  await clickWord(workbench, { line: "Blob(", word: "Blob" });
  await page.keyboard.press("Control+.");
  const entry = page.locator(".action-widget .monaco-list-row", { hasText: "Box `Blob` payload" }).first();
  await entry.waitFor();
  assert.match(await entry.innerText(), /\(Message: 1032 B → 24 B/);
  await screenshot(workbench, "lightbulb");
  await entry.click();
  await waitForHint(workbench, "pub enum Message", "24 B");
  assert.match(await lineText(workbench, "Blob("), /Blob\(Box<\[u8; 1024\]>\)/);
  await screenshot(workbench, "boxed");
  await page.keyboard.press("Control+z");
  await waitForHint(workbench, "pub enum Message", "1032 B");
}

async function themes(workbench: Workbench): Promise<void> {
  for (const theme of ["Dark Modern", "Dark High Contrast", "Light High Contrast"]) {
    await chooseTheme(workbench, theme);
    await waitForHint(workbench, "pub struct Session", "64 B · 5 pad");
    await hoverWord(workbench, { line: "pub enum Message", word: "Message" }, "Layout 1032 B");
    await screenshot(workbench, `theme-${theme.toLowerCase().replaceAll(" ", "-")}`);
    if (theme === "Dark Modern") await picture(workbench, "hover");
  }
}

async function changeTarget(workbench: Workbench): Promise<void> {
  await runCommand(workbench, "Stowplan: Change Target");
  await screenshot(workbench, "change-target");
  await pick(workbench, "i686-unknown-linux-gnu");
  await waitForHint(workbench, "pub struct Header", "20 B");
  await screenshot(workbench, "target-i686");
}
