/**
 * The part that opens a workspace in Restricted Mode, as VS Code does with a folder nobody has said to trust: layouts are shown.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { hoverWord, openWorkbench, screenshot, waitForHint } from "./page/workbench.ts";
import type { Counts, Run } from "./part.ts";
import { passes, withVsCode } from "./part.ts";

/** One check in a window of its own. */
export function runRestrictedCheck(run: Run): Promise<Counts> {
  return withVsCode(run, { name: "restricted", trusted: false }, async (server, stage) => {
    const file = join(stage.workspace, "src/lib.rs");
    const passed = await passes(run, "an untrusted workspace has hovers and hints", async () => {
      const workbench = await openWorkbench(run.browser, { ...stage, port: server.port, file, screenshots: run.screenshots });
      await workbench.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor();
      await waitForHint(workbench, "pub struct Session", "64 B · 5 pad");
      assert.match(await hoverWord(workbench, { line: "pub struct Session", word: "Session" }, "Layout 64 B"), /name: String/);
      await screenshot(workbench, "restricted");
    });
    return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  });
}
