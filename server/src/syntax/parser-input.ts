/**
 * A text as web-tree-sitter reads it: in pieces that fit its buffer.
 *
 * Invariant: no piece ends between the two halves of a surrogate pair. Given a whole string, web-tree-sitter 0.27 cuts it every
 * 5,119 UTF-16 units wherever that falls, and takes half a pair for a character that no rule knows: `'𐲝'` is then an error.
 */
import { unclosedString } from "./code-text.ts";

/** The parser looks for the end of a raw string from each of its beginnings: so many characters may it go through in vain. */
const MAX_IN_VAIN = 50_000_000;

/** So many characters of a string that is never closed may the parser take for code, which takes it ten times as long as code does. */
const MAX_OPEN = 100_000;

/**
 * The text to be parsed: behind a string that is never closed only blanks, where much follows, or much that begins like a raw string.
 * Offsets stay.
 */
export function parsedText(text: string): string {
  if (!mayTakeLong(text)) return text;
  const open = unclosedString(text);
  if (open === undefined || !takesLong(text, open)) return text;
  return text.slice(0, open) + " ".repeat(text.length - open);
}

function mayTakeLong(text: string): boolean {
  return (text.length > MAX_IN_VAIN / text.length && text.includes('r#"')) || text.length - text.lastIndexOf('"') > MAX_OPEN;
}

function takesLong(text: string, open: number): boolean {
  if (text.length - open > MAX_OPEN && !text.includes('"', open)) return true;
  let beginnings = 0;
  for (let at = text.indexOf('r#"', open); at >= 0; at = text.indexOf('r#"', at + 1)) beginnings += 1;
  return beginnings * (text.length - open) >= MAX_IN_VAIN;
}

/** UTF-16 units of a piece; web-tree-sitter's `INPUT_BUFFER_SIZE` holds 10 KiB, the last unit being its own. */
const PIECE = 5_000;

/** Answers the piece that starts at a UTF-16 offset; empty at the end. */
export function parserInput(text: string): (start: number) => string {
  return (start) => {
    const end = start + PIECE;
    return text.slice(start, isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end);
  };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
