/**
 * Built-in functions of slices, arrays and raw pointers.
 *
 * Example: `[1, 2, 3].split_at(1)` is a pair of windows on the same memory.
 *
 * Source: core::slice, core::array, core::ptr of Rust 1.95, checked against rustc (test/consteval).
 */
import { msg } from "../base/message.ts";
import { elementPlace, elementsAt, read, unsized, write } from "./memory.ts";
import { any, bool, int, option, pair, pointer } from "./primitive-args.ts";
import type { PrimitiveCall, PrimitiveFn, PrimitiveRow } from "./primitive-fn.ts";
import { primitiveTable } from "./primitive-fn.ts";
import { castPointer, typed } from "./reinterpret.ts";
import type { Pointer, Value } from "./value.ts";
import { Aggregate, addressPointer, copyValue, isAggregate, pointerTo, slicePointer, UNIT } from "./value.ts";

function lengthOf(call: PrimitiveCall): number {
  return elementsAt(pointer(call, 0)).length;
}

/** A part of the slice; undefined if it does not lie inside. */
function part(call: PrimitiveCall, from: bigint, to: bigint): Pointer | undefined {
  const { base, index, length } = elementsAt(pointer(call, 0));
  if (from < 0n || from > to || to > BigInt(length)) return undefined;
  return slicePointer(base, index + Number(from), Number(to - from));
}

function element(call: PrimitiveCall, index: number): Pointer | undefined {
  return index >= 0 && index < lengthOf(call) ? elementPlace(pointer(call, 0), BigInt(index)) : undefined;
}

function split(call: PrimitiveCall, at: bigint): Value | undefined {
  const first = part(call, 0n, at);
  const second = part(call, at, BigInt(lengthOf(call)));
  return first === undefined || second === undefined ? undefined : pair(first, second);
}

/** The first or last element and the rest. */
function splitOff(call: PrimitiveCall, end: "first" | "last"): Value | undefined {
  const length = lengthOf(call);
  const one = element(call, end === "first" ? 0 : length - 1);
  const rest = end === "first" ? part(call, 1n, BigInt(length)) : part(call, 0n, BigInt(length - 1));
  return one === undefined || rest === undefined ? undefined : pair(one, rest);
}

/** The value of the const parameter `M`. */
function chunkSize(call: PrimitiveCall): bigint {
  const arg = call.generics[1];
  return arg !== undefined && "isConst" in arg && arg.kind === "value"
    ? arg.value
    : call.host.panic(msg("the length of a chunk could not be worked out"));
}

function chunk(call: PrimitiveCall, end: "first" | "last"): Pointer | undefined {
  const size = chunkSize(call);
  const length = BigInt(lengthOf(call));
  return end === "first" ? part(call, 0n, size) : part(call, length - size, length);
}

function splitChunk(call: PrimitiveCall, end: "first" | "last"): Value | undefined {
  const size = chunkSize(call);
  const length = BigInt(lengthOf(call));
  const one = chunk(call, end);
  const rest = end === "first" ? part(call, size, length) : part(call, 0n, length - size);
  if (one === undefined || rest === undefined) return undefined;
  return end === "first" ? pair(one, rest) : pair(rest, one);
}

function swapElements(call: PrimitiveCall): Value {
  const a = elementPlace(pointer(call, 0), int(call, 1));
  const b = elementPlace(pointer(call, 0), int(call, 2));
  const value = read(a);
  write(a, read(b));
  write(b, value);
  return UNIT;
}

function reverse(call: PrimitiveCall): Value {
  const { base, index, length } = elementsAt(pointer(call, 0));
  const values = base
    .items()
    .slice(index, index + length)
    .reverse();
  for (const [i, value] of values.entries()) base.set(index + i, value);
  return UNIT;
}

function copyFrom(call: PrimitiveCall): Value {
  const to = elementsAt(pointer(call, 0));
  const from = elementsAt(pointer(call, 1));
  if (to.length !== from.length)
    return call.host.panic(msg("copy_from_slice: source slice length does not match destination slice length"));
  const values = from.base
    .items()
    .slice(from.index, from.index + from.length)
    .map(copyValue);
  for (const [i, value] of values.entries()) to.base.set(to.index + i, value);
  return UNIT;
}

function rotate(call: PrimitiveCall, direction: "left" | "right"): Value {
  const { base, index, length } = elementsAt(pointer(call, 0));
  const by = Number(int(call, 1));
  if (by > length) return call.host.panic(msg("a slice is rotated by more than its length"));
  const values = base.items().slice(index, index + length);
  const at = direction === "left" ? by : length - by;
  for (const [i, value] of [...values.slice(at), ...values.slice(0, at)].entries()) base.set(index + i, value);
  return UNIT;
}

function fill(call: PrimitiveCall): Value {
  const { base, index, length } = elementsAt(pointer(call, 0));
  for (let i = 0; i < length; i++) base.set(index + i, copyValue(any(call, 1)));
  return UNIT;
}

const OUT_OF_RANGE = msg("mid > len");

/** Functions that exist for `&` and, with `_mut`, for `&mut`. */
const SHARED: readonly (readonly [name: string, suffix: string, params: string, result: string, run: (call: PrimitiveCall) => Value])[] = [
  ["first", "", "", "Option<&T>", (call) => option(call, element(call, 0))],
  ["last", "", "", "Option<&T>", (call) => option(call, element(call, lengthOf(call) - 1))],
  ["split_first", "", "", "Option<(&T, &[T])>", (call) => option(call, splitOff(call, "first"))],
  ["split_last", "", "", "Option<(&T, &[T])>", (call) => option(call, splitOff(call, "last"))],
  ["split_at", "", ", usize", "(&[T], &[T])", (call) => split(call, int(call, 1)) ?? call.host.panic(OUT_OF_RANGE)],
  ["split_at", "_unchecked", ", usize", "(&[T], &[T])", (call) => split(call, int(call, 1)) ?? call.host.panic(OUT_OF_RANGE)],
  ["split_at", "_checked", ", usize", "Option<(&[T], &[T])>", (call) => option(call, split(call, int(call, 1)))],
  ["first_chunk", "", "", "Option<&[T; M]>", (call) => option(call, chunk(call, "first"))],
  ["last_chunk", "", "", "Option<&[T; M]>", (call) => option(call, chunk(call, "last"))],
  ["split_first_chunk", "", "", "Option<(&[T; M], &[T])>", (call) => option(call, splitChunk(call, "first"))],
  ["split_last_chunk", "", "", "Option<(&[T], &[T; M])>", (call) => option(call, splitChunk(call, "last"))],
];

function sharedRows(): readonly PrimitiveRow[] {
  return SHARED.flatMap(([name, suffix, params, result, run]): readonly PrimitiveRow[] => [
    [`${name}${suffix}`, `(&self${params}) -> ${result}`, run],
    [`${name}_mut${suffix}`, `(&mut self${params}) -> ${result.replaceAll("&", "&mut ")}`, run],
  ]);
}

export const SLICE: readonly PrimitiveRow[] = [
  ["len", "(&self) -> usize", (call) => BigInt(lengthOf(call))],
  ["is_empty", "(&self) -> bool", (call) => bool(lengthOf(call) === 0)],
  ...sharedRows(),
  ["as_ptr", "(&self) -> *const T", (call) => thin(pointer(call, 0))],
  ["as_mut_ptr", "(&mut self) -> *mut T", (call) => thin(pointer(call, 0))],
  [
    "as_array",
    "(&self) -> Option<&[T; M]>",
    (call) => option(call, BigInt(lengthOf(call)) === chunkSize(call) ? chunk(call, "first") : undefined),
  ],
  ["swap", "(&mut self, usize, usize) -> ()", swapElements],
  ["reverse", "(&mut self) -> ()", reverse],
  ["copy_from_slice", "(&mut self, &[T]) -> ()", copyFrom],
  ["rotate_left", "(&mut self, usize) -> ()", (call) => rotate(call, "left")],
  ["rotate_right", "(&mut self, usize) -> ()", (call) => rotate(call, "right")],
  ["fill", "(&mut self, T) -> ()", fill],
];

function thin(slice: Pointer): Pointer {
  const { base, index } = elementsAt(slice);
  return base.length === 0 && slice.base === undefined ? addressPointer(slice.address) : pointerTo(base, index);
}

/** What only arrays have; the rest is found on the slice. */
export const ARRAY: readonly PrimitiveRow[] = [
  ["as_slice", "(&self) -> &[T]", (call) => unsized(pointer(call, 0))],
  ["as_mut_slice", "(&mut self) -> &mut [T]", (call) => unsized(pointer(call, 0))],
  ["each_ref", "(&self) -> [&T; N]", eachRef],
  ["each_mut", "(&mut self) -> [&mut T; N]", eachRef],
];

function eachRef(call: PrimitiveCall): Value {
  const { base, index, length } = elementsAt(pointer(call, 0));
  return Aggregate.of(Array.from({ length }, (_, i) => pointerTo(base, index + i)));
}

/** Ends of an index that is a range value, by the fields its type has. */
function rangeEnds(call: PrimitiveCall): { readonly from: bigint; readonly to: bigint } {
  const length = BigInt(lengthOf(call));
  const range = any(call, 1);
  const [ty] = call.generics;
  const fields = ty !== undefined && !("isConst" in ty) && ty.kind === "adt" ? (call.host.db.ty.adt(ty.def).variants[0]?.fields ?? []) : [];
  const inclusive = ty !== undefined && !("isConst" in ty) && ty.kind === "adt" && ty.def.name.endsWith("Inclusive") ? 1n : 0n;
  const value = (name: string): bigint | undefined => {
    const at = fields.findIndex((field) => field.name === name);
    const found = isAggregate(range) && at >= 0 ? range.get(at) : undefined;
    return typeof found === "bigint" ? found : undefined;
  };
  const end = value("end") ?? value("last");
  return { from: value("start") ?? 0n, to: end === undefined ? length : end + inclusive };
}

/** `slice[range]` */
export const SLICE_INDEX: PrimitiveFn = (() => {
  const run = (call: PrimitiveCall): Value => {
    const { from, to } = rangeEnds(call);
    return (
      part(call, from, to) ??
      call.host.panic(msg("range {from}..{to} out of range for slice of length {length}", { from, to, length: lengthOf(call) }))
    );
  };
  const row: PrimitiveRow = ["index", "(&self, U) -> &Self", run];
  const fn = primitiveTable([row]).get("index");
  if (fn === undefined) throw new Error("the table has its one row");
  return fn;
})();

/** Moves a pointer by elements; inside the same allocation, one past the end included. */
function moved(call: PrimitiveCall, by: bigint): Pointer {
  const at = pointer(call, 0);
  if (by === 0n) return at;
  if (at.base === undefined) return call.host.panic(msg("a pointer without a value behind it is moved"));
  if (at.stored !== undefined) return call.host.panic(msg("a pointer into memory of another type is moved"));
  const index = at.index + Number(by);
  if (index < 0 || index > at.base.length) return call.host.panic(msg("a pointer is moved outside of its allocation"));
  return { ...at, index };
}

function distance(call: PrimitiveCall): bigint {
  const [a, b] = [pointer(call, 0), pointer(call, 1)];
  if (a.base !== b.base) return call.host.panic(msg("pointers into different allocations are compared"));
  return BigInt(a.index - b.index);
}

function castTo(call: PrimitiveCall): Value {
  const { result, self } = call;
  const at = pointer(call, 0);
  return result.kind === "pointer" && self.kind === "pointer" ? castPointer(at, self.target, result.target) : at;
}

/** The pointer `self`, to memory of the type it says. */
function target(call: PrimitiveCall): Pointer {
  const { self } = call;
  return self.kind === "pointer" ? typed(call.host.db, pointer(call, 0), self.target) : pointer(call, 0);
}

function readValue(call: PrimitiveCall): Value {
  return copyValue(read(target(call)));
}

function writeValue(call: PrimitiveCall): Value {
  write(target(call), any(call, 1));
  return UNIT;
}

function replaceValue(call: PrimitiveCall): Value {
  const old = readValue(call);
  writeValue(call);
  return old;
}

function isNull(call: PrimitiveCall): Value {
  const at = pointer(call, 0);
  return bool(at.base === undefined && at.address === 0n);
}

export const POINTER: readonly PrimitiveRow[] = [
  ["is_null", "(self) -> bool", isNull],
  ["cast", "(self) -> *const U", castTo],
  ["cast_mut", "(self) -> *mut T", (call) => any(call, 0)],
  ["cast_const", "(self) -> *const T", (call) => any(call, 0)],
  ["add", "(self, usize) -> Self", (call) => moved(call, int(call, 1))],
  ["sub", "(self, usize) -> Self", (call) => moved(call, -int(call, 1))],
  ["offset", "(self, isize) -> Self", (call) => moved(call, int(call, 1))],
  ["wrapping_add", "(self, usize) -> Self", (call) => moved(call, int(call, 1))],
  ["wrapping_sub", "(self, usize) -> Self", (call) => moved(call, -int(call, 1))],
  ["offset_from", "(self, *const T) -> isize", distance],
  ["read", "(self) -> T", readValue],
  ["read_unaligned", "(self) -> T", readValue],
  ["write", "(self, T) -> ()", writeValue],
  ["write_unaligned", "(self, T) -> ()", writeValue],
  ["replace", "(self, T) -> T", replaceValue],
  ["as_ref", "(self) -> Option<&T>", (call) => option(call, isNull(call) === 1n ? undefined : any(call, 0))],
  ["as_mut", "(self) -> Option<&mut T>", (call) => option(call, isNull(call) === 1n ? undefined : any(call, 0))],
  ["as_mut_ptr", "(self) -> *mut T", (call) => any(call, 0)],
];
