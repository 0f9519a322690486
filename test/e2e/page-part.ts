/**
 * The part that drives VS Code's window with mouse and keyboard. A failed check leaves a screenshot of its own, and the next
 * one goes on in the same window.
 */
import { join } from "node:path";
import { pageChecks } from "./page/checks.ts";
import { openWorkbench } from "./page/workbench.ts";
import type { Counts, Run } from "./part.ts";
import { passes, withVsCode } from "./part.ts";

/** Does all checks in one window. */
export function runPageChecks(run: Run): Promise<Counts> {
  return withVsCode(run, { name: "page", trusted: true }, async (server, stage) => {
    const file = join(stage.workspace, "src/lib.rs");
    const workbench = await openWorkbench(run.browser, { ...stage, port: server.port, file, screenshots: run.screenshots });
    let passed = 0;
    for (const check of pageChecks) {
      if (await passes(run, check.name, () => check.run(workbench))) {
        passed++;
        continue;
      }
      await workbench.page.screenshot({ path: join(run.screenshots, `failed-${check.name.replaceAll(/\W+/g, "-")}.png`) });
      await workbench.page.keyboard.press("Escape");
    }
    return { passed, failed: pageChecks.length - passed };
  });
}
