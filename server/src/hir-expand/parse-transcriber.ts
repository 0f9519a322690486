/**
 * The right side of a rule → transcriber operations.
 *
 * `$x` of the matcher becomes `var`; another `$y` stays `$` `y`, for a macro this one defines; `$crate` becomes `crate`,
 * `$$` one `$`. In macros exported with `local_inner_macros` the name of a call gets `$crate::` in front of it.
 *
 * Source: rustc_expand::mbe::quoted::parse, mbe::metavar_expr (1.95); RFC 3086.
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { MetaVar, TranscribeOp } from "./macro-def.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import { parseMetaVarExpr } from "./parse-metavar-expr.ts";
import { MAX_REPETITION_DEPTH, parseRepeatTail } from "./repeat-op.ts";
import type { Token } from "./token.ts";
import { tokenAt } from "./token.ts";
import { isReserved } from "./token-class.ts";
import type { TokenTrees } from "./token-tree.ts";
import { desugarDocComments, parseTokenTrees, partnerOf } from "./token-tree.ts";

export interface TranscriberInput {
  readonly trees: TokenTrees;
  readonly from: number;
  readonly to: number;
  /** `#[macro_export(local_inner_macros)]`. */
  readonly callsOwnCrate: boolean;
}

interface TranscriberParser {
  readonly trees: TokenTrees;
  readonly callsOwnCrate: boolean;
  readonly variables: ReadonlyMap<string, number>;
  depth: number;
}

/** Compiles the right side of a rule whose matcher binds `variables`. */
export function parseTranscriber(input: TranscriberInput, variables: readonly MetaVar[]): Result<readonly TranscribeOp[], MacroError> {
  const trees = parseTokenTrees(desugarDocComments(input.trees.tokens.slice(input.from, input.to)));
  if (!trees.ok) return trees;
  const byName = new Map(variables.map((variable, index) => [variable.name, index] as const));
  const parser = { trees: trees.value, callsOwnCrate: input.callsOwnCrate, variables: byName, depth: 0 };
  return parseOps(parser, 0, trees.value.tokens.length);
}

function parseOps(parser: TranscriberParser, from: number, to: number): Result<TranscribeOp[], MacroError> {
  const { tokens } = parser.trees;
  const ops: TranscribeOp[] = [];
  let at = from;
  while (at < to) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === "punct" && token.text === "$") {
      const next = parseDollar(parser, at, { to, ops });
      if (!next.ok) return next;
      at = next.value;
    } else {
      if (parser.callsOwnCrate && isPlainCall(tokens, at))
        ops.push({ kind: "crate", token }, { kind: "token", token: tokenAt(token, "punct", "::") });
      ops.push({ kind: "token", token });
      at++;
    }
  }
  return ok(ops);
}

/** Whether a call by a single name begins at a token (rustc_resolve::macros, "the macro helper hack"). */
function isPlainCall(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.kind !== "ident" || tokens[at + 1]?.text !== "!" || tokens[at + 2]?.kind !== "open") return false;
  return !isReserved(token.text) && tokens[at - 1]?.text !== "::";
}

interface Sink {
  readonly to: number;
  readonly ops: TranscribeOp[];
}

/** Reads what `$` at `at` begins into `sink.ops`; the index behind it. */
function parseDollar(parser: TranscriberParser, at: number, sink: Sink): Result<number, MacroError> {
  const { tokens } = parser.trees;
  const next = at + 1 < sink.to ? tokens[at + 1] : undefined;
  if (next?.kind === "open" && next.group === undefined) return parseGroup(parser, at + 1, sink);
  if (next?.kind === "ident") {
    pushName(parser, at, { name: next, ops: sink.ops });
    return ok(at + 2);
  }
  const dollar = tokens[at];
  const isLast = next === undefined || next.kind === "close";
  if (dollar === undefined || (!isLast && next.text !== "$"))
    return err(macroError("definition", msg("expected a name or `(` after `$`"), next));
  sink.ops.push({ kind: "token", token: dollar });
  return ok(isLast ? at + 1 : at + 2);
}

function pushName(parser: TranscriberParser, at: number, sink: { name: Token; ops: TranscribeOp[] }): void {
  const { name, ops } = sink;
  const dollar = parser.trees.tokens[at] ?? name;
  const variable = parser.variables.get(name.text);
  if (name.text === "crate") ops.push({ kind: "crate", token: { ...name, start: dollar.start } });
  else if (variable !== undefined) ops.push({ kind: "var", variable, token: name });
  else ops.push({ kind: "token", token: dollar }, { kind: "token", token: name });
}

function parseGroup(parser: TranscriberParser, open: number, sink: Sink): Result<number, MacroError> {
  const { trees } = parser;
  const token = trees.tokens[open];
  const close = partnerOf(trees, open);
  if (token?.text === "(") return parseSequence(parser, open, sink);
  if (token?.text !== "{") return err(macroError("definition", msg("expected a name or `(` after `$`"), token));
  const expr = parseMetaVarExpr(trees.tokens.slice(open + 1, close), parser.variables);
  if (!expr.ok) return expr;
  sink.ops.push({ kind: "metaExpr", expr: expr.value, token });
  return ok(close + 1);
}

function parseSequence(parser: TranscriberParser, open: number, sink: Sink): Result<number, MacroError> {
  const { trees } = parser;
  const token = trees.tokens[open];
  const close = partnerOf(trees, open);
  const tail = parseRepeatTail(trees.tokens, close + 1);
  if (!tail.ok) return tail;
  if (token === undefined || parser.depth >= MAX_REPETITION_DEPTH)
    return err(macroError("limit", msg("repetitions nest too deeply"), token));
  parser.depth++;
  const ops = parseOps(parser, open + 1, close);
  parser.depth--;
  if (!ops.ok) return ops;
  const { separator, op } = tail.value;
  sink.ops.push({ kind: "sequence", ops: ops.value, separator, op, variables: variablesOf(ops.value), token });
  return ok(tail.value.next);
}

/** The metavariables that bind the length of a repetition with these operations. */
function variablesOf(ops: readonly TranscribeOp[]): readonly number[] {
  const found = new Set<number>();
  for (const op of ops) for (const variable of boundBy(op)) found.add(variable);
  return [...found];
}

function boundBy(op: TranscribeOp): readonly number[] {
  if (op.kind === "var") return [op.variable];
  if (op.kind === "sequence") return op.variables;
  if (op.kind !== "metaExpr") return [];
  const { expr } = op;
  if (expr.kind === "count" || expr.kind === "ignore") return [expr.variable];
  return expr.kind === "concat" ? expr.parts.flatMap((part) => (part.kind === "var" ? [part.variable] : [])) : [];
}
