/**
 * Asks an installed compiler for the layouts of a program.
 *
 * Invariant: one compiler run per program; every item comes back with its layout or with the compiler's reason. Anything else the
 * compiler complains about is an error of the program and is reported as such.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CompilerVersion } from "../../server/src/layout/compiler-version.ts";
import { parseCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import { compilerMessages, parseDump } from "./dump-parser.ts";
import type { Facts } from "./facts.ts";
import { factsOfDump } from "./facts.ts";
import { rustSource } from "./rust-source.ts";
import type { Item } from "./type-model.ts";

/** How to start a compiler: a program and its first arguments (`rustc +nightly`). */
export interface Compiler {
  readonly command: string;
  readonly args: readonly string[];
  readonly version: CompilerVersion;
}

/** `stable`, `nightly`, any other rustup toolchain, or the path of a `rustc`. */
export function findCompiler(toolchain: string): Compiler {
  const isPath = toolchain.includes("/");
  const [command, args] = isPath ? [toolchain, []] : ["rustc", [`+${toolchain}`]];
  const { stdout } = spawnSync(command, [...args, "-vV"], { encoding: "utf8" });
  const version = parseCompilerVersion(/release: (\S+)/.exec(stdout ?? "")?.[1] ?? "");
  if (version === undefined) throw new Error(`no compiler ${toolchain}`);
  return { command, args, version };
}

export interface Answer {
  readonly facts: ReadonlyMap<string, Facts>;
  /** Complaints that are no layouts. */
  readonly problems: readonly string[];
}

/** The layouts of a program's items. */
export function askRustc(compiler: Compiler, target: string, items: readonly Item[]): Answer {
  const { text, lineOf } = rustSource(items, { minor: compiler.version.minor });
  const nameAt = new Map([...lineOf].map(([name, line]) => [line, name]));
  const facts = new Map<string, Facts>();
  const problems: string[] = [];
  for (const { line, text: message } of compilerMessages(runRustc(compiler, { target, source: text }))) {
    const name = nameAt.get(line);
    const dump = /^layout_of\(.*?\) = (Layout\b[\s\S]*)$/.exec(message)?.[1];
    const reason = layoutError(message);
    if (name !== undefined && dump !== undefined && !dump.includes("panicked at")) facts.set(name, factsOfDump(parseDump(dump)));
    else if (name !== undefined && reason !== undefined) facts.set(name, { error: reason });
    else if (!message.startsWith("error: aborting") && !message.startsWith("warning")) problems.push(`line ${line}: ${message}`);
  }
  for (const name of lineOf.keys()) if (!facts.has(name)) problems.push(`no layout of ${name}`);
  return { facts, problems };
}

/** The engine's name of the reason why a type has no layout; undefined for other messages. */
export function layoutError(message: string): string | undefined {
  if (/too big for the (?:target|current) architecture|SizeOverflow/.test(message)) return "sizeOverflow";
  return undefined;
}

/** Seconds after which a run is given up: a constant may loop for ever. */
const LONGEST_RUN = 180;

export interface Compilation {
  readonly target: string;
  readonly source: string;
  readonly edition?: string;
  readonly flags?: readonly string[];
  /** Seconds after which the run is given up; 180 if undefined. */
  readonly longest?: number | undefined;
}

/** Checks a program as the library `oracle` with all unstable features; answers what the compiler says, in its short form. */
export function runRustc(
  compiler: Compiler,
  { target, source, edition = "2021", flags: more = [], longest = LONGEST_RUN }: Compilation,
): string {
  const folder = mkdtempSync(join(tmpdir(), "layout-oracle-"));
  try {
    const file = join(folder, "oracle.rs");
    writeFileSync(file, source);
    const flags = [
      "--edition",
      edition,
      "--crate-type",
      "lib",
      "--crate-name",
      "oracle",
      "--emit",
      "metadata",
      "--cap-lints",
      "allow",
      ...more,
    ];
    const args = [...compiler.args, ...flags, "--error-format", "short", "--target", target, "-o", join(folder, "out"), "oracle.rs"];
    const { stderr, signal, error } = spawnSync(compiler.command, args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, RUSTC_BOOTSTRAP: "1" },
      maxBuffer: 1 << 30,
      timeout: longest * 1000,
    });
    if (error !== undefined && "code" in error && error.code === "ETIMEDOUT") return "error: the compiler does not come to an end\n";
    if (error !== undefined) throw error;
    if (signal !== null) throw new Error(`the compiler was stopped by ${signal}`);
    return stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
