/**
 * LineIndex: offsets ↔ lines and characters, in the position encodings of LSP.
 *
 * Invariants: offsets are UTF-16 units of the text; lines end at `\n`, `\r\n` or `\r`; a position beyond a line's end is its
 * end, one beyond the text is the text's end.
 */
export type PositionEncoding = "utf-8" | "utf-16" | "utf-32";

export interface LineCharacter {
  readonly line: number;
  readonly character: number;
}

export class LineIndex {
  readonly #text: string;
  readonly #starts: readonly number[];

  /** `starts`: where the text's lines start, if that is known. */
  constructor(text: string, starts: readonly number[] = lineStarts(text, 0, text.length, [0])) {
    this.#text = text;
    this.#starts = starts;
  }

  /** The index of the text after `start..end` was replaced; only the lines around are gone through. */
  edited(text: string, start: number, end: number): LineIndex {
    const by = text.length - this.#text.length;
    // A line break may be torn or made of the characters beside the edit.
    const first = this.#lineOf(Math.max(0, start - 1));
    const last = this.#lineOf(Math.min(this.#text.length, end + 1)) + 1;
    const starts = this.#starts.slice(0, first + 1);
    const behind = this.#starts[last];
    lineStarts(text, starts[first] ?? 0, behind === undefined ? text.length : behind + by, starts);
    for (let line = last + 1; line < this.#starts.length; line++) starts.push((this.#starts[line] ?? 0) + by);
    return new LineIndex(text, starts);
  }

  /** The offset of a position. */
  offsetAt(position: LineCharacter, encoding: PositionEncoding): number {
    const start = this.#starts[position.line];
    if (start === undefined) return position.line < 0 ? 0 : this.#text.length;
    const end = this.#lineEnd(position.line);
    if (encoding === "utf-16") return Math.min(start + Math.max(position.character, 0), end);
    let units = 0;
    let at = start;
    while (at < end && units < position.character) {
      const code = this.#text.codePointAt(at) ?? 0;
      units += width(code, encoding);
      at += code > 0xffff ? 2 : 1;
    }
    return at;
  }

  /** The position of an offset. */
  positionAt(offset: number, encoding: PositionEncoding): LineCharacter {
    const at = Math.max(0, Math.min(offset, this.#text.length));
    const line = this.#lineOf(at);
    const start = this.#starts[line] ?? 0;
    if (encoding === "utf-16") return { line, character: at - start };
    let character = 0;
    for (let i = start; i < at; ) {
      const code = this.#text.codePointAt(i) ?? 0;
      character += width(code, encoding);
      i += code > 0xffff ? 2 : 1;
    }
    return { line, character };
  }

  #lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where a line's text ends, its line break left out. */
  #lineEnd(line: number): number {
    let end = this.#starts[line + 1] ?? this.#text.length;
    const start = this.#starts[line] ?? 0;
    while (end > start && (this.#text[end - 1] === "\n" || this.#text[end - 1] === "\r")) end -= 1;
    return end;
  }
}

function width(code: number, encoding: "utf-8" | "utf-32"): number {
  if (encoding === "utf-32") return 1;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** Adds the starts of the lines behind the breaks in a part of a text. */
function lineStarts(text: string, from: number, to: number, starts: number[]): readonly number[] {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) starts.push(i + 1);
    else if (code === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
  }
  return starts;
}
