/**
 * Writes the compilers' answers that the ordinary tests compare with: test/oracle/expected/VERSION/TARGET.json.
 *
 * Usage: npm run oracle [-- --toolchain stable,nightly --target main]
 * Toolchains and targets as for the fuzzer. Exits with 1 when the program does not compile.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { showCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import { contextOf } from "./context.ts";
import { comparable } from "./facts.ts";
import { MAIN_TARGETS } from "./main-targets.ts";
import type { Expectation, ExpectedFile } from "./oracle-program.ts";
import { oracleProgram, showFacts } from "./oracle-program.ts";
import { showItem } from "./rust-source.ts";
import type { Compiler } from "./rustc.ts";
import { askRustc, findCompiler } from "./rustc.ts";

/** Targets that only worked examples name. */
const EXAMPLE_TARGETS = ["thumbv6m-none-eabi", "powerpc64-ibm-aix"];

function main(): void {
  const { values } = parseArgs({
    options: { toolchain: { type: "string", default: "stable,nightly" }, target: { type: "string", default: "main" } },
  });
  const targets = values.target === "main" ? [...MAIN_TARGETS, ...EXAMPLE_TARGETS] : values.target.split(",");
  for (const toolchain of values.toolchain.split(",")) {
    const compiler = findCompiler(toolchain);
    for (const target of targets) regenerate(compiler, target);
  }
}

function regenerate(compiler: Compiler, target: string): void {
  const { minor } = compiler.version;
  const rustc = showCompilerVersion(compiler.version);
  const items = oracleProgram(contextOf(target, rustc), target, minor);
  const answer = askRustc(compiler, target, items);
  for (const problem of answer.problems.slice(0, 5)) process.stderr.write(`${target} ${rustc}: ${problem}\n`);
  if (answer.problems.length > 0) {
    process.exitCode = 1;
    return;
  }
  const types: Record<string, Expectation> = {};
  for (const item of items) {
    const facts = answer.facts.get(item.name);
    if (facts !== undefined) types[item.name] = { rust: showItem(item), facts: showFacts(comparable(facts, minor)) };
  }
  const file = join(process.cwd(), "test/oracle/expected", `1.${minor}`, `${target}.json`);
  const expected: ExpectedFile = { rustc, target, types };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(expected, null, 1)}\n`);
  process.stdout.write(`${target} ${rustc}: ${Object.keys(types).length} types\n`);
}

main();
