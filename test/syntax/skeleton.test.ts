/**
 * What a text declares is kept, what it does is not.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { skeleton } from "../../server/src/syntax/skeleton.ts";

/** What is left out is `…`. */
function shown(text: string): string {
  const parts = skeleton(text) ?? [{ start: 0, end: text.length }];
  const kept = parts.map(({ start, end }) => text.slice(start, end)).join("…");
  return (parts[0]?.start === 0 ? "" : "…") + kept + (parts.at(-1)?.end === text.length ? "" : "…");
}

const LONG = "one + two + three + four";

const CASES: readonly (readonly [string, string])[] = [
  [`fn f(a: u8) -> [u8; { ${LONG} }] { ${LONG} }`, `fn f(a: u8) -> [u8; { ${LONG} }] {…}`],
  [`fn f<const N: usize>() where A<{ ${LONG} > 1 }>: B, { ${LONG} }`, `fn f<const N: usize>() where A<{ ${LONG} > 1 }>: B, {…}`],
  [`impl<T: Fn(u8) -> u8> A for B<T> { const C: u8 = ${LONG}; }`, "impl<T: Fn(u8) -> u8> A for B<T> {…}"],
  [`trait A: B { fn f() { ${LONG} } }`, "trait A: B {…}"],
  [`mod m { fn f() { ${LONG} } struct A { a: u8 } }`, "mod m { fn f() {…} struct A { a: u8 } }"],
  [`/// ${LONG}\nstruct A; // ${LONG}\n`, "…\nstruct A; …\n"],
  [`struct A /* ${LONG} */ (u8);`, "struct A … (u8);"],
  [`struct A/* ${LONG} */(u8);`, `struct A/* ${LONG} */(u8);`],
  [`m! { ${LONG} } n!(${LONG}); macro_rules! o { ${LONG} }`, "m! {…} n!(…); macro_rules! o {…}"],
  [
    `const A: bool = !(${LONG}); static mut B: u8 = { fn f() { ${LONG} } 1 };`,
    `const A: bool = !(${LONG}); static mut B: u8 = { fn f() { ${LONG} } 1 };`,
  ],
  [`const fn f() { ${LONG} } const unsafe extern "C" fn g() { ${LONG} }`, 'const fn f() {…} const unsafe extern "C" fn g() {…}'],
  [
    `struct A([u8; { impl B { fn f() { ${LONG} } } 1 }]); fn g() { ${LONG} }`,
    `struct A([u8; { impl B { fn f() { ${LONG} } } 1 }]); fn g() {…}`,
  ],
  [
    `struct A<const N: usize = { ${LONG} }> { a: fn(u8) -> u8 } fn g() { ${LONG} }`,
    `struct A<const N: usize = { ${LONG} }> { a: fn(u8) -> u8 } fn g() {…}`,
  ],
  [`fn f() { #![cfg(windows)] ${LONG} }`, `fn f() { #![cfg(windows)] ${LONG} }`],
  [`fn f() { let a = "}"; let b = '}'; let c = r#"}"#; /* } */ } struct A;`, "fn f() {…} struct A;"],
  [`fn f() -> ! { ${LONG} } extern "C" { fn g(); static H: *const u8; }`, 'fn f() -> ! {…} extern "C" { fn g(); static H: *const u8; }'],
  [`static A: &'static str = ""; fn f() { ${LONG} }`, `static A: &'static str = ""; fn f() {…}`],
  [`struct A; fn f() { ${LONG} `, `struct A; fn f() { ${LONG} `],
];

for (const [text, expected] of CASES) {
  test(`the skeleton of ${JSON.stringify(text)}`, () => {
    assert.equal(shown(text), expected);
  });
}
