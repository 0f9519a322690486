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
