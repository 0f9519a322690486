/**
 * The fuzzer of whole programs: random modules of macros, constants, traits and std types, from source to answer, against a compiler.
 *
 * Usage: npm run fuzz -- --program --seed 1 --count 3000 --target T --toolchain stable,nightly [--batch 60]
 * `--count` is in answers (layouts, marker traits, constants); `--batch` in modules a program. The same arguments give the same
 * programs. A difference is printed with the modules it needs. The exit status is 1 if there is any.
 */
import { showCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import type { ProgramRequest, ProgramResult } from "./ask-program.ts";
import { askProgram } from "./ask-program.ts";
import type { FuzzJob } from "./fuzz-job.ts";
import { fuzzJobs, print } from "./fuzz-job.ts";
import { HEAD, randomModules } from "./programs/random-program.ts";

interface Totals {
  answers: number;
  layouts: number;
  wrong: number;
  programs: number;
  dropped: number;
  readonly reasons: Map<string, number>;
}

async function main(): Promise<void> {
  for (const job of fuzzJobs(60)) {
    const totals = await run(job);
    print(
      `${job.target} rustc ${showCompilerVersion(job.compiler.version)} seed ${job.seed}: ${totals.answers} answers (${totals.layouts} layouts), ${totals.wrong} differences, ` +
        `${totals.programs} programs, ${totals.dropped} modules not taken by the compiler`,
    );
    for (const [reason, count] of [...totals.reasons].sort((a, b) => b[1] - a[1]).slice(0, 12)) print(`  unknown ${count}  ${reason}`);
    if (totals.wrong > 0) process.exitCode = 1;
  }
}

async function run(job: FuzzJob): Promise<Totals> {
  const totals: Totals = { answers: 0, layouts: 0, wrong: 0, programs: 0, dropped: 0, reasons: new Map() };
  while (totals.answers < job.count) {
    const modules = randomModules(`${job.seed}/${totals.programs}`, job.batch);
    const { kept, result } = await accepted(job, modules);
    totals.programs++;
    totals.dropped += modules.length - kept.length;
    totals.answers += result.compared;
    totals.layouts += result.layouts;
    totals.wrong += result.differences.length;
    if (result.compared === 0) {
      print(`PROBLEM nothing of program ${totals.programs} compiles: ${result.rejected[0] ?? ""}`);
      totals.wrong++;
      break;
    }
    for (const reason of result.unknown) {
      const kind = reason.slice(reason.indexOf("): ") + 3).replaceAll(/`[^`]*`/g, "`…`");
      if (!totals.reasons.has(kind)) print(`unknown, for example: ${reason}`);
      totals.reasons.set(kind, (totals.reasons.get(kind) ?? 0) + 1);
    }
    for (const difference of result.differences.slice(0, 4)) await explain(job, kept, difference.name);
  }
  return totals;
}

function request(job: FuzzJob, modules: readonly string[]): ProgramRequest {
  return { compiler: job.compiler, target: job.target, text: [HEAD, ...modules].join("\n"), edition: 2021, cfgs: [] };
}

/** Leaves out the modules the compiler complains about, until it takes the rest. */
async function accepted(
  job: FuzzJob,
  modules: readonly string[],
): Promise<{ readonly kept: readonly string[]; readonly result: ProgramResult }> {
  let kept = modules;
  for (;;) {
    const result = await askProgram(request(job, kept));
    const bad = blamedModules(result, kept);
    if (bad.size === 0) return { kept, result };
    for (const line of result.rejected.slice(0, 1)) print(`not taken: ${line.split("\n")[0] ?? ""}`);
    kept = withoutUsers(kept, bad);
  }
}

/** Leaves out modules and those that name them. */
function withoutUsers(modules: readonly string[], bad: ReadonlySet<number>): readonly string[] {
  const gone = new Set<string>();
  return modules.filter((text, i) => {
    const uses = text.match(/\bm\d+\b/g) ?? [];
    const isGone = bad.has(i) || uses.some((name) => gone.has(name));
    if (isGone) gone.add(uses[0] ?? "");
    return !isGone;
  });
}

function blamedModules(result: ProgramResult, modules: readonly string[]): ReadonlySet<number> {
  const bad = new Set<number>();
  const lines = result.text.split("\n");
  for (const message of result.rejected) {
    const line = Number(/^line (\d+)/.exec(message)?.[1] ?? "0");
    const head = lines.slice(0, line).findLast((text) => /^pub mod m\d+ \{$/.test(text));
    const index = modules.findIndex((module) => head !== undefined && module.startsWith(`${head}\n`));
    if (index >= 0) bad.add(index);
  }
  return bad;
}

/** Compiler runs to make one program small. */
const ATTEMPTS = 120;

/** Prints a difference with as few modules, and in them lines, as show it. */
async function explain(job: FuzzJob, modules: readonly string[], name: string): Promise<void> {
  const subject = name.replace(/, line \d+$/, "");
  let last: ProgramResult | undefined;
  let attempts = 0;
  const isStillWrong = async (parts: readonly string[]): Promise<boolean> => {
    if (attempts++ > ATTEMPTS) return false;
    const result = await askProgram(request(job, parts));
    const isWrong = result.differences.some((difference) => difference.name.startsWith(`${subject},`));
    if (isWrong) last = result;
    return isWrong;
  };
  const fewModules = await shrunk(modules, isStillWrong);
  const lines = await shrunk(
    fewModules.flatMap((module) => module.split("\n")),
    isStillWrong,
  );
  print(`DIFFERENCE ${subject}`);
  for (const difference of last?.differences ?? []) print(`    ${difference.name}: ${difference.lines.slice(0, 6).join("; ")}`);
  print(lines.join("\n"));
}

/** As few of the parts as the question still says yes to, in halves, quarters and so on. */
async function shrunk(parts: readonly string[], ask: (parts: readonly string[]) => Promise<boolean>): Promise<readonly string[]> {
  let best = parts;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length; ) {
      const candidate = [...best.slice(0, at), ...best.slice(at + size)];
      if (await ask(candidate)) best = candidate;
      else at += size;
    }
  }
  return best;
}

await main();
