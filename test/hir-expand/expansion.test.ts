/** Where expanded tokens come from, and how marks survive chains of expansions. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import type { Expansion } from "../../server/src/hir-expand/expansion.ts";
import { crateMarks, originAt, tokensInRange } from "../../server/src/hir-expand/expansion.ts";
import { parseMacroDef } from "../../server/src/hir-expand/parse-macro-def.ts";
import { checkExpands, define, expandCall, tokens } from "./check.ts";

/** The tokens between the delimiters that follow `marker` in an expansion. */
function inside(expansion: Expansion, marker: string, close: string): ReturnType<typeof tokensInRange> {
  const start = expansion.text.indexOf(marker) + marker.length;
  return tokensInRange(expansion, start, expansion.text.indexOf(close, start));
}

test("a name of the call is at its own place, one of the definition at the call", () => {
  const text = "m! { Foo }";
  const def = define("($x:ident) => { struct $x; struct Bar; }");
  const call = tokens(text).slice(3, 4);
  const expansion = expandCall(def, { tokens: call, span: { source: "call", start: 0, end: 10, ctx: undefined } });
  assert.ok(expansion.ok);
  assert.equal(expansion.value.text, "struct Foo;struct Bar;");
  const foo = originAt(expansion.value, expansion.value.text.indexOf("Foo"));
  const bar = originAt(expansion.value, expansion.value.text.indexOf("Bar"));
  assert.deepEqual([foo?.kind, foo?.shown.start, foo?.shown.source], ["call", 5, "call"]);
  assert.deepEqual([bar?.kind, bar?.shown.start, bar?.written.source, bar?.written.start], ["def", 0, "def", 34]);
});

test("a name goes through a chain of calls to where it is written", () => {
  const outer = checkExpands("($x:ident) => { inner! { $x } inner! { Own } }", "Foo", "inner! { Foo } inner! { Own }");
  const inner = define("($x:ident) => { struct $x; }");
  const callSite = originAt(outer, 0)?.written;
  assert.ok(callSite !== undefined);
  const first = expandCall(inner, { tokens: inside(outer, "inner!{", "}"), span: callSite });
  assert.ok(first.ok);
  assert.deepEqual(originAt(first.value, 7)?.kind, "call");
  assert.equal(originAt(first.value, 0)?.shown.source, "call");
});

test("`$crate` keeps the crate of the macro that wrote it", () => {
  const outer = checkExpands(define("() => { inner! { $crate::A } }", { crate: 1 }), "", "inner! { $crate::A }");
  const inner = define("($p:path) => { use $p; use $crate::B; }", { crate: 2 });
  const result = expandCall(inner, { tokens: inside(outer, "inner!{", "}"), span: { source: 0, start: 0, end: 0, ctx: undefined } });
  assert.ok(result.ok);
  assert.equal(result.value.text, "use $crate::A;use $crate::B;");
  assert.deepEqual(crateMarks(result.value), [
    { offset: 4, crate: 1 },
    { offset: 18, crate: 2 },
  ]);
});

test("a macro made by a macro keeps its variables and the crate of its maker", () => {
  const outer = checkExpands(
    define("($name:ident) => { macro_rules! $name { ($x:ident) => { struct $x($crate::T, $$crate::U); } } }", { crate: 1 }),
    "made",
    "macro_rules! made { ($x:ident) => { struct $x($crate::T, $ crate::U); } }",
  );
  const body = inside(outer, "made{", "}}");
  const made = parseMacroDef([...body, ...tokens("}")], { name: "made", edition: 2021, crate: 2, kind: "macro_rules" });
  assert.ok(made.ok, made.ok ? "" : english(made.error.message));
  const result = expandCall(made.value, { tokens: tokens("S"), span: { source: 0, start: 0, end: 0, ctx: undefined } });
  assert.ok(result.ok);
  assert.equal(result.value.text, "struct S($crate::T,$crate::U);");
  assert.deepEqual(
    crateMarks(result.value).map((mark) => mark.crate),
    [1, 2],
  );
});

test("a captured fragment is opaque to the macro it is handed to", () => {
  const outer = checkExpands(
    "($e:expr, $t:tt, $i:ident) => { inner! { $e } inner2! { $t } inner3! { $i } }",
    "1, 1, a",
    "inner! { 1 } inner2! { 1 } inner3! { a }",
  );
  const literal = define("(1) => { literal }; (a) => { name }; ($e:literal) => { captured }");
  const run = (marker: string): string => {
    const result = expandCall(literal, { tokens: inside(outer, marker, "}"), span: { source: 0, start: 0, end: 0, ctx: undefined } });
    return result.ok ? result.value.text : result.error.kind;
  };
  assert.deepEqual([run("inner!{"), run("inner2!{"), run("inner3!{")], ["captured", "literal", "name"]);
});
