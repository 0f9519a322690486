/**
 * Writes a program of random const expressions over integers: operators, casts, `if`, `match`, `let`, loops, arrays, tuples.
 *
 * Usage: node scripts/const-oracle/random-expressions.mjs SEED COUNT FILE; then ask-rustc.mjs FILE.
 * The same arguments give the same bytes.
 */
import { writeFileSync } from "node:fs";
import { INTS, isSigned, Random } from "./random-numbers.mjs";

const [seed = "1", count = "300", file = "random.rs"] = process.argv.slice(2);
const random = new Random(seed);

/** How an expression of a type is made of smaller ones; `sub` makes one of a type. */
const FORMS = [
  (type, sub) => `(${sub(type)} ${random.pick(["+", "-", "*"])} ${sub(type)})`,
  (type, sub) => `(${sub(type)} ${random.pick(["+", "-", "*"])} ${sub(type)})`,
  (type, sub) => `(${sub(type)} ${random.pick(["/", "%"])} ${sub(type)})`,
  (type, sub) => `(${sub(type)} ${random.pick(["&", "|", "^"])} ${sub(type)})`,
  (type, sub) => shift(type, sub),
  (type, sub) => `(${sub(random.pick(INTS))} as ${type})`,
  (type, sub) => `(!${sub(type)})`,
  (type, sub) => `(${isSigned(type) ? "-" : ""}${sub(type)})`,
  (type, sub) => `(if ${condition(sub)} { ${sub(type)} } else { ${sub(type)} })`,
  (type, sub) =>
    `(match ${sub(type)} { ${random.literal(type, "").replace(/[()]/g, "")} => ${sub(type)}, m if m > ${random.literal(type)} => m, _ => ${sub(type)} })`,
  (type, sub) => `({ let r: ${type} = ${sub(type)}; r }).${random.pick(["wrapping_add", "wrapping_mul", "saturating_sub"])}(${sub(type)})`,
  (type, sub) =>
    `(match ({ let r: ${type} = ${sub(type)}; r }).checked_${random.pick(["add", "sub", "mul", "div", "rem"])}(${sub(type)}) { Some(c) => c, None => ${sub(type)} })`,
  (type, sub) => `([${sub(type)}, ${sub(type)}, ${sub(type)}][${random.below(3)}])`,
  (type, sub) => `((${sub(random.pick(INTS))}, ${sub(type)}).1)`,
  (type, sub) => loop(type, sub),
];

function shift(type, sub) {
  const amount = random.pick(INTS);
  return `(${sub(type)} ${random.pick(["<<", ">>"])} (${sub(amount)} & ${random.pick([3, 7, 15])}${amount}))`;
}

function loop(type, sub) {
  const turns = random.pick(INTS);
  const step = `a = a.wrapping_${random.pick(["add", "mul", "sub"])}(${sub(type)}); i += 1;`;
  return `{ let mut a: ${type} = ${random.literal(type, "")}; let mut i: ${turns} = 0; while i < ${1 + random.below(5)} { ${step} } a }`;
}

function condition(sub) {
  const type = random.pick(INTS);
  const comparison = `(${sub(type)} ${random.pick(["<", "<=", "==", "!=", ">", ">="])} ${sub(type)})`;
  return random.below(3) === 0 ? `(!${comparison} ${random.pick(["&&", "||", "&", "|", "^", "=="])} ${comparison})` : comparison;
}

function expression(type, depth, locals) {
  const known = locals.filter((local) => local.type === type);
  if (depth <= 0) {
    if (known.length > 0 && random.below(2) === 0) return random.pick(known).name;
    return random.below(3) === 0 ? random.literal(type, "") : random.literal(type);
  }
  if (random.below(8) === 0) return withLocal(type, depth, locals);
  return random.pick(FORMS)(type, (part) => expression(part, depth - 1 - random.below(2), locals));
}

function withLocal(type, depth, locals) {
  const local = { name: `v${locals.length}`, type: random.pick(INTS) };
  const value = expression(local.type, depth - 1, locals);
  const statement =
    random.below(2) === 0 ? `let ${local.name}: ${local.type} = ${value};` : `let ${local.name} = (${value}) as ${local.type};`;
  return `{ ${statement} ${expression(type, depth - 1, [...locals, local])} }`;
}

const lines = Array.from({ length: Number(count) }, (_, i) => {
  const type = random.pick(INTS);
  return `pub const R${i}: ${type} = ${expression(type, 2 + random.below(3), [])};`;
});
writeFileSync(file, `${["//! Random const expressions (scripts/const-oracle/random-expressions.mjs).", ...lines].join("\n")}\n`);
