/**
 * A scalar: a primitive and the values it may take.
 *
 * Invariant: a `union` scalar may be uninitialized, so it takes every value and never has a niche. Mirrors `Scalar` of
 * rustc_abi 1.95.
 *
 * Example: `bool` is `{ kind: "initialized", value: u8, validRange: 0..=1 }`; the inside of a `MaybeUninit<bool>` is
 * `{ kind: "union", value: u8 }`.
 */
import type { Primitive } from "./primitive.ts";
import { primitiveSize } from "./primitive.ts";
import type { TargetDataLayout } from "./target-data-layout.ts";
import type { WrappingRange } from "./wrapping-range.ts";
import { fullRange } from "./wrapping-range.ts";

export type Scalar =
  | { readonly kind: "initialized"; readonly value: Primitive; readonly validRange: WrappingRange }
  | { readonly kind: "union"; readonly value: Primitive };

/** The scalar of a primitive that takes every value. */
export function fullScalar(target: TargetDataLayout, value: Primitive): Scalar {
  return { kind: "initialized", value, validRange: fullRange(primitiveSize(target, value)) };
}

/** A pointer into an address space that is never null. */
export function nonNullScalar(target: TargetDataLayout, addressSpace: number): Scalar {
  const value: Primitive = { kind: "pointer", addressSpace };
  return { kind: "initialized", value, validRange: { start: 1n, end: fullRange(primitiveSize(target, value)).end } };
}

/** The scalar without any claim about its value: what is left of it inside a union. */
export function toUnion(scalar: Scalar): Scalar {
  return scalar.kind === "union" ? scalar : { kind: "union", value: scalar.value };
}

/** The scalar with every value allowed: what is left of it inside an `UnsafeCell`. A union scalar has no niche to hide. */
export function hideNiches(target: TargetDataLayout, scalar: Scalar): Scalar {
  return scalar.kind === "union" ? scalar : fullScalar(target, scalar.value);
}
