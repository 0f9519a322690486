/**
 * UnitWalker: a tree → its units (items with their attributes), each placed in the file.
 *
 * Example: `#[repr(C)] struct A; mod m { struct B; }` gives a unit for `A` and a module with a unit for `B`.
 *
 * Invariants:
 * - the value of a unit without damage depends on its text alone; where damage ends, and what it hides, the text around decides.
 * - after an edit only the units around the change are walked; those in front of it are taken over as they are, those behind it
 *   are moved. One unit on each side of the change is walked too, since attributes and comments bind neighbours.
 * - units stand in the order of their starts; an ERROR node's own unit comes before those that were rescued from it.
 */
import type { Tree, TreeCursor } from "web-tree-sitter";
import type { SynNode } from "./syntax-node.ts";
import type { TextChange } from "./text-change.ts";
import type { TreeCopier } from "./tree-copier.ts";
import { copyAttribute, copyItem, copyModuleHeader, copySkeleton, MAX_DEPTH, PUNCTUATION } from "./tree-copier.ts";

/** What a caller makes of each unit; `lower` is called only for damaged units and for text that `reuse` does not know. */
export interface UnitLowering<T> {
  readonly reuse: (text: string) => T | undefined;
  readonly lower: (unit: SourceUnit) => T;
}

/** An item with its outer attributes and doc comments; nodes are relative to `start` of the unit. */
export interface SourceUnit {
  readonly text: string;
  readonly attributes: readonly SynNode[];
  readonly node: SynNode;
  /** Something in it, or in what it holds, is not as Rust's grammar wants it. */
  readonly isDamaged: boolean;
  /** Its node is no more than a head: fields, parameters, bodies and the like are in the text only. */
  readonly isSkeleton: boolean;
}

/** A place in the file (UTF-16 offsets) and either a unit's value or a module with its own units. */
export type PlacedUnit<T> = { readonly kind: "item"; readonly start: number; readonly end: number; readonly value: T } | PlacedModule<T>;

interface PlacedModule<T> {
  readonly kind: "module";
  readonly start: number;
  readonly end: number;
  /** The module's header (attributes, visibility, name), without its contents. */
  readonly value: T;
  readonly units: readonly PlacedUnit<T>[];
}

/** The units of the text before an edit, and where it and the syntax around it changed. */
export interface FormerUnits<T> {
  readonly units: readonly PlacedUnit<T>[];
  readonly change: TextChange;
}

/** How a tree came about. */
export interface TreeOrigin<T> {
  /** The units of the text before, if the tree is that of an edited text. */
  readonly former?: FormerUnits<T> | undefined;
  /** Of items whose text is shorter (UTF-16 units) only the heads are copied: the rest was not parsed, or is left for later. */
  readonly headsBelow?: number;
}

interface Walk<T> {
  readonly cursor: TreeCursor;
  readonly text: string;
  readonly lowering: UnitLowering<T>;
  readonly change: TextChange | undefined;
  /** There is damage somewhere in the tree. */
  readonly hasDamage: boolean;
  readonly headsBelow: number;
}

/** A unit of which only attributes were met. */
interface BegunUnit {
  /** -1 where none was. */
  start: number;
  attributes: TreeCursor[];
}

function release(begun: BegunUnit): void {
  for (const attribute of begun.attributes) attribute.delete();
  begun.attributes = [];
  begun.start = -1;
}

/** A doc attribute, which is no more than a comment; spaces in it are rarely many. */
const DOC = /^#\s*\[\s*doc\b/;
const LONGEST_DOC = 24;

/** Keywords whose item holds other items; met bare inside an ERROR node, what follows may belong to it. */
const OPENERS = new Set(["mod", "impl", "trait", "fn", "extern", "macro_rules!"]);

export class UnitWalker {
  readonly #copier: TreeCopier;
  #modulesOpen = 0;

  constructor(copier: TreeCopier) {
    this.#copier = copier;
  }

  /** The units of a tree of `text`; with the units of the text before, only what changed is walked. */
  units<T>(tree: Tree, text: string, lowering: UnitLowering<T>, origin: TreeOrigin<T> = {}): readonly PlacedUnit<T>[] {
    const { former, headsBelow = 0 } = origin;
    const cursor = tree.walk();
    try {
      return this.#list({ cursor, text, lowering, change: former?.change, hasDamage: tree.rootNode.hasError, headsBelow }, former?.units);
    } finally {
      cursor.delete();
    }
  }

  /** The units among the children of the cursor's node, on which the cursor is left. */
  #list<T>(walk: Walk<T>, former: readonly PlacedUnit<T>[] | undefined): readonly PlacedUnit<T>[] {
    const { cursor } = walk;
    const reuse = new ListReuse(walk.change, former ?? []);
    const out = reuse.enter(cursor);
    if (out === undefined) return [];
    const begun: BegunUnit = { start: -1, attributes: [] };
    do {
      const tail = begun.start < 0 && walk.change !== undefined ? reuse.tailAt(cursor.startIndex) : undefined;
      out.push(...(tail ?? this.#visit(walk, begun, reuse)));
      if (tail !== undefined) break;
    } while (cursor.gotoNextSibling());
    release(begun);
    cursor.gotoParent();
    return out;
  }

  /** The units that the cursor's node completes. */
  #visit<T>(walk: Walk<T>, begun: BegunUnit, reuse: ListReuse<T>): readonly PlacedUnit<T>[] {
    const { cursor } = walk;
    const kind = this.#copier.kindAt(cursor);
    if (kind === "line_comment" || kind === "block_comment" || PUNCTUATION.has(kind) || kind === "shebang") return [];
    if (kind === "attribute_item" && DOC.test(walk.text.slice(cursor.startIndex, cursor.startIndex + LONGEST_DOC))) return [];
    // An attribute in front of damage binds what follows: the damage is part of that unit's text.
    if (kind === "ERROR") return this.#rescued(walk);
    if (begun.start < 0) begun.start = cursor.startIndex;
    if (kind === "attribute_item") {
      begun.attributes.push(cursor.copy());
      return [];
    }
    const { start, attributes } = begun;
    const unit = this.#unit(walk, { start, attributes, kind, former: reuse.moduleAt(start) });
    release(begun);
    return [unit];
  }

  /**
   * The items inside damaged text. Those behind an opening that was never closed (`mod m {`) may belong to it: they come as
   * damaged units.
   */
  #rescued<T>(walk: Walk<T>): readonly PlacedUnit<T>[] {
    const { cursor, text, lowering } = walk;
    const damage: SynNode = {
      kind: "ERROR",
      field: undefined,
      start: 0,
      end: cursor.endIndex - cursor.startIndex,
      children: [],
      hasError: true,
    };
    const whole = text.slice(cursor.startIndex, cursor.endIndex);
    const value = lowering.lower({ text: whole, attributes: [], node: damage, isDamaged: true, isSkeleton: false });
    const out: PlacedUnit<T>[] = [{ kind: "item", start: cursor.startIndex, end: cursor.endIndex, value }];
    if (!cursor.gotoFirstChild()) return out;
    do {
      const kind = this.#copier.kindAt(cursor);
      if (OPENERS.has(kind)) break;
      if (!kind.endsWith("_item") || kind === "attribute_item") continue;
      out.push(this.#unit(walk, { start: cursor.startIndex, attributes: [], kind, former: undefined }));
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
    return out;
  }

  #unit<T>(
    walk: Walk<T>,
    at: {
      readonly start: number;
      readonly attributes: readonly TreeCursor[];
      readonly kind: string;
      readonly former: readonly PlacedUnit<T>[] | undefined;
    },
  ): PlacedUnit<T> {
    const { cursor, text, lowering } = walk;
    const { start, attributes } = at;
    const end = cursor.endIndex;
    const body = at.kind === "mod_item" ? this.#moduleBody(cursor) : undefined;
    const unitText = text.slice(start, body ?? end);
    const isDamaged = walk.hasDamage && [cursor, ...attributes].some((part) => part.currentNode.hasError);
    const known = isDamaged ? undefined : lowering.reuse(unitText);
    const source = { start, attributes, text: unitText, header: body !== undefined, isDamaged };
    const value = known ?? lowering.lower(this.#sourceUnit(walk, source));
    if (body === undefined) return { kind: "item", start, end, value };
    return { kind: "module", start, end, value, units: this.#moduleUnits(walk, at.former) };
  }

  #sourceUnit<T>(
    { cursor, change, headsBelow, hasDamage }: Walk<T>,
    at: Pick<SourceUnit, "text" | "isDamaged"> & {
      readonly start: number;
      readonly attributes: readonly TreeCursor[];
      readonly header: boolean;
    },
  ): SourceUnit {
    const attributes = at.attributes.map((attribute) => this.#copier.copy(attribute, at.start, copyAttribute, !hasDamage));
    const text = change === undefined ? at.text : detached(at.text);
    const isHead = at.text.length < headsBelow && !at.isDamaged;
    const descend = isHead ? copySkeleton(this.#copier.kindAt(cursor)) : copyItem(text);
    const node = this.#copier.copy(cursor, at.start, at.header ? copyModuleHeader : descend, !hasDamage);
    return { text, attributes, node, isDamaged: at.isDamaged, isSkeleton: isHead };
  }

  /** Where the body of an inline module starts, or undefined for `mod name;`. */
  #moduleBody(cursor: TreeCursor): number | undefined {
    if (!cursor.gotoFirstChild()) return undefined;
    let start: number | undefined;
    do {
      if (this.#copier.kindAt(cursor) === "declaration_list") start = cursor.startIndex;
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
    return start;
  }

  #moduleUnits<T>(walk: Walk<T>, former: readonly PlacedUnit<T>[] | undefined): readonly PlacedUnit<T>[] {
    const { cursor } = walk;
    let units: readonly PlacedUnit<T>[] = [];
    // What is written below so many modules is left out: the stack must not decide.
    if (this.#modulesOpen >= MAX_DEPTH) return [cutOff(walk)];
    if (!cursor.gotoFirstChild()) return units;
    this.#modulesOpen += 1;
    do {
      if (this.#copier.kindAt(cursor) === "declaration_list") units = this.#list(walk, former);
    } while (cursor.gotoNextSibling());
    this.#modulesOpen -= 1;
    cursor.gotoParent();
    return units;
  }
}

/** What stands for the contents of a module that is nested too deeply. */
function cutOff<T>({ cursor, text, lowering }: Walk<T>): PlacedUnit<T> {
  const { startIndex: start, endIndex: end } = cursor;
  const node: SynNode = { kind: "ERROR", field: undefined, start: 0, end: end - start, children: [], hasError: true, isTooDeep: true };
  const value = lowering.lower({ text: text.slice(start, end), attributes: [], node, isDamaged: true, isSkeleton: false });
  return { kind: "item", start, end, value };
}

/** Which units of one list are taken over. */
class ListReuse<T> {
  readonly #change: TextChange;
  readonly #units: readonly PlacedUnit<T>[];
  /** The first unit behind the change that may be taken over. */
  #tail: number;
  /** The first unit that may be the module the change is in. */
  #near = 0;

  constructor(change: TextChange | undefined, units: readonly PlacedUnit<T>[]) {
    this.#units = change === undefined ? [] : units;
    this.#change = change ?? { start: 0, oldEnd: 0, newEnd: 0 };
    this.#tail = this.#units.findIndex((unit) => unit.start > this.#change.oldEnd);
    this.#tail = this.#tail < 0 ? this.#units.length : this.#tail + 1;
  }

  /** Moves the cursor from a node to its first child to be walked; the units in front of it, or undefined if there is no child. */
  enter(cursor: TreeCursor): PlacedUnit<T>[] | undefined {
    const changed = this.#units.findIndex((unit) => unit.end >= this.#change.start);
    const before = this.#units[(changed < 0 ? this.#units.length : changed) - 2];
    if (before === undefined || !enterBehind(cursor, before.end)) return cursor.gotoFirstChild() ? [] : undefined;
    const start = cursor.startIndex;
    const kept = this.#units.findIndex((unit) => unit.end > start || unit.end > before.end);
    this.#near = kept < 0 ? this.#units.length : kept;
    return this.#units.slice(0, this.#near);
  }

  /** The units behind the change, moved, if an offset of the new text is where they start. */
  tailAt(offset: number): readonly PlacedUnit<T>[] | undefined {
    const { oldEnd, newEnd } = this.#change;
    if (offset <= newEnd) return undefined;
    const by = newEnd - oldEnd;
    while ((this.#units[this.#tail]?.start ?? Number.POSITIVE_INFINITY) < offset - by) this.#tail += 1;
    if (this.#units[this.#tail]?.start !== offset - by) return undefined;
    const tail = this.#units.slice(this.#tail);
    return by === 0 ? tail : tail.map((unit) => moved(unit, by));
  }

  /** The former units of the module that starts at an offset, if the change is inside it. */
  moduleAt(offset: number): readonly PlacedUnit<T>[] | undefined {
    const { start, oldEnd } = this.#change;
    if (offset >= start) return undefined;
    while ((this.#units[this.#near]?.start ?? Number.POSITIVE_INFINITY) < offset) this.#near += 1;
    const unit = this.#units[this.#near];
    return unit?.kind === "module" && unit.start === offset && unit.end >= oldEnd ? unit.units : undefined;
  }
}

/**
 * Moves to the first child that ends behind an offset, if there is one; the cursor stays otherwise. By halves over the descendants,
 * since web-tree-sitter 0.27 hands the offset of `gotoFirstChildForIndex` over at the wrong address.
 */
function enterBehind(cursor: TreeCursor, offset: number): boolean {
  const depth = cursor.currentDepth;
  const parent = cursor.currentDescendantIndex;
  let found = parent;
  let low = parent + 1;
  let high = parent + cursor.currentNode.descendantCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    cursor.gotoDescendant(middle);
    while (cursor.currentDepth > depth + 1) cursor.gotoParent();
    if (cursor.endIndex > offset) {
      found = cursor.currentDescendantIndex;
      high = found;
    } else low = middle + 1;
  }
  cursor.gotoDescendant(found);
  return found !== parent;
}

function moved<T>(unit: PlacedUnit<T>, by: number): PlacedUnit<T> {
  const place = { start: unit.start + by, end: unit.end + by, value: unit.value };
  if (unit.kind === "item") return { kind: "item", ...place };
  return { kind: "module", ...place, units: unit.units.map((inner) => moved(inner, by)) };
}

/** The same text with memory of its own: a slice would keep the whole text it was cut from, one for every edit. */
function detached(text: string): string {
  return `\0${text}`.slice(1);
}
