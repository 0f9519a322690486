/**
 * The item of a scope that an id names.
 *
 * Invariant: of a scope with thousands of impls, or of constants named `_`, none costs a walk over all of them.
 */
import type { DefId } from "./def-id.ts";
import type { RawItem } from "./item-tree.ts";
import type { Declaration, DeclaredImpl, DeclaredItem, ModuleScope } from "./scope.ts";

/** `ordinal`: that of the id less the macro call whose output it stands in. */
export function itemInScope(scope: ModuleScope, def: DefId, ordinal: string): RawItem | undefined {
  if (def.kind === "impl") return find(scope.impls, ordinal, def.name);
  if (def.kind === "macro") {
    const macro = scope.macroDefs.find((m) => m.raw.name === def.name && String(m.ordinal) === ordinal);
    if (macro !== undefined) return macro.raw;
  }
  return find(def.name === "_" ? scope.unnamed : (scope.names.get(def.name) ?? []), ordinal, def.kind);
}

/** The name an impl's id carries: its header as written. */
export function implName(text: string, raw: Extract<RawItem, { kind: "impl" }>): string {
  const self = text.slice(raw.selfRange.start, raw.selfRange.end);
  return raw.traitRange === undefined ? self : `${text.slice(raw.traitRange.start, raw.traitRange.end)} for ${self}`;
}

/** A shorter list is looked through sooner than an index of it is made. */
const SHORT = 8;

type Declared = Declaration | DeclaredImpl;

const indexes = new WeakMap<readonly Declared[], ReadonlyMap<string, RawItem>>();

/** The first with this ordinal and label. */
function find(list: readonly Declared[], ordinal: string, label: string): RawItem | undefined {
  if (list.length <= SHORT) {
    for (const one of list) if (isNamed(one) && labelOf(one) === label && `${one.ordinal}` === ordinal) return one.raw;
    return undefined;
  }
  const index = indexes.get(list) ?? indexOf(list);
  indexes.set(list, index);
  return index.get(`${ordinal} ${label}`);
}

function indexOf(list: readonly Declared[]): ReadonlyMap<string, RawItem> {
  const index = new Map<string, RawItem>();
  for (const one of list) {
    if (!isNamed(one)) continue;
    const key = `${one.ordinal} ${labelOf(one)}`;
    if (!index.has(key)) index.set(key, one.raw);
  }
  return index;
}

/** Whether an id names it by ordinal and label: impls and items. */
function isNamed(one: Declared): one is DeclaredImpl | DeclaredItem {
  return one.kind === "impl" || one.kind === "item";
}

/** The name of an impl, the kind of an item among its namesakes. */
function labelOf(one: DeclaredImpl | DeclaredItem): string {
  return one.kind === "impl" ? implName(one.raw.text, one.raw) : one.defKind;
}
