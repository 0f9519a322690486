/**
 * Items that are read off their text read as if they had been parsed; what is not of a plain form is left to the parser.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { implHeader } from "../../server/src/hir-def/deferred-item.ts";
import type { RawItem } from "../../server/src/hir-def/item-tree.ts";
import { lowerUnit } from "../../server/src/hir-def/lower-item.ts";
import { readItem } from "../../server/src/hir-def/read-item.ts";
import type { RustParser } from "../../server/src/syntax/parser.ts";
import type { PlacedUnit } from "../../server/src/syntax/unit-walker.ts";
import { rustParser } from "../support/rust-parser.ts";

type Units = readonly PlacedUnit<RawItem>[];

const FOLDERS = ["test/fixtures", "test/consteval/programs", "grammars/test/sources", "server/std"];
const SOURCES = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))).filter((path) =>
  /\.(?:rs|txt)$/.test(path),
);

function parsedUnits(parser: RustParser, text: string): Units {
  return parser.parseFile(text, { reuse: () => undefined, lower: lowerUnit });
}

/** The texts of a file's items, and of its impls without their items. */
function itemTexts(units: Units, text: string): readonly string[] {
  return units.flatMap((unit) => {
    if (unit.kind === "module") return itemTexts(unit.units, text);
    const own = text.slice(unit.start, unit.end);
    return unit.value.kind === "impl" && unit.value.bodyStart !== undefined ? [own, implHeader(own, unit.value.bodyStart)] : [own];
  });
}

/** Without properties that are undefined. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, own]) => own !== undefined)
      .map(([key, own]) => [key, plain(own)]),
  );
}

function assertAsParsed(parser: RustParser, text: string, read: RawItem): void {
  const units = parsedUnits(parser, text);
  assert.equal(units.length, 1, text);
  assert.deepEqual(plain(read), plain(units[0]?.value), text);
}

const DATA = new Set(["struct", "union", "enum"]);

test("the items of many sources read as the parser reads them, nearly all of the structures and enumerations", async () => {
  const parser = await rustParser();
  const count = { read: 0, left: 0 };
  for (const path of SOURCES) {
    const text = readFileSync(path, "utf8");
    for (const item of itemTexts(parsedUnits(parser, text), text)) {
      const read = readItem(item);
      if (read !== undefined) assertAsParsed(parser, item, read);
      if (read !== undefined && DATA.has(read.kind)) count.read += 1;
      else if (read === undefined && /^(?:pub(?:\(\w+\))? )?(?:struct|enum|union) /.test(item)) count.left += 1;
    }
  }
  assert.ok(count.read > 500 && count.left < count.read / 5, `${count.read} read, ${count.left} left to the parser`);
});

/** Each is read off its text. */
const READ = [
  "struct A;",
  "pub(crate) struct A<'a: 'b, 'b, T: Copy + 'a + ?Sized = u8, const N: usize = 4>(pub &'a mut T, pub (crate) [u8; N]) where T: X<Y = u8>, 'a: 'b;",
  '#[repr(C, align(8))] #[doc = r"x"] pub struct A { /* a */ #[cfg(feature = "a")] pub a: u8, // b\n pub(super) r#type: Vec<(u8, Option<T>)>, }',
  "struct A where T: B, { a: <T as B<u8>>::C, b: <T>::D, c: <<T>::E as F>::G, }".replace("<<T>", "< <T>"),
  "struct A(::a::B, crate::C, self::D, super::super::E, $crate_12::F, Self, a::b<u8>::C<'_, 'static>);",
  "struct A { a: Token![<<=], b: a::m!{ x }, c: n!(1, 'c', \"}\") }",
  "enum A { Div(Token![/]), DivAssign(Token![/=]) }",
  "struct A { a: dyn B, b: Box<dyn a::B<C = u8> + Send + 'static>, c: &'a dyn B, d: *const dyn B, e: _, f: !, g: (), h: (u8), i: (u8,), j: [u8] }",
  "struct A { a: B<3, -4, true, 0xff_u8>, b: [[u8; a::N]; Self::M] }",
  "pub enum A<T> { #[cfg(a)] A = 1, B(#[b] u8, pub T) = -2isize, C { c: u8 }, D, r#E {}, F() }",
  "union A { a: u8, b: ManuallyDrop<T> }",
  "enum E { A = 1 + 2 + 3, B = A | x::B | C, D = 1 << 3, E = -1 - 2, F = 8 / 2 }",
  "const A: [u8; N * 2] = 1 + 2;",
  "pub type A<T> = Vec<T>;",
  "impl<T: Into<u8>, const N: usize> a::From<[T; N]> for B<T> where T: C<u8>, {}",
  "unsafe impl<'a> Sync for &'a mut B {} ".trim(),
  "impl !Send for A {}",
  "impl A for B { type C = u8; #[cfg(x)] type D<'a> = &'a u8; }",
  "impl dyn A + 'static {}",
  "struct A { a: fn(u8, b: &'a u8) -> u8, b: for<'a> unsafe extern \"C\" fn(_: &'a u8), c: Box<dyn Fn(&B, (u8,)) -> C + Send + 'static>, d: &'a dyn FnOnce() }",
  "struct A<F = fn() -> u8>(<<T as B>::C as D>::E, pub(in crate::a) F, impl G + 'a) where F: Fn(u8) -> T + H;",
  "pub(in crate::a) unsafe trait A<T>: B<C = u8> + Fn(T) -> u8 where T: D { type E<'a>: ?Sized where Self: 'a; const F: u8; const G: u8 = 3; fn h(&self); }",
  '#[lang = "x"] pub unsafe auto trait A {}',
  'pub const unsafe extern "C" fn f<\'a, T: A>(self: &Self, mut a: T, _: u8, #[cfg(x)] b: impl B) -> Option<T> where T: C { a + 1 }',
  "async fn f(&'a mut self) {}",
  "fn f(mut self, a: u8) -> ! { loop {} }",
  "impl<T> A for B { type C = u8; const D: usize = -3; /// doc\n pub fn e(&mut self, a: u8) -> u8 { self.0 } #[inline] unsafe fn f() {} }",
  "pub const A: &'static str = B;",
  "const A: i8 = -1i8;",
  "struct Größe { länge: u8 }",
];

for (const text of READ) {
  test(`read off the text as by the parser: ${text}`, async () => {
    const read = readItem(text);
    assert.ok(read !== undefined);
    assertAsParsed(await rustParser(), text, read);
  });
}

test("what is of another form is left to the parser, and so is what has an error", () => {
  const texts = [
    "struct A { a: Fn(u8) }",
    "struct A { a: [u8; { 3 }] }",
    "struct A { a: [u8; 1 + 2 * 3] }",
    "struct A { a: [u8; f(1)] }",
    "struct A { a: [u8; -N] }",
    "struct A { a: B<1 + 2> }",
    "struct A<T: ?'a>;",
    "struct A { a: B<'a>::C }",
    "struct A { a: b!((c]) }",
    "struct A<const N: usize = a::B>;",
    "struct A { a: u8 = 3 }",
    "struct A { unsafe a: u8 }",
    "struct A<T: ?Sized + B>;",
    "struct A { a: &dyn B + C }",
    "#[unsafe(a)] struct A;",
    "#[a b] struct A;",
    '#[doc = "a"] struct A;',
    "struct A { #![a] b: u8 }",
    "struct A { a: u8, b: , c: u16 }",
    "struct A { a: u8",
    "struct A { a: B< }",
    "struct A { a: for<'a> B<'a> }",
    "struct A { a: dyn u8 }",
    "struct A { a: <u8 as>::B }",
    "#[1(a)] struct A;",
    "struct A { a: fn(u8, ...) }",
    "struct A { a: Box<dyn for<'a> Fn(&'a u8)> }",
    "struct A { a: B::<C> }",
    "struct A",
    "struct A; ",
    " struct A;",
    "struct A; struct B;",
    "struct A(u8) /* ;",
    "struct A<>;",
    "struct fn;",
    "enum A { B = 1 << 2 + 3 }",
    "enum A { B = b'c' }",
    "impl A<{}",
    "impl A { m!{} }",
    "fn f() { m!() }",
    "fn f() { a ]",
    "fn f() { struct A; }",
    "fn f((a, b): C) {}",
    "fn f(a: u8, ...);",
    "fn f() u8 {}",
    "const A: u8 = 1 + 2 * 3;",
    "static A: u8 = 1;",
    "type A;",
    "trait A = B;",
    "const trait A {}",
    "impl A<{ 3 }> {}",
    "pub impl A {}",
    "impl const A for B {}",
  ];
  for (const text of texts) assert.equal(readItem(text), undefined, text);
});
