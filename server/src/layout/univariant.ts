/**
 * One sequence of fields: a struct, a tuple, a closure, or one variant of an enum, with or without a tag before it.
 *
 * Invariant: the result is a single variant, the one asked for. A second attempt that pulls the largest niche to the end is
 * made, and kept when the niche gets nearer to an end of the type; never for types whose tail may be unsized, whose instances must
 * agree. Mirrors `univariant` and `univariant_biased` of rustc_abi 1.95.
 *
 * Example: in `struct S(u16, u8, bool, u8, u32)` the second attempt moves the `bool` from 6 to 8.
 */
import { at } from "../base/at.ts";
import { err, ok } from "../base/result.ts";
import { univariantRepr } from "./backend-repr.ts";
import type { NicheBias } from "./field-order.ts";
import { inMemoryOrder } from "./field-order.ts";
import type { StructLikeResult } from "./layout-calculator-error.ts";
import type { LayoutCx } from "./layout-cx.ts";
import { objSizeBound } from "./layout-cx.ts";
import type { LayoutData } from "./layout-data.ts";
import { isSized } from "./layout-data.ts";
import type { Niche } from "./niche.ts";
import { shiftNiche } from "./niche.ts";
import type { ReprOptions } from "./repr-options.ts";
import type { Align, Size } from "./size.ts";
import { alignTo, maxSize, minSize } from "./size.ts";

/** What surrounds the fields. */
export type StructKind =
  /** Nothing, and no instance of the type has an unsized tail: structs, closures, enum variants. */
  | { readonly kind: "alwaysSized" }
  /** Nothing, but the declared last field may be unsized: tuples, structs with a `T: ?Sized` tail. */
  | { readonly kind: "maybeUnsized" }
  /** A tag of this size before the fields, which start aligned to `align`. Enums are never packed. */
  | { readonly kind: "prefixed"; readonly size: Size; readonly align: Align };

export interface UnivariantInput {
  /** In source order. */
  readonly fields: readonly LayoutData[];
  readonly repr: ReprOptions;
  readonly kind: StructKind;
  /** The variant that the result is, and that errors name; 0 outside enums. */
  readonly variant: number;
}

export const ALWAYS_SIZED: StructKind = { kind: "alwaysSized" };
export const MAYBE_UNSIZED: StructKind = { kind: "maybeUnsized" };

/** Lays fields out. Fails on an unsized field that may not be one, and when the target's object size bound is reached. */
export function univariant(cx: LayoutCx, input: UnivariantInput): StructLikeResult {
  const start = univariantBiased(cx, input, "start");
  if (!start.ok) return start;
  const niche = start.value.largestNiche;
  if (niche === undefined || !asksForSecondPass(cx, input, niche, start.value.size)) return start;
  const end = univariantBiased(cx, input, "end");
  // Compared with the first attempt's tail on purpose: sizes agree, so it bounds what the second can gain.
  const tail = tailSpace(start.value.size, niche);
  const offset = end.ok && end.value.largestNiche?.offset;
  return typeof offset === "bigint" && offset > niche.offset && offset > tail ? end : start;
}

/** Room on both sides of the niche, and more than one field to move. */
function asksForSecondPass(cx: LayoutCx, input: UnivariantInput, niche: Niche, size: Size): boolean {
  if (cx.rules.nichePasses === "startOnly" || input.kind.kind === "maybeUnsized" || input.fields.length < 2) return false;
  return niche.offset !== 0n && tailSpace(size, niche) > 0n;
}

function tailSpace(size: Size, niche: Niche): Size {
  return size - niche.offset - niche.size;
}

/** What the walk over the fields in memory order finds out. */
interface Placement {
  readonly offsets: Size[];
  /** Where the last field ends. */
  end: Size;
  align: Align;
  largestNiche: Niche | undefined;
  uninhabited: boolean;
  unsizedField: number | undefined;
}

function univariantBiased(cx: LayoutCx, input: UnivariantInput, bias: NicheBias): StructLikeResult {
  const { fields, repr, kind } = input;
  const order = inMemoryOrder(cx, { fields, repr, kind: kind.kind, bias });
  const placement = startPlacement(cx, input);
  const bound = objSizeBound(cx);
  for (const field of order) {
    const layout = at(fields, field);
    const location = { variant: input.variant, field };
    if (placement.unsizedField !== undefined) {
      return err({ kind: "unexpectedUnsized", at: { ...location, field: placement.unsizedField } });
    }
    if (!isSized(layout)) {
      if (kind.kind !== "maybeUnsized") return err({ kind: "unexpectedUnsized", at: location });
      placement.unsizedField = field;
    }
    place(placement, { layout, field, bias, pack: repr.pack });
    if (placement.end >= bound) return err({ kind: "sizeOverflow", bound, at: location });
  }
  if (repr.align !== undefined) placement.align = maxSize(placement.align, repr.align);
  const size = alignTo(placement.end, placement.align);
  if (size >= bound && cx.rules.structSizeCheck === "fieldsAndPadding") return err({ kind: "sizeOverflow", bound, at: undefined });
  const { align, offsets, largestNiche, uninhabited } = placement;
  const sized = placement.unsizedField === undefined;
  return ok({
    size,
    align,
    fields: { kind: "arbitrary", offsets, inMemoryOrder: order },
    variants: { kind: "single", index: input.variant },
    backendRepr: univariantRepr(cx, { fields, repr, offsets, size, align, sized, uninhabited }),
    largestNiche,
    uninhabited,
  });
}

function startPlacement(cx: LayoutCx, { fields, repr, kind }: UnivariantInput): Placement {
  let align = repr.pack === undefined ? cx.target.aggregateAlign : 1n;
  let end: Size = 0n;
  if (kind.kind === "prefixed") {
    align = maxSize(align, kind.align);
    end = alignTo(kind.size, kind.align);
  }
  const offsets = fields.map(() => 0n);
  return { offsets, end, align, largestNiche: undefined, uninhabited: false, unsizedField: undefined };
}

interface PlacedField {
  readonly layout: LayoutData;
  readonly field: number;
  readonly bias: NicheBias;
  readonly pack: Align | undefined;
}

/** Puts one field at the next offset that suits it. Of equal niches the first counts, or the last when niches are to be at the end. */
function place(placement: Placement, { layout, field, bias, pack }: PlacedField): void {
  const fieldAlign = pack === undefined ? layout.align : minSize(layout.align, pack);
  const offset = alignTo(placement.end, fieldAlign);
  placement.offsets[field] = offset;
  placement.align = maxSize(placement.align, fieldAlign);
  placement.end = offset + layout.size;
  if (layout.uninhabited) placement.uninhabited = true;
  const niche = layout.largestNiche;
  if (niche === undefined) return;
  const best = placement.largestNiche === undefined ? 0n : placement.largestNiche.available;
  if (bias === "start" ? niche.available > best : niche.available >= best) {
    placement.largestNiche = shiftNiche(niche, offset);
  }
}
