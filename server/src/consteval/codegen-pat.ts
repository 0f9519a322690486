/**
 * Code for patterns: tests that jump to a label when they fail, and bindings.
 *
 * Example: `Some(x @ 1..=9)` → is the variant Some; is the field in 1..=9; copy the field to x.
 *
 * Invariant: `place` may run several times; it has no effect but pushing a pointer.
 */
import { msg } from "../base/message.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { Gen, Label } from "./codegen-context.ts";
import { emit, emitTrap, emitTrapMessage, jump, jumpIfFalse, newLabel, setLabel, storeSlot, typeOf } from "./codegen-context.ts";
import { compare } from "./int-ops.ts";
import type { Machine } from "./machine.ts";
import { halt } from "./machine.ts";
import { aggregateAt, elementPlace, elementsAt, fieldPlace, loadWindow, read, sameValue } from "./memory.ts";
import type { Thir, TPat } from "./thir.ts";
import type { Value } from "./value.ts";
import { isPointer, slicePointer } from "./value.ts";

export interface Matched {
  /** Emits code that pushes a pointer to what is matched. */
  readonly place: () => undefined;
  readonly fail: Label;
}

export function genPattern(gen: Gen, pattern: TPat, matched: Matched): undefined {
  const saved = gen.range;
  gen.range = pattern.range;
  genKind(gen, pattern, matched);
  gen.range = saved;
}

function genKind(gen: Gen, pattern: TPat, matched: Matched): undefined {
  switch (pattern.kind) {
    case "wildcard":
      return;
    case "trap":
      return emitTrap(gen, pattern.why);
    case "bind":
      return genBind(gen, pattern, matched);
    case "deref":
      return genPattern(gen, pattern.sub, { ...matched, place: () => derefPlace(gen, matched) });
    case "fields":
      return genFields(gen, pattern, matched);
    case "value":
      return genValueTest(gen, pattern.value, matched);
    case "range":
      return genRange(gen, pattern, matched);
    case "slice":
      return genSlice(gen, pattern, matched);
    case "or":
      return genOr(gen, pattern, matched);
  }
}

function derefPlace(gen: Gen, matched: Matched): undefined {
  matched.place();
  emit(gen, (machine) => {
    const pointer = read(machine.popPointer());
    if (!isPointer(pointer)) halt(msg("a value that is no pointer is dereferenced"));
    machine.push(pointer);
  });
}

function load(machine: Machine): Value {
  const pointer = machine.popPointer();
  return pointer.length === undefined ? machine.copy(read(pointer)) : loadWindow(machine, pointer);
}

function genBind(gen: Gen, pattern: Extract<TPat, { kind: "bind" }>, matched: Matched): undefined {
  if (pattern.sub !== undefined) genPattern(gen, pattern.sub, matched);
  matched.place();
  if (pattern.mode === "copy") emit(gen, (machine) => machine.push(load(machine)));
  storeSlot(gen, pattern.local);
}

function genFields(gen: Gen, pattern: Extract<TPat, { kind: "fields" }>, matched: Matched): undefined {
  const { variant } = pattern;
  if (variant !== undefined) {
    matched.place();
    emit(gen, (machine) => {
      if (aggregateAt(machine.popPointer()).variant !== variant) machine.frame.pc = matched.fail.at;
    });
  }
  for (const { index, pattern: sub } of pattern.fields) {
    const place = (): undefined => {
      matched.place();
      emit(gen, (machine) => machine.push(fieldPlace(machine.popPointer(), index)));
    };
    genPattern(gen, sub, { ...matched, place });
  }
}

function genValueTest(gen: Gen, value: Thir, matched: Matched): undefined {
  matched.place();
  gen.value(value);
  emit(gen, (machine) => {
    const wanted = machine.pop();
    const pointer = machine.popPointer();
    machine.push(sameValue(read(pointer), wanted) ? 1n : 0n);
  });
  jumpIfFalse(gen, matched.fail);
}

function isOrdered(ty: Ty): boolean {
  return ty.kind === "int" || ty.kind === "char" || ty.kind === "float";
}

function genRange(gen: Gen, pattern: Extract<TPat, { kind: "range" }>, matched: Matched): undefined {
  if (!isOrdered(typeOf(gen, pattern.ty))) return emitTrapMessage(gen, msg("the type of this range could not be worked out"));
  const test = (bound: Thir | undefined, op: ">=" | "<=" | "<"): undefined => {
    if (bound === undefined) return;
    matched.place();
    gen.value(bound);
    emit(gen, (machine) => {
      const limit = machine.pop();
      const value = read(machine.popPointer());
      const isScalar = (v: Value): v is bigint | number => typeof v === "bigint" || typeof v === "number";
      machine.push(isScalar(value) && isScalar(limit) && compare(op, value, limit) ? 1n : 0n);
    });
    jumpIfFalse(gen, matched.fail);
  };
  test(pattern.from, ">=");
  test(pattern.to, pattern.inclusive ? "<=" : "<");
}

function genSlice(gen: Gen, pattern: Extract<TPat, { kind: "slice" }>, matched: Matched): undefined {
  const { prefix, suffix, rest, hasRest } = pattern;
  const taken = prefix.length + suffix.length;
  matched.place();
  emit(gen, (machine) => {
    const { length } = elementsAt(machine.popPointer());
    if (hasRest ? length < taken : length !== taken) machine.frame.pc = matched.fail.at;
  });
  const element = (sub: TPat, index: (length: number) => number): undefined => {
    const place = (): undefined => {
      matched.place();
      emit(gen, (machine) => {
        const pointer = machine.popPointer();
        machine.push(elementPlace(pointer, BigInt(index(elementsAt(pointer).length))));
      });
    };
    genPattern(gen, sub, { ...matched, place });
  };
  for (const [i, sub] of prefix.entries()) element(sub, () => i);
  if (rest !== undefined) genPattern(gen, rest, { ...matched, place: () => restPlace(gen, pattern, matched) });
  for (const [i, sub] of suffix.entries()) element(sub, (length) => length - suffix.length + i);
}

/** The elements between prefix and suffix. */
function restPlace(gen: Gen, pattern: Extract<TPat, { kind: "slice" }>, matched: Matched): undefined {
  const { prefix, suffix } = pattern;
  matched.place();
  emit(gen, (machine) => {
    const { base, index, length } = elementsAt(machine.popPointer());
    machine.push(slicePointer(base, index + prefix.length, length - prefix.length - suffix.length));
  });
}

function genOr(gen: Gen, pattern: Extract<TPat, { kind: "or" }>, matched: Matched): undefined {
  const done = newLabel();
  for (const alternative of pattern.alternatives) {
    const next = newLabel();
    genPattern(gen, alternative, { ...matched, fail: next });
    jump(gen, done);
    setLabel(gen, next);
  }
  jump(gen, matched.fail);
  setLabel(gen, done);
}
