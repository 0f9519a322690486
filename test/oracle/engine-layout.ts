/**
 * The engine's answer for types given as data: what the bridge does for real Rust, in the small.
 *
 * Invariant: a type whose part has no layout has none either, for the same error.
 */
import type { Result } from "../../server/src/base/result.ts";
import { ok } from "../../server/src/base/result.ts";
import { arrayLayout, simdLayout, sliceLayout, strLayout } from "../../server/src/layout/array-like.ts";
import { enumLayout } from "../../server/src/layout/enum-layout.ts";
import type { IntegerType } from "../../server/src/layout/integer.ts";
import type { LayoutCalculatorError, LayoutResult } from "../../server/src/layout/layout-calculator-error.ts";
import type { LayoutCx } from "../../server/src/layout/layout-cx.ts";
import type { LayoutData } from "../../server/src/layout/layout-data.ts";
import { patternTypeLayout } from "../../server/src/layout/pattern-type.ts";
import { primitiveSize } from "../../server/src/layout/primitive.ts";
import type { ReprOptions } from "../../server/src/layout/repr-options.ts";
import { REPR_RUST } from "../../server/src/layout/repr-options.ts";
import type { PointerMetadata } from "../../server/src/layout/simple.ts";
import {
  fnPointerLayout,
  neverLayout,
  opaqueUnsizedLayout,
  primitiveTypeLayout,
  rawPointerLayout,
  referenceLayout,
  unitLayout,
} from "../../server/src/layout/simple.ts";
import { structLayout, tupleLayout } from "../../server/src/layout/struct-layout.ts";
import { unionLayout } from "../../server/src/layout/union-layout.ts";
import { unsignedIntMax } from "../../server/src/layout/wrapping-range.ts";
import type { Item, Items, Repr, Ty } from "./type-model.ts";
import { discriminants, maybeUnsized, substitute, tailField } from "./type-model.ts";

/** Lays out one program for one target, remembering each item. */
export class EngineProgram {
  readonly #cx: LayoutCx;
  readonly #items: Items;
  readonly #known = new Map<string, LayoutResult>();

  constructor(cx: LayoutCx, items: Items) {
    this.#cx = cx;
    this.#items = items;
  }

  /** The layout of an item that is not generic. */
  item(name: string): LayoutResult {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const item = this.#items.get(name);
    if (item === undefined) throw new Error(`no item ${name}`);
    const layout = this.#layoutOfItem(item, undefined);
    this.#known.set(name, layout);
    return layout;
  }

  /** The layout of a type. */
  ty(ty: Ty): LayoutResult {
    const cx = this.#cx;
    switch (ty.kind) {
      case "primitive":
        return ok(primitiveTypeLayout(cx, ty.name));
      case "never":
        return ok(neverLayout());
      case "tuple":
        return ty.elements.length === 0 ? ok(unitLayout()) : this.#with(ty.elements, (elements) => tupleLayout(cx, elements));
      case "pointer": {
        const metadata = this.#metadata(ty.pointee);
        return ok(ty.pointer.startsWith("&") ? referenceLayout(cx, metadata) : rawPointerLayout(cx, metadata));
      }
      case "fnPointer":
        return ok(fnPointerLayout(cx));
      case "array":
        return this.#with([ty.element], ([element = unitLayout()]) => arrayLayout(cx, element, ty.count));
      case "slice":
        return this.#with([ty.element], ([element = unitLayout()]) => ok(sliceLayout(element)));
      case "str":
        return ok(strLayout(cx));
      case "dyn":
      case "extern":
        return ok(opaqueUnsizedLayout());
      case "item":
        return this.#itemType(ty.name, ty.arg);
      case "param":
        throw new Error("a parameter has no layout");
      case "wrapper":
        return this.#wrapper(ty);
      case "box": {
        const pointer: Ty = { kind: "pointer", pointer: "*const", pointee: ty.pointee };
        const repr = { ...REPR_RUST, linear: true };
        return this.#with([pointer, ty.allocator], (fields) => structLayout(cx, { fields, repr, kind: "alwaysSized" }));
      }
      case "pattern":
        return this.#pattern(ty);
    }
  }

  #itemType(name: string, arg: Ty | undefined): LayoutResult {
    if (arg === undefined) return this.item(name);
    const item = this.#items.get(name);
    if (item === undefined) throw new Error(`no item ${name}`);
    return this.#layoutOfItem(item, arg);
  }

  #with(types: readonly Ty[], make: (layouts: readonly LayoutData[]) => LayoutResult): LayoutResult {
    const layouts = this.#all(types);
    return layouts.ok ? make(layouts.value) : layouts;
  }

  #all(types: readonly Ty[]): Result<LayoutData[], LayoutCalculatorError> {
    const layouts: LayoutData[] = [];
    for (const ty of types) {
      const layout = this.ty(ty);
      if (!layout.ok) return layout;
      layouts.push(layout.value);
    }
    return ok(layouts);
  }

  #layoutOfItem(item: Item, arg: Ty | undefined): LayoutResult {
    const repr = item.kind === "alias" ? REPR_RUST : reprOptions(item.repr);
    switch (item.kind) {
      case "alias":
        return this.ty(item.ty);
      case "union":
        return this.#with(item.fields, (fields) => unionLayout(this.#cx, { fields, repr }));
      case "struct":
        if (repr.simd) return this.#simd(item.fields[0], repr);
        return this.#with(
          item.fields.map((field) => substitute(field, arg)),
          (fields) => {
            const last = item.fields.at(-1);
            const kind = last !== undefined && maybeUnsized(this.#items, last) ? "maybeUnsized" : "alwaysSized";
            return structLayout(this.#cx, { fields, repr, kind, scalarValidRange: item.validRange });
          },
        );
      case "enum": {
        const values = discriminants(item);
        const variants: { fields: readonly LayoutData[]; discriminant: bigint }[] = [];
        for (const [index, variant] of item.variants.entries()) {
          const fields = this.#all(variant.fields);
          if (!fields.ok) return fields;
          variants.push({ fields: fields.value, discriminant: values[index] ?? 0n });
        }
        return enumLayout(this.#cx, { variants, repr });
      }
    }
  }

  #simd(field: Ty | undefined, repr: ReprOptions): LayoutResult {
    if (field?.kind !== "array") throw new Error("a SIMD type has one array field");
    return this.#with([field.element], ([element = unitLayout()]) => simdLayout(this.#cx, { element, count: field.count, repr }));
  }

  #wrapper(ty: Extract<Ty, { kind: "wrapper" }>): LayoutResult {
    if (ty.name === "PhantomData") return ok(unitLayout());
    return this.#with([ty.arg], (fields) => {
      const repr = { ...REPR_RUST, transparent: true };
      switch (ty.name) {
        case "MaybeUninit":
          return unionLayout(this.#cx, { fields: [unitLayout(), ...fields], repr });
        case "UnsafeCell":
        case "UnsafePinned":
          return structLayout(this.#cx, { fields, repr, kind: "maybeUnsized", hidesNiche: true });
        default:
          return structLayout(this.#cx, { fields, repr, kind: "maybeUnsized" });
      }
    });
  }

  #pattern(ty: Extract<Ty, { kind: "pattern" }>): LayoutResult {
    return this.#with([ty.base], ([base = unitLayout()]) => {
      const { pattern } = ty;
      if (pattern.kind === "notNull") return patternTypeLayout(this.#cx, base, { start: 1n });
      const size = base.backendRepr.kind === "scalar" ? primitiveSize(this.#cx.target, base.backendRepr.scalar.value) : 16n;
      const bits = (value: bigint): bigint => value & unsignedIntMax(size);
      if (pattern.kind === "range") return patternTypeLayout(this.#cx, base, { start: bits(pattern.start), end: bits(pattern.end) });
      return patternTypeLayout(this.#cx, base, { start: bits(pattern.above), end: bits(pattern.below) });
    });
  }

  /** What a pointer to the type carries: decided by the tail of structs and tuples. */
  #metadata(pointee: Ty): PointerMetadata {
    switch (pointee.kind) {
      case "slice":
      case "str":
        return "length";
      case "dyn":
        return "vtable";
      case "tuple": {
        const last = pointee.elements.at(-1);
        return last === undefined ? "none" : this.#metadata(last);
      }
      case "wrapper":
        return pointee.name === "PhantomData" || pointee.name === "MaybeUninit" ? "none" : this.#metadata(pointee.arg);
      case "item":
        return this.#metadataOfItem(pointee.name, pointee.arg);
      default:
        return "none";
    }
  }

  #metadataOfItem(name: string, arg: Ty | undefined): PointerMetadata {
    const item = this.#items.get(name);
    if (item?.kind === "alias") return this.#metadata(item.ty);
    const last = tailField(this.#items, name);
    return last === undefined ? "none" : this.#metadata(substitute(last, arg));
  }
}

/** The engine's form of a `#[repr]`. */
export function reprOptions(repr: Repr | undefined): ReprOptions {
  if (repr === undefined) return REPR_RUST;
  return {
    c: repr.c === true,
    simd: repr.simd === true,
    transparent: repr.transparent === true,
    linear: false,
    int: repr.int === undefined ? undefined : integerType(repr.int),
    align: repr.align,
    pack: repr.packed,
  };
}

const INTEGER_OF = { "8": "i8", "16": "i16", "32": "i32", "64": "i64", "128": "i128" } as const;

function integerType(name: string): IntegerType {
  const signed = name.startsWith("i");
  const width = name.slice(1);
  switch (width) {
    case "8":
    case "16":
    case "32":
    case "64":
    case "128":
      return { kind: "fixed", integer: INTEGER_OF[width], signed };
    default:
      return { kind: "pointer", signed };
  }
}
