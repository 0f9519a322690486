/**
 * Lowers a path in type position.
 *
 * Example: `Vec<u8>` → adt; `T::Item` → projection of the trait among T's bounds that has `Item`; `Self` → the type around.
 *
 * Invariants: generic arguments are positional and complete (defaults filled in); a trait's name as a type is its trait object
 * (before edition 2021); an associated type nobody can name for certain is an error with its reason.
 */
import { msg } from "../base/message.ts";
import { effectiveAttrs } from "../hir-def/attrs.ts";
import { isInertAttribute } from "../hir-def/builtin-attrs.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { Named } from "../hir-def/name-db.ts";
import type { GenericArgsRef, PathRef, PathSegment } from "../hir-def/type-ref.ts";
import { identityArgs } from "./generics.ts";
import { lowerArgs } from "./lower-args.ts";
import { lowerAssociated, lowerQualified } from "./lower-assoc.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerDyn } from "./lower-dyn.ts";
import { substitute } from "./substitute.ts";
import type { FloatTy, IntTy, Ty } from "./ty.ts";
import type { TypeScope } from "./type-scope.ts";
import { unknownAt, unresolvedPath } from "./type-scope.ts";

/** A path in type position → Ty. */
export function lowerPathType(db: LowerDb, scope: TypeScope, path: PathRef): Ty {
  if (path.qualified !== undefined) return lowerQualified(db, scope, path, path.qualified);
  const [first] = path.segments;
  if (first !== undefined && path.anchor.kind === "plain") {
    const local = localType(db, scope, first);
    if (local !== undefined) return lowerAssociated(db, scope, { base: local, segments: path.segments.slice(1), range: path.range });
  }
  const isName = path.anchor.kind === "plain" && path.segments.length === 1 && first !== undefined;
  const resolved = isName ? db.defs.typeNamed(scope.module, first.name) : db.defs.resolvePath(scope.module, path, "types");
  if (resolved.kind === "unresolved") return db.interner.error(unresolvedPath(db.defs, scope, path, resolved.problem));
  const taken = path.segments.length - resolved.rest;
  // `use std::char;` does not hide the type `char` (rustc_resolve: a primitive's name that finds a module means the primitive).
  if (resolved.named.kind === "module" && isName && isPrimitiveName(first.name)) return builtinType(db, first.name);
  const base = namedType(db, scope, {
    named: resolved.named,
    anchor: path.anchor,
    segments: path.segments.slice(0, taken),
    range: path.range,
  });
  return lowerAssociated(db, scope, { base, segments: path.segments.slice(taken), range: path.range });
}

/** `Self` or a generic parameter. */
function localType(db: LowerDb, scope: TypeScope, segment: PathSegment): Ty | undefined {
  if (scope.owner === undefined) return undefined;
  if (segment.name === "Self") return db.selfType(scope.owner);
  // A local item of the block around hides nothing here: parameters and items of one scope cannot share a name that matters.
  const param = db.genericsOf(scope.owner).params.findLast((p) => p.kind === "type" && p.name === segment.name);
  if (param === undefined) return undefined;
  return db.interner.ty({ kind: "param", owner: param.owner, index: param.index, name: param.name });
}

interface NamedPath {
  readonly named: Named;
  readonly anchor: PathRef["anchor"];
  readonly segments: readonly PathSegment[];
  readonly range: RelRange;
}

function namedType(db: LowerDb, scope: TypeScope, path: NamedPath): Ty {
  const { named } = path;
  switch (named.kind) {
    case "builtin":
      return builtinType(db, named.name);
    case "module":
      return db.interner.error(
        unknownAt(scope, "invalidType", msg("`{name}` is a module, not a type", { name: named.module.name || "crate" }), path.range),
      );
    case "variant":
      return db.interner.error(unknownAt(scope, "invalidType", msg("`{name}` is a variant, not a type", { name: named.name }), path.range));
    case "def":
      return defType(db, scope, path, named.def);
  }
}

function defType(db: LowerDb, scope: TypeScope, path: NamedPath, def: DefId): Ty {
  const args = path.segments.at(-1)?.args;
  switch (def.kind) {
    case "struct":
    case "enum":
    case "union":
      return db.interner.adt(def, lowerArgs(db, scope, { def, args, range: path.range, prefix: [] }));
    case "foreignType":
      return foreignType(db, scope, path, def);
    case "typeAlias":
      return aliasType(db, scope, { def, args, range: path.range });
    case "trait":
    case "traitAlias":
      return lowerDyn(db, scope, [bareTraitBound(path)], path.range);
    default:
      return db.interner.error(unknownAt(scope, "invalidType", msg("`{name}` is not a type", { name: def.name }), path.range));
  }
}

/** A macro on the type or on the block around makes something else of it: what, only the macro knows. */
function foreignType(db: LowerDb, scope: TypeScope, { range }: NamedPath, def: DefId): Ty {
  const attrs = effectiveAttrs(db.defs.rawItem(def)?.attrs ?? [], db.defs.crate(def.module.krate).cfg);
  const macro = attrs.find((attr) => !isInertAttribute(attr.path));
  if (macro === undefined) return db.interner.ty({ kind: "foreign", def });
  return db.interner.error(
    unknownAt(scope, "procMacro", msg("attribute macro `{name}` may rewrite this item", { name: macro.path }), range),
  );
}

function bareTraitBound({ anchor, segments, range }: NamedPath): Parameters<typeof lowerDyn>[2][number] {
  return { kind: "trait", path: { anchor, qualified: undefined, segments, range }, maybe: false, isConst: false };
}

function aliasType(
  db: LowerDb,
  scope: TypeScope,
  alias: { readonly def: DefId; readonly args: GenericArgsRef | undefined; readonly range: RelRange },
): Ty {
  const { def, args, range } = alias;
  const target = db.typeOf(def);
  if (target === undefined)
    return db.interner.error(unknownAt(scope, "invalidType", msg("`{name}` has no type", { name: def.name }), range));
  return substitute(db.interner, target, def, lowerArgs(db, scope, { def, args, range, prefix: [] }));
}

/** A primitive type by its name. */
export function builtinType(db: LowerDb, name: string): Ty {
  const { interner } = db;
  switch (name) {
    case "bool":
      return interner.bool;
    case "char":
      return interner.char;
    case "str":
      return interner.str;
    default:
      return isFloat(name)
        ? interner.float(name)
        : isInt(name)
          ? interner.int(name)
          : interner.error({ kind: "unresolvedName", message: msg("`{name}` is not a type", { name }), culprit: undefined });
  }
}

function isFloat(name: string): name is FloatTy {
  return name === "f16" || name === "f32" || name === "f64" || name === "f128";
}

const INTS: ReadonlySet<string> = new Set(["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"]);

function isInt(name: string): name is IntTy {
  return INTS.has(name);
}

function isPrimitiveName(name: string): boolean {
  return name === "bool" || name === "char" || name === "str" || isFloat(name) || isInt(name);
}

/** The type a definition stands for inside itself: its own parameters as arguments. */
export function adtSelfType(db: LowerDb, def: DefId): Ty {
  return db.interner.adt(def, identityArgs(db.interner, db.genericsOf(def)));
}
