/**
 * Lowers a bound (`Iterator<Item = T>`, `Fn(A) -> B`) about a type to a trait reference and the projections it fixes.
 */
import type { Result } from "../base/result.ts";
import { ok } from "../base/result.ts";
import type { AssocBindingRef, BoundRef, PathRef } from "../hir-def/type-ref.ts";
import { lowerArgs } from "./lower-args.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerTraitRef } from "./lower-trait-ref.ts";
import { assocTypeOf, supertraitWithAssoc } from "./supertraits.ts";
import type { ProjectionPredicate, TraitRef, Ty } from "./ty.ts";
import type { TypeScope } from "./type-scope.ts";
import type { Unknown } from "./unknown.ts";

export interface LoweredBound {
  readonly ref: TraitRef;
  readonly projections: readonly ProjectionPredicate[];
  /** Bounds written on associated types (`Iterator<Item: Copy>`), to be lowered by the caller if it cares. */
  readonly assocBounds: readonly AssocBound[];
}

interface AssocBound {
  /** The associated type, of the trait that declares it. */
  readonly assoc: Omit<ProjectionPredicate, "term">;
  readonly bounds: readonly BoundRef[];
}

/** A bound about `self`. */
export function lowerTraitBound(db: LowerDb, scope: TypeScope, self: Ty, path: PathRef): Result<LoweredBound, Unknown> {
  const lowered = lowerTraitRef(db, scope, self, path);
  if (!lowered.ok) return lowered;
  const ref: TraitRef = { trait: lowered.value.trait, args: lowered.value.args };
  const written = path.segments.at(-1)?.args;
  const projections: ProjectionPredicate[] = [];
  const assocBounds: AssocBound[] = [];
  for (const binding of written?.bindings ?? []) {
    const assoc = boundAssoc(db, scope, { ref, binding, range: path.range });
    if (binding.type !== undefined) projections.push({ ...assoc, term: db.lowerType(scope, binding.type) });
    if (binding.bounds.length > 0) assocBounds.push({ assoc, bounds: binding.bounds });
  }
  if (written?.parenthesized !== undefined) {
    const owner = assocOwner(db, ref, "Output");
    const { output } = written.parenthesized;
    const term = output === undefined ? db.interner.unit : db.lowerType(scope, output);
    projections.push({ trait: owner.trait, args: owner.args, name: "Output", ownArgs: [], term });
  }
  return ok({ ref, projections, assocBounds });
}

interface WrittenAssoc {
  readonly ref: TraitRef;
  readonly binding: AssocBindingRef;
  readonly range: PathRef["range"];
}

/** The associated type that `Name = …` or `Name: …` in a bound is about, of the trait that declares it. */
function boundAssoc(db: LowerDb, scope: TypeScope, { ref, binding, range }: WrittenAssoc): AssocBound["assoc"] {
  const owner = assocOwner(db, ref, binding.name);
  const def = assocTypeOf(db, owner.trait, binding.name);
  const prefix = owner.args;
  const ownArgs = def === undefined ? [] : lowerArgs(db, scope, { def, args: binding.args, range, prefix }).slice(prefix.length);
  return { trait: owner.trait, args: owner.args, name: binding.name, ownArgs };
}

/** The trait itself or the supertrait that declares an associated type, with its arguments. */
function assocOwner(db: LowerDb, ref: TraitRef, name: string): TraitRef {
  return supertraitWithAssoc(db, ref, name) ?? ref;
}
