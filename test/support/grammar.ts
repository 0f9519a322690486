/**
 * The grammar alone: source text → its tree as an S-expression and the places of its errors. For tests of the grammar itself; everything
 * else goes through `RustParser`.
 *
 * Example: `const X: u8 = 1;` is `(source_file (const_item name: (identifier) type: (primitive_type) value: (integer_literal)))`.
 */
import { readFileSync } from "node:fs";
import type { Tree, TreeCursor } from "web-tree-sitter";
import { Edit, Language, Parser } from "web-tree-sitter";
import { parserInput } from "../../server/src/syntax/parser-input.ts";

/** `start..end` (UTF-16 offsets) gives way to `inserted`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly inserted: string;
}

export interface Grammar {
  /** The tree's named nodes with their fields, on one line. */
  readonly expression: (source: string) => string;
  /** The text from each error or missing token on (40 UTF-16 units); empty if the source parses. */
  readonly errors: (source: string) => readonly string[];
  /** The tree of the replaced text, made from the old tree. */
  readonly expressionAfterEdit: (
    source: string,
    edit: { readonly start: number; readonly end: number; readonly inserted: string },
  ) => string;
}

let loading: Promise<Grammar> | undefined;

/** The one grammar of a test process. Tests run from the repository's root. */
export function rustGrammar(): Promise<Grammar> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Grammar> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync("grammars/tree-sitter-rust.wasm")));
  return {
    expression: (source) => withTree(parse(parser, source), (tree) => tree.rootNode.toString()),
    errors: (source) => withTree(parse(parser, source), (tree) => errorsIn(tree, source)),
    expressionAfterEdit: (source, replacement) =>
      withTree(parse(parser, source), (old) => {
        const text = source.slice(0, replacement.start) + replacement.inserted + source.slice(replacement.end);
        old.edit(editOf(source, text, replacement));
        return withTree(parse(parser, text, old), (tree) => tree.rootNode.toString());
      }),
  };
}

function parse(parser: Parser, source: string, old?: Tree): Tree {
  const tree = parser.parse(parserInput(source), old);
  if (tree === null) {
    throw new Error("parsing was cancelled");
  }
  return tree;
}

function withTree<T>(tree: Tree, use: (tree: Tree) => T): T {
  try {
    return use(tree);
  } finally {
    tree.delete();
  }
}

function errorsIn(tree: Tree, source: string): readonly string[] {
  const cursor = tree.walk();
  const errors: string[] = [];
  do {
    const node = cursor.currentNode;
    if (node.isError || node.isMissing) {
      errors.push(source.slice(node.startIndex, node.startIndex + 40));
    }
  } while (advance(cursor));
  cursor.delete();
  return errors;
}

/** To the next node in the order of the text that has an error in it or is one; false at the end. */
function advance(cursor: TreeCursor): boolean {
  if (cursor.currentNode.hasError && cursor.gotoFirstChild()) {
    return true;
  }
  while (!cursor.gotoNextSibling()) {
    if (!cursor.gotoParent()) {
      return false;
    }
  }
  return true;
}

function editOf(source: string, text: string, { start, end, inserted }: Replacement): Edit {
  const newEnd = start + inserted.length;
  return new Edit({
    startIndex: start,
    oldEndIndex: end,
    newEndIndex: newEnd,
    startPosition: pointAt(source, start),
    oldEndPosition: pointAt(source, end),
    newEndPosition: pointAt(text, newEnd),
  });
}

function pointAt(text: string, offset: number): { readonly row: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { row: before.length - 1, column: before.at(-1)?.length ?? 0 };
}
