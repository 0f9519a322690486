/**
 * The valid values of a scalar: one inclusive range of its bits read as an unsigned number, which may wrap.
 *
 * Invariant: `start` and `end` lie in 0..=2^bits - 1. `start > end` means `start..=MAX` together with `0..=end`; so the signed
 * `-1..=1` of one byte is `{ start: 255n, end: 1n }`. Mirrors `WrappingRange` of rustc_abi 1.95.
 *
 * Example: `bool` is `{ start: 0n, end: 1n }`, a reference `{ start: 1n, end: MAX }`.
 */
import type { Size } from "./size.ts";

/** An inclusive range of unsigned values, wrapping when `start > end`. */
export interface WrappingRange {
  readonly start: bigint;
  readonly end: bigint;
}

const MAX_BY_SIZE: ReadonlyMap<Size, bigint> = new Map([1n, 2n, 4n, 8n, 16n].map((size) => [size, (1n << (size * 8n)) - 1n]));

/** The largest unsigned value of `size` bytes: 2^(8 * size) - 1. */
export function unsignedIntMax(size: Size): bigint {
  return MAX_BY_SIZE.get(size) ?? (1n << (size * 8n)) - 1n;
}

/** The range of all values of `size` bytes. */
export function fullRange(size: Size): WrappingRange {
  return { start: 0n, end: unsignedIntMax(size) };
}

/** How many values of `size` bytes lie outside the range; 0 for a full one, however it is written. */
export function invalidCount(range: WrappingRange, size: Size): bigint {
  return (range.start - range.end - 1n) & unsignedIntMax(size);
}
