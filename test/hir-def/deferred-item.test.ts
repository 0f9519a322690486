/**
 * Items that are parsed on demand read as if they had been parsed whole, and cost nothing before.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Cancelled } from "../../server/src/base/file-system.ts";
import { QueryRuntime } from "../../server/src/db/query-runtime.ts";
import type { LowerWhole } from "../../server/src/hir-def/deferred-item.ts";
import { lowerDeferred } from "../../server/src/hir-def/deferred-item.ts";
import { decodeItems, encodeItems } from "../../server/src/hir-def/item-codec.ts";
import type { RawItem } from "../../server/src/hir-def/item-tree.ts";
import { lowerUnit } from "../../server/src/hir-def/lower-item.ts";
import { OpenDocument } from "../../server/src/hir-def/open-document.ts";
import { readHeads } from "../../server/src/hir-def/read-heads.ts";
import { textItems } from "../../server/src/hir-def/text-items.ts";
import type { RustParser } from "../../server/src/syntax/parser.ts";
import type { PlacedUnit } from "../../server/src/syntax/unit-walker.ts";
import { rustParser } from "../support/rust-parser.ts";

type Units = readonly PlacedUnit<RawItem>[];

const FOLDERS = ["test/fixtures", "test/consteval/programs", "grammars/test/sources"];
const SOURCES = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))).filter((path) => path.endsWith(".rs"));

function wholeUnits(parser: RustParser, text: string): Units {
  return parser.parseFile(text, { reuse: () => undefined, lower: lowerUnit });
}

/** Without their heads being read off the text. */
function parsedUnits(parser: RustParser, text: string, whole: LowerWhole): Units {
  return parser.parseDeclarations(text, { reuse: () => undefined, lower: (unit) => lowerDeferred(unit, whole) });
}

/** The names of a value's own properties, and of those that its prototypes compute. */
function propertiesOf(value: object): readonly string[] {
  const names = new Set(Object.getOwnPropertyNames(value));
  for (let at: object | null = Object.getPrototypeOf(value); at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(at))) if (get !== undefined) names.add(name);
  names.delete("whole");
  return [...names].sort();
}

/** Units with all deferred parts asked for, as plain values. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    propertiesOf(value).flatMap((key) => (Reflect.get(value, key) === undefined ? [] : [[key, plain(Reflect.get(value, key))]])),
  );
}

for (const path of [...SOURCES, "server/std/core.txt"]) {
  test(`the items of ${path} are those of the whole text`, async () => {
    const parser = await rustParser();
    const text = readFileSync(path, "utf8");
    const whole: LowerWhole = (part) => wholeUnits(parser, part)[0]?.value;
    const units = textItems(parser, text, whole);
    const wanted = plain(wholeUnits(parser, text));
    assert.deepEqual(plain(units), wanted);
    assert.deepEqual(plain(parsedUnits(parser, text, whole)), wanted);
    const kept = decodeItems(text, encodeItems(textItems(parser, text, whole)), whole);
    assert.deepEqual(plain(kept), wanted);
  });
}

test("the items of an open document read as those of the whole text; when many are asked for they come from one tree", async () => {
  const parser = await rustParser();
  const text = SOURCES.map((path) => readFileSync(path, "utf8")).find((source) => (source.match(/^impl/gm) ?? []).length > 20);
  assert.ok(text !== undefined && text.length < 90_000);
  let alone = 0;
  const document = new OpenDocument(new QueryRuntime(), parser, text, (part) => {
    alone += 1;
    return wholeUnits(parser, part)[0]?.value;
  });
  assert.ok(document.units.length > 50 && alone < 10, `of ${document.units.length} items ${alone} were parsed when it was opened`);
  assert.deepEqual(plain(document.units), plain(wholeUnits(parser, text)));
  assert.ok(alone > 0 && alone <= 32, `${alone} items were parsed by themselves`);
  document.dispose();
});

test("an item whose reading was unwound is read when it is asked for again", async () => {
  const parser = await rustParser();
  let isUnwound = true;
  const whole: LowerWhole = (part) => {
    if (isUnwound) throw new Cancelled();
    return wholeUnits(parser, part)[0]?.value;
  };
  const text = "pub struct A { b: u8 }\nimpl B for C { fn d() {} }";
  const items = textItems(parser, text, whole).map(({ value }) => value);
  for (const item of items) assert.throws(() => plain(item), Cancelled);
  isUnwound = false;
  assert.deepEqual(plain(items), plain(wholeUnits(parser, text).map(({ value }) => value)));
});

/** Each is read by its head. */
const PLAIN_ITEMS = [
  '#![no_std]\n#![doc = "a"] //! text\n#![cfg_attr(feature = "a", deny(x))]',
  '#[derive(Debug)] /// doc\n#[doc = "more"] #[repr(C, align(8))] // note\npub(crate) struct A<T: Copy = u8>(pub T) where T: Clone;',
  "pub(in crate::a) struct A { a: u8 } pub (super) enum B { A { b: [u8; 3] }, C = 3 } union u { a: u8 }",
  "pub const unsafe extern \"C\" fn f<'a, F: Fn(u8) -> [u8; 3]>(a: &'a F) -> impl Iterator<Item = u8> + use<'a, F> where F: 'a { g(1) }",
  "default fn a() {} async fn b(); extern fn c() {} unsafe trait T: Sized { fn d(); } auto trait S {} const fn e() { const X: u8 = 1; }",
  "const _: () = { struct In; }; const A: [u8; { 1 + 1 }] = [1; 2]; static mut B: &str = \"};\"; pub static C: char = ';';",
  "type A<T> = Vec<[T; { 3 }]>; pub type B = dyn for<'a> Fn(&'a u8) -> u8;",
  "use a; pub use ::b::{self as c, d::*, e::{f, g as _}, }; use self::h; use super::super::i::r#type; use {j, crate::k}; use l::{};",
  "use m::/* why */{n, // that\n o}; use $crate_12::p; use q::{self};",
  "extern crate a; pub extern crate b as _; extern crate self as c; #[macro_use] extern crate d;",
  'extern "C" { fn f(a: u8, ...); static A: u8; type T; } unsafe extern { safe fn g(); }',
  "impl<T: Into<u8>, const N: usize> a::From<[T; N]> for B<T> where T: Fn(u8) -> u8 { fn f() { struct In; } } impl C { }",
  "impl !Send for A {} unsafe impl<'a> Sync for &'a mut B {} impl<T> Tr for for<'a> fn(&'a T) -> T {} impl dyn A + 'static {} impl A for <B as C>::D {}",
  "impl Fn<()> for A {} impl<T> <T as B>::C {} impl ::d::r#E<'_> for (u8, [u8; { 3 }]) { #![allow(x)] } impl const F for G {}",
  'mod a; #[path = "x.rs"] pub mod b { #![allow(y)] use super::*; pub mod c { struct D; } m!(); } unsafe mod d {}',
  "m! { a b } m!(c); a::b::m![d]; $crate_3::n! { } macro_rules! o { ($a:tt) => { } } macro_rules! p ( () => { }; );",
  "pub macro a($b:tt) { $b } pub(crate) macro c { ($a:tt) => {} } pub(in crate::a) mod d; pub(in crate::a) use e::f;",
  "mod a { m!(a); macro_rules! b ( () => { }; ); m! { } ; } ; m! { }; macro_rules! c { () => { } };",
  "fn f() { #![allow(x)] let a = '{'; } struct B<const N: usize = { 3 }>; enum E {} trait A<T = u8> where T: B { const C: u8 = 1; }",
  "fn f(a: u8) -> r#struct /* comment */ { } struct A<T> where T: B<C = u8>, (T,): D { a: T }",
];

for (const text of PLAIN_ITEMS) {
  test(`items are read by their heads as by the parser: ${text}`, async () => {
    const parser = await rustParser();
    const whole: LowerWhole = (part) => wholeUnits(parser, part)[0]?.value;
    assert.deepEqual(plain(textItems(parser, text, whole)), plain(wholeUnits(parser, text)));
  });
}

test("what is not plainly an item is left to the parser", () => {
  const texts = [
    "let a = 1;",
    "struct A struct B;",
    "fn f( { }",
    "struct A {",
    "#[a",
    "use a::<b>;",
    "impl A for",
    "1 + 1",
    "struct fn;",
    "type const A: u8 = 1;",
    "const A = 1;",
    "fn f() u8 {}",
    "struct A; /*",
    "#[a = ] struct B;",
    "#!/bin/x\nstruct A;",
    "enum A;",
  ];
  for (const text of texts)
    assert.equal(
      readHeads(text, () => undefined),
      undefined,
      text,
    );
  assert.equal(readHeads("fn f(a: Vec<u8>) { x } struct B(u8);", assert.fail)?.length, 2);
});

test("what is deferred is parsed when asked for, once, and not to be kept", async () => {
  const parser = await rustParser();
  const asked: string[] = [];
  const whole: LowerWhole = (part) => {
    asked.push(part);
    return wholeUnits(parser, part)[0]?.value;
  };
  const text = "impl A { fn f() { struct Inner(u8); } }\nfn plain() { g(1, 2, 3, 4, 5); }\npub struct Pair { first: u8, second: u16 }";
  const [first, second, third] = textItems(parser, text, whole).map((unit) => unit.value);
  encodeItems(textItems(parser, text, whole));
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
