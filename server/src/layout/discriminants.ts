/**
 * The discriminants of an enum's variants: those written, else one more than the one before, the first 0.
 *
 * Invariant: on success the values are distinct and fit the discriminant's type (the named integer, else `isize`); whether explicit ones
 * are allowed beside fields (E0732) is the caller's question. Mirrors `AdtDef::discriminants` and `check_discriminants` of rustc 1.95.
 *
 * Example: `enum E { A, B = 5, C }` has 0, 5, 6.
 */
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { INTEGER_SIZE } from "./integer.ts";
import type { LayoutCx } from "./layout-cx.ts";
import { integerOfType } from "./primitive.ts";
import type { ReprOptions } from "./repr-options.ts";
import { discriminantType } from "./repr-options.ts";

export type DiscriminantError =
  /** The variant before has the type's largest value (E0370). */
  | { readonly kind: "overflow"; readonly variant: number }
  /** A written value does not fit the type (a literal lint or a const error). */
  | { readonly kind: "outOfRange"; readonly variant: number }
  /** An earlier variant has the same value (E0081). */
  | { readonly kind: "duplicate"; readonly variant: number; readonly earlier: number };

/** The value of each variant with its sign; `explicit` holds the written ones. */
export function assignDiscriminants(
  cx: LayoutCx,
  repr: ReprOptions,
  explicit: readonly (bigint | undefined)[],
): Result<readonly bigint[], DiscriminantError> {
  const { low, high } = discriminantBounds(cx, repr);
  const earlier = new Map<bigint, number>();
  let next = 0n;
  for (const [variant, written] of explicit.entries()) {
    const value = written ?? next;
    if (value < low || value > high) return err({ kind: written === undefined ? "overflow" : "outOfRange", variant });
    const same = earlier.get(value);
    if (same !== undefined) return err({ kind: "duplicate", variant, earlier: same });
    earlier.set(value, variant);
    next = value + 1n;
  }
  return ok([...earlier.keys()]);
}

/** The smallest and the largest value of an enum's discriminant type. */
export function discriminantBounds(cx: LayoutCx, repr: ReprOptions): { readonly low: bigint; readonly high: bigint } {
  const type = discriminantType(repr);
  const bits = INTEGER_SIZE[integerOfType(cx.target, type)] * 8n;
  if (!type.signed) return { low: 0n, high: (1n << bits) - 1n };
  return { low: -(1n << (bits - 1n)), high: (1n << (bits - 1n)) - 1n };
}
