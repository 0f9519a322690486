/**
 * What a type holds tells that it is not `Copy`, before anyone looks for an impl in a whole crate.
 *
 * Example: `struct Node { attrs: Vec<Attr> }`: no crate can have `impl Copy for Node`, since `Vec` has none.
 * Invariant: true is certain; false says nothing (a field's type that has to be looked up by a trait tells nothing here).
 * Source: Reference, "Copy": all fields of a `Copy` type are `Copy` (E0204), those of unions too.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { Ty } from "../hir-ty/ty.ts";
import { constituents } from "./auto-traits.ts";
import type { SolverDb } from "./solver-db.ts";

/** So many types are looked at: what is in the way stands near. */
const MAX_TYPES = 64;

interface Walk {
  readonly db: SolverDb;
  /** The trait. */
  readonly copy: DefId;
  /** Whether std's impls are asked for: what needs none is looked for first. */
  readonly asksImpls: boolean;
  readonly seen: Set<Ty>;
  /** The different types that a type holds, for both looks. */
  readonly held: Map<Ty, ReadonlySet<Ty>>;
}

/** Whether a struct, enum or union holds something that is not `Copy`. */
export function holdsMoved(db: SolverDb, ty: Ty, copy: DefId): boolean {
  const held = new Map<Ty, ReadonlySet<Ty>>();
  const looks = [false, true].map((asksImpls): Walk => ({ db, copy, asksImpls, seen: new Set(), held }));
  return looks.some((walk) => anyMoved(walk, ty));
}

function anyMoved(walk: Walk, ty: Ty): boolean {
  const { db, seen, held } = walk;
  if (seen.has(ty) || seen.size >= MAX_TYPES || isPhantom(db, ty)) return false;
  seen.add(ty);
  const parts = held.get(ty) ?? new Set((constituents(db, ty) ?? []).map((part) => part.ty));
  held.set(ty, parts);
  for (const part of parts) if (isMoved(walk, part)) return true;
  return false;
}

/** It names a type and holds none. */
function isPhantom(db: SolverDb, ty: Ty): boolean {
  return ty.kind === "adt" && db.langOf(ty.def) === "phantom_data";
}

function isMoved(walk: Walk, ty: Ty): boolean {
  switch (ty.kind) {
    case "ref":
      return ty.mutable;
    case "str":
    case "slice":
    case "dyn":
    case "foreign":
      return true;
    case "tuple":
    case "array":
      return anyMoved(walk, ty);
    case "adt":
      return isMovedAdt(walk, ty);
    default:
      return false;
  }
}

function isMovedAdt(walk: Walk, ty: Extract<Ty, { kind: "adt" }>): boolean {
  // The compiler drops what a box owns.
  if (walk.db.langOf(ty.def) === "owned_box") return true;
  return (walk.asksImpls && hasNoImpl(walk, ty)) || anyMoved(walk, ty);
}

/** Of std's types alone: where their impls are is at hand. */
function hasNoImpl({ db, copy }: Walk, ty: Extract<Ty, { kind: "adt" }>): boolean {
  const { def } = ty;
  if (db.crate(def.module.krate).kind !== "std") return false;
  if (db.derivedTraits(def).includes(copy)) return false;
  const { impls, incomplete } = db.implsOfTrait(copy, [ty]);
  return impls.length === 0 && incomplete === undefined;
}
