/**
 * Where pieces of an item stand in the file: as they are written, or, of what a macro makes, where they were written in its call.
 */
import type { RelRange } from "../hir-def/expr.ts";

/** From ranges of an item to ranges of the file (UTF-16). */
export interface Placement {
  /** The offset the item's ranges count from; 0 where `map` is given. */
  readonly base: number;
  /** For items made by a macro: where a piece of them is written. */
  readonly map: ((range: RelRange) => RelRange | undefined) | undefined;
  /** For items made by a macro: the outermost call, which stands for what is not written in the file. */
  readonly call: RelRange | undefined;
}

/** Where a piece of an item is written; undefined where it comes from a macro's definition. */
export function writtenRange(place: Placement, range: RelRange): RelRange | undefined {
  return place.map === undefined ? { start: place.base + range.start, end: place.base + range.end } : place.map(range);
}

/** A range of an item in the file; for what a macro's definition says, the call. */
export function fileRange(place: Placement, range: RelRange): RelRange {
  return writtenRange(place, range) ?? place.call ?? { start: place.base, end: place.base };
}
