/**
 * Lowers a bound (`Iterator<Item = T>`, `Fn(A) -> B`) about a type to a trait reference and the projections it fixes.
 */
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { AssocBindingRef, GenericArgsRef, PathRef } from "../hir-def/type-ref.ts";
import { lowerArgs } from "./lower-args.ts";
import { supertraitWithAssoc } from "./lower-assoc.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerTypeRef } from "./lower-ty.ts";
import type { GenericArgs, ProjectionPredicate, TraitRef, Ty } from "./ty.ts";
import { type TypeScope, unknownAt } from "./type-scope.ts";
import type { Unknown } from "./unknown.ts";

export interface LoweredBound {
  readonly ref: TraitRef;
  readonly projections: readonly ProjectionPredicate[];
  /** Bounds written on associated types (`Iterator<Item: Copy>`), to be lowered by the caller if it cares. */
  readonly bindings: readonly AssocBindingRef[];
}

/** The trait a path names. */
export function resolveTrait(db: LowerDb, scope: TypeScope, path: PathRef): Result<DefId, Unknown> {
  const resolved = db.defs.resolvePath(scope.module, path, "types");
  if (resolved.kind === "unresolved") return err(unknownAt(scope, resolved.problem.kind, resolved.problem.message, path.range));
  const { named } = resolved;
  if (resolved.rest > 0 || named.kind !== "def" || (named.def.kind !== "trait" && named.def.kind !== "traitAlias")) {
    return err(unknownAt(scope, "invalidType", `\`${path.segments.at(-1)?.name ?? ""}\` is not a trait`, path.range));
  }
  return ok(named.def);
}

/** The trait reference of a bound about `self`, without what it fixes of associated types (which may mention the bound itself). */
export function lowerTraitRef(db: LowerDb, scope: TypeScope, self: Ty, path: PathRef): Result<TraitRef, Unknown> {
  const trait = resolveTrait(db, scope, path);
  if (!trait.ok) return trait;
  const written = path.segments.at(-1)?.args;
  return ok({ trait: trait.value, args: traitArgs(db, scope, { trait: trait.value, self, written, path }) });
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
    const ownArgs = assoc === undefined ? [] : lowerArgs(db, scope, { def: assoc, args: binding.args, range: path.range, prefix: owner.args }).slice(owner.args.length);
    projections.push({ trait: owner.trait, args: owner.args, name: binding.name, ownArgs, term: lowerTypeRef(db, scope, binding.type) });
  }
  if (written?.parenthesized !== undefined) {
    const owner = assocOwner(db, { trait, args }, "Output");
    const { output } = written.parenthesized;
    const term = output === undefined ? db.interner.unit : lowerTypeRef(db, scope, output);
    projections.push({ trait: owner.trait, args: owner.args, name: "Output", ownArgs: [], term });
  }
  const bindings = (written?.bindings ?? []).filter((binding) => binding.bounds.length > 0);
  return ok({ ref: { trait, args }, projections, bindings });
}

interface TraitUse {
  readonly trait: DefId;
  readonly self: Ty;
  readonly written: GenericArgsRef | undefined;
  readonly path: PathRef;
}

function traitArgs(db: LowerDb, scope: TypeScope, use: TraitUse): GenericArgs {
  const parenthesized = use.written?.parenthesized;
  if (parenthesized !== undefined) {
    const inputs = parenthesized.inputs.map((input) => lowerTypeRef(db, scope, input));
    return [use.self, db.interner.ty({ kind: "tuple", elements: inputs })];
  }
  return lowerArgs(db, scope, { def: use.trait, args: use.written, range: use.path.range, prefix: [use.self] });
}

/** The trait itself or the supertrait that declares an associated type, with its arguments. */
function assocOwner(db: LowerDb, ref: TraitRef, name: string): TraitRef {
  return supertraitWithAssoc(db, ref, name) ?? ref;
}
