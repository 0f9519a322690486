/**
 * Takes a call apart that does the same for each part of its input, so that only the parts that matter are expanded.
 *
 * `m! { "a" struct A "b" struct B … }` with `($($t:literal struct $n:ident)*) => { $(struct $n; impl X for $n {} …)* }` → `m! { "a" struct A }`,
 * `m! { "b" struct B }`, …
 *
 * Invariants: expanded one after the other the parts make the tokens that the whole makes; each part is matched again when it is
 * expanded, so one that was cut wrongly could only fail. Only calls are taken apart whose first rule matches, that make much, and whose
 * parts have a fixed number of token trees each.
 */
import type { MacroDef, MacroRule, MatcherLoc, TranscribeOp } from "./macro-def.ts";
import { buildMatches } from "./macro-match.ts";
import { matchTokens } from "./matcher.ts";
import type { FragmentKind, Token } from "./token.ts";
import type { TokenTrees } from "./token-tree.ts";
import { desugarDocComments, parseTokenTrees, treeEnd } from "./token-tree.ts";

/** A call as several ones of the same macro. */
export interface SplitCall {
  /** What stands between the delimiters of each. */
  readonly parts: readonly (readonly Token[])[];
  /** How many tokens all of them make at least. */
  readonly makes: number;
}

/** Calls that make less are expanded as they are, so are those of more parts: each is a call of its own. */
const LEAST_MADE = 2000;
const LEAST_PARTS = 8;
const MOST_PARTS = 400;

/** How a macro's first rule repeats. */
interface Repetition {
  /** Token trees of a part, and of what stands between two. */
  readonly trees: number;
  readonly between: number;
  /** Operations of the transcriber for a part: each writes a token, or what a variable stands for. */
  readonly operations: number;
}

const repetitions = new WeakMap<MacroRule, Repetition | "none">();

/** The parts of a call with these tokens; undefined where it is to be expanded as it is. */
export function splitCall(def: MacroDef, tokens: readonly Token[], maxSteps: number): SplitCall | undefined {
  const rule = def.rules[0];
  const repetition = rule === undefined || def.kind !== "macro_rules" ? undefined : repetitionOf(rule);
  if (rule === undefined || repetition === undefined) return undefined;
  const trees = parseTokenTrees(desugarDocComments(tokens));
  if (!trees.ok) return undefined;
  const parts = partsOf(trees.value, repetition);
  const makes = parts.length * repetition.operations;
  if (makes < LEAST_MADE || parts.length < LEAST_PARTS || parts.length > MOST_PARTS) return undefined;
  const outcome = matchTokens(rule.matcher, trees.value, { steps: maxSteps }, undefined);
  const [first] = outcome.kind === "matched" ? buildMatches(outcome.captures, rule.variables.length) : [];
  return first?.kind === "seq" && first.items.length === parts.length ? { parts, makes } : undefined;
}

function repetitionOf(rule: MacroRule): Repetition | undefined {
  let found = repetitions.get(rule);
  if (found === undefined) {
    found = readRepetition(rule) ?? "none";
    repetitions.set(rule, found);
  }
  return found === "none" ? undefined : found;
}

/** `($(…)*) => { $(…)* }`; the first repetition may have a separator and may be followed by such as take only what is written. */
function readRepetition({ form, matcher, transcriber }: MacroRule): Repetition | undefined {
  const [loc] = matcher;
  const [op] = transcriber;
  if (form !== "bang" || loc?.kind !== "sequence" || loc.op === "?" || loc.firstVar === loc.endVar) return undefined;
  if (op?.kind !== "sequence" || transcriber.length !== 1 || op.separator !== undefined || op.op === "?" || countsItself(op))
    return undefined;
  const last = matcher[loc.after - 1];
  const between = last?.kind === "again" ? 1 : 0;
  const trees = fixedTrees(matcher.slice(1, loc.after - 1 - between));
  const isOnly = matcher[loc.after]?.kind === "end" || isOptional(matcher.slice(loc.after));
  return trees === undefined || !isOnly ? undefined : { trees, between, operations: operationsIn(op) };
}

/** `$(,)?` at the end. */
function isOptional([first, second, third, fourth]: readonly MatcherLoc[]): boolean {
  const mayBeNone = first?.kind === "sequence" && first.op !== "+";
  return mayBeNone && second?.kind === "token" && third?.kind === "repeat" && fourth?.kind === "end";
}

/** Fragments that are one token tree. */
const SINGLE: ReadonlySet<FragmentKind> = new Set<FragmentKind>(["ident", "lifetime", "literal", "tt", "block"]);

/** How many token trees these places take; undefined where that depends. */
function fixedTrees(locs: readonly MatcherLoc[]): number | undefined {
  let count = 0;
  let depth = 0;
  for (const loc of locs) {
    if (loc.kind === "token" && loc.tokenKind === "close") depth -= 1;
    else if (depth === 0 && (loc.kind === "token" || (loc.kind === "var" && SINGLE.has(loc.fragment)))) count += 1;
    else if (depth === 0) return undefined;
    if (loc.kind === "token" && loc.tokenKind === "open") depth += 1;
  }
  return count === 0 ? undefined : count;
}

/** Whether a transcriber says how often it repeats, or which repetition this is. */
function countsItself(op: TranscribeOp): boolean {
  return op.kind === "metaExpr" || (op.kind === "sequence" && op.ops.some(countsItself));
}

function operationsIn(op: TranscribeOp): number {
  return op.kind === "sequence" ? op.ops.reduce((sum, inner) => sum + operationsIn(inner), 0) : 1;
}

function partsOf(trees: TokenTrees, { trees: size, between }: Repetition): readonly (readonly Token[])[] {
  const { tokens } = trees;
  const parts: (readonly Token[])[] = [];
  for (let from = 0; from < tokens.length; ) {
    let end = from;
    for (let i = 0; i < size; i++) end = treeEnd(trees, end);
    if (end > tokens.length) break;
    parts.push(tokens.slice(from, end));
    from = end + between;
  }
  return parts;
}
