/**
 * Names inside bodies, for const evaluation: what paths, types and macro calls of a const or const fn mean.
 *
 * Example: `Vec::<u8>::new` → the associated `new` of `Vec<u8, _>`; `MAX` in a block that declares it → that const.
 *
 * Invariants: types are in terms of the owner's own parameters; arguments that are not written are holes for inference.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { AdtPath, ConstNames, ValuePath } from "../consteval/const-db.ts";
import { holeConst, holeTy } from "../consteval/const-db.ts";
import { evaluateCfg, parseCfgExpr } from "../db/cfg-expr.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Named } from "../hir-def/name-db.ts";
import type { GenericArgsRef, PathRef, PathSegment } from "../hir-def/type-ref.ts";
import { constParamType } from "../hir-ty/lower-args.ts";
import { lowerAssociated } from "../hir-ty/lower-assoc.ts";
import { constParam, lowerConstArg } from "../hir-ty/lower-const.ts";
import { builtinType } from "../hir-ty/lower-path.ts";
import { resolveTrait } from "../hir-ty/lower-trait-ref.ts";
import { lowerTypeRef } from "../hir-ty/lower-ty.ts";
import { foldArg, substitute, substitution } from "../hir-ty/substitute.ts";
import type { ConstScope, GenericArg, GenericArgs, TraitRef, Ty } from "../hir-ty/ty.ts";
import type { GenericParamDef } from "../hir-ty/ty-db.ts";
import type { TypeScope } from "../hir-ty/type-scope.ts";
import { unknownAt, unresolvedPath } from "../hir-ty/type-scope.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { World } from "./world.ts";

/** Where types of a body are lowered: `_` is a hole. */
export function bodyScope(world: World, scope: ConstScope): TypeScope {
  return { owner: scope.owner, module: world.defs.blockModule(scope.owner, scope.block), block: scope.block, inferred: true };
}

type PathNames = Pick<ConstNames, "resolveValue" | "resolveAdt" | "lowerType" | "lowerArgs" | "isEnabled" | "traitsInScope">;

/** The part of `ConstNames` that is about names. */
export function pathNames(world: World): PathNames {
  return {
    resolveValue: (path, scope) => resolveValue(world, path, bodyScope(world, scope)),
    resolveAdt: (path, scope) => resolveAdt(world, path, bodyScope(world, scope)),
    lowerType: (type, scope) => lowerTypeRef(world, bodyScope(world, scope), type),
    lowerArgs: (args, of, scope) => lowerOwnArgs(world, bodyScope(world, scope), args, of),
    isEnabled: (attributes, scope) => isEnabled(world, attributes, scope),
    traitsInScope: (scope) => traitsInScope(world, bodyScope(world, scope)),
  };
}

function fail(scope: TypeScope, message: Message, path: PathRef): Result<never, Unknown> {
  return err(unknownAt(scope, "unresolvedName", message, path.range));
}

function resolveValue(world: World, path: PathRef, scope: TypeScope): Result<ValuePath, Unknown> {
  const param = constParam(world, scope, path);
  if (param?.kind === "param") {
    const { owner, index } = param;
    const def = world.genericsOf(owner).params[index];
    return ok({ kind: "constParam", value: param, ty: def === undefined ? world.interner.usize : constParamType(world, def) });
  }
  if (path.qualified !== undefined) return qualifiedValue(world, path, scope, path.qualified);
  const [first, ...rest] = path.segments;
  if (first !== undefined && path.anchor.kind === "plain") {
    const local = localType(world, scope, first);
    if (local !== undefined)
      return rest.length === 0 ? selfCtor(world, local, path, scope) : assocValue(world, { base: local, segments: rest }, path, scope);
  }
  return namedValue(world, path, scope);
}

/** `Self` or a type parameter. */
function localType(world: World, scope: TypeScope, segment: PathSegment): Ty | undefined {
  if (scope.owner === undefined) return undefined;
  if (segment.name === "Self") return world.selfType(scope.owner);
  const param = world.genericsOf(scope.owner).params.findLast((p) => p.kind === "type" && p.name === segment.name);
  if (param === undefined) return undefined;
  return world.interner.ty({ kind: "param", owner: param.owner, index: param.index, name: param.name });
}

function selfCtor(_world: World, self: Ty, path: PathRef, scope: TypeScope): Result<ValuePath, Unknown> {
  if (self.kind !== "adt") return fail(scope, msg("a type stands where a value is wanted"), path);
  return ok({ kind: "ctor", adt: self.def, variant: undefined, args: self.args });
}

interface AssocSegments {
  readonly base: Ty;
  /** At least one. */
  readonly segments: readonly PathSegment[];
}

/** `base::A::b`: all but the last are associated types. */
function assocValue(world: World, assoc: AssocSegments, path: PathRef, scope: TypeScope): Result<ValuePath, Unknown> {
  const last = assoc.segments.at(-1);
  if (last === undefined) return fail(scope, msg("this path could not be read"), path);
  const self = lowerAssociated(world, scope, { base: assoc.base, segments: assoc.segments.slice(0, -1), range: path.range });
  if (self.kind === "error") return err(self.why);
  return ok({ kind: "assoc", self, trait: undefined, name: last.name, written: last.args });
}

/** `<T>::name` and `<T as Trait>::name` */
function qualifiedValue(
  world: World,
  path: PathRef,
  scope: TypeScope,
  qualified: NonNullable<PathRef["qualified"]>,
): Result<ValuePath, Unknown> {
  const self = lowerTypeRef(world, scope, qualified.type);
  if (self.kind === "error") return err(self.why);
  const last = path.segments.at(-1);
  if (last === undefined) return fail(scope, msg("this path could not be read"), path);
  if (qualified.traitPath === undefined || path.segments.length > 1) {
    const base =
      path.segments.length > 1
        ? lowerTypeRef(world, scope, { kind: "path", path: { ...path, segments: path.segments.slice(0, -1) }, range: path.range })
        : self;
    return base.kind === "error" ? err(base.why) : ok({ kind: "assoc", self: base, trait: undefined, name: last.name, written: last.args });
  }
  const trait = traitRefOf(world, scope, { self, path: qualified.traitPath });
  return trait.ok ? ok({ kind: "assoc", self, trait: trait.value, name: last.name, written: last.args }) : trait;
}

function traitRefOf(world: World, scope: TypeScope, use: { readonly self: Ty; readonly path: PathRef }): Result<TraitRef, Unknown> {
  const trait = resolveTrait(world, scope, use.path);
  if (!trait.ok) return trait;
  return ok({
    trait: trait.value,
    args: argsWithHoles(world, scope, { def: trait.value, written: use.path.segments.at(-1)?.args, prefix: [use.self] }),
  });
}

function namedValue(world: World, path: PathRef, scope: TypeScope): Result<ValuePath, Unknown> {
  const resolved = world.defs.resolvePath(scope.module, path, "values");
  if (resolved.kind === "unresolved") return err(unresolvedPath(world.defs, scope, path, resolved.problem));
  const taken = path.segments.length - resolved.rest;
  const { named } = resolved;
  const head = path.segments.slice(0, taken);
  if (resolved.rest === 0) return wholeValue(world, named, { path, scope });
  if (named.kind === "def" && (named.def.kind === "trait" || named.def.kind === "traitAlias"))
    return traitValue(world, named.def, { path, scope, taken });
  const base = baseType(world, scope, named, head);
  if (base === undefined) return fail(scope, msg("`{name}` was not found", { name: path.segments[taken]?.name ?? "" }), path);
  return base.kind === "error" ? err(base.why) : assocValue(world, { base, segments: path.segments.slice(taken) }, path, scope);
}

interface Use {
  readonly path: PathRef;
  readonly scope: TypeScope;
}

function wholeValue(world: World, named: Named, use: Use): Result<ValuePath, Unknown> {
  const { path, scope } = use;
  if (named.kind === "variant")
    return ok({ kind: "ctor", adt: named.owner, variant: named.name, args: variantArgs(world, scope, named.owner, path) });
  if (named.kind !== "def") return fail(scope, msg("a type or module stands where a value is wanted"), path);
  const { def } = named;
  const written = path.segments.at(-1)?.args;
  switch (def.kind) {
    case "const":
    case "static":
    case "fn":
      return ok({ kind: "item", def, args: argsWithHoles(world, scope, { def, written, prefix: [] }) });
    case "struct":
      return ok({ kind: "ctor", adt: def, variant: undefined, args: argsWithHoles(world, scope, { def, written, prefix: [] }) });
    default:
      return fail(scope, msg("`{name}` is no value", { name: def.name }), path);
  }
}

/** `Enum::<Args>::Variant` or `Variant::<Args>` */
function variantArgs(world: World, scope: TypeScope, def: DefId, path: PathRef): GenericArgs {
  const written = path.segments.at(-1)?.args ?? path.segments.at(-2)?.args;
  return argsWithHoles(world, scope, { def, written, prefix: [] });
}

/** `Trait::name` */
function traitValue(world: World, trait: DefId, use: Use & { readonly taken: number }): Result<ValuePath, Unknown> {
  const { path, scope, taken } = use;
  const last = path.segments.at(-1);
  const self = holeTy(world.interner);
  const args = argsWithHoles(world, scope, { def: trait, written: path.segments[taken - 1]?.args, prefix: [self] });
  if (last === undefined) return fail(scope, msg("this path could not be read"), path);
  return ok({ kind: "assoc", self, trait: { trait, args }, name: last.name, written: last.args });
}

/** The type the first segments of a path name; undefined if they name none. */
function baseType(world: World, scope: TypeScope, named: Named, segments: readonly PathSegment[]): Ty | undefined {
  const written = segments.at(-1)?.args;
  if (named.kind === "builtin") return builtinType(world, named.name);
  if (named.kind !== "def") return undefined;
  const { def } = named;
  switch (def.kind) {
    case "struct":
    case "enum":
    case "union":
      return world.interner.adt(def, argsWithHoles(world, scope, { def, written, prefix: [] }));
    case "typeAlias": {
      const target = world.typeOf(def);
      return target && substitute(world.interner, target, def, argsWithHoles(world, scope, { def, written, prefix: [] }));
    }
    case "foreignType":
      return world.interner.ty({ kind: "foreign", def });
    default:
      return undefined;
  }
}

function resolveAdt(world: World, path: PathRef, scope: TypeScope): Result<AdtPath, Unknown> {
  const [first, ...rest] = path.segments;
  const local =
    first !== undefined && path.anchor.kind === "plain" && path.qualified === undefined ? localType(world, scope, first) : undefined;
  if (local !== undefined) return adtOrVariant(world, local, rest, { path, scope });
  if (path.qualified !== undefined) {
    const ty = lowerTypeRef(world, scope, { kind: "path", path, range: path.range });
    return ty.kind === "error" ? err(ty.why) : ok({ ty, variant: undefined });
  }
  const resolved = world.defs.resolvePath(scope.module, path, "types");
  if (resolved.kind === "unresolved") return err(unresolvedPath(world.defs, scope, path, resolved.problem));
  const { named } = resolved;
  if (named.kind === "variant")
    return ok({ ty: world.interner.adt(named.owner, variantArgs(world, scope, named.owner, path)), variant: named.name });
  const taken = path.segments.length - resolved.rest;
  const base = baseType(world, scope, named, path.segments.slice(0, taken));
  if (base === undefined) return fail(scope, msg("this path names no struct, enum or union"), path);
  return adtOrVariant(world, base, path.segments.slice(taken), { path, scope });
}

/** `Type`, `Type::Variant` or `Type::Assoc` */
function adtOrVariant(world: World, base: Ty, segments: readonly PathSegment[], use: Use): Result<AdtPath, Unknown> {
  const [only] = segments;
  if (only === undefined) return base.kind === "error" ? err(base.why) : ok({ ty: base, variant: undefined });
  const isVariant =
    base.kind === "adt" && base.def.kind === "enum" && segments.length === 1 && world.defs.hasVariant(base.def, only.name).kind === "found";
  if (isVariant) return ok({ ty: base, variant: only.name });
  const ty = lowerAssociated(world, use.scope, { base, segments, range: use.path.range });
  return ty.kind === "error" ? err(ty.why) : ok({ ty, variant: undefined });
}

interface ArgsUse {
  readonly def: DefId;
  readonly written: GenericArgsRef | undefined;
  readonly prefix: GenericArgs;
}

/** All arguments of a definition in an expression; where none is written all are inferred, defaults or not. */
function argsWithHoles(world: World, scope: TypeScope, use: ArgsUse): GenericArgs {
  const { params } = world.genericsOf(use.def);
  const given = (use.written?.args ?? []).filter((arg) => arg.kind !== "lifetime");
  const out: GenericArg[] = [...use.prefix];
  params.slice(use.prefix.length).forEach((param, i) => {
    const arg = given[i];
    out.push(
      arg === undefined ? missingArg(world, param, { known: out, isPartial: given.length > 0 }) : writtenArg(world, scope, param, arg),
    );
  });
  return out;
}

/** Where some arguments are written, those that are not are the defaults. */
function missingArg(world: World, param: GenericParamDef, args: { readonly known: GenericArgs; readonly isPartial: boolean }): GenericArg {
  const value = args.isPartial ? world.paramDefault(param) : undefined;
  return value === undefined ? hole(world, param) : foldArg(substitution(world.interner, param.owner, args.known), value);
}

function hole(world: World, param: GenericParamDef): GenericArg {
  return param.kind === "const" ? holeConst(world.interner) : holeTy(world.interner);
}

function writtenArg(world: World, scope: TypeScope, param: GenericParamDef, arg: GenericArgsRef["args"][number]): GenericArg {
  if (param.kind === "const") {
    if (arg.kind === "type" && arg.type.kind === "infer") return holeConst(world.interner);
    return lowerConstArg(world, scope, arg, constParamType(world, param));
  }
  return arg.kind === "type" ? lowerTypeRef(world, scope, arg.type) : holeTy(world.interner);
}

/** Arguments behind an associated item's name; those of a built-in function are consts of type usize where they are no types. */
function lowerOwnArgs(world: World, scope: TypeScope, args: GenericArgsRef, of: DefId | undefined): GenericArgs {
  const written = args.args.filter((arg) => arg.kind !== "lifetime");
  const generics = of === undefined ? undefined : world.genericsOf(of);
  return written.map((arg, i): GenericArg => {
    const param = generics?.params[generics.parentCount + i];
    return param === undefined ? builtInArg(world, scope, arg) : writtenArg(world, scope, param, arg);
  });
}

function builtInArg(world: World, scope: TypeScope, arg: GenericArgsRef["args"][number]): GenericArg {
  const type = arg.kind === "type" ? lowerTypeRef(world, scope, arg.type) : undefined;
  return type === undefined || type.kind === "error" ? lowerConstArg(world, scope, arg, world.interner.usize) : type;
}

/** Whether the `cfg`s among outer attributes hold for the crate of a body. */
export function isEnabled(world: World, attributes: readonly string[], scope: ConstScope): Result<boolean, Unknown> {
  const { cfg } = world.crate(scope.owner.module.krate);
  for (const attribute of attributes) {
    const predicate = /^cfg\s*\(([\s\S]*)\)$/.exec(attribute.trim())?.[1];
    if (predicate === undefined) continue;
    const answer = evaluateCfg(parseCfgExpr(predicate), cfg);
    if (answer.truth === "false") return ok(false);
    if (answer.truth === "unknown") return err({ kind: "cfg", message: answer.reason, culprit: { owner: scope.owner, range: undefined } });
  }
  return ok(true);
}

/** Traits declared or imported in the modules around, and the one being implemented or declared. */
function traitsInScope(world: World, scope: TypeScope): readonly DefId[] {
  const out = new Set<DefId>();
  const container = scope.owner?.container ?? scope.owner;
  if (container?.kind === "trait") out.add(container);
  const implemented = container?.kind === "impl" ? world.implTrait(container) : undefined;
  if (implemented !== undefined) out.add(implemented);
  for (let at: TypeScope["module"] | undefined = scope.module; at !== undefined; at = at.parent) {
    for (const trait of traitsOf(world, at, new Set())) out.add(trait);
    if (at.origin.kind !== "block") break;
  }
  return [...out];
}

/** Traits a module declares or imports, by name or by glob. */
function traitsOf(world: World, module: TypeScope["module"], seen: Set<TypeScope["module"]>): readonly DefId[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const globs = world.defs.parts(module).flatMap((part) => part.scope.globs);
  const behindGlobs = globs.flatMap((glob) => {
    const target = world.defs.resolveImport(module, glob.import.path, "types");
    return target.kind === "found" && target.named.kind === "module" ? traitsOf(world, target.named.module, seen) : [];
  });
  return [...namedTraits(world, module), ...behindGlobs];
}

/** Traits a module declares or imports by name or as `_`. */
function namedTraits(world: World, module: TypeScope["module"]): readonly DefId[] {
  const parts = world.defs.parts(module);
  const named = parts
    .flatMap((part) => [...part.scope.names])
    .flatMap(([name, declarations]) => {
      if (!declarations.some((d) => d.kind === "import" || (d.kind === "item" && d.defKind === "trait"))) return [];
      const found = world.defs.lookup(module, name, "types");
      return found.kind === "found" ? [found.named] : [];
    });
  const anonymous = parts
    .flatMap((part) => part.scope.anonymousImports)
    .flatMap((it) => {
      const found = world.defs.resolveImport(module, it.import.path, "types");
      return found.kind === "found" && found.rest === 0 ? [found.named] : [];
    });
  return [...named, ...anonymous].flatMap((it) => (it.kind === "def" && it.def.kind === "trait" ? [it.def] : []));
}
