/** Hovers on types in the arguments of macro calls and on types that macros make, where they are written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_HOVER } from "../../server/src/ide/config.ts";
import { renderPlaintext } from "../../server/src/ide/markup.ts";
import { openSource, SOURCE_FILE } from "../support/open-source.ts";

const SOURCE = `
pub struct Pair { a: u32, b: u8 }
macro_rules! make { ($name:ident, $field:ident: $ty:ty) => { pub struct $name { $field: $ty, flag: bool } } }
make!(Made, wide: Option<Pair>);
macro_rules! hidden { () => { pub struct Hidden { a: u64, b: u8 } } }
hidden!();
macro_rules! wrap { ($($e:expr),*) => { [$(size(&$e)),*] } }
macro_rules! inner { ($t:ty) => { { struct Pair(u64); core::mem::size_of::<$t>() } } }
macro_rules! nested { ($t:ty) => { assert_eq!(core::mem::size_of::<$t>(), 8) } }
fn size<T>(_: &T) -> usize { core::mem::size_of::<T>() }
fn body() {
    struct Local(u128);
    assert_eq!(core::mem::size_of::<Vec<Pair>>(), 24);
    println!("{}", core::mem::align_of::<Local>());
    let _ = vec![None::<Box<Pair>>; 3];
    let _ = wrap!(None::<[Pair; 4]>, 1u8);
    let _ = inner!((u8, Pair));
    nested!(Option<u64>);
    unknown!(Rc<Pair>);
}
`;

async function hoverOn(word: string, before: string): Promise<string | undefined> {
  const analysis = await openSource(SOURCE);
  const at = SOURCE.indexOf(before + word);
  assert.ok(at >= 0, before + word);
  const shown = analysis.hover({ file: SOURCE_FILE, offset: at + before.length + 1 }, DEFAULT_HOVER);
  if (shown === undefined) return undefined;
  assert.ok(SOURCE.slice(shown.place.start, shown.place.end).startsWith(word), SOURCE.slice(shown.place.start, shown.place.end));
  return renderPlaintext(shown.markup).split("\n", 1)[0];
}

test("a type that a macro makes is told where its name is written", async () => {
  assert.equal(await hoverOn("Made", "make!("), "Layout 16 B · align 4 · 3 B padding (19 %)");
  assert.equal(await hoverOn("wide", "Made, "), "Layout offset 0 · 12 B · align 4 · cache line 0");
  assert.equal(await hoverOn("Option<Pair>", "wide: "), "12 B · align 4");
  assert.equal(await hoverOn("Pair", "wide: Option<"), "8 B · align 4 · 3 B padding");
});

test("one that nothing of is written is told at the call", async () => {
  assert.equal(await hoverOn("hidden", "\n"), "Layout 16 B · align 8 · 7 B padding (44 %)");
});

test("types in arguments of std's macros are told, those of the block around included", async () => {
  assert.equal(await hoverOn("Vec<Pair>", "size_of::<"), "24 B · align 8");
  assert.equal(await hoverOn("Pair", "size_of::<Vec<"), "8 B · align 4 · 3 B padding");
  assert.equal(await hoverOn("Local", "align_of::<"), "16 B · align 16");
  assert.equal(await hoverOn("Box<Pair>", "vec![None::<"), "8 B · align 8");
});

test("types in arguments of declarative macros are told, through calls in calls", async () => {
  assert.equal(await hoverOn("Pair", "None::<["), "8 B · align 4 · 3 B padding");
  assert.equal(await hoverOn("Option<u64>", "nested!("), "16 B · align 8");
});

test("nothing is said where a name could mean another type, or where nobody knows the macro", async () => {
  assert.equal(await hoverOn("Pair", "(u8, "), undefined);
  assert.equal(await hoverOn("Rc", "unknown!("), undefined);
});
