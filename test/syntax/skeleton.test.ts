/**
 * What items a text has is kept, what else they say is not.
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
  ["fn f(first: u8, second: u16) -> u8;", "fn f(…) -> u8;"],
  [`fn f<const N: usize>() where A<{ ${LONG} > 1 }>: B, { ${LONG} }`, `fn f<const N: usize>() where A<{ ${LONG} > 1 }>: B, {…}`],
  [`impl<T: Fn(u8) -> u8> A for B<T> { const C: u8 = ${LONG}; }`, "impl<T: Fn(u8) -> u8> A for B<T> {…}"],
  [`impl A for (First, Second, Third, Fourth) { const C: u8 = ${LONG}; }`, "impl A for (First, Second, Third, Fourth) {…}"],
  [`trait A: B { fn f() { ${LONG} } }`, "trait A: B {…}"],
  [`mod m { fn f() { ${LONG} } struct A { first: u8, second: u8 } }`, "mod m { fn f() {…} struct A {…} }"],
  [`enum A { First([u8; { ${LONG} }]), Second }`, "enum A {…}"],
  ["struct A(First, Second, Third) where [u8; 3]: B;", "struct A(…) where [u8; 3]: B;"],
  [`/// ${LONG}\nstruct A; // ${LONG}\n`, "…\nstruct A; …\n"],
  [`#[doc = "${LONG}"] #[repr(C)] #[doc(hidden, inline)] struct A;`, "… #[repr(C)] … struct A;"],
  [`#![allow(first, second, third)] #[cfg(feature = "long enough")] struct A;`, "#![allow(…)] #[cfg(…)] struct A;"],
  [
    `#[path = "long/enough/to/be/left.rs"] mod a; #[a::b (first, second, third) ] mod b;`,
    `#[path = "long/enough/to/be/left.rs"] mod a; #[a::b (…) ] mod b;`,
  ],
  [`struct A /* ${LONG} */ (u8);`, "struct A … (u8);"],
  [`struct A/* ${LONG} */(u8);`, `struct A/* ${LONG} */(u8);`],
  [`m! { ${LONG} } n!(${LONG}); macro_rules! o { ${LONG} }`, "m! {…} n!(…); macro_rules! o {…}"],
  [`macro m(a) { fn f() { ${LONG} } } fn g() { ${LONG} }`, "macro m(a) {…} fn g() {…}"],
  [
    `const A: bool = !(${LONG}); static mut B: [u8; { ${LONG} }] = [${LONG}];`,
    `const A: bool = !(…); static mut B: [u8; { ${LONG} }] = […];`,
  ],
  [`type A = [u8; { fn f() { ${LONG} } 1 }]; fn g() { ${LONG} }`, `type A = [u8; { fn f() { ${LONG} } 1 }]; fn g() {…}`],
  [`const fn f() { ${LONG} } const unsafe extern "C" fn g() { ${LONG} }`, 'const fn f() {…} const unsafe extern "C" fn g() {…}'],
  [`struct A<const N: usize = { ${LONG} }>(fn(u8) -> u8, First, Second);`, `struct A<const N: usize = { ${LONG} }>(…);`],
  [`fn f() { #![cfg(windows)] ${LONG} }`, `fn f() { #![cfg(windows)] ${LONG} }`],
  [`fn f() { let a = "}"; let b = '}'; let c = r#"}"#; /* } */ } struct A;`, "fn f() {…} struct A;"],
  [`fn f() -> ! { ${LONG} } extern "C" { fn g(first: u8, second: u8); }`, 'fn f() -> ! {…} extern "C" { fn g(first: u8, second: u8); }'],
  [`static A: &'static str = ""; fn f() { ${LONG} }`, `static A: &'static str = ""; fn f() {…}`],
  [`struct A; fn f() { ${LONG} `, `struct A; fn f() { ${LONG} `],
];

for (const [text, expected] of CASES) {
  test(`the skeleton of ${JSON.stringify(text)}`, () => {
    assert.equal(shown(text), expected);
  });
}
