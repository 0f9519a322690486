/** Definitions: forms, metavariable expressions, macros 2.0, what is refused. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { parseMacroDefText } from "../../server/src/hir-expand/parse-macro-def.ts";
import { CALL_SPAN, checkExpands, checkFails, define, expandCall, tokens } from "./check.ts";

/** Text with `@{…}` for metavariable expressions, which would read as template strings gone wrong. */
function meta(text: string): string {
  return text.replaceAll("@{", "$" + "{");
}

function refusal(text: string): string {
  const def = parseMacroDefText({ text, source: "def" }, { name: "m", edition: 2021, crate: 0, kind: "macro_rules" });
  assert.ok(!def.ok);
  return english(def.error.message);
}

test("counts, indices and lengths", () => {
  checkExpands(
    meta("($($x:ident),*) => { [u8; @{count(x)}]; $( @{index()} / @{len()} $x; )* }"),
    "a, b, c",
    "[u8; 3]; 0 / 3 a; 1 / 3 b; 2 / 3 c;",
  );
  checkExpands(meta("($($($x:ident)*);*) => { @{count($x)} @{count($x, 0)} @{count($x, 1)} }"), "a b; c", "3 2 3");
  checkExpands(meta("($($($x:ident)*);*) => { $( $( @{index(1)} @{index()} $x )* )* }"), "a b; c", "0 0 a 0 1 b 1 0 c");
});

test("ignored and joined variables", () => {
  checkExpands(meta("($($x:ident),*) => { $( @{ignore($x)} 0 )* }"), "a, b", "0 0");
  checkExpands(meta('($x:ident) => { fn @{concat(get_, $x, "_now")}() {} }'), "a", "fn get_a_now() {}");
});

test("two dollars make one", () => {
  checkExpands("($x:ident) => { macro_rules! $x { ($$y:ident) => { $$y } } }", "n", "macro_rules! n { ($y:ident) => { $y } }");
});

test("a dollar before a closing delimiter is itself", () => {
  checkExpands("([$]) => { dollar }; ([#]) => { hash }", "[$]", "dollar");
});

test("macros 2.0 with one arm and with several", () => {
  checkExpands(define("($x:ty) { type A = $x; }", { kind: "macro" }), "u8", "type A = u8;");
  checkExpands(define("{ ($x:ty) => { one }, ($($x:ty),+ $(,)?) => { many } }", { kind: "macro" }), "u8, u16", "many");
});

test("the definition may be given with its outer delimiters or without", () => {
  for (const def of ["{ (a) => { 1 }; }", "( (a) => { 1 } )", "(a) => { 1 };", "[a] => [1]"]) checkExpands(def, "a", "1");
});

test("attribute and derive arms serve no ordinary call", () => {
  const def = define("{ attr($x:ident) ($($t:tt)*) => { $x $($t)* }; derive() ($($t:tt)*) => { derived } }");
  checkFails(def, "a", "unsupported");
  const attr = expandCall(def, { tokens: tokens("struct A;"), args: tokens("n"), span: CALL_SPAN, form: "attr" });
  assert.ok(attr.ok);
  assert.equal(attr.value.text, "n struct A;");
  const derive = expandCall(def, { tokens: tokens("struct A;"), span: CALL_SPAN, form: "derive" });
  assert.ok(derive.ok);
  assert.equal(derive.value.text, "derived");
});

test("what is malformed is refused with its reason", () => {
  assert.equal(refusal("($x) => {}"), "`$x` has no fragment specifier");
  assert.equal(refusal("($x:typ) => {}"), "`$x` has an unknown fragment specifier");
  assert.equal(refusal("($()*) => {}"), "repetition matches empty token tree");
  assert.equal(refusal("($($v:vis)*) => {}"), "repetition matches empty token tree");
  assert.equal(refusal("($(a) b) => {}"), "expected one of: `*`, `+`, or `?`");
  assert.equal(refusal("(a) => { $(1) }"), "expected one of: `*`, `+`, or `?`");
  assert.equal(refusal("(a) => { ) }"), "unexpected closing delimiter `)`");
  assert.equal(refusal("(a) => 1"), "expected the right side of a rule in `m!`");
  assert.equal(refusal("(a) => {} (b) => {}"), "expected `;` between the rules of `m!`");
  assert.equal(refusal(`(a) => { ${"$(".repeat(100)}x${")*".repeat(100)} }`), "repetitions nest too deeply");
});

test("repetitions of different lengths are an error", () => {
  const error = checkFails("($($x:ident)* ; $($y:ident)*) => { $($x $y)* }", "a b; c", "repetition");
  assert.equal(english(error.message), "variable `x` repeats 2 times, but `y` repeats 1 times");
  checkFails("($($x:ident)*) => { $x }", "a", "repetition");
  checkFails("($x:ident) => { $($x)* }", "a", "repetition");
});
