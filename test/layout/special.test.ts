/**
 * Layouts that the worked examples leave out: closures, valid ranges, cells, representations.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BackendRepr, LayoutData } from "../../server/src/layout/layout-data.ts";
import { patternTypeLayout } from "../../server/src/layout/pattern-type.ts";
import { REPR_RUST } from "../../server/src/layout/repr-options.ts";
import { primitiveTypeLayout, rawPointerLayout, referenceLayout } from "../../server/src/layout/simple.ts";
import { closureLayout, structLayout, tupleLayout } from "../../server/src/layout/struct-layout.ts";
import { contextOf } from "../oracle/context.ts";
import { EngineProgram } from "../oracle/engine-layout.ts";
import { parseItems } from "../oracle/parse-source.ts";
import { itemsByName } from "../oracle/type-model.ts";
import { resultText, X86_64 } from "./fixture.ts";

const cx = contextOf(X86_64);
const u8 = primitiveTypeLayout(cx, "u8");
const u32 = primitiveTypeLayout(cx, "u32");

test("a closure's captures are reordered, the last one too", () => {
  assert.equal(resultText(closureLayout(cx, [u8, u8, u32])), "size 8 align 4; offsets [4, 5, 0]; niche none");
  assert.equal(resultText(closureLayout(cx, [])), "size 0 align 1; offsets []; niche none");
});

test("the empty tuple", () => {
  assert.equal(resultText(tupleLayout(cx, [])), "size 0 align 1; offsets []; niche none");
});

test("a struct without fields is never unsized", () => {
  assert.equal(
    resultText(structLayout(cx, { fields: [], repr: REPR_RUST, kind: "maybeUnsized" })),
    "size 0 align 1; offsets []; niche none",
  );
});

test("a valid range makes a niche at offset 0, or widens the one there", () => {
  const limited = (field: LayoutData, start: bigint | undefined, end?: bigint): string =>
    resultText(structLayout(cx, { fields: [field], repr: REPR_RUST, kind: "alwaysSized", scalarValidRange: { start, end } }));
  assert.equal(limited(u8, 1n), "size 1 align 1; offsets [0]; niche u8@0 valid 1..=255");
  assert.equal(limited(u8, undefined, 99n), "size 1 align 1; offsets [0]; niche u8@0 valid 0..=99");
  assert.equal(limited(rawPointerLayout(cx, "length"), 1n), "size 16 align 8; offsets [0]; niche ptr@0 valid 1..=18446744073709551615");
  assert.equal(limited(referenceLayout(cx, "vtable"), 1n), "size 16 align 8; offsets [0]; niche ptr@0 valid 1..=18446744073709551615");
});

test("a pattern may limit either end", () => {
  assert.equal(resultText(patternTypeLayout(cx, u8, { end: 9n })), "size 1 align 1; offsets [0]; niche u8@0 valid 0..=9");
  assert.equal(resultText(patternTypeLayout(cx, u8, { start: 9n })), "size 1 align 1; offsets [0]; niche u8@0 valid 9..=255");
});

test("a valid range smaller than another niche leaves that niche", () => {
  const fields = [primitiveTypeLayout(cx, "u8"), primitiveTypeLayout(cx, "bool")];
  const layout = structLayout(cx, { fields, repr: { ...REPR_RUST, c: true }, kind: "alwaysSized", scalarValidRange: { start: 1n } });
  assert.equal(resultText(layout), "size 2 align 1; offsets [0, 1]; niche u8@1 valid 0..=1");
});

function reprOf(source: string): string {
  const items = parseItems(source);
  const last = items.at(-1);
  const result = last === undefined ? undefined : new EngineProgram(cx, itemsByName(items)).item(last.name);
  return result?.ok === true ? showRepr(result.value.backendRepr) : "none";
}

function showRepr(repr: BackendRepr): string {
  switch (repr.kind) {
    case "scalar":
      return repr.scalar.kind;
    case "scalarPair":
      return `${repr.first.kind}, ${repr.second.kind}`;
    case "simdVector":
      return `${repr.count} x ${repr.element.kind}`;
    case "memory":
      return repr.sized ? "memory" : "unsized";
  }
}

test("what stands for a struct in registers", () => {
  assert.equal(reprOf("struct S(u8);"), "initialized");
  assert.equal(reprOf("#[repr(C)] struct S(u8);"), "memory");
  assert.equal(reprOf("struct S(u8, u32);"), "initialized, initialized");
  assert.equal(reprOf("struct S(u8, u32, u8);"), "memory");
  assert.equal(reprOf("#[repr(C)] struct S(&str);"), "initialized, initialized");
  assert.equal(reprOf("struct S(u8, [u8]);"), "unsized");
});

test("what stands for a union in registers", () => {
  assert.equal(reprOf("union U { a: u32, b: u32 }"), "union");
  assert.equal(reprOf("union U { a: u32, b: i32 }"), "memory");
  assert.equal(reprOf("#[repr(C)] union U { a: u32 }"), "memory");
  assert.equal(reprOf("#[repr(packed)] union U { a: u32 }"), "memory");
  assert.equal(reprOf("union U { a: (u8, u32), b: (u8, u32) }"), "union, union");
  assert.equal(reprOf("union U { a: (u8, u32), b: u64 }"), "memory");
  assert.equal(reprOf("union U { a: [u8; 4], b: [u8; 4] }"), "memory");
  assert.equal(reprOf("#[repr(simd)] struct V([u32; 4]); union U { a: V, b: V }"), "4 x union");
  assert.equal(reprOf("#[repr(simd)] struct V([u32; 4]); #[repr(packed)] union U { a: V }"), "memory");
  assert.equal(reprOf("union U { a: (), b: [u16; 0] }"), "memory");
});

test("a cell keeps what stands for its value, without niches", () => {
  assert.equal(reprOf("type C = UnsafeCell<bool>;"), "initialized");
  assert.equal(reprOf("type C = UnsafeCell<MaybeUninit<bool>>;"), "union");
  assert.equal(reprOf("type C = UnsafeCell<&str>;"), "initialized, initialized");
  assert.equal(reprOf("#[repr(simd)] struct V([u32; 4]); type C = UnsafeCell<V>;"), "4 x initialized");
  assert.equal(reprOf("type C = UnsafeCell<[u8; 3]>;"), "memory");
});

test("what stands for an enum in registers", () => {
  assert.equal(reprOf("enum E { A, B }"), "initialized");
  assert.equal(reprOf("type O = Option<u32>;"), "initialized, union");
  assert.equal(reprOf("type R = Result<u32, u32>;"), "initialized, initialized");
  assert.equal(reprOf("type R = Result<u32, i32>;"), "initialized, initialized");
  assert.equal(reprOf("type R = Result<MaybeUninit<u32>, u32>;"), "initialized, union");
  assert.equal(reprOf("type R = Result<u32, f32>;"), "memory");
  assert.equal(reprOf("type R = Result<f64, &u8>;"), "memory");
  assert.equal(reprOf("type R = Result<u64, &u8>;"), "initialized, initialized");
  assert.equal(reprOf("type R = Result<&u8, u64>;"), "initialized, initialized");
  assert.equal(reprOf("type R = Result<u16, u8>;"), "memory");
  assert.equal(reprOf("type R = Result<(u8, u8), u8>;"), "memory");
  assert.equal(reprOf("type O = Option<&str>;"), "initialized, union");
  assert.equal(reprOf("type O = Option<*const dyn Tr>;"), "union, initialized");
  assert.equal(reprOf("struct S(bool, [u8; 2]); type O = Option<S>;"), "memory");
});
