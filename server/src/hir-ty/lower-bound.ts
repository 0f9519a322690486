/**
 * Lowers a bound (`Iterator<Item = T>`, `Fn(A) -> B`) about a type to a trait reference and the projections it fixes.
 */
import type { Result } from "../base/result.ts";
import { ok } from "../base/result.ts";
import type { AssocBindingRef, PathRef } from "../hir-def/type-ref.ts";
import { lowerArgs } from "./lower-args.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerTraitRef } from "./lower-trait-ref.ts";
import { supertraitWithAssoc } from "./supertraits.ts";
import type { ProjectionPredicate, TraitRef, Ty } from "./ty.ts";
import type { TypeScope } from "./type-scope.ts";
import type { Unknown } from "./unknown.ts";

export interface LoweredBound {
  readonly ref: TraitRef;
  readonly projections: readonly ProjectionPredicate[];
  /** Bounds written on associated types (`Iterator<Item: Copy>`), to be lowered by the caller if it cares. */
  readonly bindings: readonly AssocBindingRef[];
}

/** A bound about `self`. */
export function lowerTraitBound(db: LowerDb, scope: TypeScope, self: Ty, path: PathRef): Result<LoweredBound, Unknown> {
  const ref = lowerTraitRef(db, scope, self, path);
  if (!ref.ok) return ref;
  const { trait, args } = ref.value;
  const written = path.segments.at(-1)?.args;
  const projections: ProjectionPredicate[] = [];
  for (const binding of written?.bindings ?? []) {
    if (binding.type === undefined) continue;
    const owner = assocOwner(db, { trait, args }, binding.name);
    const assoc = db.defs.associatedItems(owner.trait).find((item) => item.kind === "typeAlias" && item.name === binding.name);
    const ownArgs =
      assoc === undefined
        ? []
        : lowerArgs(db, scope, { def: assoc, args: binding.args, range: path.range, prefix: owner.args }).slice(owner.args.length);
    projections.push({ trait: owner.trait, args: owner.args, name: binding.name, ownArgs, term: db.lowerType(scope, binding.type) });
  }
  if (written?.parenthesized !== undefined) {
    const owner = assocOwner(db, { trait, args }, "Output");
    const { output } = written.parenthesized;
    const term = output === undefined ? db.interner.unit : db.lowerType(scope, output);
    projections.push({ trait: owner.trait, args: owner.args, name: "Output", ownArgs: [], term });
  }
  const bindings = (written?.bindings ?? []).filter((binding) => binding.bounds.length > 0);
  return ok({ ref: { trait, args }, projections, bindings });
}

/** The trait itself or the supertrait that declares an associated type, with its arguments. */
function assocOwner(db: LowerDb, ref: TraitRef, name: string): TraitRef {
  return supertraitWithAssoc(db, ref, name) ?? ref;
}
