/**
 * Layouts that cannot fail: primitives, pointers, `()`, `!`, and the unsized `dyn Trait` and extern types.
 *
 * Invariant: nothing here looks at a pointee; whether a pointer is thin, and what its metadata is, the caller says.
 * Mirrors `rustc_abi::layout::simple` and the scalar arms of `layout_of_uncached` (rustc_ty_utils) 1.95.
 *
 * Example: `&dyn Trait` is two pointers that are both never null; its niche is the first one's.
 */

import type { Float, Integer } from "./integer.ts";
import type { LayoutCx } from "./layout-cx.ts";
import type { ArbitraryFields, BackendRepr, FieldsShape, LayoutData, StructLikeLayout, Variants } from "./layout-data.ts";
import { MEMORY } from "./layout-data.ts";
import { availableIn, nicheFromScalar } from "./niche.ts";
import { primitiveAlign, primitiveSize } from "./primitive.ts";
import type { Scalar } from "./scalar.ts";
import { fullScalar, nonNullScalar } from "./scalar.ts";
import type { Align, Size } from "./size.ts";
import { alignTo, maxSize } from "./size.ts";

/** The names of the primitive types that are values of one scalar. */
export type PrimitiveTypeName = "bool" | "char" | Float | "usize" | "isize" | Integer | "u8" | "u16" | "u32" | "u64" | "u128";

/** What a pointer carries beside the address: nothing, a length (`[T]`, `str`), or a vtable (`dyn Trait`). */
export type PointerMetadata = "none" | "length" | "vtable";

const PRIMITIVE: FieldsShape = { kind: "primitive" };
const ONE_VARIANT: Variants = { kind: "single", index: 0 };
const NO_FIELDS: ArbitraryFields = { kind: "arbitrary", offsets: [], inMemoryOrder: [] };
const UNSIZED: BackendRepr = { kind: "memory", sized: false };

/** `()`, `fn` items, closures without captures. */
export function unitLayout(): LayoutData {
  return {
    size: 0n,
    align: 1n,
    fields: NO_FIELDS,
    variants: ONE_VARIANT,
    backendRepr: MEMORY,
    largestNiche: undefined,
    uninhabited: false,
  };
}

/** `!` and enums without a present variant: size 0, alignment 1, no value. Mirrors `LayoutData::never_type`. */
export function neverLayout(): LayoutData {
  return { ...unitLayout(), fields: PRIMITIVE, variants: { kind: "empty" }, uninhabited: true };
}

/** `dyn Trait` and extern types: nothing is known without a value; shown with size 0 and alignment 1. */
export function opaqueUnsizedLayout(): LayoutData {
  return { ...unitLayout(), backendRepr: UNSIZED };
}

/** A type that is one scalar. */
export function scalarLayout(cx: LayoutCx, scalar: Scalar): LayoutData {
  return {
    size: primitiveSize(cx.target, scalar.value),
    align: primitiveAlign(cx.target, scalar.value),
    fields: PRIMITIVE,
    variants: ONE_VARIANT,
    backendRepr: { kind: "scalar", scalar },
    largestNiche: nicheFromScalar(cx, 0n, scalar),
    uninhabited: false,
  };
}

/** Where two scalars lie one after the other. */
interface ScalarPairShape {
  readonly secondOffset: Size;
  readonly size: Size;
  readonly align: Align;
}

/** The place of the second of two scalars, and the size and alignment of both, in bytes. */
export function scalarPairShape(cx: LayoutCx, first: Scalar, second: Scalar): ScalarPairShape {
  const secondAlign = primitiveAlign(cx.target, second.value);
  const align = maxSize(maxSize(primitiveAlign(cx.target, first.value), secondAlign), cx.target.aggregateAlign);
  const secondOffset = alignTo(primitiveSize(cx.target, first.value), secondAlign);
  return { secondOffset, size: alignTo(secondOffset + primitiveSize(cx.target, second.value), align), align };
}

/** Two scalars one after the other. On a tie of niches the first one's counts. Mirrors `LayoutData::scalar_pair`. */
export function scalarPairLayout(cx: LayoutCx, first: Scalar, second: Scalar): StructLikeLayout {
  const { secondOffset, size, align } = scalarPairShape(cx, first, second);
  const firstNiche = nicheFromScalar(cx, 0n, first);
  const secondNiche = nicheFromScalar(cx, secondOffset, second);
  return {
    size,
    align,
    fields: { kind: "arbitrary", offsets: [0n, secondOffset], inMemoryOrder: [0, 1] },
    variants: ONE_VARIANT,
    backendRepr: { kind: "scalarPair", first, second },
    largestNiche: availableIn(secondNiche) > availableIn(firstNiche) ? secondNiche : firstNiche,
    uninhabited: false,
  };
}

/** `u8` to `i128`, `usize`, `isize`, `f16` to `f128`, `bool` (0..=1), `char` (0..=0x10FFFF, surrogates included). */
export function primitiveTypeLayout(cx: LayoutCx, name: PrimitiveTypeName): LayoutData {
  return scalarLayout(cx, primitiveTypeScalar(cx, name));
}

/** The scalar of a primitive type. */
export function primitiveTypeScalar(cx: LayoutCx, name: PrimitiveTypeName): Scalar {
  switch (name) {
    case "bool":
      return { kind: "initialized", value: { kind: "int", integer: "i8", signed: false }, validRange: { start: 0n, end: 1n } };
    case "char": {
      const validRange = { start: 0n, end: 0x10ffffn };
      return { kind: "initialized", value: { kind: "int", integer: "i32", signed: false }, validRange };
    }
    case "f16":
    case "f32":
    case "f64":
    case "f128":
      return fullScalar(cx.target, { kind: "float", float: name });
    case "usize":
    case "isize":
      return fullScalar(cx.target, { kind: "int", integer: cx.target.ptrSizedInteger, signed: name === "isize" });
    case "i8":
    case "i16":
    case "i32":
    case "i64":
    case "i128":
      return fullScalar(cx.target, { kind: "int", integer: name, signed: true });
    case "u8":
    case "u16":
    case "u32":
    case "u64":
    case "u128":
      return fullScalar(cx.target, { kind: "int", integer: UNSIGNED[name], signed: false });
  }
}

const UNSIGNED = { u8: "i8", u16: "i16", u32: "i32", u64: "i64", u128: "i128" } as const;

/** `&T` and `&mut T`: never null. */
export function referenceLayout(cx: LayoutCx, metadata: PointerMetadata): LayoutData {
  return pointerLayout(cx, nonNullScalar(cx.target, 0), metadata);
}

/** `*const T` and `*mut T`: any address; a vtable beside it is never null all the same. */
export function rawPointerLayout(cx: LayoutCx, metadata: PointerMetadata): LayoutData {
  return pointerLayout(cx, fullScalar(cx.target, { kind: "pointer", addressSpace: 0 }), metadata);
}

/** `fn(..)` pointers of any ABI: never null, in the target's instruction address space. */
export function fnPointerLayout(cx: LayoutCx): LayoutData {
  return scalarLayout(cx, nonNullScalar(cx.target, cx.target.instructionAddressSpace));
}

function pointerLayout(cx: LayoutCx, data: Scalar, metadata: PointerMetadata): LayoutData {
  switch (metadata) {
    case "none":
      return scalarLayout(cx, data);
    case "length":
      return scalarPairLayout(cx, data, primitiveTypeScalar(cx, "usize"));
    case "vtable":
      return scalarPairLayout(cx, data, nonNullScalar(cx.target, 0));
  }
}
