/**
 * Integers and floats by their width, without target or sign, and the search for the narrowest one that holds a value.
 *
 * Invariant: an `Integer` says nothing of its sign; that stands beside it, as in rustc. Mirrors `Integer` and `IntegerType` of
 * rustc_abi 1.95.
 *
 * Example: `fitUnsigned(255n)` is `i8`, `fitSigned(128n)` is `i16`.
 */
import type { Size } from "./size.ts";

/** The width of an integer, in rustc_abi's names: `i64` stands for `u64` and `i64` alike. */
export type Integer = "i8" | "i16" | "i32" | "i64" | "i128";

/** The width of a floating-point number. */
export type Float = "f16" | "f32" | "f64" | "f128";

/** An integer type as `#[repr]` names it: of a fixed width, or of a pointer's (`usize`, `isize`). */
export type IntegerType =
  | { readonly kind: "fixed"; readonly integer: Integer; readonly signed: boolean }
  | { readonly kind: "pointer"; readonly signed: boolean };

/** All integers, narrowest first. */
export const INTEGERS = ["i8", "i16", "i32", "i64", "i128"] as const;

/** All but the widest, which holds what the others do not. */
const NARROW = ["i8", "i16", "i32", "i64"] as const;

/** Sizes of integers, in bytes. */
export const INTEGER_SIZE = { i8: 1n, i16: 2n, i32: 4n, i64: 8n, i128: 16n } as const;

/** Sizes of floats, in bytes. */
export const FLOAT_SIZE = { f16: 2n, f32: 4n, f64: 8n, f128: 16n } as const;

/** The integer of the given size in bytes, if there is one. */
export function integerOfSize(size: Size): Integer | undefined {
  return INTEGERS.find((integer) => INTEGER_SIZE[integer] === size);
}

/** The wider of two integers. */
export function maxInteger(left: Integer, right: Integer): Integer {
  return INTEGER_SIZE[left] < INTEGER_SIZE[right] ? right : left;
}

/** The narrowest integer that holds `value` (0 to 2^128 - 1) without a sign. Mirrors `Integer::fit_unsigned`. */
export function fitUnsigned(value: bigint): Integer {
  return NARROW.find((integer) => value >> (INTEGER_SIZE[integer] * 8n) === 0n) ?? "i128";
}

/** The narrowest integer that holds `value` (-2^127 to 2^127 - 1) with a sign. Mirrors `Integer::fit_signed`. */
export function fitSigned(value: bigint): Integer {
  const magnitude = value < 0n ? -value - 1n : value;
  return NARROW.find((integer) => magnitude >> (INTEGER_SIZE[integer] * 8n - 1n) === 0n) ?? "i128";
}
