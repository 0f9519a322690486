/**
 * What paths mean while a body is typed: locals, items, constructors, associated items of types, traits and primitives.
 *
 * Example: `Self::LEN` in an impl → the impl's const; `T::LEN` → the const of the trait among T's bounds that has it.
 *
 * Invariant: an associated item is looked for in rustc's order – variants, inherent items, traits; which of several is meant is
 * never guessed.
 */
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { GenericArgsRef, PathRef } from "../hir-def/type-ref.ts";
import type { Const, GenericArgs, TraitRef, Ty } from "../hir-ty/ty.ts";
import type { AdtDef, VariantDef } from "../hir-ty/ty-db.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { ValuePath } from "./const-db.ts";
import { withoutInfer } from "./infer-table.ts";
import type { PrimitiveFn } from "./primitive-fn.ts";
import { primitiveFn } from "./primitive-table.ts";
import type { LocalId } from "./thir.ts";
import type { Tc } from "./typeck-context.ts";
import { EMPTY_ENV, findLocal, freshArgs, intern, internArgs, internConst, structural, substituted, unknown } from "./typeck-context.ts";
import type { Subject } from "./typeck-inherent.ts";
import { chooseInherent, inherentImpls } from "./typeck-inherent.ts";

/** What a path in an expression or pattern means. Types are this body's. */
export type Meaning =
  | { readonly kind: "local"; readonly local: LocalId }
  /** A const, static or fn, free or of an inherent impl. */
  | { readonly kind: "item"; readonly def: DefId; readonly args: GenericArgs }
  | { readonly kind: "ctor"; readonly use: AdtUse }
  | { readonly kind: "primitive"; readonly fn: PrimitiveFn; readonly self: Ty; readonly generics: GenericArgs }
  | { readonly kind: "traitItem"; readonly item: DefId; readonly ref: TraitRef; readonly ownArgs: GenericArgs }
  | { readonly kind: "const"; readonly value: Const; readonly ty: Ty }
  | { readonly kind: "trap"; readonly why: Unknown };

/** A struct, union or variant of an enum with its type. */
export interface AdtUse {
  readonly ty: AdtTy;
  readonly adt: AdtDef;
  readonly variant: VariantDef;
}

export type AdtTy = Extract<Ty, { kind: "adt" }>;

/** A path of one plain name. */
export function plainPath(name: string, range: PathRef["range"]): PathRef {
  return { anchor: { kind: "plain" }, qualified: undefined, segments: [{ name, args: undefined, range }], range };
}

export function meaningOf(tc: Tc, path: PathRef): Meaning {
  const local = localOf(tc, path);
  const isShadowable = local !== undefined && (tc.localDepths[local] ?? 0) < tc.scope.block.length;
  if (local !== undefined && !isShadowable) return { kind: "local", local };
  const resolved = tc.db.names.resolveValue(path, tc.scope);
  if (local !== undefined && !(resolved.ok && shadows(resolved.value, tc.localDepths[local] ?? 0))) return { kind: "local", local };
  return resolved.ok ? meaningOfValue(tc, path, resolved.value) : { kind: "trap", why: resolved.error };
}

/** Whether a name means an item of a block further in than the local of the same name. */
function shadows(value: ValuePath, depth: number): boolean {
  const module = value.kind === "item" ? value.def.module : value.kind === "ctor" ? value.adt.module : undefined;
  return module?.origin.kind === "block" && module.origin.path.length > depth;
}

function localOf(tc: Tc, path: PathRef): LocalId | undefined {
  if (path.qualified !== undefined) return undefined;
  if (path.anchor.kind === "self" && path.segments.length === 0) return findLocal(tc, "self");
  const [only] = path.segments;
  const isName = path.anchor.kind === "plain" && path.segments.length === 1 && only?.args === undefined;
  return isName && only !== undefined ? findLocal(tc, only.name) : undefined;
}

function meaningOfValue(tc: Tc, path: PathRef, value: ValuePath): Meaning {
  switch (value.kind) {
    case "item":
      return { kind: "item", def: value.def, args: internArgs(tc, value.args) };
    case "ctor": {
      const use = adtUse(tc, intern(tc, tc.interner.adt(value.adt, value.args)), value.variant, path);
      return use.ok ? { kind: "ctor", use: use.value } : { kind: "trap", why: use.error };
    }
    case "constParam":
      return { kind: "const", value: internConst(tc, value.value), ty: intern(tc, value.ty) };
    case "assoc":
      return assocMeaning(tc, path, value);
  }
}

type AssocPath = Extract<ValuePath, { kind: "assoc" }>;

function assocMeaning(tc: Tc, path: PathRef, assoc: AssocPath): Meaning {
  const wanted: Wanted = { name: assoc.name, written: assoc.written, path };
  if (assoc.trait !== undefined) {
    const ref: TraitRef = { trait: assoc.trait.trait, args: internArgs(tc, assoc.trait.args) };
    return traitItem(tc, ref, wanted) ?? notFound(tc, wanted);
  }
  if (assoc.self.kind === "param") {
    const bound = boundWith(tc, assoc.self, assoc.name);
    const found = bound && traitItem(tc, { trait: bound.trait, args: internArgs(tc, bound.args) }, wanted);
    if (found !== undefined) return found;
  }
  // In a generic body the parameters have no values yet when rustc decides which item is meant.
  const subject: Subject = assoc.self.flags.hasParam
    ? { self: tc.table.fillHoles(assoc.self), env: tc.db.ty.paramEnv(tc.scope.owner) }
    : { self: intern(tc, assoc.self), env: EMPTY_ENV };
  return typeItem(tc, structural(tc, intern(tc, assoc.self)), { ...wanted, subject });
}

interface Wanted {
  readonly name: string;
  readonly written: GenericArgsRef | undefined;
  readonly path: PathRef;
}

interface WantedOfType extends Wanted {
  readonly subject: Subject;
}

function notFound(tc: Tc, wanted: Wanted): Meaning {
  return { kind: "trap", why: unknown(tc, msg("no `{name}` was found for this type", { name: wanted.name }), wanted.path.range) };
}

function typeItem(tc: Tc, self: Ty, wanted: WantedOfType): Meaning {
  if (self.kind === "error") return { kind: "trap", why: self.why };
  if (self.kind === "adt") {
    const adt = tc.db.ty.adt(self.def);
    const variant = self.def.kind === "enum" ? adt.variants.find((v) => v.name === wanted.name) : undefined;
    if (variant !== undefined)
      return adt.why === undefined ? { kind: "ctor", use: { ty: self, adt, variant } } : { kind: "trap", why: adt.why };
  }
  const primitive = primitiveFn(self, wanted.name);
  if (primitive !== undefined) return { kind: "primitive", fn: primitive, self, generics: builtInArgs(tc, wanted.written) };
  return inherentItem(tc, self, wanted) ?? traitOfType(tc, self, wanted);
}

/** An item of an inherent impl whose self type fits. */
function inherentItem(tc: Tc, self: Ty, wanted: WantedOfType): Meaning | undefined {
  const items = inherentImpls(tc, self).flatMap((candidate) => {
    const named = assocItem(tc, candidate, wanted.name);
    return named === undefined || !fitsImpl(tc, candidate, self) ? [] : [{ impl: candidate, item: named }];
  });
  if (items.length === 0) return undefined;
  const choice = chooseInherent(tc, items, wanted.subject, traitsWith(tc, wanted.name).length > 0);
  if (choice.kind === "none") return undefined;
  const message = msg("which impl's `{name}` is meant is not known", { name: wanted.name });
  if (choice.kind === "unclear") return { kind: "trap", why: choice.why ?? unknown(tc, message, wanted.path.range) };
  const { impl, item } = choice.found;
  const implArgs = matchImpl(tc, impl, self);
  return implArgs && { kind: "item", def: item, args: withOwnArgs(tc, item, implArgs, wanted.written) };
}

/** Whether an impl may be for a self type; binds nothing. */
function fitsImpl(tc: Tc, impl: DefId, self: Ty): boolean {
  let fits = false;
  tc.table.probe(() => {
    fits = matchImpl(tc, impl, self) !== undefined;
    return false;
  });
  return fits;
}

/** Traits in scope that have an associated const or fn of a name. */
function traitsWith(tc: Tc, name: string): readonly DefId[] {
  return tc.db.names.traitsInScope(tc.scope).filter((trait) => assocItem(tc, trait, name) !== undefined);
}

function assocItem(tc: Tc, container: DefId, name: string): DefId | undefined {
  return tc.db.ty.assocItem(container, "const", name) ?? tc.db.ty.assocItem(container, "fn", name);
}

/** An impl's arguments for a self type, or undefined if it is not for that type. */
export function matchImpl(tc: Tc, impl: DefId, self: Ty): GenericArgs | undefined {
  const header = tc.db.ty.implHeader(impl);
  let args: GenericArgs = [];
  const fits = tc.table.probe(() => {
    args = freshArgs(tc, impl);
    return tc.table.unify(substituted(tc, header.selfTy, impl, args), self);
  });
  return fits ? args : undefined;
}

/** A container's arguments followed by an item's own: those written, or fresh ones. */
export function withOwnArgs(tc: Tc, item: DefId, containerArgs: GenericArgs, written: GenericArgsRef | undefined): GenericArgs {
  const { parentCount } = tc.db.ty.genericsOf(item);
  const fresh = freshArgs(tc, item).slice(parentCount);
  const own = written === undefined ? [] : internArgs(tc, tc.db.names.lowerArgs(written, item, tc.scope));
  return [...containerArgs, ...fresh.map((arg, i) => own[i] ?? arg)];
}

/** Arguments written for a built-in function. */
export function builtInArgs(tc: Tc, written: GenericArgsRef | undefined): GenericArgs {
  return written === undefined ? [] : internArgs(tc, tc.db.names.lowerArgs(written, undefined, tc.scope));
}

function traitItem(tc: Tc, ref: TraitRef, wanted: Wanted): Meaning | undefined {
  const item = assocItem(tc, ref.trait, wanted.name);
  if (item === undefined) return undefined;
  const ownArgs = withOwnArgs(tc, item, ref.args, wanted.written).slice(ref.args.length);
  return { kind: "traitItem", item, ref, ownArgs };
}

/** The bound of a parameter (or one of its supertraits) whose trait has an item of a name, in terms of the scope's parameters. */
export function boundWith(tc: Tc, param: Ty, name: string): TraitRef | undefined {
  const seen = new Set<string>();
  const queue: TraitRef[] = boundsOf(tc, param);
  for (let at = queue.shift(); at !== undefined && seen.size < 200; at = queue.shift()) {
    const key = `${at.trait.key}<${at.args.map((arg) => arg.id).join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (assocItem(tc, at.trait, name) !== undefined) return at;
    queue.push(...supertraits(tc, at));
  }
  return undefined;
}

function boundsOf(tc: Tc, param: Ty): TraitRef[] {
  const { owner } = tc.scope;
  const predicates = tc.db.ty.paramEnv(owner).predicates;
  const refs = predicates.flatMap((p) => (p.kind === "trait" && p.ref.args[0] === param ? [p.ref] : []));
  const trait = owner.kind === "trait" ? owner : owner.container?.kind === "trait" ? owner.container : undefined;
  if (trait !== undefined && param.kind === "param" && param.owner === trait && param.index === 0)
    refs.push({ trait, args: identity(tc, trait) });
  return refs;
}

function identity(tc: Tc, def: DefId): GenericArgs {
  return tc.db.ty.genericsOf(def).params.map(({ kind, owner, index, name }) => {
    const param = { kind: "param", owner, index, name } as const;
    return kind === "type" ? tc.interner.ty(param) : tc.interner.constant(param);
  });
}

function supertraits(tc: Tc, ref: TraitRef): readonly TraitRef[] {
  return tc.db.ty.traitDef(ref.trait).superPredicates.flatMap((p) => {
    if (p.kind !== "trait") return [];
    const carrier = tc.db.ty.substitute(tc.interner.ty({ kind: "fnDef", def: p.ref.trait, args: p.ref.args }), ref.trait, ref.args);
    return carrier.kind === "fnDef" ? [{ trait: p.ref.trait, args: carrier.args }] : [];
  });
}

/** An item of a trait in scope that the type implements. */
function traitOfType(tc: Tc, self: Ty, wanted: Wanted): Meaning {
  const found: Meaning[] = [];
  for (const trait of traitsWith(tc, wanted.name)) {
    const args = [self, ...freshArgs(tc, trait).slice(1)];
    const ref: TraitRef = { trait, args: tc.table.resolveArgs(args) };
    if (tc.db.ty.implements(withoutVariables(tc, ref, wanted), EMPTY_ENV).kind === "no") continue;
    const item = traitItem(tc, ref, wanted);
    if (item !== undefined) found.push(item);
  }
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 1)
    return { kind: "trap", why: unknown(tc, msg("several traits have `{name}` for this type", { name: wanted.name }), wanted.path.range) };
  const incomplete = self.kind === "adt" ? tc.db.ty.inherentImpls(tc.table.resolve(self)).incomplete : undefined;
  return incomplete === undefined ? notFound(tc, wanted) : { kind: "trap", why: incomplete };
}

/** A reference for the question whether it cannot hold, whatever its arguments that are not known yet are. */
function withoutVariables(tc: Tc, ref: TraitRef, { name, path }: Wanted): TraitRef {
  const open = unknown(
    tc,
    msg("which arguments of `{trait}` are meant by `{name}` is not known", { trait: ref.trait.name, name }),
    path.range,
  );
  const [self, ...more] = ref.args;
  if (self === undefined || self.flags.hasInfer) return ref;
  return { trait: ref.trait, args: [self, ...withoutInfer(tc.interner, more, open)] };
}

/** The struct, union or variant a path before `{` names. */
export function adtOfPath(tc: Tc, path: PathRef): Result<AdtUse, Unknown> {
  const resolved = tc.db.names.resolveAdt(path, tc.scope);
  return resolved.ok ? adtUse(tc, intern(tc, resolved.value.ty), resolved.value.variant, path) : resolved;
}

function adtUse(tc: Tc, ty: Ty, variantName: string | undefined, path: PathRef): Result<AdtUse, Unknown> {
  const head = structural(tc, ty);
  if (head.kind !== "adt")
    return err(head.kind === "error" ? head.why : unknown(tc, msg("this path names no struct, enum or union"), path.range));
  const adt = tc.db.ty.adt(head.def);
  if (adt.why !== undefined) return err(adt.why);
  if (tc.db.hasConstDrop(head)) return err(unknown(tc, msg("`impl const Drop` is not run"), path.range));
  const variant = variantName === undefined ? adt.variants[0] : adt.variants.find((v) => v.name === variantName);
  if (variant === undefined) return err(unknown(tc, msg("no variant `{name}` was found", { name: variantName ?? "" }), path.range));
  return ok({ ty: head, adt, variant });
}

/** The type of a field for the type's arguments; undefined if there is no such field. */
export function fieldTy(tc: Tc, ty: AdtTy, variant: VariantDef, index: number): Ty | undefined {
  const field = variant.fields[index];
  return field === undefined ? undefined : substituted(tc, field.ty, ty.def, ty.args);
}
