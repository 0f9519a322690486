/**
 * A seeded stream of random numbers: the same seed text gives the same stream everywhere.
 *
 * Invariant: not for secrets; sfc32 by Chris Doty-Humphrey over a 128-bit state mixed from the seed text.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string) {
    [this.#a, this.#b, this.#c] = [mix(seed, 1), mix(seed, 2), mix(seed, 3)];
    for (let i = 0; i < 16; i++) this.next();
  }

  /** A 32-bit unsigned integer. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
    return sum;
  }

  /** From 0 to `bound` - 1. */
  below(bound: number): number {
    return this.next() % bound;
  }

  chance(probability: number): boolean {
    return this.next() < probability * 2 ** 32;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  /** One of a list that may be empty; then the other. */
  pickOr<T>(choices: readonly T[], other: T): T {
    return choices[this.below(Math.max(choices.length, 1))] ?? other;
  }

  /** One of the choices, as often as its weight says. */
  weighted<T>(choices: readonly [readonly [number, T], ...(readonly [number, T])[]]): T {
    let at = this.below(choices.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, choice] of choices) {
      if (at < weight) return choice;
      at -= weight;
    }
    return choices[0][1];
  }

  /** From `low` to `high`, both included; any size. */
  between(low: bigint, high: bigint): bigint {
    let value = 0n;
    for (let i = 0; i < 5; i++) value = (value << 32n) | BigInt(this.next());
    return low + (value % (high - low + 1n));
  }
}

function mix(text: string, salt: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
