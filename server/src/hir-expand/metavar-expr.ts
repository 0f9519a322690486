/**
 * The values of `${count(x)}`, `${index()}`, `${len()}`, `${ignore(x)}` and `${concat(…)}` while transcribing.
 *
 * In `$( ${index()} $x )*` the index counts from 0; `${count(x)}` outside is how many `x` there are.
 *
 * Source: rustc_expand::mbe::transcribe::{transcribe_metavar_expr, count_repetitions} (1.95).
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { ConcatPart, MetaVarExpr } from "./macro-def.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { Match } from "./macro-match.ts";
import type { Token } from "./token.ts";
import type { Repeat } from "./transcriber.ts";

/** What the values depend on. */
export interface MetaVarScope {
  readonly matches: readonly Match[];
  readonly repeats: readonly Repeat[];
}

export interface MetaVarValue {
  readonly kind: "literal" | "ident";
  readonly text: string;
}

/** The token a metavariable expression stands for; undefined for `ignore`, which writes nothing. */
export function evalMetaVarExpr(expr: MetaVarExpr, scope: MetaVarScope, at: Token): Result<MetaVarValue | undefined, MacroError> {
  switch (expr.kind) {
    case "ignore":
      return ok(undefined);
    case "count": {
      const match = matchAt(scope, expr.variable);
      return number(match === undefined ? undefined : countLeaves(match, expr.depth ?? Number.POSITIVE_INFINITY), at);
    }
    case "index":
      return number(scope.repeats.at(-1 - expr.depth)?.index, at);
    case "len":
      return number(scope.repeats.at(-1 - expr.depth)?.length, at);
    case "concat":
      return concat(expr.parts, scope, at);
  }
}

function number(value: number | undefined, at: Token): Result<MetaVarValue, MacroError> {
  if (value === undefined) return err(macroError("repetition", msg("a metavariable expression is used outside of its repetition"), at));
  return ok({ kind: "literal", text: String(value) });
}

function matchAt(scope: MetaVarScope, variable: number): Match | undefined {
  let match = scope.matches[variable];
  for (const repeat of scope.repeats) {
    if (match?.kind !== "seq") break;
    match = match.items[repeat.index];
  }
  return match;
}

/** How many leaves there are, or lists at `depth` levels down. */
function countLeaves(match: Match, depth: number): number {
  if (match.kind === "leaf") return 1;
  if (depth === 0) return match.items.length;
  let count = 0;
  for (const item of match.items) count += countLeaves(item, depth - 1);
  return count;
}

function concat(parts: readonly ConcatPart[], scope: MetaVarScope, at: Token): Result<MetaVarValue, MacroError> {
  let text = "";
  for (const part of parts) {
    const piece = part.kind === "text" ? part.text : variableText(matchAt(scope, part.variable));
    if (piece === undefined)
      return err(macroError("repetition", msg("a `concat` metavariable expression takes names and string literals"), at));
    text += piece;
  }
  return ok({ kind: "ident", text });
}

function variableText(match: Match | undefined): string | undefined {
  const token = match?.kind === "leaf" ? match.tokens.find((candidate) => candidate.group === undefined) : undefined;
  if (token?.kind === "ident") return token.text.replace(/^r#/, "");
  if (token?.kind !== "literal") return undefined;
  return token.text.startsWith('"') ? token.text.slice(1, -1) : token.text;
}
