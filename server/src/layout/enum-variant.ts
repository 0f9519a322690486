/**
 * The parts of an enum, shared by the two ways to lay it out.
 *
 * Invariant: discriminants are the language's values with their sign; which of them need a tag value is decided by the layouts.
 * Of many variants those with the same fields are laid out once: their layouts share `fields`, and differ in nothing but the index.
 * Mirrors the closure `absent` in `layout_of_struct_or_enum` of rustc_abi 1.95.
 *
 * Example: the variant `B(!)` of `enum E { A(u8), B(!) }` is absent.
 */
import { at } from "../base/at.ts";
import type { Result } from "../base/result.ts";
import { ok } from "../base/result.ts";
import type { LayoutCalculatorError } from "./layout-calculator-error.ts";
import type { LayoutCx } from "./layout-cx.ts";
import type { ArbitraryFields, LayoutData, StructLikeLayout } from "./layout-data.ts";
import { isOneAlignedZst, isZst } from "./layout-data.ts";
import type { ReprOptions } from "./repr-options.ts";
import type { StructKind } from "./univariant.ts";
import { univariant } from "./univariant.ts";

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

/** An enum with more variants has some with the same fields as a rule. */
const MANY = 32;

/** The same fields, one after another. */
interface Shape {
  readonly longer: Map<LayoutData, Shape>;
  layout: StructLikeLayout | undefined;
}

/** The layout of every variant by itself. Fails as `univariant` does. */
export function variantsAlone(
  cx: LayoutCx,
  { variants, repr }: EnumInput,
  kind: StructKind,
): Result<StructLikeLayout[], LayoutCalculatorError> {
  const none: Shape | undefined = variants.length < MANY ? undefined : { longer: new Map(), layout: undefined };
  const layouts: StructLikeLayout[] = [];
  for (let variant = 0; variant < variants.length; variant++) {
    const { fields } = at(variants, variant);
    const shape = none === undefined ? undefined : shapeOf(none, fields);
    if (shape?.layout !== undefined) {
      layouts.push(withIndex(shape.layout, variant));
      continue;
    }
    const result = univariant(cx, { fields, repr, kind, variant });
    if (!result.ok) return result;
    if (shape !== undefined) shape.layout = result.value;
    layouts.push(result.value);
  }
  return ok(layouts);
}

function shapeOf(none: Shape, fields: readonly LayoutData[]): Shape {
  let shape = none;
  for (const field of fields) {
    let longer = shape.longer.get(field);
    if (longer === undefined) {
      longer = { longer: new Map(), layout: undefined };
      shape.longer.set(field, longer);
    }
    shape = longer;
  }
  return shape;
}

/** Written out: an enum may have thousands of variants, and a spread costs many times as much. */
function withIndex(layout: StructLikeLayout, index: number): StructLikeLayout {
  const { size, align, fields, backendRepr, largestNiche, uninhabited } = layout;
  return { size, align, fields, variants: { kind: "single", index }, backendRepr, largestNiche, uninhabited };
}

/** Layouts of variants, changed; those that share their fields share what comes of it, so that it must not depend on the index. */
export function changedAlike(
  layouts: readonly StructLikeLayout[],
  change: (layout: StructLikeLayout, index: number) => StructLikeLayout,
): readonly StructLikeLayout[] {
  if (layouts.length < MANY) return layouts.map(change);
  const known = new Map<ArbitraryFields, { readonly from: StructLikeLayout; readonly to: StructLikeLayout }>();
  return layouts.map((layout, index) => {
    const alike = known.get(layout.fields);
    if (alike !== undefined) return alike.from === alike.to ? layout : withIndex(alike.to, index);
    const to = change(layout, index);
    known.set(layout.fields, { from: layout, to });
    return to;
  });
}
