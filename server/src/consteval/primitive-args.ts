/**
 * How built-in functions read their arguments and make their results.
 *
 * Invariant: an argument of another shape than the signature says is a bug of codegen and ends the run.
 */

import { msg } from "../base/message.ts";
import type { IntSpec } from "./int-ops.ts";
import { intSpec, specOf } from "./int-ops.ts";
import { bytesOf } from "./memory.ts";
import type { PrimitiveCall } from "./primitive-fn.ts";
import type { Pointer, Value } from "./value.ts";
import { Aggregate, isPointer, UNINIT, UNIT } from "./value.ts";

type Call = Pick<PrimitiveCall, "args" | "host" | "result">;

/** An integer, bool or char argument. */
export function int(call: Call, index: number): bigint {
  const value = call.args[index];
  if (typeof value === "bigint") return value;
  return call.host.panic(value === UNINIT ? msg("uninitialized memory is read") : msg("a pointer is used as a number"));
}

export function float(call: Call, index: number): number {
  const value = call.args[index];
  return typeof value === "number" ? value : call.host.panic(msg("a value that is no float is used as one"));
}

export function pointer(call: Call, index: number): Pointer {
  const value = call.args[index];
  return value !== undefined && isPointer(value) ? value : call.host.panic(msg("a value that is no pointer is used as one"));
}

export function bytes(call: Call, index: number): readonly number[] {
  return bytesOf(pointer(call, index));
}

export function any(call: Call, index: number): Value {
  return call.args[index] ?? UNIT;
}

export function bool(value: boolean): bigint {
  return value ? 1n : 0n;
}

/** `Some(value)` or `None` of the call's result type. */
export function option(call: Call, value: Value | undefined): Value {
  return value === undefined ? call.host.variant(call.result, "None", []) : call.host.variant(call.result, "Some", [value]);
}

export function pair(first: Value, second: Value): Value {
  return Aggregate.of([first, second]);
}

/** The unsigned integer as wide as the call's own. */
export function unsigned(call: Pick<PrimitiveCall, "int">): IntSpec {
  return specOf(call.int.bits, false);
}

/** The integer type of the call's result. */
export function resultInt(call: PrimitiveCall): IntSpec {
  return call.result.kind === "int" ? intSpec(call.result.name, call.host.db.target.pointerBits) : call.int;
}
