/**
 * Random items: structs, generic tails, unions, enums with every kind of discriminant, all reprs, and aliases of everything else.
 *
 * Invariant: the items form a program the compiler accepts; what it would reject (an `align` inside `packed`, a valid range without a
 * scalar, duplicate discriminants) is not made. The engine is asked for sizes only to keep types small.
 */
import type { LayoutCx } from "../../server/src/layout/layout-cx.ts";
import type { LayoutData } from "../../server/src/layout/layout-data.ts";
import { EngineProgram } from "./engine-layout.ts";
import { Random } from "./random.ts";
import type { KnownItems, RandomOptions } from "./random-types.ts";
import { RandomTypes, U8, UNIT } from "./random-types.ts";
import { randomVariants } from "./random-variants.ts";
import type { Item, Repr, StructItem, Ty } from "./type-model.ts";

/** Types of at most this many bytes are used inside others. */
const REUSE_LIMIT = 600n;
const SIZE_LIMIT = 6000n;

export class RandomItems {
  readonly #random: Random;
  readonly #cx: LayoutCx;
  readonly #options: RandomOptions;
  readonly #known: KnownItems = { sized: [], generic: [], unsized: [] };
  readonly #items = new Map<string, Item>();
  readonly #program: EngineProgram;
  readonly #types: RandomTypes;
  #counter = 0;

  constructor(seed: string, cx: LayoutCx, minor: number) {
    this.#random = new Random(seed);
    this.#cx = cx;
    this.#options = { minor, pointerBits: Number(cx.target.pointer.size) * 8 };
    this.#program = new EngineProgram(cx, this.#items);
    this.#types = new RandomTypes(this.#random, this.#options, this.#known);
  }

  /** Items of which `count` have a layout of their own. */
  make(count: number): Item[] {
    let made = 0;
    while (made < count) {
      const item = this.#item();
      if (this.#accept(item) && !(item.kind === "struct" && item.generic === true)) made++;
    }
    return [...this.#items.values()];
  }

  #item(): Item {
    const name = `T${this.#counter++}`;
    const make = this.#random.weighted([
      [34, () => this.#struct(name)],
      [5, () => this.#generic(name)],
      [3, () => this.#unsizedStruct(name)],
      [6, () => this.#union(name)],
      [38, () => this.#enum(name)],
      [3, () => this.#simd(name)],
      [4, () => this.#ranged(name)],
      [14, () => this.#alias(name)],
      [1, () => this.#big(name)],
    ] as const);
    return make();
  }

  /** Takes an item in unless it is too large to be read comfortably; only small ones are used in others. */
  #accept(item: Item): boolean {
    this.#items.set(item.name, item);
    if (item.kind === "struct" && item.generic === true) {
      this.#known.generic.push(item.name);
      return true;
    }
    const layout = this.#program.item(item.name);
    if (item.name.startsWith("BIG")) return true;
    if (!layout.ok || layout.value.size > SIZE_LIMIT) {
      this.#items.delete(item.name);
      return false;
    }
    if (layout.value.size <= REUSE_LIMIT && layout.value.align <= 64n) this.#offer(item, layout.value);
    return true;
  }

  #offer(item: Item, layout: LayoutData): void {
    const isUnsized = layout.backendRepr.kind === "memory" && !layout.backendRepr.sized;
    if (isUnsized) {
      if (item.kind === "struct" && item.fields.at(-1)?.kind !== "extern") this.#known.unsized.push(item.name);
    } else {
      this.#known.sized.push(item.name);
    }
  }

  #align(): bigint {
    return this.#random.pick([1n, 2n, 2n, 4n, 4n, 8n, 8n, 16n, 16n, 32n, 64n, 128n]);
  }

  #struct(name: string): Item {
    const count = this.#random.pick([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 8, 11]);
    const mode = this.#random.weighted([
      [55, "rust"],
      [12, "c"],
      [9, "packed"],
      [8, "align"],
      [7, "transparent"],
      [5, "c-packed"],
      [4, "c-align"],
    ] as const);
    if (mode === "transparent") return this.#transparent(name);
    const fields = this.#types.list(count, 3);
    if (mode === "packed" || mode === "c-packed") {
      const packed = this.#random.pick([1n, 1n, 2n, 4n, 8n, 16n]);
      return { kind: "struct", name, repr: { c: mode === "c-packed", packed }, fields: fields.filter((field) => !this.#hasAlign(field)) };
    }
    const align = mode === "align" || mode === "c-align" ? this.#align() : undefined;
    return { kind: "struct", name, repr: { c: mode === "c" || mode === "c-align", align }, fields };
  }

  #transparent(name: string): Item {
    const empty: Ty[] = [UNIT, { kind: "wrapper", name: "PhantomData", arg: this.#types.ty(1) }, { kind: "array", element: U8, count: 0n }];
    const extras = empty.filter(() => this.#random.chance(0.3));
    const at = this.#random.below(extras.length + 1);
    const fields = [...extras.slice(0, at), this.#types.transparentPart(), ...extras.slice(at)];
    return { kind: "struct", name, repr: { transparent: true }, fields };
  }

  /** `struct S<T: ?Sized>(.., T)`. */
  #generic(name: string): Item {
    const before = this.#types.list(this.#random.pick([0, 1, 2, 2, 3, 4]), 2);
    const { generic } = this.#known;
    const inner = generic[this.#random.below(Math.max(generic.length, 1))];
    const param: Ty = { kind: "param" };
    const tails: [Ty, ...Ty[]] = [
      param,
      param,
      { kind: "wrapper", name: "UnsafeCell", arg: param },
      { kind: "wrapper", name: "ManuallyDrop", arg: param },
    ];
    if (inner !== undefined) tails.push({ kind: "item", name: inner, arg: param });
    const item: StructItem = { kind: "struct", name, fields: [...before, this.#random.pick(tails)], generic: true };
    if (this.#random.chance(0.7)) return item;
    const repr: Repr = this.#random.pick<Repr>([{ c: true }, { align: this.#align() }, { c: true, align: this.#align() }]);
    return { ...item, repr };
  }

  #unsizedStruct(name: string): Item {
    const before = this.#types.list(this.#random.pick([0, 1, 2, 3, 4]), 2);
    const repr = this.#random.pick<Repr>([{}, {}, { c: true }, { align: this.#align() }]);
    const tail: Ty = this.#random.chance(0.15) ? { kind: "extern" } : this.#types.unsized(2);
    return { kind: "struct", name, repr, fields: [...before, tail] };
  }

  #union(name: string): Item {
    const fields = this.#types.list(this.#random.pick([1, 2, 2, 3, 4]), 2);
    const mode = this.#random.pick(["rust", "rust", "rust", "c", "packed", "align", "c-packed", "transparent"] as const);
    if (mode === "transparent") return { kind: "union", name, repr: { transparent: true }, fields: [this.#types.primitive(), UNIT] };
    if (mode === "packed" || mode === "c-packed") {
      const kept = fields.filter((field) => !this.#hasAlign(field));
      const packed = this.#random.pick([1n, 1n, 2n, 4n, 8n]);
      return { kind: "union", name, repr: { c: mode === "c-packed", packed }, fields: kept.length === 0 ? [U8] : kept };
    }
    return { kind: "union", name, repr: { c: mode === "c", align: mode === "align" ? this.#align() : undefined }, fields };
  }

  #enum(name: string): Item {
    return randomVariants(this.#random, { name, types: this.#types, options: this.#options, align: this.#align() });
  }

  #simd(name: string): Item {
    const element: Ty = this.#random.chance(0.15)
      ? { kind: "pointer", pointer: "*const", pointee: U8 }
      : { kind: "primitive", name: this.#random.pick(["u8", "i16", "u32", "i64", "f32", "f64", "usize"] as const) };
    const count = this.#random.pick([1n, 2n, 2n, 3n, 4n, 4n, 5n, 7n, 8n, 16n, 32n, 64n, 256n]);
    const packed = this.#options.minor >= 85 && this.#random.chance(0.3) ? 1n : undefined;
    return { kind: "struct", name, repr: { simd: true, packed }, fields: [{ kind: "array", element, count }] };
  }

  /** A valid range by attribute, up to 1.96; on a scalar or a pair whose range it can be. */
  #ranged(name: string): Item {
    if (this.#options.minor >= 97) return this.#alias(name);
    const first: Ty = this.#random.chance(0.3)
      ? { kind: "pointer", pointer: "*const", pointee: this.#random.chance(0.5) ? this.#types.unsized(1) : U8 }
      : { kind: "primitive", name: this.#random.pick(["u8", "u16", "u32", "i8", "i16", "char", "u64"] as const) };
    const second: Ty[] = first.kind === "primitive" && this.#random.chance(0.3) ? [first] : [];
    const item: StructItem = { kind: "struct", name, fields: [first, ...second] };
    this.#items.set(name, item);
    const layout = this.#program.ty({ kind: "tuple", elements: [...item.fields] });
    this.#items.delete(name);
    if (!layout.ok || (layout.value.backendRepr.kind !== "scalar" && layout.value.backendRepr.kind !== "scalarPair")) return item;
    const start = this.#random.pick([1n, 1n, 2n, 3n, 20n]);
    const end = this.#random.pick([undefined, undefined, 100n, 120n]);
    return { ...item, validRange: { start: this.#random.chance(0.8) ? start : undefined, end } };
  }

  #alias(name: string): Item {
    const { generic } = this.#known;
    const base = generic[this.#random.below(Math.max(generic.length, 1))];
    if (base !== undefined && this.#random.chance(0.4)) {
      const arg = this.#random.chance(0.5) ? this.#types.unsized(2) : this.#types.ty(3);
      return { kind: "alias", name, ty: { kind: "item", name: base, arg } };
    }
    const tuple: Ty = { kind: "tuple", elements: this.#types.list(this.#random.pick([2, 3, 4, 5, 7]), 2) };
    return { kind: "alias", name, ty: this.#random.chance(0.4) ? tuple : this.#types.ty(3) };
  }

  /** Around the largest size a target allows. */
  #big(small: string): Item {
    const name = `BIG${small}`;
    const bits = this.#options.pointerBits;
    const bound = bits === 64 ? this.#cx.rules.maxObjectSize64 : 1n << BigInt(bits - 1);
    const element = this.#random.pick(["u8", "u16", "u32", "u64"] as const);
    const size = { u8: 1n, u16: 2n, u32: 4n, u64: 8n }[element];
    const count = bound / size + this.#random.between(-5n, 1n);
    const array: Ty = { kind: "array", element: { kind: "primitive", name: element }, count };
    const fields: Ty[] = this.#random.chance(0.5) ? [array, this.#types.primitive()] : [this.#types.primitive(), array];
    switch (this.#random.pick(["array", "struct", "enum", "aligned", "nested"] as const)) {
      case "array":
        return { kind: "alias", name, ty: array };
      case "struct":
        return { kind: "struct", name, fields };
      case "enum":
        return { kind: "enum", name, variants: [{ fields }, { fields: [] }, { fields: [U8] }] };
      case "aligned":
        return { kind: "struct", name, repr: { align: this.#align() }, fields: [array] };
      case "nested":
        return { kind: "alias", name, ty: { kind: "array", element: { ...array, count: count / 4n }, count: 4n } };
    }
  }

  /** rustc's rule of E0588: structs and unions are followed through their declared fields, not through arguments. */
  #hasAlign(ty: Ty): boolean {
    if (ty.kind !== "item") return false;
    const item = this.#items.get(ty.name);
    if (item === undefined || item.kind === "enum") return false;
    if (item.kind === "alias") return this.#hasAlign(item.ty);
    return item.repr?.align !== undefined || item.fields.some((field) => this.#hasAlign(field));
  }
}
