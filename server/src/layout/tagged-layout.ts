/**
 * Enums with a tag: an integer at offset 0, every variant's fields behind it.
 *
 * Invariant: widening the tag into the padding before the first fields never changes the enum's size, but it changes the tag, its niche,
 * and the offsets of fields of size 0 right behind it. Mirrors the tagged part of `layout_of_enum` of rustc_abi 1.95.
 *
 * Example: `enum E { A(u32), B(u32), C }` has a 4-byte tag: nothing else could use the padding.
 */

import { at } from "../base/at.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { commonPrimitive, pairAt } from "./backend-repr.ts";
import { tagRangeOf } from "./discriminant-range.ts";
import type { EnumInput } from "./enum-variant.ts";
import { changedAlike, variantsAlone } from "./enum-variant.ts";
import type { Integer } from "./integer.ts";
import { INTEGER_SIZE, INTEGERS } from "./integer.ts";
import type { LayoutCalculatorError, LayoutResult } from "./layout-calculator-error.ts";
import type { LayoutCx } from "./layout-cx.ts";
import { objSizeBound } from "./layout-cx.ts";
import type { BackendRepr, LayoutData, StructLikeLayout } from "./layout-data.ts";
import { isOneAlignedZst, MEMORY } from "./layout-data.ts";
import { nicheFromScalar } from "./niche.ts";
import { inhibitsEnumLayoutOpt } from "./repr-options.ts";
import type { Scalar } from "./scalar.ts";
import type { Align, Size } from "./size.ts";
import { alignTo, maxSize, minSize } from "./size.ts";

/** The layout with a tag. Fails on an unsized field and at the target's object size bound. */
export function taggedLayout(cx: LayoutCx, input: EnumInput): LayoutResult {
  const range = tagRangeOf(cx, input);
  const behind = variantsBehind(cx, input, range.integer);
  if (!behind.ok) return behind;
  const align = behind.value.reduce((max, layout) => maxSize(max, layout.align), cx.target.aggregateAlign);
  const unpadded = behind.value.reduce((max, layout) => maxSize(max, layout.size), 0n);
  const size = alignTo(unpadded, align);
  const bound = objSizeBound(cx);
  if (size >= bound) return err({ kind: "sizeOverflow", bound, at: undefined });
  const integer = tagInteger(cx, input, behind.value, range.integer);
  const [least, chosen] = [INTEGER_SIZE[range.integer], INTEGER_SIZE[integer]];
  const widened = least === chosen ? behind.value : changedAlike(behind.value, (layout) => makeRoom(layout, least, chosen));
  const tag: Scalar = {
    kind: "initialized",
    value: { kind: "int", integer, signed: range.signed },
    validRange: range.validRange(integer),
  };
  const uninhabited = behind.value.every((layout) => layout.uninhabited);
  const opaque = uninhabited && cx.rules.uninhabitedRepr === "opaque";
  const backendRepr = opaque ? MEMORY : taggedRepr(cx, input, { layouts: widened, tag, tagSize: INTEGER_SIZE[integer], size, align });
  return ok({
    size,
    align,
    fields: { kind: "arbitrary", offsets: [0n], inMemoryOrder: [0] },
    variants: {
      kind: "multiple",
      tag,
      tagEncoding: { kind: "direct" },
      tagOffset: 0n,
      variants: changedAlike(widened, (layout) => adoptRepr(cx, layout, { backendRepr, size, align })),
    },
    backendRepr,
    largestNiche: nicheFromScalar(cx, 0n, tag),
    uninhabited,
  });
}

/** Every variant behind a tag of the narrowest integer. In `repr(C)` all payloads start where the most aligned one can. */
function variantsBehind(cx: LayoutCx, input: EnumInput, integer: Integer): Result<StructLikeLayout[], LayoutCalculatorError> {
  let align: Align = cx.target.integerAlign[integer];
  if (input.repr.c) {
    for (const { fields } of input.variants) for (const field of fields) align = maxSize(align, field.align);
  }
  return variantsAlone(cx, input, { kind: "prefixed", size: INTEGER_SIZE[integer], align });
}

/** The tag as wide as the alignment of the first fields allows, in enums whose representation is left to the compiler. */
function tagInteger(cx: LayoutCx, { variants, repr }: EnumInput, layouts: readonly StructLikeLayout[], least: Integer): Integer {
  if (inhibitsEnumLayoutOpt(repr)) return least;
  let startAlign: Align | undefined;
  for (const [index, { fields }] of variants.entries()) {
    const align = firstFieldAlign(fields, at(layouts, index));
    if (align !== undefined) startAlign = startAlign === undefined ? align : minSize(startAlign, align);
  }
  const fitting = INTEGERS.find((integer) => INTEGER_SIZE[integer] === startAlign && cx.target.integerAlign[integer] === startAlign);
  return fitting !== undefined && INTEGER_SIZE[fitting] > INTEGER_SIZE[least] ? fitting : least;
}

/** Alignment of the first field in memory that cannot be moved behind a wider tag. */
function firstFieldAlign(fields: readonly LayoutData[], layout: StructLikeLayout): Align | undefined {
  for (const index of layout.fields.inMemoryOrder) {
    const field = at(fields, index);
    if (!isOneAlignedZst(field)) return field.align;
  }
  return undefined;
}

/** Moves what lies within the tag's old end to its new one. */
function makeRoom(layout: StructLikeLayout, oldTag: Size, newTag: Size): StructLikeLayout {
  const { offsets, inMemoryOrder } = layout.fields;
  return {
    ...layout,
    fields: { kind: "arbitrary", offsets: offsets.map((offset) => (offset <= oldTag ? newTag : offset)), inMemoryOrder },
    size: layout.size <= oldTag ? newTag : layout.size,
  };
}

interface Tagged {
  readonly layouts: readonly StructLikeLayout[];
  readonly tag: Scalar;
  readonly tagSize: Size;
  readonly size: Size;
  readonly align: Align;
}

/** The tag alone, or the tag and one scalar all variants share. */
function taggedRepr(cx: LayoutCx, { variants }: EnumInput, { layouts, tag, tagSize, size, align }: Tagged): BackendRepr {
  if (tagSize === size) return { kind: "scalar", scalar: tag };
  const common = commonPrimitive(
    cx,
    layouts.map((layout, index) => ({
      fields: at(variants, index).fields,
      offsets: layout.fields.offsets,
    })),
  );
  if (common === undefined) return MEMORY;
  return pairAt(cx, { first: tag, second: common.scalar }, { offset: common.offset, size, align });
}

/** Variants with fields take over a scalar or pair of the enum, and its size with it: they are read in the same registers. */
function adoptRepr(
  cx: LayoutCx,
  layout: StructLikeLayout,
  whole: { readonly backendRepr: BackendRepr; readonly size: Size; readonly align: Align },
): StructLikeLayout {
  if (whole.backendRepr.kind === "memory" || layout.backendRepr.kind !== "memory") return layout;
  if (layout.fields.offsets.length === 0) return layout;
  if (layout.uninhabited && cx.rules.uninhabitedRepr === "opaque") return layout;
  return { ...layout, backendRepr: whole.backendRepr, size: maxSize(layout.size, whole.size), align: maxSize(layout.align, whole.align) };
}
