/**
 * Fetches: scalar expressions without calls and jumps as one JavaScript function each, instead of several operations on the
 * stack. Loops of const fns spend their time in these.
 *
 * Example: `(crc ^ bytes[i] as u32) & 0xff` is one fetch over the locals crc, bytes and i.
 *
 * Invariants: a fetch has the same value, and ends the run in the same cases, as the operations it stands for; `cost` counts as
 * many steps; nesting is bounded, so that fetches never use up the host's stack.
 */
import { isMessage, msg } from "../base/message.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { Gen } from "./codegen-context.ts";
import { emit, typeOf } from "./codegen-context.ts";
import { binaryRun, castRun, scalarValue, unaryRun } from "./codegen-ops.ts";
import type { Machine } from "./machine.ts";
import { halt } from "./machine.ts";
import { elementsAt, read } from "./memory.ts";
import type { Thir } from "./thir.ts";
import type { Value } from "./value.ts";
import { isAggregate, isPointer, UNINIT } from "./value.ts";

export interface Fetch {
  readonly run: (machine: Machine) => Value;
  /** How many expressions it is made of. */
  readonly cost: number;
}

const MAX_DEPTH = 24;

/** Emits a fetch of an expression if it is one of several parts; false if it is not. */
export function genFetched(gen: Gen, expr: Thir): boolean {
  if (expr.kind !== "binary" && expr.kind !== "unary" && expr.kind !== "cast" && expr.kind !== "index" && expr.kind !== "field")
    return false;
  const fetched = fetchOf(gen, expr, 0);
  if (fetched === undefined) return false;
  const { run, cost } = fetched;
  emit(gen, (machine) => {
    machine.tick(cost);
    machine.push(run(machine));
  });
  return true;
}

/** The function that computes a scalar expression; undefined for all others. */
export function fetchOf(gen: Gen, expr: Thir, depth: number): Fetch | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (expr.kind) {
    case "scalar": {
      const value = scalarValue(gen, expr, typeOf(gen, expr.ty));
      return isMessage(value) ? undefined : { run: () => value, cost: 1 };
    }
    case "local": {
      const { local } = expr;
      return isScalarTy(typeOf(gen, expr.ty)) ? { run: (machine) => machine.frame.locals.get(local), cost: 1 } : undefined;
    }
    case "unary":
    case "cast":
      return fetchUnary(gen, expr, depth);
    case "binary":
      return fetchBinary(gen, expr, depth);
    case "index":
      return fetchElement(gen, expr, depth);
    case "field":
      return fetchField(gen, expr);
    default:
      return undefined;
  }
}

function isScalarTy(ty: Ty): boolean {
  return ty.kind === "int" || ty.kind === "bool" || ty.kind === "char";
}

function fetchUnary(gen: Gen, expr: Extract<Thir, { kind: "unary" | "cast" }>, depth: number): Fetch | undefined {
  const to = typeOf(gen, expr.ty);
  const from = typeOf(gen, expr.operand.ty);
  if (!isScalarTy(to) || !isScalarTy(from)) return undefined;
  const operand = fetchOf(gen, expr.operand, depth + 1);
  const apply = expr.kind === "unary" ? unaryRun(gen, expr.op, to) : from === to ? (value: Value): Value => value : castRun(gen, from, to);
  if (operand === undefined || apply === undefined) return undefined;
  const { run, cost } = operand;
  return { run: (machine) => apply(run(machine)), cost: cost + 1 };
}

function fetchBinary(gen: Gen, expr: Extract<Thir, { kind: "binary" }>, depth: number): Fetch | undefined {
  const ty = typeOf(gen, expr.left.ty);
  if (!isScalarTy(ty)) return undefined;
  const left = fetchOf(gen, expr.left, depth + 1);
  const right = left === undefined ? undefined : fetchOf(gen, expr.right, depth + 1);
  const apply = binaryRun(gen, expr.op, ty);
  if (left === undefined || right === undefined || apply === undefined) return undefined;
  const [a, b] = [left.run, right.run];
  return { run: (machine) => apply(a(machine), b(machine)), cost: left.cost + right.cost + 1 };
}

/** `local[index]` and `(*local)[index]` */
function fetchElement(gen: Gen, expr: Extract<Thir, { kind: "index" }>, depth: number): Fetch | undefined {
  if (!isScalarTy(typeOf(gen, expr.ty))) return undefined;
  const { operand } = expr;
  const index = fetchOf(gen, expr.index, depth + 1);
  const isBehind = operand.kind === "deref";
  const place = isBehind ? operand.operand : operand;
  if (index === undefined || place.kind !== "local") return undefined;
  const { local } = place;
  const { run, cost } = index;
  return { run: (machine) => elementOf(machine.frame.locals.get(local), run(machine), isBehind), cost: cost + 2 };
}

function elementOf(from: Value, index: Value, isBehind: boolean): Value {
  if (typeof index !== "bigint") return halt(index === UNINIT ? msg("uninitialized memory is read") : msg("a pointer is used as a number"));
  if (isBehind) {
    if (!isPointer(from) || from.stored !== undefined) return halt(msg("memory is looked at as another type"));
    const { base, index: start, length } = elementsAt(from);
    return index < BigInt(length) ? base.get(start + Number(index)) : outOfBounds(length, index);
  }
  if (!isAggregate(from)) return halt(from === UNINIT ? msg("uninitialized memory is read") : msg("memory of another type is read"));
  return index < BigInt(from.length) ? from.get(Number(index)) : outOfBounds(from.length, index);
}

function outOfBounds(length: number, index: bigint): never {
  return halt(msg("index out of bounds: the length is {length} but the index is {index}", { length, index }));
}

/** `local.field` and `(*local).field` of structs and tuples */
function fetchField(gen: Gen, expr: Extract<Thir, { kind: "field" }>): Fetch | undefined {
  const owner = typeOf(gen, expr.operand.ty);
  const isUnion = owner.kind === "adt" && owner.def.kind === "union";
  if (isUnion || !isScalarTy(typeOf(gen, expr.ty))) return undefined;
  const { operand, index } = expr;
  const isBehind = operand.kind === "deref";
  const place = isBehind ? operand.operand : operand;
  if (place.kind !== "local") return undefined;
  const { local } = place;
  return { run: (machine) => fieldOf(machine.frame.locals.get(local), index, isBehind), cost: 2 };
}

function fieldOf(from: Value, index: number, isBehind: boolean): Value {
  if (isBehind && (!isPointer(from) || from.stored !== undefined)) return halt(msg("memory is looked at as another type"));
  const owner = isBehind && isPointer(from) ? read(from) : from;
  if (!isAggregate(owner)) return halt(owner === UNINIT ? msg("uninitialized memory is read") : msg("memory of another type is read"));
  return owner.get(index);
}
