/**
 * Structs, tuples and closures: a sequence of fields, then what the item's attributes say about its values.
 *
 * Invariant: an enum with one present variant and no `repr(C)` or integer repr comes here too. Mirrors `layout_of_struct` of
 * rustc_abi 1.95.
 *
 * Example: `#[rustc_layout_scalar_valid_range_start(1)] struct NonZeroU8(u8)` has the niche 0.
 */
import { err, ok } from "../base/result.ts";
import { reprWithoutNiches } from "./backend-repr.ts";
import type { LayoutResult } from "./layout-calculator-error.ts";
import type { LayoutCx } from "./layout-cx.ts";
import type { BackendRepr, LayoutData } from "./layout-data.ts";
import { nicheFromScalar } from "./niche.ts";
import type { ReprOptions } from "./repr-options.ts";
import { REPR_RUST } from "./repr-options.ts";
import type { Scalar } from "./scalar.ts";
import { ALWAYS_SIZED, MAYBE_UNSIZED, univariant } from "./univariant.ts";

/** A representation that begins with a scalar. */
export type ScalarLikeRepr = Extract<BackendRepr, { kind: "scalar" | "scalarPair" }>;

/** Whether a representation begins with a scalar. */
export function isScalarLike(repr: BackendRepr): repr is ScalarLikeRepr {
  return repr.kind === "scalar" || repr.kind === "scalarPair";
}

/** The values given by `rustc_layout_scalar_valid_range_start` and `_end`, as unsigned bits. */
export interface ScalarValidRange {
  readonly start?: bigint | undefined;
  readonly end?: bigint | undefined;
}

export interface StructInput {
  /** In source order. */
  readonly fields: readonly LayoutData[];
  readonly repr: ReprOptions;
  /** `maybeUnsized` when the declared type of the last field is not known to be `Sized`, generics not substituted. */
  readonly kind: "alwaysSized" | "maybeUnsized";
  readonly scalarValidRange?: ScalarValidRange | undefined;
  /** Set for `UnsafeCell` and `UnsafePinned` (lang items). */
  readonly hidesNiche?: boolean | undefined;
}

/** `struct S { .. }`. Fails as `univariant` does, and on a valid range of something that does not begin with a scalar. */
export function structLayout(cx: LayoutCx, input: StructInput): LayoutResult {
  const kind = input.kind === "alwaysSized" || input.fields.length === 0 ? ALWAYS_SIZED : MAYBE_UNSIZED;
  const result = univariant(cx, { fields: input.fields, repr: input.repr, kind, variant: 0 });
  if (!result.ok) return result;
  if (input.hidesNiche === true) return ok(withoutNiche(cx, result.value));
  return withScalarValidRange(cx, result.value, input.scalarValidRange);
}

/** A tuple: its last element stays last in memory, since it may be unsized in another instance. */
export function tupleLayout(cx: LayoutCx, elements: readonly LayoutData[]): LayoutResult {
  return univariant(cx, {
    fields: elements,
    repr: REPR_RUST,
    kind: elements.length === 0 ? ALWAYS_SIZED : MAYBE_UNSIZED,
    variant: 0,
  });
}

/** A closure over its captures, in the order the compiler captures them. */
export function closureLayout(cx: LayoutCx, captures: readonly LayoutData[]): LayoutResult {
  return univariant(cx, { fields: captures, repr: REPR_RUST, kind: ALWAYS_SIZED, variant: 0 });
}

function withoutNiche(cx: LayoutCx, layout: LayoutData): LayoutData {
  const keepsScalars = cx.rules.unsafeCell === "hidesOwnNiche";
  const backendRepr = keepsScalars ? layout.backendRepr : reprWithoutNiches(cx, layout.backendRepr);
  return { ...layout, backendRepr, largestNiche: undefined };
}

/**
 * Narrows the first scalar and lets its niche take the place of a smaller or equal one. Done without an attribute too: before 1.64
 * that is how the value inside an `UnsafeCell` shows its niche again.
 */
export function withScalarValidRange(cx: LayoutCx, layout: LayoutData, range: ScalarValidRange | undefined): LayoutResult {
  const { backendRepr } = layout;
  if (!isScalarLike(backendRepr)) {
    const unlimited = range?.start === undefined && range?.end === undefined;
    return unlimited ? ok(layout) : err({ kind: "nonScalarValidRange" });
  }
  const first = firstScalar(backendRepr);
  const scalar = range === undefined ? first : narrow(first, range);
  const niche = nicheFromScalar(cx, 0n, scalar);
  const old = layout.largestNiche;
  const wins = niche !== undefined && (old === undefined || old.available <= niche.available);
  if (!wins && scalar === first) return ok(layout);
  return ok({ ...layout, backendRepr: withFirstScalar(backendRepr, scalar), largestNiche: wins ? niche : old });
}

/** The scalar with a new start, end or both; one that may be uninitialized takes every value all the same. */
function narrow(scalar: Scalar, { start, end }: ScalarValidRange): Scalar {
  if (scalar.kind === "union") return scalar;
  return { ...scalar, validRange: { start: start ?? scalar.validRange.start, end: end ?? scalar.validRange.end } };
}

/** The representation with its first scalar replaced. */
export function withFirstScalar(repr: ScalarLikeRepr, scalar: Scalar): BackendRepr {
  return repr.kind === "scalar" ? { kind: "scalar", scalar } : { kind: "scalarPair", first: scalar, second: repr.second };
}

/** The first scalar of such a representation. */
export function firstScalar(repr: ScalarLikeRepr): Scalar {
  return repr.kind === "scalar" ? repr.scalar : repr.first;
}
