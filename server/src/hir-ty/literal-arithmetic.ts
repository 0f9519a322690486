/**
 * The value of arithmetic on integer literals alone, without const evaluation: enums write `1 << 5` and `BASE + 2` by the thousand, and
 * the first kind needs no names.
 *
 * Example: `(1 << 5) | 3` as a `u8` → 35; `200 + 100` as a `u8` → undefined, which evaluation says why.
 *
 * Invariant: only what every target evaluates alike without an error: all parts are in the range of the type, shifts below its width;
 * of `usize` and `isize` what fits in 16 bits.
 * Source: Reference, "Arithmetic and Logical Binary Operators", "Overflow".
 */
import type { BinaryOp, Expr } from "../hir-def/expr.ts";
import type { IntTy, Ty } from "./ty.ts";

const LEAST_POINTER_BITS = 16;

const OPERATIONS: Readonly<Partial<Record<BinaryOp, (a: bigint, b: bigint) => bigint | undefined>>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0n ? undefined : a / b),
  "%": (a, b) => (b === 0n ? undefined : a % b),
  "&": (a, b) => a & b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
};

/** The value of an operation on literals that must have an integer type. */
export function literalArithmetic(expr: Expr, type: Ty): bigint | undefined {
  return expr.kind === "binary" && type.kind === "int" ? valueIn(expr, type.name) : undefined;
}

function valueIn(expr: Expr, type: IntTy): bigint | undefined {
  const value = unchecked(expr, type);
  return value !== undefined && fits(value, type) ? value : undefined;
}

function unchecked(expr: Expr, type: IntTy): bigint | undefined {
  switch (expr.kind) {
    case "literal":
      return expr.literal.kind === "int" && (expr.literal.suffix ?? type) === type ? expr.literal.value : undefined;
    case "unary":
      // Of a literal that is negated only the result has to be in range: `-128` is an `i8`.
      if (expr.op !== "-" || type.startsWith("u")) return undefined;
      return negated(expr.operand.kind === "literal" ? unchecked(expr.operand, type) : valueIn(expr.operand, type));
    case "binary":
      return operation(expr, type);
    default:
      return undefined;
  }
}

function operation({ op, left, right }: Extract<Expr, { kind: "binary" }>, type: IntTy): bigint | undefined {
  const a = valueIn(left, type);
  if (a === undefined) return undefined;
  if (op === "<<" || op === ">>") return shifted(a, op, shiftOf(right, type));
  const b = valueIn(right, type);
  return b === undefined ? undefined : OPERATIONS[op]?.(a, b);
}

/** What is shifted by may be of any type: a literal that has none of its own, or this one. */
function shiftOf(expr: Expr, type: IntTy): bigint | undefined {
  if (expr.kind !== "literal" || expr.literal.kind !== "int") return undefined;
  const { value, suffix } = expr.literal;
  return (suffix ?? type) === type && value < BigInt(bitsOf(type)) ? value : undefined;
}

function shifted(a: bigint, op: "<<" | ">>", by: bigint | undefined): bigint | undefined {
  if (by === undefined) return undefined;
  return op === "<<" ? a << by : a >> by;
}

function negated(value: bigint | undefined): bigint | undefined {
  return value === undefined ? undefined : -value;
}

function fits(value: bigint, type: IntTy): boolean {
  const bits = bitsOf(type);
  return (type.startsWith("u") ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value)) === value;
}

function bitsOf(type: IntTy): number {
  return type.endsWith("size") ? LEAST_POINTER_BITS : Number(type.slice(1));
}
