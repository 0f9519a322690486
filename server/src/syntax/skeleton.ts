/**
 * The parts of a text that say what it declares: all but comments, bodies of functions, impls and traits, and what stands between the
 * delimiters of macro calls and definitions. A parser that is given these parts alone has a fraction to read.
 *
 * Example: of `impl A { fn f(&self) { g(1) } } // x` the parts are `impl A {` and `} `.
 *
 * Invariants: what is left out is whole (a comment, or all between two delimiters), so that the rest is a text of its own; bodies with
 * inner attributes stay, since they belong to their item, and those of items in array lengths, discriminants and values of constants.
 * Where delimiters do not match, the rest of the text is one part.
 * Source: Reference, "Comments", "Functions", "Implementations", "Macros" (a call is a path, `!`, perhaps an identifier, a token tree).
 */
import { endOfBlockComment, endOfLine, endOfLiteral } from "./code-text.ts";

/** UTF-16 offsets. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
}

/** What a body of a function declares items with; macro calls may. */
export const ITEM_WORD = /\b(?:struct|enum|union|type|impl|const|static|use|macro_rules|macro|mod|trait|extern|fn)\b|!\s*[{([]|#\s*!/;

/** What stops the walk over declarations: comments, literals, items with bodies, and what may be a macro call. */
const DECLARATION =
  /\/[/*]|["']|\b[bc]?r#*"|(?<!['\p{L}\p{N}_])(?:fn|struct|enum|union|type|const|static(?:\s+mut)?)\s+(?:r#)?[\p{L}_][\p{L}\p{N}_]*|\b(?:impl|trait)\b|!\s*(?:(?:r#)?[\p{L}_][\p{L}\p{N}_]*\s*)?[({[]/gu;
/** Between the beginning of an item and its body. */
const HEADER = /\/[/*]|["']|\b[bc]?r#*"|->|[<>({[;]/g;
/** Up to the end of a value. */
const VALUE = /\/[/*]|["']|\b[bc]?r#*"|[({[;]/g;
/** Inside delimiters. */
const GROUP = /\/[/*]|["']|\b[bc]?r#*"|[(){}[\]]/g;

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
  /** Where the item ends whose bodies stay. */
  #whole = 0;

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

  /** Goes past the next thing that matters; the offset to go on from. */
  #next(from: number): number | undefined {
    const match = find(DECLARATION, this.#text, from);
    if (match === null) return undefined;
    const [found] = match;
    const end = match.index + found.length;
    if (found.startsWith("!")) return this.#macro(match.index, found.length);
    if (found.startsWith("/") || /["']$/.test(found)) return this.#trivia(found, match.index);
    if (end <= this.#whole) return end;
    if (/^(?:fn\s|impl$|trait$)/.test(found)) return this.#item(end);
    // `const fn f` is a function; `const N: T` a constant.
    if (/\s(?:fn|unsafe|async|extern)$/.test(found)) return found.endsWith("fn") ? end - "fn".length : end;
    const whole = /^(?:struct|enum|union)/.test(found) ? this.#endOfType(end) : this.#endOfValue(end);
    this.#whole = whole ?? this.#text.length;
    return end;
  }

  /** Behind a type with its fields. */
  #endOfType(from: number): number | undefined {
    const open = this.#endOfHeader(from);
    return open === undefined || this.#text[open] === ";" ? open : this.#endOfGroup(open);
  }

  /** Behind a constant or an alias. */
  #endOfValue(from: number): number | undefined {
    for (let at: number | undefined = from; at !== undefined; ) {
      const match = find(VALUE, this.#text, at);
      if (match === null || match[0] === ";") return match?.index;
      at = this.#behind(match[0], match.index);
    }
    return undefined;
  }

  /** Behind a comment, which is left out, or a literal. */
  #trivia(found: string, start: number): number {
    const end = this.#endOfTrivia(found, start);
    // Tokens on both sides of a comment must not become one.
    if (found === "//" || (found === "/*" && /\s/.test(this.#text[end] ?? " "))) this.#leaveOut(start, end);
    return end;
  }

  #endOfTrivia(found: string, start: number): number {
    if (found === "//") return endOfLine(this.#text, start);
    return found === "/*" ? endOfBlockComment(this.#text, start) : endOfLiteral(this.#text, start, found);
  }

  #macro(exclamation: number, length: number): number | undefined {
    const before = this.#text.slice(Math.max(0, exclamation - NEAR), exclamation);
    if (!PATH_END.test(before) || OPERATOR_WORD.test(before)) return exclamation + 1;
    const open = exclamation + length - 1;
    const end = this.#endOfGroup(open);
    if (end !== undefined) this.#leaveOut(open + 1, end - 1);
    return end;
  }

  /** From the beginning of a function, an impl or a trait to behind its body. */
  #item(from: number): number | undefined {
    const open = this.#endOfHeader(from);
    if (open === undefined) return undefined;
    return this.#text[open] === ";" ? open + 1 : this.#body(open);
  }

  /** The `{` or `;` that ends a header; comments on the way are left out. `{` between `<` and `>` is an argument's. */
  #endOfHeader(from: number): number | undefined {
    let angles = 0;
    for (let at: number | undefined = from; at !== undefined; ) {
      const match = find(HEADER, this.#text, at);
      if (match === null) return undefined;
      const [found] = match;
      if (found === ";" || (found === "{" && angles <= 0)) return match.index;
      at = match.index + found.length;
      if (found === "<") angles += 1;
      else if (found === ">") angles -= 1;
      else if (found.startsWith("/")) at = this.#trivia(found, match.index);
      else if (found !== "->") at = this.#behind(found, match.index);
    }
    return undefined;
  }

  /** Behind a delimited group, a comment or a literal. */
  #behind(found: string, start: number): number | undefined {
    const isGroup = found === "{" || found === "(" || found === "[";
    return isGroup ? this.#endOfGroup(start) : this.#endOfTrivia(found, start);
  }

  #body(open: number): number | undefined {
    const end = this.#endOfGroup(open);
    if (end !== undefined && !INNER_ATTRIBUTE.test(this.#text.slice(open, end))) this.#leaveOut(open + 1, end - 1);
    return end;
  }

  /** Behind the delimiter that closes the one at an offset; undefined if none does. */
  #endOfGroup(open: number): number | undefined {
    const text = this.#text;
    let depth = 0;
    for (let at = open; ; ) {
      const match = find(GROUP, text, at);
      if (match === null) return undefined;
      const [found] = match;
      at = match.index + found.length;
      if (found === "(" || found === "{" || found === "[") depth += 1;
      else if (found === ")" || found === "}" || found === "]") depth -= 1;
      else at = this.#endOfTrivia(found, match.index);
      if (depth === 0) return at;
    }
  }

  #leaveOut(start: number, end: number): void {
    if (end - start < LEAST || start < this.#kept) return;
    if (start > this.#kept) this.#parts.push({ start: this.#kept, end: start });
    this.#kept = end;
  }
}

function find(finder: RegExp, text: string, from: number): RegExpExecArray | null {
  finder.lastIndex = from;
  return finder.exec(text);
}
