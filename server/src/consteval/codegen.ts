/**
 * Codegen: Thir → operations of the machine.
 *
 * Example: `x + 1` → push x; push 1; add checked in the type of x.
 *
 * Invariant: what inference left open fails only where the type is needed.
 */
import type { DefId } from "../hir-def/def-id.ts";
import { genCall } from "./codegen-call.ts";
import { genConst } from "./codegen-const.ts";
import type { Gen } from "./codegen-context.ts";
import { emit, emitTrap, emitTrapMessage, jump, jumpIfFalse, newLabel, newSlot, setLabel, storeSlot, typeOf } from "./codegen-context.ts";
import { genAssignOp, genBinary, genCast, genScalar, genUnary } from "./codegen-ops.ts";
import type { Matched } from "./codegen-pat.ts";
import { genPattern } from "./codegen-pat.ts";
import { genPlace, isPlace } from "./codegen-place.ts";
import type { ConstDb } from "./const-db.ts";
import type { Code, Machine } from "./machine.ts";
import { bytesPointer, loadWindow, unsized, write } from "./memory.ts";
import type { JumpTarget, Thir, ThirStatement, TPat } from "./thir.ts";
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
  emitTrapMessage(gen, "this parameter's pattern does not match");
  setLabel(gen, done);
}

function genValue(gen: Gen, expr: Thir): undefined {
  const saved = gen.range;
  gen.range = expr.range;
  genKind(gen, expr);
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
    case "logic":
      return genLogic(gen, expr);
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

function genControl(gen: Gen, expr: Thir): undefined {
  switch (expr.kind) {
    case "block":
      return genBlock(gen, expr);
    case "if":
      return genIf(gen, expr);
    case "let":
      return genLetValue(gen, expr);
    case "match":
      return genMatch(gen, expr);
    case "loop":
      return genLoop(gen, expr);
    case "break":
      return genBreak(gen, expr);
    case "continue":
      return genJump(gen, expr.target, "continueTo");
    case "return":
      if (expr.value === undefined) emit(gen, (machine) => machine.push(UNIT));
      else gen.value(expr.value);
      return emit(gen, (machine) => machine.return());
    default:
      return emitTrapMessage(gen, "an expression of this form is not evaluated");
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

function genLogic(gen: Gen, expr: Extract<Thir, { kind: "logic" }>): undefined {
  const otherwise = newLabel();
  const done = newLabel();
  const isAnd = expr.op === "&&";
  gen.value(expr.left);
  emit(gen, (machine) => {
    if ((machine.popInt() === 0n) === isAnd) machine.frame.pc = otherwise.at;
  });
  gen.value(expr.right);
  jump(gen, done);
  setLabel(gen, otherwise);
  emit(gen, (machine) => machine.push(isAnd ? 0n : 1n));
  setLabel(gen, done);
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
    machine.charge(values.length);
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
    machine.charge(elements.length);
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
    return emitTrapMessage(gen, "the length of this array could not be worked out");
  }
  const count = Number(length.value);
  gen.value(expr.element);
  emit(gen, (machine) => {
    const value = machine.pop();
    machine.charge(1);
    machine.push(Aggregate.repeat(value, count));
  });
}

function genAssign(gen: Gen, expr: Extract<Thir, { kind: "assign" }>): undefined {
  gen.value(expr.value);
  const { target } = expr;
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

function genBlock(gen: Gen, expr: Extract<Thir, { kind: "block" }>): undefined {
  const { target } = expr;
  const done = newLabel();
  if (target !== undefined) openTarget(gen, target, { breakTo: done, continueTo: undefined });
  for (const statement of expr.statements) genStatement(gen, statement);
  if (expr.tail === undefined) emit(gen, (machine) => machine.push(UNIT));
  else gen.value(expr.tail);
  setLabel(gen, done);
}

function genStatement(gen: Gen, statement: ThirStatement): undefined {
  if (statement.kind === "expr") {
    gen.value(statement.expr);
    emit(gen, (machine) => {
      machine.pop();
    });
    return;
  }
  const { pattern, value, otherwise } = statement;
  if (value === undefined) return clearLocals(gen, pattern);
  if (pattern.kind === "bind" && pattern.mode === "copy" && pattern.sub === undefined) {
    gen.value(value);
    return storeSlot(gen, pattern.local);
  }
  const fail = newLabel();
  const done = newLabel();
  const slot = genScrutinee(gen, value);
  genPattern(gen, pattern, { place: () => emit(gen, (machine) => machine.push(machine.frame.locals.get(slot))), fail });
  jump(gen, done);
  setLabel(gen, fail);
  if (otherwise === undefined) emitTrapMessage(gen, "this pattern does not match");
  else gen.value(otherwise);
  setLabel(gen, done);
}

function clearLocals(gen: Gen, pattern: TPat): undefined {
  if (pattern.kind !== "bind") return;
  const { local } = pattern;
  emit(gen, ({ frame }) => frame.locals.set(local, UNINIT));
}

/** Evaluates what a pattern is matched with and keeps a pointer to it in a slot. */
function genScrutinee(gen: Gen, value: Thir): number {
  const slot = newSlot(gen);
  if (isPlace(value)) gen.place(value);
  else {
    gen.value(value);
    emit(gen, (machine) => machine.push(pointerTo(Aggregate.of([machine.pop()]), 0)));
  }
  storeSlot(gen, slot);
  return slot;
}

/** Jumps if a condition is false; the names its `let`s bind are set when it is true. */
function genCondition(gen: Gen, condition: Thir, otherwise: { at: number }): undefined {
  if (condition.kind === "logic" && condition.op === "&&") {
    genCondition(gen, condition.left, otherwise);
    genCondition(gen, condition.right, otherwise);
  } else if (condition.kind === "let") {
    const slot = genScrutinee(gen, condition.value);
    genPattern(gen, condition.pattern, {
      place: () => emit(gen, (machine) => machine.push(machine.frame.locals.get(slot))),
      fail: otherwise,
    });
  } else {
    gen.value(condition);
    jumpIfFalse(gen, otherwise);
  }
}

function genLetValue(gen: Gen, expr: Thir): undefined {
  const otherwise = newLabel();
  const done = newLabel();
  genCondition(gen, expr, otherwise);
  emit(gen, (machine) => machine.push(1n));
  jump(gen, done);
  setLabel(gen, otherwise);
  emit(gen, (machine) => machine.push(0n));
  setLabel(gen, done);
}

function genIf(gen: Gen, expr: Extract<Thir, { kind: "if" }>): undefined {
  const otherwise = newLabel();
  const done = newLabel();
  genCondition(gen, expr.condition, otherwise);
  gen.value(expr.thenBranch);
  jump(gen, done);
  setLabel(gen, otherwise);
  if (expr.elseBranch === undefined) emit(gen, (machine) => machine.push(UNIT));
  else gen.value(expr.elseBranch);
  setLabel(gen, done);
}

function genMatch(gen: Gen, expr: Extract<Thir, { kind: "match" }>): undefined {
  const slot = genScrutinee(gen, expr.scrutinee);
  const done = newLabel();
  for (const arm of expr.arms) {
    const next = newLabel();
    genPattern(gen, arm.pattern, { place: () => emit(gen, (machine) => machine.push(machine.frame.locals.get(slot))), fail: next });
    if (arm.guard !== undefined) genCondition(gen, arm.guard, next);
    gen.value(arm.body);
    jump(gen, done);
    setLabel(gen, next);
  }
  emitTrapMessage(gen, "no arm of this `match` fits");
  setLabel(gen, done);
}

function openTarget(
  gen: Gen,
  target: JumpTarget,
  labels: { readonly breakTo: { at: number }; readonly continueTo: { at: number } | undefined },
): undefined {
  const slot = gen.breaks.size;
  gen.breaks.set(target.id, { ...labels, slot });
  emit(gen, (machine) => {
    machine.frame.marks[slot] = machine.stack.length;
  });
}

function genLoop(gen: Gen, expr: Extract<Thir, { kind: "loop" }>): undefined {
  const start = newLabel();
  const done = newLabel();
  const finished = newLabel();
  openTarget(gen, expr.target, { breakTo: done, continueTo: start });
  setLabel(gen, start);
  if (expr.condition !== undefined) genCondition(gen, expr.condition, finished);
  gen.value(expr.body);
  emit(gen, (machine) => {
    machine.pop();
    machine.frame.pc = start.at;
  });
  setLabel(gen, finished);
  emit(gen, (machine) => machine.push(UNIT));
  setLabel(gen, done);
}

function genBreak(gen: Gen, expr: Extract<Thir, { kind: "break" }>): undefined {
  if (expr.value === undefined) emit(gen, (machine) => machine.push(UNIT));
  else gen.value(expr.value);
  genJump(gen, expr.target, "breakTo");
}

/** Leaves to a target: what half-done expressions left on the stack is dropped. */
function genJump(gen: Gen, target: JumpTarget, which: "breakTo" | "continueTo"): undefined {
  const known = gen.breaks.get(target.id);
  const label = known?.[which];
  if (known === undefined || label === undefined) return emitTrapMessage(gen, "this jump has no target");
  const { slot } = known;
  emit(gen, (machine) => {
    const value = which === "breakTo" ? machine.pop() : undefined;
    machine.stack.length = machine.frame.marks[slot] ?? 0;
    if (value !== undefined) machine.push(value);
    machine.frame.pc = label.at;
  });
}
