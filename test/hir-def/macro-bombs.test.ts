/** Macros that multiply are cut by counts of calls and tokens; what the file holds besides answers. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { openFiles } from "../support/open-semantics.ts";

/** Asks for all definitions of a source: how many calls were expanded, and the answer for `Good`. */
async function expandedCalls(source: string): Promise<number> {
  const { host, semantics } = await openFiles({ "/ws/lib.rs": `${source}\nstruct Good(u8, u32);\nstruct Needs(Made);\n` });
  const definitions = semantics.definitions("/ws/lib.rs");
  const answerOf = (name: string): string => {
    const definition = definitions.find((it) => it.name === name);
    const answer = definition === undefined ? undefined : semantics.layoutOf(definition);
    return answer?.status === "exact" ? `${answer.layout.size}` : (answer?.status ?? "absent");
  };
  assert.equal(answerOf("Good"), "8");
  // Whether the macro makes it is a matter of how far it is followed; a name that may come from it is looked for there.
  answerOf("Needs");
  return host.runtime.workCounts.get("expandCall") ?? 0;
}

/** The answer for the type `Needs` of a source: its size, or why there is none. */
async function needs(source: string): Promise<string> {
  const { semantics } = await openFiles({ "/ws/lib.rs": source });
  const definition = semantics.definitions("/ws/lib.rs").find((it) => it.name === "Needs");
  const answer = definition === undefined ? undefined : semantics.layoutOf(definition);
  if (answer?.status === "exact") return `${answer.layout.size}`;
  return answer?.status === "unknown" ? english(answer.reason) : (answer?.status ?? "absent");
}

test("a macro whose calls multiply by ten twelve times", async () => {
  const levels = Array.from({ length: 12 }, (_, i) => `macro_rules! l${i + 1} { () => { ${`l${i}!{} `.repeat(10)} } }`).join("\n");
  assert.ok((await expandedCalls(`macro_rules! l0 { () => { struct Made(); } }\n${levels}\nl12!{}`)) < 2500);
});

test("a macro whose tokens double", async () => {
  assert.ok((await expandedCalls("macro_rules! b { ($($t:tt)*) => { b!{ $($t)* $($t)* } } }\nb!{ Made }")) < 15);
});

test("a macro that adds as much at every step is followed to its end", async () => {
  const part = "struct Filler(u8); ".repeat(40);
  const source = `macro_rules! a { ($n:ident; $($t:tt)*) => { struct $n(u16); $($t)* };
    ($n:ident . $($r:tt)*) => { a!{ $n $($r)* mod m { ${part} } } } }\na!{ Made ${". ".repeat(30)}; }`;
  assert.equal(await needs(`${source}\nstruct Needs(Made);\n`), "2");
});

test("a macro that takes one away by way of a second macro is followed to its end", async () => {
  // As crates implement their traits for tuples; each step ends with a call that only passes the rest on.
  const source = `macro_rules! each { () => { struct Made(u16); };
    ($($n:ident,)+) => { impl<$($n),*> Tr for ($($n,)*) { ${"fn f() {} ".repeat(40)} } peel!($($n,)*); } }
    macro_rules! peel { ($n:ident, $($r:ident,)*) => { each!($($r,)*); } }
    trait Tr {} each!{ ${"T,".repeat(12)} }`;
  assert.equal(await needs(`${source}\nstruct Needs(Made);\n`), "2");
});

test("calls in calls in calls: each holds all the others", async () => {
  const source = `macro_rules! m { ($($t:tt)*) => { $($t)* } }\n${"m!{".repeat(5000)}struct Made();${"}".repeat(5000)}`;
  assert.ok((await expandedCalls(source)) < 60);
});

test("a macro that makes macros that call it", async () => {
  const source = "macro_rules! m { ($n:ident) => { macro_rules! $n { () => { m!{ $n } $n!{} } } $n!{} } }\nm!{ Made }";
  assert.ok((await expandedCalls(source)) < 2500);
});

test("a name that a macro which was cut may make is not taken from a glob", async () => {
  const bomb = "macro_rules! b { (end) => { struct Hidden(u64); }; ($($x:tt)*) => { b!{ $($x)* a } b!{ $($x)* b } } }\nb!{}";
  const answer = await needs(`${bomb}\nmod other { pub struct Hidden(pub u8); }\nuse other::*;\nstruct Needs(Hidden);`);
  assert.match(answer, /^macro `b!` /);
});

test("calls that follow one another in a chain make what their last one makes", async () => {
  const count = `macro_rules! count {
    (@ $n:ident [$($d:tt)*] [$h:tt $($t:tt)*]) => { count!{ @ $n [$($d)* u16,] [$($t)*] } };
    (@ $n:ident [$($d:tt)*] []) => { struct $n($($d)*); };
    ($n:ident $($t:tt)*) => { $crate::count!{ @ $n [] [$($t)*] } };
  }
  pub(crate) use count;`;
  assert.equal(await needs(`${count}\ncount!{ Made a b c }\nstruct Needs(Made);`), "6");
  assert.equal(await needs(`${count}\nmod m { crate::count!{ Made ${"a ".repeat(60)} } }\nstruct Needs(m::Made);`), "120");
  assert.match(await needs(`${count}\ncount!{ Made ${"a ".repeat(200)} }\nstruct Needs(Made);`), /calls itself more than 128 times/);
  assert.equal(await needs(`#![recursion_limit = "256"]\n${count}\ncount!{ Made ${"a ".repeat(200)} }\nstruct Needs(Made);`), "400");
});

test("structs that are written out in one call are all made, however many steps each takes", async () => {
  const definition = `macro_rules! all {
    ($(struct $n:ident { $($f:tt)* })*) => { $( all!{ @ $n [] [$($f)*] } )* };
    (@ $n:ident [$($d:tt)*] [$f:ident : $t:ty, $($r:tt)*]) => { all!{ @ $n [$($d)* $f: $t,] [$($r)*] } };
    (@ $n:ident [$($d:tt)*] []) => { struct $n { $($d)* } };
  }`;
  const structs = Array.from({ length: 1500 }, (_, i) => `struct S${i} { first: u8, second: u32, third: *const u8, fourth: [u8; 4], }`);
  assert.equal(await needs(`${definition}\nall! { ${structs.join("\n")} }\nstruct Needs(S1499);`), "24");
});

test("arguments of a macro that is not found that name a primitive type leave it what it is", async () => {
  assert.equal(await needs("lost!{ a: u8, b: Vec<u16> }\nstruct Needs(u8, u16);"), "4");
  for (const declares of ["struct u8(u64);", "type  u8 = u16;", "pub use a::{b, u8};", "extern crate a as u8;"])
    assert.match(await needs(`lost!{ ${declares} }\nstruct Needs(u8);`), /`lost!` was not found/);
});

test("a type with a primitive's name that a macro declares is found", async () => {
  assert.equal(await needs("macro_rules! m { ($($t:tt)*) => { $($t)* } }\nm!{ struct u8(u64); }\nstruct Needs(u8);"), "8");
  assert.equal(await needs("macro_rules! m { ($t:ident) => { struct $t(u64); } }\nm!{ u8 }\nstruct Needs(u8);"), "8");
  assert.equal(await needs("macro_rules! m { () => { struct u8(u64); } }\nm!{}\nstruct Needs(u8);"), "8");
  assert.equal(
    await needs("macro_rules! m { ($k:tt) => { m!{ $k u8 } }; ($k:tt $t:tt) => { $k $t(u64); } }\nm!{ struct }\nstruct Needs(u8);"),
    "8",
  );
});

/** `m!(m!(… inner …))`. */
function nested(levels: number, inner: string): string {
  return `${"m!(".repeat(levels)}${inner}${")".repeat(levels)}`;
}

test("a macro in a type that doubles its argument", async () => {
  const source = (levels: number): string => `macro_rules! m { ($t:ty) => { ($t, $t) } }\nstruct Needs(${nested(levels, "u8")});`;
  assert.equal(await needs(source(8)), "256");
  assert.equal(await needs(source(60)), "macro `m!` leads to more than 2000 calls");
});

test("a macro in an expression that doubles its argument", async () => {
  const source = (levels: number): string => `macro_rules! m { ($e:expr) => { ($e + $e) } }\nstruct Needs([u8; ${nested(levels, "1")}]);`;
  assert.equal(await needs(source(8)), "256");
  assert.equal(await needs(source(60)), "macro calls nest too deeply, or are too many");
});
