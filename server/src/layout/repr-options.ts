/**
 * What `#[repr]` asks of a type, once its attributes are merged and found consistent, and the questions layout asks about it.
 *
 * Invariant: `align` and `pack` are powers of two and not both present; how raw attributes get here is `repr-hints.ts`.
 * Mirrors `ReprOptions` of rustc_abi 1.95.
 *
 * Example: `#[repr(C, u8)]` is `{ ...REPR_RUST, c: true, int: { kind: "fixed", integer: "i8", signed: false } }`.
 */

import type { IntegerType } from "./integer.ts";
import type { LayoutRules } from "./layout-rules.ts";
import type { Align } from "./size.ts";

export interface ReprOptions {
  readonly c: boolean;
  readonly simd: boolean;
  readonly transparent: boolean;
  /** Order is source order for a reason of the compiler's own (`rustc_nonnull_optimization`'s `Box`: lang item `owned_box`). */
  readonly linear: boolean;
  readonly int: IntegerType | undefined;
  readonly align: Align | undefined;
  readonly pack: Align | undefined;
}

/** No attribute at all. */
export const REPR_RUST: ReprOptions = {
  c: false,
  simd: false,
  transparent: false,
  linear: false,
  int: undefined,
  align: undefined,
  pack: undefined,
};

const ISIZE: IntegerType = { kind: "pointer", signed: true };

/** The type of an enum's discriminants: the named integer, else `isize`. Mirrors `ReprOptions::discr_type`. */
export function discriminantType(repr: ReprOptions): IntegerType {
  return repr.int ?? ISIZE;
}

/** No niche filling, no merging of a single variant with its enum. Mirrors `inhibit_enum_layout_opt`. */
export function inhibitsEnumLayoutOpt(repr: ReprOptions): boolean {
  return repr.c || repr.int !== undefined;
}

/** No scalar representation of a struct around one scalar. Mirrors `inhibit_newtype_abi_optimization`. */
export function inhibitsNewtypeAbiOpt(repr: ReprOptions): boolean {
  return repr.c || repr.int !== undefined;
}

/** No common representation of a union's fields. Mirrors `inhibits_union_abi_opt`. */
export function inhibitsUnionAbiOpt(repr: ReprOptions): boolean {
  return repr.c;
}

/** Fields keep source order. Mirrors `inhibit_struct_field_reordering`; `packed(1)` did so too before 1.80 (PR 125360). */
export function inhibitsFieldReordering(repr: ReprOptions, rules: LayoutRules): boolean {
  if (repr.c || repr.simd || repr.linear || repr.int !== undefined) return true;
  return repr.pack === 1n && rules.packedOne === "sourceOrder";
}
