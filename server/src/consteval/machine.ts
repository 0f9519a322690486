/**
 * Machine: runs code. It has its own stack of frames, so that deep recursion of const fns never uses the host's stack.
 *
 * Invariants: deterministic; every operation counts as a step, every cell of memory made is counted; the first thing that cannot
 * be done ends the run with `Halt`, which only eval.ts catches.
 * Source of limits: rustc's `recursion_limit` (128 frames by default) and its `long_running_const_eval` lint.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import { english } from "../base/words.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { GenericArgs } from "../hir-ty/ty.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { ConstDb } from "./const-db.ts";
import type { PrimitiveHost } from "./primitive-fn.ts";
import type { Pointer, Value } from "./value.ts";
import { Aggregate, copyValue, isPointer, meter, UNINIT } from "./value.ts";

/** The end of a run that has no value. `why.culprit` is filled in from the running code where it is missing. */
export class Halt extends Error {
  readonly why: Unknown;
  constructor(why: Unknown) {
    super(english(why.message));
    this.why = why;
  }
}

/** Ends the run at the place of the running operation. */
export function halt(message: Message): never {
  throw new Halt({ kind: "constNotEvaluated", message, culprit: undefined });
}

export type Op = (machine: Machine) => void;

/** A body's operations; `ranges` has the place of each in the owner's unit. */
export interface Code {
  readonly owner: DefId;
  readonly ops: readonly Op[];
  readonly ranges: readonly RelRange[];
  /** Slots for parameters, locals and temporaries. */
  readonly slots: number;
  readonly params: number;
}

export interface Limits {
  readonly steps: number;
  /** Cells of aggregates made. */
  readonly cells: number;
  /** Active calls of const fns. */
  readonly frames: number;
}

export interface Frame {
  readonly code: Code;
  pc: number;
  readonly locals: Aggregate;
  /** Height of the operand stack below this frame. */
  readonly base: number;
  /** Heights at the targets of `break` and `continue`. */
  readonly marks: number[];
  /** Calls below, counted from the const that is being evaluated. */
  readonly depth: number;
  readonly onReturn: ((value: Value) => void) | undefined;
}

/** What outlives a run's frames: code, values of consts and statics that were needed. */
export interface Session {
  readonly db: ConstDb;
  readonly limits: Limits;
  readonly codeOf: (def: DefId, args: GenericArgs) => Code;
  readonly consts: Map<string, Value>;
  readonly statics: Map<DefId, Aggregate>;
  /** Consts under evaluation inside this run. */
  readonly active: Set<string>;
  /** How many evaluations are under way on the host's stack. */
  readonly nesting: number;
  readonly host: PrimitiveHost;
}

export class Machine {
  readonly session: Session;
  readonly stack: Value[] = [];
  readonly #frames: Frame[] = [];
  readonly #cellsBefore = meter.cells;
  #steps = 0;
  frame: Frame;

  constructor(session: Session, code: Code) {
    this.session = session;
    this.frame = newFrame(code, { base: 0, depth: 0, onReturn: undefined });
    this.#frames.push(this.frame);
  }

  get steps(): number {
    return this.#steps;
  }

  /** Runs until the first frame returns. */
  run(): Value {
    const { steps: limit, cells: cellLimit } = this.session.limits;
    while (this.#frames.length > 0) {
      const { frame } = this;
      const op = frame.code.ops[frame.pc++];
      if (op === undefined) halt(msg("the end of this body was passed"));
      this.#steps += 1;
      const cells = meter.cells - this.#cellsBefore;
      // Memory costs time too.
      if (this.#steps + cells > limit) halt(msg("evaluating this takes too many steps"));
      if (cells > cellLimit) halt(msg("evaluating this takes too much memory"));
      op(this);
    }
    return this.pop();
  }

  /** Counts steps of an operation that does several things. */
  tick(steps: number): void {
    this.#steps += steps;
  }

  push(value: Value): void {
    this.stack.push(value);
  }

  pop(): Value {
    const value = this.stack.pop();
    if (value === undefined) halt(msg("this expression has no value"));
    return value;
  }

  popInt(): bigint {
    const value = this.pop();
    if (typeof value !== "bigint") halt(value === UNINIT ? msg("uninitialized memory is read") : msg("a pointer is used as a number"));
    return value;
  }

  popPointer(): Pointer {
    const value = this.pop();
    if (!isPointer(value)) halt(msg("a value that is no pointer is dereferenced"));
    return value;
  }

  /** The values on top, the last one pushed last. */
  popMany(count: number): Value[] {
    const { stack } = this;
    if (count === 1) return [this.pop()];
    const values = stack.slice(stack.length - count);
    stack.length -= count;
    return count === 0 ? [] : values;
  }

  copy(value: Value): Value {
    return copyValue(value);
  }

  /** Enters a fn: its arguments lie in the first slots behind the body's own. */
  call(code: Code, args: readonly Value[]): void {
    const depth = this.frame.depth + 1;
    if (depth >= this.session.limits.frames) halt(msg("const fn calls nest too deeply"));
    this.#enter(code, args, { base: this.stack.length, depth, onReturn: undefined });
  }

  /** Evaluates a const's body in a frame of its own; its value is handed to `onReturn` and pushed. */
  enterConst(code: Code, onReturn: (value: Value) => void): void {
    if (this.#frames.length > MAX_FRAMES) halt(msg("consts depend on each other too deeply"));
    this.#enter(code, [], { base: this.stack.length, depth: 0, onReturn });
  }

  #enter(code: Code, args: readonly Value[], how: Pick<Frame, "base" | "depth" | "onReturn">): void {
    this.#steps += CALL_STEPS;
    this.frame = newFrame(code, how);
    const first = code.slots - code.params;
    for (let i = 0; i < args.length; i++) this.frame.locals.set(first + i, args[i] ?? UNINIT);
    this.#frames.push(this.frame);
  }

  return(): void {
    const value = this.pop();
    const left = this.#frames.pop();
    this.stack.length = left?.base ?? 0;
    this.stack.push(value);
    left?.onReturn?.(value);
    const top = this.#frames.at(-1);
    if (top !== undefined) this.frame = top;
  }

  /** Where the run is: for the culprit of a `Halt`. */
  get place(): { readonly owner: DefId; readonly range: RelRange | undefined } {
    const { code, pc } = this.frame;
    return { owner: code.owner, range: code.ranges[pc - 1] };
  }
}

/** Frames of consts in consts; far more than any program, far less than memory. */
const MAX_FRAMES = 20_000;

/** What entering a frame costs, in steps. */
const CALL_STEPS = 10;

function newFrame(code: Code, how: Pick<Frame, "base" | "depth" | "onReturn">): Frame {
  const { base, depth, onReturn } = how;
  return { code, pc: 0, locals: Aggregate.of(new Array<Value>(code.slots).fill(UNINIT)), marks: [], base, depth, onReturn };
}
