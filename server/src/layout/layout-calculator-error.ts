/**
 * Why a type has no layout, with the guilty field where one is to blame.
 *
 * Invariant: these are about layout alone; what the caller does not know (an unresolved name) never comes here. Mirrors
 * `LayoutCalculatorError` of rustc_abi 1.95, where the guilty field is the field's type.
 */
import type { Result } from "../base/result.ts";
import type { LayoutData, StructLikeLayout } from "./layout-data.ts";

/** A field by its place in the source: the index of the variant (0 outside enums) and of the field in it. */
export interface FieldLocation {
  readonly variant: number;
  readonly field: number;
}

export type LayoutCalculatorError =
  /** A field without a known size anywhere but at the end of a struct or tuple (E0277). */
  | { readonly kind: "unexpectedUnsized"; readonly at: FieldLocation }
  /**
   * The type would reach `bound` bytes. `at` is the field whose end reaches it; undefined where the padding, the tag, or an
   * array's count does.
   */
  | { readonly kind: "sizeOverflow"; readonly bound: bigint; readonly at: FieldLocation | undefined }
  | { readonly kind: "emptyUnion" }
  /** A `packed` enum (E0517 in the language). */
  | { readonly kind: "reprConflict" }
  | { readonly kind: "zeroLengthSimdType" }
  | { readonly kind: "oversizedSimdType"; readonly maxLanes: bigint }
  /** The element of a SIMD vector is not an integer, a float or a thin pointer. */
  | { readonly kind: "nonPrimitiveSimdType" }
  /** A valid-range attribute or pattern on a type that does not begin with a scalar. */
  | { readonly kind: "nonScalarValidRange" };

/** A layout, or why there is none. */
export type LayoutResult = Result<LayoutData, LayoutCalculatorError>;

/** The layout of a sequence of fields, or why there is none. */
export type StructLikeResult = Result<StructLikeLayout, LayoutCalculatorError>;
