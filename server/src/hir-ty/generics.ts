/**
 * Generic parameters of definitions: a trait's `Self` first, then the container's, then the own ones, lifetimes left out.
 */
import { cfgState } from "../hir-def/attrs.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { GenericParam, RawGenerics, RawItem } from "../hir-def/item-tree.ts";
import type { GenericArg } from "./ty.ts";
import type { GenericParamDef, Generics } from "./ty-db.ts";
import type { TyInterner } from "./ty-interner.ts";

const NO_GENERICS: RawGenerics = { params: [], where: [] };

/** The parameters and where-clauses written on an item. */
export function rawGenerics(raw: RawItem | undefined): RawGenerics {
  return raw !== undefined && "generics" in raw ? raw.generics : NO_GENERICS;
}

/** The parameters written on an item that exist for its crate's cfg. */
export function ownParams(defs: DefDb, def: DefId): readonly GenericParam[] {
  const { params } = rawGenerics(defs.rawItem(def));
  const { cfg } = defs.crate(def.module.krate);
  return params.filter((param) => param.attrs.length === 0 || cfgState(param.attrs, cfg).kind !== "inactive");
}

/** All parameters of a definition. */
export function computeGenerics(defs: DefDb, def: DefId, of: (def: DefId) => Generics): Generics {
  const inherited = def.container === undefined ? [] : of(def.container).params;
  const params: GenericParamDef[] = [...inherited];
  if (def.kind === "trait" || def.kind === "traitAlias")
    params.push({ kind: "type", name: "Self", owner: def, index: 0, hasDefault: false });
  for (const param of ownParams(defs, def)) {
    if (param.kind === "lifetime") continue;
    params.push({ kind: param.kind, name: param.name, owner: def, index: params.length, hasDefault: param.default !== undefined });
  }
  return { params, parentCount: inherited.length };
}

/** The parameters themselves as arguments: what the inside of a definition sees. */
export function identityArgs(interner: TyInterner, generics: Generics): readonly GenericArg[] {
  return generics.params.map((param) => paramArg(interner, param));
}

export function paramArg(interner: TyInterner, param: GenericParamDef): GenericArg {
  const { owner, index, name } = param;
  return param.kind === "const"
    ? interner.constant({ kind: "param", owner, index, name })
    : interner.ty({ kind: "param", owner, index, name });
}
