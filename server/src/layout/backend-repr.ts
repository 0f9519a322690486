/**
 * The backend representation of structs, unions and enums: whether one scalar, or a pair of them, stands for the whole.
 *
 * Invariant: never changes size, alignment or offsets; it is kept because valid-range attributes act on the first scalar and a SIMD
 * element must be one. Mirrors the ABI parts of `univariant_biased`, `layout_of_union` and `layout_of_enum` of rustc_abi 1.95.
 *
 * Example: `struct Meters(f64)` is the scalar `f64`; `struct S(u8, u32)` the pair `(u32, u8)`.
 */
import { at } from "../base/at.ts";
import type { LayoutCx } from "./layout-cx.ts";
import type { BackendRepr, LayoutData } from "./layout-data.ts";
import { isZst, MEMORY } from "./layout-data.ts";
import type { Primitive } from "./primitive.ts";
import { primitiveAlign, primitiveSize, samePrimitive } from "./primitive.ts";
import type { ReprOptions } from "./repr-options.ts";
import { inhibitsNewtypeAbiOpt, inhibitsUnionAbiOpt } from "./repr-options.ts";
import type { Scalar } from "./scalar.ts";
import { fullScalar, hideNiches, toUnion } from "./scalar.ts";
import { scalarPairShape } from "./simple.ts";
import type { Align, Size } from "./size.ts";
import { maxSize } from "./size.ts";

/** Fields and where they were put. */
export interface PlacedFields {
  readonly fields: readonly LayoutData[];
  readonly offsets: readonly Size[];
  readonly repr: ReprOptions;
  readonly size: Size;
  readonly align: Align;
  readonly sized: boolean;
  readonly uninhabited: boolean;
}

/** The representation of a sequence of fields. */
export function univariantRepr(cx: LayoutCx, placed: PlacedFields): BackendRepr {
  if (!placed.sized) return { kind: "memory", sized: false };
  if (placed.size === 0n || (placed.uninhabited && cx.rules.uninhabitedRepr === "opaque")) return MEMORY;
  const [first, second, third] = dataFields(placed);
  if (first === undefined || third !== undefined) return MEMORY;
  return second === undefined ? newtypeRepr(placed, first) : pairRepr(cx, placed, first, second);
}

interface DataField {
  readonly layout: LayoutData;
  readonly offset: Size;
}

/** The one field that is not zero-sized fills the struct. Pairs are Rust's own, so `repr(C)` does not hide them. */
function newtypeRepr({ repr, size, align }: PlacedFields, { layout, offset }: DataField): BackendRepr {
  if (offset !== 0n || align !== layout.align || size !== layout.size) return MEMORY;
  if (layout.backendRepr.kind === "scalarPair") return layout.backendRepr;
  return inhibitsNewtypeAbiOpt(repr) ? MEMORY : layout.backendRepr;
}

function pairRepr(cx: LayoutCx, placed: PlacedFields, one: DataField, other: DataField): BackendRepr {
  const [first, second] = one.offset < other.offset ? [one, other] : [other, one];
  const [a, b] = [first.layout.backendRepr, second.layout.backendRepr];
  if (a.kind !== "scalar" || b.kind !== "scalar" || first.offset !== 0n) return MEMORY;
  return pairAt(cx, { first: a.scalar, second: b.scalar }, { ...placed, offset: second.offset });
}

/** The pair of two scalars, if its own layout has the same second offset, alignment and size. */
export function pairAt(
  cx: LayoutCx,
  scalars: { readonly first: Scalar; readonly second: Scalar },
  want: { readonly offset: Size; readonly size: Size; readonly align: Align },
): BackendRepr {
  const { first, second } = scalars;
  const pair = scalarPairShape(cx, first, second);
  const fits = pair.secondOffset === want.offset && pair.size === want.size && pair.align === want.align;
  return fits ? { kind: "scalarPair", first, second } : MEMORY;
}

/** The common representation of a union's fields that take space, without any claim about values. */
export function unionRepr(
  cx: LayoutCx,
  { fields, repr, align }: { fields: readonly LayoutData[]; repr: ReprOptions; align: Align },
): BackendRepr {
  if (inhibitsUnionAbiOpt(repr)) return MEMORY;
  let common: BackendRepr | undefined;
  for (const field of fields) {
    if (isZst(field)) continue;
    const fieldRepr = reprToUnion(field.backendRepr);
    if (common !== undefined && !sameRepr(common, fieldRepr)) return MEMORY;
    common = fieldRepr;
  }
  return common !== undefined && fitsAlign(cx, common, align) ? common : MEMORY;
}

/** `packed` and `align` unions have an alignment their scalars do not. */
function fitsAlign(cx: LayoutCx, repr: BackendRepr, align: Align): boolean {
  const alignOf = (scalar: Scalar): Align => primitiveAlign(cx.target, scalar.value);
  switch (repr.kind) {
    case "scalar":
      return alignOf(repr.scalar) === align;
    case "scalarPair":
      return maxSize(alignOf(repr.first), alignOf(repr.second)) === align;
    case "simdVector":
      return alignOf(repr.element) <= align;
    case "memory":
      return true;
  }
}

/** A representation whose scalars may be uninitialized. */
export function reprToUnion(repr: BackendRepr): BackendRepr {
  return mapScalars(repr, toUnion);
}

/** A representation whose scalars take every value: inside an `UnsafeCell`. */
export function reprWithoutNiches(cx: LayoutCx, repr: BackendRepr): BackendRepr {
  return mapScalars(repr, (scalar) => hideNiches(cx.target, scalar));
}

function mapScalars(repr: BackendRepr, change: (scalar: Scalar) => Scalar): BackendRepr {
  switch (repr.kind) {
    case "scalar":
      return { kind: "scalar", scalar: change(repr.scalar) };
    case "scalarPair":
      return { kind: "scalarPair", first: change(repr.first), second: change(repr.second) };
    case "simdVector":
      return { kind: "simdVector", element: change(repr.element), count: repr.count };
    case "memory":
      return repr;
  }
}

/** Scalars of a union make no claim about their values, so only their primitives can differ. */
function sameKind(left: Scalar, right: Scalar): boolean {
  return samePrimitive(left.value, right.value);
}

function sameRepr(left: BackendRepr, right: BackendRepr): boolean {
  switch (left.kind) {
    case "scalar":
      return right.kind === "scalar" && sameKind(left.scalar, right.scalar);
    case "scalarPair":
      return right.kind === "scalarPair" && sameKind(left.first, right.first) && sameKind(left.second, right.second);
    case "simdVector":
      return right.kind === "simdVector" && left.count === right.count && sameKind(left.element, right.element);
    case "memory":
      return right.kind === "memory";
  }
}

/** The scalar that every variant with data has, at one offset. */
export interface CommonPrimitive {
  readonly scalar: Scalar;
  readonly offset: Size;
}

/** The fields of a variant and where they are, from the start of the enum. */
export interface PlacedVariant {
  readonly fields: readonly LayoutData[];
  readonly offsets: readonly Size[];
}

/**
 * The one scalar all variants share behind the tag, if each has at most one field that takes space. It may be uninitialized as soon
 * as one variant has no such field.
 */
export function commonPrimitive(cx: LayoutCx, variants: readonly PlacedVariant[]): CommonPrimitive | undefined {
  let common: { value: Primitive; offset: Size } | undefined;
  let initialized = true;
  for (const variant of variants) {
    const data = dataFields(variant);
    if (data.length === 0) {
      initialized = false;
      continue;
    }
    const only = onlyScalar(data);
    if (only === undefined) return undefined;
    if (only.scalar.kind === "union") initialized = false;
    const value = common === undefined ? only.scalar.value : mergePrimitives(cx, common.value, only.scalar.value);
    if (value === undefined || (common !== undefined && common.offset !== only.offset)) return undefined;
    common = { value, offset: only.offset };
  }
  if (common === undefined) return undefined;
  const { value, offset } = common;
  return { scalar: initialized ? fullScalar(cx.target, value) : { kind: "union", value }, offset };
}

/** The fields that take space, at most three: nobody asks about more. */
function dataFields({ fields, offsets }: PlacedVariant): readonly DataField[] {
  const data: DataField[] = [];
  for (let field = 0; field < fields.length && data.length < 3; field++) {
    const layout = at(fields, field);
    if (!isZst(layout)) data.push({ layout, offset: at(offsets, field) });
  }
  return data;
}

function onlyScalar([first, second]: readonly DataField[]): CommonPrimitive | undefined {
  if (first?.layout.backendRepr.kind !== "scalar" || second !== undefined) return undefined;
  return { scalar: first.layout.backendRepr.scalar, offset: first.offset };
}

/** Integers of one width go together, the first one's sign counts; so do a pointer and an integer just like it, as the pointer. */
function mergePrimitives(cx: LayoutCx, left: Primitive, right: Primitive): Primitive | undefined {
  if (samePrimitive(left, right)) return left;
  if (cx.rules.commonPrimitive === "equal") return undefined;
  if (left.kind === "int" && right.kind === "int") return left.integer === right.integer ? left : undefined;
  const integer = left.kind === "int" ? left : right;
  const pointer = left.kind === "int" ? right : left;
  if (integer.kind !== "int" || pointer.kind !== "pointer") return undefined;
  const alike =
    primitiveSize(cx.target, integer) === primitiveSize(cx.target, pointer) &&
    primitiveAlign(cx.target, integer) === primitiveAlign(cx.target, pointer);
  return alike ? pointer : undefined;
}
