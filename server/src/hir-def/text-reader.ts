/**
 * The words of a text and what is between them: what readers of heads of items share.
 */
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
const WORD = /(?:r#)?[\p{L}_][\p{L}\p{N}_]*|\$\w+/uy;
const BLANKS = /\s*/y;

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
      BLANKS.lastIndex = at;
      BLANKS.test(this.text);
      at = BLANKS.lastIndex;
      if (this.text[at] !== "/") return at;
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
    WORD.lastIndex = at;
    const text = WORD.exec(this.text)?.[0];
    return text === undefined ? undefined : { text, end: at + text.length };
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
