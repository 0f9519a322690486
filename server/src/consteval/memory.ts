/**
 * Reading and writing through pointers, and what places are made of: fields, elements, parts of arrays.
 *
 * Example: for `a: [[u8; 2]; 3]`, `&a[1][0]` is a pointer to element 0 of the aggregate that is element 1 of a's aggregate.
 *
 * Invariant: reading gives the stored value itself (callers copy); a pointer with `length` is a window on an array's elements.
 */
import { msg } from "../base/message.ts";
import type { Machine } from "./machine.ts";
import { halt } from "./machine.ts";
import type { Pointer, Value } from "./value.ts";
import { Aggregate, isAggregate, isPointer, pointerTo, slicePointer, UNINIT } from "./value.ts";

function baseOf(pointer: Pointer): Aggregate {
  if (pointer.base === undefined)
    halt(pointer.address === 0n ? msg("a null pointer is dereferenced") : msg("a pointer without a value behind it is dereferenced"));
  if (pointer.index < 0 || (pointer.length === undefined && pointer.index >= pointer.base.length))
    halt(msg("a pointer is dereferenced outside of its allocation"));
  return pointer.base;
}

/** What a pointer points to; of a window a new array. */
export function read(pointer: Pointer): Value {
  const base = baseOf(pointer);
  if (pointer.length === undefined) return base.get(pointer.index);
  return Aggregate.of(Array.from({ length: pointer.length }, (_, i) => base.get(pointer.index + i)));
}

/** A copy of a window as an array of its own. */
export function loadWindow(machine: Machine, pointer: Pointer): Value {
  const value = read(pointer);
  return machine.copy(value);
}

export function write(pointer: Pointer, value: Value): void {
  const base = baseOf(pointer);
  if (pointer.length === undefined) {
    base.set(pointer.index, value);
    return;
  }
  if (!isAggregate(value)) halt(msg("a value of another type is written here"));
  for (let i = 0; i < pointer.length; i++) base.set(pointer.index + i, value.get(i));
}

/** The aggregate a pointer's place holds. */
export function aggregateAt(pointer: Pointer): Aggregate {
  const value = read(pointer);
  if (!isAggregate(value)) halt(value === UNINIT ? msg("uninitialized memory is read") : msg("memory of another type is read"));
  return value;
}

/** The place of a field. */
export function fieldPlace(pointer: Pointer, index: number): Pointer {
  return pointerTo(aggregateAt(pointer), index);
}

/** Base, first index and length of the elements of an array, slice or `str` at a place. */
export function elementsAt(pointer: Pointer): { readonly base: Aggregate; readonly index: number; readonly length: number } {
  if (pointer.length !== undefined) {
    if (pointer.base === undefined) {
      if (pointer.length > 0) halt(msg("a pointer without a value behind it is dereferenced"));
      return { base: Aggregate.of([]), index: 0, length: 0 };
    }
    return { base: pointer.base, index: pointer.index, length: pointer.length };
  }
  const array = aggregateAt(pointer);
  return { base: array, index: 0, length: array.length };
}

export function elementPlace(pointer: Pointer, index: bigint): Pointer {
  const { base, index: start, length } = elementsAt(pointer);
  if (index < 0n || index >= BigInt(length))
    halt(msg("index out of bounds: the length is {length} but the index is {index}", { length, index }));
  return pointerTo(base, start + Number(index));
}

/** `&[T; N]` → `&[T]` */
export function unsized(pointer: Pointer): Pointer {
  const { base, index, length } = elementsAt(pointer);
  return slicePointer(base, index, length);
}

/** The elements of a slice or `str`. */
export function elementValues(pointer: Pointer): readonly Value[] {
  const { base, index, length } = elementsAt(pointer);
  if (index === 0 && length === base.length) return base.items();
  return base.items().slice(index, index + length);
}

/** The bytes of a `[u8]` or `str`. */
export function bytesOf(pointer: Pointer): readonly number[] {
  return elementValues(pointer).map((value) => {
    if (typeof value !== "bigint") halt(msg("uninitialized memory is read"));
    return Number(value);
  });
}

/** Memory of its own with some bytes, as a slice. */
export function bytesPointer(bytes: readonly number[]): Pointer {
  return slicePointer(Aggregate.of(bytes.map((byte) => BigInt(byte))), 0, bytes.length);
}

/** Whether two values of one type are the same, references looked through (what a pattern compares). */
export function sameValue(a: Value, b: Value): boolean {
  if (isAggregate(a) && isAggregate(b)) {
    return a.variant === b.variant && a.length === b.length && a.items().every((item, i) => sameValue(item, b.get(i)));
  }
  if (isPointer(a) && isPointer(b)) return samePointee(a, b);
  return a === b;
}

function samePointee(a: Pointer, b: Pointer): boolean {
  if (a.base === undefined || b.base === undefined) return a.base === b.base && a.address === b.address;
  if (a.length === undefined && b.length === undefined) return sameValue(read(a), read(b));
  const left = elementValues(a);
  const right = elementValues(b);
  return left.length === right.length && left.every((item, i) => sameValue(item, right[i] ?? UNINIT));
}
