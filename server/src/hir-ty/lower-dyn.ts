/**
 * Lowers trait objects and `impl Trait`.
 *
 * Example: `dyn Iterator<Item = u8> + Send` → principal Iterator, projection Item = u8, auto trait Send.
 */
import { msg } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { BoundRef, PathRef } from "../hir-def/type-ref.ts";
import { lowerTraitBound } from "./lower-bound.ts";
import type { LowerDb } from "./lower-db.ts";
import type { DynProjection, ProjectionPredicate, TraitRef, Ty } from "./ty.ts";
import { isConst } from "./ty.ts";
import type { TypeScope } from "./type-scope.ts";
import { unknownAt } from "./type-scope.ts";

/** `dyn A + B + 'a` */
export function lowerDyn(db: LowerDb, scope: TypeScope, bounds: readonly BoundRef[], range: RelRange): Ty {
  const { interner } = db;
  const autos: DefId[] = [];
  const projections: DynProjection[] = [];
  let principal: { readonly trait: DefId; readonly args: TraitRef["args"] } | undefined;
  // The object's own type stands for Self while the bounds are lowered; it is left out of the stored arguments.
  const self = interner.ty({ kind: "dyn", principal: undefined, projections: [], autos: [] });
  const notAuto = (): Ty => interner.error(unknownAt(scope, "invalidType", msg("only auto traits can be added to a trait object"), range));
  for (const path of traitPaths(bounds)) {
    const lowered = lowerTraitBound(db, scope, self, path);
    if (!lowered.ok) return interner.error(lowered.error);
    const { ref } = lowered.value;
    if (isAutoTrait(db, ref.trait)) autos.push(ref.trait);
    else if (principal === undefined) principal = { trait: ref.trait, args: ref.args.slice(1) };
    else if (principal.trait !== ref.trait) return notAuto();
    projections.push(...lowered.value.projections.flatMap(dynProjection));
  }
  autos.sort((a, b) => (a.key < b.key ? -1 : 1));
  return interner.ty({ kind: "dyn", principal, projections, autos: autos.filter((auto, i) => autos.indexOf(auto) === i) });
}

function traitPaths(bounds: readonly BoundRef[]): readonly PathRef[] {
  return bounds.flatMap((bound) => (bound.kind === "trait" && !bound.maybe ? [bound.path] : []));
}

function dynProjection(p: ProjectionPredicate): readonly DynProjection[] {
  return isConst(p.term) ? [] : [{ trait: p.trait, args: p.args.slice(1), name: p.name, term: p.term }];
}

function isAutoTrait(db: LowerDb, trait: DefId): boolean {
  const raw = db.defs.rawItem(trait);
  return raw?.kind === "trait" && raw.isAuto;
}

/** `impl A + B`: the type is hidden, only its bounds are known. */
export function lowerImplTrait(db: LowerDb, scope: TypeScope, bounds: readonly BoundRef[], range: RelRange): Ty {
  const { interner } = db;
  const why = unknownAt(scope, "opaqueType", msg("`impl Trait` hides the type"), range);
  const key = `${scope.owner?.key ?? scope.module.key}@${range.start}`;
  const self = interner.ty({ kind: "opaque", key, bounds: [], why });
  const refs: TraitRef[] = [];
  for (const bound of bounds) {
    if (bound.kind !== "trait" || bound.maybe) continue;
    const lowered = lowerTraitBound(db, scope, self, bound.path);
    if (lowered.ok) refs.push(lowered.value.ref);
  }
  return interner.ty({ kind: "opaque", key: `${key}+`, bounds: refs, why });
}
