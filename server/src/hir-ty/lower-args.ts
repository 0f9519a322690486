/**
 * Lowers generic arguments: positional, lifetimes dropped, defaults filled in.
 *
 * Example: `HashMap<K, V>` → [K, V, RandomState].
 */
import { msg } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { GenericArgRef, GenericArgsRef } from "../hir-def/type-ref.ts";
import { ownParams } from "./generics.ts";
import { lowerConst, lowerConstArg } from "./lower-const.ts";
import type { LowerDb } from "./lower-db.ts";
import { foldArg, substitution } from "./substitute.ts";
import type { GenericArg, GenericArgs, Ty } from "./ty.ts";
import type { GenericParamDef } from "./ty-db.ts";
import type { TypeScope } from "./type-scope.ts";
import { scopeOf, unknownAt } from "./type-scope.ts";

export interface ArgsRequest {
  readonly def: DefId;
  readonly args: GenericArgsRef | undefined;
  readonly range: RelRange;
  /** Arguments already known: those of the container, or a trait's Self. */
  readonly prefix: GenericArgs;
}

/** All arguments of a definition at a use. A parameter that is neither given nor has a default becomes an error argument. */
export function lowerArgs(db: LowerDb, scope: TypeScope, request: ArgsRequest): GenericArgs {
  const { params } = db.genericsOf(request.def);
  const out: GenericArg[] = [...request.prefix];
  const given = (request.args?.args ?? []).filter((arg) => arg.kind !== "lifetime");
  params.slice(request.prefix.length).forEach((param, i) => {
    const written = given[i];
    out.push(
      written === undefined ? defaultArg(db, scope, { param, known: out, range: request.range }) : givenArg(db, scope, param, written),
    );
  });
  return out;
}

function givenArg(db: LowerDb, scope: TypeScope, param: GenericParamDef, arg: GenericArgRef): GenericArg {
  if (param.kind === "const") return lowerConstArg(db, scope, arg, constParamType(db, param));
  if (arg.kind === "type") return db.lowerType(scope, arg.type);
  const range = arg.kind === "const" ? arg.expr.range : undefined;
  return db.interner.error(unknownAt(scope, "invalidType", msg("a const stands where a type argument is wanted"), range));
}

/** The type of a const parameter. */
export function constParamType(db: LowerDb, param: GenericParamDef): Ty {
  const raw = ownParams(db.defs, param.owner).find((p) => p.kind === "const" && p.name === param.name);
  return raw?.kind === "const" ? db.lowerType(scopeOf(param.owner), raw.type) : db.interner.usize;
}

function defaultArg(
  db: LowerDb,
  scope: TypeScope,
  at: { readonly param: GenericParamDef; readonly known: GenericArgs; readonly range: RelRange },
): GenericArg {
  const { param, known, range } = at;
  const value = db.paramDefault(param);
  if (value !== undefined) return foldArg(substitution(db.interner, param.owner, known), value);
  const why = unknownAt(scope, "invalidType", msg("the generic argument for `{name}` is missing", { name: param.name }), range);
  return param.kind === "const" ? db.interner.constError(why) : db.interner.error(why);
}

/** The default of a parameter in terms of the parameters before it. */
export function computeParamDefault(db: LowerDb, param: GenericParamDef): GenericArg | undefined {
  const raw = ownParams(db.defs, param.owner).find((p) => p.kind === param.kind && p.name === param.name);
  if (raw === undefined || raw.kind === "lifetime" || raw.default === undefined) return undefined;
  const scope = scopeOf(param.owner);
  return raw.kind === "type" ? db.lowerType(scope, raw.default) : lowerConst(db, scope, raw.default, db.lowerType(scope, raw.type));
}

/** What a default is inside itself: `struct S<T = S>(T)` asks for its own. */
export function circularDefault(db: LowerDb, param: GenericParamDef): GenericArg {
  const message = msg("the default of `{parameter}` of `{owner}` leads back to itself", { parameter: param.name, owner: param.owner.name });
  const why = unknownAt(scopeOf(param.owner), "invalidType", message, undefined);
  return param.kind === "const" ? db.interner.constError(why) : db.interner.error(why);
}
