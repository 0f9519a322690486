/**
 * Random types over the items made so far, weighted towards what decides layouts: small integers, `bool` and `char` niches, pointers,
 * zero-sized and aligned things.
 *
 * Invariant: every type made here compiles on the compiler version at hand and has a size below the limit, unless asked to be big.
 */
import type { PrimitiveTypeName } from "../../server/src/layout/simple.ts";
import type { Random } from "./random.ts";
import type { Pattern, Ty } from "./type-model.ts";

export interface RandomOptions {
  /** Minor version of the compiler asked. */
  readonly minor: number;
  readonly pointerBits: number;
}

export const U8: Ty = { kind: "primitive", name: "u8" };
export const UNIT: Ty = { kind: "tuple", elements: [] };
const BOOL: Ty = { kind: "primitive", name: "bool" };

/** Names that other types may mention. */
export interface KnownItems {
  readonly sized: string[];
  /** `<T: ?Sized>` structs. */
  readonly generic: string[];
  /** Structs with an unsized tail. */
  readonly unsized: string[];
}

export class RandomTypes {
  readonly #random: Random;
  readonly #options: RandomOptions;
  readonly #known: KnownItems;

  constructor(random: Random, options: RandomOptions, known: KnownItems) {
    this.#random = random;
    this.#options = options;
    this.#known = known;
  }

  /** A sized type. */
  ty(depth: number): Ty {
    if (depth <= 0) return this.primitive();
    const kind = this.#random.weighted([
      [40, "primitive"],
      [11, "pointer"],
      [24, "item"],
      [9, "array"],
      [6, "tuple"],
      [4, "wrapper"],
      [5, "pattern"],
      [2, "never"],
      [1, "box"],
      [3, "unit"],
    ] as const);
    switch (kind) {
      case "primitive":
        return this.primitive();
      case "pointer":
        return this.pointer(depth);
      case "item":
        return this.#item(depth);
      case "array":
        return {
          kind: "array",
          element: this.ty(depth - 1),
          count: this.#random.pick([0n, 1n, 1n, 2n, 3n, 4n, 5n, 6n, 8n, 12n, 16n, 24n]),
        };
      case "tuple":
        return { kind: "tuple", elements: this.list(this.#random.pick([1, 2, 2, 3, 3, 4]), depth - 1) };
      case "wrapper":
        return { kind: "wrapper", name: this.#wrapperName(), arg: this.ty(depth - 1) };
      case "pattern":
        return this.#options.minor >= 90 ? this.pattern() : this.primitive();
      case "box":
        return this.#options.minor >= 95 ? { kind: "box", pointee: this.ty(1), allocator: this.ty(depth - 1) } : this.pointer(depth);
      case "never":
        return { kind: "never" };
      case "unit":
        return UNIT;
    }
  }

  /** What `transparent` passes through; old compilers reject an aligned zero-sized type even alone. */
  transparentPart(): Ty {
    return this.#options.minor < 85 ? this.primitive() : this.ty(3);
  }

  list(count: number, depth: number): Ty[] {
    return Array.from({ length: count }, () => this.ty(depth));
  }

  primitive(): Ty {
    return { kind: "primitive", name: this.#primitiveName() };
  }

  #primitiveName(): PrimitiveTypeName {
    if (this.#options.minor >= 80 && this.#random.chance(0.04)) return this.#random.pick(["f16", "f128"]);
    return this.#random.weighted([
      [18, "u8"],
      [14, "bool"],
      [9, "char"],
      [10, "u16"],
      [10, "u32"],
      [10, "u64"],
      [5, "u128"],
      [4, "usize"],
      [4, "i8"],
      [3, "i16"],
      [3, "i32"],
      [3, "i64"],
      [2, "i128"],
      [2, "isize"],
      [2, "f32"],
      [3, "f64"],
    ] as const);
  }

  #wrapperName() {
    const pinned = this.#options.minor >= 89 ? ("UnsafePinned" as const) : ("UnsafeCell" as const);
    return this.#random.pick(["UnsafeCell", "ManuallyDrop", "MaybeUninit", "PhantomData", pinned] as const);
  }

  #item(depth: number): Ty {
    const { sized, generic } = this.#known;
    if (generic.length > 0 && this.#random.chance(0.12)) {
      return { kind: "item", name: this.#recent(generic), arg: this.ty(depth - 1) };
    }
    return sized.length === 0 ? BOOL : { kind: "item", name: this.#recent(sized) };
  }

  /** Recent items more often than old ones, so that nesting goes deep. */
  #recent(names: readonly string[]): string {
    const window = this.#random.chance(0.6) ? Math.min(names.length, 12) : names.length;
    return names[names.length - 1 - this.#random.below(window)] ?? "";
  }

  pointer(depth: number): Ty {
    if (this.#random.chance(0.25)) return { kind: "fnPointer", abi: this.#random.pick(["Rust", "C"] as const) };
    const pointer = this.#random.pick(["&", "&", "&mut", "*const", "*mut"] as const);
    if (this.#random.chance(0.04)) return { kind: "pointer", pointer, pointee: { kind: "extern" } };
    return { kind: "pointer", pointer, pointee: this.#random.chance(0.5) ? this.unsized(depth - 1) : this.ty(depth - 1) };
  }

  /** A type without a size; no extern type, which `T: ?Sized` does not take. */
  unsized(depth: number): Ty {
    const { generic, unsized } = this.#known;
    const kind = this.#random.pick(["slice", "str", "dyn", "dyn", "item", "generic"] as const);
    if (kind === "item" && unsized.length > 0) return { kind: "item", name: this.#recent(unsized) };
    if (kind === "generic" && generic.length > 0 && depth > 0) {
      return { kind: "item", name: this.#recent(generic), arg: this.unsized(depth - 1) };
    }
    switch (kind) {
      case "str":
      case "dyn":
        return { kind };
      default:
        return { kind: "slice", element: this.ty(depth - 1) };
    }
  }

  /** An integer, `char` or pointer with some of its values. */
  pattern(): Ty {
    if (this.#random.chance(0.25)) {
      const pointee = this.#random.chance(0.5) ? this.unsized(1) : this.ty(1);
      return {
        kind: "pattern",
        base: { kind: "pointer", pointer: this.#random.pick(["*const", "*mut"]), pointee },
        pattern: { kind: "notNull" },
      };
    }
    const name = this.#random.pick(["u8", "u8", "u16", "u32", "u64", "u128", "char", "i8", "i16", "i32", "i64", "i128"] as const);
    return { kind: "pattern", base: { kind: "primitive", name }, pattern: this.#patternOf(name) };
  }

  #patternOf(name: string): Pattern {
    if (name === "char") return this.#range(0n, 0xd7ffn);
    const bits = BigInt(name.slice(1));
    if (name.startsWith("u")) return this.#range(0n, (1n << bits) - 1n);
    const top = (1n << (bits - 1n)) - 1n;
    if (this.#random.chance(0.4)) return this.#range(this.#random.chance(0.5) ? 0n : -top, top);
    const below = this.#random.chance(0.5) ? this.#random.between(-3n, -1n) : this.#random.between(-top, -1n);
    return { kind: "or", below, above: this.#random.chance(0.5) ? this.#random.between(1n, 3n) : this.#random.between(1n, top) };
  }

  #range(low: bigint, high: bigint): Pattern {
    const near = (): bigint => this.#random.between(0n, 6n);
    const point = (): bigint => this.#random.pick([() => low + near(), () => high - near(), () => this.#random.between(low, high)])();
    const [one, other] = [point(), point()];
    return one < other ? { kind: "range", start: one, end: other } : { kind: "range", start: other, end: one };
  }
}
