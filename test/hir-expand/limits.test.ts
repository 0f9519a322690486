/** Inputs that must not hurt: deep nesting, explosions, ambiguity; and the table of procedural macros. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { expandMacro } from "../../server/src/hir-expand/expand-macro.ts";
import { attributeMacroEffect, functionLikeMacroEffect } from "../../server/src/hir-expand/proc-macros.ts";
import { inEnglish } from "../support/in-english.ts";
import { CALL_SPAN, checkExpands, checkFails, define, expand, tokens } from "./check.ts";

const DEEP = 10_000;

test("deep nesting of any kind neither overflows nor is refused without a reason", () => {
  const def = define("($e:expr) => { $e }; ($t:ty) => { $t }");
  const nested = `${"(".repeat(DEEP)}${")".repeat(DEEP)}`;
  checkExpands(def, nested, nested);
  const prefixes = `${"- ".repeat(DEEP)}1`;
  checkExpands(def, prefixes, prefixes);
  const types = define("($t:ty) => { $t }");
  checkExpands(types, `${"A<".repeat(DEEP)}u8${" >".repeat(DEEP)}`, `${"A<".repeat(DEEP)}u8${" >".repeat(DEEP)}`);
  const references = "&".repeat(DEEP);
  checkExpands(types, `${references}u8`, `${references}u8`);
  checkExpands(types, `${"fn() -> ".repeat(200)}u8`, `${"fn() -> ".repeat(200)}u8`);
  checkFails(types, `${"fn() -> ".repeat(DEEP)}u8`, "fragment");
  checkFails(define("($e:expr) => { $e }"), `${"if ".repeat(DEEP)}a${" {}".repeat(DEEP)}`, "fragment");
});

test("too many tokens and too many steps are reasons", () => {
  const def = define("($($x:ident)*) => { $( $x $x $x $x )* }");
  const call = { tokens: tokens("a ".repeat(100)), span: CALL_SPAN };
  const size = expandMacro(def, call, { maxTokens: 100, maxSteps: 100_000 });
  assert.ok(!size.ok);
  assert.equal(english(size.error.message), "`m!` expands to more than 100 tokens");
  const steps = expandMacro(def, call, { maxTokens: 100_000, maxSteps: 10 });
  assert.ok(!steps.ok);
  assert.equal(english(steps.error.message), "`m!`: matching this call takes too many steps");
});

test("an exponential matcher is cut", () => {
  const rule = `(${"$(a)* ".repeat(40)}) => { 1 }`;
  checkFails(rule, "a ".repeat(400), "limit");
});

test("no rule that matches is an error at the furthest token", () => {
  const error = checkFails("(a b c) => { 1 }; (a) => { 2 }", "a b d", "noRule");
  assert.equal(english(error.message), "no rule of `m!` matches this call");
  assert.equal(error.offset, 4);
});

test("unbalanced input is an error", () => {
  const result = expand(define("($($t:tt)*) => { $($t)* }"), "( ]");
  assert.ok(!result.ok);
  assert.equal(result.error.kind, "syntax");
});

test("well-known attributes keep their item, others may rewrite it", () => {
  assert.equal(attributeMacroEffect("tokio::main").kind, "keeps");
  assert.equal(attributeMacroEffect("pin_project_internal::pin_project").kind, "keeps");
  assert.deepEqual(inEnglish(attributeMacroEffect("x::y::odd")), {
    kind: "rewrites",
    reason: "attribute macro `odd` may rewrite this item",
  });
  assert.deepEqual(inEnglish(attributeMacroEffect("odd")), { kind: "rewrites", reason: "attribute macro `odd` may rewrite this item" });
  assert.equal(attributeMacroEffect("rustversion::since").kind, "rustVersion");
  assert.deepEqual(functionLikeMacroEffect("paste::paste"), { kind: "expanded", by: "paste" });
  assert.deepEqual(inEnglish(functionLikeMacroEffect("a::b")), { kind: "rewrites", reason: "procedural macro `b!` is not expanded" });
});
