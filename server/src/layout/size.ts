/**
 * Sizes and alignments of types, in bytes.
 *
 * Both are `bigint`: rustc lays out objects of up to 2^61 - 1 bytes, more than a `number` holds exactly. An alignment is a
 * power of two of at least 1. Mirrors `Size` and `Align` of rustc_abi 1.95.
 *
 * Example: `alignTo(5n, 4n)` is `8n`, the size of `struct S(u32, u8)`.
 */

/** A number of bytes: a size or an offset. */
export type Size = bigint;

/** An alignment in bytes; always a power of two. */
export type Align = bigint;

/** `size` rounded up to a multiple of `align`. */
export function alignTo(size: Size, align: Align): Size {
  const rest = size & (align - 1n);
  return rest === 0n ? size : size + align - rest;
}

/** The larger of two sizes or alignments. */
export function maxSize(left: Size, right: Size): Size {
  return left < right ? right : left;
}

/** The smaller of two sizes or alignments. */
export function minSize(left: Size, right: Size): Size {
  return right < left ? right : left;
}

/** Whether a number is a power of two (0 is none). */
export function isPowerOfTwo(value: bigint): boolean {
  return value > 0n && (value & (value - 1n)) === 0n;
}

/** The number of zero bits below the lowest one bit of a value from 1 to 2^64 - 1; for an alignment its binary logarithm. */
export function trailingZeros(value: bigint): number {
  const low = Number(BigInt.asUintN(32, value));
  if (low !== 0) return trailingZeros32(low);
  return 32 + trailingZeros32(Number(BigInt.asUintN(32, value >> 32n)));
}

function trailingZeros32(value: number): number {
  return 31 - Math.clz32(value & -value);
}
