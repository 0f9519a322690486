/**
 * The parts of a text that say which items it has: all but comments and doc attributes, arguments of attributes, fields and variants,
 * parameters, bodies, values of constants, and what stands between the delimiters of macro calls and definitions. A parser that is given
 * these parts alone has a fraction to read.
 *
 * Example: of `impl A { fn f(&self) { g(1) } } // x` the parts are `impl A {` and `} `.
 *
 * Invariants: what is left out is whole (a comment, an attribute, all between two delimiters), so that the rest is a text of its own.
 * `extern` blocks and types of aliases stay as they are. Where delimiters do not match, the rest of the text is one part.
 * Source: Reference, "Comments", "Items", "Macros" (a call is a path, `!`, perhaps an identifier, a token tree).
 */
import { endOfGroup, endOfTrivia, nextDelimiter, nextInValue } from "./item-ends.ts";

/** UTF-16 offsets. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
}

/** What a block declares items with; macro calls may. */
export const ITEM_WORD = /\b(?:struct|enum|union|type|impl|const|static|use|macro_rules|macro|mod|trait|extern|fn)\b|!\s*[{([]|#\s*!/;

/** What stops the walk: comments, literals, attributes, items, and what may be a macro call. */
const DECLARATION =
  /\/[/*]|["']|\b[bc]?r#*"|#\s*!?\s*\[|\bextern\s*(?:"[^"]*"\s*)?\{|(?<!['\p{L}\p{N}_])(?:(?:impl|trait)(?![\p{L}\p{N}_])|(?:fn|struct|enum|union|type|const|static(?:\s+mut)?|macro)\s+(?:r#)?[\p{L}_][\p{L}\p{N}_]*)|!\s*(?:(?:r#)?[\p{L}_][\p{L}\p{N}_]*\s*)?[({[]/gu;
const DOC = /^#\s*\[\s*doc\b/;
/** `#[a::b` */
const ATTRIBUTE_PATH = /^#\s*!?\s*\[[\s\p{L}\p{N}_:]*/u;
const INNER_ATTRIBUTE = /#\s*!\s*\[/;
/** A word in front of `!` behind which `!` is an operator. */
const OPERATOR_WORD = /\b(?:as|await|break|const|dyn|else|for|if|impl|in|match|move|mut|ref|return|static|unsafe|where|while|yield)\s*$/;
const PATH_END = /[\p{L}\p{N}_]\s*$/u;
/** A macro's name that is farther in front of its `!` is not seen. */
const NEAR = 12;
/** Shorter pieces cost more to leave out than to read. */
const LEAST = 16;

/** The parts of a text, in order; undefined where that is all of it. */
export function skeleton(text: string): readonly TextPart[] | undefined {
  return new Skeleton(text).parts();
}

class Skeleton {
  readonly #text: string;
  readonly #parts: TextPart[] = [];
  #kept = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parts(): readonly TextPart[] | undefined {
    const { length } = this.#text;
    for (let at: number | undefined = 0; at !== undefined && at < length; ) at = this.#next(at);
    if (this.#kept === 0) return undefined;
    if (this.#kept < length) this.#parts.push({ start: this.#kept, end: length });
    return this.#parts;
  }

  /** Goes past the next thing that matters; the offset to go on from, undefined at the end. */
  #next(from: number): number | undefined {
    const match = find(DECLARATION, this.#text, from);
    if (match === null) return undefined;
    const [found] = match;
    const { index } = match;
    const end = index + found.length;
    if (found.startsWith("!")) return this.#macroCall(index, end - 1);
    if (found.startsWith("#")) return this.#attribute(index, end - 1);
    if (found.endsWith("{")) return endOfGroup(this.#text, end - 1);
    if (found.startsWith("/") || /["']$/.test(found)) return this.#trivia(found, index);
    return this.#item(found, end);
  }

  #item(found: string, end: number): number | undefined {
    switch (/^\w+/.exec(found)?.[0]) {
      case "type":
        return this.#value(end, false);
      case "const":
      case "static":
        // `const fn f`, `const unsafe fn f` are functions.
        if (/\s(?:fn|unsafe|async|extern)$/.test(found)) return found.endsWith("fn") ? end - "fn".length : end;
        return this.#constant(end);
      case "impl":
      case "trait":
        return this.#declaration(end, false);
      default:
        return this.#declaration(end, true);
    }
  }

  /** Behind a type, a function, an impl or a trait; the first parentheses of some hold fields or parameters. */
  #declaration(from: number, hasParameters: boolean): number | undefined {
    let at = this.#header(from);
    if (hasParameters && at !== undefined && this.#text[at] === "(") at = this.#header(this.#emptied(at) ?? this.#text.length);
    while (at !== undefined && this.#text[at] !== "{" && this.#text[at] !== ";") {
      const end: number | undefined = this.#text[at] === "=" ? at + 1 : endOfGroup(this.#text, at);
      at = end === undefined ? undefined : this.#header(end);
    }
    if (at === undefined) return undefined;
    return this.#text[at] === ";" ? at + 1 : this.#emptied(at);
  }

  /** Behind a constant: `N: T = value;`. */
  #constant(from: number): number | undefined {
    let at = this.#header(from);
    while (at !== undefined && this.#text[at] !== "=" && this.#text[at] !== ";") {
      const end: number | undefined = endOfGroup(this.#text, at);
      at = end === undefined ? undefined : this.#header(end);
    }
    if (at === undefined) return undefined;
    return this.#text[at] === ";" ? at + 1 : this.#value(at + 1, true);
  }

  /** The next delimiter, `=` or `;` of a header; comments on the way are left out. */
  #header(from: number): number | undefined {
    return nextDelimiter(this.#text, from, (start, end) => this.#comment(start, end));
  }

  /** Behind the `;` that ends a value or an alias's type; what stands between delimiters is left out if asked for. */
  #value(from: number, isEmptied: boolean): number | undefined {
    for (let at: number | undefined = from; at !== undefined; ) {
      const next = nextInValue(this.#text, at, (start, end) => this.#comment(start, end));
      if (next === undefined) return undefined;
      if (this.#text[next] === ";") return next + 1;
      at = isEmptied ? this.#emptied(next) : endOfGroup(this.#text, next);
    }
    return undefined;
  }

  /** Behind a comment, which is left out, or a literal. */
  #trivia(found: string, start: number): number {
    const end = endOfTrivia(this.#text, start, found);
    if (found.startsWith("/")) this.#comment(start, end);
    return end;
  }

  /** Tokens on both sides of a comment must not become one. */
  #comment(start: number, end: number): void {
    if (this.#text[start + 1] === "/" || /\s/.test(this.#text[end] ?? " ")) this.#leaveOut(start, end);
  }

  /** Behind an attribute, of which what it says in parentheses is left out: an outer doc attribute as a whole. */
  #attribute(start: number, open: number): number | undefined {
    const end = endOfGroup(this.#text, open);
    if (end === undefined) return undefined;
    const written = this.#text.slice(start, end);
    const path = ATTRIBUTE_PATH.exec(written)?.[0] ?? "";
    if (DOC.test(written)) this.#leaveOut(start, end);
    else if (written[path.length] === "(" && /\)\s*\]$/.test(written))
      this.#leaveOut(start + path.length + 1, start + written.lastIndexOf(")"));
    return end;
  }

  #macroCall(exclamation: number, open: number): number | undefined {
    const before = this.#text.slice(Math.max(0, exclamation - NEAR), exclamation);
    return !PATH_END.test(before) || OPERATOR_WORD.test(before) ? exclamation + 1 : this.#emptied(open);
  }

  /** Behind a delimited group, of which the delimiters are left; one with inner attributes, which are its item's, stays. */
  #emptied(open: number): number | undefined {
    const end = endOfGroup(this.#text, open);
    if (end !== undefined && !INNER_ATTRIBUTE.test(this.#text.slice(open, end))) this.#leaveOut(open + 1, end - 1);
    return end;
  }

  #leaveOut(start: number, end: number): void {
    if (end - start < LEAST) return;
    if (start > this.#kept) this.#parts.push({ start: this.#kept, end: start });
    this.#kept = end;
  }
}

function find(finder: RegExp, text: string, from: number): RegExpExecArray | null {
  finder.lastIndex = from;
  return finder.exec(text);
}
