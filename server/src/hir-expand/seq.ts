/**
 * `seq!` of the `seq-macro` crate, a proc macro whose rules are fixed: it repeats tokens for each number of a range.
 *
 * `seq!(N in 0..3 { enum E { #( V~N = N, )* } })` → `enum E { V0 = 0, V1 = 1, V2 = 2, }`; without `#( … )*` all is repeated.
 *
 * Invariant: at most `maxTokens` tokens. Source: the documentation of seq-macro 0.3; ranges of bytes are not done.
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { literalValue } from "./literal-value.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { Token } from "./token.ts";
import { tokenAt, withText } from "./token.ts";
import type { TokenTrees } from "./token-tree.ts";
import { desugarDocComments, parseTokenTrees, partnerOf } from "./token-tree.ts";

interface SeqCall {
  readonly trees: TokenTrees;
  readonly variable: string;
  readonly values: readonly SeqValue[];
  readonly from: number;
  readonly to: number;
  readonly maxTokens: number;
}

/** What one step of the range puts for the variable. */
interface SeqValue {
  readonly literal: string;
  /** For `Prefix~N`. */
  readonly suffix: string;
}

/** Expands the arguments of a `seq!` call. */
export function expandSeq(tokens: readonly Token[], maxTokens: number): Result<readonly Token[], MacroError> {
  const trees = parseTokenTrees(desugarDocComments(tokens.filter((token) => token.group === undefined)));
  if (!trees.ok) return trees;
  const call = parseCall(trees.value, maxTokens);
  if (!call.ok) return call;
  const out: Token[] = [];
  const { from, to } = call.value;
  const isDone = hasRepetition(trees.value, from, to) ? writeRepetitions(call.value, out) : repeat(call.value, { from, to }, out);
  return isDone ? ok(out) : err(macroError("limit", msg("`seq!` expands to more than {limit} tokens", { limit: maxTokens }), tokens[0]));
}

function parseCall(trees: TokenTrees, maxTokens: number): Result<SeqCall, MacroError> {
  const [variable, word, begin, dots, end, open] = trees.tokens;
  const isRange = dots?.text === ".." || dots?.text === "..=";
  if (variable?.kind !== "ident" || word?.text !== "in" || begin === undefined || end === undefined || !isRange || open?.text !== "{")
    return err(macroError("builtin", msg("`seq!`: expected `{form}`", { form: "N in a..b { … }" }), variable));
  const values = rangeValues(begin.text, end.text, dots.text === "..=" ? 1 : 0);
  if (values === undefined) return err(macroError("builtin", msg("`seq!`: expected a range of numbers or characters"), begin));
  return ok({ trees, variable: variable.text, values, from: 6, to: partnerOf(trees, 5), maxTokens });
}

/** Values beyond which a range is not tried. */
const MAX_VALUES = 65_536;

function rangeValues(begin: string, end: string, extra: 0 | 1): readonly SeqValue[] | undefined {
  const from = literalValue(begin);
  const to = literalValue(end);
  if (from?.kind === "char" && to?.kind === "char") return charValues(from.value, to.value, extra);
  if (from?.kind !== "int" || to?.kind !== "int" || to.value - from.value > MAX_VALUES) return undefined;
  const form = numberForm(begin, end);
  const values: SeqValue[] = [];
  for (let value = from.value; value < to.value + BigInt(extra); value++) {
    const digits = value.toString(form.radix).padStart(form.width, "0");
    const suffix = form.isUpper ? digits.toUpperCase() : digits;
    values.push({ literal: form.prefix + suffix + form.suffix, suffix });
  }
  return values;
}

function charValues(from: string, to: string, extra: 0 | 1): readonly SeqValue[] {
  const values: SeqValue[] = [];
  for (let code = from.codePointAt(0) ?? 0; code < (to.codePointAt(0) ?? 0) + extra && values.length < MAX_VALUES; code++) {
    const char = String.fromCodePoint(code);
    values.push({ literal: `'${char}'`, suffix: char });
  }
  return values;
}

const NUMBER = /^(0x|0o|0b)?([0-9a-fA-F_]+?)((?:[iu](?:8|16|32|64|128|size))?)$/;
const RADIX: Readonly<Record<string, number>> = { "0x": 16, "0o": 8, "0b": 2 };

/** Radix, leading zeros and suffix the range is written with. */
function numberForm(begin: string, end: string): { radix: number; prefix: string; width: number; suffix: string; isUpper: boolean } {
  const first = NUMBER.exec(begin);
  const last = NUMBER.exec(end);
  const prefix = first?.[1] ?? "";
  const width = Math.min(first?.[2]?.length ?? 1, last?.[2]?.length ?? 1);
  const suffix = first?.[3] || last?.[3] || "";
  return { radix: RADIX[prefix] ?? 10, prefix, width, suffix, isUpper: /[A-F]/.test(begin + end) };
}

/** True at `#( … )*`. */
function isRepetition(trees: TokenTrees, at: number): boolean {
  const { tokens } = trees;
  if (tokens[at]?.text !== "#" || tokens[at + 1]?.text !== "(") return false;
  return tokens[partnerOf(trees, at + 1) + 1]?.text === "*";
}

function hasRepetition(trees: TokenTrees, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isRepetition(trees, at)) return true;
  return false;
}

function writeRepetitions(call: SeqCall, out: Token[]): boolean {
  const { trees, to } = call;
  let at = call.from;
  while (at < to) {
    const token = trees.tokens[at];
    if (isRepetition(trees, at)) {
      const close = partnerOf(trees, at + 1);
      if (!repeat(call, { from: at + 2, to: close }, out)) return false;
      at = close + 2;
    } else {
      if (token !== undefined) out.push(token);
      at++;
    }
  }
  return true;
}

/** Writes a range of tokens for each value; false when there are too many. */
function repeat(call: SeqCall, range: { from: number; to: number }, out: Token[]): boolean {
  for (const value of call.values) {
    if (out.length + range.to - range.from > call.maxTokens) return false;
    for (let at = range.from; at < range.to; ) at = substitute(call, at, { value, out });
  }
  return true;
}

/** Writes what the token at `at` becomes; the index behind what was read. */
function substitute(call: SeqCall, at: number, sink: { value: SeqValue; out: Token[] }): number {
  const { tokens } = call.trees;
  const token = tokens[at];
  if (token === undefined) return at + 1;
  const { value, out } = sink;
  const isVariable = token.kind === "ident" && token.text === call.variable;
  const isPasted = !isVariable && token.kind === "ident" && tokens[at + 1]?.text === "~" && tokens[at + 2]?.text === call.variable;
  if (isVariable) out.push(tokenAt(token, "literal", value.literal));
  else if (isPasted) out.push(withText(token, token.text + value.suffix));
  else out.push(token);
  return isPasted ? at + 3 : at + 1;
}
