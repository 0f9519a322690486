/**
 * Runs the end-to-end tests in a real VS Code: the suite inside the extension host, then the checks that drive the window.
 *
 * Usage: node scripts/e2e.mjs [--host=node|worker] [--extension=FOLDER] [--only=suite|page]
 * FOLDER holds the built extension (package.json, dist/), the repository itself by default. Screenshots go to
 * out/screenshots. Prints `N passed, N failed` last; exit code 1 when anything has failed or could not be run.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { launchChromium } from "./browser.ts";
import type { VsCodeHost } from "./host.ts";
import { installHost } from "./host.ts";
import { pageChecks } from "./page/checks.ts";
import { openWorkbench, workbenchUrl } from "./page/workbench.ts";
import type { VsCodeServer } from "./server.ts";
import { startServer } from "./server.ts";
import type { ExtensionHostKind, Stage } from "./stage.ts";
import { makeStage } from "./stage.ts";

/** Longest time that the suite, or one check in the window, may take before it counts as failed. */
const SUITE_TIMEOUT_MS = 180_000;
const CHECK_TIMEOUT_MS = 60_000;

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface Running {
  readonly host: VsCodeHost;
  readonly browser: Browser;
  readonly root: string;
  readonly kind: ExtensionHostKind;
  readonly extension: string;
}

const parts = { suite: runSuite, page: runPageChecks };

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { host: { type: "string" }, extension: { type: "string" }, only: { type: "string" } } });
  const root = process.cwd();
  const host = installHost(join(root, "test/e2e/host"));
  const browser = await launchChromium({ headless: true });
  const kind = values.host === "worker" ? "worker" : "node";
  const running = { host, browser, root, kind, extension: resolve(values.extension ?? root) } as const;
  const counts: Counts[] = [];
  try {
    for (const [name, part] of Object.entries(parts)) {
      if (values.only === undefined || values.only === name) counts.push(await withVsCode(running, name, part));
    }
  } finally {
    await browser.close();
  }
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

type Part = (running: Running, server: VsCodeServer, stage: Stage) => Promise<Counts>;

/** Runs one part in a VS Code, a workspace and settings of its own. */
async function withVsCode(running: Running, name: string, part: Part): Promise<Counts> {
  const { root, kind } = running;
  const stage = makeStage({
    folder: join(root, "out/e2e", `${name}-${kind}`),
    extension: running.extension,
    suite: join(root, "out/e2e/suite.js"),
    workspace: join(root, "test/e2e/workspace"),
    kind,
  });
  const server = await startServer(running.host, { dataFolder: stage.data, settings: {} });
  try {
    return await part(running, server, stage);
  } catch (error) {
    console.log(`FAILED ${name} (${kind}): ${error instanceof Error ? error.stack : String(error)}`);
    return { passed: 0, failed: 1 };
  } finally {
    server.stop();
  }
}

/** The suite inside the extension host: VS Code loads it, runs it and reports its console and exit code to the page. */
async function runSuite({ browser, kind }: Running, server: VsCodeServer, stage: Stage): Promise<Counts> {
  const page = await browser.newPage();
  let counts: Counts | undefined;
  const noise: string[] = [];
  const exited = new Promise<void>((done) => {
    void page.exposeFunction("codeAutomationExit", () => done());
  });
  await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
    const line = args.map(String).join(" ");
    const result = /^e2e: \{"passed":(\d+),"failed":(\d+)\}/.exec(line);
    if (result !== null) counts = { passed: Number(result[1]), failed: Number(result[2]) };
    else if (/^(ok|FAILED) /.test(line)) console.log(`[${kind}] ${line}`);
    else if (!/^(Unable to read file|\[lifecycle\])/.test(line)) noise.push(line.split("\n").slice(0, 8).join("\n"));
  });
  const suite = `vscode-remote://localhost:${server.port}${stage.suite}`;
  await page.goto(workbenchUrl({ ...stage, port: server.port }, [["extensionTestsPath", suite]]));
  await inTime(exited, SUITE_TIMEOUT_MS);
  await page.close();
  if (counts === undefined) console.log(`[${kind}] FAILED the suite gave no result\n${noise.join("\n")}`);
  return counts ?? { passed: 0, failed: 1 };
}

/** The work's result; an error when it takes longer than `milliseconds`. */
async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The checks that drive the window; they go on after a failure, which leaves a screenshot of its own. */
async function runPageChecks({ browser, root, kind }: Running, server: VsCodeServer, stage: Stage): Promise<Counts> {
  const screenshots = join(root, "out/screenshots", kind);
  mkdirSync(screenshots, { recursive: true });
  const file = join(stage.workspace, "src/lib.rs");
  const workbench = await openWorkbench(browser, { ...stage, port: server.port, file, screenshots });
  let passed = 0;
  for (const { name, run } of pageChecks) {
    try {
      await inTime(run(workbench), CHECK_TIMEOUT_MS);
      passed++;
      console.log(`[${kind}] ok ${name}`);
    } catch (error) {
      console.log(`[${kind}] FAILED ${name}\n${error instanceof Error ? error.stack : String(error)}`);
      await workbench.page.screenshot({ path: join(screenshots, `failed-${name.replaceAll(/\W+/g, "-")}.png`) });
      await workbench.page.keyboard.press("Escape");
    }
  }
  return { passed, failed: pageChecks.length - passed };
}

await main();
