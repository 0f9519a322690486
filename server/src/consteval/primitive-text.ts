/**
 * Built-in functions of `u8` (as ASCII), `char`, `bool` and `str`.
 *
 * Example: `b'a'.to_ascii_uppercase()` is 65, `'ß'.len_utf8()` is 2, `"abc".as_bytes()` is the same memory as bytes.
 *
 * Source: core::char, core::str, core::num (`u8`) of Rust 1.95, checked against rustc (test/consteval).
 */
import { msg } from "../base/message.ts";
import { utf8 } from "../hir-def/lower-literal.ts";
import { elementsAt } from "./memory.ts";
import { any, bool, bytes, int, option, pair, pointer } from "./primitive-args.ts";
import type { PrimitiveCall, PrimitiveRow } from "./primitive-fn.ts";
import type { Pointer, Value } from "./value.ts";
import { Aggregate, isPointer, slicePointer } from "./value.ts";

function within(value: bigint, from: string, to: string): boolean {
  return value >= BigInt(from.charCodeAt(0)) && value <= BigInt(to.charCodeAt(0));
}

const isUpper = (c: bigint): boolean => within(c, "A", "Z");
const isLower = (c: bigint): boolean => within(c, "a", "z");
const isDigit = (c: bigint): boolean => within(c, "0", "9");
const isAlpha = (c: bigint): boolean => isUpper(c) || isLower(c);
const isGraphic = (c: bigint): boolean => within(c, "!", "~");
const isSpace = (c: bigint): boolean => c === 32n || c === 9n || c === 10n || c === 12n || c === 13n;

/** Questions about a character or byte in the ASCII range. */
const ASCII_TESTS: readonly (readonly [name: string, test: (c: bigint) => boolean])[] = [
  ["is_ascii", (c) => c < 128n],
  ["is_ascii_alphabetic", isAlpha],
  ["is_ascii_uppercase", isUpper],
  ["is_ascii_lowercase", isLower],
  ["is_ascii_digit", isDigit],
  ["is_ascii_octdigit", (c) => within(c, "0", "7")],
  ["is_ascii_hexdigit", (c) => isDigit(c) || within(c, "a", "f") || within(c, "A", "F")],
  ["is_ascii_alphanumeric", (c) => isAlpha(c) || isDigit(c)],
  ["is_ascii_punctuation", (c) => isGraphic(c) && !isAlpha(c) && !isDigit(c)],
  ["is_ascii_graphic", isGraphic],
  ["is_ascii_whitespace", isSpace],
  ["is_ascii_control", (c) => c < 32n || c === 127n],
];

export function asciiUpper(c: bigint): bigint {
  return isLower(c) ? c - 32n : c;
}

export function asciiLower(c: bigint): bigint {
  return isUpper(c) ? c + 32n : c;
}

/** What `self` and `&Self` arguments refer to. */
function referred(call: PrimitiveCall, index: number): bigint {
  const value = any(call, index);
  const target = isPointer(value) ? value.base?.get(value.index) : value;
  return typeof target === "bigint" ? target : call.host.panic(msg("uninitialized memory is read"));
}

function replaceReferred(call: PrimitiveCall, change: (c: bigint) => bigint): Value {
  const place = pointer(call, 0);
  place.base?.set(place.index, change(referred(call, 0)));
  return Aggregate.of([]);
}

const ASCII: readonly PrimitiveRow[] = [
  ...ASCII_TESTS.map(([name, test]): PrimitiveRow => [name, "(&self) -> bool", (call) => bool(test(referred(call, 0)))]),
  ["to_ascii_uppercase", "(&self) -> Self", (call) => asciiUpper(referred(call, 0))],
  ["to_ascii_lowercase", "(&self) -> Self", (call) => asciiLower(referred(call, 0))],
  ["make_ascii_uppercase", "(&mut self) -> ()", (call) => replaceReferred(call, asciiUpper)],
  ["make_ascii_lowercase", "(&mut self) -> ()", (call) => replaceReferred(call, asciiLower)],
  ["eq_ignore_ascii_case", "(&self, &Self) -> bool", (call) => bool(asciiLower(referred(call, 0)) === asciiLower(referred(call, 1)))],
];

export const U8: readonly PrimitiveRow[] = [...ASCII];

function digitOf(c: bigint, radix: bigint): bigint | undefined {
  const value = isDigit(c) ? c - 48n : isLower(c) ? c - 87n : isUpper(c) ? c - 55n : undefined;
  return value !== undefined && value < radix ? value : undefined;
}

function isScalarValue(value: bigint): boolean {
  return value <= 0x10ffffn && (value < 0xd800n || value > 0xdfffn);
}

/** The White_Space property of Unicode: single characters and ranges. */
const WHITE_SPACE: readonly (readonly [from: bigint, to: bigint])[] = [
  [0x09n, 0x0dn],
  [0x20n, 0x20n],
  [0x85n, 0x85n],
  [0xa0n, 0xa0n],
  [0x1680n, 0x1680n],
  [0x2000n, 0x200an],
  [0x2028n, 0x2029n],
  [0x202fn, 0x202fn],
  [0x205fn, 0x205fn],
  [0x3000n, 0x3000n],
];

function isWhitespace(c: bigint): boolean {
  return WHITE_SPACE.some(([from, to]) => c >= from && c <= to);
}

/** Writes a character's UTF-8 bytes into a buffer; the part that was written. */
function encodeUtf8(call: PrimitiveCall): Value {
  const list = utf8(Number(int(call, 0)));
  const { base, index, length } = elementsAt(pointer(call, 1));
  if (length < list.length) return call.host.panic(msg("encode_utf8: not enough bytes"));
  for (const [i, byte] of list.entries()) base.set(index + i, BigInt(byte));
  return slicePointer(base, index, list.length);
}

export const CHAR: readonly PrimitiveRow[] = [
  ...ASCII,
  ["MIN", "char", () => 0n],
  ["MAX", "char", () => 0x10ffffn],
  ["REPLACEMENT_CHARACTER", "char", () => 0xfffdn],
  ["len_utf8", "(self) -> usize", (call) => BigInt(utf8(Number(int(call, 0))).length)],
  ["len_utf16", "(self) -> usize", (call) => (int(call, 0) > 0xffffn ? 2n : 1n)],
  ["encode_utf8", "(self, &mut [u8]) -> &mut str", encodeUtf8],
  ["is_digit", "(self, u32) -> bool", (call) => bool(digitOf(int(call, 0), int(call, 1)) !== undefined)],
  ["to_digit", "(self, u32) -> Option<u32>", (call) => option(call, digitOf(int(call, 0), int(call, 1)))],
  ["is_whitespace", "(self) -> bool", (call) => bool(isWhitespace(int(call, 0)))],
  ["is_control", "(self) -> bool", (call) => bool(int(call, 0) < 32n || (int(call, 0) >= 127n && int(call, 0) < 160n))],
  ["from_u32", "(u32) -> Option<char>", (call) => option(call, isScalarValue(int(call, 0)) ? int(call, 0) : undefined)],
  [
    "from_u32_unchecked",
    "(u32) -> char",
    (call) => (isScalarValue(int(call, 0)) ? int(call, 0) : call.host.panic(msg("a `char` that is no Unicode scalar value"))),
  ],
  ["from_digit", "(u32, u32) -> Option<char>", (call) => option(call, charOfDigit(int(call, 0), int(call, 1)))],
];

function charOfDigit(digit: bigint, radix: bigint): bigint | undefined {
  if (digit >= radix) return undefined;
  return digit < 10n ? 48n + digit : 87n + digit;
}

export const BOOL: readonly PrimitiveRow[] = [];

/** Whether a byte offset is between characters. */
function isBoundary(list: readonly number[], at: bigint): boolean {
  if (at === 0n || at === BigInt(list.length)) return true;
  const byte = at < 0n ? undefined : list[Number(at)];
  return byte !== undefined && (byte & 0xc0) !== 0x80;
}

function cut(text: Pointer, from: number, to: number): Pointer {
  const { base, index } = elementsAt(text);
  return slicePointer(base, index + from, to - from);
}

function splitAt(call: PrimitiveCall): Value | undefined {
  const text = pointer(call, 0);
  const list = bytes(call, 0);
  const at = int(call, 1);
  return isBoundary(list, at) ? pair(cut(text, 0, Number(at)), cut(text, Number(at), list.length)) : undefined;
}

function trimmed(call: PrimitiveCall, ends: "both" | "start" | "end"): Value {
  const list = bytes(call, 0);
  let from = 0;
  let to = list.length;
  while (ends !== "end" && from < to && isSpace(BigInt(list[from] ?? 0))) from += 1;
  while (ends !== "start" && to > from && isSpace(BigInt(list[to - 1] ?? 0))) to -= 1;
  return cut(pointer(call, 0), from, to);
}

function sameIgnoringCase(call: PrimitiveCall): bigint {
  const [a, b] = [bytes(call, 0), bytes(call, 1)];
  return bool(a.length === b.length && a.every((byte, i) => asciiLower(BigInt(byte)) === asciiLower(BigInt(b[i] ?? -1))));
}

/** What `str` and `[u8]` have in common. */
export const BYTE_TEXT: readonly PrimitiveRow[] = [
  ["is_ascii", "(&self) -> bool", (call) => bool(bytes(call, 0).every((byte) => byte < 128))],
  ["eq_ignore_ascii_case", "(&self, &Self) -> bool", sameIgnoringCase],
  ["trim_ascii", "(&self) -> &Self", (call) => trimmed(call, "both")],
  ["trim_ascii_start", "(&self) -> &Self", (call) => trimmed(call, "start")],
  ["trim_ascii_end", "(&self) -> &Self", (call) => trimmed(call, "end")],
];

export const STR: readonly PrimitiveRow[] = [
  ...BYTE_TEXT,
  ["len", "(&self) -> usize", (call) => BigInt(elementsAt(pointer(call, 0)).length)],
  ["is_empty", "(&self) -> bool", (call) => bool(elementsAt(pointer(call, 0)).length === 0)],
  ["as_bytes", "(&self) -> &[u8]", (call) => any(call, 0)],
  ["as_bytes_mut", "(&mut self) -> &mut [u8]", (call) => any(call, 0)],
  ["as_str", "(&self) -> &str", (call) => any(call, 0)],
  ["as_ptr", "(&self) -> *const u8", (call) => ({ ...pointer(call, 0), length: undefined })],
  ["is_char_boundary", "(&self, usize) -> bool", (call) => bool(isBoundary(bytes(call, 0), int(call, 1)))],
  ["split_at", "(&self, usize) -> (&str, &str)", (call) => splitAt(call) ?? call.host.panic(msg("failed to slice string"))],
  ["split_at_checked", "(&self, usize) -> Option<(&str, &str)>", (call) => option(call, splitAt(call))],
  ["from_utf8_unchecked", "(&[u8]) -> &str", (call) => any(call, 0)],
];
