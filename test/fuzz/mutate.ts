/**
 * Mutations of Rust sources: what a hand, a bad disk or malice makes of a text. The same stream of random numbers gives the same text.
 */
import type { Random } from "../oracle/random.ts";

/** Replaces `start..end` (UTF-16 offsets) by `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Pieces that are likely to open, close or turn something. */
const PIECES: readonly [string, ...string[]] = [
  " ",
  ...'{ } ( ) [ ] < > ; , : :: -> => ! # \' " / * & | = .. ..= ... $ @ \\ ` ~ _ r#" b" /* */ // 0x 1e \'a 🦀 \u202e \u200b \ud800 \ufeff \r \r\n \n \0 \t'.split(
    " ",
  ),
  "pub struct S9(u8);",
  "pub enum E9 { A = -1, B }",
  "union U9 { a: u8 }",
  "macro_rules! m9 { ($($t:tt)*) => { m9!{ $($t)* $($t)* } } } m9!{ a }",
  "mod m { use super::*; }",
  "use super::*;",
  "const N9: usize = N9;",
  "type T9 = T9;",
  "impl<T> Drop for T {}",
  "#[repr(C, packed(2))]",
  "#[repr(align(64))]",
  "#[cfg(not(all()))]",
  "#![no_std]",
  "where Self: Sized",
  "[u8; { loop {} }]",
  "[[u8; usize::MAX]; usize::MAX]",
  "dyn Fn(&u8) -> ",
  "Option<Box<Self>>",
  "<T: ?Sized, const N: usize = 3>",
  "r#struct r#\u65e5\u672c",
  "struct **bold** `code` [l](command:x) <b>",
  "i128",
  "-9223372036854775808",
  "18446744073709551616",
  "/// [x](y) <script>",
];

const MUTATIONS = [truncate, remove, insert, duplicate, swap, unbalance, randomBytes, replaceNumber, joinLines, crlf] as const;

/** A text after one to five mutations. */
export function mutated(random: Random, text: string): string {
  let out = text;
  for (let i = random.below(5); i >= 0; i--) out = random.pick<(random: Random, text: string) => string>([...MUTATIONS])(random, out);
  return out.length > 400_000 ? out.slice(0, 400_000) : out;
}

/** A small edit somewhere, as typing makes it. */
export function randomEdit(random: Random, text: string): TextEdit {
  const start = random.below(text.length + 1);
  const length = random.chance(0.5) ? 0 : random.below(random.chance(0.1) ? 400 : 12);
  const end = Math.min(text.length, start + length);
  const inserted = random.chance(0.25) ? "" : random.chance(0.2) ? slice(random, text) : random.pick(PIECES);
  return { start, end, text: inserted };
}

export function applied(text: string, edit: TextEdit): string {
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

function slice(random: Random, text: string): string {
  const start = random.below(text.length + 1);
  return text.slice(start, start + random.below(random.chance(0.1) ? 2000 : 60));
}

function truncate(random: Random, text: string): string {
  return random.chance(0.5) ? text.slice(0, random.below(text.length + 1)) : text.slice(random.below(text.length + 1));
}

function remove(random: Random, text: string): string {
  const start = random.below(text.length + 1);
  return applied(text, { start, end: start + random.below(80), text: "" });
}

function insert(random: Random, text: string): string {
  const start = random.below(text.length + 1);
  return applied(text, { start, end: start, text: random.pick(PIECES) });
}

function duplicate(random: Random, text: string): string {
  const start = random.below(text.length + 1);
  const piece = slice(random, text);
  return applied(text, { start, end: start, text: random.chance(0.05) ? piece.repeat(50) : piece });
}

function swap(random: Random, text: string): string {
  const words = [...text.matchAll(/\w+/g)];
  const [a, b] = [words[random.below(words.length || 1)], words[random.below(words.length || 1)]];
  if (a === undefined || b === undefined || a.index >= b.index) return text;
  return text.slice(0, a.index) + b[0] + text.slice(a.index + a[0].length, b.index) + a[0] + text.slice(b.index + b[0].length);
}

function unbalance(random: Random, text: string): string {
  const places = [...text.matchAll(/[{}()[\]<>"']/g)];
  const place = places[random.below(places.length || 1)];
  return place === undefined
    ? text
    : applied(text, { start: place.index, end: place.index + 1, text: random.pick(["", "{", "}", "(", "]"]) });
}

function randomBytes(random: Random, text: string): string {
  const start = random.below(text.length + 1);
  const bytes = Array.from({ length: random.below(40) }, () => String.fromCharCode(random.below(random.chance(0.2) ? 65536 : 128))).join(
    "",
  );
  return applied(text, { start, end: start + (random.chance(0.5) ? bytes.length : 0), text: bytes });
}

const NUMBERS: readonly [string, ...string[]] = [
  "0",
  "1",
  "255",
  "256",
  "65536",
  "4294967296",
  "18446744073709551615",
  "2305843009213693951",
  "1152921504606846976",
  "-1",
  "usize::MAX",
  "isize::MIN",
  "0x1p3",
  "1_000_000_000_000_000_000_000_000_000_000_000_000_000_000",
];

function replaceNumber(random: Random, text: string): string {
  const places = [...text.matchAll(/\b\d+\b/g)];
  const place = places[random.below(places.length || 1)];
  if (place === undefined) return text;
  return applied(text, { start: place.index, end: place.index + place[0].length, text: random.pick(NUMBERS) });
}

function joinLines(_random: Random, text: string): string {
  return text.replaceAll("\n", " ");
}

function crlf(random: Random, text: string): string {
  return (random.chance(0.5) ? "\ufeff" : "") + text.replaceAll("\n", random.chance(0.5) ? "\r\n" : "\r");
}
