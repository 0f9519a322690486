/**
 * Built-in arithmetic of integers: plain, checked, wrapping, overflowing, saturating, strict and unchecked.
 *
 * Example: `200u8.checked_add(100)` is None, `.wrapping_add(100)` is 44, `.saturating_add(100)` is 255.
 *
 * Invariant: every family is made from the same exact result over the mathematical integers.
 * Source: core::num of Rust 1.95, checked against rustc (test/consteval).
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { IntSpec } from "./int-ops.ts";
import { fits, specOf, wrap } from "./int-ops.ts";
import { bool, int, option, pair, resultInt } from "./primitive-args.ts";
import type { PrimitiveCall, PrimitiveRow } from "./primitive-fn.ts";

/** The exact result, or undefined where there is none (division by zero, a shift that is too far). */
type Exact = (call: PrimitiveCall, a: bigint, b: bigint) => bigint | undefined;

interface Operation {
  readonly name: string;
  /** The type of the second operand; undefined for operations on one. */
  readonly operand: string | undefined;
  readonly exact: Exact;
  /** What rustc says when it panics for want of a result. */
  readonly panic: Message;
}

/** Quotient and remainder with the remainder never negative. */
export function euclid(a: bigint, b: bigint): { readonly quotient: bigint; readonly remainder: bigint } {
  const remainder = a % b;
  if (remainder >= 0n) return { quotient: a / b, remainder };
  const up = b > 0n;
  return { quotient: a / b + (up ? -1n : 1n), remainder: remainder + (up ? b : -b) };
}

function power(call: PrimitiveCall, a: bigint, b: bigint): bigint {
  // Beyond twice the width only -1, 0 and 1 stay in range; others need not be computed exactly.
  const bounded = b > 256n && a !== 1n && a !== -1n ? 256n : b;
  if (b > 256n && a !== 0n && a !== 1n && a !== -1n) return wrapPower(call.int, a, b) + (1n << 200n);
  return a ** (bounded === b ? b : bounded);
}

/** `a ** b` in the integer's own width, for exponents too large for the exact power. */
function wrapPower(spec: IntSpec, a: bigint, b: bigint): bigint {
  let result = 1n;
  let base = a;
  for (let rest = b; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = wrap(spec, result * base);
    base = wrap(spec, base * base);
  }
  return result;
}

/** `MIN / -1` and `MIN % -1` overflow. */
function divides(call: PrimitiveCall, a: bigint, b: bigint): boolean {
  return b !== 0n && !(call.int.signed && b === -1n && a === call.int.min);
}

const ADD = msg("attempt to add with overflow");
const SUBTRACT = msg("attempt to subtract with overflow");
const MULTIPLY = msg("attempt to multiply with overflow");
const NEGATE = msg("attempt to negate with overflow");
const DIVIDE = msg("attempt to divide by zero");
const REMAINDER = msg("attempt to calculate the remainder by zero");

const OPERATIONS: readonly Operation[] = [
  { name: "add", operand: "Self", panic: ADD, exact: (_, a, b) => a + b },
  { name: "sub", operand: "Self", panic: SUBTRACT, exact: (_, a, b) => a - b },
  { name: "mul", operand: "Self", panic: MULTIPLY, exact: (_, a, b) => a * b },
  { name: "neg", operand: undefined, panic: NEGATE, exact: (_, a) => -a },
  { name: "pow", operand: "u32", panic: MULTIPLY, exact: power },
  { name: "add_signed", operand: "Signed", panic: ADD, exact: (_, a, b) => a + b },
  { name: "sub_signed", operand: "Signed", panic: SUBTRACT, exact: (_, a, b) => a - b },
  { name: "add_unsigned", operand: "Unsigned", panic: ADD, exact: (_, a, b) => a + b },
  { name: "sub_unsigned", operand: "Unsigned", panic: SUBTRACT, exact: (_, a, b) => a - b },
  { name: "abs", operand: undefined, panic: NEGATE, exact: (_, a) => (a < 0n ? -a : a) },
];

/** Division: no result for a zero divisor; wrapping and saturating forms exist too. */
const DIVISIONS: readonly Operation[] = [
  { name: "div", operand: "Self", panic: DIVIDE, exact: (_, a, b) => (b === 0n ? undefined : a / b) },
  { name: "rem", operand: "Self", panic: REMAINDER, exact: (_, a, b) => (b === 0n ? undefined : a % b) },
  { name: "div_euclid", operand: "Self", panic: DIVIDE, exact: (_, a, b) => (b === 0n ? undefined : euclid(a, b).quotient) },
  {
    name: "rem_euclid",
    operand: "Self",
    panic: REMAINDER,
    exact: (_, a, b) => (b === 0n ? undefined : euclid(a, b).remainder),
  },
];

function signature(operation: Operation, result: string): string {
  return operation.operand === undefined ? `(self) -> ${result}` : `(self, ${operation.operand}) -> ${result}`;
}

function exactOf(operation: Operation, call: PrimitiveCall): bigint | undefined {
  return operation.exact(call, int(call, 0), operation.operand === undefined ? 0n : int(call, 1));
}

function inRange(call: PrimitiveCall, value: bigint | undefined): bigint | undefined {
  return value !== undefined && fits(call.int, value) ? value : undefined;
}

function strict(operation: Operation): (call: PrimitiveCall) => bigint {
  return (call) => inRange(call, exactOf(operation, call)) ?? call.host.panic(operation.panic);
}

function saturated(call: PrimitiveCall, value: bigint): bigint {
  return value < call.int.min ? call.int.min : value > call.int.max ? call.int.max : value;
}

function rowsOf(operation: Operation): readonly PrimitiveRow[] {
  const { name } = operation;
  const value = (call: PrimitiveCall): bigint => exactOf(operation, call) ?? 0n;
  return [
    [`checked_${name}`, signature(operation, "Option<Self>"), (call) => option(call, inRange(call, exactOf(operation, call)))],
    [`strict_${name}`, signature(operation, "Self"), strict(operation)],
    [`unchecked_${name}`, signature(operation, "Self"), strict(operation)],
    [`wrapping_${name}`, signature(operation, "Self"), (call) => wrap(call.int, value(call))],
    [
      `overflowing_${name}`,
      signature(operation, "(Self, bool)"),
      (call) => pair(wrap(call.int, value(call)), bool(!fits(call.int, value(call)))),
    ],
    [`saturating_${name}`, signature(operation, "Self"), (call) => saturated(call, value(call))],
  ];
}

/** Division panics on zero in every form but the checked one; the remainder of `MIN % -1` overflows though it is 0. */
function divisionRows(operation: Operation): readonly PrimitiveRow[] {
  const { name } = operation;
  const exact = (call: PrimitiveCall): bigint => exactOf(operation, call) ?? call.host.panic(operation.panic);
  const overflows = (call: PrimitiveCall): boolean => !divides(call, int(call, 0), int(call, 1));
  return [
    [`checked_${name}`, signature(operation, "Option<Self>"), (call) => option(call, overflows(call) ? undefined : exact(call))],
    [`strict_${name}`, signature(operation, "Self"), (call) => checkedDivision(call, exact(call), overflows(call))],
    [`wrapping_${name}`, signature(operation, "Self"), (call) => wrap(call.int, exact(call))],
    [`overflowing_${name}`, signature(operation, "(Self, bool)"), (call) => pair(wrap(call.int, exact(call)), bool(overflows(call)))],
    [`saturating_${name}`, signature(operation, "Self"), (call) => saturated(call, exact(call))],
  ];
}

function checkedDivision(call: PrimitiveCall, value: bigint, overflows: boolean): bigint {
  return overflows ? call.host.panic(msg("attempt to divide with overflow")) : value;
}

function shifted(call: PrimitiveCall, direction: "l" | "r", amount: bigint): bigint {
  const a = int(call, 0);
  return wrap(call.int, direction === "l" ? a << amount : a >> amount);
}

function shiftRows(direction: "l" | "r"): readonly PrimitiveRow[] {
  const name = `sh${direction}`;
  const isTooFar = (call: PrimitiveCall): boolean => int(call, 1) >= BigInt(call.int.bits);
  const masked = (call: PrimitiveCall): bigint => int(call, 1) & BigInt(call.int.bits - 1);
  const strictShift = (call: PrimitiveCall): bigint =>
    isTooFar(call)
      ? call.host.panic(direction === "l" ? msg("attempt to shift left with overflow") : msg("attempt to shift right with overflow"))
      : shifted(call, direction, int(call, 1));
  const unbounded = (call: PrimitiveCall): bigint =>
    isTooFar(call) ? (direction === "r" && int(call, 0) < 0n ? -1n : 0n) : shifted(call, direction, int(call, 1));
  return [
    [
      `checked_${name}`,
      "(self, u32) -> Option<Self>",
      (call) => option(call, isTooFar(call) ? undefined : shifted(call, direction, int(call, 1))),
    ],
    [`strict_${name}`, "(self, u32) -> Self", strictShift],
    [`unchecked_${name}`, "(self, u32) -> Self", strictShift],
    [`unbounded_${name}`, "(self, u32) -> Self", unbounded],
    [`wrapping_${name}`, "(self, u32) -> Self", (call) => shifted(call, direction, masked(call))],
    [`overflowing_${name}`, "(self, u32) -> (Self, bool)", (call) => pair(shifted(call, direction, masked(call)), bool(isTooFar(call)))],
  ];
}

/** `widening`: the low and the high half of a product plus carries. */
function wide(call: PrimitiveCall, value: bigint): ReturnType<typeof pair> {
  const low = specOf(call.int.bits, false);
  return pair(wrap(low, value), wrap(call.int, value >> BigInt(call.int.bits)));
}

function withBit(call: PrimitiveCall, value: bigint): ReturnType<typeof pair> {
  return pair(wrap(call.int, value), bool(!fits(call.int, value)));
}

const CARRYING: readonly PrimitiveRow[] = [
  ["carrying_add", "(self, Self, bool) -> (Self, bool)", (call) => withBit(call, int(call, 0) + int(call, 1) + int(call, 2))],
  ["borrowing_sub", "(self, Self, bool) -> (Self, bool)", (call) => withBit(call, int(call, 0) - int(call, 1) - int(call, 2))],
  ["widening_mul", "(self, Self) -> (Unsigned, Self)", (call) => wide(call, int(call, 0) * int(call, 1))],
  ["carrying_mul", "(self, Self, Self) -> (Unsigned, Self)", (call) => wide(call, int(call, 0) * int(call, 1) + int(call, 2))],
  [
    "carrying_mul_add",
    "(self, Self, Self, Self) -> (Unsigned, Self)",
    (call) => wide(call, int(call, 0) * int(call, 1) + int(call, 2) + int(call, 3)),
  ],
];

const PLAIN: readonly PrimitiveRow[] = [
  ["pow", "(self, u32) -> Self", (call) => inRange(call, power(call, int(call, 0), int(call, 1))) ?? call.host.panic(MULTIPLY)],
  ["abs", "(self) -> Self", (call) => inRange(call, int(call, 0) < 0n ? -int(call, 0) : int(call, 0)) ?? call.host.panic(NEGATE)],
  ["div_euclid", "(self, Self) -> Self", (call) => euclidean(call).quotient],
  ["rem_euclid", "(self, Self) -> Self", (call) => euclidean(call).remainder],
  ["unsigned_abs", "(self) -> Unsigned", (call) => (int(call, 0) < 0n ? -int(call, 0) : int(call, 0))],
  [
    "abs_diff",
    "(self, Self) -> Unsigned",
    (call) => (int(call, 0) < int(call, 1) ? int(call, 1) - int(call, 0) : int(call, 0) - int(call, 1)),
  ],
  ["checked_signed_diff", "(self, Self) -> Option<Signed>", (call) => option(call, signedDiff(call))],
  ["cast_signed", "(self) -> Signed", (call) => wrap(resultInt(call), int(call, 0))],
  ["cast_unsigned", "(self) -> Unsigned", (call) => wrap(resultInt(call), int(call, 0))],
];

function euclidean(call: PrimitiveCall): { readonly quotient: bigint; readonly remainder: bigint } {
  const [a, b] = [int(call, 0), int(call, 1)];
  if (b === 0n) return call.host.panic(msg("attempt to divide by zero"));
  return divides(call, a, b) ? euclid(a, b) : call.host.panic(msg("attempt to divide with overflow"));
}

function signedDiff(call: PrimitiveCall): bigint | undefined {
  const diff = int(call, 0) - int(call, 1);
  return fits(specOf(call.int.bits, true), diff) ? diff : undefined;
}

export const INT_ARITHMETIC: readonly PrimitiveRow[] = [
  ...OPERATIONS.flatMap(rowsOf),
  ...DIVISIONS.flatMap(divisionRows),
  ...shiftRows("l"),
  ...shiftRows("r"),
  ...CARRYING,
  ...PLAIN,
];
