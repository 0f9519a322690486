/** The JSON report: keys, order, numbers and places. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../server/src/base/message.ts";
import type { ReportInput } from "../../server/src/ide/report.ts";
import { jsonInteger, lineAt, lineStarts, reportEntry, reportItems, typeEntry } from "../../server/src/ide/report.ts";
import { FILE } from "../support/fake-places.ts";
import type { FakeOptions } from "../support/fake-semantics.ts";
import { fakeSemantics } from "../support/fake-semantics.ts";
import type { FakeType } from "../support/fake-types.ts";
import { array, enumeration, option, REPR_C, STRING, struct, tuple, U8, U32, U64, unanswered, union } from "../support/fake-types.ts";

function entries(source: string, types: readonly FakeType[], options?: FakeOptions): readonly unknown[] {
  const sema = fakeSemantics(source, types, options);
  const input = inputOf(source);
  return reportItems(sema, input).map((item) => reportEntry(sema, item, input));
}

function inputOf(source: string): ReportInput {
  return { files: [{ path: FILE, shown: "src/lib.rs", text: source }], file: () => undefined };
}

test("a struct's entry has its place, size, padding, niche and fields in declaration order", () => {
  const source = "\n\nstruct S { a: u8, b: u32, name: String }";
  assert.deepEqual(entries(source, [struct("S", { a: U8, b: U32, name: STRING })]), [
    {
      file: "src/lib.rs",
      line: 3,
      name: "S",
      module: "",
      kind: "struct",
      status: "exact",
      size: 32,
      align: 8,
      uninhabited: false,
      padding: 3,
      niche: { offset: 0, bits: 64, start: "0", end: "9223372036854775807" },
      fields: [28, 24, 0],
      field_names: ["a", "b", "name"],
    },
  ]);
});

test("an enum's entry has tag and variants as rustc dumps them", () => {
  const value = enumeration("Value", { Null: null, Text: [STRING], Pair: { x: U8, y: U32 }, Id: [U64] });
  const source = "enum Value { Null, Text(String), Pair { x: u8, y: u32 }, Id(u64) }";
  const [entry] = entries(source, [value]);
  assert.deepEqual(entry, {
    file: "src/lib.rs",
    line: 1,
    name: "Value",
    module: "",
    kind: "enum",
    status: "exact",
    size: 24,
    align: 8,
    uninhabited: false,
    padding: 0,
    niche: { offset: 0, bits: 64, start: "0", end: "9223372036854775811" },
    tag: { encoding: "niche", offset: 0, bits: 64, untagged: 1, niche_variants: [0, 3], niche_start: "9223372036854775808" },
    variants: [
      { index: 0, name: "Null", size: 0, fields: [], field_names: [] },
      { index: 1, name: "Text", size: 24, fields: [0], field_names: ["0"] },
      { index: 2, name: "Pair", size: 16, fields: [12, 8], field_names: ["x", "y"] },
      { index: 3, name: "Id", size: 16, fields: [8], field_names: ["0"] },
    ],
  });
});

test("padding of an enum is that of the variant which sets its size; of a union what its largest field leaves", () => {
  const source = "enum E { A(u8), B { x: u64, y: u8 } } union U { a: u64, b: [u8; 9] }";
  const types = [enumeration("E", { A: [U8], B: { x: U64, y: U8 } }), union("U", { a: U64, b: array(U8, 9n) }, REPR_C)];
  assert.deepEqual(entries(source, types).map(pick("name", "size", "padding")), [
    ["E", 16, 6],
    ["U", 16, 7],
  ]);
});

function pick(...keys: readonly string[]): (entry: unknown) => readonly unknown[] {
  return (entry) => keys.map((key) => Object.entries(Object(entry)).find(([name]) => name === key)?.[1]);
}

test("enums of one variant and of none have no tag", () => {
  const source = "enum One { A(u8, u32) } enum None { }";
  const list = entries(source, [enumeration("One", { A: [U8, U32] }), enumeration("None", {})]);
  assert.deepEqual(list.map(pick("name", "tag", "variants", "uninhabited", "padding")), [
    ["None", null, [], true, 0],
    ["One", null, [{ index: 0, name: "A", size: 8, fields: [4, 0], field_names: ["0", "1"] }], false, 3],
  ]);
});

test("a concrete alias is listed with the kind of what it stands for; a generic one and what is configured out are not", () => {
  const pair = tuple(U8, U32);
  const source = `type Pair = ${pair.text};\ntype List = [u8; 4];\ntype Gone = u64;`;
  const list = entries(source, [pair, array(U8, 4n), U64], {
    definition: (it) => (it.name === "Gone" ? { inactive: "cfg(windows)" } : {}),
  });
  assert.deepEqual(list.map(pick("name", "kind", "alias", "size", "fields", "padding")), [
    ["Pair", "tuple", true, 8, [0, 4], 3],
    ["List", "array", true, 4, undefined, 0],
  ]);
  const open = entries(source, [pair], { definition: () => ({ openParameters: ["T"] }) });
  assert.deepEqual(open, []);
});

test("local items, macro calls, and layouts that are bounds or unknown say so", () => {
  const generic = { status: "generic", atLeast: 4n, minimumAlign: 4n, open: ["T"] } as const;
  const unknown = {
    status: "unknown",
    reason: verbatim("attribute macro `m` may rewrite this item"),
    culprit: { file: FILE, start: 20, end: 21 },
  } as const;
  const source = "struct G { t: T }\n\nstruct H { a: u8 }";
  const types = [struct("G", { t: unanswered("T", generic) }), struct("H", { a: U8 })];
  const options = {
    answers: { G: generic, H: unknown },
    definition: (it: { readonly name: string }) => (it.name === "G" ? { isLocal: true, inMacro: "make" } : {}),
  };
  assert.deepEqual(entries(source, types, options), [
    { file: "src/lib.rs", line: 1, name: "G", module: "", kind: "struct", local: true, in_macro: "make", status: "generic", at_least: 4 },
    {
      file: "src/lib.rs",
      line: 3,
      name: "H",
      module: "",
      kind: "struct",
      status: "unknown",
      reason: "attribute macro `m` may rewrite this item",
      culprit: { file: "src/lib.rs", line: 3 },
    },
  ]);
});

test("a type expression's entry has the type in place of its place", () => {
  const type = option(STRING);
  const sema = fakeSemantics("", [type, STRING]);
  assert.ok(!("status" in type.answer));
  const answer = { status: "exact", layout: type.answer, type: handleIn(sema) } as const;
  const entry = typeEntry(sema, "Option<String>", { answer, input: inputOf("") });
  assert.deepEqual(pick("type", "kind", "status", "size", "align", "padding")(entry), ["Option<String>", "enum", "exact", 24, 8, 0]);
});

/** The handle that the fake gave a type. */
function handleIn(sema: ReturnType<typeof fakeSemantics>): { readonly id: number } {
  const id = Array.from({ length: 1000 }, (_, i) => i).find((i) => {
    const { kind, variants } = sema.partsOf({ id: i });
    return kind === "enum" && variants.length === 2 && variants[1]?.fields[0]?.typeText === "String";
  });
  return { id: id ?? -1 };
}

test("integers above 2^53 - 1 are decimal strings", () => {
  assert.equal(jsonInteger(9007199254740991n), 9007199254740991);
  assert.equal(jsonInteger(9007199254740992n), "9007199254740992");
});

test("lines are found by binary search", () => {
  const starts = lineStarts("a\nbb\n\nc");
  assert.deepEqual(
    [0, 1, 2, 4, 5, 6, 7].map((offset) => lineAt(starts, offset)),
    [1, 1, 2, 2, 3, 4, 4],
  );
});
