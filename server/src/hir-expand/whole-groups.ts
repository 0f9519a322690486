/**
 * Whether a macro hands on what stands in braces as it is.
 *
 * Example: `($pub:ident struct $name:ident $body:tt) => { $pub struct $name $body }` does; `(struct $name:ident { $($f:tt)* }) => …` takes
 * its input's braces apart, `… => { other!($body); }` lets another macro do so.
 *
 * Invariant: for such a macro two tokens side by side in braces of a call's arguments stand side by side wherever they are in its output.
 */
import type { MacroDef, MacroRule, MatcherLoc, TranscribeOp } from "./macro-def.ts";
import type { FragmentKind, Token } from "./token.ts";

/** Fragments that hold no braces. */
const WITHOUT_BRACES: ReadonlySet<FragmentKind> = new Set<FragmentKind>(["ident", "lifetime", "literal", "vis"]);

const kept = new WeakMap<MacroDef, boolean>();

/** Whether every rule takes braces whole and gives them to no other macro. */
export function keepsBraces(def: MacroDef): boolean {
  let keeps = kept.get(def);
  if (keeps === undefined) {
    keeps = def.rules.every((rule) => rule.form === "bang" && takesWhole(rule.matcher) && handsOnNone(rule));
    kept.set(def, keeps);
  }
  return keeps;
}

/** Whether no variable stands in braces of the matcher. */
function takesWhole(matcher: readonly MatcherLoc[]): boolean {
  let braces = 0;
  for (const loc of matcher) {
    if (loc.kind === "var" && braces > 0) return false;
    if (loc.kind === "token" && loc.text === "{") braces += 1;
    if (loc.kind === "token" && loc.text === "}") braces -= 1;
  }
  return true;
}

/** How far a transcriber has been read. */
interface Reading {
  readonly variables: MacroRule["variables"];
  /** A `!` was met, or what may be one, and no delimiter since: what is opened next may be a call's. */
  mayCall: boolean;
  /** The delimiters that are open, and how many of them were when the arguments of a call began. */
  depth: number;
  callDepth: number | undefined;
}

/** Whether the arguments of calls in the transcriber hold no variable that may hold braces. */
function handsOnNone({ transcriber, variables }: MacroRule): boolean {
  return readOps({ variables, mayCall: false, depth: 0, callDepth: undefined }, transcriber);
}

function readOps(reading: Reading, ops: readonly TranscribeOp[]): boolean {
  return ops.every((op) => {
    if (op.kind === "token") readToken(reading, op.token);
    if (op.kind === "metaExpr") return false;
    if (op.kind === "sequence") {
      const before = reading.mayCall;
      // What ends with `!` may call what it begins with when it repeats.
      return readOps(reading, op.ops) && (before || !reading.mayCall);
    }
    if (op.kind !== "var") return true;
    const fragment = reading.variables[op.variable]?.fragment;
    const isGiven = reading.callDepth !== undefined || reading.mayCall;
    reading.mayCall ||= fragment === "tt";
    return !isGiven || (fragment !== undefined && WITHOUT_BRACES.has(fragment));
  });
}

function readToken(reading: Reading, { kind, text }: Token): void {
  if (kind === "open") {
    reading.depth += 1;
    if (reading.mayCall) reading.callDepth ??= reading.depth;
    reading.mayCall = false;
  } else if (kind === "close") {
    if (reading.callDepth === reading.depth) reading.callDepth = undefined;
    reading.depth -= 1;
    reading.mayCall = false;
  } else if (text === "!") reading.mayCall = true;
}
