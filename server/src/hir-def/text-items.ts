/**
 * The items of a text that nobody edits: of a closed file, or of a macro's output.
 *
 * Invariant: read by their heads where that is plain (`read-heads.ts`), else parsed; both give the same items, of which the rest is
 * parsed when someone asks.
 */
import type { RustParser } from "../syntax/parser.ts";
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { LowerWhole } from "./deferred-item.ts";
import { lowerDeferred } from "./deferred-item.ts";
import type { RawItem } from "./item-tree.ts";
import { readHeads } from "./read-heads.ts";

/** The units of a text; `whole` parses an item by itself. */
export function textItems(parser: RustParser, text: string, whole: LowerWhole): readonly PlacedUnit<RawItem>[] {
  return readHeads(text, whole) ?? parser.parseDeclarations(text, { reuse: () => undefined, lower: (unit) => lowerDeferred(unit, whole) });
}
