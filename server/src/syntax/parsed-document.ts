/**
 * ParsedDocument: an open document whose tree is kept for incremental parsing; text, tree and units move together.
 *
 * Invariants: `dispose` frees the tree. After an edit, units outside the changed syntax are the ones from before (moved).
 */
import type { Point, Tree } from "web-tree-sitter";
import { Edit } from "web-tree-sitter";
import type { DocumentEdit, TextChange } from "./text-change.ts";
import { coverRange, mergeChanges, trimEdit } from "./text-change.ts";
import type { PlacedUnit, UnitLowering, UnitWalker } from "./unit-walker.ts";

/** What a document needs of the parser. */
export interface DocumentParser {
  readonly walker: UnitWalker;
  parse(text: string, old: Tree | undefined): Tree;
}

export class ParsedDocument<T> {
  readonly #parser: DocumentParser;
  readonly #lowering: UnitLowering<T>;
  #text: string;
  #tree: Tree;
  #units: readonly PlacedUnit<T>[];
  #lines: Checkpoint = { offset: 0, row: 0, lineStart: 0 };

  /** Of the items the text opens with, those with shorter texts than `headsBelow`, only the heads are copied. */
  constructor(parser: DocumentParser, text: string, lowering: UnitLowering<T>, headsBelow = 0) {
    this.#parser = parser;
    this.#lowering = lowering;
    this.#text = text;
    this.#tree = parser.parse(text, undefined);
    this.#units = parser.walker.units(this.#tree, text, lowering, { headsBelow });
  }

  get text(): string {
    return this.#text;
  }

  /** The document's units. */
  get units(): readonly PlacedUnit<T>[] {
    return this.#units;
  }

  /** Replaces parts of the text, in order; parser and units re-use what the edits left alone. */
  update(edits: readonly DocumentEdit[]): void {
    let change: TextChange | undefined;
    for (const edit of edits) change = mergeChanges(change, this.#apply(trimEdit(this.#text, edit)));
    if (change === undefined) return;
    const old = this.#tree;
    this.#tree = this.#parser.parse(this.#text, old);
    for (const range of old.getChangedRanges(this.#tree)) change = coverRange(change, range.startIndex, range.endIndex);
    old.delete();
    this.#units = this.#parser.walker.units(this.#tree, this.#text, this.#lowering, { former: { units: this.#units, change } });
  }

  dispose(): void {
    this.#tree.delete();
  }

  #apply({ start, end, text }: DocumentEdit): TextChange {
    const startPosition = this.#pointAt(start);
    this.#tree.edit(
      new Edit({
        startIndex: start,
        oldEndIndex: end,
        newEndIndex: start + text.length,
        startPosition,
        oldEndPosition: pointBehind(startPosition, this.#text.slice(start, end)),
        newEndPosition: pointBehind(startPosition, text),
      }),
    );
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
    return { start, oldEnd: end, newEnd: start + text.length };
  }

  /** Counts lines from the last edit on, if that was in front of this one. */
  #pointAt(offset: number): Point {
    let { row, lineStart } = this.#lines.offset <= offset ? this.#lines : { row: 0, lineStart: 0 };
    for (let at = this.#text.indexOf("\n", lineStart); at >= 0 && at < offset; at = this.#text.indexOf("\n", lineStart)) {
      row += 1;
      lineStart = at + 1;
    }
    this.#lines = { offset, row, lineStart };
    return { row, column: offset - lineStart };
  }
}

/** An offset whose line is known; text in front of it has not changed since. */
interface Checkpoint {
  readonly offset: number;
  readonly row: number;
  readonly lineStart: number;
}

function pointBehind(start: Point, text: string): Point {
  const lastBreak = text.lastIndexOf("\n");
  if (lastBreak < 0) return { row: start.row, column: start.column + text.length };
  return { row: start.row + text.split("\n").length - 1, column: text.length - lastBreak - 1 };
}
