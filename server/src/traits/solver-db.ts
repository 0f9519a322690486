/**
 * SolverDb: what trait selection and marker traits ask about definitions beyond the questions of types.
 *
 * Invariant: answers come from declarations alone (attributes, derives); none of them selects an impl.
 */
import type { QueryRuntime } from "../db/query-runtime.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Attr } from "../hir-def/item-tree.ts";
import type { MacroWords } from "../hir-def/macro-words.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { TyDb } from "../hir-ty/ty-db.ts";

export interface SolverDb extends TyDb {
  readonly defs: DefDb;
  readonly runtime: QueryRuntime;
  /** `#[lang = "…"]` */
  langOf(def: DefId): string | undefined;
  /** The attributes in force on a definition. */
  attrsOf(def: DefId): readonly Attr[];
  /** Traits derived on a definition by the compiler's own derives. */
  derivedTraits(def: DefId): readonly DefId[];
  /** What procedural macros may write. */
  readonly macroWords: MacroWords;
  /** Whether the type is sized, as declarations tell. */
  sizedness(ty: Ty): "sized" | "unsized" | "maybe";
}

/** Whether a definition is given by its size only, without its fields (rows of the std model). */
export function hasHiddenFields(db: SolverDb, def: DefId): boolean {
  return db.crate(def.module.krate).kind === "std" && db.attrsOf(def).some((attr) => attr.path === "stowplan_opaque");
}
