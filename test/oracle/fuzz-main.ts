/**
 * The differential fuzzer: random programs, laid out by the engine and by an installed compiler, compared in every fact.
 *
 * Usage: npm run fuzz -- --seed 1 --count 3000 --target avr-none --toolchain nightly [--batch 3000] [--batches 1]
 * The same arguments give the same programs. Every difference is shrunk and printed; the exit status is 1 if there is any.
 */
import { parseArgs } from "node:util";
import { showCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import { compare } from "./compare.ts";
import { contextOf } from "./context.ts";
import { RandomItems } from "./random-items.ts";
import { showItem } from "./rust-source.ts";
import { findCompiler } from "./rustc.ts";
import { shrink } from "./shrink.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "3000" },
    batch: { type: "string", default: "3000" },
    target: { type: "string", default: "x86_64-unknown-linux-gnu" },
    toolchain: { type: "string", default: "stable" },
  },
});

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function main(): void {
  const compiler = findCompiler(values.toolchain);
  const cx = contextOf(values.target, showCompilerVersion(compiler.version));
  const count = Number(values.count);
  let done = 0;
  let wrong = 0;
  for (let batch = 0; done < count; batch++) {
    const size = Math.min(Number(values.batch), count - done);
    const items = new RandomItems(`${values.seed}/${batch}/${values.target}`, cx, compiler.version.minor).make(size);
    const result = compare(cx, compiler, { target: values.target, items });
    for (const problem of result.problems.slice(0, 5)) print(`PROBLEM ${problem}`);
    for (const { name, lines } of result.differences.slice(0, 3)) {
      print(`DIFFERENCE in ${name} (${lines.length} facts)`);
      const smaller = shrink(items, name, (candidate) => compare(cx, compiler, { target: values.target, items: candidate }));
      for (const item of smaller.items) print(`  ${showItem(item)}`);
      for (const line of smaller.lines.slice(0, 20)) print(`    ${line}`);
    }
    wrong += result.differences.length + result.problems.length;
    done += size;
  }
  const version = `${compiler.version.major}.${compiler.version.minor}`;
  print(`${values.target} rustc ${version} seed ${values.seed}: ${done} types, ${wrong} differences`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

main();
