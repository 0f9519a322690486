/**
 * Entry of the suite that VS Code runs inside the extension host (Node or web worker): mocha's browser build, which needs
 * neither, and the features' suites.
 *
 * Prints one line per test and a last line that `run.ts` reads: `e2e: {"passed":12,"failed":0}`.
 */
import "mocha/mocha.js";
import { activationSuite } from "./activation.ts";
import { codeActionSuite } from "./code-action.ts";
import { documentSuite } from "./documents.ts";
import { hoverSuite } from "./hover.ts";
import { inlayHintSuite } from "./inlay-hints.ts";
import { layoutSuite } from "./layout.ts";
import { rustAnalyzerSuite } from "./rust-analyzer.ts";
import { targetSuite } from "./target.ts";

/** Prints each test as it ends. */
class LineReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.on("pass", (test) => console.log(`ok ${test.fullTitle()} (${test.duration ?? 0} ms)`));
    runner.on("fail", (test, error: Error) => console.log(`FAILED ${test.fullTitle()}\n${error.stack ?? error.message}`));
  }
}

/** Called by VS Code; rejects when a test has failed. */
export function run(): Promise<void> {
  mocha.setup({ ui: "tdd", timeout: 30_000, reporter: LineReporter });
  activationSuite();
  hoverSuite();
  inlayHintSuite();
  codeActionSuite();
  layoutSuite();
  rustAnalyzerSuite();
  targetSuite();
  documentSuite();
  return new Promise((resolve, reject) => {
    // Not `mocha.run`, which reads a page's address.
    const runner = Mocha.prototype.run.call(mocha, (failures) => {
      console.log(`e2e: ${JSON.stringify({ passed: runner.stats?.passes ?? 0, failed: failures })}`);
      if (failures === 0) resolve();
      else reject(new Error(`${failures} failed`));
    });
  });
}
