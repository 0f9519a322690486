/**
 * Items of closed files and of macros' outputs whose bodies are parsed when someone asks what stands in them: the items of an impl or
 * a trait, the blocks of a function that declare items.
 *
 * Example: of the 60 impls of a file a look-up reads the headers, and of the one that is taken the associated types.
 *
 * Invariant: an item reads as if it had been parsed whole; what is deferred is a function of the item's text. The deferred property is
 * not enumerable, so that `encodeItems` leaves it out and asks for nothing.
 */
import { lazily } from "../base/lazily.ts";
import { ITEM_WORD } from "../syntax/skeleton.ts";
import type { SourceUnit } from "../syntax/unit-walker.ts";
import type { RawItem } from "./item-tree.ts";
import { lowerUnit } from "./lower-item.ts";

/** The item of a text that holds one, with all that stands in it; undefined where the text cannot be read alone. */
export type LowerWhole = (text: string) => RawItem | undefined;

/** The item of a unit; where its bodies were left out they are deferred. */
export function lowerDeferred(unit: SourceUnit, whole: LowerWhole): RawItem {
  const raw = lowerUnit(unit);
  return unit.isSkeleton ? deferBody(raw, whole) : raw;
}

/** Makes an item whose body was left out ask for it. */
export function deferBody(raw: RawItem, whole: LowerWhole): RawItem {
  if (raw.kind !== "fn" && raw.kind !== "impl" && raw.kind !== "trait") return raw;
  const body = raw.body === undefined ? "" : raw.text.slice(raw.body.start + 1, raw.body.end - 1);
  if (raw.kind === "fn") return ITEM_WORD.test(body) ? defer(raw, "blocks", whole) : raw;
  return body.trim() === "" ? raw : defer(raw, "items", whole);
}

function defer(raw: RawItem, key: "items" | "blocks", whole: LowerWhole): RawItem {
  const get = lazily(() => {
    const found = whole(raw.text);
    return found?.kind === raw.kind && key in found ? Reflect.get(found, key) : [];
  });
  return Object.defineProperty(raw, key, { get, enumerable: false, configurable: true });
}
