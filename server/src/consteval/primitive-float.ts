/**
 * Built-in functions of f32 and f64.
 *
 * Example: `2.5f32.to_bits()` is 0x4020_0000, `(-1.5f64).abs()` is 1.5.
 *
 * Source: core::num::f32/f64 of Rust 1.95, checked against rustc (test/consteval).
 */
import { msg } from "../base/message.ts";
import { floatFromBits, floatToBits, isSupported, round } from "./float-ops.ts";
import { bool, float, int } from "./primitive-args.ts";
import type { PrimitiveCall, PrimitiveRow } from "./primitive-fn.ts";

function nameOf(call: PrimitiveCall): "f32" | "f64" {
  return call.self.kind === "float" && isSupported(call.self.name)
    ? call.self.name
    : call.host.panic(msg("floats of this type are not evaluated"));
}

function unary(run: (value: number) => number): (call: PrimitiveCall) => number {
  return (call) => round(nameOf(call), run(float(call, 0)));
}

function pick(single: number, double: number): (call: PrimitiveCall) => number {
  return (call) => (nameOf(call) === "f32" ? single : double);
}

/** Halves away from zero. */
function roundHalfAway(value: number): number {
  const whole = Math.trunc(value);
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole === 0 ? value * 0 : whole;
}

function roundHalfEven(value: number): number {
  const whole = Math.trunc(value);
  const rest = Math.abs(value - whole);
  return rest > 0.5 || (rest === 0.5 && whole % 2 !== 0) ? whole + Math.sign(value) : whole === 0 ? value * 0 : whole;
}

function smaller(a: number, b: number): number {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b);
}

function larger(a: number, b: number): number {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b);
}

function isSignNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

function isNormal(call: PrimitiveCall): boolean {
  const value = Math.abs(float(call, 0));
  return Number.isFinite(value) && value >= (nameOf(call) === "f32" ? 2 ** -126 : 2 ** -1022);
}

function isSubnormal(call: PrimitiveCall): boolean {
  return Number.isFinite(float(call, 0)) && float(call, 0) !== 0 && !isNormal(call);
}

const CONSTS: readonly PrimitiveRow[] = [
  ["MAX", "Self", pick(3.4028234663852886e38, Number.MAX_VALUE)],
  ["MIN", "Self", pick(-3.4028234663852886e38, -Number.MAX_VALUE)],
  ["MIN_POSITIVE", "Self", pick(2 ** -126, 2 ** -1022)],
  ["EPSILON", "Self", pick(2 ** -23, Number.EPSILON)],
  ["INFINITY", "Self", () => Number.POSITIVE_INFINITY],
  ["NEG_INFINITY", "Self", () => Number.NEGATIVE_INFINITY],
  ["NAN", "Self", () => Number.NaN],
  ["RADIX", "u32", () => 2n],
  ["MANTISSA_DIGITS", "u32", (call) => (nameOf(call) === "f32" ? 24n : 53n)],
  ["DIGITS", "u32", (call) => (nameOf(call) === "f32" ? 6n : 15n)],
  ["MIN_EXP", "i32", (call) => (nameOf(call) === "f32" ? -125n : -1021n)],
  ["MAX_EXP", "i32", (call) => (nameOf(call) === "f32" ? 128n : 1024n)],
  ["MIN_10_EXP", "i32", (call) => (nameOf(call) === "f32" ? -37n : -307n)],
  ["MAX_10_EXP", "i32", (call) => (nameOf(call) === "f32" ? 38n : 308n)],
];

const TESTS: readonly PrimitiveRow[] = [
  ["is_nan", "(self) -> bool", (call) => bool(Number.isNaN(float(call, 0)))],
  ["is_infinite", "(self) -> bool", (call) => bool(Math.abs(float(call, 0)) === Number.POSITIVE_INFINITY)],
  ["is_finite", "(self) -> bool", (call) => bool(Number.isFinite(float(call, 0)))],
  ["is_normal", "(self) -> bool", (call) => bool(isNormal(call))],
  ["is_subnormal", "(self) -> bool", (call) => bool(isSubnormal(call))],
  ["is_sign_positive", "(self) -> bool", (call) => bool(!isSignNegative(float(call, 0)))],
  ["is_sign_negative", "(self) -> bool", (call) => bool(isSignNegative(float(call, 0)))],
];

const NUMBERS: readonly PrimitiveRow[] = [
  ["abs", "(self) -> Self", unary(Math.abs)],
  ["floor", "(self) -> Self", unary(Math.floor)],
  ["ceil", "(self) -> Self", unary(Math.ceil)],
  ["trunc", "(self) -> Self", unary(Math.trunc)],
  ["round", "(self) -> Self", unary(roundHalfAway)],
  ["round_ties_even", "(self) -> Self", unary(roundHalfEven)],
  ["fract", "(self) -> Self", unary((value) => value - Math.trunc(value))],
  ["recip", "(self) -> Self", unary((value) => 1 / value)],
  ["signum", "(self) -> Self", unary((value) => (Number.isNaN(value) ? value : isSignNegative(value) ? -1 : 1))],
  ["copysign", "(self, Self) -> Self", (call) => Math.abs(float(call, 0)) * (isSignNegative(float(call, 1)) ? -1 : 1)],
  ["min", "(self, Self) -> Self", (call) => smaller(float(call, 0), float(call, 1))],
  ["max", "(self, Self) -> Self", (call) => larger(float(call, 0), float(call, 1))],
  ["clamp", "(self, Self, Self) -> Self", (call) => larger(float(call, 1), smaller(float(call, 2), float(call, 0)))],
  ["to_bits", "(self) -> Bits", (call) => floatToBits(nameOf(call), float(call, 0))],
  ["from_bits", "(Bits) -> Self", (call) => floatFromBits(nameOf(call), int(call, 0))],
];

export const FLOAT: readonly PrimitiveRow[] = [...CONSTS, ...TESTS, ...NUMBERS];
