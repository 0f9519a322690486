/**
 * Whether types are sized, as their declarations tell: decides the place of a struct's last field and the width of pointers.
 *
 * Example: in `struct S<T: ?Sized>(u8, T)` the last field is not known to be sized, for every instance.
 * Source: rustc_ty_utils::layout (`maybe_unsized`), `struct_tail` of rustc_middle.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { LowerDb } from "./lower-db.ts";
import { maybeUnsized } from "./predicates.ts";
import { substitute } from "./substitute.ts";
import type { Ty } from "./ty.ts";
import type { AdtDef, ParamEnv } from "./ty-db.ts";

export interface SizedDb {
  readonly lower: LowerDb;
  adt(def: DefId): AdtDef;
  /** The clauses in force inside a definition. */
  paramEnv(def: DefId): ParamEnv;
  normalize(ty: Ty, env?: ParamEnv): Ty;
}

/**
 * The last field's chain followed to its end: the type that decides whether a pointer is wide. Projections are resolved where one is the
 * type itself; those among its arguments do not matter before one is a last field.
 */
export function structTail(db: SizedDb, ty: Ty): Ty {
  let at = resolved(db, ty);
  for (let depth = 0; depth < 256; depth++) {
    const next = lastPart(db, at);
    if (next === undefined) return at;
    at = resolved(db, next);
  }
  return at;
}

function resolved(db: SizedDb, ty: Ty): Ty {
  return ty.kind === "projection" ? db.normalize(ty) : ty;
}

/** What a pointer to a type is as wide as a pointer to: its last field, element or base; undefined where it has none. */
export function lastPart(db: SizedDb, ty: Ty): Ty | undefined {
  if (ty.kind === "tuple") return ty.elements.at(-1);
  if (ty.kind === "pattern") return ty.base;
  if (ty.kind !== "adt" || ty.def.kind !== "struct") return undefined;
  const field = db.adt(ty.def).variants[0]?.fields.at(-1);
  return field === undefined ? undefined : substitute(db.lower.interner, field.ty, ty.def, ty.args);
}

export type Sizedness = "sized" | "unsized" | "maybe";

/** What is known of a type from declarations alone; `maybe` for open parameters and projections that may be unsized. */
export function sizedness(db: SizedDb, ty: Ty): Sizedness {
  const tail = structTail(db, ty);
  switch (tail.kind) {
    case "slice":
    case "str":
    case "dyn":
    case "foreign":
      return "unsized";
    case "param":
      return isMaybeUnsizedParam(db, tail) ? "maybe" : "sized";
    case "projection":
      return isMaybeUnsizedProjection(db, tail) ? "maybe" : "sized";
    default:
      return "sized";
  }
}

function isMaybeUnsizedParam(db: SizedDb, ty: Extract<Ty, { kind: "param" }>): boolean {
  // A trait's Self is not sized unless it says so.
  if (ty.name === "Self" && ty.owner.kind === "trait") return true;
  return maybeUnsized(db.lower, ty.owner).has(ty.name);
}

function isMaybeUnsizedProjection(db: SizedDb, ty: Extract<Ty, { kind: "projection" }>): boolean {
  const { defs } = db.lower;
  const assoc = defs.associatedItems(ty.trait).find((item) => item.kind === "typeAlias" && item.name === ty.name);
  const raw = assoc === undefined ? undefined : defs.rawItem(assoc);
  return (
    raw?.kind === "typeAlias" &&
    raw.bounds.some(
      (bound) => bound.kind === "trait" && (bound.maybe || ["PointeeSized", "MetaSized"].includes(bound.path.segments.at(-1)?.name ?? "")),
    )
  );
}
