/**
 * Random enums: how many variants, what they hold, how they are represented, which discriminants they have.
 *
 * Invariant: discriminants are distinct and fit their type, implicit ones included.
 */
import type { Random } from "./random.ts";
import type { RandomOptions, RandomTypes } from "./random-types.ts";
import type { EnumItem, IntName, Repr, Ty, VariantDef } from "./type-model.ts";

export interface EnumParts {
  readonly name: string;
  readonly types: RandomTypes;
  readonly options: RandomOptions;
  readonly align: bigint;
}

interface Bounds {
  readonly low: bigint;
  readonly high: bigint;
}

export function randomVariants(random: Random, { name, types, options, align }: EnumParts): EnumItem {
  const count = random.weighted([
    [40, 0],
    [80, 1],
    [260, 2],
    [200, 3],
    [140, 4],
    [80, 5],
    [60, 7],
    [30, 12],
    [8, 40],
    [2, 256],
    [2, 257],
    [1, 300],
  ] as const);
  const fieldless = count > 20 || random.chance(0.25);
  const repr = count === 0 ? {} : randomRepr(random, { options, align, many: count > 100 });
  const payloads = Array.from({ length: count }, () => (fieldless ? [] : payload(random, types)));
  if (repr.transparent === true) return { kind: "enum", name, repr, variants: [{ fields: [types.transparentPart()] }] };
  const hasFields = payloads.some((fields) => fields.length > 0);
  const mayNumber = !hasFields || repr.int !== undefined;
  const bounds = boundsOf(repr, options.pointerBits);
  if (!mayNumber || random.chance(0.4)) return { kind: "enum", name, repr, variants: payloads.map((fields) => ({ fields })) };
  return { kind: "enum", name, repr, variants: numbered(random, payloads, bounds) };
}

function payload(random: Random, types: RandomTypes): Ty[] {
  return types.list(
    random.weighted([
      [26, 0],
      [38, 1],
      [20, 2],
      [9, 3],
      [4, 4],
      [3, 6],
    ] as const),
    3,
  );
}

function randomRepr(random: Random, { options, align, many }: { options: RandomOptions; align: bigint; many: boolean }): Repr {
  const mode = random.weighted([
    [58, "rust"],
    [10, "c"],
    [15, "int"],
    [6, "c-int"],
    [5, "align"],
    [3, "int-align"],
    [2, "c-align"],
    [1, "c-int-align"],
    [3, "transparent"],
  ] as const);
  const narrow = many ? (["u16", "i16", "u32"] as const) : (["u8", "u8", "i8", "i8", "u16", "i16", "u32", "i32"] as const);
  const wide = ["u64", "i64", "usize", "isize", "u128", "i128"] as const;
  const int: IntName = random.chance(0.75) ? random.pick([...narrow]) : random.pick(options.minor >= 66 ? [...wide] : ["u64", "i64"]);
  return {
    c: mode.startsWith("c"),
    int: mode.includes("int") ? int : undefined,
    align: mode.includes("align") ? align : undefined,
    transparent: mode === "transparent",
  };
}

function boundsOf(repr: Repr, pointerBits: number): Bounds {
  const int = repr.int ?? "isize";
  const bits = BigInt(int.endsWith("size") ? pointerBits : Number(int.slice(1)));
  if (int.startsWith("u")) return { low: 0n, high: (1n << bits) - 1n };
  return { low: -(1n << (bits - 1n)), high: (1n << (bits - 1n)) - 1n };
}

/** Gives some variants a value of their own; the others count on from the one before as long as there is room. */
function numbered(random: Random, payloads: readonly Ty[][], bounds: Bounds): VariantDef[] {
  const used = new Set<bigint>();
  let next = 0n;
  const probability = payloads.length > 30 ? 0.03 : random.pick([0.2, 0.5, 1]);
  return payloads.map((fields) => {
    const free = next <= bounds.high && !used.has(next);
    const wanted = free && !random.chance(probability) ? next : freeValue(random, bounds, used);
    const value = { fields, ...(free && wanted === next ? {} : { discriminant: wanted }) };
    used.add(wanted);
    next = wanted + 1n;
    return value;
  });
}

function freeValue(random: Random, bounds: Bounds, used: ReadonlySet<bigint>): bigint {
  for (;;) {
    const value = randomValue(random, bounds);
    if (value >= bounds.low && value <= bounds.high && !used.has(value)) return value;
  }
}

const CORNERS = [
  -1n,
  0n,
  1n,
  127n,
  128n,
  255n,
  256n,
  -128n,
  -129n,
  200n,
  32767n,
  -32768n,
  65535n,
  65536n,
  1n << 31n,
  (1n << 32n) - 1n,
  1n << 32n,
] as const;

function randomValue(random: Random, { low, high }: Bounds): bigint {
  switch (random.below(4)) {
    case 0:
      return random.between(-6n, 40n);
    case 1:
      return random.pick([...CORNERS]);
    case 2:
      return random.chance(0.5) ? low + random.between(0n, 3n) : high - random.between(0n, 3n);
    default:
      return random.between(low, high);
  }
}
