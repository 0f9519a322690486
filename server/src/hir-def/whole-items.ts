/**
 * WholeItems: reads the items of an open document whole, of which the heads were read when it was opened. Most are read off their text.
 * Of the others the first that are asked for are parsed by themselves; when more are wanted (hints of the whole file, its check) all of
 * them are taken from the document's tree, which costs half of parsing each.
 *
 * Invariant: what an item reads as depends on its text alone, whichever way it is read.
 */
import type { TreeWalk } from "../syntax/parsed-document.ts";
import type { LowerWhole } from "./deferred-item.ts";
import { implHeader } from "./deferred-item.ts";
import type { RawItem } from "./item-tree.ts";
import { lowerUnit } from "./lower-item.ts";
import { readItem } from "./read-item.ts";

/** So many items are parsed by themselves in any document. */
const FEW = 32;
/** Or one of so many UTF-16 units of its text: about one of forty items. */
const SHARE = 3000;

export class WholeItems {
  readonly #alone: LowerWhole;
  readonly #walk: TreeWalk<RawItem>;
  #known: ReadonlyMap<string, RawItem> | undefined;
  #left: number;

  /** `alone` parses one item, `walk` goes through all of the document, which has `length` UTF-16 units; for an infinite length each item is read by itself. */
  constructor(alone: LowerWhole, walk: TreeWalk<RawItem>, length: number) {
    this.#alone = alone;
    this.#walk = walk;
    this.#left = Math.max(FEW, length / SHARE);
  }

  /** The item of a text. */
  readonly read: LowerWhole = (text) => this.#known?.get(text) ?? readItem(text) ?? this.#parsed(text);

  #parsed(text: string): RawItem | undefined {
    this.#left -= 1;
    if (this.#left < 0) this.#known ??= this.#all();
    return this.#known?.get(text) ?? this.#alone(text);
  }

  /** The next item that has to be parsed comes with all others. */
  readAll(): void {
    this.#left = 0;
  }

  /** The items by the texts that are asked for: their own, and an impl's without its body. */
  #all(): ReadonlyMap<string, RawItem> {
    const found = new Map<string, RawItem>();
    this.#walk({
      reuse: (text) => found.get(text),
      lower: (unit) => {
        const raw = lowerUnit(unit);
        if (unit.isDamaged) return raw;
        found.set(unit.text, raw);
        if (raw.kind === "impl" && raw.bodyStart !== undefined) found.set(implHeader(unit.text, raw.bodyStart), raw);
        return raw;
      },
    });
    return found;
  }
}
