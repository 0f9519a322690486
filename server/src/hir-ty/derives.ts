/**
 * The compiler's own derives: the traits `#[derive(…)]` implements, resolved, and those that attribute macros add.
 *
 * Invariant: a derive counts only if its name resolves to a trait of the standard library's core (so a derive macro of the same
 * name from elsewhere does not).
 */
import { effectiveAttrs, splitTopLevel } from "../hir-def/attrs.ts";
import { isBuiltinDerive } from "../hir-def/builtin-attrs.ts";
import type { DefId } from "../hir-def/def-id.ts";
import { builtinDeriveTrait } from "../hir-def/derive-macro.ts";
import type { Attr } from "../hir-def/item-tree.ts";
import { pathOfText } from "../hir-def/written-path.ts";
import type { LowerDb } from "./lower-db.ts";

/** Attribute macros that add derives of marker traits, by name, and the argument that keeps them from it (their documentation). */
const ADDED_DERIVES: ReadonlyMap<string, { readonly derive: string; readonly unless?: string }> = new Map([
  ["ast_node", { derive: "::core::clone::Clone", unless: "no_clone" }],
  ["cw_serde", { derive: "::core::clone::Clone" }],
]);

/** Whether an attribute macro is known to add derives, all of which `derivedTraits` tells as far as they are of marker traits. */
export function addsKnownDerives(attr: Attr): boolean {
  return addedDerive(attr) !== undefined;
}

function addedDerive(attr: Attr): { readonly derive: string; readonly unless?: string } | undefined {
  return ADDED_DERIVES.get(attr.path.split("::").at(-1) ?? "");
}

/** The derived traits of a definition. */
export function derivedTraits(db: LowerDb, def: DefId): readonly DefId[] {
  const raw = db.defs.rawItem(def);
  if (raw === undefined || raw.attrs.length === 0) return [];
  const attrs = effectiveAttrs(raw.attrs, db.defs.crate(def.module.krate).cfg);
  return attrs.flatMap(derivesOf).flatMap((text) => resolveDerive(db, def, text.trim()));
}

function derivesOf(attr: Attr): readonly string[] {
  if (attr.path === "derive" || attr.path === "derive_const") return splitTopLevel(attr.args ?? "");
  const added = addedDerive(attr);
  return added === undefined || splitTopLevel(attr.args ?? "").some((arg) => arg.trim() === added.unless) ? [] : [added.derive];
}

function resolveDerive(db: LowerDb, def: DefId, text: string): readonly DefId[] {
  if (text === "") return [];
  const builtin = builtinDeriveTrait(db.defs, def.module, text);
  if (builtin !== undefined) return [builtin];
  // Where no macro is found by the name (a core of one's own without derives), the trait of that name is meant.
  if (!isBuiltinDerive(text)) return [];
  const resolved = db.defs.resolvePath(def.module, pathOfText(text), "types");
  return resolved.kind === "found" && resolved.rest === 0 && resolved.named.kind === "def" && resolved.named.def.kind === "trait"
    ? [resolved.named.def]
    : [];
}
