/**
 * Arrays, slices, `str` and SIMD vectors: one element again and again.
 *
 * Invariant: an array's niche is that of its first element. Mirrors `array_like` and `simd_type` of rustc_abi 1.95.
 *
 * Example: `[bool; 3]` has size 3, alignment 1 and the niche of the `bool` at offset 0.
 */
import { err, ok } from "../base/result.ts";
import type { LayoutResult } from "./layout-calculator-error.ts";
import type { LayoutCx } from "./layout-cx.ts";
import { objSizeBound } from "./layout-cx.ts";
import type { LayoutData } from "./layout-data.ts";
import { MEMORY } from "./layout-data.ts";
import type { ReprOptions } from "./repr-options.ts";
import type { Scalar } from "./scalar.ts";
import { primitiveTypeLayout } from "./simple.ts";
import type { Align, Size } from "./size.ts";
import { alignTo, isPowerOfTwo } from "./size.ts";
import { invalidCount } from "./wrapping-range.ts";

/** The most lanes a SIMD vector may have. */
export const MAX_SIMD_LANES = 1n << 15n;

/** `[T; count]`. Fails when `count * size` reaches the target's object size bound. */
export function arrayLayout(cx: LayoutCx, element: LayoutData, count: bigint): LayoutResult {
  const size = element.size * count;
  const bound = objSizeBound(cx);
  if (size >= bound) return err({ kind: "sizeOverflow", bound, at: undefined });
  return ok({
    size,
    align: element.align,
    fields: { kind: "array", stride: element.size, count },
    variants: { kind: "single", index: 0 },
    backendRepr: MEMORY,
    largestNiche: count === 0n ? undefined : element.largestNiche,
    uninhabited: count !== 0n && element.uninhabited,
  });
}

/** `[T]`: no size, the alignment of its elements, never uninhabited. */
export function sliceLayout(element: LayoutData): LayoutData {
  return {
    size: 0n,
    align: element.align,
    fields: { kind: "array", stride: element.size, count: 0n },
    variants: { kind: "single", index: 0 },
    backendRepr: { kind: "memory", sized: false },
    largestNiche: undefined,
    uninhabited: false,
  };
}

/** `str`, laid out as `[u8]`. */
export function strLayout(cx: LayoutCx): LayoutData {
  return sliceLayout(primitiveTypeLayout(cx, "u8"));
}

export interface SimdInput {
  readonly element: LayoutData;
  /** The number of lanes: the length of the array field (of old compilers: the number of fields). */
  readonly count: bigint;
  readonly repr: ReprOptions;
}

/**
 * `#[repr(simd)] struct V([E; count])`. Fails without lanes, with more than 2^15, when `E` is not a scalar, or when the vector is
 * too big. A `packed` one whose lanes are not a power of two has no padding and is only as aligned as its size allows.
 */
export function simdLayout(cx: LayoutCx, { element, count, repr }: SimdInput): LayoutResult {
  if (count === 0n) return err({ kind: "zeroLengthSimdType" });
  if (count > MAX_SIMD_LANES) return err({ kind: "oversizedSimdType", maxLanes: MAX_SIMD_LANES });
  const scalar = simdScalar(element);
  if (scalar === undefined) return err({ kind: "nonPrimitiveSimdType" });
  const unpadded = element.size * count;
  const bound = objSizeBound(cx);
  if (unpadded >= bound) return err({ kind: "sizeOverflow", bound, at: undefined });
  const packed = repr.pack !== undefined && !isPowerOfTwo(count);
  const align = packed ? largestPowerOfTwoFactor(unpadded) : vectorAlign(cx, unpadded);
  return ok({
    size: alignTo(unpadded, align),
    align,
    fields: { kind: "arbitrary", offsets: [0n], inMemoryOrder: [0] },
    variants: { kind: "single", index: 0 },
    backendRepr: packed ? MEMORY : { kind: "simdVector", element: scalar, count },
    largestNiche: element.largestNiche,
    uninhabited: false,
  });
}

/** The scalar of an element that takes every value: `bool`, `char` and references are not allowed (E0077). */
function simdScalar({ backendRepr, size }: LayoutData): Scalar | undefined {
  if (backendRepr.kind !== "scalar" || backendRepr.scalar.kind === "union") return undefined;
  return invalidCount(backendRepr.scalar.validRange, size) === 0n ? backendRepr.scalar : undefined;
}

/** What the target says about vectors of a size, else the next power of two. Mirrors `llvmlike_vector_align`. */
function vectorAlign(cx: LayoutCx, size: Size): Align {
  const known = cx.target.vectorAlign.get(size);
  if (known !== undefined) return known;
  let align = 1n;
  while (align < size) align *= 2n;
  return align;
}

function largestPowerOfTwoFactor(size: Size): Align {
  return size & -size;
}
