/**
 * The parts of an enum, shared by the two ways to lay it out.
 *
 * Invariant: discriminants are the language's values with their sign; which of them need a tag value is decided by the layouts.
 * Mirrors the closure `absent` in `layout_of_struct_or_enum` of rustc_abi 1.95.
 *
 * Example: the variant `B(!)` of `enum E { A(u8), B(!) }` is absent.
 */
import type { LayoutCx } from "./layout-cx.ts";
import type { LayoutData } from "./layout-data.ts";
import { isOneAlignedZst, isZst } from "./layout-data.ts";
import type { ReprOptions } from "./repr-options.ts";

export interface EnumVariant {
  /** In source order. */
  readonly fields: readonly LayoutData[];
  /** The value of the discriminant, with its sign. */
  readonly discriminant: bigint;
}

export interface EnumInput {
  /** In source order. */
  readonly variants: readonly EnumVariant[];
  readonly repr: ReprOptions;
}

/** Whether no value of a variant can exist. */
export function isUninhabited(fields: readonly LayoutData[]): boolean {
  return fields.some((field) => field.uninhabited);
}

/**
 * Whether a variant needs neither space nor a tag value: it cannot exist and its fields take none. The alignment of a field such as
 * `[u16; 0]` makes a variant present (since 1.74).
 */
export function isAbsent(cx: LayoutCx, fields: readonly LayoutData[]): boolean {
  const takesNoSpace = cx.rules.zeroSizedFields === "special" ? isZst : isOneAlignedZst;
  return isUninhabited(fields) && fields.every(takesNoSpace);
}
