/**
 * The value of arithmetic on integer literals and names of constants, without const evaluation: enums write `1 << 5` and `BASE + 2` by
 * the thousand.
 *
 * Example: `(1 << 5) | 3` as a `u8` → 35; `200 + 100` as a `u8` → undefined, which evaluation says why.
 *
 * Invariant: only what is evaluated without an error: all parts are in the range of the type, shifts below its width; without a target
 * of `usize` and `isize` what fits in 16 bits.
 * Source: Reference, "Arithmetic and Logical Binary Operators", "Overflow".
 */
import type { BinaryOp, Expr } from "../hir-def/expr.ts";
import type { PathRef } from "../hir-def/type-ref.ts";
import type { IntTy, Ty } from "./ty.ts";

/** What values are computed in. */
export interface Arithmetic {
  /** The type of the whole and of all operands. */
  readonly type: IntTy;
  readonly pointerBits: number;
  /** The value of a constant of the same type; undefined for everything else. */
  readonly named: (path: PathRef) => bigint | undefined;
}

const LEAST_POINTER_BITS = 16;

const OPERATIONS: Readonly<Partial<Record<BinaryOp, (a: bigint, b: bigint) => bigint | undefined>>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0n ? undefined : a / b),
  // Of the least value by -1 there is a remainder, and an overflow.
  "%": (a, b) => (b === 0n || b === -1n ? undefined : a % b),
  "&": (a, b) => a & b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
};

/** The value of an operation on literals that must have an integer type. */
export function literalArithmetic(expr: Expr, type: Ty): bigint | undefined {
  if (expr.kind !== "binary" || type.kind !== "int") return undefined;
  return arithmetic(expr, { type: type.name, pointerBits: LEAST_POINTER_BITS, named: () => undefined });
}

/** The value of an integer literal, a name, or an operation on them. */
export function arithmetic(expr: Expr, of: Arithmetic): bigint | undefined {
  const value = unchecked(expr, of);
  return value !== undefined && fits(value, of) ? value : undefined;
}

function unchecked(expr: Expr, of: Arithmetic): bigint | undefined {
  switch (expr.kind) {
    case "literal":
      return expr.literal.kind === "int" && (expr.literal.suffix ?? of.type) === of.type ? expr.literal.value : undefined;
    case "path":
      return of.named(expr.path);
    case "unary":
      // Of a literal that is negated only the result has to be in range: `-128` is an `i8`.
      if (expr.op !== "-" || of.type.startsWith("u")) return undefined;
      return negated(expr.operand.kind === "literal" ? unchecked(expr.operand, of) : arithmetic(expr.operand, of));
    case "binary":
      return operation(expr, of);
    default:
      return undefined;
  }
}

function operation({ op, left, right }: Extract<Expr, { kind: "binary" }>, of: Arithmetic): bigint | undefined {
  const a = arithmetic(left, of);
  if (a === undefined) return undefined;
  if (op === "<<" || op === ">>") return shifted(a, op, shiftOf(right, of));
  const b = arithmetic(right, of);
  return b === undefined ? undefined : OPERATIONS[op]?.(a, b);
}

/** What is shifted by may be of any type: a literal that has none of its own, or this one. */
function shiftOf(expr: Expr, of: Arithmetic): bigint | undefined {
  if (expr.kind !== "literal" || expr.literal.kind !== "int") return undefined;
  const { value, suffix } = expr.literal;
  return (suffix ?? of.type) === of.type && value < BigInt(bitsOf(of)) ? value : undefined;
}

function shifted(a: bigint, op: "<<" | ">>", by: bigint | undefined): bigint | undefined {
  if (by === undefined) return undefined;
  return op === "<<" ? a << by : a >> by;
}

function negated(value: bigint | undefined): bigint | undefined {
  return value === undefined ? undefined : -value;
}

function fits(value: bigint, of: Arithmetic): boolean {
  const bits = bitsOf(of);
  return (of.type.startsWith("u") ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value)) === value;
}

function bitsOf({ type, pointerBits }: Arithmetic): number {
  return type.endsWith("size") ? pointerBits : Number(type.slice(1));
}
