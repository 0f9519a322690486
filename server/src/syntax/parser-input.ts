/**
 * A text as web-tree-sitter reads it: in pieces that fit its buffer.
 *
 * Invariant: no piece ends between the two halves of a surrogate pair. Given a whole string, web-tree-sitter 0.27 cuts it every
 * 5,119 UTF-16 units wherever that falls, and takes half a pair for a character that no rule knows: `'𐲝'` is then an error.
 */

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
