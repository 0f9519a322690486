/**
 * Runs the layout engine's tests on its sources as they stand and requires that every line and branch of `layout` is run.
 *
 * Usage: npm run coverage   (Node 24, which runs TypeScript; that of the end-to-end host where the system's is older)
 */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { endToEndHost } from "./end-to-end.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const own = Number(process.versions.node.split(".")[0]) >= 24;
const node = own ? process.execPath : (await endToEndHost()).node;
const limits = ["--test-coverage-lines=100", "--test-coverage-branches=100"];
const covered = ["--test-coverage-include=server/src/layout/**", "--test-coverage-exclude=**/*.generated.ts"];
const tests = ["test/layout/**/*.test.ts", "test/oracle/**/*.test.ts"];
const args = [
  "--test",
  "--test-reporter=dot",
  "--test-reporter-destination=stdout",
  "--experimental-test-coverage",
  ...limits,
  ...covered,
  ...tests,
];
const { status } = spawnSync(node, args, { cwd: root, stdio: "inherit" });
process.exit(status ?? 1);
