/** What is nested deeper than is read says so, and nothing else of the file does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectations } from "../support/fixture.ts";
import { openSemantics } from "../support/open-semantics.ts";

const DEEP = 2000;

function nested(before: string, inside: string, after: string, depth = DEEP): string {
  return before.repeat(depth) + inside + after.repeat(depth);
}

const TUPLES = nested("(", "u8,", "),");
const PARENTHESES = nested("(", "1", ")");

/** What is said of the type on the line, by the line. */
const LINES: readonly (readonly [line: string, says: string])[] = [
  [`struct S(${TUPLES});`, "`S` is nested too deeply"],
  [`struct S { a: u8, b: ${nested("[", "u8", "; 1]")} }`, "`S` is nested too deeply"],
  [`enum S { A(${nested("Option<", "u8", ">")}), B }`, "`S` is nested too deeply"],
  [`struct S(${"&'static ".repeat(DEEP)}u8);`, "`S` is nested too deeply"],
  [`struct S<T: ${nested("Into<", "u8", ">")}>(T);`, "`S` is nested too deeply"],
  [`enum S { A = ${PARENTHESES}, B }`, "`S` is nested too deeply"],
  [`struct S([u8; ${nested("if true { ", "1", " } else { 0 }")}]);`, "`S` is nested too deeply"],
  [`struct S([u8; ${"1 + ".repeat(DEEP)}1]);`, "`S` is nested too deeply"],
  [`type A = ${TUPLES}; struct S(A);`, "types are nested more than 256 deep"],
  [`const X: usize = ${PARENTHESES}; struct S([u8; X]);`, "this expression is nested too deeply"],
  [`const X: usize = 1usize${".wrapping_add(1)".repeat(DEEP)}; struct S([u8; X]);`, "this expression is nested too deeply"],
  [`const X: usize = ${nested("{ ", "1", " }")}; struct S([u8; X]);`, "this expression is nested too deeply"],
  [`macro_rules! m { ($($t:tt)*) => { ($($t)*) } } struct S(m!(${TUPLES}));`, "nested"],
  [`#[cfg(${nested("not(", "unix", ")")})] struct A(u8); struct S(A);`, "is nested too deeply"],
  [
    `${nested("pub mod m { ", "pub struct Inner(u8);", " }")} use m${"::m".repeat(150)} as a; use a${"::m".repeat(150)} as b; use b${"::m".repeat(100)} as c; struct S(c::Inner);`,
    "module `m` is nested too deeply",
  ],
];

for (const [line, says] of LINES) {
  test(`${says}: ${line.slice(0, 60)}`, async () => {
    const text = `struct Good(u32, u8); // 8/4\n${line} // unknown: ${says}\nstruct Other(Good, u16); // 12/4\n`;
    const found = expectations(await openSemantics({ "/ws/lib.rs": text }), "/ws/lib.rs", text);
    assert.equal(found.length, 3);
    assert.deepEqual(
      found.filter(({ expected, actual }) => expected !== actual),
      [],
    );
  });
}
