/**
 * Associated types in paths: `T::Item`, `Self::Item`, `<T as Trait>::Item`.
 *
 * Invariant: only bounds whose subject is the very parameter are looked at, trait by trait, so that a where-clause may mention
 * `T::Item` itself (rustc: `type_param_predicates`).
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { BoundRef, PathRef, PathSegment, TypeRef } from "../hir-def/type-ref.ts";
import { ownParams, rawGenerics } from "./generics.ts";
import { lowerArgs } from "./lower-args.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerTraitRef, resolveTrait } from "./lower-trait-ref.ts";
import { lowerTypeRef } from "./lower-ty.ts";
import { substituteArgs } from "./substitute.ts";
import type { TraitRef, Ty } from "./ty.ts";
import { scopeOf, type TypeScope, unknownAt } from "./type-scope.ts";

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
export function lowerQualified(db: LowerDb, scope: TypeScope, path: PathRef, qualified: { readonly type: TypeRef; readonly traitPath: PathRef | undefined }): Ty {
  const self = lowerTypeRef(db, scope, qualified.type);
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
    return db.interner.error(unknownAt(scope, "unresolvedName", `\`${segment.name}\` was not found in trait \`${ref.trait.name}\``, segment.range));
  }
  const ownArgs = lowerArgs(db, scope, { def: assoc, args: segment.args, range: segment.range, prefix: owner.args }).slice(owner.args.length);
  return db.interner.ty({ kind: "projection", trait: owner.trait, args: owner.args, name: segment.name, ownArgs });
}

function assocTypeOf(db: LowerDb, trait: DefId, name: string): DefId | undefined {
  return db.defs.associatedItems(trait).find((item) => item.kind === "typeAlias" && item.name === name);
}

function assocType(db: LowerDb, scope: TypeScope, base: Ty, segment: PathSegment): Ty {
  for (const ref of traitsInScope(db, scope, base)) {
    if (supertraitWithAssoc(db, ref, segment.name) !== undefined) return projection(db, scope, ref, segment);
  }
  const message = `which trait's \`${segment.name}\` is meant is not known`;
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

function paramOf(db: LowerDb, param: { readonly kind: "type" | "const"; readonly owner: DefId; readonly index: number; readonly name: string }): TraitRef["args"][number] {
  const { owner, index, name } = param;
  return param.kind === "const" ? db.interner.constant({ kind: "param", owner, index, name }) : db.interner.ty({ kind: "param", owner, index, name });
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
  if (subject.kind === "projection" && written.path.segments.at(-1)?.name === subject.name) return lowerTypeRef(db, scope, written) === subject;
  return false;
}

function* boundRefs(db: LowerDb, scope: TypeScope, self: Ty, bounds: readonly BoundRef[]): Generator<TraitRef> {
  for (const bound of bounds) {
    if (bound.kind !== "trait" || bound.maybe) continue;
    const lowered = lowerTraitRef(db, scope, self, bound.path);
    if (lowered.ok) yield lowered.value;
  }
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
  const onSelf = raw.generics.where.filter((clause) => clause.type.kind === "path" && clause.type.path.segments.length === 1 && clause.type.path.segments[0]?.name === "Self");
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
