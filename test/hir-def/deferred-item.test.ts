/**
 * Items that are parsed on demand read as if they had been parsed whole, and cost nothing before.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { QueryRuntime } from "../../server/src/db/query-runtime.ts";
import type { LowerWhole } from "../../server/src/hir-def/deferred-item.ts";
import { lowerDeferred } from "../../server/src/hir-def/deferred-item.ts";
import { decodeItems, encodeItems } from "../../server/src/hir-def/item-codec.ts";
import type { RawItem } from "../../server/src/hir-def/item-tree.ts";
import { lowerUnit } from "../../server/src/hir-def/lower-item.ts";
import { OpenDocument } from "../../server/src/hir-def/open-document.ts";
import type { RustParser } from "../../server/src/syntax/parser.ts";
import type { PlacedUnit } from "../../server/src/syntax/unit-walker.ts";
import { rustParser } from "../support/rust-parser.ts";

type Units = readonly PlacedUnit<RawItem>[];

const FOLDERS = ["test/fixtures", "test/consteval/programs", "grammars/test/sources"];
const SOURCES = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))).filter((path) => path.endsWith(".rs"));

function wholeUnits(parser: RustParser, text: string): Units {
  return parser.parseFile(text, { reuse: () => undefined, lower: lowerUnit });
}

function deferredUnits(parser: RustParser, text: string, whole: LowerWhole): Units {
  return parser.parseDeclarations(text, { reuse: () => undefined, lower: (unit) => lowerDeferred(unit, whole) });
}

/** Units with all deferred bodies asked for, as plain values. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const keys = [...new Set([value, Object.getPrototypeOf(value)].flatMap(ownNames))].sort();
  return Object.fromEntries(keys.flatMap((key) => (Reflect.get(value, key) === undefined ? [] : [[key, plain(Reflect.get(value, key))]])));
}

/** Names of properties; what every object has is not told. */
function ownNames(value: object): readonly string[] {
  return value === Object.prototype || Array.isArray(value) ? [] : Object.getOwnPropertyNames(value);
}

for (const path of [...SOURCES, "server/std/core.txt"]) {
  test(`the items of ${path} are those of the whole text`, async () => {
    const parser = await rustParser();
    const text = readFileSync(path, "utf8");
    const whole: LowerWhole = (part) => wholeUnits(parser, part)[0]?.value;
    const units = deferredUnits(parser, text, whole);
    assert.deepEqual(plain(units), plain(wholeUnits(parser, text)));
    const kept = decodeItems(text, encodeItems(deferredUnits(parser, text, whole)), whole);
    assert.deepEqual(plain(kept), plain(units));
  });
}

test("what is deferred is parsed when asked for, once, and not to be kept", async () => {
  const parser = await rustParser();
  const asked: string[] = [];
  const whole: LowerWhole = (part) => {
    asked.push(part);
    return wholeUnits(parser, part)[0]?.value;
  };
  const text = "impl A { fn f() { struct Inner(u8); } }\nfn plain() { g(1, 2, 3, 4, 5); }\npub struct Pair { first: u8, second: u16 }";
  const [first, second, third] = deferredUnits(parser, text, whole).map((unit) => unit.value);
  encodeItems(deferredUnits(parser, text, whole));
  assert.deepEqual([second?.name, second?.blocks.length, third?.name, third?.visibility.kind], ["plain", 0, "Pair", "public"]);
  assert.deepEqual(asked, []);
  assert.ok(first?.kind === "impl" && third?.kind === "struct");
  assert.equal(first.items.length + first.items.length, 2);
  assert.deepEqual([third.fields.length, third.shape], [2, "record"]);
  assert.deepEqual(asked, [first.text, third.text]);
});

test("the items of a large document that is opened are those of the whole text, before and after an edit", async () => {
  const parser = await rustParser();
  const whole: LowerWhole = (part) => wholeUnits(parser, part)[0]?.value;
  const source = `${readFileSync("test/fixtures/types.rs", "utf8")}\nimpl [u8; { struct InHeader(u8); 1 }] { fn f() { struct Inner; } }`;
  const text = `${source}\n/*${" ".repeat(500_000)}*/\nfn last() { let a = 1; }\n`;
  const document = new OpenDocument(new QueryRuntime(), parser, text, whole);
  assert.deepEqual(plain(document.units), plain(wholeUnits(parser, text)));
  const at = text.lastIndexOf("1;");
  document.edit([{ start: at, end: at + 1, text: "2" }]);
  assert.deepEqual(plain(document.units), plain(wholeUnits(parser, document.text)));
  document.dispose();
});
