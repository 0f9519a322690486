/**
 * A text as web-tree-sitter reads it: in pieces that fit its buffer.
 *
 * Invariant: no piece ends between the two halves of a surrogate pair. Given a whole string, web-tree-sitter 0.27 cuts it every
 * 5,119 UTF-16 units wherever that falls, and takes half a pair for a character that no rule knows: `'𐲝'` is then an error.
 */
import { endOfBlockComment, endOfLine, endOfLiteral } from "./code-text.ts";

/** The parser looks for the end of a raw string from each of its beginnings: so many characters may it go through in vain. */
const MAX_IN_VAIN = 50_000_000;

/**
 * The text to be parsed: behind a raw string that is never closed only blanks, where as much follows that begins like one. Offsets stay.
 */
export function parsedText(text: string): string {
  const first = text.indexOf('r#"');
  if (first < 0 || text.length < MAX_IN_VAIN / text.length) return text;
  const open = unclosedRaw(text);
  if (open === undefined) return text;
  let beginnings = 0;
  for (let at = text.indexOf('r#"', open); at >= 0; at = text.indexOf('r#"', at + 1)) beginnings += 1;
  return beginnings * (text.length - open) < MAX_IN_VAIN ? text : text.slice(0, open) + " ".repeat(text.length - open);
}

/** Behind the beginning of a raw string that is not closed. */
function unclosedRaw(text: string): number | undefined {
  const finder = /\/[/*]|["']|\b[bc]?r#*"/g;
  for (let match = finder.exec(text); match !== null; match = finder.exec(text)) {
    const [found] = match;
    if (found.startsWith("/")) finder.lastIndex = found === "//" ? endOfLine(text, match.index) : endOfBlockComment(text, match.index);
    else {
      finder.lastIndex = endOfLiteral(text, match.index, found);
      const isRaw = found.length > 1;
      if (isRaw && !text.endsWith(`"${found.slice(found.indexOf("r") + 1, -1)}`, finder.lastIndex)) return match.index + found.length;
    }
  }
  return undefined;
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
