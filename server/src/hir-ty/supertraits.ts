/**
 * Supertraits and the associated types they declare.
 *
 * Invariant: arguments of a supertrait are lowered only if it (or one above it) declares the name, which keeps lowering out of circles.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { BoundRef } from "../hir-def/type-ref.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerTraitRef, resolveTrait } from "./lower-trait-ref.ts";
import { substituteArgs } from "./substitute.ts";
import type { TraitRef, Ty } from "./ty.ts";
import type { TypeScope } from "./type-scope.ts";
import { scopeOf } from "./type-scope.ts";

/** The trait itself or the first supertrait that declares an associated type, with arguments in terms of the given ones. */
export function supertraitWithAssoc(db: LowerDb, ref: TraitRef, name: string): TraitRef | undefined {
  const seen = new Set<DefId>();
  const queue: TraitRef[] = [ref];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (seen.has(at.trait)) continue;
    seen.add(at.trait);
    if (assocTypeOf(db, at.trait, name) !== undefined) return at;
    if (mayInherit(db, at.trait, name, new Set())) queue.push(...supertraits(db, at));
  }
  return undefined;
}

/** Whether a supertrait (by definition alone, no arguments lowered) declares the name; keeps lowering out of circles. */
function mayInherit(db: LowerDb, trait: DefId, name: string, seen: Set<DefId>): boolean {
  if (seen.has(trait)) return false;
  seen.add(trait);
  return superBounds(db, trait).some((bound) => {
    if (bound.kind !== "trait") return false;
    const found = resolveTrait(db, scopeOf(trait), bound.path);
    return found.ok && (assocTypeOf(db, found.value, name) !== undefined || mayInherit(db, found.value, name, seen));
  });
}

function superBounds(db: LowerDb, trait: DefId): readonly BoundRef[] {
  const raw = db.defs.rawItem(trait);
  if (raw?.kind === "traitAlias") return raw.bounds;
  if (raw?.kind !== "trait") return [];
  const onSelf = raw.generics.where.filter(
    (clause) => clause.type.kind === "path" && clause.type.path.segments.length === 1 && clause.type.path.segments[0]?.name === "Self",
  );
  return [...raw.supertraits, ...onSelf.flatMap((clause) => clause.bounds)];
}

function supertraits(db: LowerDb, ref: TraitRef): readonly TraitRef[] {
  const [self] = ref.args;
  if (self === undefined || "isConst" in self) return [];
  const scope = scopeOf(ref.trait);
  const own = db.interner.ty({ kind: "param", owner: ref.trait, index: 0, name: "Self" });
  return [...boundRefs(db, scope, own, superBounds(db, ref.trait))].map((bound) => ({
    trait: bound.trait,
    args: substituteArgs(db.interner, bound.args, ref.trait, ref.args),
  }));
}

/** The associated type of a name that a trait itself declares. */
export function assocTypeOf(db: LowerDb, trait: DefId, name: string): DefId | undefined {
  return db.defs.associatedItems(trait).find((item) => item.kind === "typeAlias" && item.name === name);
}

/** The traits of some bounds about a type. */
export function* boundRefs(db: LowerDb, scope: TypeScope, self: Ty, bounds: readonly BoundRef[]): Generator<TraitRef> {
  for (const bound of bounds) {
    if (bound.kind !== "trait" || bound.maybe) continue;
    const lowered = lowerTraitRef(db, scope, self, bound.path);
    if (lowered.ok) yield lowered.value;
  }
}
