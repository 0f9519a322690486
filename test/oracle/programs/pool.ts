/**
 * What a random program has declared so far: types, generic types, constants and traits that later modules may name.
 *
 * Invariant: paths are absolute (`crate::m3::T7`), so that a module may spell them in any way; bounds are true upper bounds of sizes
 * or generous guesses, used only to keep types small.
 */
import type { Random } from "../random.ts";

/** A type as written, with what the generator has to know to keep the program valid. */
export interface TypeText {
  readonly text: string;
  /** Bytes, at most. */
  readonly bound: number;
  readonly isCopy: boolean;
}

export interface KnownType extends TypeText {
  /** The module's name, `m3`. */
  readonly module: string;
  readonly name: string;
}

/** `struct G<T, U>`: how many type parameters; `scale` times an argument's size plus 48 bounds an instance. */
export interface KnownGeneric {
  readonly path: string;
  readonly types: number;
  readonly consts: number;
  readonly scale: number;
}

/** A `usize` constant that is fit for a length. */
export interface KnownConst {
  readonly path: string;
  readonly value: number;
}

export class Pool {
  readonly types: KnownType[] = [];
  readonly generics: KnownGeneric[] = [];
  readonly consts: KnownConst[] = [];
  /** Projections such as `<crate::m1::T3 as crate::m2::Tr5>::A`. */
  readonly projections: TypeText[] = [];
  #counter = 0;

  /** A name nothing else has. */
  fresh(prefix: string): string {
    return `${prefix}${this.#counter++}`;
  }

  /** One of the entries, recent ones more often; undefined if there is none. */
  pick<T>(random: Random, entries: readonly T[]): T | undefined {
    if (entries.length === 0) return undefined;
    const window = random.chance(0.6) ? Math.min(entries.length, 15) : entries.length;
    return entries[entries.length - 1 - random.below(window)];
  }
}
