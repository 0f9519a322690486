/**
 * Writes the right side of a rule with what its variables matched.
 *
 * Tokens of the definition are marked with the expansion (hygiene, `$crate`), tokens of the call pass unchanged; a captured
 * fragment other than `tt`, `ident` and `lifetime` is put between invisible delimiters, so it stays one unit.
 *
 * Invariant: at most `budget` tokens; recursion only per nested repetition, which the definition bounds.
 * Source: rustc_expand::mbe::transcribe (1.95).
 */
import { msg } from "../base/message.ts";
import type { MacroDef, MacroRule, TranscribeOp } from "./macro-def.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { Match, MatchLeaf } from "./macro-match.ts";
import { evalMetaVarExpr } from "./metavar-expr.ts";
import type { ExpnData, FragmentGroup, Span, SyntaxContext, Token } from "./token.ts";
import { tokenAt } from "./token.ts";
import { canBeginLiteral } from "./token-class.ts";

export interface Repeat {
  readonly index: number;
  readonly length: number;
}

export interface Transcription {
  readonly def: MacroDef;
  readonly rule: MacroRule;
  readonly matches: readonly Match[];
  readonly expn: ExpnData;
  /** The largest number of tokens to write. */
  readonly maxTokens: number;
}

/** The state of one transcription. */
export interface Transcriber extends Transcription {
  readonly out: Token[];
  readonly repeats: Repeat[];
  readonly marks: Map<SyntaxContext | undefined, SyntaxContext>;
}

/** Runs a rule's transcriber; the tokens it wrote. */
export function transcribe(transcription: Transcription): { tokens: readonly Token[]; error: MacroError | undefined } {
  const transcriber: Transcriber = { ...transcription, out: [], repeats: [], marks: new Map() };
  const error = runOps(transcriber, transcription.rule.transcriber);
  return { tokens: transcriber.out, error };
}

function runOps(t: Transcriber, ops: readonly TranscribeOp[]): MacroError | undefined {
  for (const op of ops) {
    const error = runOp(t, op);
    if (error !== undefined) return error;
    if (t.out.length > t.maxTokens)
      return macroError("limit", msg("`{name}!` expands to more than {limit} tokens", { name: t.def.name, limit: t.maxTokens }), op.token);
  }
  return undefined;
}

function runOp(t: Transcriber, op: TranscribeOp): MacroError | undefined {
  switch (op.kind) {
    case "token":
      t.out.push(marked(t, op.token));
      return undefined;
    case "crate":
      t.out.push({ ...marked(t, op.token), text: "$crate", crate: t.def.crate });
      return undefined;
    case "var":
      return writeVariable(t, op.variable, op.token);
    case "sequence":
      return writeSequence(t, op);
    case "metaExpr": {
      const value = evalMetaVarExpr(op.expr, t, op.token);
      if (!value.ok) return value.error;
      if (value.value !== undefined) t.out.push(marked(t, tokenAt(op.token, value.value.kind, value.value.text)));
      return undefined;
    }
  }
}

/** A token of the definition, marked with this expansion. */
function marked(t: Transcriber, token: Token): Token {
  let ctx = t.marks.get(token.ctx);
  if (ctx === undefined) {
    ctx = { parent: token.ctx, outer: t.expn };
    t.marks.set(token.ctx, ctx);
  }
  const { kind, text, source, start, end, crate, group } = token;
  return { kind, text, source, start, end, ctx, crate, group };
}

/** What a variable stands for at the current repetition. */
export function currentMatch(t: Transcriber, variable: number): Match | undefined {
  let match = t.matches[variable];
  for (const repeat of t.repeats) {
    if (match?.kind !== "seq") break;
    match = match.items[repeat.index];
  }
  return match;
}

function writeVariable(t: Transcriber, variable: number, at: Token): MacroError | undefined {
  const match = currentMatch(t, variable);
  if (match?.kind === "leaf") {
    writeLeaf(t, match);
    return undefined;
  }
  return macroError("repetition", msg("variable `{text}` is still repeating at this depth", { text: at.text }), at);
}

function writeLeaf(t: Transcriber, leaf: MatchLeaf): void {
  if (leaf.fragment === "tt" || leaf.fragment === "ident" || leaf.fragment === "lifetime") {
    for (const token of leaf.tokens) t.out.push(token);
    return;
  }
  const group: FragmentGroup = { fragment: leaf.fragment, isLiteral: isLiteral(leaf.tokens) };
  t.out.push(delimiter(leaf.tokens[0] ?? t.expn.callSite, "open", group));
  if (isWholeGroup(leaf.tokens)) for (let at = 1; at + 1 < leaf.tokens.length; at++) pushDefined(t.out, leaf.tokens[at]);
  else for (const token of leaf.tokens) t.out.push(token);
  t.out.push(delimiter(leaf.tokens.at(-1) ?? t.expn.callSite, "close", group));
}

function pushDefined(out: Token[], token: Token | undefined): void {
  if (token !== undefined) out.push(token);
}

function delimiter(at: Span, kind: "open" | "close", group: FragmentGroup): Token {
  return { kind, text: "", source: at.source, start: at.start, end: at.end, ctx: at.ctx, crate: undefined, group };
}

/** True if the tokens are one invisible group already. */
function isWholeGroup(tokens: readonly Token[]): boolean {
  const group = tokens[0]?.group;
  return group !== undefined && tokens.findIndex((token) => token.group === group && token.kind === "close") === tokens.length - 1;
}

/** True for a literal, perhaps with a minus, perhaps captured before. */
function isLiteral(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first === undefined) return false;
  if (first.group !== undefined) return first.group.isLiteral && isWholeGroup(tokens);
  if (first.text === "-" && first.kind === "punct") return tokens.length === 2 && second?.kind === "literal";
  return tokens.length === 1 && canBeginLiteral(first);
}

type SequenceOp = Extract<TranscribeOp, { readonly kind: "sequence" }>;

function writeSequence(t: Transcriber, op: SequenceOp): MacroError | undefined {
  const length = repetitionLength(t, op);
  if (typeof length !== "number") return length;
  if (length === 0 && op.op === "+") return macroError("repetition", msg("this must repeat at least once"), op.token);
  if (writeRun(t, op)) return undefined;
  for (let index = 0; index < length; index++) {
    if (index > 0 && op.separator !== undefined) t.out.push(marked(t, op.separator));
    t.repeats.push({ index, length });
    const error = runOps(t, op.ops);
    t.repeats.pop();
    if (error !== undefined) return error;
  }
  return undefined;
}

/** `$($x)*`: everything the variable stands for, one after the other. */
function writeRun(t: Transcriber, { ops, separator }: SequenceOp): boolean {
  const only = ops[0];
  if (ops.length !== 1 || only?.kind !== "var" || separator !== undefined) return false;
  const match = currentMatch(t, only.variable);
  if (match?.kind !== "seq" || !match.items.every((item) => item.kind === "leaf")) return false;
  for (const item of match.items) if (item.kind === "leaf") writeLeaf(t, item);
  return true;
}

/** How often a repetition repeats: as often as every variable in it that repeats here. */
function repetitionLength(t: Transcriber, op: SequenceOp): number | MacroError {
  let found: { length: number; variable: number } | undefined;
  for (const variable of op.variables) {
    const match = currentMatch(t, variable);
    if (match?.kind !== "seq") continue;
    const { length } = match.items;
    if (found === undefined) found = { length, variable };
    else if (found.length !== length) {
      const name = (v: number): string => t.rule.variables[v]?.name ?? "";
      const message = msg("variable `{first}` repeats {count} times, but `{second}` repeats {other} times", {
        first: name(found.variable),
        count: found.length,
        second: name(variable),
        other: length,
      });
      return macroError("repetition", message, op.token);
    }
  }
  return found?.length ?? macroError("repetition", msg("this repetition contains no variable that repeats here"), op.token);
}
