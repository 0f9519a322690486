/**
 * The layout of a type: size, alignment, where its fields lie, its variants, and what values are left for niches.
 *
 * Invariant: offsets stand in source order; `inMemoryOrder` names the fields by increasing offset (fields of size 0 may share
 * one). Nothing here refers to a type: the caller knows which type it asked about. Mirrors `LayoutData` of rustc_abi 1.95.
 *
 * Example: `struct S(u8, u32)` has offsets `[4n, 0n]`, memory order `[1, 0]`, size 8 and alignment 4.
 */
import type { Niche } from "./niche.ts";
import type { Scalar } from "./scalar.ts";
import type { Align, Size } from "./size.ts";

export interface LayoutData {
  /** In bytes, tail padding included. For an unsized type: of its sized prefix, rounded up to `align`. */
  readonly size: Size;
  /** In bytes. For a type with a `dyn` tail the alignment without the tail's. */
  readonly align: Align;
  readonly fields: FieldsShape;
  readonly variants: Variants;
  readonly backendRepr: BackendRepr;
  /** The one niche the type offers to enums around it. */
  readonly largestNiche: Niche | undefined;
  /** No value of the type exists. Its size is not reduced by that. */
  readonly uninhabited: boolean;
}

/** Where the fields lie. */
export type FieldsShape =
  /** A scalar, `!`, `str`'s bytes seen from outside: no fields. */
  | { readonly kind: "primitive" }
  /** All at offset 0. */
  | { readonly kind: "union"; readonly count: number }
  /** `[T; n]`, `[T]` (count 0) and `str`: element `i` at `i * stride`. */
  | { readonly kind: "array"; readonly stride: Size; readonly count: bigint }
  | ArbitraryFields;

/** Structs, tuples, closures, variants. The outside of an enum with a tag has the tag as its only field. */
export interface ArbitraryFields {
  readonly kind: "arbitrary";
  /** In source order, in bytes. */
  readonly offsets: readonly Size[];
  /** Indices of the fields by increasing offset. */
  readonly inMemoryOrder: readonly number[];
}

/** A layout of fields that each have an offset. */
export interface StructLikeLayout extends LayoutData {
  readonly fields: ArbitraryFields;
}

/** The variants of a type; everything but an enum has one. */
export type Variants =
  /** `enum E {}`, `!`, and enums whose variants are all absent. */
  | { readonly kind: "empty" }
  /** The fields of this variant are those of the type itself. */
  | { readonly kind: "single"; readonly index: number }
  | MultipleVariants;

export interface MultipleVariants {
  readonly kind: "multiple";
  readonly tag: Scalar;
  readonly tagEncoding: TagEncoding;
  /** Offset of the tag from the start of the enum, in bytes. */
  readonly tagOffset: Size;
  /** One layout per variant in source order; offsets and sizes count from the start of the enum. */
  readonly variants: readonly StructLikeLayout[];
}

/** How the tag tells the variant. */
export type TagEncoding =
  /** The tag is the discriminant, truncated to the tag's width. */
  | { readonly kind: "direct" }
  /**
   * The tag is a niche of the untagged variant. Variant `v` of `nicheVariants` (inclusive) is stored as
   * `nicheStart + (v - nicheVariants.start)`, modulo 2^bits; every other valid value means the untagged variant.
   * Example: `Option<bool>`: untagged 1, variants 0..=0, start 2.
   */
  | {
      readonly kind: "niche";
      readonly untaggedVariant: number;
      readonly nicheVariants: { readonly start: number; readonly end: number };
      readonly nicheStart: bigint;
    };

/** How the compiler's backend passes the type around. Decides no size, but valid-range attributes and SIMD elements ask it. */
export type BackendRepr =
  | { readonly kind: "scalar"; readonly scalar: Scalar }
  | { readonly kind: "scalarPair"; readonly first: Scalar; readonly second: Scalar }
  | { readonly kind: "simdVector"; readonly element: Scalar; readonly count: bigint }
  | { readonly kind: "memory"; readonly sized: boolean };

/** The representation of everything sized that is not a scalar, a pair or a vector. */
export const MEMORY: BackendRepr = { kind: "memory", sized: true };

/** Whether the size is known without a value. */
export function isSized(layout: LayoutData): boolean {
  return layout.backendRepr.kind !== "memory" || layout.backendRepr.sized;
}

/** Whether the type is sized and takes no space. */
export function isZst(layout: LayoutData): boolean {
  return layout.size === 0n && isSized(layout);
}

/** Whether the type is sized, takes no space and forces no alignment. */
export function isOneAlignedZst(layout: LayoutData): boolean {
  return layout.align === 1n && isZst(layout);
}
