/**
 * The words of a text and what is between them: what readers of heads of items share.
 */
import { identEnd, isIdentContinueAt, isIdentStartAt, isSpace } from "../hir-expand/char-class.ts";
import { endOfBlockComment, endOfLine } from "../syntax/code-text.ts";
import type { RelRange } from "./expr.ts";

/** A word (also `r#word`, `$crate_1`) and the offset behind it. */
export interface Word {
  readonly text: string;
  readonly end: number;
}

const KEYWORDS: ReadonlySet<string> = new Set(
  `as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return
  self Self static struct super trait true type unsafe use where while`.split(/\s+/),
);
/** Whether a word names nothing. */
export function isKeyword(word: string): boolean {
  return KEYWORDS.has(word);
}

const SLASH = 0x2f;
const DOLLAR = 0x24;
const BLANK = /\s/;

/** Behind blanks: characters are looked at one by one, since most places have one or none. */
function behindBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code > 0x7f ? !BLANK.test(text.charAt(at)) : !isSpace(code)) return at;
    at += 1;
  }
}

export class TextReader {
  readonly text: string;
  /** What ranges count from. */
  base = 0;
  #isBroken = false;

  constructor(text: string) {
    this.text = text;
  }

  /** Behind blanks and comments. */
  trivia(from: number): number {
    for (let at = from; ; ) {
      at = behindBlanks(this.text, at);
      if (this.text.charCodeAt(at) !== SLASH) return at;
      if (this.text[at + 1] === "/") at = endOfLine(this.text, at);
      else if (this.text[at + 1] === "*") at = this.#behindComment(at);
      else return at;
    }
  }

  #behindComment(start: number): number {
    const end = endOfBlockComment(this.text, start);
    this.#isBroken ||= end === this.text.length && !this.text.endsWith("*/");
    return end;
  }

  /** A comment is not closed. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The word at an offset. */
  word(at: number): Word | undefined {
    const { text } = this;
    const isRaw = text.startsWith("r#", at) && isIdentStartAt(text, at + 2);
    const isVariable = text.charCodeAt(at) === DOLLAR && isIdentContinueAt(text, at + 1);
    if (!isVariable && !isIdentStartAt(text, at)) return undefined;
    const end = identEnd(text, isRaw ? at + 2 : at + 1);
    return { text: text.slice(at, end), end };
  }

  /** The word at an offset that may name an item. */
  name(at: number): Word | undefined {
    const word = this.word(at);
    return word === undefined || KEYWORDS.has(word.text) ? undefined : word;
  }

  relative(start: number, end: number): RelRange {
    return { start: start - this.base, end: end - this.base };
  }
}
