/**
 * The part that runs inside the extension host: VS Code loads the suite, runs it, and reports its console and its end to the page.
 */
import { workbenchUrl } from "./page/workbench.ts";
import type { Counts, Run } from "./part.ts";
import { inTime, withVsCode } from "./part.ts";

const SUITE_TIMEOUT_MS = 180_000;

/** Runs the suite; a suite that gives no result is a failure, and what VS Code said is printed. */
export function runSuite(run: Run): Promise<Counts> {
  return withVsCode(run, { name: "suite", trusted: true }, async (server, stage) => {
    const page = await run.browser.newPage();
    let counts: Counts | undefined;
    const noise: string[] = [];
    await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
      const line = args.map(String).join(" ");
      const result = /^e2e: \{"passed":(\d+),"failed":(\d+)\}/.exec(line);
      if (result !== null) counts = { passed: Number(result[1]), failed: Number(result[2]) };
      else if (/^(ok|FAILED) /.test(line)) console.log(`[${run.kind}] ${line}`);
      else if (!/^(Unable to read file|\[lifecycle\])/.test(line)) noise.push(line.split("\n").slice(0, 8).join("\n"));
    });
    const exited = new Promise<void>((done) => {
      void page.exposeFunction("codeAutomationExit", () => done());
    });
    const suite = `vscode-remote://localhost:${server.port}${stage.suite}`;
    await page.goto(workbenchUrl({ ...stage, port: server.port }, [["extensionTestsPath", suite]]));
    await inTime(exited, SUITE_TIMEOUT_MS).catch((error: unknown) => noise.push(String(error)));
    await page.close();
    if (counts === undefined) console.log(`[${run.kind}] FAILED the suite gave no result\n${noise.join("\n")}`);
    return counts ?? { passed: 0, failed: 1 };
  });
}
