/**
 * Gen: the state of turning one Thir body into operations, and the small things all parts of codegen do.
 *
 * Invariants: `value` leaves exactly one value on the stack, `place` exactly one pointer; jumps go through labels that are set
 * once, before the code runs.
 */
import type { Message } from "../base/message.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { GenericArgs, Ty } from "../hir-ty/ty.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { ConstDb } from "./const-db.ts";
import type { InferTable } from "./infer-table.ts";
import type { Machine, Op } from "./machine.ts";
import { Halt } from "./machine.ts";
import type { Thir } from "./thir.ts";

/** A place in the code, known once `place`d. */
export interface Label {
  at: number;
}

export interface Gen {
  readonly db: ConstDb;
  readonly table: InferTable;
  readonly ops: Op[];
  readonly ranges: RelRange[];
  slots: number;
  range: RelRange;
  readonly breaks: Map<number, { readonly breakTo: Label; readonly continueTo: Label | undefined; readonly slot: number }>;
  readonly value: (expr: Thir) => undefined;
  readonly place: (expr: Thir) => undefined;
}

export function emit(gen: Gen, op: Op): undefined {
  gen.ops.push(op);
  gen.ranges.push(gen.range);
}

export function newLabel(): Label {
  return { at: -1 };
}

export function setLabel(gen: Gen, label: Label): undefined {
  label.at = gen.ops.length;
}

export function jump(gen: Gen, label: Label): undefined {
  emit(gen, (machine) => {
    machine.frame.pc = label.at;
  });
}

/** Pops a bool; goes on if it is true. */
export function jumpIfFalse(gen: Gen, label: Label): undefined {
  emit(gen, (machine) => {
    if (machine.popInt() === 0n) machine.frame.pc = label.at;
  });
}

export function newSlot(gen: Gen): number {
  gen.slots += 1;
  return gen.slots - 1;
}

/** The run ends here. */
export function emitTrap(gen: Gen, why: Unknown): undefined {
  emit(gen, () => {
    throw new Halt(why);
  });
}

/** The run ends here, because a type could not be worked out: for the type's own reason if it has one. */
export function emitOpenType(gen: Gen, ty: Ty, message: Message): undefined {
  return ty.kind === "error" ? emitTrap(gen, ty.why) : emitTrapMessage(gen, message);
}

export function emitTrapMessage(gen: Gen, message: Message): undefined {
  emitTrap(gen, { kind: "constNotEvaluated", message, culprit: undefined });
}

/** A type with everything that inference found. */
export function typeOf(gen: Gen, ty: Ty): Ty {
  const known = gen.table.resolve(ty);
  return known.flags.hasProjection && !known.flags.hasInfer ? gen.db.ty.normalize(known, { id: "", predicates: [] }) : known;
}

export function argsOf(gen: Gen, args: GenericArgs): GenericArgs {
  return gen.table.resolveArgs(args);
}

/** Pops the value on top into a slot. */
export function storeSlot(gen: Gen, slot: number): undefined {
  emit(gen, (machine: Machine) => {
    machine.frame.locals.set(slot, machine.pop());
  });
}
