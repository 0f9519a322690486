/**
 * Random numbers of a seed, and integer literals of every type with a liking for their ends.
 */
export const INTS = ["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];

/** Bits of an integer type where pointers have 64. */
export function bitsOf(type) {
  return type.endsWith("size") ? 64 : Number(type.slice(1));
}

export function isSigned(type) {
  return type.startsWith("i");
}

export class Random {
  #state;

  constructor(seed) {
    this.#state = BigInt.asUintN(64, BigInt(seed) * 0x9e3779b97f4a7c15n);
  }

  /** A whole number from 0 to below `end`. */
  below(end) {
    this.#state = BigInt.asUintN(64, this.#state * 6364136223846793005n + 1442695040888963407n);
    return Number((this.#state >> 33n) % BigInt(end));
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** A value of an integer type: small ones, the ends, powers of two, any. */
  value(type) {
    const bits = BigInt(bitsOf(type));
    const max = isSigned(type) ? 2n ** (bits - 1n) - 1n : 2n ** bits - 1n;
    const min = isSigned(type) ? -(2n ** (bits - 1n)) : 0n;
    const kind = this.below(11);
    if (kind < 3) return BigInt(this.below(10)) - (isSigned(type) ? 3n : 0n);
    if (kind < 5) return BigInt(this.below(128));
    if (kind === 5) return max;
    if (kind === 6) return min;
    if (kind === 7) return max / 2n + BigInt(this.below(5));
    if (kind === 8) return 2n ** BigInt(this.below(Number(bits) - 1));
    let any = 0n;
    for (let i = 0n; i * 16n < bits; i++) any = (any << 16n) | BigInt(this.below(65536));
    return isSigned(type) ? BigInt.asIntN(Number(bits), any) : BigInt.asUintN(Number(bits), any);
  }

  /** A literal, negative ones in parentheses, with or without suffix. */
  literal(type, suffix = type) {
    const value = this.value(type);
    return value < 0n ? `(${value}${suffix})` : `${value}${suffix}`;
  }
}
