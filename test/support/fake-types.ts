/**
 * Types told as values, laid out by the real engine with the rules of rustc 1.95 on x86_64-unknown-linux-gnu. For tests.
 *
 * Example: `struct("Pair", { a: U8, b: U32 })` has 8 bytes.
 */
import type { LayoutAnswer, TypeHandle } from "../../server/src/hir/model.ts";
import { arrayLayout } from "../../server/src/layout/array-like.ts";
import { enumLayout } from "../../server/src/layout/enum-layout.ts";
import type { LayoutResult } from "../../server/src/layout/layout-calculator-error.ts";
import type { LayoutCx } from "../../server/src/layout/layout-cx.ts";
import type { LayoutData } from "../../server/src/layout/layout-data.ts";
import { layoutRules } from "../../server/src/layout/layout-rules.ts";
import type { ReprOptions } from "../../server/src/layout/repr-options.ts";
import { REPR_RUST } from "../../server/src/layout/repr-options.ts";
import type { PrimitiveTypeName } from "../../server/src/layout/simple.ts";
import { primitiveTypeLayout, referenceLayout } from "../../server/src/layout/simple.ts";
import { structLayout, tupleLayout } from "../../server/src/layout/struct-layout.ts";
import { parseTargetDataLayout } from "../../server/src/layout/target-data-layout.ts";
import { unionLayout } from "../../server/src/layout/union-layout.ts";

const X86_64 = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128";

/** Rules of rustc 1.95 on x86_64-unknown-linux-gnu. */
export const CX: LayoutCx = { target: targetOf(X86_64), rules: layoutRules({ major: 1, minor: 95, patch: 0, channel: "stable" }) };

function targetOf(dataLayout: string): LayoutCx["target"] {
  const parsed = parseTargetDataLayout(dataLayout, 32);
  if (!parsed.ok) throw new Error(parsed.error.item);
  return parsed.value;
}

const handles = new Map<string, TypeHandle>();

export interface FakeField {
  readonly name: string;
  readonly type: FakeType;
}

export interface FakeVariant {
  readonly name: string;
  readonly shape: "record" | "tuple" | "unit";
  readonly fields: readonly FakeField[];
  readonly discriminant: bigint;
}

export interface FakeType {
  readonly text: string;
  readonly kind: "struct" | "enum" | "union" | "tuple" | "array" | "other";
  readonly answer: LayoutAnswer | LayoutData;
  readonly fields: readonly FakeField[];
  readonly variants: readonly FakeVariant[];
  readonly repr: ReprOptions;
  readonly reprWords: readonly string[];
}

const PLAIN = { kind: "other", fields: [], variants: [], repr: REPR_RUST, reprWords: [] } as const;

export function primitive(name: PrimitiveTypeName): FakeType {
  return { ...PLAIN, text: name, answer: primitiveTypeLayout(CX, name) };
}

export const U8 = primitive("u8");
export const U16 = primitive("u16");
export const U32 = primitive("u32");
export const U64 = primitive("u64");
export const I32 = primitive("i32");
export const BOOL = primitive("bool");

/** A type without an exact layout. */
export function unanswered(text: string, answer: LayoutAnswer): FakeType {
  return { ...PLAIN, text, answer };
}

export function array(element: FakeType, count: bigint): FakeType {
  return { ...PLAIN, kind: "array", text: `[${element.text}; ${count}]`, answer: laidOut(arrayLayout(CX, dataOf(element), count)) };
}

export function tuple(...elements: readonly FakeType[]): FakeType {
  const fields = elements.map((type, i) => ({ name: `${i}`, type }));
  const text = `(${elements.map((element) => element.text).join(", ")})`;
  return { ...PLAIN, kind: "tuple", text, fields, answer: laidOut(tupleLayout(CX, elements.map(dataOf))) };
}

export function boxed(type: FakeType): FakeType {
  return { ...PLAIN, text: `Box<${type.text}>`, answer: referenceLayout(CX, "none") };
}

type Fields = Readonly<Record<string, FakeType>>;

function fieldsOf(fields: Fields): readonly FakeField[] {
  return Object.entries(fields).map(([name, type]) => ({ name, type }));
}

export interface ReprInput {
  readonly options: Partial<ReprOptions>;
  readonly words: readonly string[];
}

export const REPR_C: ReprInput = { options: { c: true }, words: ["C"] };
const NO_REPR: ReprInput = { options: {}, words: [] };

export function struct(text: string, fields: Fields, { options, words }: ReprInput = NO_REPR): FakeType {
  const repr = { ...REPR_RUST, ...options };
  const layouts = Object.values(fields).map(dataOf);
  const answer = laidOut(structLayout(CX, { fields: layouts, repr, kind: "alwaysSized" }));
  return { ...PLAIN, kind: "struct", text, fields: fieldsOf(fields), repr, reprWords: words, answer };
}

export function union(text: string, fields: Fields, { options, words }: ReprInput = NO_REPR): FakeType {
  const repr = { ...REPR_RUST, ...options };
  const answer = laidOut(unionLayout(CX, { fields: Object.values(fields).map(dataOf), repr }));
  return { ...PLAIN, kind: "union", text, fields: fieldsOf(fields), repr, reprWords: words, answer };
}

/** Variants: a type list for a tuple, a record of types for a record, `null` for a unit variant. */
export function enumeration(
  text: string,
  variants: Readonly<Record<string, readonly FakeType[] | Fields | null>>,
  { options, words }: ReprInput = NO_REPR,
): FakeType {
  const repr = { ...REPR_RUST, ...options };
  const list = Object.entries(variants).map(([name, of], i): FakeVariant => {
    if (of === null) return { name, shape: "unit", fields: [], discriminant: BigInt(i) };
    if (isList(of)) return { name, shape: "tuple", fields: of.map((type, j) => ({ name: `${j}`, type })), discriminant: BigInt(i) };
    return { name, shape: "record", fields: fieldsOf(of), discriminant: BigInt(i) };
  });
  return { ...PLAIN, kind: "enum", text, variants: list, repr, reprWords: words, answer: laidOut(layoutOfVariants(list, repr)) };
}

function isList(of: readonly FakeType[] | Fields): of is readonly FakeType[] {
  return Array.isArray(of);
}

export function layoutOfVariants(variants: readonly FakeVariant[], repr: ReprOptions): LayoutResult {
  const input = variants.map(({ fields, discriminant }) => ({ fields: fields.map((field) => dataOf(field.type)), discriminant }));
  return enumLayout(CX, { variants: input, repr });
}

const CAPACITY: LayoutData = {
  ...primitiveTypeLayout(CX, "usize"),
  ...laidOut(
    structLayout(CX, {
      fields: [primitiveTypeLayout(CX, "usize")],
      repr: { ...REPR_RUST, transparent: true },
      kind: "alwaysSized",
      scalarValidRange: { start: 0n, end: (1n << 63n) - 1n },
    }),
  ),
};

/** `String`: a vector's header, whose capacity leaves half of its values as niche. */
export const STRING: FakeType = {
  ...struct("String", { cap: unanswered("Cap", exact(CAPACITY, "Cap")), ptr: boxed(U8), len: primitive("usize") }),
};
export const IP_ADDR: FakeType = enumeration("IpAddr", { V4: [array(U8, 4n)], V6: [array(U8, 16n)] });

export function option(type: FakeType): FakeType {
  return enumeration(`Option<${type.text}>`, { None: null, Some: [type] });
}

export function laidOut(result: LayoutResult): LayoutData {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

function dataOf(type: FakeType): LayoutData {
  const { answer } = type;
  if (!("status" in answer)) return answer;
  if (answer.status === "exact") return answer.layout;
  return primitiveTypeLayout(CX, "u8");
}

export function handleOf(text: string): TypeHandle {
  const known = handles.get(text) ?? { id: handles.size };
  handles.set(text, known);
  return known;
}

export function exact(layout: LayoutData, text: string): LayoutAnswer {
  return { status: "exact", layout, type: handleOf(text) };
}

export function answerOf(type: FakeType): LayoutAnswer {
  return "status" in type.answer ? type.answer : exact(type.answer, type.text);
}
