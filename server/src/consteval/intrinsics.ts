/**
 * Functions of the standard library that the evaluator carries out itself, by the path of their definition: what the compiler
 * itself carries out (intrinsics), and a few that std writes with raw pointers.
 *
 * Example: `core::mem::size_of::<T>()` asks the layout of T.
 *
 * Invariant: a function is here because no Rust source can express it; everything else of std is Rust source (server/std/const).
 * Source: `core::intrinsics`, `core::mem`, `core::ptr` of Rust 1.95, checked against rustc (test/consteval).
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { GenericArgs, Ty } from "../hir-ty/ty.ts";
import { fits, intSpec, toBits, wrap } from "./int-ops.ts";
import type { Machine } from "./machine.ts";
import { Halt, halt } from "./machine.ts";
import { bytesOf, elementsAt, read, write } from "./memory.ts";
import { any, bool, int, option, pair, pointer } from "./primitive-args.ts";
import type { PrimitiveHost } from "./primitive-fn.ts";
import { transmute, typed } from "./reinterpret.ts";
import { EMPTY_ENV } from "./typeck-context.ts";
import type { Pointer, Value } from "./value.ts";
import { Aggregate, addressPointer, copyValue, isAggregate, isPointer, slicePointer, UNINIT, UNIT } from "./value.ts";

export interface IntrinsicCall {
  readonly host: PrimitiveHost;
  readonly machine: Machine;
  readonly args: readonly Value[];
  /** Values of the function's generic parameters. */
  readonly generics: GenericArgs;
  /** Types of the arguments. */
  readonly params: readonly Ty[];
  readonly result: Ty;
}

export type Intrinsic = (call: IntrinsicCall) => Value;

/** The built-in code of a function, or undefined if it has none. */
export function intrinsic(path: string): Intrinsic | undefined {
  return TABLE.get(path);
}

function typeArg(call: IntrinsicCall, index = 0): Ty {
  const arg = call.generics[index];
  if (arg === undefined || "isConst" in arg || arg.flags.hasInfer) return halt(msg("the type this is asked for could not be worked out"));
  return arg;
}

function layout(call: IntrinsicCall, ty: Ty): { readonly size: bigint; readonly align: bigint } {
  const result = call.host.db.ty.sizeAlign(ty, EMPTY_ENV);
  if (!result.ok) throw new Halt(result.error);
  return result.value;
}

/** The size of a value: of slices and `str` by their length, of others by their type. */
function sizeOfVal(call: IntrinsicCall): bigint {
  const ty = pointee(call);
  if (ty.kind === "str") return BigInt(elementsAt(pointer(call, 0)).length);
  if (ty.kind === "slice") return BigInt(elementsAt(pointer(call, 0)).length) * layout(call, ty.element).size;
  return layout(call, ty).size;
}

function alignOfVal(call: IntrinsicCall): bigint {
  const ty = pointee(call);
  if (ty.kind === "str") return 1n;
  return layout(call, ty.kind === "slice" ? ty.element : ty).align;
}

function pointee(call: IntrinsicCall): Ty {
  const [ty] = call.params;
  return ty !== undefined && (ty.kind === "ref" || ty.kind === "pointer") ? ty.target : typeArg(call);
}

function needsDrop(call: IntrinsicCall): Value {
  const result = call.host.db.needsDrop(typeArg(call));
  if (!result.ok) throw new Halt(result.error);
  return bool(result.value);
}

/** A pointer argument, to memory of the type it says. */
function target(call: IntrinsicCall, index = 0): Pointer {
  const ty = call.params[index];
  const at = pointer(call, index);
  return ty?.kind === "ref" || ty?.kind === "pointer" ? typed(call.host.db, at, ty.target) : at;
}

function swap(call: IntrinsicCall): Value {
  const [a, b] = [target(call), target(call, 1)];
  const value = read(a);
  write(a, read(b));
  write(b, value);
  return UNIT;
}

function replace(call: IntrinsicCall): Value {
  const old = copyValue(read(target(call)));
  write(target(call), any(call, 1));
  return old;
}

/** All bytes zero, by the type. */
function zeroed(call: IntrinsicCall, ty: Ty): Value {
  const { db } = call.host;
  switch (ty.kind) {
    case "int":
    case "bool":
    case "char":
      return 0n;
    case "float":
      return 0;
    case "pointer":
      return addressPointer(0n);
    case "array":
      return Aggregate.repeat(
        zeroed(call, ty.element),
        ty.length.kind === "value" ? Number(ty.length.value) : halt(msg("the length of this array could not be worked out")),
      );
    case "tuple":
      return Aggregate.of(ty.elements.map((element) => zeroed(call, element)));
    case "adt": {
      if (ty.def.kind !== "struct") return halt(msg("zeroed memory of this type is not evaluated"));
      const fields = db.ty.adt(ty.def).variants[0]?.fields ?? [];
      return Aggregate.of(fields.map((field) => zeroed(call, db.ty.normalize(db.ty.substitute(field.ty, ty.def, ty.args), EMPTY_ENV))));
    }
    default:
      return halt(msg("zeroed memory of this type is not evaluated"));
  }
}

/** `transmute` and its like: the argument's bytes as the result's type. */
function reinterpreted(call: IntrinsicCall): Value {
  const [from] = call.params;
  return from === undefined ? halt(msg("this call has no argument")) : transmute(call.host.db, any(call, 0), from, call.result);
}

function transmuteCopy(call: IntrinsicCall): Value {
  const [from] = call.params;
  if (from?.kind !== "ref") return halt(msg("this call has no argument"));
  return transmute(call.host.db, copyValue(read(target(call))), from.target, call.result);
}

function fromRawParts(call: IntrinsicCall): Value {
  const at = pointer(call, 0);
  const length = Number(int(call, 1));
  if (at.base === undefined) return { ...at, length };
  if (at.stored !== undefined) return halt(msg("memory of another type is looked at as a slice"));
  if (at.index + length > at.base.length) return halt(msg("a slice is made that ends outside of its allocation"));
  return { ...at, length };
}

/** `&T` as `&[T; 1]` and `&[T]` of length 1. */
function fromRef(call: IntrinsicCall): Value {
  const at = pointer(call, 0);
  return at.base === undefined ? halt(msg("a pointer without a value behind it is dereferenced")) : slicePointer(at.base, at.index, 1);
}

/** What a first byte of several wants of the second: how many follow, and the second one's range. Unicode, table 3-7. */
function leadByte(byte: number): { readonly rest: number; readonly low: number; readonly high: number } | undefined {
  if (byte >= 0xc2 && byte <= 0xdf) return { rest: 1, low: 0x80, high: 0xbf };
  if (byte >= 0xe0 && byte <= 0xef) return { rest: 2, low: byte === 0xe0 ? 0xa0 : 0x80, high: byte === 0xed ? 0x9f : 0xbf };
  if (byte >= 0xf0 && byte <= 0xf4) return { rest: 3, low: byte === 0xf0 ? 0x90 : 0x80, high: byte === 0xf4 ? 0x8f : 0xbf };
  return undefined;
}

function isUtf8(bytes: readonly number[]): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const lead = leadByte(byte);
    if (lead === undefined) return false;
    const [second, ...others] = bytes.slice(at + 1, at + 1 + lead.rest);
    const isRest = others.every((other) => other >= 0x80 && other <= 0xbf);
    if (second === undefined || second < lead.low || second > lead.high || others.length !== lead.rest - 1 || !isRest) return false;
    at += lead.rest;
  }
  return true;
}

/** `Ok` of the same memory as text; what a failure holds is not made. */
function fromUtf8(call: IntrinsicCall): Value {
  if (!isUtf8(bytesOf(pointer(call, 0)))) return halt(msg("bytes that are no UTF-8 are taken as text"));
  return call.host.variant(call.result, "Ok", [any(call, 0)]);
}

function discriminantValue(call: IntrinsicCall): Value {
  const ty = pointee(call);
  if (ty.kind !== "adt" || ty.def.kind !== "enum") return 0n;
  const discriminants = call.host.db.discriminantsOf(ty.def);
  if (!discriminants.ok) throw new Halt(discriminants.error);
  const value = read(pointer(call, 0));
  const found = isAggregate(value) ? discriminants.value[value.variant] : undefined;
  return found ?? halt(msg("this enum value has no discriminant"));
}

type IntRun = (a: bigint, b: bigint) => bigint;

/** An operation on integers of the first argument's type; `finish` puts the exact result into it. */
function integer(run: IntRun, finish: (call: IntrinsicCall, value: bigint) => Value): Intrinsic {
  return (call) => finish(call, run(int(call, 0), call.args.length > 1 ? int(call, 1) : 0n));
}

function specOfFirst(call: IntrinsicCall): ReturnType<typeof intSpec> {
  const [ty] = call.params;
  return ty?.kind === "int"
    ? intSpec(ty.name, call.host.db.target.pointerBits)
    : halt(msg("the type of this integer could not be worked out"));
}

const wrapping = (call: IntrinsicCall, value: bigint): Value => wrap(specOfFirst(call), value);
const withOverflow = (call: IntrinsicCall, value: bigint): Value =>
  pair(wrap(specOfFirst(call), value), bool(!fits(specOfFirst(call), value)));
const saturating = (call: IntrinsicCall, value: bigint): Value => {
  const { min, max } = specOfFirst(call);
  return value < min ? min : value > max ? max : value;
};
const unchecked = (call: IntrinsicCall, value: bigint): Value =>
  fits(specOfFirst(call), value) ? value : halt(msg("arithmetic overflows where it must not"));

const ADD: IntRun = (a, b) => a + b;
const SUB: IntRun = (a, b) => a - b;
const MUL: IntRun = (a, b) => a * b;

function bitCount(call: IntrinsicCall, pattern: RegExp): bigint {
  const spec = specOfFirst(call);
  const text = toBits(spec, int(call, 0)).toString(2).padStart(spec.bits, "0");
  return BigInt([...text.matchAll(pattern)].reduce((sum, match) => sum + match[0].length, 0));
}

const INTEGER_INTRINSICS: readonly (readonly [string, Intrinsic])[] = [
  ["wrapping_add", integer(ADD, wrapping)],
  ["wrapping_sub", integer(SUB, wrapping)],
  ["wrapping_mul", integer(MUL, wrapping)],
  ["add_with_overflow", integer(ADD, withOverflow)],
  ["sub_with_overflow", integer(SUB, withOverflow)],
  ["mul_with_overflow", integer(MUL, withOverflow)],
  ["saturating_add", integer(ADD, saturating)],
  ["saturating_sub", integer(SUB, saturating)],
  ["unchecked_add", integer(ADD, unchecked)],
  ["unchecked_sub", integer(SUB, unchecked)],
  ["unchecked_mul", integer(MUL, unchecked)],
  ["unchecked_shl", integer((a, b) => a << b, wrapping)],
  ["unchecked_shr", integer((a, b) => a >> b, wrapping)],
  ["unchecked_div", integer((a, b) => (b === 0n ? halt(msg("attempt to divide by zero")) : a / b), unchecked)],
  ["unchecked_rem", integer((a, b) => (b === 0n ? halt(msg("attempt to divide by zero")) : a % b), unchecked)],
  ["exact_div", integer((a, b) => (b === 0n || a % b !== 0n ? halt(msg("exact_div: the quotient is not exact")) : a / b), unchecked)],
  ["ctpop", (call) => bitCount(call, /1/g)],
  ["ctlz", (call) => bitCount(call, /^0+/g)],
  ["cttz", (call) => bitCount(call, /0+$/g)],
  ["ctlz_nonzero", (call) => bitCount(call, /^0+/g)],
  ["cttz_nonzero", (call) => bitCount(call, /0+$/g)],
];

const LAYOUT: readonly (readonly [string, Intrinsic])[] = [
  ["size_of", (call) => layout(call, typeArg(call)).size],
  ["align_of", (call) => layout(call, typeArg(call)).align],
  ["min_align_of", (call) => layout(call, typeArg(call)).align],
  ["size_of_val", sizeOfVal],
  ["align_of_val", alignOfVal],
  ["min_align_of_val", alignOfVal],
  ["needs_drop", needsDrop],
  ["zeroed", (call) => zeroed(call, call.result)],
  ["transmute", reinterpreted],
  ["transmute_unchecked", reinterpreted],
  ["transmute_copy", transmuteCopy],
  ["discriminant_value", discriminantValue],
  ["variant_count", (call) => variantCount(call)],
];

function variantCount(call: IntrinsicCall): Value {
  const ty = typeArg(call);
  return ty.kind === "adt"
    ? BigInt(call.host.db.ty.adt(ty.def).variants.length)
    : halt(msg("the variants of a type that is no enum are counted"));
}

const MEMORY: readonly (readonly [string, Intrinsic])[] = [
  ["core::mem::swap", swap],
  ["core::mem::replace", replace],
  ["core::mem::forget", () => UNIT],
  ["core::mem::uninitialized", () => UNINIT],
  ["core::intrinsics::forget", () => UNIT],
  ["core::ptr::swap", swap],
  ["core::ptr::replace", replace],
  ["core::ptr::read", (call) => copyValue(read(target(call)))],
  ["core::ptr::read_unaligned", (call) => copyValue(read(target(call)))],
  ["core::ptr::write", (call) => written(call)],
  ["core::ptr::write_unaligned", (call) => written(call)],
  ["core::intrinsics::read_via_copy", (call) => copyValue(read(target(call)))],
  ["core::intrinsics::write_via_move", (call) => written(call)],
  ["core::ptr::slice_from_raw_parts", fromRawParts],
  ["core::ptr::slice_from_raw_parts_mut", fromRawParts],
  ["core::slice::raw::from_raw_parts", fromRawParts],
  ["core::slice::raw::from_raw_parts_mut", fromRawParts],
  ["core::slice::raw::from_ref", fromRef],
  ["core::slice::raw::from_mut", fromRef],
  ["core::array::from_ref", fromRef],
  ["core::array::from_mut", fromRef],
  ["core::ptr::without_provenance", (call) => addressPointer(int(call, 0))],
  ["core::ptr::without_provenance_mut", (call) => addressPointer(int(call, 0))],
  ["core::ptr::dangling", (call) => addressPointer(layout(call, typeArg(call)).align)],
  ["core::ptr::dangling_mut", (call) => addressPointer(layout(call, typeArg(call)).align)],
  ["core::ptr::addr_eq", (call) => (any(call, 0) === any(call, 1) ? 1n : halt(msg("pointers cannot be compared in a const")))],
];

function written(call: IntrinsicCall): Value {
  write(target(call), any(call, 1));
  return UNIT;
}

const REST: readonly (readonly [string, Intrinsic])[] = [
  ["core::intrinsics::abort", () => halt(msg("the program aborts here"))],
  ["core::intrinsics::unreachable", () => halt(msg("code that must not be reached is reached"))],
  ["core::intrinsics::assume", (call) => (int(call, 0) === 1n ? UNIT : halt(msg("something assumed is not so")))],
  ["core::hint::assert_unchecked", (call) => (int(call, 0) === 1n ? UNIT : halt(msg("something assumed is not so")))],
  ["core::hint::black_box", (call) => any(call, 0)],
  ["core::intrinsics::black_box", (call) => any(call, 0)],
  ["core::hint::unreachable_unchecked", () => halt(msg("code that must not be reached is reached"))],
  ["core::num::nonzero::is_zero", (call) => bool(read(pointer(call, 0)) === 0n)],
  ["core::intrinsics::likely", (call) => any(call, 0)],
  ["core::intrinsics::unlikely", (call) => any(call, 0)],
  ["core::intrinsics::is_val_statically_known", () => 0n],
  ["core::intrinsics::ub_checks", () => 0n],
  ["core::str::converts::from_utf8", fromUtf8],
  ["core::str::converts::from_utf8_unchecked", (call) => any(call, 0)],
  ["core::str::converts::from_utf8_unchecked_mut", (call) => any(call, 0)],
  ["core::panicking::panic", (call) => halt(panicText(call))],
  ["core::panicking::panic_display", (call) => halt(panicText(call))],
  ["core::panicking::panic_fmt", () => halt(msg("the program panics here"))],
  ["core::option::unwrap_failed", () => halt(msg("called `Option::unwrap()` on a `None` value"))],
  ["core::option::expect_failed", (call) => halt(panicText(call))],
];

/** The message given to a panic. */
function panicText(call: IntrinsicCall): Message {
  const value = any(call, 0);
  if (!isPointer(value) || value.length === undefined) return msg("the program panics here");
  const text = bytesOf(value).map((byte) => `%${byte.toString(16).padStart(2, "0")}`);
  if (!isUtf8(bytesOf(value))) return msg("the program panics here");
  return msg("the program panics here: {message}", { message: decodeURIComponent(text.join("")) });
}

const CHAR_FUNCTIONS: readonly (readonly [string, Intrinsic])[] = [
  ["core::char::convert::from_u32", (call) => option(call, isScalar(int(call, 0)) ? int(call, 0) : undefined)],
  [
    "core::char::convert::from_u32_unchecked",
    (call) => (isScalar(int(call, 0)) ? int(call, 0) : halt(msg("a `char` that is no Unicode scalar value"))),
  ],
];

function isScalar(value: bigint): boolean {
  return value <= 0x10ffffn && (value < 0xd800n || value > 0xdfffn);
}

const TABLE: ReadonlyMap<string, Intrinsic> = new Map([
  ...LAYOUT.flatMap(([name, run]): (readonly [string, Intrinsic])[] => [
    [`core::mem::${name}`, run],
    [`core::intrinsics::${name}`, run],
  ]),
  ...INTEGER_INTRINSICS.map(([name, run]): readonly [string, Intrinsic] => [`core::intrinsics::${name}`, run]),
  ...MEMORY,
  ...REST,
  ...CHAR_FUNCTIONS,
]);
