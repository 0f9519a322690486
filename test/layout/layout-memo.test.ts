/**
 * Laying out the same parts once gives what laying them out each time gives.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrayLayout } from "../../server/src/layout/array-like.ts";
import { enumLayout } from "../../server/src/layout/enum-layout.ts";
import type { LayoutData } from "../../server/src/layout/layout-data.ts";
import { LayoutMemo } from "../../server/src/layout/layout-memo.ts";
import type { ReprOptions } from "../../server/src/layout/repr-options.ts";
import { REPR_RUST } from "../../server/src/layout/repr-options.ts";
import { primitiveTypeLayout, rawPointerLayout, referenceLayout } from "../../server/src/layout/simple.ts";
import { structLayout, tupleLayout } from "../../server/src/layout/struct-layout.ts";
import { unionLayout } from "../../server/src/layout/union-layout.ts";
import { contextOf } from "../oracle/context.ts";
import { random } from "../support/random.ts";
import { X86_64 } from "./fixture.ts";

const cx = contextOf(X86_64, "1.95");

const REPRS: readonly ReprOptions[] = [
  REPR_RUST,
  { ...REPR_RUST },
  { ...REPR_RUST, c: true },
  { ...REPR_RUST, linear: true },
  { ...REPR_RUST, simd: true },
  { ...REPR_RUST, transparent: true },
  { ...REPR_RUST, align: 4n },
  { ...REPR_RUST, align: 16n },
  { ...REPR_RUST, pack: 1n },
  { ...REPR_RUST, pack: 4n },
  { ...REPR_RUST, int: { kind: "fixed", integer: "i16", signed: false } },
  { ...REPR_RUST, int: { kind: "fixed", integer: "i16", signed: true } },
  { ...REPR_RUST, int: { kind: "fixed", integer: "i32", signed: false } },
  { ...REPR_RUST, int: { kind: "pointer", signed: true } },
];

const RANGES = [undefined, { start: 1n }, { start: 1n, end: 200n }, { end: 200n }, {}];

/** Layouts of one and two scalars, arrays and pointers, out of the memo, as it is asked in practice. */
function poolOf(memo: LayoutMemo): LayoutData[] {
  const pool = (["u8", "bool", "char", "u64", "u16"] as const).map((name) => memo.primitive(name));
  pool.push(memo.reference("none"), memo.rawPointer("none"), memo.reference("length"), memo.rawPointer("vtable"), memo.reference("vtable"));
  return pool;
}

test("what is remembered is what is computed, whatever was asked before", () => {
  const memo = new LayoutMemo(cx);
  const pick = random(11);
  const pool = poolOf(memo);
  const one = <T>(list: readonly T[]): T => {
    const found = list[pick(list.length)];
    if (found === undefined) throw new Error("the list is empty");
    return found;
  };
  const some = (most: number): LayoutData[] => Array.from({ length: pick(most + 1) }, () => one(pool));
  for (let round = 0; round < 6000; round++) {
    const repr = one(REPRS);
    const fields = some(3);
    const variants = Array.from({ length: pick(4) }, (_, i) => ({
      fields: some(2),
      discriminant: BigInt(i + (pick(8) === 0 ? pick(3) : 0)),
    }));
    const struct = {
      fields,
      repr,
      kind: pick(2) === 0 ? "alwaysSized" : "maybeUnsized",
      scalarValidRange: RANGES[pick(RANGES.length)],
      hidesNiche: pick(4) === 0,
    } as const;
    const count = BigInt(pick(4));
    const element = one(pool);
    const asked = [
      [memo.struct(struct), structLayout(cx, struct)],
      [memo.tuple(fields), tupleLayout(cx, fields)],
      [memo.union({ fields, repr }), unionLayout(cx, { fields, repr })],
      [memo.enum({ variants, repr }), enumLayout(cx, { variants, repr })],
      [memo.array(element, count), arrayLayout(cx, element, count)],
    ] as const;
    for (const [remembered, computed] of asked) {
      assert.deepEqual(remembered, computed);
      if (remembered.ok && pool.length < 60) pool.push(remembered.value);
    }
  }
});

test("the same parts have one layout", () => {
  const memo = new LayoutMemo(cx);
  const fields = [memo.primitive("u8"), memo.reference("none")];
  const layout = (): unknown => memo.struct({ fields: [...fields], repr: REPR_RUST, kind: "alwaysSized" });
  assert.equal(layout(), layout());
  assert.notEqual(layout(), memo.struct({ fields: fields.toReversed(), repr: REPR_RUST, kind: "alwaysSized" }));
});

test("primitives and pointers are those of the engine", () => {
  const memo = new LayoutMemo(cx);
  for (const name of ["bool", "u8", "i128", "f64", "usize"] as const) assert.deepEqual(memo.primitive(name), primitiveTypeLayout(cx, name));
  for (const metadata of ["none", "length", "vtable"] as const) {
    assert.deepEqual(memo.reference(metadata), referenceLayout(cx, metadata));
    assert.deepEqual(memo.rawPointer(metadata), rawPointerLayout(cx, metadata));
  }
});

test("what is remembered has an end", () => {
  const memo = new LayoutMemo(cx);
  const first = memo.array(memo.primitive("u8"), 0n);
  for (let i = 1n; i < 6000n; i++) memo.array(memo.primitive("u8"), i);
  assert.notEqual(memo.array(memo.primitive("u8"), 0n), first);
  assert.deepEqual(memo.array(memo.primitive("u8"), 0n), first);
});

test("types with many parts are laid out each time", () => {
  const memo = new LayoutMemo(cx);
  const fields = Array.from({ length: 200 }, (_, i) => memo.primitive(i % 2 === 0 ? "u8" : "u16"));
  const input = { fields, repr: REPR_RUST, kind: "alwaysSized" } as const;
  assert.deepEqual(memo.struct(input), structLayout(cx, input));
  const variants = fields.map((field, i) => ({ fields: [field], discriminant: BigInt(i) }));
  assert.deepEqual(memo.enum({ variants, repr: REPR_RUST }), enumLayout(cx, { variants, repr: REPR_RUST }));
  assert.notEqual(memo.tuple(fields), memo.tuple(fields));
});
