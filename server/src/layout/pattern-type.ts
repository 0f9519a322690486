/**
 * Pattern types (`u32 is 0..=999_999_999`), std's way to limit the values of an integer or a pointer.
 *
 * Invariant: only the first scalar's range changes; its niche becomes the type's, however small. A base that may be uninitialized or
 * does not begin with a scalar is an error. The base counts as the only field. Mirrors the `ty::Pat` arm of `layout_of_uncached` (rustc_ty_utils) 1.95.
 *
 * Example: `i8 is -128..=-1 | 1..=127` has the range 1..=255 of its bits.
 */
import { err, ok } from "../base/result.ts";
import type { LayoutResult } from "./layout-calculator-error.ts";
import type { LayoutCx } from "./layout-cx.ts";
import type { LayoutData } from "./layout-data.ts";
import { nicheOfRange } from "./niche.ts";
import type { ScalarValidRange } from "./struct-layout.ts";
import { firstScalar, isScalarLike, withFirstScalar } from "./struct-layout.ts";

/**
 * The base type with the range of its first scalar replaced: `{ start, end }` for a range pattern (bits read as unsigned), the
 * wrapping `{ start: b, end: a }` for `..=a | b..`, `{ start: 1n }` for `!null`.
 */
export function patternTypeLayout(cx: LayoutCx, base: LayoutData, range: ScalarValidRange): LayoutResult {
  const { backendRepr } = base;
  if (!isScalarLike(backendRepr)) return err({ kind: "nonScalarValidRange" });
  const first = firstScalar(backendRepr);
  if (first.kind === "union") return err({ kind: "nonScalarValidRange" });
  const validRange = { start: range.start ?? first.validRange.start, end: range.end ?? first.validRange.end };
  return ok({
    ...base,
    fields: { kind: "arbitrary", offsets: [0n], inMemoryOrder: [0] },
    backendRepr: withFirstScalar(backendRepr, { ...first, validRange }),
    largestNiche: nicheOfRange(cx, 0n, { value: first.value, validRange }),
  });
}
