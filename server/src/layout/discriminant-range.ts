/**
 * Which integer an enum's tag is, and which of its values are valid, from the discriminants of the variants that can exist.
 *
 * Invariant: the valid values are one range, which may wrap; everything outside is the enum's niche. Values are read with the sign of the
 * discriminant's type and, up to 1.98, carried as 128-bit signed numbers. Mirrors the range search in `layout_of_enum` (rustc_abi 1.95)
 * and `discr_range_of_repr` (rustc_middle 1.95).
 *
 * Example: `#[repr(u8)] enum E { A = 0, B = 200 }` is valid at 200..=0 since 1.91, at 0..=200 before.
 */
import { at } from "../base/at.ts";
import type { EnumInput } from "./enum-variant.ts";
import { isUninhabited } from "./enum-variant.ts";
import type { Integer } from "./integer.ts";
import { fitSigned, fitUnsigned, INTEGER_SIZE, maxInteger } from "./integer.ts";
import type { LayoutCx } from "./layout-cx.ts";
import { integerOfType } from "./primitive.ts";
import type { ReprOptions } from "./repr-options.ts";
import { discriminantType } from "./repr-options.ts";
import type { WrappingRange } from "./wrapping-range.ts";
import { invalidCount, unsignedIntMax } from "./wrapping-range.ts";

export interface TagRange {
  /** The narrowest integer the tag may be. */
  readonly integer: Integer;
  readonly signed: boolean;
  /** The valid values, as unsigned bits of the integer the tag ends up as. */
  readonly validRange: (integer: Integer) => WrappingRange;
}

/** The tag an enum asks for. */
export function tagRangeOf(cx: LayoutCx, { variants, repr }: EnumInput): TagRange {
  const all = repr.c && cx.rules.reprCDiscriminants === "all";
  const values = variants.flatMap(({ fields, discriminant }) => (all || !isUninhabited(fields) ? [BigInt.asIntN(128, discriminant)] : []));
  const sorted = [...new Set(values)].sort(compareValues);
  switch (cx.rules.tagRange) {
    case "minMax":
      return rangeFrom(cx, repr, { low: sorted[0] ?? 0n, high: sorted.at(-1) ?? 0n });
    case "largestGap":
      return rangeFrom(cx, repr, aroundLargestGap(cx, repr, sorted));
    case "narrowest":
      return narrowestRange(cx, repr, sorted);
  }
}

interface Bounds {
  /** First valid value. */
  readonly low: bigint;
  /** Last valid value; below `low` when the range wraps. */
  readonly high: bigint;
}

function rangeFrom(cx: LayoutCx, repr: ReprOptions, { low, high }: Bounds): TagRange {
  const truncate = (integer: Integer) => ({ start: truncated(low, integer), end: truncated(high, integer) });
  return { ...tagType(cx, repr, { low, high }), validRange: truncate };
}

function truncated(value: bigint, integer: Integer): bigint {
  return value & unsignedIntMax(INTEGER_SIZE[integer]);
}

/** Orders values that are all distinct. */
function compareValues(left: bigint, right: bigint): number {
  return left < right ? -1 : 1;
}

/** The named integer; else the narrowest that holds both bounds, at least as wide as C enums of the target are in `repr(C)`. */
function tagType(cx: LayoutCx, repr: ReprOptions, { low, high }: Bounds): { integer: Integer; signed: boolean } {
  if (repr.int !== undefined) return { integer: integerOfType(cx.target, repr.int), signed: repr.int.signed };
  const least: Integer = repr.c ? cx.target.cEnumMinSize : "i8";
  if (low >= 0n && high >= 0n) return { integer: maxInteger(fitUnsigned(low < high ? high : low), least), signed: false };
  return { integer: maxInteger(maxInteger(fitSigned(low), fitSigned(high)), least), signed: true };
}

/**
 * The range that leaves the largest gap out (the last one on a tie). The gap across the end of the integer is measured with the signed
 * maximum for signed types, which is too small by half of the values: a flaw of rustc's from 1.91 on that programs can observe.
 */
function aroundLargestGap(cx: LayoutCx, repr: ReprOptions, sorted: readonly bigint[]): Bounds {
  const type = discriminantType(repr);
  const bits = INTEGER_SIZE[integerOfType(cx.target, type)] * 8n;
  const max = type.signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  let best: Bounds = { low: 0n, high: 0n };
  let bestGap = -1n;
  for (const [index, start] of sorted.entries()) {
    const end = at(sorted, (index + 1) % sorted.length);
    const gap = BigInt.asUintN(128, start > end ? max - (start - end) : end - start);
    if (gap < bestGap) continue;
    bestGap = gap;
    best = { low: end, high: start };
  }
  return best;
}

/** The rule after 1.98 (PR 159509): the type from the extreme values, then the narrowest range of the tag's own values. */
function narrowestRange(cx: LayoutCx, repr: ReprOptions, sorted: readonly bigint[]): TagRange {
  const lowest = sorted[0] ?? 0n;
  const highest = sorted.at(-1) ?? 0n;
  const type = tagType(cx, repr, { low: lowest < 0n ? lowest : 0n, high: highest < 0n ? 0n : highest });
  return { ...type, validRange: (integer) => narrowestOf(sorted, integer) };
}

function narrowestOf(values: readonly bigint[], integer: Integer): WrappingRange {
  const mask = unsignedIntMax(INTEGER_SIZE[integer]);
  const tags = values.map((value) => value & mask).sort(compareValues);
  let best: WrappingRange = { start: tags[0] ?? 0n, end: tags.at(-1) ?? 0n };
  if (best.end - best.start <= (mask + 1n) / 2n) return best;
  for (const [index, start] of tags.slice(1).entries()) {
    const range = { start, end: at(tags, index) };
    if (invalidCount(range, INTEGER_SIZE[integer]) > invalidCount(best, INTEGER_SIZE[integer])) best = range;
  }
  return best;
}
