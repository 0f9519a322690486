/**
 * Floats of const evaluation, f32 and f64: they matter where a cast turns them into integers. f16 and f128 are not evaluated.
 *
 * Example: `(0.1f32 + 0.2f32) as f64` is computed in single precision, as rustc does.
 *
 * Invariants: an f32 is a number already rounded by `Math.fround`; JavaScript's + - * / % on doubles are IEEE 754's, and one
 * operation on two floats rounded to single is exact in double except for that rounding (2 × 24 + 2 ≤ 53).
 * Source: Reference, "Numeric cast"; rustc_apfloat.
 */
import type { FloatTy } from "../hir-ty/ty.ts";
import type { ArithmeticOp, IntSpec } from "./int-ops.ts";

/** Whether floats of the type are evaluated. */
export function isSupported(name: FloatTy): name is "f32" | "f64" {
  return name === "f32" || name === "f64";
}

/** Rounds to the type. */
export function round(name: FloatTy, value: number): number {
  return name === "f32" ? Math.fround(value) : value;
}

/** The value of a literal's digits; undefined if rounding twice (to double, then to single) could differ from rounding once. */
export function parseFloatLiteral(name: FloatTy, text: string): number | undefined {
  const value = Number(text);
  if (Number.isNaN(value)) return undefined;
  if (name !== "f32") return value;
  const single = Math.fround(value);
  return isHalfway(value) && !isExact(text, value) ? undefined : single;
}

/** Exactly between two singles: the double may already have been rounded to that point. */
function isHalfway(value: number): boolean {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  return (bits.getUint32(4) & 0x1fffffff) === 0x10000000;
}

/** Whether a decimal text is exactly the double, for texts that are integers. */
function isExact(text: string, value: number): boolean {
  return /^[0-9]+(?:\.0*)?$/.test(text) && Number.isFinite(value) && BigInt(text.replace(/\..*$/, "")) === BigInt(value);
}

/** `a op b`; undefined for operators floats do not have. */
export function floatBinary(name: FloatTy, op: ArithmeticOp, a: number, b: number): number | undefined {
  switch (op) {
    case "+":
      return round(name, a + b);
    case "-":
      return round(name, a - b);
    case "*":
      return round(name, a * b);
    case "/":
      return round(name, a / b);
    case "%":
      return round(name, a % b);
    default:
      return undefined;
  }
}

/** `float as int`: towards zero, saturating, NaN is 0. */
export function floatToInt(spec: IntSpec, value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  if (value === Number.POSITIVE_INFINITY) return spec.max;
  if (value === Number.NEGATIVE_INFINITY) return spec.min;
  const whole = BigInt(Math.trunc(value));
  return whole < spec.min ? spec.min : whole > spec.max ? spec.max : whole;
}

/** `int as float`, rounded once to nearest even. */
export function intToFloat(name: FloatTy, value: bigint): number {
  if (name !== "f32") return Number(value);
  const negative = value < 0n;
  const magnitude = negative ? -value : value;
  const bits = magnitude.toString(2).length;
  if (bits <= 24) return Number(value);
  // Fold what lies below the 26th bit into a sticky bit, so that the rounding to double is exact.
  const shift = BigInt(Math.max(0, bits - 26));
  const kept = (magnitude >> shift) | ((magnitude & ((1n << shift) - 1n)) === 0n ? 0n : 1n);
  const single = Math.fround(Number(kept) * 2 ** Number(shift));
  return negative ? -single : single;
}

/** The bits of a float in its own width. */
export function floatToBits(name: FloatTy, value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (name === "f32") {
    view.setFloat32(0, value);
    return BigInt(view.getUint32(0));
  }
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

export function floatFromBits(name: FloatTy, bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  if (name === "f32") {
    view.setUint32(0, Number(BigInt.asUintN(32, bits)));
    return view.getFloat32(0);
  }
  view.setBigUint64(0, BigInt.asUintN(64, bits));
  return view.getFloat64(0);
}
