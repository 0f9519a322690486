/**
 * Whether an edit changed nothing of an item but bodies of functions, which no type can need.
 *
 * Example: `fn area() -> u32 { 1 }` and `fn area() -> u32 { 2 + 3 }` declare the same; with `const fn` they do not, since the length
 * of an array may be its value.
 *
 * Invariant: where the answer is yes, whatever is computed from the older item (names, types, values, and the places of what it
 * is told about) holds for the later one as it stands. In doubt the answer is no: more is computed again.
 */
import type { RelRange } from "./expr.ts";
import type { RawBlock, RawFn, RawImpl, RawItem, RawTrait } from "./item-tree.ts";

/** Whether a later item declares what an older one does. */
export function isSameDeclaration(old: RawItem, now: RawItem): boolean {
  if (old.kind === "fn") return now.kind === "fn" && sameFn({ item: old, whole: old }, { item: now, whole: now });
  if (old.kind === "impl" || old.kind === "trait") return now.kind === old.kind && sameContainer(old, now);
  return false;
}

/** An item, and the one of the file that it stands in, whose text its ranges count in. */
interface Part<T> {
  readonly item: T;
  readonly whole: RawItem;
}

/** Up to the body all is the same, and the body is only code. Items inside bodies must stand where they stood. */
function sameFn(old: Part<RawFn>, now: Part<RawFn>): boolean {
  const [a, b] = [old.item, now.item];
  if (a.body === undefined || b.body === undefined || isNeeded(old) || isNeeded(now) || a.hasError !== b.hasError) return false;
  const isMoved = a.range.start !== b.range.start;
  if (isMoved && (a.blocks.length > 0 || b.blocks.length > 0)) return false;
  const header = textOf(old, { start: a.range.start, end: a.body.start }) === textOf(now, { start: b.range.start, end: b.body.start });
  return header && sameAttributes(old, now) && sameBlocks({ ...old, item: a.blocks }, { ...now, item: b.blocks });
}

/** Bodies that types can depend on: of constants, where the result is what the body returns, and with attributes for the function. */
function isNeeded({ item, whole }: Part<RawFn>): boolean {
  const start = item.body?.start ?? item.range.end;
  if (item.isConst || item.isAsync || item.attrs.some((attr) => attr.range.start >= start)) return true;
  return /\bimpl\b/.test(whole.text.slice(item.range.start, start));
}

function sameAttributes(old: Part<RawItem>, now: Part<RawItem>): boolean {
  const [a, b] = [old.item.attrs, now.item.attrs];
  return a.length === b.length && a.every((attr, i) => textOf(old, attr.range) === textOf(now, b[i]?.range));
}

function sameBlocks(old: Part<readonly RawBlock[]>, now: Part<readonly RawBlock[]>): boolean {
  if (old.item.length !== now.item.length) return false;
  return old.item.every((block, i) => {
    const other = now.item[i];
    return other !== undefined && sameBlock({ ...old, item: block }, { ...now, item: other });
  });
}

function sameBlock(old: Part<RawBlock>, now: Part<RawBlock>): boolean {
  const [a, b] = [old.item, now.item];
  if (a.range.start !== b.range.start || a.items.length !== b.items.length) return false;
  const items = a.items.every((item, i) => sameItem({ ...old, item }, { ...now, item: b.items[i] }));
  return items && sameBlocks({ ...old, item: a.blocks }, { ...now, item: b.blocks });
}

/** The same text at the same place. */
function sameItem(old: Part<RawItem>, now: Part<RawItem | undefined>): boolean {
  const [a, b] = [old.item, now.item];
  if (b === undefined || a.kind !== b.kind || a.hasError !== b.hasError || a.range.start !== b.range.start) return false;
  return textOf(old, a.range) === textOf(now, b.range) && sameAttributes(old, { ...now, item: b });
}

/** Functions may differ in their bodies; what stands behind one whose length changed must be functions, too. */
function sameContainer(a: RawImpl | RawTrait, b: RawImpl | RawTrait): boolean {
  if (a.items.length !== b.items.length || a.attrs.length !== b.attrs.length || a.hasError !== b.hasError) return false;
  const start = firstStart(a);
  if (start !== firstStart(b) || a.text.slice(0, start) !== b.text.slice(0, start)) return false;
  return a.items.every((item, i) => sameMember({ item, whole: a }, { item: b.items[i], whole: b }));
}

function firstStart({ items, range }: RawImpl | RawTrait): number {
  return Math.min(range.end, ...items.flatMap((item) => [item.range.start, ...item.attrs.map((attr) => attr.range.start)]));
}

function sameMember(old: Part<RawItem>, now: Part<RawItem | undefined>): boolean {
  if (sameItem(old, now)) return true;
  const [a, b] = [old.item, now.item];
  return a.kind === "fn" && b?.kind === "fn" && sameFn({ ...old, item: a }, { ...now, item: b });
}

function textOf({ whole }: Part<unknown>, range: RelRange | undefined): string | undefined {
  return range === undefined ? undefined : whole.text.slice(range.start, range.end);
}
