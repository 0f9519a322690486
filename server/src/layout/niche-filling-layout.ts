/**
 * Enums without a tag of their own: the discriminant hides in the invalid values of the largest variant's niche.
 *
 * Invariant: one variant, the largest (the last one on a tie), is untagged and keeps its layout; every other variant lies wholly before or
 * wholly after the niche. Variants between the first and the last that need a value burn one even if they need none.
 * Mirrors `calculate_niche_filled_enum_layout` of rustc_abi 1.95; older rules by `LayoutRules.nicheFilling`.
 *
 * Example: `enum E { A, B, C(bool), D }` stores A as 2, B as 3, D as 5; 4 is burnt on C.
 */
import { at } from "../base/at.ts";
import type { EnumInput, EnumVariant } from "./enum-variant.ts";
import { changedAlike, isAbsent, variantsAlone } from "./enum-variant.ts";
import type { LayoutCx } from "./layout-cx.ts";
import type { BackendRepr, LayoutData, StructLikeLayout } from "./layout-data.ts";
import { isZst, MEMORY } from "./layout-data.ts";
import type { Niche, ReservedNiche } from "./niche.ts";
import { nicheFromScalar, reserve, shiftNiche } from "./niche.ts";
import { inhibitsEnumLayoutOpt } from "./repr-options.ts";
import type { Scalar } from "./scalar.ts";
import { toUnion } from "./scalar.ts";
import type { Align, Size } from "./size.ts";
import { alignTo, maxSize } from "./size.ts";
import { ALWAYS_SIZED } from "./univariant.ts";

/** The layout with a niche as the tag, or undefined where that is not allowed or not possible. */
export function nicheFillingLayout(cx: LayoutCx, input: EnumInput): LayoutData | undefined {
  const { variants, repr } = input;
  if (inhibitsEnumLayoutOpt(repr) || variants.length < 2) return undefined;
  const alone = variantsAlone(cx, input, ALWAYS_SIZED);
  if (!alone.ok) return undefined;
  const layouts = alone.value;
  const untagged = cx.rules.nicheFilling === "oneDataVariant" ? onlyDataVariant(cx, variants) : largestVariant(layouts);
  if (untagged === undefined) return undefined;
  const nicheVariants = taggedVariants(cx, variants, untagged);
  const niche = nicheOf(cx, variants, layouts, untagged);
  if (niche === undefined) return undefined;
  const reserved = reserve(cx, niche, BigInt(nicheVariants.end - nicheVariants.start + 1));
  if (reserved === undefined) return undefined;
  return assemble(cx, { variants, layouts, untagged, nicheVariants, niche, reserved });
}

function largestVariant(layouts: readonly LayoutData[]): number {
  let largest = 0;
  let size = -1n;
  for (const [index, layout] of layouts.entries()) {
    if (layout.size < size) continue;
    largest = index;
    size = layout.size;
  }
  return largest;
}

/** Up to 1.64 only one variant may have fields that take space. */
function onlyDataVariant(cx: LayoutCx, variants: readonly EnumVariant[]): number | undefined {
  const withData = variants.flatMap(({ fields }, index) => (isAbsent(cx, fields) || fields.every(isZst) ? [] : [index]));
  return withData.length === 1 ? withData[0] : undefined;
}

interface VariantSpan {
  readonly start: number;
  readonly end: number;
}

/** From the first to the last variant, both included, that needs a value in the niche. Two variants are present, so there is one. */
function taggedVariants(cx: LayoutCx, variants: readonly EnumVariant[], untagged: number): VariantSpan {
  const needed = variants.flatMap(({ fields }, index) => (index === untagged || isAbsent(cx, fields) ? [] : [index]));
  return { start: at(needed, 0), end: at(needed, needed.length - 1) };
}

/** From 1.83 on the niche the untagged variant remembers; before, that of the field with most values, the last one on a tie. */
function nicheOf(
  cx: LayoutCx,
  variants: readonly EnumVariant[],
  layouts: readonly StructLikeLayout[],
  untagged: number,
): Niche | undefined {
  const layout = at(layouts, untagged);
  if (cx.rules.nicheFilling === "variantNiche") return layout.largestNiche;
  let best: Niche | undefined;
  for (const [field, { largestNiche }] of at(variants, untagged).fields.entries()) {
    if (largestNiche === undefined || (best !== undefined && largestNiche.available < best.available)) continue;
    best = shiftNiche(largestNiche, at(layout.fields.offsets, field));
  }
  return best;
}

interface Parts {
  readonly variants: readonly EnumVariant[];
  readonly layouts: readonly StructLikeLayout[];
  readonly untagged: number;
  readonly nicheVariants: VariantSpan;
  readonly niche: Niche;
  readonly reserved: ReservedNiche;
}

function assemble(cx: LayoutCx, { variants, layouts, untagged, nicheVariants, niche, reserved }: Parts): LayoutData | undefined {
  const largest = at(layouts, untagged);
  const align = layouts.reduce((max, layout) => maxSize(max, layout.align), cx.target.aggregateAlign);
  const size = cx.rules.nicheFilledSize === "ofUntagged" ? largest.size : alignTo(largest.size, align);
  const placed = placedAround(cx, { variants, layouts, untagged, niche }, size);
  if (placed === undefined) return undefined;
  const uninhabited = layouts.every((layout) => layout.uninhabited);
  const opaque = uninhabited && cx.rules.uninhabitedRepr === "opaque";
  return {
    size,
    align,
    fields: { kind: "arbitrary", offsets: [niche.offset], inMemoryOrder: [0] },
    variants: {
      kind: "multiple",
      tag: reserved.scalar,
      tagEncoding: { kind: "niche", untaggedVariant: untagged, nicheVariants, nicheStart: reserved.start },
      tagOffset: niche.offset,
      variants: placed,
    },
    backendRepr: opaque ? MEMORY : nicheRepr({ placed, untagged, niche, scalar: reserved.scalar, size, align }),
    largestNiche: nicheFromScalar(cx, niche.offset, reserved.scalar),
    uninhabited,
  };
}

/** Every variant before the niche if it ends there, else behind it; undefined where one does not fit. The untagged one stays. */
function placedAround(
  cx: LayoutCx,
  { variants, layouts, untagged, niche }: Pick<Parts, "variants" | "layouts" | "untagged" | "niche">,
  size: Size,
): readonly StructLikeLayout[] | undefined {
  const largest = at(layouts, untagged);
  const fits = (layout: StructLikeLayout): boolean =>
    layout === largest || layout.size <= niche.offset || shiftBehind(niche, layout) + layout.size <= size;
  if (!layouts.every(fits)) return undefined;
  const placed = changedAlike(layouts, (layout, index) => {
    if (layout.size <= niche.offset) return { ...layout, largestNiche: undefined };
    const moved = movedBehind(layout, niche);
    return { ...withZeroSizedFields(cx, moved, { layout, fields: at(variants, index).fields }), largestNiche: undefined };
  });
  return placed.with(untagged, largest);
}

function shiftBehind(niche: Niche, layout: StructLikeLayout): Size {
  return alignTo(niche.offset + niche.size, layout.align);
}

function movedBehind(layout: StructLikeLayout, niche: Niche): StructLikeLayout {
  const shift = shiftBehind(niche, layout);
  const { offsets, inMemoryOrder } = layout.fields;
  return {
    ...layout,
    fields: { kind: "arbitrary", offsets: offsets.map((offset) => offset + shift), inMemoryOrder },
    backendRepr: layout.uninhabited ? layout.backendRepr : MEMORY,
    size: layout.size + shift,
  };
}

/** Before 1.74 fields of size 0 kept their old offsets when their variant moved. */
function withZeroSizedFields(
  cx: LayoutCx,
  moved: StructLikeLayout,
  from: { readonly layout: StructLikeLayout; readonly fields: readonly LayoutData[] },
): StructLikeLayout {
  if (cx.rules.zeroSizedFields === "likeOthers") return moved;
  const offsets = moved.fields.offsets.map((offset, index) =>
    isZst(at(from.fields, index)) ? at(from.layout.fields.offsets, index) : offset,
  );
  return { ...moved, fields: { ...moved.fields, offsets } };
}

interface Filled {
  readonly placed: readonly StructLikeLayout[];
  readonly untagged: number;
  readonly niche: Niche;
  readonly scalar: Scalar;
  readonly size: Size;
  readonly align: Align;
}

/** The largest variant's representation stands for the enum when all others are empty; only the niche is surely initialized then. */
function nicheRepr({ placed, untagged, niche, scalar, size, align }: Filled): BackendRepr {
  const largest = at(placed, untagged);
  if (largest.size !== size || largest.align !== align) return MEMORY;
  if (placed.some((layout, index) => index !== untagged && layout.size !== 0n)) return MEMORY;
  const { backendRepr } = largest;
  if (backendRepr.kind === "scalar") return { kind: "scalar", scalar };
  if (backendRepr.kind !== "scalarPair") return MEMORY;
  const { first, second } = backendRepr;
  if (niche.offset === 0n) return { kind: "scalarPair", first: scalar, second: toUnion(second) };
  return { kind: "scalarPair", first: toUnion(first), second: scalar };
}
