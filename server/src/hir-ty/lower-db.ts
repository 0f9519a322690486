/**
 * LowerDb: what lowering of written types asks for besides names.
 */
import type { Message } from "../base/message.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { PathRef, TypeRef } from "../hir-def/type-ref.ts";
import type { GenericArg, GenericArgs, Ty } from "./ty.ts";
import type { GenericParamDef, Generics } from "./ty-db.ts";
import type { TyInterner } from "./ty-interner.ts";
import type { TypeScope } from "./type-scope.ts";

export interface TypeMacroCall {
  readonly path: PathRef;
  readonly args: string;
  readonly range: RelRange;
}

export interface LowerDb {
  readonly defs: DefDb;
  readonly interner: TyInterner;
  genericsOf(def: DefId): Generics;
  /** The default of a parameter, in terms of the parameters before it; an error where it leads back to itself. Memoised. */
  paramDefault(param: GenericParamDef): GenericArg | undefined;
  /** The type an alias, const, static or associated type stands for, in terms of its parameters. */
  typeOf(def: DefId): Ty | undefined;
  /** What `Self` is inside a definition; undefined where there is none. */
  selfType(owner: DefId): Ty | undefined;
  /** The trait an impl is of, by its definition only. */
  implTrait(impl: DefId): DefId | undefined;
  /** The impl's trait with its arguments. */
  implTraitArgs(impl: DefId): { readonly trait: DefId; readonly args: GenericArgs } | undefined;
  /** A written type in its scope (`lowerTypeRef`); asked for here because types nest in what types are made of. */
  lowerType(scope: TypeScope, ref: TypeRef): Ty;
  /** A type from text that is no file (inside a macro's arguments). */
  parseType(text: string): TypeRef;
  /** The type a macro call in type position expands to, lowered by `lower`. */
  expandTypeMacro(scope: TypeScope, call: TypeMacroCall, lower: (ref: TypeRef) => Ty): Ty | { readonly problem: Message };
}
