/**
 * A layout as one line for people: `size 8 align 4; offsets [6, 0, 4]; niche none`.
 */
import { unreachable } from "../../server/src/base/never.ts";
import type { LayoutData, MultipleVariants } from "../../server/src/layout/layout-data.ts";
import type { Primitive } from "../../server/src/layout/primitive.ts";
import type { WrappingRange } from "../../server/src/layout/wrapping-range.ts";

/** The line of a layout; variants are named only where one of them has fields. */
export function showLayout(layout: LayoutData): string {
  const parts = [`size ${layout.size} align ${layout.align}`];
  const { variants, fields, largestNiche } = layout;
  if (variants.kind === "single" && fields.kind === "arbitrary") parts.push(`offsets [${fields.offsets.join(", ")}]`);
  parts.push(largestNiche === undefined ? "niche none" : `niche ${showScalarAt(largestNiche.value, largestNiche)}`);
  if (layout.uninhabited) parts.push("uninhabited");
  switch (variants.kind) {
    case "empty":
      return [...parts, "no variants"].join("; ");
    case "single":
      return parts.join("; ");
    case "multiple":
      return [...parts, ...showVariants(variants)].join("; ");
    default:
      return unreachable(variants);
  }
}

function showVariants({ tag, tagEncoding, tagOffset, variants }: MultipleVariants): string[] {
  const offsets = variants.map((variant) => (variant.fields.kind === "arbitrary" ? variant.fields.offsets : []));
  const each = offsets.map((list, index) => `v${index}[${list.join(",")}]`).join(" ");
  const tail = offsets.some((list) => list.length > 0) ? [`variants ${each}`] : [];
  if (tagEncoding.kind === "direct") {
    const validRange = tag.kind === "initialized" ? tag.validRange : { start: 0n, end: 0n };
    return [`direct tag ${showScalarAt(tag.value, { offset: tagOffset, validRange })}`, ...tail];
  }
  const { untaggedVariant, nicheVariants, nicheStart } = tagEncoding;
  const span = `niche_variants ${nicheVariants.start}..=${nicheVariants.end}`;
  return [`niche tag ${showPrimitive(tag.value)}@${tagOffset}: untagged v${untaggedVariant}, ${span}, niche_start ${nicheStart}`, ...tail];
}

function showScalarAt(value: Primitive, at: { readonly offset: bigint; readonly validRange: WrappingRange }): string {
  const { start, end } = at.validRange;
  return `${showPrimitive(value)}@${at.offset} valid ${start}..=${end}${start > end ? " wrapping" : ""}`;
}

function showPrimitive(primitive: Primitive): string {
  switch (primitive.kind) {
    case "int":
      return primitive.signed ? primitive.integer : primitive.integer.replace("i", "u");
    case "float":
      return primitive.float;
    case "pointer":
      return "ptr";
    default:
      return unreachable(primitive);
  }
}
