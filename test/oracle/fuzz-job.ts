/** What a fuzzer is asked to do: one compiler and target, and how much; the command line of both fuzzers. */
import { parseArgs } from "node:util";
import type { Compiler } from "./rustc.ts";
import { findCompiler } from "./rustc.ts";

export interface FuzzJob {
  readonly compiler: Compiler;
  readonly target: string;
  readonly seed: string;
  /** In what the fuzzer counts. */
  readonly count: number;
  readonly batch: number;
}

/** The jobs of a command line, one for each toolchain and target; `namedTargets` are short names for lists of targets. */
export function* fuzzJobs(batch: number, namedTargets: Readonly<Record<string, () => readonly string[]>> = {}): Generator<FuzzJob> {
  const { values } = parseArgs({
    options: {
      program: { type: "boolean" },
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "3000" },
      batch: { type: "string", default: String(batch) },
      target: { type: "string", default: "x86_64-unknown-linux-gnu" },
      toolchain: { type: "string", default: "stable" },
    },
  });
  const targets = namedTargets[values.target]?.() ?? values.target.split(",");
  for (const toolchain of values.toolchain.split(",")) {
    const compiler = findCompiler(toolchain);
    for (const target of targets) {
      yield { compiler, target, seed: values.seed, count: Number(values.count), batch: Number(values.batch) };
    }
  }
}

/** Prints a line. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
