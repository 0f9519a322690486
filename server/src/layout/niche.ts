/**
 * Niches: the invalid values of a scalar inside a type, where an enum around it can keep its discriminant.
 *
 * Invariant: a type remembers at most one niche, its largest; niches of different fields are never combined. All arithmetic is
 * modulo 2^bits of the scalar. Mirrors `Niche` of rustc_abi 1.95 and its change of 1.97 (PR 155473).
 *
 * Example: a `bool` has 254 invalid values; `Option<bool>` reserves one and stores `None` as 2.
 */
import type { LayoutCx } from "./layout-cx.ts";
import type { Primitive } from "./primitive.ts";
import { primitiveSize } from "./primitive.ts";
import type { Scalar } from "./scalar.ts";
import type { Size } from "./size.ts";
import type { WrappingRange } from "./wrapping-range.ts";
import { invalidCount, unsignedIntMax } from "./wrapping-range.ts";

export interface Niche {
  /** Offset of the scalar from the start of the type, in bytes. */
  readonly offset: Size;
  readonly value: Primitive;
  readonly validRange: WrappingRange;
  /** Size of the scalar in bytes; follows from `value` and is kept because every comparison needs it. */
  readonly size: Size;
  /** Number of invalid values; follows from `validRange`. */
  readonly available: bigint;
}

/** Values taken from a niche. */
export interface ReservedNiche {
  /** The first of the reserved values; the others follow it, modulo 2^bits. */
  readonly start: bigint;
  /** The scalar with the reserved values allowed. */
  readonly scalar: Scalar;
}

/** The niche of a scalar at an offset, also when it has no invalid values. */
export function nicheOfRange(cx: LayoutCx, offset: Size, at: { value: Primitive; validRange: WrappingRange }): Niche {
  const size = primitiveSize(cx.target, at.value);
  const available = invalidCount(at.validRange, size);
  return { offset, value: at.value, validRange: at.validRange, size, available };
}

/** The niche of a scalar at an offset; undefined when it has no invalid values. Mirrors `Niche::from_scalar`. */
export function nicheFromScalar(cx: LayoutCx, offset: Size, scalar: Scalar): Niche | undefined {
  if (scalar.kind === "union") return undefined;
  const niche = nicheOfRange(cx, offset, scalar);
  return niche.available > 0n ? niche : undefined;
}

/** The number of values a type's niche has left; 0 without a niche. */
export function availableIn(niche: Niche | undefined): bigint {
  return niche === undefined ? 0n : niche.available;
}

/** The niche as seen from a type that has its own type at an offset. */
export function shiftNiche(niche: Niche, by: Size): Niche {
  return by === 0n ? niche : { ...niche, offset: niche.offset + by };
}

/**
 * Takes `count` (at least 1) values out of a niche, or undefined when it has fewer. The values lie directly before or directly
 * after the valid range. Mirrors `Niche::reserve`.
 */
export function reserve(cx: LayoutCx, niche: Niche, count: bigint): ReservedNiche | undefined {
  if (count > niche.available) return undefined;
  const max = unsignedIntMax(niche.size);
  const { start, end } = niche.validRange;
  if (reservesBelow(cx, niche, count)) {
    const first = (start - count) & max;
    return { start: first, scalar: { kind: "initialized", value: niche.value, validRange: { start: first, end } } };
  }
  const validRange = { start, end: (end + count) & max };
  return { start: (end + 1n) & max, scalar: { kind: "initialized", value: niche.value, validRange } };
}

/** Whether the reserved values lie before the valid range. The aim up to 1.96 is that zero becomes a valid value. */
function reservesBelow(cx: LayoutCx, niche: Niche, count: bigint): boolean {
  const { start, end } = niche.validRange;
  const max = unsignedIntMax(niche.size);
  if (count === 1n && takesValueNearestZero(cx, niche)) {
    const bits = Number(niche.size) * 8;
    return magnitude(BigInt.asIntN(bits, start - 1n)) <= magnitude(BigInt.asIntN(bits, end + 1n));
  }
  if (start > end) return false;
  if (start <= max - end) return count <= start;
  const newEnd = (end + count) & max;
  return newEnd >= 1n && newEnd <= end;
}

/** From 1.97 on a single value is the one nearest to zero, read with a sign; `bool` is left alone. */
function takesValueNearestZero(cx: LayoutCx, niche: Niche): boolean {
  if (cx.rules.nicheReserve === "includeZero") return false;
  return !(niche.validRange.start === 0n && niche.validRange.end === 1n && niche.size === 1n);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
