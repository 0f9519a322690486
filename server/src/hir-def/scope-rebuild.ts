/**
 * A module's scope after an edit, from the one before: where items were replaced by such that declare the same name in the same way
 * (`struct A { a: u8 }` by `struct A { a: u16 }`), only what stands for them is.
 *
 * Invariant: what comes out is what `buildScope` gives for the same items.
 */
import type { ItemList } from "./item-list.ts";
import type { Attr, RawItem } from "./item-tree.ts";
import type { Declaration, DeclaredImpl, DeclaredItem, ModuleScope } from "./scope.ts";
import { ordinalName } from "./scope.ts";

export interface BuiltScope {
  readonly items: ItemList;
  readonly scope: ModuleScope;
}

/** With more replaced items than this the scope is built anew. */
const MAX_REPLACED = 8;

/** Kinds whose items declare their name, or stand among the impls, and nothing else. */
const PLAIN: ReadonlySet<RawItem["kind"]> = new Set(["struct", "union", "enum", "typeAlias", "const", "static", "fn", "trait", "impl"]);

/** The scope of the items; undefined where it has to be built anew. */
export function rebuiltScope(former: BuiltScope | undefined, items: ItemList): ModuleScope | undefined {
  const replaced = former === undefined ? undefined : replacements(former.items, items);
  if (former === undefined || replaced === undefined) return undefined;
  if (replaced.size === 0) return former.scope;
  const { scope } = former;
  const names = new Map(scope.names);
  for (const raw of replaced.values()) {
    const declarations = raw.kind === "impl" ? undefined : names.get(raw.name);
    if (declarations !== undefined)
      names.set(
        raw.name,
        declarations.map((one): Declaration => (one.kind === "item" ? withNew(one, replaced) : one)),
      );
  }
  const impls = scope.impls.map((one): DeclaredImpl => withNew(one, replaced));
  const unnamed = scope.unnamed.map((one): DeclaredItem => withNew(one, replaced));
  return { ...scope, names, impls, unnamed };
}

function withNew<T extends DeclaredItem | DeclaredImpl>(declared: T, replaced: ReadonlyMap<RawItem, RawItem>): T {
  const raw = replaced.get(declared.raw);
  return raw === undefined ? declared : { ...declared, raw, visibility: raw.visibility };
}

/** By the old items that are gone what stands in their places; undefined where more has changed than that. */
function replacements(old: ItemList, now: ItemList): ReadonlyMap<RawItem, RawItem> | undefined {
  if (old.length !== now.length) return undefined;
  const out = new Map<RawItem, RawItem>();
  for (let i = 0; i < now.length; i++) {
    const [before, after] = [old[i], now[i]];
    if (before === after) continue;
    if (before === undefined || after === undefined || before.children !== undefined || after.children !== undefined) return undefined;
    if (before.raw === after.raw) continue;
    // An item may stand in a file twice: which of the two was replaced cannot be told by it.
    if (out.size >= MAX_REPLACED || out.has(before.raw) || !declaresAlike(before.raw, after.raw)) return undefined;
    out.set(before.raw, after.raw);
  }
  return [...out.keys()].some((raw) => now.some((node) => node.raw === raw)) ? undefined : out;
}

/** Whether two items have the same place in a scope. */
function declaresAlike(a: RawItem, b: RawItem): boolean {
  return a.kind === b.kind && PLAIN.has(a.kind) && a.name === b.name && ordinalName(a) === ordinalName(b) && sameAttrs(a.attrs, b.attrs);
}

function sameAttrs(a: readonly Attr[], b: readonly Attr[]): boolean {
  return a.length === b.length && a.every((attr, i) => attr.path === b[i]?.path && attr.args === b[i].args && attr.value === b[i].value);
}
