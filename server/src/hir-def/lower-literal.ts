/**
 * Literals as written → their values: integers with `_`, radix and suffix, floats, characters, strings of every kind.
 *
 * Example: `0xFF_u8` → int 255 with suffix `u8`; `1f32` → float "1" with suffix `f32`; `b"\x41"` → byte string [65].
 *
 * Invariants: a function of the literal's text; text that is no literal is a sentence that says why.
 * Source: Reference, "Tokens", "Literals"; rustc_lexer 1.95 (a carriage return before a newline is dropped when a file is read).
 */

import type { Message } from "../base/message.ts";
import { isMessage, msg } from "../base/message.ts";
import type { Literal } from "./expr.ts";

/** The value of a literal's text, or why it has none. */
export function parseLiteral(text: string): Literal | Message {
  const first = text.charAt(0);
  if (first >= "0" && first <= "9") return parseNumber(text);
  if (text === "true" || text === "false") return { kind: "bool", value: text === "true" };
  if (first === "'" || text.startsWith("b'")) return parseChar(text);
  return parseString(text.replaceAll("\r\n", "\n"));
}

const FLOAT_SUFFIXES = new Set(["f16", "f32", "f64", "f128"]);
const INT_SUFFIXES = new Set(["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"]);

function parseNumber(text: string): Literal | Message {
  const radix = /^0(?:x[0-9a-fA-F_]*|o[0-9_]*|b[0-9_]*)/.exec(text);
  if (radix !== null) return intLiteral(radix[0], text.slice(radix[0].length), text);
  const parts = /^([0-9][0-9_]*)(\.(?:[0-9][0-9_]*)?)?([eE][+-]?[0-9_]+)?(.*)$/s.exec(text);
  if (parts === null) return msg("`{text}` is no number", { text });
  const [, digits = "", fraction, exponent, suffix = ""] = parts;
  if (fraction === undefined && exponent === undefined && !FLOAT_SUFFIXES.has(suffix)) return intLiteral(digits, suffix, text);
  if (suffix !== "" && !FLOAT_SUFFIXES.has(suffix)) return msg("`{suffix}` is no suffix of a float", { suffix });
  const plain = `${digits}${fraction ?? ""}${exponent ?? ""}`.replaceAll("_", "");
  return { kind: "float", text: plain, suffix: suffix === "" ? undefined : suffix };
}

function intLiteral(written: string, suffix: string, text: string): Literal | Message {
  if (suffix !== "" && !INT_SUFFIXES.has(suffix)) return msg("`{suffix}` is no suffix of an integer", { suffix });
  const digits = written.replaceAll("_", "");
  if (!/^(?:[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+)$/.test(digits)) return msg("`{text}` is no integer", { text });
  return { kind: "int", value: BigInt(digits), suffix: suffix === "" ? undefined : suffix };
}

function parseChar(text: string): Literal | Message {
  const isByte = text.startsWith("b");
  const body = text.slice(isByte ? 2 : 1, -1);
  const chars = unescaped(body, isByte ? "byte" : "char");
  if (isMessage(chars)) return chars;
  const [value] = chars;
  if (value === undefined || chars.length !== 1) return msg("`{text}` is no single character", { text });
  return isByte ? { kind: "byte", value } : { kind: "char", value };
}

function parseString(text: string): Literal | Message {
  const parts = /^(b|c)?(r)?(#*)"(.*)"\3$/s.exec(text);
  if (parts === null) return msg("a string literal that does not end");
  const [, prefix, raw, , body = ""] = parts;
  const mode = prefix === "b" ? "byte" : prefix === "c" ? "c" : "char";
  const chars = raw === undefined ? unescaped(body, mode) : rawChars(body, mode);
  if (isMessage(chars)) return chars;
  if (mode === "byte") return { kind: "byteString", value: chars };
  if (mode === "c") return { kind: "cString", value: chars };
  return { kind: "string", value: chars.map((char) => String.fromCodePoint(char)).join("") };
}

/** What the units of a string are: bytes, UTF-8 bytes (C strings, where `\xFF` is a byte), or Unicode scalar values. */
type Mode = "byte" | "c" | "char";

function rawChars(body: string, mode: Mode): readonly number[] {
  const chars = Array.from(body, (char) => char.codePointAt(0) ?? 0);
  return mode === "c" ? chars.flatMap((char) => [...utf8(char)]) : chars;
}

const SIMPLE_ESCAPES: ReadonlyMap<string, number> = new Map([
  ["n", 10],
  ["r", 13],
  ["t", 9],
  ["\\", 92],
  ["0", 0],
  ["'", 39],
  ['"', 34],
]);

function unescaped(body: string, mode: Mode): readonly number[] | Message {
  const out: number[] = [];
  const token = /\\u\{([0-9a-fA-F_]+)\}|\\x([0-9a-fA-F]{2})|\\\n\s*|\\([\s\S])|[^\\]/gu;
  for (const match of body.matchAll(token)) {
    const units = escapedUnits(match, mode);
    if (isMessage(units)) return units;
    out.push(...units);
  }
  return out;
}

function escapedUnits(match: RegExpExecArray, mode: Mode): readonly number[] | Message {
  const [whole, unicode, hex, simple] = match;
  if (unicode !== undefined) {
    const scalar = Number.parseInt(unicode.replaceAll("_", ""), 16);
    return scalar <= 0x10ffff ? encode(scalar, mode) : msg("`{text}` is no character", { text: whole });
  }
  if (hex !== undefined) return [Number.parseInt(hex, 16)];
  if (simple !== undefined) {
    const code = SIMPLE_ESCAPES.get(simple);
    return code === undefined ? msg("unknown escape `{escape}`", { escape: `\\${simple}` }) : [code];
  }
  return whole.startsWith("\\") ? [] : encode(whole.codePointAt(0) ?? 0, mode);
}

function encode(scalar: number, mode: Mode): readonly number[] {
  return mode === "c" ? utf8(scalar) : [scalar];
}

/** The UTF-8 bytes of a Unicode scalar value. */
export function utf8(scalar: number): readonly number[] {
  if (scalar < 0x80) return [scalar];
  if (scalar < 0x800) return [0xc0 | (scalar >> 6), 0x80 | (scalar & 0x3f)];
  if (scalar < 0x10000) return [0xe0 | (scalar >> 12), 0x80 | ((scalar >> 6) & 0x3f), 0x80 | (scalar & 0x3f)];
  return [0xf0 | (scalar >> 18), 0x80 | ((scalar >> 12) & 0x3f), 0x80 | ((scalar >> 6) & 0x3f), 0x80 | (scalar & 0x3f)];
}
