/**
 * One program of ordinary Rust, read by the compiler and by the product: where they differ, and what the product does not answer.
 *
 * Invariant: only programs the compiler takes are compared; questions it refuses (a type that is private to a block, a constant of a
 * trait) are taken out and counted for nothing.
 */
import { english } from "../../server/src/base/words.ts";
import type { LayoutAnswer, Semantics, TypeDefinition } from "../../server/src/hir/model.ts";
import { lineAt, lineStarts } from "../../server/src/ide/report.ts";
import { showCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import type { OpenOptions } from "../support/open-semantics.ts";
import { openSemantics } from "../support/open-semantics.ts";
import { compilerMessages, parseDump } from "./dump-parser.ts";
import type { Facts } from "./facts.ts";
import { comparable, differences, factsOfDump, factsOfLayout } from "./facts.ts";
import type { Probe, ProbedProgram } from "./probes.ts";
import { ASKED_TRAITS, withProbes } from "./probes.ts";
import type { Compiler } from "./rustc.ts";
import { layoutError, runRustc } from "./rustc.ts";

export interface ProgramRequest {
  readonly compiler: Compiler;
  readonly text: string;
  readonly edition: NonNullable<OpenOptions["edition"]>;
  readonly cfgs: readonly string[];
  readonly target: string;
  /** Seconds after which a run of the compiler is given up. */
  readonly longest?: number | undefined;
}

export interface ProgramDifference {
  readonly name: string;
  readonly lines: readonly string[];
}

export interface ProgramResult {
  /** Questions both sides answered. */
  readonly compared: number;
  /** How many of them are layouts of definitions; the others are marker traits and constants. */
  readonly layouts: number;
  readonly differences: readonly ProgramDifference[];
  /** Reasons of what the product does not answer, `name: reason`. */
  readonly unknown: readonly string[];
  /** Why the compiler does not take the program: the first errors; nothing is compared then. */
  readonly rejected: readonly string[];
  /** The text both sides read. */
  readonly text: string;
}

const FILE = "/ws/lib.rs";
/** Compiler runs of one program; each takes questions out. */
const ATTEMPTS = 5;

interface Truth {
  readonly program: ProbedProgram;
  /** By line. */
  readonly facts: ReadonlyMap<number, Facts>;
  readonly rejected: readonly string[];
}

/** Asks both sides about every definition and constant of a program. */
export async function askProgram(request: ProgramRequest): Promise<ProgramResult> {
  const { compiler, text } = request;
  const options: OpenOptions = { ...request, rustVersion: showCompilerVersion(compiler.version) };
  const definitions = (await openSemantics({ [FILE]: text }, options)).definitions(FILE);
  const truth = askCompiler(request, definitions);
  const { program, rejected } = truth;
  if (rejected.length > 0) return { compared: 0, layouts: 0, differences: [], unknown: [], rejected, text: program.text };
  const sema = await openSemantics({ [FILE]: program.text }, options);
  return { ...compareAnswers(sema, truth, compiler.version.minor), rejected, text: program.text };
}

function askCompiler(request: ProgramRequest, definitions: readonly TypeDefinition[]): Truth {
  const { compiler, text, edition, cfgs, target, longest } = request;
  const attribute = compiler.version.minor >= 96 ? "rustc_dump_layout" : "rustc_layout";
  const refused = new Set<number>();
  for (let attempt = 0; ; attempt++) {
    const program = withProbes(text, definitions, { attribute, traits: !text.includes("no_core"), refused });
    const flags = cfgs.flatMap((cfg) => ["--cfg", cfg]);
    const output = runRustc(compiler, { target, source: program.text, edition: `${edition}`, flags, longest });
    const { facts, errors } = readOutput(output);
    const byLine = new Map(program.probes.map((probe) => [probe.line, probe]));
    const blamed = errors.flatMap(({ line }) => byLine.get(line) ?? []);
    if (errors.length === 0) return { program, facts, rejected: [] };
    if (blamed.length === 0 || attempt === ATTEMPTS)
      return { program, facts, rejected: errors.map(({ line, text: message }) => `line ${line}: ${message}`) };
    for (const { id } of blamed) refused.add(id);
  }
}

function readOutput(output: string): {
  readonly facts: ReadonlyMap<number, Facts>;
  readonly errors: readonly { readonly line: number; readonly text: string }[];
} {
  const facts = new Map<number, Facts>();
  const errors: { readonly line: number; readonly text: string }[] = [];
  for (const message of compilerMessages(output)) {
    const { line, text } = message;
    const dump = /^layout_of\([\s\S]*?\) = (Layout\b[\s\S]*)$/.exec(text)?.[1];
    const reason = layoutError(text);
    if (dump !== undefined) facts.set(line, factsOfDump(parseDump(dump)));
    else if (reason !== undefined) facts.set(line, { error: reason });
    else if (!/^(?:error: aborting|error: could not compile|warning)/.test(text)) errors.push(message);
  }
  return { facts, errors };
}

function compareAnswers(
  sema: Semantics,
  { program, facts }: Truth,
  minor: number,
): Pick<ProgramResult, "compared" | "layouts" | "differences" | "unknown"> {
  const starts = lineStarts(program.text);
  const answers = new Map(sema.definitions(FILE).map((it) => [lineAt(starts, it.nameRange.start), sema.layoutOf(it)]));
  const found: ProgramDifference[] = [];
  const unknown: string[] = [];
  let compared = 0;
  let layouts = 0;
  for (const probe of program.probes) {
    const wanted = facts.get(probe.line);
    if (wanted === undefined) continue;
    const answer = answers.get(probe.line);
    const told =
      probe.kind === "traits"
        ? compareTraits(sema, { subject: answers.get(probe.of), mask: answer }, wanted)
        : compareLayout(answer, wanted, minor);
    if (told.unknown !== undefined) unknown.push(`${probe.name} (${probe.kind}): ${told.unknown}`);
    else {
      compared++;
      if (probe.kind === "layout") layouts++;
    }
    if (told.lines.length > 0) found.push({ name: describe(probe), lines: told.lines });
  }
  return { compared, layouts, differences: found, unknown };
}

interface Told {
  readonly lines: readonly string[];
  readonly unknown: string | undefined;
}

function describe({ kind, name, line }: Probe): string {
  return `${kind} of ${name}, line ${line}`;
}

function compareLayout(answer: LayoutAnswer | undefined, wanted: Facts, minor: number): Told {
  if (answer === undefined) return { lines: [], unknown: "not listed" };
  if (answer.status === "generic") return { lines: [], unknown: `generic in ${answer.open.join(", ")}` };
  if (answer.status === "unknown") return { lines: [], unknown: "error" in wanted ? undefined : english(answer.reason) };
  return { lines: differences(comparable(factsOfLayout(answer.layout), minor), comparable(wanted, minor)), unknown: undefined };
}

/**
 * The compiler's answer is the length of an array: bit 0 needs-drop, then the traits. Where the product evaluates that length too, by
 * selecting consts of impls with bounds, it has to be the same.
 */
function compareTraits(
  sema: Semantics,
  { subject, mask }: { readonly subject: LayoutAnswer | undefined; readonly mask: LayoutAnswer | undefined },
  wanted: Facts,
): Told {
  if (subject?.status !== "exact" || "error" in wanted) return { lines: [], unknown: undefined };
  const { holds } = sema.traitsOf(subject.type);
  const names = ["needs_drop", ...ASKED_TRAITS];
  const open = names.filter((name) => holds.get(name) === undefined);
  const lines = names.flatMap((name, bit) => {
    const truth = ((Number(wanted.size) >> bit) & 1) === 1;
    const said = holds.get(name);
    return said === undefined || said === truth ? [] : [`${name}: product ${said}, rustc ${truth}`];
  });
  if (mask?.status === "exact" && `${mask.layout.size}` !== wanted.size)
    lines.push(`mask: product ${mask.layout.size}, rustc ${wanted.size}`);
  return { lines, unknown: lines.length === 0 && open.length > 0 ? `traits not answered: ${open.join(", ")}` : undefined };
}
