/**
 * What all items have that are read off their text: attributes, visibility, name and range.
 *
 * Invariant: as `lowerUnit` makes them of the parser's tree.
 */
import type { ItemText } from "./item-text.ts";
import type { RawItem, RawVisibility } from "./item-tree.ts";
import { identifierText } from "./names.ts";
import { readVisibility } from "./read-fields.ts";
import type { Word } from "./text-reader.ts";

type Base = Pick<RawItem, "name" | "nameRange" | "range" | "attrs" | "visibility" | "hasError" | "isTooDeep" | "text" | "blocks">;

/** What stands in front of an item's own words. */
export interface Begun {
  readonly attrs: RawItem["attrs"];
  readonly visibility: RawVisibility;
  /** Where the item starts, behind its attributes. */
  readonly start: number;
}

/** Takes attributes and visibility. */
export function readBegin(at: ItemText): Begun | undefined {
  const attrs = at.attributes();
  const start = at.at;
  const visibility = attrs === undefined ? undefined : readVisibility(at);
  return attrs === undefined || visibility === undefined ? undefined : { attrs, visibility, start };
}

/** The base of an item that has been read to its end. */
export function baseOf(at: ItemText, { attrs, visibility, start }: Begun, name: Word | undefined): Base {
  const nameEnd = name?.end ?? start;
  return {
    name: name === undefined ? "" : identifierText(name.text),
    nameRange: { start: name === undefined ? start : nameEnd - name.text.length, end: nameEnd },
    range: { start, end: at.end },
    attrs,
    visibility,
    hasError: false,
    isTooDeep: false,
    text: at.text,
    blocks: [],
  };
}
