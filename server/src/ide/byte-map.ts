/**
 * The byte map: a picture of a type's bytes as text. Each field has a letter, padding is `·`, a tag is `#`.
 *
 * Invariant: one character is one byte. Rows of 16 bytes that are like the one before are left out and counted, so that a type of any
 * size makes a short map; lanes are drawn for small types only.
 *
 * Example, a `u64` and a `u8`:
 *   0  aaaaaaaa b·······
 */
import { maxSize, minSize } from "../layout/size.ts";
import type { Row } from "./layout-rows.ts";
import type { Paint } from "./paint.ts";

/** Letters of fields by their index, in memory order. */
export type Letters = ReadonlyMap<number, { readonly letter: string; readonly place: number }>;

const ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ROW = 16n;
const MAX_ROWS = 12;

/** A letter for each field that takes space; from the 53rd on they begin again. */
export function lettersOf(rows: readonly Row[]): Letters {
  const taking = rows.flatMap((row) => (row.kind === "field" && row.size > 0n ? [row.index] : []));
  return new Map(taking.map((index, place) => [index, { letter: ALPHABET[place % ALPHABET.length] ?? "?", place }]));
}

/** The letter of a row in the map; blank for a field that takes no space. */
export function markOf(row: Row, letters: Letters, paint: Paint): string {
  switch (row.kind) {
    case "field": {
      const found = letters.get(row.index);
      return found === undefined ? " " : paint.field(found.place, found.letter);
    }
    case "padding":
      return paint.padding("·");
    case "tag":
      return paint.tag("#");
  }
}

/** One line for the bytes from 0 to `end`; bytes no row covers are blank. Rows may overlap nowhere. */
export function lane(rows: readonly Row[], letters: Letters, paint: Paint): string {
  return rows
    .filter((row) => row.size > 0n)
    .map((row) => repeated(row, row.size, { letters, paint }))
    .join("");
}

interface Drawing {
  readonly letters: Letters;
  readonly paint: Paint;
}

function repeated(row: Row, count: bigint, { letters, paint }: Drawing): string {
  const times = Number(count);
  switch (row.kind) {
    case "field": {
      const found = letters.get(row.index);
      return found === undefined ? " ".repeat(times) : paint.field(found.place, found.letter.repeat(times));
    }
    case "padding":
      return paint.padding("·".repeat(times));
    case "tag":
      return paint.tag("#".repeat(times));
  }
}

/** Lines of 16 bytes, in two groups of 8, each with the offset of its first byte; long runs of equal lines are told as `⋮`. */
export function byteMap(rows: readonly Row[], letters: Letters, paint: Paint): readonly string[] {
  const taking = rows.filter((row) => row.size > 0n);
  const end = taking.reduce((last, row) => maxSize(last, row.offset + row.size), 0n);
  const width = end.toString().length;
  const lines: string[] = [];
  for (let at = 0n; at < end && lines.length < MAX_ROWS; at += ROW) {
    lines.push(`${paint.dim(at.toString().padStart(width))}  ${mapLine(taking, at, { letters, paint })}`);
    const same = equalRows(taking, at);
    if (same < 3n) continue;
    lines.push(paint.dim(`${" ".repeat(width)}  ⋮ ${same - 1n} more like this`));
    at += (same - 1n) * ROW;
  }
  return lines;
}

/** How many whole lines from an offset on lie in one field or gap. */
function equalRows(rows: readonly Row[], at: bigint): bigint {
  const row = rows.find((it) => it.offset <= at && at < it.offset + it.size);
  return row === undefined ? 0n : (row.offset + row.size - at) / ROW;
}

function mapLine(rows: readonly Row[], at: bigint, drawing: Drawing): string {
  const halves = [at, at + ROW / 2n].map((start) => bytesOf(rows, { start, end: start + ROW / 2n }, drawing));
  return halves.filter((half) => half !== "").join(" ");
}

function bytesOf(rows: readonly Row[], part: { readonly start: bigint; readonly end: bigint }, drawing: Drawing): string {
  return rows
    .map((row) => {
      const start = maxSize(row.offset, part.start);
      const end = minSize(row.offset + row.size, part.end);
      return end > start ? repeated(row, end - start, drawing) : "";
    })
    .join("");
}
