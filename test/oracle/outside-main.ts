/**
 * Programs somebody else wrote, such as the compiler's own tests: every file that compiles is read by the compiler and by the product,
 * and every definition, its marker traits and every integer constant is compared.
 *
 * Usage: npm run outside -- FOLDER... [--toolchain stable] [--edition 2015] [--show 20] [--only FRAGMENT] [--skip FRAGMENT,...]
 *        [--longest SECONDS] [--passing] [--target x86_64-unknown-linux-gnu]
 * A file's head may hold the directives of rustc's test suite: `//@ edition: 2021`, `//@ compile-flags: --cfg a`, `//@ revisions: a b`
 * (the first is taken); files with `aux-build` or `ignore-test`, and those `--skip` names, are left out. A run of the compiler is given
 * up after `--longest` seconds. `--passing` leaves out the files that the suite does not mark as compiling. The exit status is 1 if anything differs.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ProgramRequest, ProgramResult } from "./ask-program.ts";
import { askProgram } from "./ask-program.ts";
import type { Compiler } from "./rustc.ts";
import { findCompiler } from "./rustc.ts";

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Totals {
  files: number;
  rejected: number;
  compared: number;
  layouts: number;
  wrong: number;
  readonly reasons: Map<string, number>;
}

interface Asked {
  readonly compiler: Compiler;
  /** Of files that do not say theirs. */
  readonly edition: string;
  /** Seconds after which a run of the compiler is given up. */
  readonly longest: number;
  /** Only files that rustc's suite says compile. */
  readonly passing: boolean;
  /** A target the compiler has a std of, or any if the files are `#![no_core]`. */
  readonly target: string;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      toolchain: { type: "string", default: "stable" },
      edition: { type: "string", default: "2015" },
      show: { type: "string", default: "20" },
      only: { type: "string", default: "" },
      skip: { type: "string" },
      passing: { type: "boolean", default: false },
      longest: { type: "string", default: "60" },
      target: { type: "string", default: "x86_64-unknown-linux-gnu" },
    },
  });
  const skipped = values.skip?.split(",") ?? [];
  for (const toolchain of values.toolchain.split(",")) {
    const compiler = findCompiler(toolchain);
    for (const folder of positionals) {
      const paths = filesOf(folder).filter((path) => path.includes(values.only) && !skipped.some((it) => path.includes(it)));
      const { edition, passing, target } = values;
      const totals = await run({ compiler, edition, longest: Number(values.longest), passing, target }, paths);
      print(
        `${folder}, ${toolchain}: ${totals.files} files, ${totals.rejected} not taken by the compiler, ${totals.compared} answers compared (${totals.layouts} layouts), ${totals.wrong} differences`,
      );
      const reasons = [...totals.reasons].sort((a, b) => b[1] - a[1]).slice(0, Number(values.show));
      for (const [reason, count] of reasons) print(`  unknown ${count}  ${reason}`);
      if (totals.wrong > 0) process.exitCode = 1;
    }
  }
}

async function run(asked: Asked, paths: readonly string[]): Promise<Totals> {
  const totals: Totals = { files: 0, rejected: 0, compared: 0, layouts: 0, wrong: 0, reasons: new Map() };
  for (const path of paths) {
    const request = requestOf(asked, readFileSync(path, "utf8"));
    if (request === undefined) continue;
    totals.files++;
    report(path, await askProgram(request), totals);
  }
  return totals;
}

function report(path: string, result: ProgramResult, totals: Totals): void {
  if (result.rejected.length > 0) {
    totals.rejected++;
    print(`not taken ${path} ${result.rejected[0] ?? ""}`);
  }
  totals.compared += result.compared;
  totals.layouts += result.layouts;
  totals.wrong += result.differences.length;
  for (const { name, lines } of result.differences) print(`DIFFERENCE ${path} ${name}\n    ${lines.slice(0, 8).join("\n    ")}`);
  for (const reason of result.unknown) {
    print(`unknown ${path} ${reason}`);
    const kind = reason.slice(reason.indexOf("): ") + 3).replaceAll(/`[^`]*`/g, "`…`");
    totals.reasons.set(kind, (totals.reasons.get(kind) ?? 0) + 1);
  }
}

/** Rust files below a folder, or the file itself. */
function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".rs") && !/(?:^|\/)auxiliary\//.test(name))
    .sort()
    .map((name) => join(path, name));
}

/** What the head of a file of rustc's test suite asks for; undefined if the file needs more than itself. */
function requestOf({ compiler, edition: fallback, longest, passing, target }: Asked, text: string): ProgramRequest | undefined {
  const directives = [...text.matchAll(/^\/\/@(?:\[\w+\])?\s*(.*)$/gm)].map(([, directive = ""]) => directive.trim());
  if (directives.some((it) => /^(?:aux-|proc-macro|ignore-test|known-bug|only-(?!x86_64|linux|64bit|unix))/.test(it))) return undefined;
  if (passing && !directives.some((it) => /^(?:check|build|run)-pass/.test(it))) return undefined;
  const after = (name: string): string =>
    directives
      .find((it) => it.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? "";
  const revision = after("revisions").split(/\s+/)[0] ?? "";
  const flags = directives.filter((it) => it.startsWith("compile-flags:")).join(" ");
  const cfgs = [...flags.matchAll(/--cfg[= ](\S+)/g)].map(([, cfg = ""]) => cfg.replaceAll(/['"]/g, ""));
  const edition = /\d{4}/.exec(after("edition") || (/--edition[= ]?(\d{4})/.exec(flags)?.[0] ?? ""))?.[0] ?? fallback;
  return {
    compiler,
    text: withoutDumps(text),
    edition: editionOf(edition),
    cfgs: revision === "" ? cfgs : [...cfgs, revision],
    target,
    longest,
  };
}

/** The questions about layouts that a file asks the compiler itself are errors to it; they are blanked out for ours. */
function withoutDumps(text: string): string {
  return text.replaceAll(/#\[rustc_(?:dump_)?layout\([^)]*\)\]/g, (it) => " ".repeat(it.length));
}

function editionOf(text: string): ProgramRequest["edition"] {
  return ([2018, 2021, 2024] as const).find((it) => `${it}` === text) ?? 2015;
}

await main();
