/**
 * Associated types in paths: `T::Item`, `Self::Item`, `<T as Trait>::Item`.
 *
 * Invariant: only bounds whose subject is the very parameter are looked at, trait by trait, so that a where-clause may mention
 * `T::Item` itself (rustc: `type_param_predicates`).
 */
import { msg } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { BoundRef, PathRef, PathSegment, TypeRef } from "../hir-def/type-ref.ts";
import { ownParams, rawGenerics } from "./generics.ts";
import { lowerArgs } from "./lower-args.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerTraitRef } from "./lower-trait-ref.ts";
import { substituteArgs } from "./substitute.ts";
import { assocTypeOf, boundRefs, supertraitWithAssoc } from "./supertraits.ts";
import type { TraitRef, Ty } from "./ty.ts";
import type { TypeScope } from "./type-scope.ts";
import { scopeOf, unknownAt } from "./type-scope.ts";

interface AssocPath {
  readonly base: Ty;
  readonly segments: readonly PathSegment[];
  readonly range: RelRange;
}

/** `base::A::B…` */
export function lowerAssociated(db: LowerDb, scope: TypeScope, path: AssocPath): Ty {
  let ty = path.base;
  for (const segment of path.segments) {
    if (ty.kind === "error") return ty;
    ty = assocType(db, scope, ty, segment);
  }
  return ty;
}

/** `<T as Trait>::A` and `<T>::A` */
export function lowerQualified(
  db: LowerDb,
  scope: TypeScope,
  path: PathRef,
  qualified: { readonly type: TypeRef; readonly traitPath: PathRef | undefined },
): Ty {
  const self = db.lowerType(scope, qualified.type);
  const [first, ...rest] = path.segments;
  if (first === undefined) return self;
  if (qualified.traitPath === undefined) return lowerAssociated(db, scope, { base: self, segments: path.segments, range: path.range });
  const bound = lowerTraitRef(db, scope, self, qualified.traitPath);
  if (!bound.ok) return db.interner.error(bound.error);
  const base = projection(db, scope, bound.value, first);
  return lowerAssociated(db, scope, { base, segments: rest, range: path.range });
}

function projection(db: LowerDb, scope: TypeScope, ref: TraitRef, segment: PathSegment): Ty {
  const owner = supertraitWithAssoc(db, ref, segment.name);
  const assoc = owner === undefined ? undefined : assocTypeOf(db, owner.trait, segment.name);
  if (owner === undefined || assoc === undefined) {
    return db.interner.error(
      unknownAt(
        scope,
        "unresolvedName",
        msg("`{name}` was not found in trait `{trait}`", { name: segment.name, trait: ref.trait.name }),
        segment.range,
      ),
    );
  }
  const ownArgs = lowerArgs(db, scope, { def: assoc, args: segment.args, range: segment.range, prefix: owner.args }).slice(
    owner.args.length,
  );
  return db.interner.ty({ kind: "projection", trait: owner.trait, args: owner.args, name: segment.name, ownArgs });
}

function assocType(db: LowerDb, scope: TypeScope, base: Ty, segment: PathSegment): Ty {
  for (const ref of traitsInScope(db, scope, base)) {
    if (supertraitWithAssoc(db, ref, segment.name) !== undefined) return projection(db, scope, ref, segment);
  }
  const message = msg("which trait's `{name}` is meant is not known", { name: segment.name });
  return db.interner.error(unknownAt(scope, "unresolvedName", message, segment.range));
}

/** The traits a type is known to have where it is written: bounds of a parameter, the trait around, the impl's trait. */
function* traitsInScope(db: LowerDb, scope: TypeScope, base: Ty): Generator<TraitRef> {
  const { owner } = scope;
  if (owner === undefined) return;
  const outer = owner.container ?? owner;
  if (base.kind === "param" && base.name === "Self" && base.owner.kind === "trait") {
    const generics = db.genericsOf(base.owner);
    yield { trait: base.owner, args: generics.params.map((p) => (p.index === 0 ? base : paramOf(db, p))) };
  }
  if (outer.kind === "impl" && db.selfType(outer) === base) {
    const ref = db.implTraitArgs(outer);
    if (ref !== undefined) yield ref;
  }
  for (const def of owner.container === undefined ? [owner] : [owner, owner.container]) yield* boundsOf(db, def, base);
  if (base.kind === "projection") yield* boundsOnAssoc(db, base);
}

function paramOf(
  db: LowerDb,
  param: { readonly kind: "type" | "const"; readonly owner: DefId; readonly index: number; readonly name: string },
): TraitRef["args"][number] {
  const { owner, index, name } = param;
  return param.kind === "const"
    ? db.interner.constant({ kind: "param", owner, index, name })
    : db.interner.ty({ kind: "param", owner, index, name });
}

/** Bounds written in a definition's header whose subject is the type. */
function* boundsOf(db: LowerDb, def: DefId, subject: Ty): Generator<TraitRef> {
  const scope = scopeOf(def);
  const bounds: BoundRef[] = [];
  if (subject.kind === "param" && subject.owner === def) {
    const param = ownParams(db.defs, def).find((p) => p.kind === "type" && p.name === subject.name);
    if (param?.kind === "type") bounds.push(...param.bounds);
  }
  for (const clause of rawGenerics(db.defs.rawItem(def)).where) {
    if (isSubject(db, scope, clause.type, subject)) bounds.push(...clause.bounds);
  }
  yield* boundRefs(db, scope, subject, bounds);
}

/** Whether a written subject is the type; only compared where lowering it cannot lead back here. */
function isSubject(db: LowerDb, scope: TypeScope, written: TypeRef, subject: Ty): boolean {
  if (written.kind !== "path") return false;
  if (subject.kind === "param") {
    const [only] = written.path.segments;
    return written.path.segments.length === 1 && only?.name === subject.name && written.path.qualified === undefined;
  }
  if (subject.kind === "projection" && written.path.segments.at(-1)?.name === subject.name) return db.lowerType(scope, written) === subject;
  return false;
}

/** Bounds of an associated type's declaration: `type Item: Iterator`. */
function* boundsOnAssoc(db: LowerDb, ty: Extract<Ty, { kind: "projection" }>): Generator<TraitRef> {
  const assoc = assocTypeOf(db, ty.trait, ty.name);
  const raw = assoc === undefined ? undefined : db.defs.rawItem(assoc);
  if (assoc === undefined || raw?.kind !== "typeAlias") return;
  for (const ref of boundRefs(db, scopeOf(assoc), ty, raw.bounds)) {
    yield { trait: ref.trait, args: substituteArgs(db.interner, ref.args, assoc, [...ty.args, ...ty.ownArgs]) };
  }
}
