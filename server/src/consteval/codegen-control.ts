/**
 * Code for control flow: blocks and `let`, conditions, `match`, loops and jumps.
 *
 * Example: `while c { b }` → start: jump to the end if c is false; b; back to start.
 *
 * Invariant: a jump out of a half-done expression drops what that left on the stack.
 */

import { msg } from "../base/message.ts";
import type { Gen, Label } from "./codegen-context.ts";
import { emit, emitTrapMessage, jump, jumpIfFalse, newLabel, newSlot, setLabel, storeSlot } from "./codegen-context.ts";
import { fetchOf } from "./codegen-fetch.ts";
import { genPattern } from "./codegen-pat.ts";
import { isPlace } from "./codegen-place.ts";
import { halt } from "./machine.ts";
import type { JumpTarget, Thir, ThirStatement, TPat } from "./thir.ts";
import { Aggregate, pointerTo, UNINIT, UNIT } from "./value.ts";

/** Expressions that decide what runs next. */
export function genControl(gen: Gen, expr: Thir): undefined {
  switch (expr.kind) {
    case "logic":
      return genLogic(gen, expr);
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
      return emitTrapMessage(gen, msg("an expression of this form is not evaluated"));
  }
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
  if (otherwise === undefined) emitTrapMessage(gen, msg("this pattern does not match"));
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
function genCondition(gen: Gen, condition: Thir, otherwise: Label): undefined {
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
    genTest(gen, condition, otherwise);
  }
}

/** Jumps if a plain condition is false. */
function genTest(gen: Gen, condition: Thir, otherwise: Label): undefined {
  const fetched = fetchOf(gen, condition, 0);
  if (fetched === undefined) {
    gen.value(condition);
    return jumpIfFalse(gen, otherwise);
  }
  const { run, cost } = fetched;
  emit(gen, (machine) => {
    machine.tick(cost);
    const value = run(machine);
    if (typeof value !== "bigint") halt(msg("uninitialized memory is read"));
    if (value === 0n) machine.frame.pc = otherwise.at;
  });
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
  emitTrapMessage(gen, msg("no arm of this `match` fits"));
  setLabel(gen, done);
}

function openTarget(gen: Gen, target: JumpTarget, labels: { readonly breakTo: Label; readonly continueTo: Label | undefined }): undefined {
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
  if (known === undefined || label === undefined) return emitTrapMessage(gen, msg("this jump has no target"));
  const { slot } = known;
  emit(gen, (machine) => {
    const value = which === "breakTo" ? machine.pop() : undefined;
    machine.stack.length = machine.frame.marks[slot] ?? 0;
    if (value !== undefined) machine.push(value);
    machine.frame.pc = label.at;
  });
}
