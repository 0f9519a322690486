/**
 * Unions: all fields at offset 0.
 *
 * Invariant: a union has no niche and is never uninhabited, whatever its fields are. Mirrors `layout_of_union` of rustc_abi 1.95.
 *
 * Example: `union U { a: u8, b: [u16; 3] }` has size 6 and alignment 2.
 */
import { err, ok } from "../base/result.ts";
import { unionRepr } from "./backend-repr.ts";
import type { LayoutResult } from "./layout-calculator-error.ts";
import type { LayoutCx } from "./layout-cx.ts";
import { objSizeBound } from "./layout-cx.ts";
import type { LayoutData } from "./layout-data.ts";
import { isSized } from "./layout-data.ts";
import type { ReprOptions } from "./repr-options.ts";
import type { Size } from "./size.ts";
import { alignTo, maxSize, minSize } from "./size.ts";

export interface UnionInput {
  readonly fields: readonly LayoutData[];
  readonly repr: ReprOptions;
}

/** `union U { .. }`. Fails without fields, on an unsized field, and at the target's object size bound. */
export function unionLayout(cx: LayoutCx, { fields, repr }: UnionInput): LayoutResult {
  if (fields.length === 0) return err({ kind: "emptyUnion" });
  let align = repr.pack === undefined ? cx.target.aggregateAlign : 1n;
  let unpadded: Size = 0n;
  for (const [field, layout] of fields.entries()) {
    if (!isSized(layout)) return err({ kind: "unexpectedUnsized", at: { variant: 0, field } });
    align = maxSize(align, layout.align);
    unpadded = maxSize(unpadded, layout.size);
  }
  if (repr.pack !== undefined) align = minSize(align, repr.pack);
  if (repr.align !== undefined) align = maxSize(align, repr.align);
  const size = alignTo(unpadded, align);
  const bound = objSizeBound(cx);
  if (size >= bound) return err({ kind: "sizeOverflow", bound, at: undefined });
  return ok({
    size,
    align,
    fields: { kind: "union", count: fields.length },
    variants: { kind: "single", index: 0 },
    backendRepr: unionRepr(cx, { fields, repr, align }),
    largestNiche: undefined,
    uninhabited: false,
  });
}
