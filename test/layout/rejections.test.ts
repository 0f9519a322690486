/**
 * What has no layout, and which field is to blame; what `#[repr]` may not say.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrayLayout, simdLayout, sliceLayout } from "../../server/src/layout/array-like.ts";
import type { DiscriminantError } from "../../server/src/layout/discriminants.ts";
import { assignDiscriminants } from "../../server/src/layout/discriminants.ts";
import { enumLayout } from "../../server/src/layout/enum-layout.ts";
import type { LayoutData } from "../../server/src/layout/layout-data.ts";
import { patternTypeLayout } from "../../server/src/layout/pattern-type.ts";
import type { ReprHint, ReprItem } from "../../server/src/layout/repr-hints.ts";
import { checkReprFields, checkReprHints, mergeReprHints, parseReprHint } from "../../server/src/layout/repr-hints.ts";
import { REPR_RUST } from "../../server/src/layout/repr-options.ts";
import { primitiveTypeLayout, referenceLayout, unitLayout } from "../../server/src/layout/simple.ts";
import { structLayout, tupleLayout } from "../../server/src/layout/struct-layout.ts";
import { unionLayout } from "../../server/src/layout/union-layout.ts";
import { contextOf } from "../oracle/context.ts";
import { layoutText, resultText, X86_64 } from "./fixture.ts";

const cx = contextOf(X86_64);
const u8 = primitiveTypeLayout(cx, "u8");
const bytes = sliceLayout(u8);

test("an unsized field may only be the last one of a struct that may be unsized", () => {
  assert.equal(resultText(structLayout(cx, { fields: [bytes, u8], repr: REPR_RUST, kind: "alwaysSized" })), "unexpectedUnsized at 0.0");
  assert.equal(resultText(structLayout(cx, { fields: [u8, bytes], repr: REPR_RUST, kind: "alwaysSized" })), "unexpectedUnsized at 0.1");
  assert.equal(resultText(tupleLayout(cx, [u8, bytes, u8])), "unexpectedUnsized at 0.1");
  assert.equal(resultText(unionLayout(cx, { fields: [u8, bytes], repr: REPR_RUST })), "unexpectedUnsized at 0.1");
});

test("a variant has no unsized field", () => {
  const variant = (fields: readonly LayoutData[]) => ({ fields, discriminant: 0n });
  assert.equal(resultText(enumLayout(cx, { variants: [variant([u8, bytes])], repr: REPR_RUST })), "unexpectedUnsized at 0.1");
  assert.equal(resultText(enumLayout(cx, { variants: [variant([]), variant([bytes])], repr: REPR_RUST })), "unexpectedUnsized at 1.0");
});

test("the field that makes a type too big is named", () => {
  assert.equal(layoutText("struct S([u8; 32767], u8);", "1.95", "avr-none"), "sizeOverflow at 0.1");
  assert.equal(layoutText("enum E { A, B(u8, [u8; 32767]) }", "1.95", "avr-none"), "sizeOverflow at 1.1");
});

test("padding, rounding and counts that make a type too big name no field", () => {
  assert.equal(layoutText("#[repr(align(4))] struct S([u8; 32765]);", "1.95", "avr-none"), "sizeOverflow");
  assert.equal(layoutText("#[repr(align(4))] union U { a: [u8; 32765] }", "1.95", "avr-none"), "sizeOverflow");
  assert.equal(layoutText("type A = [u16; 16384];", "1.95", "avr-none"), "sizeOverflow");
  assert.equal(layoutText("enum E { A([u8; 32766]), B([u16; 0]), C }", "1.95", "msp430-none-elf"), "sizeOverflow");
  assert.equal(resultText(arrayLayout(cx, u8, 1n << 61n)), "sizeOverflow");
});

test("a union has fields", () => {
  assert.equal(layoutText("union U {}"), "emptyUnion");
});

test("an enum is not packed", () => {
  const variant = (discriminant: bigint) => ({ fields: [], discriminant });
  assert.equal(resultText(enumLayout(cx, { variants: [variant(0n), variant(1n)], repr: { ...REPR_RUST, pack: 1n } })), "reprConflict");
});

test("a SIMD vector has 1 to 2^15 lanes of a scalar that takes every value", () => {
  const simd = (element: LayoutData, count: bigint): string =>
    resultText(simdLayout(cx, { element, count, repr: { ...REPR_RUST, simd: true } }));
  assert.equal(simd(u8, 0n), "zeroLengthSimdType");
  assert.equal(simd(u8, 32769n), "oversizedSimdType");
  assert.equal(simd(tupleOf(u8, u8), 4n), "nonPrimitiveSimdType");
  assert.equal(simd(primitiveTypeLayout(cx, "bool"), 4n), "nonPrimitiveSimdType");
  assert.equal(simd(referenceLayout(cx, "none"), 4n), "nonPrimitiveSimdType");
  assert.equal(layoutText("#[repr(simd)] struct V([MaybeUninit<u8>; 4]);"), "nonPrimitiveSimdType");
  assert.equal(layoutText("#[repr(simd)] struct V([u32; 16384]);", "1.95", "avr-none"), "sizeOverflow");
});

function tupleOf(...elements: readonly LayoutData[]): LayoutData {
  const tuple = tupleLayout(cx, elements);
  if (!tuple.ok) throw new Error(tuple.error.kind);
  return tuple.value;
}

test("a valid range needs a scalar to stand on", () => {
  const limited = (fields: readonly LayoutData[], start: bigint | undefined): string =>
    resultText(structLayout(cx, { fields, repr: REPR_RUST, kind: "alwaysSized", scalarValidRange: { start } }));
  assert.equal(limited([u8, u8, u8], 1n), "nonScalarValidRange");
  assert.equal(limited([u8, u8, u8], undefined), "size 3 align 1; offsets [0, 1, 2]; niche none");
  assert.equal(resultText(patternTypeLayout(cx, unitLayout(), { start: 1n })), "nonScalarValidRange");
});

test("a valid range changes nothing where the value may be uninitialized", () => {
  const union = unionLayout(cx, { fields: [u8], repr: REPR_RUST });
  assert.ok(union.ok);
  const wrapped = structLayout(cx, { fields: [union.value], repr: REPR_RUST, kind: "alwaysSized", scalarValidRange: { start: 1n } });
  assert.equal(resultText(wrapped), "size 1 align 1; offsets [0]; niche none");
  assert.equal(resultText(patternTypeLayout(cx, union.value, { start: 1n })), "nonScalarValidRange");
});

function hintsOf(text: string): ReprHint[] {
  return text.split(", ").map((hint) => {
    const [name = "", argument] = hint.split(/[()]/);
    const parsed = parseReprHint(name, argument === undefined ? undefined : BigInt(argument));
    if (parsed === undefined) throw new Error(hint);
    return parsed;
  });
}

function codes(kind: "struct" | "union" | "enum", hints: string, { variants = 2, fieldless = true, target = X86_64 } = {}): string {
  const item: ReprItem = kind === "enum" ? { kind, hints: hintsOf(hints), variants, fieldless } : { kind, hints: hintsOf(hints) };
  return checkReprHints(contextOf(target), item)
    .map(({ code, level, hint }) => `${level === "lint" ? "lint " : ""}${code}@${hint}`)
    .join(" ");
}

test("hints that are not known are not read", () => {
  assert.deepEqual(
    [parseReprHint("D", undefined), parseReprHint("align", undefined), parseReprHint("C", 1n), parseReprHint("u8", 1n)],
    [undefined, undefined, undefined, undefined],
  );
  assert.deepEqual(parseReprHint("packed", undefined), { kind: "packed", value: 1n });
  assert.deepEqual(parseReprHint("usize", undefined), { kind: "int", type: { kind: "pointer", signed: false } });
});

test("hints are merged: largest align, smallest packed", () => {
  assert.equal(mergeReprHints(hintsOf("align(4), align(16), align(8)")).align, 16n);
  assert.equal(mergeReprHints(hintsOf("packed(4), packed(2), packed(8)")).pack, 2n);
  const merged = mergeReprHints(hintsOf("Rust, C, transparent, simd, i16"));
  assert.deepEqual(
    [merged.c, merged.transparent, merged.simd, merged.int],
    [true, true, true, { kind: "fixed", integer: "i16", signed: true }],
  );
});

test("hints stand on the items they are for", () => {
  assert.equal(codes("struct", "u8"), "E0517@0");
  assert.equal(codes("union", "i16"), "E0517@0");
  assert.equal(codes("enum", "packed"), "E0517@0");
  assert.equal(codes("enum", "simd"), "E0517@0");
  assert.equal(codes("union", "simd"), "E0517@0");
  assert.equal(codes("struct", "Rust, align(4)"), "");
  assert.equal(codes("struct", "Rust, packed"), "");
  assert.equal(codes("union", "transparent"), "");
});

test("alignments are powers of two up to 2^29 that fit isize", () => {
  assert.equal(codes("struct", "align(3)"), "E0589@0");
  assert.equal(codes("struct", "align(0)"), "E0589@0");
  assert.equal(codes("struct", "C, packed(1073741824)"), "E0589@1");
  assert.equal(codes("struct", "align(536870912)"), "");
  assert.equal(codes("struct", "align(32768)", { target: "avr-none" }), "E0589@0");
  assert.equal(codes("struct", "align(16384)", { target: "avr-none" }), "");
});

test("hints that contradict each other", () => {
  assert.equal(codes("struct", "Rust, C"), "E0566@1");
  assert.equal(codes("enum", "u8, u16"), "lint E0566@1");
  assert.equal(codes("enum", "u8, Rust"), "E0566@1");
  assert.equal(codes("struct", "simd, C"), "lint E0566@1");
  assert.equal(codes("struct", "Rust, simd"), "E0566@1");
  assert.equal(codes("enum", "C, u8"), "lint E0566@1");
  assert.equal(codes("enum", "C, u8", { fieldless: false }), "");
  assert.equal(codes("struct", "C, transparent"), "E0692@1");
  assert.equal(codes("struct", "packed, align(4)"), "E0587@1");
  assert.equal(codes("struct", "packed, packed(2)"), "E0634@1");
  assert.equal(codes("struct", "packed(1), packed"), "");
});

test("an enum without variants has no repr", () => {
  assert.equal(codes("enum", "align(4)", { variants: 0 }), "E0084@0");
});

test("transparent passes through at most one field that is not trivial", () => {
  const field = (layout: LayoutData) => ({ layout, containsReprAlign: false });
  const transparent = { ...REPR_RUST, transparent: true };
  const check = (kind: "struct" | "enum", variants: readonly (readonly LayoutData[])[]): string =>
    checkReprFields({ kind, repr: transparent, variants: variants.map((fields) => fields.map(field)) })
      .map(({ code, field: at }) => `${code}@${at?.variant}.${at?.field}`)
      .join(" ");
  const aligned = arrayLayout(cx, primitiveTypeLayout(cx, "u16"), 0n);
  assert.ok(aligned.ok);
  assert.equal(check("struct", [[unitLayout(), u8]]), "");
  assert.equal(check("struct", [[u8, unitLayout(), u8]]), "E0690@0.2");
  assert.equal(check("struct", [[u8, aligned.value]]), "E0690@0.1");
  assert.equal(check("struct", [[aligned.value]]), "");
  assert.equal(check("enum", [[u8]]), "");
  assert.equal(check("enum", [[u8], []]), "E0731@undefined.undefined");
});

test("packed takes no field with an align of its own", () => {
  const fields = [
    { layout: u8, containsReprAlign: false },
    { layout: u8, containsReprAlign: true },
  ];
  const check = (repr: typeof REPR_RUST) => checkReprFields({ kind: "struct", repr, variants: [fields] });
  assert.deepEqual(check({ ...REPR_RUST, pack: 2n }), [
    { code: "E0588", level: "error", hint: undefined, field: { variant: 0, field: 1 } },
  ]);
  assert.deepEqual(check(REPR_RUST), []);
});

function discriminantsOf(int: string, explicit: readonly (bigint | undefined)[]): readonly bigint[] | DiscriminantError {
  const repr = int === "" ? REPR_RUST : mergeReprHints(hintsOf(int));
  const result = assignDiscriminants(cx, repr, explicit);
  return result.ok ? result.value : result.error;
}

test("discriminants count on from the one before", () => {
  assert.deepEqual(discriminantsOf("", [undefined, 5n, undefined, -3n, undefined]), [0n, 5n, 6n, -3n, -2n]);
});

test("discriminants are distinct and fit their type", () => {
  assert.deepEqual(discriminantsOf("u8", [255n, undefined]), { kind: "overflow", variant: 1 });
  assert.deepEqual(discriminantsOf("u8", [256n]), { kind: "outOfRange", variant: 0 });
  assert.deepEqual(discriminantsOf("u8", [-1n]), { kind: "outOfRange", variant: 0 });
  assert.deepEqual(discriminantsOf("i8", [-129n]), { kind: "outOfRange", variant: 0 });
  assert.deepEqual(discriminantsOf("", [1n, 0n, undefined]), { kind: "duplicate", variant: 2, earlier: 0 });
});
