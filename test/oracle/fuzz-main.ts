/**
 * The differential fuzzer: random programs, laid out by the engine and by an installed compiler, compared in every fact.
 *
 * Usage: npm run fuzz -- --seed 1 --count 3000 --target avr-none --toolchain nightly [--batch 3000]
 * `--target` and `--toolchain` take lists (`a,b`); targets also `main` (the eleven of docs/oracle.md) and `all`; a toolchain may be the
 * path of a `rustc`. The same arguments give the same programs. Every difference is shrunk and printed; the exit status is 1 if there
 * is any.
 */
import { showCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import { targetNames } from "../../server/src/layout/targets.ts";
import { compare } from "./compare.ts";
import { contextOf } from "./context.ts";
import type { FuzzJob } from "./fuzz-job.ts";
import { fuzzJobs, print } from "./fuzz-job.ts";
import { MAIN_TARGETS } from "./main-targets.ts";
import { RandomItems } from "./random-items.ts";
import { showItem } from "./rust-source.ts";
import { shrink } from "./shrink.ts";

function main(): void {
  let total = 0;
  let wrong = 0;
  for (const job of fuzzJobs(3000, { main: () => MAIN_TARGETS, all: targetNames })) {
    total += job.count;
    wrong += run(job);
  }
  print(`total: ${total} types, ${wrong} differences`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

/** Runs one target under one compiler and answers with the number of differences. */
function run(job: FuzzJob): number {
  const { compiler, target, seed, count } = job;
  const cx = contextOf(target, showCompilerVersion(compiler.version));
  let wrong = 0;
  for (let batch = 0, done = 0; done < count; batch++) {
    const size = Math.min(job.batch, count - done);
    const items = new RandomItems(`${seed}/${batch}/${target}`, cx, compiler.version.minor).make(size);
    const result = compare(cx, compiler, { target, items });
    for (const problem of result.problems.slice(0, 5)) print(`PROBLEM ${problem}`);
    for (const { name, lines } of result.differences.slice(0, 3)) {
      print(`DIFFERENCE in ${name} (${lines.length} facts)`);
      const smaller = shrink(items, name, (candidate) => compare(cx, compiler, { target, items: candidate }));
      for (const item of smaller.items) print(`  ${showItem(item)}`);
      for (const line of smaller.lines.slice(0, 20)) print(`    ${line}`);
    }
    wrong += result.differences.length + result.problems.length;
    done += size;
  }
  print(`${target} rustc ${showCompilerVersion(compiler.version)} seed ${seed}: ${count} types, ${wrong} differences`);
  return wrong;
}

main();
