/**
 * The types definitions stand for: what an alias, const or static is written with, and what `Self` is inside a definition.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { LowerDb } from "./lower-db.ts";
import { implSelfType } from "./trait-defs.ts";
import type { Ty } from "./ty.ts";
import { scopeOf } from "./type-scope.ts";

/** The written type of an alias, const or static, in terms of its parameters; undefined where none is written. */
export function computeTypeOf(db: LowerDb, def: DefId): Ty | undefined {
  const raw = db.defs.rawItem(def);
  if (raw?.kind !== "typeAlias" && raw?.kind !== "const" && raw?.kind !== "static") return undefined;
  return raw.type === undefined ? undefined : db.lowerType(scopeOf(def), raw.type);
}

/** What `Self` is inside a definition that is no struct, enum or union. */
export function computeSelfType(db: LowerDb, owner: DefId): Ty | undefined {
  switch (owner.kind) {
    case "trait":
      return db.interner.ty({ kind: "param", owner, index: 0, name: "Self" });
    case "impl":
      return implSelfType(db, owner);
    default:
      return owner.container === undefined ? undefined : db.selfType(owner.container);
  }
}
