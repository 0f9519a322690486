/**
 * `pattern_type!(base is pattern)`: a base type whose first scalar is limited to a range (std internals).
 *
 * Example: `u32 is 0..=999_999_999`; `i32 is ..=-2|0..` starts at 0 and ends at -2, wrapping; `*const T is !null` starts at 1.
 * Source: rustc_ty_utils::layout, `ty::Pat` (1.95).
 */
import { msg } from "../base/message.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { LowerDb } from "./lower-db.ts";
import type { Ty } from "./ty.ts";
import type { TypeScope } from "./type-scope.ts";
import { unknownAt } from "./type-scope.ts";

export interface PatternRange {
  readonly start: bigint;
  readonly end: bigint | undefined;
}

/** The base type's text and the range of `base is pattern`, or undefined if the pattern has another form. */
export function parsePatternType(args: string): { readonly base: string; readonly range: PatternRange } | undefined {
  const parts = /^([\s\S]*?)\bis\b([\s\S]*)$/.exec(args);
  const base = parts?.[1]?.trim();
  const range = patternRange(parts?.[2] ?? "");
  // An open end of a signed type is its least or greatest value, which is not told here.
  if (base?.startsWith("i") === true && range?.isOpen === true) return undefined;
  return base === undefined || range === undefined ? undefined : { base, range: { start: range.start, end: range.end } };
}

/** The type of a `pattern_type!` call, given how its base is lowered. */
export function patternType(
  db: LowerDb,
  scope: TypeScope,
  call: { readonly args: string; readonly range: RelRange },
  base: (text: string) => Ty,
): Ty {
  const parsed = parsePatternType(call.args);
  if (parsed === undefined)
    return db.interner.error(
      unknownAt(scope, "notImplemented", msg("the pattern type `{args}` is not understood", { args: call.args }), call.range),
    );
  return db.interner.ty({ kind: "pattern", base: base(parsed.base), ...parsed.range });
}

function patternRange(text: string): (PatternRange & { readonly isOpen: boolean }) | undefined {
  const pattern = text.trim();
  if (pattern === "!null") return { start: 1n, end: undefined, isOpen: false };
  const alternatives = pattern.split("|").map((part) => singleRange(part.trim()));
  const [first, second] = alternatives;
  if (alternatives.length === 1) {
    if (first === undefined) return undefined;
    return { start: first.start ?? 0n, end: first.end, isOpen: first.start === undefined || first.end === undefined };
  }
  // `..=a|b..`: everything but what lies between, a range that wraps.
  if (alternatives.length !== 2 || first?.end === undefined || second?.start === undefined) return undefined;
  if (first.start !== undefined || second.end !== undefined) return undefined;
  return { start: second.start, end: first.end, isOpen: false };
}

/** An end that is left out is undefined; one that is not a number (a constant) makes the range not understood. */
function singleRange(text: string): { readonly start: bigint | undefined; readonly end: bigint | undefined } | undefined {
  const parts = /^(.*?)\.\.(=?)(.*)$/s.exec(text);
  if (parts === null) return undefined;
  const [start, end] = [parts[1] ?? "", parts[3] ?? ""].map((side) => side.trim());
  const numbers = { start: bound(start ?? ""), end: bound(end ?? "") };
  if ((start !== "" && numbers.start === undefined) || (end !== "" && numbers.end === undefined)) return undefined;
  return { start: numbers.start, end: numbers.end === undefined || parts[2] === "=" ? numbers.end : numbers.end - 1n };
}

function bound(text: string): bigint | undefined {
  const value = text.replaceAll("_", "");
  const code = /^'\\u\{([0-9a-fA-F]+)\}'$/.exec(value)?.[1];
  if (code !== undefined) return BigInt(`0x${code}`);
  if (/^-\d+$/.test(value)) return -BigInt(value.slice(1));
  return /^(?:\d+|0x[0-9a-fA-F]+)$/.test(value) ? BigInt(value) : undefined;
}
