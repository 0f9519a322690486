/**
 * The part that opens VS Code in German: the extension's words and those of its server follow.
 *
 * VS Code's own words come from language packs, which cannot be had here: only the language is told, as a pack tells it. Commands of an
 * extension under development keep the words of `package.nls.json`.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { hoverWord, openWorkbench, screenshot, showStatus, waitForHint } from "./page/workbench.ts";
import type { Counts, Run } from "./part.ts";
import { passes, withVsCode } from "./part.ts";

/** One check in a window of its own. */
export function runLanguageCheck(run: Run): Promise<Counts> {
  return withVsCode(run, { name: "language", trusted: true }, async (server, stage) => {
    const file = join(stage.workspace, "src/lib.rs");
    const passed = await passes(run, "a German VS Code has German hints, hovers and status", async () => {
      const options = { ...stage, port: server.port, file, screenshots: run.screenshots, language: "de" };
      const workbench = await openWorkbench(run.browser, options);
      await waitForHint(workbench, "pub struct Session", "64 B · 5 Pad");
      const hover = await hoverWord(workbench, { line: "pub struct Session", word: "Session" }, "Layout 64 B");
      assert.match(hover, /5 B Padding \(8 %\)[\s\S]*hat auch 64 B: 2⁶³ freie Werte in name/);
      await screenshot(workbench, "german-hover");
      assert.match(await showStatus(workbench), /Ziel ändern/);
      await screenshot(workbench, "german-status");
    });
    return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  });
}
