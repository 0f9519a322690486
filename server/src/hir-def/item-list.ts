/**
 * A file's items without their places: what name resolution and layouts depend on.
 */
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { RawItem } from "./item-tree.ts";

export type ItemList = readonly ItemNode[];

export interface ItemNode {
  readonly raw: RawItem;
  /** The contents of an inline module. */
  readonly children: ItemList | undefined;
}

/** Units without their places. */
export function itemList(units: readonly PlacedUnit<RawItem>[]): ItemList {
  return units.map((unit) => ({ raw: unit.value, children: unit.kind === "module" ? itemList(unit.units) : undefined }));
}

/** Whether two lists hold the same items. */
export function sameList(a: ItemList, b: ItemList): boolean {
  return a === b || (a.length === b.length && a.every((node, i) => sameNode(node, b[i])));
}

function sameNode(a: ItemNode, b: ItemNode | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || b.raw !== a.raw) return false;
  if (a.children === undefined || b.children === undefined) return a.children === b.children;
  return sameList(a.children, b.children);
}
