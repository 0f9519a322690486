/**
 * The compiler's own derives: the traits `#[derive(…)]` implements, resolved.
 *
 * Invariant: a derive counts only if its name resolves to a trait of the standard library's core (so a derive macro of the same
 * name from elsewhere does not).
 */
import { effectiveAttrs, splitTopLevel } from "../hir-def/attrs.ts";
import type { DefId } from "../hir-def/def-id.ts";
import { isBuiltinDerive } from "./builtin-attrs.ts";
import type { LowerDb } from "./lower-db.ts";

/** The derived traits of a definition. */
export function derivedTraits(db: LowerDb, def: DefId): readonly DefId[] {
  const raw = db.defs.rawItem(def);
  if (raw === undefined || raw.attrs.length === 0) return [];
  const attrs = effectiveAttrs(raw.attrs, db.defs.crate(def.module.krate).cfg).filter(
    (attr) => attr.path === "derive" || attr.path === "derive_const",
  );
  return attrs.flatMap((attr) => splitTopLevel(attr.args ?? "")).flatMap((text) => resolveDerive(db, def, text.trim()));
}

function resolveDerive(db: LowerDb, def: DefId, text: string): readonly DefId[] {
  if (text === "" || !isBuiltinDerive(text)) return [];
  const names = text.split("::").map((name) => name.trim());
  const range = { start: 0, end: 0 };
  const isGlobal = names[0] === "";
  const segments = (isGlobal ? names.slice(1) : names).map((name) => ({ name, args: undefined, range }));
  const path = { anchor: { kind: isGlobal ? ("global" as const) : ("plain" as const) }, qualified: undefined, segments, range };
  const resolved = db.defs.resolvePath(def.module, path, "types");
  return resolved.kind === "found" && resolved.rest === 0 && resolved.named.kind === "def" && resolved.named.def.kind === "trait"
    ? [resolved.named.def]
    : [];
}
