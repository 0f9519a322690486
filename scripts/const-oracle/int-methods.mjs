/**
 * Writes a program that calls every built-in method of every integer type with random arguments.
 *
 * Usage: node scripts/const-oracle/int-methods.mjs SEED CALLS-PER-METHOD FILE; then ask-rustc.mjs FILE.
 */
import { writeFileSync } from "node:fs";
import { bitsOf, INTS, isSigned, Random } from "./random-numbers.mjs";

const [seed = "1", calls = "1", file = "methods.rs"] = process.argv.slice(2);
const random = new Random(seed);

const unsignedOf = (type) => `u${type.slice(1)}`;
const signedOf = (type) => `i${type.slice(1)}`;
const same = (type) => type;
const optional = (type) => `Option<${type}>`;
const flagged = (type) => `(${type}, bool)`;
const always = (result) => () => result;

/** Rows: names, result type, arguments as types (`Self`, `Other` the other signedness) or numbers below, and for which types. */
const ROWS = [
  ["add sub mul div rem div_euclid rem_euclid", (n) => `checked_${n}`, optional, ["Self"]],
  ["add sub mul div rem div_euclid rem_euclid", (n) => `wrapping_${n}`, same, ["Self"]],
  ["add sub mul div rem div_euclid rem_euclid", (n) => `overflowing_${n}`, flagged, ["Self"]],
  ["add sub mul div", (n) => `saturating_${n}`, same, ["Self"]],
  ["add sub mul div rem", (n) => `strict_${n}`, same, ["Self"]],
  ["neg", (n) => `checked_${n}`, optional, []],
  ["neg", (n) => `wrapping_${n}`, same, []],
  ["neg", (n) => `overflowing_${n}`, flagged, []],
  ["shl shr", (n) => `checked_${n}`, optional, [140]],
  ["shl shr", (n) => `wrapping_${n}`, same, [140]],
  ["shl shr", (n) => `overflowing_${n}`, flagged, [140]],
  ["shl shr", (n) => `unbounded_${n}`, same, [140]],
  ["pow", (n) => `checked_${n}`, optional, [20]],
  ["pow", (n) => `wrapping_${n}`, same, [20]],
  ["pow", (n) => `overflowing_${n}`, flagged, [20]],
  ["pow", (n) => `saturating_${n}`, same, [20]],
  ["pow", same, same, [6]],
  ["div_euclid rem_euclid", same, same, ["Self"]],
  ["abs_diff", same, unsignedOf, ["Self"]],
  ["div_ceil next_multiple_of", same, same, ["Self"], "unsigned"],
  ["checked_next_multiple_of", same, optional, ["Self"], "unsigned"],
  ["is_multiple_of", same, always("bool"), ["Self"], "unsigned"],
  ["midpoint", same, same, ["Self"]],
  ["abs signum", same, same, [], "signed"],
  ["saturating_neg saturating_abs wrapping_abs", same, same, [], "signed"],
  ["checked_abs checked_isqrt", same, optional, [], "signed"],
  ["overflowing_abs", same, flagged, [], "signed"],
  ["is_positive is_negative", same, always("bool"), [], "signed"],
  ["unsigned_abs cast_unsigned", same, unsignedOf, [], "signed"],
  ["cast_signed", same, signedOf, [], "unsigned"],
  ["isqrt swap_bytes reverse_bits to_be to_le", same, same, []],
  ["count_ones count_zeros leading_zeros trailing_zeros leading_ones trailing_ones ilog2 ilog10", same, always("u32"), []],
  ["checked_ilog2 checked_ilog10", same, always("Option<u32>"), []],
  ["ilog", same, always("u32"), ["Self"]],
  ["checked_ilog", same, always("Option<u32>"), ["Self"]],
  ["is_power_of_two", same, always("bool"), [], "unsigned"],
  ["next_power_of_two", same, same, [], "unsigned"],
  ["checked_next_power_of_two", same, optional, [], "unsigned"],
  ["rotate_left rotate_right", same, same, [140]],
  ["to_be_bytes to_le_bytes to_ne_bytes", same, (type) => `[u8; ${bitsOf(type) / 8}]`, []],
  ["add", (n) => `checked_${n}_signed`, optional, ["Other"], "unsigned"],
  ["add", (n) => `wrapping_${n}_signed`, same, ["Other"], "unsigned"],
  ["add", (n) => `overflowing_${n}_signed`, flagged, ["Other"], "unsigned"],
  ["add", (n) => `saturating_${n}_signed`, same, ["Other"], "unsigned"],
  ["add sub", (n) => `checked_${n}_unsigned`, optional, ["Other"], "signed"],
  ["add sub", (n) => `wrapping_${n}_unsigned`, same, ["Other"], "signed"],
  ["add sub", (n) => `overflowing_${n}_unsigned`, flagged, ["Other"], "signed"],
  ["add sub", (n) => `saturating_${n}_unsigned`, same, ["Other"], "signed"],
];

function argument(type, kind) {
  if (typeof kind === "number") return `${random.below(kind)}u32`;
  return random.literal(kind === "Self" ? type : isSigned(type) ? unsignedOf(type) : signedOf(type));
}

function callsOf(type) {
  return ROWS.flatMap(([names, method, result, args, only]) => {
    if (only !== undefined && (only === "signed") !== isSigned(type)) return [];
    return names.split(" ").flatMap((name) =>
      Array.from({ length: Number(calls) }, () => ({
        type: result(type),
        value: `${random.literal(type)}.${method(name)}(${args.map((kind) => argument(type, kind)).join(", ")})`,
      })),
    );
  });
}

const lines = INTS.flatMap(callsOf).map(({ type, value }, i) => `pub const M${i}: ${type} = ${value};`);
writeFileSync(file, `${["//! Built-in methods of integers (scripts/const-oracle/int-methods.mjs).", ...lines].join("\n")}\n`);
