/**
 * Runs the end-to-end tests in a real VS Code: the suite inside the extension host, the checks that drive the window, and
 * README's third command.
 *
 * Usage: npm run e2e [-- --host=node|worker --extension=WHAT --only=suite|page|restricted|language|code]
 * WHAT is a VSIX, which is installed, or a folder with the built extension (package.json, dist/), which is loaded as one under
 * development; the repository itself by default. Screenshots go to
 * out/screenshots. Prints `N passed, N failed` last; exit code 1 when anything has failed or could not be run.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { launchChromium } from "./browser.ts";
import { runCodeCommand } from "./code-part.ts";
import { installHost } from "./host.ts";
import { runLanguageCheck } from "./language-part.ts";
import { runPageChecks } from "./page-part.ts";
import type { Counts, Run } from "./part.ts";
import { runRestrictedCheck } from "./restricted-part.ts";
import type { Product } from "./stage.ts";
import { runSuite } from "./suite-part.ts";

const parts = { suite: runSuite, page: runPageChecks, restricted: runRestrictedCheck, language: runLanguageCheck, code: runCodeCommand };

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { host: { type: "string" }, extension: { type: "string" }, only: { type: "string" } } });
  const root = process.cwd();
  const kind = values.host === "worker" ? "worker" : "node";
  const screenshots = join(root, "out/screenshots", kind);
  mkdirSync(screenshots, { recursive: true });
  const host = installHost(join(root, "test/e2e/host"));
  const browser = await launchChromium({ headless: true });
  const counts: Counts[] = [];
  try {
    for (const [name, part] of Object.entries(parts)) {
      const wanted = values.only === undefined || values.only === name;
      if (wanted)
        counts.push(
          await countsOf(part, { host, browser, root, kind, screenshots, product: productAt(resolve(values.extension ?? root)) }),
        );
    }
  } finally {
    await browser.close();
  }
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

function productAt(path: string): Product {
  return path.endsWith(".vsix") ? { vsix: path } : { folder: path };
}

/** A part that cannot be run counts as one failure. */
async function countsOf(part: (run: Run) => Promise<Counts>, run: Run): Promise<Counts> {
  try {
    return await part(run);
  } catch (error) {
    console.log(`[${run.kind}] FAILED ${part.name}\n${error instanceof Error ? error.stack : String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

await main();
