/**
 * TyDb: the questions that type lowering, trait selection, const evaluation and layout ask each other. They need one another
 * in circles (a length needs `size_of`, a layout needs a length, a projection needs an impl whose header is a type …), so each
 * is a member of this interface, implemented in its own folder and put together in `hir/`.
 *
 * Invariants: every answer is memoised and a function of the inputs; an answer that is not certain is unknown, never a guess.
 */
import type { Result } from "../base/result.ts";
import type { CrateData, CrateId } from "../db/crate-graph.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { FieldsShape, RawItem } from "../hir-def/item-tree.ts";
import type { Const, GenericArg, GenericArgs, ProjectionPredicate, TraitRef, Ty } from "./ty.ts";
import type { TyInterner } from "./ty-interner.ts";
import type { Unknown } from "./unknown.ts";

export interface GenericParamDef {
  readonly kind: "type" | "const";
  readonly name: string;
  /** The definition that declares it and its index there: what `param` types and consts say. */
  readonly owner: DefId;
  readonly index: number;
  readonly hasDefault: boolean;
}

/** All parameters of a definition without lifetimes: a trait's `Self`, then the container's, then its own. */
export interface Generics {
  readonly params: readonly GenericParamDef[];
  /** How many of them come from the container. */
  readonly parentCount: number;
}

/** What must hold for a definition's parameters: bounds and where-clauses, `?Sized` applied. */
export type Predicate =
  | { readonly kind: "trait"; readonly ref: TraitRef }
  | { readonly kind: "projection"; readonly projection: ProjectionPredicate }
  /** A bound that could not be resolved. */
  | { readonly kind: "error"; readonly why: Unknown };

/** The clauses that may be assumed: the where-clauses of the generic definition a type is looked at in, elaborated by the reader. */
export interface ParamEnv {
  readonly id: string;
  readonly predicates: readonly Predicate[];
}

export interface FieldDef {
  readonly name: string;
  readonly ty: Ty;
  readonly isUnsafe: boolean;
}

export interface VariantDef {
  readonly name: string;
  readonly shape: FieldsShape;
  readonly fields: readonly FieldDef[];
  /** Index among the variants (after cfg). */
  readonly index: number;
}

/** A struct or union has one variant of its own name; types are in terms of the definition's own parameters. */
export interface AdtDef {
  readonly def: DefId;
  readonly variants: readonly VariantDef[];
  /** Set if fields or variants may be missing or wrong: a syntax error, an unknown cfg, an attribute macro. */
  readonly why: Unknown | undefined;
}

export interface ImplHeader {
  readonly impl: DefId;
  readonly generics: Generics;
  /** undefined for inherent impls. */
  readonly traitRef: TraitRef | undefined;
  readonly selfTy: Ty;
  readonly isNegative: boolean;
  readonly predicates: readonly Predicate[];
}

export interface TraitDef {
  readonly trait: DefId;
  readonly generics: Generics;
  /** Bounds on Self (`trait A: B` and `where Self: B`), as trait and projection predicates about parameter 0. */
  readonly superPredicates: readonly Predicate[];
  readonly isAuto: boolean;
  readonly isUnsafe: boolean;
  /** `#[lang = "…"]`, or undefined. */
  readonly lang: string | undefined;
  readonly items: readonly DefId[];
}

/** The candidates of a selection; `complete` is false when an unexpanded macro, an unknown cfg or missing sources may hide more. */
export interface ImplCandidates {
  readonly impls: readonly DefId[];
  readonly incomplete: Unknown | undefined;
}

export type Certainty = { readonly kind: "yes" } | { readonly kind: "no" } | { readonly kind: "maybe"; readonly why: Unknown };

/** The value of an evaluated const: an integer's mathematical value, bool, char. */
export type ConstResult = Result<bigint, Unknown>;

export interface SizeAlign {
  /** Bytes. */
  readonly size: bigint;
  readonly align: bigint;
}

export interface TyDb {
  readonly interner: TyInterner;

  // --- definitions (hir-def) ---
  crate(id: CrateId): CrateData;
  /** The definition as written. */
  rawItem(def: DefId): RawItem | undefined;
  /** The definition with `#[lang = "name"]` in the sysroot or the crate itself. */
  langItem(name: string, from: CrateId): DefId | undefined;
  /** Associated items by name (types, consts, fns) of a trait or impl. */
  assocItem(container: DefId, kind: "typeAlias" | "const" | "fn", name: string): DefId | undefined;

  // --- types (hir-ty) ---
  genericsOf(def: DefId): Generics;
  predicatesOf(def: DefId): readonly Predicate[];
  /** The clauses in force inside a definition (its own and its container's). */
  paramEnv(def: DefId): ParamEnv;
  /** The default of a parameter, in terms of the parameters before it. */
  paramDefault(param: GenericParamDef): GenericArg | undefined;
  /** An alias's type, a const's or static's type, an impl's associated type, a trait's default of one; undefined where none is written. */
  typeOf(def: DefId): Ty | undefined;
  /** A function's parameter and return types in terms of its own parameters. */
  signatureOf(fn: DefId): { readonly params: readonly Ty[]; readonly result: Ty };
  /** Bounds on an associated type (`type Item: Copy`), about `<Self as Trait>::Name` written as a projection type. */
  assocTypeBounds(assoc: DefId): readonly Predicate[];
  adt(def: DefId): AdtDef;
  traitDef(trait: DefId): TraitDef;
  implHeader(impl: DefId): ImplHeader;
  /** Every impl of a trait that could match its arguments, Self first: a superset by the head of Self. */
  implsOfTrait(trait: DefId, args: GenericArgs): ImplCandidates;
  /** The same impls, those found at least cost first: impls of one trait do not overlap, so who has one that holds needs no more. */
  implsNearestFirst(trait: DefId, args: GenericArgs): Iterable<ImplCandidates>;
  /** Every inherent impl whose self type could match. */
  inherentImpls(self: Ty): ImplCandidates;
  /** Values for a definition's parameters put into a type of it. */
  substitute(ty: Ty, owner: DefId, args: GenericArgs): Ty;

  // --- traits ---
  /** All projections resolved as far as certain; what cannot be is an `error` with its reason, or stays if it has open parameters. */
  normalize(ty: Ty, env: ParamEnv): Ty;
  implements(ref: TraitRef, env: ParamEnv): Certainty;
  /** The impl (or the trait's own default) that provides an associated item for a concrete self type, with the args of the provider. */
  resolveAssoc(
    ref: TraitRef,
    kind: "const" | "fn",
    name: string,
    env: ParamEnv,
  ): Result<{ readonly item: DefId; readonly args: GenericArgs }, Unknown>;

  // --- consts ---
  evalConst(value: Const): ConstResult;

  // --- layout ---
  sizeAlign(ty: Ty, env: ParamEnv): Result<SizeAlign, Unknown>;
  /** Offset in bytes of a field (name or tuple index; `Variant.field` for enums) for `offset_of!`. */
  offsetOf(ty: Ty, path: readonly string[], env: ParamEnv): Result<bigint, Unknown>;
}
