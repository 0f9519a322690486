/**
 * Ty: a resolved type (rustc's `Ty`), and Const, a resolved const argument. Lifetimes are erased: they never change a layout.
 *
 * Example: `Option<&'a [u8]>` → adt Option [ref [slice u8]].
 *
 * Invariants: interned by `TyInterner`, so equality is identity and `id` is a key; what could not be resolved is `error` with
 * its reason; generic arguments are positional, lifetimes left out, an associated item's own arguments after its container's,
 * a trait's `Self` first.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { Expr } from "../hir-def/expr.ts";
import type { Unknown } from "./unknown.ts";

export type IntTy = "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize";
export type FloatTy = "f16" | "f32" | "f64" | "f128";

export type GenericArg = Ty | Const;
export type GenericArgs = readonly GenericArg[];

/** `Trait<Args…>`; `args[0]` is the Self type. */
export interface TraitRef {
  readonly trait: DefId;
  readonly args: GenericArgs;
}

/** `<Self as Trait>::Name<own…> == term`; `args[0]` is the Self type. */
export interface ProjectionPredicate {
  readonly trait: DefId;
  readonly args: GenericArgs;
  readonly name: string;
  readonly ownArgs: GenericArgs;
  readonly term: GenericArg;
}

/** A projection bound of a `dyn` type: the trait's args without Self. */
export interface DynProjection {
  readonly trait: DefId;
  readonly args: GenericArgs;
  readonly name: string;
  readonly term: Ty;
}

export type TyKind =
  | { readonly kind: "bool" }
  | { readonly kind: "char" }
  | { readonly kind: "str" }
  | { readonly kind: "never" }
  | { readonly kind: "int"; readonly name: IntTy }
  | { readonly kind: "float"; readonly name: FloatTy }
  /** struct, enum or union */
  | { readonly kind: "adt"; readonly def: DefId; readonly args: GenericArgs }
  | { readonly kind: "tuple"; readonly elements: readonly Ty[] }
  | { readonly kind: "array"; readonly element: Ty; readonly length: Const }
  | { readonly kind: "slice"; readonly element: Ty }
  | { readonly kind: "ref"; readonly mutable: boolean; readonly target: Ty }
  | { readonly kind: "pointer"; readonly mutable: boolean; readonly target: Ty }
  | {
      readonly kind: "fnPtr";
      readonly params: readonly Ty[];
      readonly result: Ty;
      readonly abi: string;
      readonly isUnsafe: boolean;
      readonly isVariadic: boolean;
    }
  | { readonly kind: "fnDef"; readonly def: DefId; readonly args: GenericArgs }
  /** `dyn Principal<args> + Autos`; the principal's args leave Self out. */
  | {
      readonly kind: "dyn";
      readonly principal: { readonly trait: DefId; readonly args: GenericArgs } | undefined;
      readonly projections: readonly DynProjection[];
      readonly autos: readonly DefId[];
    }
  | { readonly kind: "foreign"; readonly def: DefId }
  /** An open type parameter; in a trait, `Self` is parameter 0. `owner` is the definition that declares it. */
  | { readonly kind: "param"; readonly owner: DefId; readonly index: number; readonly name: string }
  /** `<args[0] as trait>::name<ownArgs>`, not normalised yet. */
  | { readonly kind: "projection"; readonly trait: DefId; readonly args: GenericArgs; readonly name: string; readonly ownArgs: GenericArgs }
  /** `impl Trait` in a position that hides the type; `key` tells different ones apart. */
  | { readonly kind: "opaque"; readonly key: string; readonly bounds: readonly TraitRef[]; readonly why: Unknown }
  /** `pattern_type!(base is start..=end)`; mathematical values, `end` undefined for the base's maximum; start > end wraps. */
  | { readonly kind: "pattern"; readonly base: Ty; readonly start: bigint; readonly end: bigint | undefined }
  /** A variable of trait selection. */
  | { readonly kind: "infer"; readonly index: number }
  | { readonly kind: "error"; readonly why: Unknown };

export interface TyFlags {
  /** Mentions an open parameter (type or const). */
  readonly hasParam: boolean;
  readonly hasInfer: boolean;
  readonly hasProjection: boolean;
  readonly hasError: boolean;
  /** Mentions a const that is not evaluated yet. */
  readonly hasUnevaluated: boolean;
}

/** `depth`: how many types and consts stand one inside the other in it. */
export type Ty = TyKind & { readonly id: number; readonly depth: number; readonly flags: TyFlags };

/** Where an expression's names are looked up: inside which definition (its generics in scope) and which block of it. */
export interface ConstScope {
  readonly owner: DefId;
  /** Path of block ordinals, as in `ModuleOrigin`, empty outside blocks. */
  readonly block: readonly number[];
}

export type ConstKind =
  /** An integer (as its mathematical value), bool (0, 1) or char. */
  | { readonly kind: "value"; readonly value: bigint }
  | { readonly kind: "param"; readonly owner: DefId; readonly index: number; readonly name: string }
  /** An expression still to be evaluated, with values for the owner's generic parameters. `type` is what it must have. */
  | { readonly kind: "expr"; readonly expr: Expr; readonly scope: ConstScope; readonly args: GenericArgs; readonly type: Ty }
  | { readonly kind: "infer"; readonly index: number }
  | { readonly kind: "error"; readonly why: Unknown };

/** `isConst` tells a Const from a Ty. */
export type Const = ConstKind & { readonly isConst: true; readonly id: number; readonly depth: number; readonly flags: TyFlags };

/** Whether a generic argument is a const. */
export function isConst(arg: GenericArg): arg is Const {
  return "isConst" in arg;
}

/** The types without parts, interned once for all. */
export const NO_FLAGS: TyFlags = { hasParam: false, hasInfer: false, hasProjection: false, hasError: false, hasUnevaluated: false };
