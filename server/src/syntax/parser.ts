/**
 * RustParser: text → units (items with their attributes) or one plain node. Owns the parser of web-tree-sitter.
 *
 * Invariants:
 * - parsing never fails; errors are marks on nodes.
 * - every Tree is deleted by the function that made it, or by `ParsedDocument.dispose`.
 */
import type { Tree } from "web-tree-sitter";
import { Language, Parser } from "web-tree-sitter";
import type { DocumentParser, Opening } from "./parsed-document.ts";
import { ParsedDocument } from "./parsed-document.ts";
import { parsedText, parserInput } from "./parser-input.ts";
import type { TextPart } from "./skeleton.ts";
import { skeleton } from "./skeleton.ts";
import type { SynNode } from "./syntax-node.ts";
import { copyAll, TreeCopier } from "./tree-copier.ts";
import type { PlacedUnit, UnitLowering } from "./unit-walker.ts";
import { UnitWalker } from "./unit-walker.ts";

export interface ParserWasm {
  readonly treeSitter: Uint8Array;
  /** Asked for once, when something is parsed. */
  readonly grammar: () => Uint8Array<ArrayBuffer>;
}

/** What parses Rust: made when something is parsed first, as a start whose answers are kept parses nothing. */
interface RustGrammar {
  readonly language: Language;
  readonly parser: Parser;
  readonly copier: TreeCopier;
  readonly walker: UnitWalker;
}

export class RustParser implements DocumentParser {
  readonly #wasm: ParserWasm;
  #loaded: RustGrammar | undefined;
  /** Trees of texts with blanks behind what is not closed. */
  readonly #ofBlanks = new WeakSet<Tree>();

  private constructor(wasm: ParserWasm) {
    this.#wasm = wasm;
  }

  /** Loads the parser runtime; the Rust grammar follows with the first text. */
  static async load(wasm: ParserWasm): Promise<RustParser> {
    await Parser.init({ wasmBinary: wasm.treeSitter });
    return new RustParser(wasm);
  }

  get walker(): UnitWalker {
    return this.#grammar.walker;
  }

  get #grammar(): RustGrammar {
    this.#loaded ??= loadGrammar(this.#wasm);
    return this.#loaded;
  }

  /** Parses a text with all that stands in its items: the tree is gone when this returns. */
  parseFile<T>(text: string, lowering: UnitLowering<T>): readonly PlacedUnit<T>[] {
    const tree = this.parse(text, undefined);
    try {
      return this.walker.units(tree, text, lowering);
    } finally {
      tree.delete();
    }
  }

  /**
   * Parses which items a text has: fields, parameters, bodies and the like are not in the nodes of the units, which are marked
   * (`isSkeleton`). A damaged text is parsed whole.
   */
  parseDeclarations<T>(text: string, lowering: UnitLowering<T>): readonly PlacedUnit<T>[] {
    const parts = skeleton(text);
    if (parts === undefined) return this.parseFile(text, lowering);
    const tree = this.parse(emptied(text, parts), undefined);
    try {
      if (!tree.rootNode.hasError) return this.walker.units(tree, text, lowering, { headsBelow: Number.POSITIVE_INFINITY });
    } finally {
      tree.delete();
    }
    return this.parseFile(text, lowering);
  }

  /**
   * Parses one piece of source (an item, a statement list) into a node, the root being `source_file`. Offsets are those in the
   * piece plus `offset`.
   */
  parseSnippet(text: string, offset = 0): SynNode {
    const tree = this.parse(text, undefined);
    const cursor = tree.walk();
    try {
      return this.#grammar.copier.copy(cursor, -offset, copyAll, !tree.rootNode.hasError);
    } finally {
      cursor.delete();
      tree.delete();
    }
  }

  /** Opens a document whose tree is kept for incremental parsing. */
  open<T>(text: string, lowering: UnitLowering<T>, opening: Opening<T> = {}): ParsedDocument<T> {
    return new ParsedDocument(this, text, lowering, opening);
  }

  /** @internal The tree of a text, which the caller deletes; `old` is the tree before the edits that were told to it. */
  parse(text: string, old: Tree | undefined): Tree {
    const parsed = parsedText(text);
    // A tree of another text than the document's tells nothing about the next one.
    const known = old === undefined || this.#ofBlanks.has(old) || parsed !== text ? null : old;
    const tree = this.#grammar.parser.parse(parserInput(parsed), known);
    if (tree === null) throw new Error("the parser was cancelled");
    if (parsed !== text) this.#ofBlanks.add(tree);
    return tree;
  }

  /** @internal The same in steps, by a parser of its own. */
  *parseInSteps(text: string): Generator<undefined, Tree | undefined> {
    const parser = new Parser();
    parser.setLanguage(this.#grammar.language);
    const parsed = parsedText(text);
    try {
      for (;;) {
        let looks = 0;
        const tree = parser.parse(parserInput(parsed), null, { progressCallback: () => ++looks > LOOKS_PER_STEP });
        if (tree !== null && parsed !== text) this.#ofBlanks.add(tree);
        if (tree !== null) return tree;
        yield;
      }
    } finally {
      parser.delete();
    }
  }
}

function loadGrammar({ grammar }: ParserWasm): RustGrammar {
  const language = Language.loadSync(new WebAssembly.Module(grammar()));
  const parser = new Parser();
  parser.setLanguage(language);
  const copier = new TreeCopier(language);
  return { language, parser, copier, walker: new UnitWalker(copier) };
}

/** tree-sitter asks every hundred operations whether it is to go on; so many times are some milliseconds. */
const LOOKS_PER_STEP = 100;

/**
 * A text with blanks in place of what is between its parts: offsets stay. Blanks are read at once, where each of a list of ranges to
 * read makes all of its reading slower.
 */
function emptied(text: string, parts: readonly TextPart[]): string {
  let out = "";
  let end = 0;
  for (const part of parts) {
    out += " ".repeat(part.start - end) + text.slice(part.start, part.end);
    end = part.end;
  }
  return out + " ".repeat(text.length - end);
}
