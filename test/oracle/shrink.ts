/**
 * Makes a failing program small: only what the failing item needs, then fewer fields, variants and simpler types, as long as the
 * difference stays.
 */
import type { Comparison } from "./compare.ts";
import type { EnumItem, Item, Ty } from "./type-model.ts";
import { itemsByName, partsOf, typesOf } from "./type-model.ts";

export interface Shrunk {
  readonly items: readonly Item[];
  readonly lines: readonly string[];
}

/** At most this many compiler runs. */
const ATTEMPTS = 200;

/** The smallest program found in which the named item still differs. */
export function shrink(items: readonly Item[], name: string, check: (items: readonly Item[]) => Comparison): Shrunk {
  let best = closure(items, name);
  let lines = linesOf(check(best), name) ?? [];
  if (lines.length === 0) return { items: best, lines: ["(does not fail on its own)"] };
  let attempts = 0;
  let changed = true;
  while (changed && attempts < ATTEMPTS) {
    changed = false;
    for (const candidate of candidates(best)) {
      if (attempts++ >= ATTEMPTS) break;
      const smaller = closure(candidate, name);
      const failing = linesOf(check(smaller), name);
      if (failing === undefined) continue;
      [best, lines, changed] = [smaller, failing, true];
      break;
    }
  }
  return { items: best, lines };
}

function linesOf(comparison: Comparison, name: string): readonly string[] | undefined {
  if (comparison.problems.length > 0) return undefined;
  return comparison.differences.find((difference) => difference.name === name)?.lines;
}

/** The item and everything it mentions, in the old order. */
function closure(items: readonly Item[], name: string): Item[] {
  const all = itemsByName(items);
  const needed = new Set<string>();
  const visitType = (ty: Ty): void => {
    if (ty.kind === "item") visit(ty.name);
    for (const part of partsOf(ty)) visitType(part);
  };
  const visit = (wanted: string): void => {
    const item = all.get(wanted);
    if (item === undefined || needed.has(wanted)) return;
    needed.add(wanted);
    for (const ty of typesOf(item)) visitType(ty);
  };
  visit(name);
  return items.filter((item) => needed.has(item.name));
}

/** Programs that are one step smaller. */
function* candidates(items: readonly Item[]): Generator<Item[]> {
  for (const [index, item] of items.entries()) {
    for (const smaller of smallerItems(item)) yield items.map((other, at) => (at === index ? smaller : other));
  }
}

function* smallerItems(item: Item): Generator<Item> {
  switch (item.kind) {
    case "alias":
      for (const ty of smallerTypes(item.ty)) yield { ...item, ty };
      return;
    case "struct":
    case "union":
      for (const fields of smallerLists(item.fields)) yield { ...item, fields };
      return;
    case "enum":
      yield* smallerEnums(item);
  }
}

function* smallerEnums(item: EnumItem): Generator<EnumItem> {
  for (const index of item.variants.keys()) yield { ...item, variants: item.variants.filter((_, at) => at !== index) };
  for (const [index, variant] of item.variants.entries()) {
    for (const fields of smallerLists(variant.fields)) {
      yield { ...item, variants: item.variants.map((other, at) => (at === index ? { ...variant, fields } : other)) };
    }
  }
}

function* smallerLists(types: readonly Ty[]): Generator<Ty[]> {
  for (const index of types.keys()) yield types.filter((_, at) => at !== index);
  for (const [index, ty] of types.entries()) {
    for (const smaller of smallerTypes(ty)) yield types.map((other, at) => (at === index ? smaller : other));
  }
}

function* smallerTypes(ty: Ty): Generator<Ty> {
  if (ty.kind === "primitive" || ty.kind === "param") return;
  yield* partsOf(ty);
  if (ty.kind === "tuple") for (const elements of smallerLists(ty.elements)) yield { kind: "tuple", elements };
}
