/**
 * RustParser: text → units (items with their attributes) as plain nodes. The only owner of web-tree-sitter objects.
 *
 * Example: `#[repr(C)] struct A; mod m { struct B; }` gives a unit for `A` and a module with a unit for `B`.
 *
 * Invariants:
 * - parsing never fails; errors are marks on nodes.
 * - every Tree is deleted by the function that made it, or by `ParsedDocument.dispose`.
 * - a unit's value depends on its text alone, so it is taken over from the previous parse when the text is the same.
 */
import type { Point, Tree, TreeCursor } from "web-tree-sitter";
import { Edit, Language, Parser } from "web-tree-sitter";
import { parserInput } from "./parser-input.ts";
import type { SynNode } from "./syntax-node.ts";

export interface ParserWasm {
  readonly treeSitter: Uint8Array;
  readonly grammar: Uint8Array;
}

/** What a caller makes of each unit; `lower` is called only for text that `reuse` does not know. */
export interface UnitLowering<T> {
  readonly reuse: (text: string) => T | undefined;
  readonly lower: (unit: SourceUnit) => T;
}

/** An item with its outer attributes and doc comments; nodes are relative to `start` of the unit. */
export interface SourceUnit {
  readonly text: string;
  readonly attributes: readonly SynNode[];
  readonly node: SynNode;
}

/** A place in the file (UTF-16 offsets) and either a unit's value or a module with its own units. */
export type PlacedUnit<T> =
  | { readonly kind: "item"; readonly start: number; readonly end: number; readonly value: T }
  | {
      readonly kind: "module";
      readonly start: number;
      readonly end: number;
      /** The module's header (attributes, visibility, name), without its contents. */
      readonly value: T;
      readonly units: readonly PlacedUnit<T>[];
    };

/** Replaces `start..end` (UTF-16 offsets of the text before this edit) by `text`. */
export interface DocumentEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Anonymous tokens that carry no meaning of their own. */
const PUNCTUATION = new Set([",", ";", "(", ")", "[", "]", "{", "}", ":", "::", "<", ">", "->", "=>", "#", "|", "'"]);

/** Keywords whose item holds other items; met bare inside an ERROR node, what follows may belong to it. */
const OPENERS = new Set(["mod", "impl", "trait", "fn", "extern", "macro_rules!"]);

/** Nesting beyond this is not copied: the node is an error, whatever it holds is unknown. */
const MAX_DEPTH = 400;

export class RustParser {
  readonly #parser: Parser;
  #modulesOpen = 0;
  readonly #names: readonly string[];
  readonly #named: readonly boolean[];
  readonly #fields: readonly (string | null)[];

  private constructor(parser: Parser, language: Language) {
    this.#parser = parser;
    this.#names = Array.from({ length: language.nodeTypeCount }, (_, id) => language.nodeTypeForId(id) ?? "");
    this.#named = this.#names.map((_, id) => language.nodeTypeIsNamed(id));
    this.#fields = Array.from({ length: language.fieldCount + 1 }, (_, id) => language.fieldNameForId(id));
  }

  /** Loads the parser runtime and the Rust grammar. */
  static async load(wasm: ParserWasm): Promise<RustParser> {
    await Parser.init({ wasmBinary: wasm.treeSitter });
    const language = await Language.load(wasm.grammar);
    const parser = new Parser();
    parser.setLanguage(language);
    return new RustParser(parser, language);
  }

  /** Parses a closed file: the tree is gone when this returns. */
  parseFile<T>(text: string, lowering: UnitLowering<T>): readonly PlacedUnit<T>[] {
    const tree = this.#parse(text, undefined);
    try {
      return this.#units(tree, text, lowering);
    } finally {
      tree.delete();
    }
  }

  /**
   * Parses one piece of source (an item, a statement list) into a node, the root being `source_file`. Offsets are those in the
   * piece plus `offset`.
   */
  parseSnippet(text: string, offset = 0): SynNode {
    const tree = this.#parse(text, undefined);
    const cursor = tree.walk();
    try {
      return this.#copy(cursor, -offset, copyAll);
    } finally {
      cursor.delete();
      tree.delete();
    }
  }

  /** Opens a document whose tree is kept for incremental parsing. */
  open(text: string): ParsedDocument {
    return new ParsedDocument(this, text, this.#parse(text, undefined));
  }

  /** @internal for ParsedDocument */
  reparse(text: string, old: Tree): Tree {
    return this.#parse(text, old);
  }

  /** @internal for ParsedDocument */
  unitsOf<T>(tree: Tree, text: string, lowering: UnitLowering<T>): readonly PlacedUnit<T>[] {
    return this.#units(tree, text, lowering);
  }

  #parse(text: string, old: Tree | undefined): Tree {
    const tree = this.#parser.parse(parserInput(text), old ?? null);
    if (tree === null) throw new Error("the parser was cancelled");
    return tree;
  }

  #units<T>(tree: Tree, text: string, lowering: UnitLowering<T>): readonly PlacedUnit<T>[] {
    const cursor = tree.walk();
    try {
      return cursor.gotoFirstChild() ? this.#unitList(cursor, text, lowering) : [];
    } finally {
      cursor.delete();
    }
  }

  /** The units among the siblings from the cursor on; leaves the cursor on the last one. */
  #unitList<T>(cursor: TreeCursor, text: string, lowering: UnitLowering<T>): readonly PlacedUnit<T>[] {
    const out: PlacedUnit<T>[] = [];
    let unitStart = -1;
    let attributes: TreeCursor[] = [];
    do {
      const kind = this.#names[cursor.nodeTypeId] ?? "";
      if (kind === "line_comment" || kind === "block_comment" || PUNCTUATION.has(kind) || kind === "shebang") continue;
      if (kind === "ERROR") {
        out.push(...this.#rescued(cursor, text, lowering));
        unitStart = -1;
        continue;
      }
      if (unitStart < 0) unitStart = cursor.startIndex;
      if (kind === "attribute_item") {
        attributes.push(cursor.copy());
        continue;
      }
      out.push(this.#unit({ cursor, text, start: unitStart, attributes }, kind, lowering));
      for (const attribute of attributes) attribute.delete();
      attributes = [];
      unitStart = -1;
    } while (cursor.gotoNextSibling());
    for (const attribute of attributes) attribute.delete();
    return out;
  }

  /**
   * The items inside damaged text. Those behind an opening that was never closed (`mod m {`) may belong to it: they come as
   * damaged units.
   */
  #rescued<T>(cursor: TreeCursor, text: string, lowering: UnitLowering<T>): readonly PlacedUnit<T>[] {
    const damage: SynNode = {
      kind: "ERROR",
      field: undefined,
      start: 0,
      end: cursor.endIndex - cursor.startIndex,
      children: [],
      hasError: true,
    };
    const whole = text.slice(cursor.startIndex, cursor.endIndex);
    const value = lowering.lower({ text: whole, attributes: [], node: damage });
    const marker: PlacedUnit<T> = { kind: "item", start: cursor.startIndex, end: cursor.endIndex, value };
    if (!cursor.gotoFirstChild()) return [marker];
    const out: PlacedUnit<T>[] = [];
    do {
      const kind = this.#names[cursor.nodeTypeId] ?? "";
      if (OPENERS.has(kind)) break;
      if (!kind.endsWith("_item") || kind === "attribute_item") continue;
      out.push(this.#unit({ cursor, text, start: cursor.startIndex, attributes: [] }, kind, lowering));
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
    return [...out, marker];
  }

  #unit<T>(
    at: { readonly cursor: TreeCursor; readonly text: string; readonly start: number; readonly attributes: readonly TreeCursor[] },
    kind: string,
    lowering: UnitLowering<T>,
  ): PlacedUnit<T> {
    const { cursor, text, start } = at;
    const end = cursor.endIndex;
    const body = kind === "mod_item" ? this.#moduleBody(cursor) : undefined;
    const unitText = text.slice(start, body ?? end);
    const known = lowering.reuse(unitText);
    const value = known ?? lowering.lower(this.#sourceUnit(at, unitText, body !== undefined));
    if (body === undefined) return { kind: "item", start, end, value };
    return { kind: "module", start, end, value, units: this.#moduleUnits(cursor, text, lowering) };
  }

  #sourceUnit(
    at: { readonly cursor: TreeCursor; readonly start: number; readonly attributes: readonly TreeCursor[] },
    text: string,
    header: boolean,
  ): SourceUnit {
    const attributes = at.attributes.map((cursor) => this.#copy(cursor, at.start, copyAll));
    const node = this.#copy(at.cursor, at.start, header ? copyModuleHeader : copyItem(text));
    return { text, attributes, node };
  }

  /** Where the body of an inline module starts, or undefined for `mod name;`. */
  #moduleBody(cursor: TreeCursor): number | undefined {
    if (!cursor.gotoFirstChild()) return undefined;
    let start: number | undefined;
    do {
      if (this.#names[cursor.nodeTypeId] === "declaration_list") start = cursor.startIndex;
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
    return start;
  }

  #moduleUnits<T>(cursor: TreeCursor, text: string, lowering: UnitLowering<T>): readonly PlacedUnit<T>[] {
    let units: readonly PlacedUnit<T>[] = [];
    // What is written below so many modules is left out: the stack must not decide.
    if (this.#modulesOpen >= MAX_DEPTH || !cursor.gotoFirstChild()) return units;
    this.#modulesOpen += 1;
    do {
      if (this.#names[cursor.nodeTypeId] !== "declaration_list") continue;
      if (cursor.gotoFirstChild()) {
        units = this.#unitList(cursor, text, lowering);
        cursor.gotoParent();
      }
    } while (cursor.gotoNextSibling());
    this.#modulesOpen -= 1;
    cursor.gotoParent();
    return units;
  }

  #copy(cursor: TreeCursor, base: number, descend: Descend, depth = 0): SynNode {
    const id = cursor.nodeTypeId;
    const kind = this.#names[id] ?? "ERROR";
    const field = this.#fields[cursor.currentFieldId] ?? undefined;
    const start = cursor.startIndex - base;
    const end = cursor.endIndex - base;
    const children: SynNode[] = [];
    let hasError = kind === "ERROR" || kind === "" || depth > MAX_DEPTH || isMissing(cursor);
    if (depth <= MAX_DEPTH && descend(kind, start, end) && cursor.gotoFirstChild()) {
      const below = this.#copyChildren({ cursor, base, descend, depth: depth + 1 }, children);
      hasError ||= below;
      cursor.gotoParent();
    }
    return { kind: kind === "" ? "ERROR" : kind, field, start, end, children, hasError };
  }

  /** Copies the cursor's node and its siblings; answers whether one of them is damaged. */
  #copyChildren(
    at: { readonly cursor: TreeCursor; readonly base: number; readonly descend: Descend; readonly depth: number },
    children: SynNode[],
  ): boolean {
    const { cursor, base, descend, depth } = at;
    let hasError = false;
    do {
      if (this.#isPunctuation(cursor)) {
        hasError ||= isMissing(cursor);
        continue;
      }
      const node = this.#copy(cursor, base, descend, depth);
      hasError ||= node.hasError;
      children.push(node);
    } while (cursor.gotoNextSibling());
    return hasError;
  }

  #isPunctuation(cursor: TreeCursor): boolean {
    const id = cursor.nodeTypeId;
    return this.#named[id] === false && cursor.currentFieldId === 0 && PUNCTUATION.has(this.#names[id] ?? "");
  }
}

/** A token the parser had to make up: only empty nodes can be one. */
function isMissing(cursor: TreeCursor): boolean {
  return cursor.startIndex === cursor.endIndex && cursor.nodeIsMissing;
}

/** Whether the children of a node are copied, by kind and unit-relative range. */
type Descend = (kind: string, start: number, end: number) => boolean;

const copyAll: Descend = () => true;
const copyModuleHeader: Descend = (kind) => kind !== "declaration_list";

/** An item is copied without token trees, and without bodies of functions that hold no items. */
function copyItem(text: string): Descend {
  const itemWord = /\b(?:struct|enum|union|type|impl|const|static|use|macro_rules|macro|mod|trait|extern)\b|!\s*[{([]/;
  // A function ends where its body does; blocks elsewhere (array lengths, discriminants) are values that types need.
  const functionEnds = new Set<number>();
  return (kind, start, end) => {
    if (kind === "function_item") functionEnds.add(end);
    if (kind === "token_tree" || kind === "string_literal") return false;
    return kind !== "block" || !functionEnds.has(end) || itemWord.test(text.slice(start, end));
  };
}

/** An open document: text and tree move together; `dispose` frees the tree. */
export class ParsedDocument {
  readonly #parser: RustParser;
  #text: string;
  #tree: Tree;

  constructor(parser: RustParser, text: string, tree: Tree) {
    this.#parser = parser;
    this.#text = text;
    this.#tree = tree;
  }

  get text(): string {
    return this.#text;
  }

  /** Replaces parts of the text, in order; the parser re-uses what the edits left alone. */
  update(edits: readonly DocumentEdit[]): void {
    for (const edit of edits) {
      const next = this.#text.slice(0, edit.start) + edit.text + this.#text.slice(edit.end);
      const newEnd = edit.start + edit.text.length;
      this.#tree.edit(
        new Edit({
          startIndex: edit.start,
          oldEndIndex: edit.end,
          newEndIndex: newEnd,
          startPosition: pointAt(this.#text, edit.start),
          oldEndPosition: pointAt(this.#text, edit.end),
          newEndPosition: pointAt(next, newEnd),
        }),
      );
      this.#text = next;
    }
    const old = this.#tree;
    this.#tree = this.#parser.reparse(this.#text, old);
    old.delete();
  }

  /** The document's units. */
  units<T>(lowering: UnitLowering<T>): readonly PlacedUnit<T>[] {
    return this.#parser.unitsOf(this.#tree, this.#text, lowering);
  }

  dispose(): void {
    this.#tree.delete();
  }
}

function pointAt(text: string, offset: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    row += 1;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}
