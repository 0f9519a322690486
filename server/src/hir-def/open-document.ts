/**
 * OpenDocument: a document that is open in the editor: its text, its units where they stand now, and its items as name resolution
 * sees them.
 *
 * Invariants: an item keeps its identity as long as its text is the same. Where an edit changed nothing but bodies of functions
 * that no type can need, the items are the very same list as before (their texts may be older than the document's, what they
 * declare is not); the units are always those of the text.
 */
import type { Steps } from "../base/resumed.ts";
import type { QueryRuntime } from "../db/query-runtime.ts";
import type { ParsedDocument, TreeWalk } from "../syntax/parsed-document.ts";
import type { RustParser } from "../syntax/parser.ts";
import type { DocumentEdit } from "../syntax/text-change.ts";
import type { PlacedUnit, SourceUnit } from "../syntax/unit-walker.ts";
import { isSameDeclaration } from "./declared-alike.ts";
import type { LowerWhole } from "./deferred-item.ts";
import { lowerDeferred } from "./deferred-item.ts";
import type { ItemList, ItemNode } from "./item-list.ts";
import { sameList } from "./item-list.ts";
import type { RawItem } from "./item-tree.ts";
import { readHeads } from "./read-heads.ts";
import { readItem } from "./read-item.ts";
import { WholeItems } from "./whole-items.ts";

type Units = readonly PlacedUnit<RawItem>[];

/** Items of longer texts (UTF-16 units) are read one by one: all at once would be a long wait. */
const LARGE = 500_000;
/** An item of so many UTF-16 units is large: where such items are most of a text it is not parsed twice. */
const LARGE_ITEM = 100_000;

/** Texts of items that are gone are forgotten when there are so many more than items. */
const MAX_FORGOTTEN = 1000;

export class OpenDocument {
  readonly #runtime: QueryRuntime;
  readonly #parsed: ParsedDocument<RawItem>;
  #byText = new Map<string, RawItem>();
  /** The item that stands for a later one that declares the same. */
  readonly #standIns = new WeakMap<RawItem, RawItem>();
  #items: ItemList;
  readonly #parseItem: LowerWhole;
  readonly #whole: LowerWhole;

  /** `parseItem` parses one item. */
  constructor(runtime: QueryRuntime, parser: RustParser, text: string, parseItem: LowerWhole) {
    this.#runtime = runtime;
    this.#parseItem = parseItem;
    this.#whole = (item) => readItem(item) ?? parseItem(item);
    const lowering = { reuse: (unitText: string) => this.#byText.get(unitText), lower: (unit: SourceUnit) => this.#lower(unit) };
    const isLarge = text.length > LARGE;
    this.#parsed = parser.open(text, lowering, {
      headsBelow: isLarge ? LARGE_ITEM : 0,
      read: (given, walk) => this.#read(given, walk),
      // Who types on and on leaves no moment to parse ahead.
      parsesAtEdit: !isLarge,
    });
    this.#items = this.#list(this.units, [], []);
  }

  get text(): string {
    return this.#parsed.text;
  }

  /** The items and where they stand (UTF-16 offsets). */
  get units(): Units {
    return this.#parsed.units;
  }

  /** The items; the same list as before where an edit left all declarations alone. */
  get items(): ItemList {
    return this.#items;
  }

  edit(edits: readonly DocumentEdit[]): void {
    const before = this.units;
    this.#parsed.update(edits);
    const items = this.#list(this.units, before, this.#items);
    if (!sameList(items, this.#items)) this.#items = items;
    this.#forget();
  }

  /** Parses what the next edit needs, in steps. */
  parseAhead(): Steps<void> {
    return this.#parsed.parseAhead();
  }

  dispose(): void {
    this.#parsed.dispose();
  }

  /** The units of a text that plainly has items. */
  #read(text: string, walk: TreeWalk<RawItem>): Units | undefined {
    const whole = new WholeItems(this.#parseItem, walk, text.length > LARGE ? Number.POSITIVE_INFINITY : text.length);
    const units = readHeads(text, whole.read);
    if (units === undefined) return undefined;
    // An item that is most of its text is not parsed by itself, and once more with the text.
    if (inLargeItems(units) > text.length / 2) whole.readAll();
    return this.#withKnown(units);
  }

  /** The units with the items of texts that are known already. */
  #withKnown(units: Units): Units {
    return units.map((unit) => {
      const known = this.#byText.get(unit.value.text);
      const value = known?.kind === unit.value.kind ? known : unit.value;
      if (known === undefined) this.#byText.set(value.text, value);
      if (unit.kind === "module") return { ...unit, value, units: this.#withKnown(unit.units) };
      return known === undefined ? unit : { ...unit, value };
    });
  }

  #lower(unit: SourceUnit): RawItem {
    this.#runtime.countWork("lowerItem");
    const raw = lowerDeferred(unit, this.#whole);
    if (!unit.isDamaged) this.#byText.set(unit.text, raw);
    return raw;
  }

  /** Units as items; `before`, `items`: the units and items of the same place before the edit. Both ends are taken over as they are. */
  #list(units: Units, before: Units, items: ItemList): ItemList {
    const most = Math.min(units.length, before.length);
    let first = 0;
    while (first < most && isSameUnit(units[first], before[first])) first += 1;
    let last = 0;
    while (last < most - first && isSameUnit(units[units.length - 1 - last], before[before.length - 1 - last])) last += 1;
    const isComparable = before.length === units.length;
    const out = items.slice(0, first);
    for (let i = first; i < units.length - last; i++) {
      const [unit, former, old] = [units[i], before[i], items[i]];
      if (unit !== undefined) out.push(isComparable ? this.#node(unit, former, old) : this.#node(unit, undefined, undefined));
    }
    return last === 0 ? out : [...out, ...items.slice(items.length - last)];
  }

  #node(unit: Units[number], before: Units[number] | undefined, old: ItemNode | undefined): ItemNode {
    if (unit.kind === "item") {
      if (old !== undefined && before?.kind === "item" && before.value === unit.value) return old;
      const raw = this.#standIn(unit.value, old?.raw);
      return old?.raw === raw && old.children === undefined ? old : { raw, children: undefined };
    }
    const raw = this.#standIn(unit.value, old?.raw);
    const children = this.#list(unit.units, before?.kind === "module" ? before.units : [], old?.children ?? []);
    return old?.raw === raw && old.children !== undefined && sameList(old.children, children) ? old : { raw, children };
  }

  #standIn(raw: RawItem, old: RawItem | undefined): RawItem {
    const known = this.#standIns.get(raw) ?? raw;
    if (old === undefined || known === old || known !== raw) return known;
    if (!isSameDeclaration(old, raw)) return raw;
    this.#standIns.set(raw, old);
    return old;
  }

  #forget(): void {
    if (this.#byText.size < 2 * this.#items.length + MAX_FORGOTTEN) return;
    const known = this.#byText;
    this.#byText = new Map();
    this.#keepByText(this.units, (value) => (known.get(value.text) === value ? value : undefined));
  }

  #keepByText(units: Units, kept: (value: RawItem) => RawItem | undefined): void {
    for (const unit of units) {
      const value = kept(unit.value);
      if (value !== undefined) this.#byText.set(value.text, value);
      if (unit.kind === "module") this.#keepByText(unit.units, kept);
    }
  }
}

/** How much of a text stands in large items. */
function inLargeItems(units: Units): number {
  let sum = 0;
  for (const unit of units) {
    if (unit.kind === "module") sum += inLargeItems(unit.units);
    else if (unit.end - unit.start >= LARGE_ITEM) sum += unit.end - unit.start;
  }
  return sum;
}

/** Whether two units are one item; modules are, if nothing in them has changed. */
function isSameUnit(a: Units[number] | undefined, b: Units[number] | undefined): boolean {
  return a === b || (a?.kind === "item" && b?.kind === "item" && a.value === b.value);
}
