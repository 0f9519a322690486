/**
 * Code for literals, operators and casts; the types choose the operation.
 *
 * Source: Reference, "Operator expressions", "Type cast expressions"; rustc_const_eval `cast.rs`, `operator.rs`.
 */

import type { Message } from "../base/message.ts";
import { isMessage, msg } from "../base/message.ts";
import type { BinaryOp } from "../hir-def/expr.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { Gen } from "./codegen-context.ts";
import { emit, emitOpenType, emitTrapMessage, typeOf } from "./codegen-context.ts";
import { floatBinary, floatToInt, intToFloat, isSupported, parseFloatLiteral, round } from "./float-ops.ts";
import type { ArithmeticOp, IntSpec } from "./int-ops.ts";
import { checkedBinary, checkedNeg, compare, intSpec, not, wrap } from "./int-ops.ts";
import { Halt, halt } from "./machine.ts";
import { read, write } from "./memory.ts";
import { castPointer } from "./reinterpret.ts";
import type { Thir } from "./thir.ts";
import type { Value } from "./value.ts";
import { addressPointer, isAggregate, isPointer, UNINIT, UNIT } from "./value.ts";

export function genScalar(gen: Gen, expr: Extract<Thir, { kind: "scalar" | "float" }>): undefined {
  const ty = typeOf(gen, expr.ty);
  const value = scalarValue(gen, expr, ty);
  if (isMessage(value)) return emitOpenType(gen, ty, value);
  emit(gen, (machine) => machine.push(value));
}

/** A literal's value in its type, or why it has none. */
export function scalarValue(gen: Gen, expr: Extract<Thir, { kind: "scalar" | "float" }>, ty: Ty): Value | Message {
  if (expr.kind === "float") {
    const value = ty.kind === "float" && isSupported(ty.name) ? parseFloatLiteral(ty.name, expr.text) : undefined;
    return value ?? msg("floats of this type are not evaluated");
  }
  switch (ty.kind) {
    case "int":
      // A literal out of range is a lint (denied by default, capped in dependencies); rustc then takes the low bits.
      return wrap(intSpec(ty.name, gen.db.target.pointerBits), expr.value);
    case "bool":
    case "char":
      return expr.value;
    default:
      return msg("the type of this literal could not be worked out");
  }
}

function pointerBits(gen: Gen): number {
  return gen.db.target.pointerBits;
}

export function genUnary(gen: Gen, expr: Extract<Thir, { kind: "unary" }>): undefined {
  gen.value(expr.operand);
  const run = unaryRun(gen, expr.op, typeOf(gen, expr.ty));
  if (run === undefined) return emitOpenType(gen, typeOf(gen, expr.ty), msg("the type of this operand could not be worked out"));
  emit(gen, (machine) => machine.push(run(machine.pop())));
}

/** What `-` and `!` do with an operand of a type. */
export function unaryRun(gen: Gen, op: "-" | "!", ty: Ty): CastRun | undefined {
  if (ty.kind === "bool" && op === "!") return (value) => (int(value) === 0n ? 1n : 0n);
  if (ty.kind === "int") {
    const spec = intSpec(ty.name, pointerBits(gen));
    return op === "!" ? (value) => not(spec, int(value)) : (value) => unwrap(checkedNeg(spec, int(value)));
  }
  if (ty.kind === "float" && op === "-") return (value) => -float(value);
  return undefined;
}

function unwrap(result: { readonly ok: true; readonly value: bigint } | { readonly ok: false; readonly error: Message }): bigint {
  if (!result.ok) halt(result.error);
  return result.value;
}

function float(value: Value): number {
  if (typeof value !== "number")
    return halt(value === UNINIT ? msg("uninitialized memory is read") : msg("a value that is no float is used as one"));
  return value;
}

type Operator = Exclude<BinaryOp, "&&" | "||">;
/** Pops b and a, pushes the result. */
type BinaryRun = (a: Value, b: Value) => Value;

function isComparison(op: Operator): op is "==" | "!=" | "<" | "<=" | ">" | ">=" {
  return op === "==" || op === "!=" || op === "<" || op === "<=" || op === ">" || op === ">=";
}

export function genBinary(gen: Gen, expr: Extract<Thir, { kind: "binary" }>): undefined {
  gen.value(expr.left);
  gen.value(expr.right);
  const ty = typeOf(gen, expr.left.ty);
  const run = binaryRun(gen, expr.op, ty);
  if (run === undefined) return emitOpenType(gen, ty, msg("this operator is not evaluated for operands of this type"));
  emit(gen, (machine) => {
    const b = machine.pop();
    machine.push(run(machine.pop(), b));
  });
}

/** What an operator does with operands of a type. */
export function binaryRun(gen: Gen, op: Operator, ty: Ty): BinaryRun | undefined {
  if (isComparison(op)) {
    const isScalar = ty.kind === "int" || ty.kind === "bool" || ty.kind === "char" || ty.kind === "float";
    return isScalar ? (a, b) => (compare(op, scalar(a), scalar(b)) ? 1n : 0n) : ty.kind === "pointer" ? pointerCompare(op) : undefined;
  }
  switch (ty.kind) {
    case "int": {
      const spec = intSpec(ty.name, pointerBits(gen));
      return (a, b) => unwrap(checkedBinary(spec, op, int(a), int(b)));
    }
    case "bool":
      return op === "&" || op === "|" || op === "^" ? boolBinary(op) : undefined;
    case "float":
      return isSupported(ty.name) ? floatRun(ty.name, op) : undefined;
    default:
      return undefined;
  }
}

function scalar(value: Value): bigint | number {
  if (typeof value === "bigint" || typeof value === "number") return value;
  return halt(value === UNINIT ? msg("uninitialized memory is read") : msg("a pointer is used as a number"));
}

function int(value: Value): bigint {
  return typeof value === "bigint"
    ? value
    : halt(value === UNINIT ? msg("uninitialized memory is read") : msg("a pointer is used as a number"));
}

function boolBinary(op: "&" | "|" | "^"): BinaryRun {
  return (a, b) => (op === "&" ? int(a) & int(b) : op === "|" ? int(a) | int(b) : int(a) ^ int(b));
}

function floatRun(name: "f32" | "f64", op: ArithmeticOp): BinaryRun {
  return (a, b) => {
    const result = typeof a === "number" && typeof b === "number" ? floatBinary(name, op, a, b) : undefined;
    return result ?? halt(msg("this operator is not evaluated for floats"));
  };
}

/** Only addresses without memory behind them can be compared in a const. */
function pointerCompare(op: Operator): BinaryRun {
  return (a, b) => {
    if (!isPointer(a) || !isPointer(b) || a.base !== undefined || b.base !== undefined)
      return halt(msg("pointers cannot be compared in a const"));
    return compare(op, a.address, b.address) ? 1n : 0n;
  };
}

export function genAssignOp(gen: Gen, expr: Extract<Thir, { kind: "assignOp" }>): undefined {
  const run = binaryRun(gen, expr.op, typeOf(gen, expr.target.ty));
  gen.value(expr.value);
  if (run === undefined) return emitTrapMessage(gen, msg("this operator is not evaluated for operands of this type"));
  const { target } = expr;
  if (target.kind === "local") {
    const { local } = target;
    return emit(gen, (machine) => {
      const { locals } = machine.frame;
      locals.set(local, run(locals.get(local), machine.pop()));
      machine.push(UNIT);
    });
  }
  gen.place(target);
  emit(gen, (machine) => {
    const place = machine.popPointer();
    write(place, run(read(place), machine.pop()));
    machine.push(UNIT);
  });
}

export function genCast(gen: Gen, expr: Extract<Thir, { kind: "cast" }>): undefined {
  const from = typeOf(gen, expr.operand.ty);
  const to = typeOf(gen, expr.ty);
  if (to.kind === "int" && from.kind === "adt" && isUnitVariant(expr.operand, from))
    return genDiscriminant(gen, from, { variant: expr.operand.variant, spec: intSpec(to.name, pointerBits(gen)) });
  gen.value(expr.operand);
  if (from === to) return;
  const run = castRun(gen, from, to);
  if (run === undefined) return emitOpenType(gen, from.kind === "error" ? from : to, msg("a cast between these types is not evaluated"));
  emit(gen, (machine) => machine.push(run(machine.pop())));
}

function isUnitVariant(operand: Thir, { def }: Extract<Ty, { kind: "adt" }>): operand is Extract<Thir, { kind: "adt" }> {
  return operand.kind === "adt" && def.kind === "enum" && operand.fields.length === 0 && operand.base === undefined;
}

/**
 * `Enum::Variant as u8` asks for what is written for that variant only, so that others may be counted on from it
 * (rustc_mir_build 1.95, `mirror_expr_cast`).
 */
function genDiscriminant(
  gen: Gen,
  { def }: Extract<Ty, { kind: "adt" }>,
  { variant, spec }: { readonly variant: number; readonly spec: IntSpec },
): undefined {
  const { db } = gen;
  emit(gen, (machine) => {
    const discriminant = db.discriminantOf(def, variant);
    if (!discriminant.ok) throw new Halt(discriminant.error);
    machine.push(wrap(spec, discriminant.value));
  });
}

type CastRun = (value: Value) => Value;

/** What a cast between two types does; undefined for casts that are not evaluated. */
export function castRun(gen: Gen, from: Ty, to: Ty): CastRun | undefined {
  switch (to.kind) {
    case "int":
      return toInt(gen, from, intSpec(to.name, pointerBits(gen)));
    case "float":
      return toFloat(from, to.name);
    case "char":
      return from.kind === "int" || from.kind === "char" ? (value) => int(value) : undefined;
    case "bool":
      return from.kind === "bool" ? (value) => value : undefined;
    case "pointer":
      return toPointer(from, to);
    default:
      return undefined;
  }
}

function toInt(gen: Gen, from: Ty, spec: IntSpec): CastRun | undefined {
  switch (from.kind) {
    case "int":
    case "bool":
    case "char":
      return (value) => wrap(spec, int(value));
    case "float":
      return (value) => (typeof value === "number" ? floatToInt(spec, value) : halt(msg("uninitialized memory is read")));
    case "adt":
      return enumToInt(gen, from, spec);
    case "pointer":
    case "fnPtr":
    case "fnDef":
      return () => halt(msg("pointers cannot be cast to integers in a const"));
    default:
      return undefined;
  }
}

function enumToInt(gen: Gen, from: Extract<Ty, { kind: "adt" }>, spec: IntSpec): CastRun | undefined {
  if (from.def.kind !== "enum") return undefined;
  const { db } = gen;
  return (value) => {
    const discriminants = db.discriminantsOf(from.def);
    if (!discriminants.ok) throw new Halt(discriminants.error);
    const discriminant = isAggregate(value) ? discriminants.value[value.variant] : undefined;
    return discriminant === undefined ? halt(msg("this enum value has no discriminant")) : wrap(spec, discriminant);
  };
}

function toFloat(from: Ty, name: Extract<Ty, { kind: "float" }>["name"]): CastRun | undefined {
  if (!isSupported(name)) return undefined;
  if (from.kind === "float")
    return isSupported(from.name)
      ? (value) => (typeof value === "number" ? round(name, value) : halt(msg("uninitialized memory is read")))
      : undefined;
  return from.kind === "int" ? (value) => intToFloat(name, int(value)) : undefined;
}

function toPointer(from: Ty, to: Extract<Ty, { kind: "pointer" }>): CastRun | undefined {
  if (from.kind === "int") return (value) => addressPointer(int(value));
  if (from.kind !== "pointer" && from.kind !== "ref") return undefined;
  const source = from.target;
  return (value) => (isPointer(value) ? castPointer(value, source, to.target) : halt(msg("a value that is no pointer is cast to one")));
}
