/**
 * Types as plain data, from which both the engine's input and Rust source are made: the common ground of oracle cases and fuzzer.
 *
 * Invariant: items refer to earlier items by name only, so a list of items is a program; a `param` stands only in the last field of a
 * generic struct. Nothing here computes a layout.
 *
 * Example: `struct S(u8, u32);` is `{ kind: "struct", name: "S", fields: [U8, U32] }`.
 */
import type { PrimitiveTypeName } from "../../server/src/layout/simple.ts";

/** Wrappers the compiler treats specially, or that std builds on; the source defines them as lang items. */
export type WrapperName = "UnsafeCell" | "UnsafePinned" | "ManuallyDrop" | "MaybeUninit" | "PhantomData";

export type Pattern =
  /** `start..=end`; values with their sign. */
  | { readonly kind: "range"; readonly start: bigint; readonly end: bigint }
  /** `MIN..=below | above..=MAX` of a signed type. */
  | { readonly kind: "or"; readonly below: bigint; readonly above: bigint }
  | { readonly kind: "notNull" };

export type Ty =
  | { readonly kind: "primitive"; readonly name: PrimitiveTypeName }
  | { readonly kind: "never" }
  | { readonly kind: "tuple"; readonly elements: readonly Ty[] }
  | { readonly kind: "pointer"; readonly pointer: "&" | "&mut" | "*const" | "*mut"; readonly pointee: Ty }
  | { readonly kind: "fnPointer"; readonly abi: "Rust" | "C" }
  | { readonly kind: "array"; readonly element: Ty; readonly count: bigint }
  | { readonly kind: "slice"; readonly element: Ty }
  | { readonly kind: "str" }
  | { readonly kind: "dyn" }
  | { readonly kind: "extern" }
  | { readonly kind: "item"; readonly name: string; readonly arg?: Ty | undefined }
  | { readonly kind: "param" }
  /** A pointer with an allocator beside it; std's `Box` keeps the order. */
  | { readonly kind: "box"; readonly pointee: Ty; readonly allocator: Ty }
  | { readonly kind: "wrapper"; readonly name: WrapperName; readonly arg: Ty }
  | { readonly kind: "pattern"; readonly base: Ty; readonly pattern: Pattern };

/** `#[repr]` as written: `int` is a type name such as `u8`. */
export interface Repr {
  readonly c?: boolean | undefined;
  readonly int?: IntName | undefined;
  readonly align?: bigint | undefined;
  readonly packed?: bigint | undefined;
  readonly transparent?: boolean | undefined;
  readonly simd?: boolean | undefined;
}

export type IntName = "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize";

export interface StructItem {
  readonly kind: "struct";
  readonly name: string;
  readonly repr?: Repr | undefined;
  readonly fields: readonly Ty[];
  /** `<T: ?Sized>`; the last field mentions it. */
  readonly generic?: boolean | undefined;
  /** `rustc_layout_scalar_valid_range_start` and `_end`, up to 1.96. */
  readonly validRange?: { readonly start?: bigint | undefined; readonly end?: bigint | undefined } | undefined;
}

export interface UnionItem {
  readonly kind: "union";
  readonly name: string;
  readonly repr?: Repr | undefined;
  readonly fields: readonly Ty[];
}

export interface VariantDef {
  readonly fields: readonly Ty[];
  readonly discriminant?: bigint | undefined;
}

export interface EnumItem {
  readonly kind: "enum";
  readonly name: string;
  readonly repr?: Repr | undefined;
  readonly variants: readonly VariantDef[];
}

export interface AliasItem {
  readonly kind: "alias";
  readonly name: string;
  readonly ty: Ty;
}

export type Item = StructItem | UnionItem | EnumItem | AliasItem;

/** Items by name, for resolving references. */
export type Items = ReadonlyMap<string, Item>;

export function itemsByName(items: readonly Item[]): Items {
  return new Map(items.map((item) => [item.name, item]));
}

/** Types written directly inside an item. */
export function typesOf(item: Item): readonly Ty[] {
  switch (item.kind) {
    case "struct":
    case "union":
      return item.fields;
    case "enum":
      return item.variants.flatMap((variant) => variant.fields);
    case "alias":
      return [item.ty];
  }
}

/** Types written directly inside a type. */
export function partsOf(ty: Ty): readonly Ty[] {
  switch (ty.kind) {
    case "tuple":
      return ty.elements;
    case "pointer":
      return [ty.pointee];
    case "array":
    case "slice":
      return [ty.element];
    case "item":
      return ty.arg === undefined ? [] : [ty.arg];
    case "wrapper":
      return [ty.arg];
    case "box":
      return [ty.pointee, ty.allocator];
    case "pattern":
      return [ty.base];
    case "primitive":
    case "never":
    case "fnPointer":
    case "str":
    case "dyn":
    case "extern":
    case "param":
      return [];
  }
}

/** Whether a type may be unsized when its item's parameter is: decides a struct's kind. Mirrors "not known to be `Sized`". */
export function maybeUnsized(items: Items, ty: Ty): boolean {
  switch (ty.kind) {
    case "param":
    case "slice":
    case "str":
    case "dyn":
    case "extern":
      return true;
    case "tuple": {
      const last = ty.elements.at(-1);
      return last !== undefined && maybeUnsized(items, last);
    }
    case "wrapper":
      return (ty.name === "UnsafeCell" || ty.name === "UnsafePinned" || ty.name === "ManuallyDrop") && maybeUnsized(items, ty.arg);
    case "item": {
      const last = tailField(items, ty.name);
      return last !== undefined && maybeUnsized(items, substitute(last, ty.arg));
    }
    default:
      return false;
  }
}

/** An item with every type in it, however deep, replaced by what `change` makes of it; parts first. */
export function mapTypes(item: Item, change: (ty: Ty) => Ty): Item {
  const map = (ty: Ty): Ty => change(mapParts(ty, map));
  switch (item.kind) {
    case "struct":
    case "union":
      return { ...item, fields: item.fields.map(map) };
    case "enum":
      return { ...item, variants: item.variants.map((variant) => ({ ...variant, fields: variant.fields.map(map) })) };
    case "alias":
      return { ...item, ty: map(item.ty) };
  }
}

function mapParts(ty: Ty, map: (ty: Ty) => Ty): Ty {
  switch (ty.kind) {
    case "tuple":
      return { ...ty, elements: ty.elements.map(map) };
    case "pointer":
      return { ...ty, pointee: map(ty.pointee) };
    case "array":
    case "slice":
      return { ...ty, element: map(ty.element) };
    case "item":
      return ty.arg === undefined ? ty : { ...ty, arg: map(ty.arg) };
    case "wrapper":
      return { ...ty, arg: map(ty.arg) };
    case "box":
      return { ...ty, pointee: map(ty.pointee), allocator: map(ty.allocator) };
    case "pattern":
      return { ...ty, base: map(ty.base) };
    case "primitive":
    case "never":
    case "fnPointer":
    case "str":
    case "dyn":
    case "extern":
    case "param":
      return ty;
  }
}

/** The last field of a struct. */
export function tailField(items: Items, name: string): Ty | undefined {
  const item = items.get(name);
  return item?.kind === "struct" ? item.fields.at(-1) : undefined;
}

/** Replaces the parameter by a type. */
export function substitute(ty: Ty, arg: Ty | undefined): Ty {
  if (arg === undefined) return ty;
  const replace = (part: Ty): Ty => (part.kind === "param" ? arg : mapParts(part, replace));
  return replace(ty);
}

/** The discriminants of an enum's variants: those written, else one more than the one before. */
export function discriminants(item: EnumItem): readonly bigint[] {
  let next = 0n;
  return item.variants.map((variant) => {
    const value = variant.discriminant ?? next;
    next = value + 1n;
    return value;
  });
}
