/**
 * ConstDb: what const evaluation asks of the rest – names, types, bodies, layouts and values that are known already. `hir/`
 * implements it over hir-def and hir-ty; tests implement it for one module.
 *
 * Invariants: types come in terms of the scope owner's own parameters (evaluation puts the arguments in); what is left to
 * inference is a hole (`_`, arguments not written); everything is a function of the inputs.
 */
import type { Message } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Expr, Pat, RelRange, Statement } from "../hir-def/expr.ts";
import type { GenericArgsRef, PathRef, TypeRef } from "../hir-def/type-ref.ts";
import type { Const, ConstScope, GenericArgs, TraitRef, Ty } from "../hir-ty/ty.ts";
import type { TyDb } from "../hir-ty/ty-db.ts";
import type { TyInterner } from "../hir-ty/ty-interner.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { ConstVal } from "./value.ts";

/** Index of `infer` types and consts that stand for "to be inferred" in what `ConstNames` answers. */
export const HOLE = -1;

/** The type to be inferred. */
export function holeTy(interner: TyInterner): Ty {
  return interner.ty({ kind: "infer", index: HOLE });
}

/** The const argument to be inferred. */
export function holeConst(interner: TyInterner): Const {
  return interner.constant({ kind: "infer", index: HOLE });
}

/** What a path means in the value namespace. */
export type ValuePath =
  /** A free const, static or fn. `args`: one for each of its parameters, holes where none is written. */
  | { readonly kind: "item"; readonly def: DefId; readonly args: GenericArgs }
  /** A struct (`variant` undefined) or an enum's variant, with the type's arguments; `Self(…)` too. */
  | { readonly kind: "ctor"; readonly adt: DefId; readonly variant: string | undefined; readonly args: GenericArgs }
  /** `Type::name`, `<Type as Trait>::name`; `written`: the arguments behind the name. `trait`'s args start with Self. */
  | {
      readonly kind: "assoc";
      readonly self: Ty;
      readonly trait: TraitRef | undefined;
      readonly name: string;
      readonly written: GenericArgsRef | undefined;
    }
  /** A const parameter in scope. */
  | { readonly kind: "constParam"; readonly value: Const; readonly ty: Ty };

/** What a path before `{` in a struct expression or pattern means. */
export interface AdtPath {
  /** An `adt` type, holes where arguments are not written. */
  readonly ty: Ty;
  /** The variant's name, undefined for a struct or union. */
  readonly variant: string | undefined;
}

export interface MacroCall {
  readonly path: PathRef;
  /** The text between the delimiters, and where it starts in the owner's unit. */
  readonly args: string;
  readonly argsStart: number;
  readonly range: RelRange;
}

/** What a macro call in a body stands for. Ranges inside may be those of the call. */
export type MacroExpansion =
  /** Statements that join the block around (in statement position) and a tail; `hidden`: names they bind that it does not see. */
  | {
      readonly kind: "statements";
      readonly statements: readonly Statement[];
      readonly tail: Expr | undefined;
      readonly hidden: ReadonlySet<string>;
    }
  /** `panic!`, `unreachable!`, a failing `compile_error!`: evaluation ends here. */
  | { readonly kind: "panic"; readonly message: Message }
  /** `assert!(condition, …)` */
  | { readonly kind: "assert"; readonly condition: Expr; readonly message: Message }
  | { readonly kind: "offsetOf"; readonly type: TypeRef; readonly fields: readonly string[] }
  | { readonly kind: "expr"; readonly expr: Expr };

/** The body of a fn, const or static. */
export interface Body {
  /** One pattern a parameter, `self` as the binding `self`. */
  readonly params: readonly Pat[];
  readonly expr: Expr;
  readonly scope: ConstScope;
}

export interface ConstNames {
  resolveValue(path: PathRef, scope: ConstScope): Result<ValuePath, Unknown>;
  resolveAdt(path: PathRef, scope: ConstScope): Result<AdtPath, Unknown>;
  /** A written type; `_` is a hole. */
  lowerType(type: TypeRef, scope: ConstScope): Ty;
  /** Written arguments without lifetimes, for the own parameters of `of` (of a built-in function if undefined). */
  lowerArgs(args: GenericArgsRef, of: DefId | undefined, scope: ConstScope): GenericArgs;
  expandMacro(call: MacroCall, scope: ConstScope): Result<MacroExpansion, Unknown>;
  /** Whether the `cfg`s among outer attributes (text between `#[` and `]`) hold. */
  isEnabled(attributes: readonly string[], scope: ConstScope): Result<boolean, Unknown>;
  /** The body of a fn, const or static; undefined where none is written (a trait's item without default, an intrinsic). */
  bodyOf(def: DefId): Result<Body, Unknown> | undefined;
  /** Traits whose items can be named on a type without naming the trait. */
  traitsInScope(scope: ConstScope): readonly DefId[];
  /** The path of a definition without generics, as std documents it: `core::mem::size_of`, `core::num::<impl>::pow`. */
  pathOf(def: DefId): string;
  /** A definition of the standard library by that path: `core::option::Option`. */
  stdItem(path: string, from: ConstScope): DefId | undefined;
}

export interface ConstDb {
  readonly ty: TyDb;
  readonly names: ConstNames;
  /** Bits of a pointer, and byte order, of the target. */
  readonly target: { readonly pointerBits: 16 | 32 | 64; readonly bigEndian: boolean };
  /** The crate's `#![recursion_limit]`: how many const fn calls may be active. */
  recursionLimit(scope: ConstScope): number;
  /** A function's parameter types, `self` first, and its result type, in terms of its own parameters. */
  signatureOf(fn: DefId): { readonly params: readonly Ty[]; readonly result: Ty };
  /** Whether values of a type run code when dropped. */
  needsDrop(ty: Ty): Result<boolean, Unknown>;
  /** Whether a type has an `impl const Drop` (unstable): dropping it in a constant runs that. */
  hasConstDrop(ty: Ty): boolean;
  /** The memoised discriminants of an enum by variant index: `evalDiscriminants` behind a query. */
  discriminantsOf(def: DefId): Result<readonly bigint[], Unknown>;
  /** The discriminant of one variant: the last one written up to it, and one more for each variant since. */
  discriminantOf(def: DefId, variant: number): Result<bigint, Unknown>;
  /** The memoised value of a const or static with all arguments: `evalItem` behind a query. */
  valueOf(def: DefId, args: GenericArgs): Result<ConstVal, Unknown>;
  /** Whether `valueOf` answers without evaluating anything; it may be asked first for that, and the running evaluation begin anew. */
  isValueAtHand(def: DefId, args: GenericArgs): boolean;
}
