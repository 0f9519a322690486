/**
 * Codegen: Thir → operations of the machine.
 *
 * Example: `x + 1` → push x; push 1; add checked in the type of x.
 *
 * Invariant: what inference left open fails only where the type is needed.
 */
import { msg } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import { genCall } from "./codegen-call.ts";
import { genConst } from "./codegen-const.ts";
import type { Gen } from "./codegen-context.ts";
import { emit, emitTrap, emitTrapMessage, jump, newLabel, setLabel, storeSlot, typeOf } from "./codegen-context.ts";
import { genControl } from "./codegen-control.ts";
import { fetchOf, genFetched } from "./codegen-fetch.ts";
import { genAssignOp, genBinary, genCast, genScalar, genUnary } from "./codegen-ops.ts";
import type { Matched } from "./codegen-pat.ts";
import { genPattern } from "./codegen-pat.ts";
import { genPlace } from "./codegen-place.ts";
import type { ConstDb } from "./const-db.ts";
import type { Code, Machine } from "./machine.ts";
import { bytesPointer, loadWindow, unsized, write } from "./memory.ts";
import type { Thir, TPat } from "./thir.ts";
import type { TypedBody } from "./typeck.ts";
import type { Value } from "./value.ts";
import { Aggregate, pointerTo, UNINIT, UNIT } from "./value.ts";

/** Code for a typed body of a definition. */
export function generate(db: ConstDb, owner: DefId, body: TypedBody): Code {
  const { thir, table } = body;
  const gen: Gen = {
    db,
    table,
    ops: [],
    ranges: [],
    slots: thir.locals,
    range: thir.body.range,
    breaks: new Map(),
    value: (expr) => genValue(gen, expr),
    place: (expr) => genPlace(gen, expr),
  };
  const params = thir.params.map((pattern) => ({ pattern, slot: 0 }));
  const prologue = gen.ops.length;
  // Arguments arrive in the last slots, whose numbers are known when the body is done.
  const shift = { base: 0 };
  for (const [i, param] of params.entries()) bindParam(gen, param.pattern, () => shift.base + i);
  genValue(gen, thir.body);
  emit(gen, (machine) => machine.return());
  shift.base = gen.slots;
  return { owner, ops: gen.ops.slice(prologue), ranges: gen.ranges, slots: gen.slots + params.length, params: params.length };
}

function bindParam(gen: Gen, pattern: TPat, slot: () => number): undefined {
  if (pattern.kind === "bind" && pattern.mode === "copy" && pattern.sub === undefined) {
    const { local } = pattern;
    emit(gen, ({ frame }) => frame.locals.set(local, frame.locals.get(slot())));
    return;
  }
  const fail = newLabel();
  const done = newLabel();
  const matched: Matched = { place: () => emit(gen, (machine) => machine.push(pointerTo(machine.frame.locals, slot()))), fail };
  genPattern(gen, pattern, matched);
  jump(gen, done);
  setLabel(gen, fail);
  emitTrapMessage(gen, msg("this parameter's pattern does not match"));
  setLabel(gen, done);
}

function genValue(gen: Gen, expr: Thir): undefined {
  const saved = gen.range;
  gen.range = expr.range;
  if (!genFetched(gen, expr)) genKind(gen, expr);
  gen.range = saved;
}

function genKind(gen: Gen, expr: Thir): undefined {
  switch (expr.kind) {
    case "scalar":
    case "float":
      return genScalar(gen, expr);
    case "bytes":
      return genBytes(gen, expr);
    case "zst":
      return genZst(gen);
    case "local":
      return genLocal(gen, expr.local);
    case "deref":
    case "field":
    case "index":
    case "staticItem":
      return genLoad(gen, expr);
    case "constItem":
    case "traitConst":
    case "primitiveConst":
    case "constArg":
    case "offsetOf":
      return genConst(gen, expr);
    case "unary":
      return genUnary(gen, expr);
    case "binary":
      return genBinary(gen, expr);
    case "cast":
      return genCast(gen, expr);
    default:
      return genCompound(gen, expr);
  }
}

function genCompound(gen: Gen, expr: Thir): undefined {
  switch (expr.kind) {
    case "ref":
      return gen.place(expr.operand);
    case "reborrow":
    case "neverToAny":
      return gen.value(expr.operand);
    case "unsize":
      gen.value(expr.operand);
      return emit(gen, (machine) => machine.push(unsized(machine.popPointer())));
    case "reify":
      return genReify(gen, expr);
    case "call":
      return genCall(gen, expr);
    case "adt":
      return genAdt(gen, expr);
    case "array":
      return genArray(gen, expr);
    case "repeat":
      return genRepeat(gen, expr);
    case "assign":
      return genAssign(gen, expr);
    case "assignOp":
      return genAssignOp(gen, expr);
    case "trap":
      return emitTrap(gen, expr.why);
    default:
      return genControl(gen, expr);
  }
}

function genZst(gen: Gen): undefined {
  emit(gen, (machine) => machine.push(UNIT));
}

function genBytes(gen: Gen, expr: Extract<Thir, { kind: "bytes" }>): undefined {
  const { bytes, isArray } = expr;
  // One allocation for all uses: literals are constants, nobody writes to them.
  const slice = bytesPointer(bytes);
  const pointer = isArray && slice.base !== undefined ? pointerTo(Aggregate.of([slice.base]), 0) : slice;
  emit(gen, (machine) => machine.push(pointer));
}

function genLocal(gen: Gen, local: number): undefined {
  emit(gen, (machine) => {
    const value = machine.frame.locals.get(local);
    machine.push(typeof value === "bigint" ? value : machine.copy(value));
  });
}

function genLoad(gen: Gen, expr: Thir): undefined {
  gen.place(expr);
  emit(gen, loadTop);
}

/** The pointer on top → a copy of what it points to. */
function loadTop(machine: Machine): undefined {
  const pointer = machine.popPointer();
  if (pointer.length === undefined && pointer.base !== undefined && pointer.index < pointer.base.length && pointer.index >= 0) {
    machine.push(machine.copy(pointer.base.get(pointer.index)));
    return;
  }
  machine.push(loadWindow(machine, pointer));
}

function genReify(gen: Gen, expr: Extract<Thir, { kind: "reify" }>): undefined {
  const ty = typeOf(gen, expr.operand.ty);
  gen.value(expr.operand);
  emit(gen, (machine) => {
    machine.pop();
    machine.push({ kind: "fn", ty });
  });
}

function genAdt(gen: Gen, expr: Extract<Thir, { kind: "adt" }>): undefined {
  const ty = typeOf(gen, expr.ty);
  const { fields, base, variant } = expr;
  for (const field of fields) gen.value(field.value);
  const isUnion = ty.kind === "adt" && ty.def.kind === "union";
  if (base !== undefined) return genWithBase(gen, expr, base);
  const inOrder = isUnion || fields.every((field, i) => field.index === i);
  emit(gen, (machine) => {
    const values = machine.popMany(fields.length);
    machine.push(Aggregate.of(inOrder ? values : ordered(values, fields), variant));
  });
}

function ordered(values: readonly Value[], fields: readonly { readonly index: number }[]): Value[] {
  const out: Value[] = Array.from({ length: values.length }, () => UNINIT);
  for (const [i, field] of fields.entries()) out[field.index] = values[i] ?? UNINIT;
  return out;
}

function genWithBase(gen: Gen, expr: Extract<Thir, { kind: "adt" }>, base: Thir): undefined {
  const { fields } = expr;
  gen.value(base);
  emit(gen, (machine) => {
    const whole = machine.pop();
    const values = machine.popMany(fields.length);
    if (whole instanceof Aggregate) for (const [i, field] of fields.entries()) whole.set(field.index, values[i] ?? UNINIT);
    machine.push(whole);
  });
}

function genArray(gen: Gen, expr: Extract<Thir, { kind: "array" }>): undefined {
  const { elements } = expr;
  const literals = literalArray(gen, elements);
  if (literals !== undefined) {
    emit(gen, (machine) => machine.push(machine.copy(literals)));
    return;
  }
  for (const element of elements) gen.value(element);
  emit(gen, (machine) => {
    machine.push(Aggregate.of(machine.popMany(elements.length)));
  });
}

/** A long list of integers is made once. */
function literalArray(gen: Gen, elements: readonly Thir[]): Aggregate | undefined {
  if (elements.length < 16) return undefined;
  const ty = typeOf(gen, elements[0]?.ty ?? gen.db.ty.interner.unit);
  const isPlain =
    ty.kind === "int" && elements.every((element) => element.kind === "scalar" && element.value >= 0n && element.value <= 127n);
  if (!isPlain) return undefined;
  return Aggregate.of(elements.map((element) => (element.kind === "scalar" ? element.value : 0n)));
}

function genRepeat(gen: Gen, expr: Extract<Thir, { kind: "repeat" }>): undefined {
  const ty = typeOf(gen, expr.ty);
  const length = ty.kind === "array" ? ty.length : undefined;
  if (length?.kind !== "value") {
    if (length?.kind === "error") return emitTrap(gen, length.why);
    return emitTrapMessage(gen, msg("the length of this array could not be worked out"));
  }
  const count = Number(length.value);
  gen.value(expr.element);
  emit(gen, (machine) => {
    const value = machine.pop();
    machine.push(Aggregate.repeat(value, count));
  });
}

function genAssign(gen: Gen, expr: Extract<Thir, { kind: "assign" }>): undefined {
  const { target, value } = expr;
  const fetched = target.kind === "local" ? fetchOf(gen, value, 0) : undefined;
  if (target.kind === "local" && fetched !== undefined) {
    const { local } = target;
    const { run, cost } = fetched;
    return emit(gen, (machine) => {
      machine.tick(cost);
      machine.frame.locals.set(local, run(machine));
      machine.push(UNIT);
    });
  }
  gen.value(value);
  if (target.kind === "local") {
    storeSlot(gen, target.local);
  } else {
    gen.place(target);
    emit(gen, (machine) => {
      const pointer = machine.popPointer();
      write(pointer, machine.pop());
    });
  }
  emit(gen, (machine) => machine.push(UNIT));
}
