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

const WORD = /(?:r#)?[\p{L}_][\p{L}\p{N}_]*|\$\w+/uy;
const BLANKS = /\s*/y;

export class TextReader {
  readonly text: string;
  /** What ranges count from. */
  base = 0;

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
      else if (this.text[at + 1] === "*") at = endOfBlockComment(this.text, at);
      else return at;
    }
  }

  /** The word at an offset. */
  word(at: number): Word | undefined {
    WORD.lastIndex = at;
    const text = WORD.exec(this.text)?.[0];
    return text === undefined ? undefined : { text, end: at + text.length };
  }

  relative(start: number, end: number): RelRange {
    return { start: start - this.base, end: end - this.base };
  }
}
