/**
 * Where items and their parts end, told from delimiters alone.
 *
 * Invariants: literals and comments are stepped over; where delimiters do not match there is no answer.
 * Source: Reference, "Tokens", "Delimiters".
 */
import { endOfBlockComment, endOfLine, endOfLiteral } from "./code-text.ts";

/** Told of comments that are met (UTF-16 offsets). */
export type OnComment = (start: number, end: number) => void;

/** Between the beginning of an item and its body. */
const HEADER = /\/[/*]|["']|\b[bc]?r#*"|->|[<>({[;=]/g;
/** Up to the end of a value. */
const VALUE = /\/[/*]|["']|\b[bc]?r#*"|[({[;]/g;
/** Inside delimiters. */
const GROUP = /\/[/*]|["']|\b[bc]?r#*"|[(){}[\]]/g;

const nobody: OnComment = () => undefined;

/** Behind the delimiter that closes the one at an offset; undefined if none does. */
export function endOfGroup(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; ; ) {
    const match = find(GROUP, text, at);
    if (match === null) return undefined;
    const [found] = match;
    at = match.index + found.length;
    if (found === "(" || found === "{" || found === "[") depth += 1;
    else if (found === ")" || found === "}" || found === "]") depth -= 1;
    else at = endOfTrivia(text, match.index, found);
    if (depth === 0) return at;
  }
}

/** The next delimiter, `=` or `;` that is not between `<` and `>`. */
export function nextDelimiter(text: string, from: number, onComment: OnComment = nobody): number | undefined {
  let angles = 0;
  for (let at: number | undefined = from; at !== undefined; ) {
    const match = find(HEADER, text, at);
    if (match === null) return undefined;
    const [found] = match;
    if (found === ";" || (angles <= 0 && "({[=".includes(found))) return match.index;
    if (found === "<") angles += 1;
    else if (found === ">") angles -= 1;
    at = behind(text, { found, start: match.index }, onComment);
  }
  return undefined;
}

/** Behind the `>` that closes the `<` at an offset. */
export function endOfAngles(text: string, open: number): number | undefined {
  let angles = 0;
  for (let at: number | undefined = open; at !== undefined; ) {
    const match = find(HEADER, text, at);
    if (match === null || match[0] === ";") return undefined;
    const [found] = match;
    if (found === "<") angles += 1;
    else if (found === ">") angles -= 1;
    if (angles === 0) return match.index + 1;
    at = behind(text, { found, start: match.index }, nobody);
  }
  return undefined;
}

interface Met {
  readonly found: string;
  readonly start: number;
}

/** Behind a sign of a header, a literal, a comment, or a delimited group. */
function behind(text: string, { found, start }: Met, onComment: OnComment): number | undefined {
  if ("({[".includes(found)) return endOfGroup(text, start);
  if (/^[-<>=]/.test(found)) return start + found.length;
  const end = endOfTrivia(text, start, found);
  if (found.startsWith("/")) onComment(start, end);
  return end;
}

/** The next delimiter or `;` of a value. */
export function nextInValue(text: string, from: number, onComment: OnComment = nobody): number | undefined {
  for (let at = from; ; ) {
    const match = find(VALUE, text, at);
    if (match === null) return undefined;
    const [found] = match;
    if (!found.startsWith("/") && !/["']$/.test(found)) return match.index;
    at = endOfTrivia(text, match.index, found);
    if (found.startsWith("/")) onComment(match.index, at);
  }
}

/** Behind a comment or a literal that begins with `found`. */
export function endOfTrivia(text: string, start: number, found: string): number {
  if (found === "//") return endOfLine(text, start);
  return found === "/*" ? endOfBlockComment(text, start) : endOfLiteral(text, start, found);
}

function find(finder: RegExp, text: string, from: number): RegExpExecArray | null {
  finder.lastIndex = from;
  return finder.exec(text);
}
