/**
 * Built-in bit operations, roots, logarithms, bytes and texts of integers.
 *
 * Example: `12u8.trailing_zeros()` is 2, `1000u32.ilog10()` is 3, `0x1234u16.to_be_bytes()` is [0x12, 0x34].
 *
 * Source: core::num of Rust 1.95, checked against rustc (test/consteval).
 */
import { msg } from "../base/message.ts";
import { fits, toBits, wrap } from "./int-ops.ts";
import { any, bool, bytes, int, option, unsigned } from "./primitive-args.ts";
import type { PrimitiveCall, PrimitiveRow } from "./primitive-fn.ts";
import { euclid } from "./primitive-int-arithmetic.ts";
import type { Value } from "./value.ts";
import { Aggregate, isAggregate } from "./value.ts";

/** The value's bits as a text of the type's width. */
function bitText(call: PrimitiveCall): string {
  return toBits(call.int, int(call, 0)).toString(2).padStart(call.int.bits, "0");
}

function count(text: string, pattern: RegExp): bigint {
  return BigInt(pattern.exec(text)?.[0].length ?? 0);
}

function ones(call: PrimitiveCall): bigint {
  return BigInt(bitText(call).replaceAll("0", "").length);
}

function fromBits(call: PrimitiveCall, text: string): bigint {
  return wrap(call.int, BigInt(`0b${text}`));
}

/** Turns the bits left by `by`. */
function rotated(call: PrimitiveCall, by: bigint): bigint {
  const text = bitText(call);
  const at = Number(((by % BigInt(call.int.bits)) + BigInt(call.int.bits)) % BigInt(call.int.bits));
  return fromBits(call, text.slice(at) + text.slice(0, at));
}

function byteList(call: PrimitiveCall, order: "le" | "be" | "ne"): number[] {
  const bits = toBits(call.int, int(call, 0));
  const list = Array.from({ length: call.int.bits / 8 }, (_, i) => Number((bits >> BigInt(8 * i)) & 255n));
  return isBig(call, order) ? list.reverse() : list;
}

function isBig(call: PrimitiveCall, order: "le" | "be" | "ne"): boolean {
  return order === "be" || (order === "ne" && call.host.db.target.bigEndian);
}

function swapped(call: PrimitiveCall): bigint {
  return fromBytes(call, byteList(call, "le").reverse());
}

/** Bytes, least first. */
function fromBytes(call: PrimitiveCall, list: readonly number[]): bigint {
  return wrap(
    call.int,
    list.reduceRight((bits, byte) => (bits << 8n) | BigInt(byte), 0n),
  );
}

function byteArrayArgument(call: PrimitiveCall, order: "le" | "be" | "ne"): bigint {
  const array = any(call, 0);
  if (!isAggregate(array)) return call.host.panic(msg("memory of another type is read"));
  const list = array
    .items()
    .map((byte) => (typeof byte === "bigint" ? Number(byte) : call.host.panic(msg("uninitialized memory is read"))));
  return fromBytes(call, isBig(call, order) ? [...list].reverse() : list);
}

function toByteArray(call: PrimitiveCall, order: "le" | "be" | "ne"): Value {
  return Aggregate.of(byteList(call, order).map((byte) => BigInt(byte)));
}

/** To or from an order: the value, or its bytes swapped if the target's order is the other one. */
function ordered(call: PrimitiveCall, order: "le" | "be"): bigint {
  return (order === "be") === call.host.db.target.bigEndian ? int(call, 0) : swapped(call);
}

/** Whole logarithm of a positive number; undefined for others. */
function log(value: bigint, base: bigint): bigint | undefined {
  if (value <= 0n || base < 2n) return undefined;
  let result = 0n;
  for (let rest = value / base; rest > 0n; rest /= base) result += 1n;
  return result;
}

function checkedLog(call: PrimitiveCall, base: bigint): bigint {
  return log(int(call, 0), base) ?? call.host.panic(msg("argument of integer logarithm must be positive"));
}

/** Floor of the square root. */
function isqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

function nextPowerOfTwo(value: bigint): bigint {
  return value <= 1n ? 1n : 1n << BigInt((value - 1n).toString(2).length);
}

function inRange(call: PrimitiveCall, value: bigint | undefined): bigint | undefined {
  return value !== undefined && fits(call.int, value) ? value : undefined;
}

/** The smallest multiple of the divisor that is not less; towards the divisor's sign for signed integers. */
function nextMultiple(call: PrimitiveCall): bigint | undefined {
  const [a, b] = [int(call, 0), int(call, 1)];
  if (b === 0n) return undefined;
  const { remainder } = euclid(a, b);
  const towards = b > 0n ? (remainder === 0n ? 0n : b - remainder) : remainder === 0n ? 0n : -remainder;
  return inRange(call, a + towards);
}

function divRounded(call: PrimitiveCall, direction: "ceil" | "floor"): bigint {
  const [a, b] = [int(call, 0), int(call, 1)];
  if (b === 0n) return call.host.panic(msg("attempt to divide by zero"));
  const quotient = a / b;
  const isExact = quotient * b === a;
  const isNegative = a < 0n !== b < 0n;
  const adjusted = isExact ? quotient : direction === "ceil" ? quotient + (isNegative ? 0n : 1n) : quotient - (isNegative ? 1n : 0n);
  return inRange(call, adjusted) ?? call.host.panic(msg("attempt to divide with overflow"));
}

function midpoint(call: PrimitiveCall): bigint {
  const sum = int(call, 0) + int(call, 1);
  // Unsigned rounds down, signed towards zero; `/` of bigints is towards zero.
  return sum / 2n;
}

/** Parses as `from_str_radix` does; undefined for every kind of error. */
function parse(call: PrimitiveCall, list: readonly number[], radix: bigint): bigint | undefined {
  const text = String.fromCharCode(...list);
  const match = /^([+-]?)([0-9a-zA-Z]+)$/.exec(text);
  if (match === null || (match[1] === "-" && !call.int.signed)) return undefined;
  let value = 0n;
  for (const digit of match[2] ?? "") {
    const number = BigInt(Number.parseInt(digit, 36));
    if (number >= radix) return undefined;
    value = value * radix + number;
  }
  return inRange(call, match[1] === "-" ? -value : value);
}

function parsed(call: PrimitiveCall, radix: bigint): Value {
  if (radix < 2n || radix > 36n) return call.host.panic(msg("from_ascii_radix: radix must lie in the range `[2, 36]`"));
  const value = parse(call, bytes(call, 0), radix);
  return value === undefined
    ? call.host.panic(msg("a text that is no number of this type is parsed"))
    : call.host.variant(call.result, "Ok", [value]);
}

const CONSTS: readonly PrimitiveRow[] = [
  ["MIN", "Self", (call) => call.int.min],
  ["MAX", "Self", (call) => call.int.max],
  ["BITS", "u32", (call) => BigInt(call.int.bits)],
  ["min_value", "() -> Self", (call) => call.int.min],
  ["max_value", "() -> Self", (call) => call.int.max],
];

const COUNTS: readonly PrimitiveRow[] = [
  ["count_ones", "(self) -> u32", ones],
  ["count_zeros", "(self) -> u32", (call) => BigInt(call.int.bits) - ones(call)],
  ["leading_zeros", "(self) -> u32", (call) => count(bitText(call), /^0*/)],
  ["leading_ones", "(self) -> u32", (call) => count(bitText(call), /^1*/)],
  ["trailing_zeros", "(self) -> u32", (call) => count(bitText(call), /0*$/)],
  ["trailing_ones", "(self) -> u32", (call) => count(bitText(call), /1*$/)],
  ["bit_width", "(self) -> u32", (call) => BigInt(call.int.bits) - count(bitText(call), /^0*/)],
  ["isolate_highest_one", "(self) -> Self", (call) => fromBits(call, bitText(call).replace(/(?<=1)1|(?<=1.*)1/g, "0"))],
  ["isolate_lowest_one", "(self) -> Self", (call) => wrap(call.int, int(call, 0) & -int(call, 0))],
];

const BITS: readonly PrimitiveRow[] = [
  ["swap_bytes", "(self) -> Self", swapped],
  ["reverse_bits", "(self) -> Self", (call) => fromBits(call, [...bitText(call)].reverse().join(""))],
  ["rotate_left", "(self, u32) -> Self", (call) => rotated(call, int(call, 1))],
  ["rotate_right", "(self, u32) -> Self", (call) => rotated(call, -int(call, 1))],
  ["to_le", "(self) -> Self", (call) => ordered(call, "le")],
  ["to_be", "(self) -> Self", (call) => ordered(call, "be")],
  ["from_le", "(Self) -> Self", (call) => ordered(call, "le")],
  ["from_be", "(Self) -> Self", (call) => ordered(call, "be")],
  ["to_le_bytes", "(self) -> [u8; BYTES]", (call) => toByteArray(call, "le")],
  ["to_be_bytes", "(self) -> [u8; BYTES]", (call) => toByteArray(call, "be")],
  ["to_ne_bytes", "(self) -> [u8; BYTES]", (call) => toByteArray(call, "ne")],
  ["from_le_bytes", "([u8; BYTES]) -> Self", (call) => byteArrayArgument(call, "le")],
  ["from_be_bytes", "([u8; BYTES]) -> Self", (call) => byteArrayArgument(call, "be")],
  ["from_ne_bytes", "([u8; BYTES]) -> Self", (call) => byteArrayArgument(call, "ne")],
];

const NUMBERS: readonly PrimitiveRow[] = [
  ["signum", "(self) -> Self", (call) => (int(call, 0) > 0n ? 1n : int(call, 0) < 0n ? -1n : 0n)],
  ["is_positive", "(self) -> bool", (call) => bool(int(call, 0) > 0n)],
  ["is_negative", "(self) -> bool", (call) => bool(int(call, 0) < 0n)],
  ["is_power_of_two", "(self) -> bool", (call) => bool(ones(call) === 1n)],
  [
    "is_multiple_of",
    "(self, Self) -> bool",
    (call) => bool(int(call, 1) === 0n ? int(call, 0) === 0n : int(call, 0) % int(call, 1) === 0n),
  ],
  [
    "isqrt",
    "(self) -> Self",
    (call) => (int(call, 0) < 0n ? call.host.panic(msg("argument of integer square root cannot be negative")) : isqrt(int(call, 0))),
  ],
  ["checked_isqrt", "(self) -> Option<Self>", (call) => option(call, int(call, 0) < 0n ? undefined : isqrt(int(call, 0)))],
  [
    "ilog",
    "(self, Self) -> u32",
    (call) => (int(call, 1) < 2n ? call.host.panic(msg("base of integer logarithm must be at least 2")) : checkedLog(call, int(call, 1))),
  ],
  ["ilog2", "(self) -> u32", (call) => checkedLog(call, 2n)],
  ["ilog10", "(self) -> u32", (call) => checkedLog(call, 10n)],
  ["checked_ilog", "(self, Self) -> Option<u32>", (call) => option(call, log(int(call, 0), int(call, 1)))],
  ["checked_ilog2", "(self) -> Option<u32>", (call) => option(call, log(int(call, 0), 2n))],
  ["checked_ilog10", "(self) -> Option<u32>", (call) => option(call, log(int(call, 0), 10n))],
  ["div_ceil", "(self, Self) -> Self", (call) => divRounded(call, "ceil")],
  ["div_floor", "(self, Self) -> Self", (call) => divRounded(call, "floor")],
  ["midpoint", "(self, Self) -> Self", midpoint],
  ["next_multiple_of", "(self, Self) -> Self", (call) => nextMultiple(call) ?? call.host.panic(msg("attempt to add with overflow"))],
  ["checked_next_multiple_of", "(self, Self) -> Option<Self>", (call) => option(call, nextMultiple(call))],
  [
    "next_power_of_two",
    "(self) -> Self",
    (call) => inRange(call, nextPowerOfTwo(int(call, 0))) ?? call.host.panic(msg("attempt to add with overflow")),
  ],
  ["checked_next_power_of_two", "(self) -> Option<Self>", (call) => option(call, inRange(call, nextPowerOfTwo(int(call, 0))))],
  ["wrapping_next_power_of_two", "(self) -> Self", (call) => wrap(unsigned(call), nextPowerOfTwo(int(call, 0)))],
  ["from_str_radix", "(&str, u32) -> Result<Self, ParseIntError>", (call) => parsed(call, int(call, 1))],
  ["from_ascii", "(&[u8]) -> Result<Self, ParseIntError>", (call) => parsed(call, 10n)],
  ["from_ascii_radix", "(&[u8], u32) -> Result<Self, ParseIntError>", (call) => parsed(call, int(call, 1))],
];

export const INT_BITS: readonly PrimitiveRow[] = [...CONSTS, ...COUNTS, ...BITS, ...NUMBERS];
