/**
 * ParsedDocument: an open document whose tree is kept for incremental parsing; text, tree and units move together.
 *
 * A text whose units can be read without a tree gets one by `parseAhead`, when all of it is walked, or at an edit, where the
 * opening says so; edits before that read it again.
 *
 * Invariants: `dispose` frees the tree. After an edit, units outside the changed syntax are the ones from before (moved). Where a text is
 * damaged the units are read without the tree, if they can be, so that they do not depend on the edits that led there.
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
  /** The same without an old tree, in steps between which others parse. */
  parseInSteps(text: string): Generator<undefined, Tree | undefined>;
}

/** Goes through all units of a document's tree; through none when it was closed. */
export type TreeWalk<T> = (lowering: UnitLowering<T>) => void;

/** How a document is opened. */
export interface Opening<T> {
  /** Of items with shorter texts only the heads are copied. */
  readonly headsBelow?: number;
  /** The units of a text without a tree; undefined where it has to be parsed. `walk` goes through the document's tree, when it is asked to. */
  readonly read?: (text: string, walk: TreeWalk<T>) => readonly PlacedUnit<T>[] | undefined;
  /** Whether an edit that finds no tree makes one, so that the next ones need not read the text again. */
  readonly parsesAtEdit?: boolean;
}

export class ParsedDocument<T> {
  readonly #parser: DocumentParser;
  readonly #lowering: UnitLowering<T>;
  readonly #opening: Opening<T>;
  #text: string;
  /** Undefined as long as nothing needs it. */
  #tree: Tree | undefined;
  #parsing: Generator<undefined, Tree | undefined> | undefined;
  #units: readonly PlacedUnit<T>[];
  /** The units were read without a tree; where nothing is damaged that is the same. */
  #isRead = false;
  #isDisposed = false;
  #lines: Checkpoint = { offset: 0, row: 0, lineStart: 0 };

  constructor(parser: DocumentParser, text: string, lowering: UnitLowering<T>, opening: Opening<T> = {}) {
    this.#parser = parser;
    this.#lowering = lowering;
    this.#text = text;
    this.#opening = opening;
    this.#units = this.#allUnits();
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
    if (old === undefined) {
      this.#stopParsing();
      this.#units = this.#allUnits();
      if (this.#opening.parsesAtEdit === true) this.#tree ??= this.#parser.parse(this.#text, undefined);
      return;
    }
    this.#tree = this.#parser.parse(this.#text, old);
    for (const range of old.getChangedRanges(this.#tree)) change = coverRange(change, range.startIndex, range.endIndex);
    const isDamaged = old.rootNode.hasError || this.#tree.rootNode.hasError;
    old.delete();
    this.#units = (isDamaged ? this.#read() : undefined) ?? this.#walkChange(this.#tree, change, isDamaged);
  }

  /** The units of a tree, which are looked for around the change if those before were the units of a tree, too. */
  #walkChange(tree: Tree, change: TextChange, isDamaged: boolean): readonly PlacedUnit<T>[] {
    const former = isDamaged && this.#isRead ? undefined : { units: this.#units, change };
    if (former === undefined) this.#isRead = false;
    return this.#parser.walker.units(tree, this.#text, this.#lowering, { former });
  }

  /** Parses what edits need, if that is not there, in steps. */
  *parseAhead(): Generator<undefined, void> {
    while (this.#tree === undefined && !this.#isDisposed) {
      this.#parsing ??= this.#parser.parseInSteps(this.#text);
      const step = this.#parsing.next();
      if (step.done === true) {
        this.#parsing = undefined;
        this.#tree = step.value;
      } else yield;
    }
  }

  /** Walks all of the text, with a tree. */
  #walk(lowering: UnitLowering<T>): void {
    if (this.#isDisposed) return;
    this.#stopParsing();
    this.#tree ??= this.#parser.parse(this.#text, undefined);
    this.#parser.walker.units(this.#tree, this.#text, lowering);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stopParsing();
    this.#tree?.delete();
  }

  #stopParsing(): void {
    this.#parsing?.return(undefined);
    this.#parsing = undefined;
  }

  /** The units of the text without those before: read, or of its tree, which is then there. */
  #allUnits(): readonly PlacedUnit<T>[] {
    const units = this.#read();
    if (units !== undefined) return units;
    this.#isRead = false;
    this.#tree ??= this.#parser.parse(this.#text, undefined);
    return this.#parser.walker.units(this.#tree, this.#text, this.#lowering, { headsBelow: this.#opening.headsBelow ?? 0 });
  }

  #read(): readonly PlacedUnit<T>[] | undefined {
    const units = this.#opening.read?.(this.#text, (lowering) => this.#walk(lowering));
    if (units !== undefined) this.#isRead = true;
    return units;
  }

  #apply({ start, end, text }: DocumentEdit): TextChange {
    const startPosition = this.#pointAt(start);
    this.#tree?.edit(
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
