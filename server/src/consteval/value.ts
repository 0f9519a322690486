/**
 * Values of const evaluation at run time. Their types are known statically (thir.ts), so a value holds no type of its own.
 *
 * Example: `(1u8, [true; 2])` is an aggregate of 1n and an aggregate of 1n, 1n.
 *
 * Invariants:
 * - integers are mathematical values inside their type's range; bool is 0n or 1n; char is its scalar value; floats are numbers
 *   already rounded to their type.
 * - aggregates are places: a copy of a value is a deep copy of its aggregates, a pointer names an aggregate and an index in it.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { GenericArgs, Ty } from "../hir-ty/ty.ts";

export type Value = bigint | number | Aggregate | Pointer | FnValue | Uninit;

/** Memory nothing was written to yet (`MaybeUninit::uninit()`, a `let` without value). */
export class Uninit {
  readonly kind = "uninit";
}

export const UNINIT = new Uninit();

/** Cells of aggregates made so far, in all runs: what a run may use is a difference of two readings. */
export const meter = { cells: 0 };

/** Repeated elements beyond this stay one; writing to one of them is refused. */
const MAX_DENSE = 1 << 22;

/** An array is written to that is too large to hold its elements apart. */
export class TooLarge extends Error {
  constructor() {
    super("an array is too large to be written to");
  }
}

/** What an object costs besides its elements, in cells. */
const OBJECT_CELLS = 8;

/**
 * A tuple, struct, enum value, array, union or closure. `variant` is the variant's index of an enum, the field last written of a
 * union, else 0. Many equal elements (`[0; 1 << 20]`) are kept as one until an element is written.
 */
export class Aggregate {
  #items: Value[] | undefined;
  readonly #fill: Value;
  readonly length: number;
  variant: number;

  private constructor(items: Value[] | undefined, fill: Value, length: number, variant: number) {
    this.#items = items;
    this.#fill = fill;
    this.length = length;
    this.variant = variant;
  }

  static of(items: Value[], variant = 0): Aggregate {
    meter.cells += items.length + OBJECT_CELLS;
    return new Aggregate(items, UNINIT, items.length, variant);
  }

  static repeat(value: Value, length: number): Aggregate {
    return new Aggregate(undefined, value, length, 0);
  }

  /** The element's value; an aggregate inside may be written to through it. */
  get(index: number): Value {
    if (this.#items !== undefined) return this.#items[index] ?? UNINIT;
    return typeof this.#fill === "object" && this.#fill instanceof Aggregate ? (this.#dense()[index] ?? UNINIT) : this.#fill;
  }

  set(index: number, value: Value): void {
    this.#dense()[index] = value;
  }

  /** All elements; a repeated one is made many. */
  items(): readonly Value[] {
    return this.#dense();
  }

  /** The one value all elements are copies of, if that is how it is kept. */
  get fill(): Value | undefined {
    return this.#items === undefined ? this.#fill : undefined;
  }

  #dense(): Value[] {
    if (this.#items !== undefined) return this.#items;
    if (this.length > MAX_DENSE) throw new TooLarge();
    meter.cells += this.length;
    const items = new Array<Value>(this.length).fill(this.#fill);
    if (typeof this.#fill === "object" && this.#fill instanceof Aggregate) {
      for (let i = 0; i < items.length; i++) items[i] = copyValue(this.#fill);
    }
    this.#items = items;
    return items;
  }
}

/** A value nobody else writes to. */
export function copyValue(value: Value): Value {
  if (typeof value !== "object" || !(value instanceof Aggregate)) return value;
  const { fill } = value;
  if (fill !== undefined) {
    const copy = Aggregate.repeat(copyValue(fill), value.length);
    copy.variant = value.variant;
    return copy;
  }
  return Aggregate.of(value.items().map(copyValue), value.variant);
}

/**
 * A reference or raw pointer. With `base`: to element `index` of an aggregate – for a slice, `str` or a window on an array, to
 * `length` elements from there. Without: an address that no value has (`ptr::null()`, `NonNull::dangling()`).
 */
export interface Pointer {
  readonly kind: "pointer";
  readonly base: Aggregate | undefined;
  readonly index: number;
  readonly length: number | undefined;
  readonly address: bigint;
  /** The type of what is stored there, where a cast made the pointer's type another one. */
  readonly stored: Ty | undefined;
}

/** A pointer to one element. */
export function pointerTo(base: Aggregate, index: number): Pointer {
  return { kind: "pointer", base, index, length: undefined, address: 0n, stored: undefined };
}

/** A pointer to several elements. */
export function slicePointer(base: Aggregate, index: number, length: number): Pointer {
  return { kind: "pointer", base, index, length, address: 0n, stored: undefined };
}

/** A pointer that is only an address. */
export function addressPointer(address: bigint): Pointer {
  return { kind: "pointer", base: undefined, index: 0, length: undefined, address, stored: undefined };
}

/** A function pointer, or a closure's code; what a fn item's type says is not repeated in its value. */
export interface FnValue {
  readonly kind: "fn";
  readonly ty: Ty;
}

/** A fieldless value: `()` and unit structs. Never written to. */
export const UNIT = Aggregate.of([]);

/** The result of an evaluation: a value and its type. */
export interface ConstVal {
  readonly ty: Ty;
  readonly value: Value;
}

/** A generic definition's instance, as a key of caches. */
export function instanceKey(def: DefId, args: GenericArgs): string {
  return `${def.key}<${args.map((arg) => arg.id).join()}`;
}

export function isAggregate(value: Value): value is Aggregate {
  return typeof value === "object" && value instanceof Aggregate;
}

export function isPointer(value: Value): value is Pointer {
  return typeof value === "object" && !(value instanceof Aggregate) && value.kind === "pointer";
}

export function isFn(value: Value): value is FnValue {
  return typeof value === "object" && !(value instanceof Aggregate) && value.kind === "fn";
}
