/**
 * Reads the items of a text by their heads, without a syntax tree: attributes, visibility, kind, name, and where the item ends. The
 * rest of an item is parsed when someone asks (`deferred-item.ts`).
 *
 * Example: `#[derive(Debug)] pub struct A<T>(T);` → a struct `A`, public, with one attribute, up to the `;`.
 *
 * Invariants: an item reads as if it had been parsed; an item of another form is parsed by itself, and a text with something that
 * is not plainly an item is not read at all, so that the parser judges it. Costs a fraction of parsing: files and macros' outputs hold
 * thousands of items that nobody asks for.
 * Source: Reference, "Items", "Attributes", "Visibility and privacy".
 */
import { endOfLiteral } from "../syntax/code-text.ts";
import { endOfGroup, nextDelimiter, nextInValue } from "../syntax/item-ends.ts";
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { DeferredKind, ItemHead, LowerWhole } from "./deferred-item.ts";
import { DeferredImpl, deferredItem } from "./deferred-item.ts";
import type { RawItem } from "./item-tree.ts";
import { identifierText } from "./names.ts";
import { splitImpl } from "./read-impl.ts";
import type { Prefix } from "./read-prefix.ts";
import { PRIVATE, readAttribute, readPrefix } from "./read-prefix.ts";
import { readPath, readUseTree } from "./read-use.ts";
import type { Word } from "./text-reader.ts";
import { TextReader } from "./text-reader.ts";

type Unit = PlacedUnit<RawItem>;

/** The units of a text; undefined where it has to be parsed. */
export function readHeads(text: string, whole: LowerWhole): readonly Unit[] | undefined {
  if (text.startsWith("#!") && !/^#!\s*\[/.test(text)) return undefined;
  return new HeadReader(text, whole).list(0, text.length, 0);
}

const MAX_MODULES = 64;
const INNER_ATTRIBUTE = /#\s*!\s*\[/g;
const BEHIND_PARAMETERS = /->|where\b|[{;]/y;
const STRING = /(?:r#*)?"/y;
/** `macro` with its parameters and one body, behind its name. */
const MACRO_2 = /^\s*\([\w\s$:,]*\)\s*\{/;
/** Words that no header has: something is missing in front of them. */
const NO_HEADER = /(?<!['#])\b(?:struct|enum|mod|use(?!\s*<)|static|let|pub|trait|return|match|macro_rules)\b/;
const QUALIFIERS: ReadonlySet<string> = new Set(["default", "unsafe", "safe", "async", "const", "extern"]);
/** What follows `const` where it is no constant. */
const BEHIND_CONST: ReadonlySet<string> = new Set(["fn", "unsafe", "async", "extern", "trait", "auto", "impl"]);
const SOUND = { hasError: false, isTooDeep: false, blocks: [] };

/** Delimited tokens. */
interface Group {
  readonly open: number;
  readonly close: number;
  /** Behind the delimiter. */
  readonly end: number;
  readonly isBraced: boolean;
  /** Behind the `;` that follows, if one does. */
  readonly behind: number;
}

/** Where an item ends, and where its body begins. */
interface Ends {
  readonly body: number | undefined;
  readonly end: number;
}

class HeadReader {
  readonly #reader: TextReader;
  readonly #text: string;
  readonly #whole: LowerWhole;
  /** Offsets of all inner attributes. */
  readonly #inner: readonly number[];

  constructor(text: string, whole: LowerWhole) {
    this.#reader = new TextReader(text);
    this.#text = text;
    this.#whole = whole;
    this.#inner = Array.from(text.matchAll(INNER_ATTRIBUTE), (match) => match.index);
  }

  /** The units between two offsets. */
  list(from: number, to: number, depth: number): readonly Unit[] | undefined {
    if (depth > MAX_MODULES) return undefined;
    const out: Unit[] = [];
    for (let at = this.#reader.trivia(from); at < to; ) {
      const unit = this.#innerAttribute(at) ?? this.#emptyStatement(at) ?? this.#unit(at, depth);
      if (unit === undefined || unit.end > to) return undefined;
      out.push(unit);
      at = this.#reader.trivia(unit.end);
    }
    return this.#reader.isBroken ? undefined : out;
  }

  #innerAttribute(at: number): Unit | undefined {
    const read = readAttribute(this.#reader, at);
    if (read === undefined || !read.isInner) return undefined;
    const begun: Prefix = { start: at, item: at, attrs: read.attrs, visibility: PRIVATE, isOdd: false, end: at };
    return this.#placed(begun, read.end, { ...this.#nameless(begun, read.end), ...SOUND, kind: "innerAttributes" });
  }

  /** A `;` of its own. */
  #emptyStatement(at: number): Unit | undefined {
    if (this.#text[at] !== ";") return undefined;
    const begun: Prefix = { start: at, item: at, attrs: [], visibility: PRIVATE, isOdd: false, end: at };
    return this.#placed(begun, at + 1, { ...this.#nameless(begun, at + 1), ...SOUND, kind: "innerAttributes" });
  }

  #unit(from: number, depth: number): Unit | undefined {
    const begun = readPrefix(this.#reader, from);
    return begun === undefined ? undefined : this.#item(begun, begun.end, depth);
  }

  /** Behind attributes and visibility. */
  #item(begun: Prefix, from: number, depth: number): Unit | undefined {
    let at = this.#reader.trivia(from);
    let word = this.#reader.word(at);
    while (word !== undefined && QUALIFIERS.has(word.text)) {
      const next = this.#reader.trivia(word.end);
      if (this.#text[next] === "!" || this.#text[next] === ":") break;
      if (word.text === "const" && !BEHIND_CONST.has(this.#reader.word(next)?.text ?? "")) return this.#constant(begun, "const", next);
      if (word.text === "extern") return this.#extern(begun, next, depth);
      at = next;
      word = this.#reader.word(at);
    }
    return word === undefined ? undefined : this.#worded(begun, { ...word, at }, depth);
  }

  /** Behind `extern`. */
  #extern(begun: Prefix, at: number, depth: number): Unit | undefined {
    const word = this.#reader.word(at);
    if (word?.text === "crate") return this.#externCrate(begun, this.#reader.trivia(word.end));
    STRING.lastIndex = at;
    const quote = STRING.exec(this.#text)?.[0];
    const next = quote === undefined ? at : this.#reader.trivia(endOfLiteral(this.#text, at, quote));
    if (this.#text[next] !== "{") return this.#reader.word(next)?.text === "fn" ? this.#item(begun, next, depth) : undefined;
    const end = endOfGroup(this.#text, next);
    return end === undefined ? undefined : this.#parsed(begun, end);
  }

  #worded(begun: Prefix, word: Word & { readonly at: number }, depth: number): Unit | undefined {
    const next = this.#reader.trivia(word.end);
    switch (word.text) {
      case "struct":
      case "enum":
        return this.#named(begun, word.text, next);
      case "union":
        return this.#reader.word(next) === undefined ? this.#macroCall(begun, word.at, depth) : this.#named(begun, "union", next);
      case "fn":
      case "trait":
        return this.#named(begun, word.text, next);
      case "auto":
        return this.#reader.word(next)?.text === "trait" ? this.#item(begun, next, depth) : this.#macroCall(begun, word.at, depth);
      case "type":
        return this.#alias(begun, next);
      case "static":
        return this.#constant(begun, "static", this.#reader.word(next)?.text === "mut" ? this.#reader.trivia(next + 3) : next);
      case "impl":
        return this.#impl(begun, word.end);
      case "mod":
        return this.#module(begun, next, depth);
      case "use":
        return this.#use(begun, next);
      case "macro":
        return this.#macro(begun, next);
      case "macro_rules":
        return this.#macroRules(begun, next) ?? this.#macroCall(begun, word.at, depth);
      default:
        return this.#macroCall(begun, word.at, depth);
    }
  }

  /** A structure, enumeration, function or trait, at its name. */
  #named(begun: Prefix, kind: "struct" | "union" | "enum" | "fn" | "trait", at: number): Unit | undefined {
    const name = this.#reader.name(at);
    if (name === undefined) return undefined;
    const parameters = kind === "fn" ? this.#parameters(name.end) : name.end;
    const ends = parameters === undefined ? undefined : this.#ends(parameters);
    if (ends === undefined || (ends.body === undefined && (kind === "enum" || kind === "trait" || kind === "union"))) return undefined;
    return this.#deferred({ begun, kind, at, name }, ends);
  }

  /** Behind a function's parameters. */
  #parameters(from: number): number | undefined {
    const open = nextDelimiter(this.#text, from);
    const end = open === undefined || this.#text[open] !== "(" ? undefined : endOfGroup(this.#text, open);
    if (end === undefined) return undefined;
    BEHIND_PARAMETERS.lastIndex = this.#reader.trivia(end);
    return BEHIND_PARAMETERS.test(this.#text) ? end : undefined;
  }

  /** The body's `{` or the `;` that ends an item. */
  #ends(from: number): Ends | undefined {
    for (let at: number | undefined = from; at !== undefined; ) {
      const next = nextDelimiter(this.#text, at);
      if (next === undefined || NO_HEADER.test(this.#text.slice(at, next))) return undefined;
      if (this.#text[next] === ";") return { body: undefined, end: next + 1 };
      if (this.#text[next] === "=") return undefined;
      at = endOfGroup(this.#text, next);
      if (at !== undefined && this.#text[next] === "{") return { body: next, end: at };
    }
    return undefined;
  }

  /** A constant or static, at its name. */
  #constant(begun: Prefix, kind: "const" | "static", at: number): Unit | undefined {
    const name = this.#reader.name(at);
    const hasType = name !== undefined && this.#text[this.#reader.trivia(name.end)] === ":";
    const end = hasType ? this.#endOfValue(name.end) : undefined;
    return name === undefined || end === undefined ? undefined : this.#deferred({ begun, kind, at, name }, { body: undefined, end });
  }

  #alias(begun: Prefix, at: number): Unit | undefined {
    const name = this.#reader.name(at);
    const end = name === undefined ? undefined : this.#endOfValue(name.end);
    return name === undefined || end === undefined
      ? undefined
      : this.#deferred({ begun, kind: "typeAlias", at, name }, { body: undefined, end });
  }

  /** Behind the next `;` outside of delimiters. */
  #endOfValue(from: number): number | undefined {
    for (let at: number | undefined = from; at !== undefined; ) {
      const next = nextInValue(this.#text, at);
      if (next === undefined) return undefined;
      if (this.#text[next] === ";") return next + 1;
      at = endOfGroup(this.#text, next);
    }
    return undefined;
  }

  #deferred(
    of: { readonly begun: Prefix; readonly kind: DeferredKind; readonly at: number; readonly name: Word },
    ends: Ends,
  ): Unit | undefined {
    const { begun, kind, at, name } = of;
    if (begun.isOdd || this.#hasInner(ends)) return this.#parsed(begun, ends.end);
    const head = { ...this.#nameless(begun, ends.end), name: identifierText(name.text), nameRange: this.#reader.relative(at, name.end) };
    return this.#placed(begun, ends.end, deferredItem(kind, head, this.#whole));
  }

  /** Whether a body has attributes of its item. */
  #hasInner({ body, end }: Ends): boolean {
    return body !== undefined && this.#inner.some((at) => body < at && at < end);
  }

  #impl(begun: Prefix, from: number): Unit | undefined {
    const ends = this.#ends(from);
    if (ends?.body === undefined) return undefined;
    const parts = begun.isOdd || this.#hasInner(ends) ? undefined : splitImpl(this.#reader, from, ends.body);
    if (parts === undefined) return this.#parsed(begun, ends.end);
    const head = { ...this.#nameless(begun, ends.end), ...parts, bodyStart: ends.body - begun.start };
    return this.#placed(begun, ends.end, new DeferredImpl(head, this.#whole));
  }

  #module(begun: Prefix, at: number, depth: number): Unit | undefined {
    const name = this.#reader.name(at);
    const next = name === undefined ? at : this.#reader.trivia(name.end);
    const isInline = this.#text[next] === "{";
    if (name === undefined || (begun.isOdd && isInline)) return undefined;
    const end = isInline ? endOfGroup(this.#text, next) : next + 1;
    if (end === undefined || (!isInline && this.#text[next] !== ";")) return undefined;
    if (begun.isOdd) return this.#parsed(begun, end);
    const text = this.#text.slice(begun.start, isInline ? next : end);
    const named = { name: identifierText(name.text), nameRange: this.#reader.relative(at, name.end), text };
    const value: RawItem = { ...this.#nameless(begun, end), ...named, ...SOUND, kind: "module", isInline, items: undefined };
    if (!isInline) return this.#placed(begun, end, value);
    const units = this.list(next + 1, end - 1, depth + 1);
    return units === undefined ? undefined : { kind: "module", start: begun.start, end, value, units };
  }

  #use(begun: Prefix, at: number): Unit | undefined {
    const leaves = begun.isOdd ? undefined : readUseTree(this.#reader, at);
    const end = leaves === undefined ? -1 : this.#reader.trivia(leaves.end);
    if (leaves === undefined || this.#text[end] !== ";") {
      const semicolon = this.#endOfValue(at);
      return semicolon === undefined ? undefined : this.#parsed(begun, semicolon);
    }
    return this.#placed(begun, end + 1, { ...this.#nameless(begun, end + 1), ...SOUND, kind: "use", imports: leaves.imports });
  }

  #externCrate(begun: Prefix, at: number): Unit | undefined {
    const end = this.#endOfValue(at);
    const written = end === undefined ? undefined : /^(\w+)(?:\s+as\s+(\w+))?\s*;$/.exec(this.#text.slice(at, end));
    const [, crateName = "", alias = crateName] = written ?? [];
    if (end === undefined) return undefined;
    if (written === null || crateName === "r" || begun.isOdd) return this.#parsed(begun, end);
    const named = { name: alias, nameRange: this.#reader.relative(at, at + crateName.length), crateName };
    return this.#placed(begun, end, { ...this.#nameless(begun, end), ...named, ...SOUND, kind: "externCrate" });
  }

  /** `macro name(…) { … }`, at its name. */
  #macro(begun: Prefix, at: number): Unit | undefined {
    const name = this.#reader.name(at);
    const ends = name === undefined ? undefined : this.#ends(name.end);
    if (name === undefined || ends?.body === undefined) return undefined;
    if (begun.isOdd || !MACRO_2.test(this.#text.slice(name.end, ends.end))) return this.#parsed(begun, ends.end);
    const open = this.#reader.trivia(name.end);
    const named = { name: identifierText(name.text), nameRange: this.#reader.relative(at, name.end) };
    const tail = { style: "macro2", body: this.#text.slice(open, ends.end), bodyStart: open - begun.start } as const;
    return this.#placed(begun, ends.end, { ...this.#nameless(begun, ends.end), ...named, ...SOUND, kind: "macroDef", ...tail });
  }

  /** Behind `macro_rules`. */
  #macroRules(begun: Prefix, at: number): Unit | undefined {
    const nameAt = this.#text[at] === "!" ? this.#reader.trivia(at + 1) : -1;
    const name = nameAt < 0 ? undefined : this.#reader.word(nameAt);
    const group = name === undefined ? undefined : this.#group(this.#reader.trivia(name.end));
    if (name === undefined || group === undefined || this.#text.slice(name.end, group.open).trim() !== "") return undefined;
    const named = { name: identifierText(name.text), nameRange: this.#reader.relative(nameAt, name.end) };
    const bodyStart = group.open + 1 - begun.start;
    const rules = { style: "macroRules", body: this.#text.slice(group.open + 1, group.close), bodyStart } as const;
    if (begun.isOdd || begun.visibility.kind !== "private") return undefined;
    const end = group.isBraced ? group.end : group.behind;
    return this.#placed(begun, end, { ...this.#nameless(begun, end), ...named, ...SOUND, kind: "macroDef", ...rules });
  }

  #macroCall(begun: Prefix, at: number, depth: number): Unit | undefined {
    const read = readPath(this.#reader, at);
    const exclamation = read === undefined ? at : this.#reader.trivia(read.end);
    if (read === undefined || this.#text[exclamation] !== "!" || begun.item !== at) return undefined;
    const group = this.#group(this.#reader.trivia(exclamation + 1));
    if (group === undefined) return undefined;
    const args = { args: this.#text.slice(group.open + 1, group.close), argsStart: group.open + 1 - begun.start };
    // The grammar has a call with its `;` at the top of a file, in modules each by itself.
    const end = depth > 0 ? group.end : group.behind;
    return this.#placed(begun, end, { ...this.#nameless(begun, end), ...SOUND, kind: "macroCall", path: read.path, ...args });
  }

  /** The delimited tokens of a call or definition that stands as an item; behind parentheses there is a `;`. */
  #group(open: number): Group | undefined {
    const sign = this.#text[open] ?? "";
    const end = "([{".includes(sign) && sign !== "" ? endOfGroup(this.#text, open) : undefined;
    if (end === undefined) return undefined;
    const next = this.#reader.trivia(end);
    const hasSemicolon = this.#text[next] === ";";
    if (sign !== "{" && !hasSemicolon) return undefined;
    return { open, close: end - 1, end, isBraced: sign === "{", behind: hasSemicolon ? next + 1 : end };
  }

  #nameless({ start, item, attrs, visibility }: Prefix, end: number): ItemHead {
    const at = item - start;
    return {
      name: "",
      nameRange: { start: at, end: at },
      range: { start: at, end: end - start },
      attrs,
      visibility,
      text: this.#text.slice(start, end),
    };
  }

  /** An item of another form, by itself. */
  #parsed(begun: Prefix, end: number): Unit | undefined {
    const value = this.#whole(this.#text.slice(begun.start, end));
    if (value === undefined || value.kind === "error" || value.hasError || value.range.end !== end - begun.start) return undefined;
    return this.#placed(begun, end, value);
  }

  #placed({ start }: Prefix, end: number, value: RawItem): Unit {
    return { kind: "item", start, end, value };
  }
}
