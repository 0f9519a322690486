/**
 * Integer arithmetic of const evaluation: every operation by the rules rustc applies in a const – overflow, division by zero and
 * too large shifts are errors, never wrapped.
 *
 * Example: `200u8 + 100` → error "attempt to compute `200_u8 + 100_u8`, which would overflow"; in i32 it is 300.
 *
 * Invariant: operands and results are mathematical values inside the type's range.
 * Source: Reference, "Operator expressions", "Overflow"; rustc_const_eval 1.95 `binary_int_op`.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { BinaryOp } from "../hir-def/expr.ts";
import type { IntTy } from "../hir-ty/ty.ts";

/** Width and signedness of an integer type on a target. */
export interface IntSpec {
  readonly bits: number;
  readonly signed: boolean;
  readonly min: bigint;
  readonly max: bigint;
}

const FIXED_BITS: ReadonlyMap<string, number> = new Map([
  ["8", 8],
  ["16", 16],
  ["32", 32],
  ["64", 64],
  ["128", 128],
]);

const specs = new Map<string, IntSpec>();

/** The integer type's width and range; `isize` and `usize` are as wide as a pointer. */
export function intSpec(name: IntTy, pointerBits: number): IntSpec {
  const bits = FIXED_BITS.get(name.slice(1)) ?? pointerBits;
  return specOf(bits, name.startsWith("i"));
}

/** The integer of a width. */
export function specOf(bits: number, signed: boolean): IntSpec {
  const key = `${signed ? "i" : "u"}${bits}`;
  let spec = specs.get(key);
  if (spec === undefined) {
    const size = 1n << BigInt(bits);
    spec = signed ? { bits, signed, min: -(size / 2n), max: size / 2n - 1n } : { bits, signed, min: 0n, max: size - 1n };
    specs.set(key, spec);
  }
  return spec;
}

/** The value with the same low bits inside the type's range. */
export function wrap(spec: IntSpec, value: bigint): bigint {
  if (value >= spec.min && value <= spec.max) return value;
  return spec.signed ? BigInt.asIntN(spec.bits, value) : BigInt.asUintN(spec.bits, value);
}

/** The low bits as an unsigned number. */
export function toBits(spec: IntSpec, value: bigint): bigint {
  return value < 0n ? BigInt.asUintN(spec.bits, value) : value;
}

export function fits(spec: IntSpec, value: bigint): boolean {
  return value >= spec.min && value <= spec.max;
}

export type ArithmeticOp = Exclude<BinaryOp, "&&" | "||" | "==" | "!=" | "<" | "<=" | ">" | ">=">;

/** The result before it is checked against the type's range; undefined if there is none (division by zero). */
export function exact(op: Exclude<ArithmeticOp, "<<" | ">>">, a: bigint, b: bigint): bigint | undefined {
  switch (op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0n ? undefined : a / b;
    case "%":
      return b === 0n ? undefined : a % b;
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
  }
}

/** `a op b` in a const; the error is rustc's sentence. For shifts `b` is of any integer type. */
export function checkedBinary(spec: IntSpec, op: ArithmeticOp, a: bigint, b: bigint): Result<bigint, Message> {
  if (op === "<<" || op === ">>") return checkedShift(spec, op, a, b);
  const result = exact(op, a, b);
  if (result === undefined) return err(divisionByZero(op, a));
  // `MIN % -1` overflows in hardware and so by rule, though its result would fit.
  const isMinRem = op === "%" && b === -1n && spec.signed && a === spec.min;
  return isMinRem || !fits(spec, result) ? err(msg("attempt to compute `{a} {op} {b}`, which would overflow", { a, op, b })) : ok(result);
}

function checkedShift(spec: IntSpec, op: "<<" | ">>", a: bigint, b: bigint): Result<bigint, Message> {
  if (b < 0n || b >= BigInt(spec.bits)) return err(shiftOverflow(op, b));
  return ok(op === "<<" ? wrap(spec, a << b) : a >> b);
}

function shiftOverflow(op: "<<" | ">>", b: bigint): Message {
  return op === "<<"
    ? msg("attempt to shift left by `{b}`, which would overflow", { b })
    : msg("attempt to shift right by `{b}`, which would overflow", { b });
}

function divisionByZero(op: ArithmeticOp, a: bigint): Message {
  return op === "/"
    ? msg("attempt to divide `{a}` by zero", { a })
    : msg("attempt to calculate the remainder of `{a}` with a divisor of zero", { a });
}

/** `-a` in a const. */
export function checkedNeg(spec: IntSpec, a: bigint): Result<bigint, Message> {
  return fits(spec, -a) ? ok(-a) : err(msg("attempt to negate `{a}`, which would overflow", { a }));
}

/** `!a`. */
export function not(spec: IntSpec, a: bigint): bigint {
  return spec.signed ? ~a : spec.max - a;
}

/** Comparison of scalars. */
export function compare(op: BinaryOp, a: bigint | number, b: bigint | number): boolean {
  switch (op) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}
