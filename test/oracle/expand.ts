/**
 * Std types that cases mention, written out as the items they are made of: enough of std for a layout case without std.
 *
 * Invariant: every use gets an item of its own; the definitions follow std 1.95 in what matters for layout (x86_64).
 */
import type { Item, Ty, VariantDef } from "./type-model.ts";

const UNIT: Ty = { kind: "tuple", elements: [] };
const U8: Ty = { kind: "primitive", name: "u8" };

export class Expansion {
  readonly items: Item[] = [];

  /** The type that stands for a std type; undefined for any other name. */
  expand(name: string, args: readonly Ty[]): Ty | undefined {
    const [first = UNIT, second = UNIT] = args;
    switch (name) {
      case "Option":
        return this.#enum(name, [{ fields: [] }, { fields: [first] }]);
      case "Result":
        return this.#enum(name, [{ fields: [first] }, { fields: [second] }]);
      case "Ordering":
        return this.#add({
          kind: "enum",
          name: this.#name(name),
          repr: { int: "i8" },
          variants: [-1n, 0n, 1n].map((discriminant) => ({ fields: [], discriminant })),
        });
      case "Cell":
        return this.#struct(name, [{ kind: "wrapper", name: "UnsafeCell", arg: first }]);
      case "NonNull":
        return this.#nonNull(first);
      case "Box":
        return this.#struct(name, [
          this.#struct("Unique", [this.#nonNull(first), { kind: "wrapper", name: "PhantomData", arg: first }]),
          UNIT,
        ]);
      case "NonZeroU16":
        return this.#struct(name, [range("u16", 1n, 0xffffn)]);
      case "Duration":
        return this.#struct(name, [{ kind: "primitive", name: "u64" }, range("u32", 0n, 999_999_999n)]);
      case "String":
        return this.#struct(name, [this.#vec()]);
      default:
        return undefined;
    }
  }

  /** `Vec<u8>`: a raw vector (pointer, capacity, allocator) and a length. */
  #vec(): Ty {
    const capacity = range("usize", 0n, (1n << 63n) - 1n);
    const raw = this.#struct("RawVec", [this.#nonNull(U8), capacity, UNIT]);
    return this.#struct("Vec", [raw, { kind: "primitive", name: "usize" }]);
  }

  #nonNull(pointee: Ty): Ty {
    const base: Ty = { kind: "pointer", pointer: "*const", pointee };
    return this.#struct("NonNull", [{ kind: "pattern", base, pattern: { kind: "notNull" } }]);
  }

  #struct(name: string, fields: readonly Ty[]): Ty {
    return this.#add({ kind: "struct", name: this.#name(name), fields });
  }

  #enum(name: string, variants: readonly VariantDef[]): Ty {
    return this.#add({ kind: "enum", name: this.#name(name), variants });
  }

  #add(item: Item): Ty {
    this.items.push(item);
    return { kind: "item", name: item.name };
  }

  #name(name: string): string {
    return `${name}${this.items.length}`;
  }
}

function range(name: "u16" | "u32" | "usize", start: bigint, end: bigint): Ty {
  return { kind: "pattern", base: { kind: "primitive", name }, pattern: { kind: "range", start, end } };
}
