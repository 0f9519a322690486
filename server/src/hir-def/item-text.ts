/**
 * A place in the text of one item: what readers of its parts move along.
 *
 * Invariants: `at` is where the next token begins, `end` where the last one ended; comments and blanks are between the two. Ranges count
 * from the text's beginning.
 */
import { isIdentContinueAt, isIdentStartAt } from "../hir-expand/char-class.ts";
import { CLOSER } from "../hir-expand/token-tree.ts";
import { endOfGroup } from "../syntax/item-ends.ts";
import type { Attr } from "./item-tree.ts";
import { readAttribute } from "./read-prefix.ts";
import { readPath } from "./read-use.ts";
import type { Word } from "./text-reader.ts";
import { isKeyword, TextReader } from "./text-reader.ts";
import type { PathRef } from "./type-ref.ts";

/** Types nest no deeper here. */
const MAX_DEPTH = 64;
/** `#[a::b]`, `#[a(…)]`, `#[a = …]`; a group holds no literals but plain strings. */
const PLAIN_ATTRIBUTE =
  /^#\s*\[\s*[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*\s*(?:\]$|\((?:[\w\s,=()!:.]|"[^"\\]*")*\)\s*\]$|=\s*(?:"[^"\\]*"\s*\]$|r"[^"]*"\s*\]$|r#"|\w+!\())/;
const UNSAFE = /^#\s*\[\s*unsafe\b/;

const NO_ELEMENTS: readonly never[] = [];

export class ItemText {
  readonly text: string;
  at: number;
  end = 0;
  #depth = 0;
  readonly #reader: TextReader;

  constructor(text: string) {
    this.text = text;
    this.#reader = new TextReader(text);
    this.at = this.#reader.trivia(0);
  }

  /** The character that begins the next token; empty at the end. */
  get sign(): string {
    return this.text.charAt(this.at);
  }

  /** Whether the next characters are these. */
  is(signs: string): boolean {
    return this.text.startsWith(signs, this.at);
  }

  /** Goes behind so many characters, a token. */
  take(length: number): void {
    this.end = this.at + length;
    this.at = this.#reader.trivia(this.end);
  }

  /** Goes behind these characters, if they are next. */
  eat(signs: string): boolean {
    if (!this.is(signs)) return false;
    this.take(signs.length);
    return true;
  }

  /** The next token, if it is a word. */
  word(): Word | undefined {
    return this.#reader.word(this.at);
  }

  /** Goes behind a word, if it is next. */
  eatWord(word: string): boolean {
    if (!this.is(word) || isIdentContinueAt(this.text, this.at + word.length)) return false;
    this.take(word.length);
    return true;
  }

  /** Takes a word that is no keyword. */
  name(): Word | undefined {
    const word = this.word();
    if (word === undefined || isKeyword(word.text) || word.text.startsWith("$") || word.text === "_") return undefined;
    this.take(word.end - this.at);
    return word;
  }

  /** Takes `'a`. */
  lifetime(): string | undefined {
    const from = this.at;
    if (this.sign !== "'" || !isIdentStartAt(this.text, from + 1)) return undefined;
    const { end = from } = this.#reader.word(from + 1) ?? {};
    if (this.text[end] === "'" || this.text[end] === "#") return undefined;
    this.take(end - from);
    return this.text.slice(from, end);
  }

  /** Takes delimited tokens whose delimiter is next; what stands between. */
  group(): { readonly text: string; readonly start: number } | undefined {
    const start = this.at + 1;
    const end = endOfGroup(this.text, this.at);
    if (end === undefined || this.text[end - 1] !== CLOSER[this.sign]) return undefined;
    this.take(end - this.at);
    return { text: this.text.slice(start, end - 1), start };
  }

  /** Takes elements with commas between them, and the sign that closes them; `read` takes one and is told how many stand before it. */
  list<T>(closing: ")" | ">" | "}", read: (index: number) => T | undefined): readonly T[] | undefined {
    const elements: T[] = [];
    while (!this.is(closing)) {
      const element = read(elements.length);
      if (element === undefined) return undefined;
      elements.push(element);
      if (!this.eat(",") && !this.is(closing)) return undefined;
    }
    this.take(1);
    // A list that grew has room for sixteen more, and there is one for each item.
    return elements.length === 0 ? NO_ELEMENTS : elements.slice();
  }

  /** Takes a path of names that are no keywords. */
  plainPath(): PathRef | undefined {
    this.#reader.base = 0;
    const read = readPath(this.#reader, this.at);
    const { path } = read ?? {};
    if (read === undefined || path === undefined || path.segments.length === 0) return undefined;
    if (path.segments.some(({ name }, i) => name === "_" || (isKeyword(name) && (i > 0 || name !== "Self")))) return undefined;
    this.take(read.end - this.at);
    return path;
  }

  /** Takes attributes; doc attributes are no more than comments. None where one is not plain, or is the body's own. */
  attributes(): readonly Attr[] | undefined {
    if (this.sign !== "#") return NO_ATTRIBUTES;
    const attrs: Attr[] = [];
    while (this.sign === "#") {
      const read = readAttribute(this.#reader, this.at, 0);
      if (read === undefined || read.isInner || !isPlainAttribute(this.text.slice(this.at, read.end))) return undefined;
      for (const attr of read.attrs) attrs.push(attr);
      this.take(read.end - this.at);
    }
    return attrs;
  }

  /** Goes one level down; false where that is too deep. */
  enter(): boolean {
    this.#depth += 1;
    return this.#depth <= MAX_DEPTH;
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** A comment is not closed. */
  get isBroken(): boolean {
    return this.#reader.isBroken;
  }
}

const BRACKETS = /"[^"\\]*"|'[^'\\]'|\/[/*]|["'()[\]{}]/g;

/** Whether each delimiter is closed by its own; not told where there are comments, or literals that are not plain. */
export function isMatched(text: string): boolean {
  const open: string[] = [];
  for (const [sign] of text.matchAll(BRACKETS)) {
    const closing = CLOSER[sign];
    if (sign === "//" || sign === "/*") return false;
    if (closing !== undefined) open.push(closing);
    else if (sign.length === 1 && open.pop() !== sign) return false;
  }
  return open.length === 0;
}

const NO_ATTRIBUTES: readonly Attr[] = [];

/** Whether an attribute is certainly one to the parser as well. */
function isPlainAttribute(text: string): boolean {
  return PLAIN_ATTRIBUTE.test(text) && !UNSAFE.test(text);
}
