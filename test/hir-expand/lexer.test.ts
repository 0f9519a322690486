/** The lexer: every kind of token, the places where two readings are near, and inputs that must not hurt. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { lex } from "../../server/src/hir-expand/lexer.ts";

function texts(text: string): string[] {
  const lexed = lex({ text, source: "t" });
  assert.ok(lexed.ok, lexed.ok ? "" : english(lexed.error.message));
  return lexed.value.map((token) => token.text);
}

function kinds(text: string): string[] {
  const lexed = lex({ text, source: "t" });
  assert.ok(lexed.ok);
  return lexed.value.map((token) => token.kind);
}

function message(text: string): string {
  const lexed = lex({ text, source: "t" });
  assert.ok(!lexed.ok);
  return english(lexed.error.message);
}

test("identifiers may be raw and of any script", () => {
  assert.deepEqual(texts("a _b r#type größe 名前 𝒳1"), ["a", "_b", "r#type", "größe", "名前", "𝒳1"]);
});

test("a number stops before a range, a method and a field", () => {
  assert.deepEqual(texts("1..2 1.foo() 1. 1.0 x.0.1 1._a"), [
    "1",
    "..",
    "2",
    "1",
    ".",
    "foo",
    "(",
    ")",
    "1.",
    "1.0",
    "x",
    ".",
    "0.1",
    "1",
    ".",
    "_a",
  ]);
});

test("numbers take bases, underscores, exponents and suffixes", () => {
  assert.deepEqual(texts("0xFFu8 0b1_0 0o17 1_000 1e10 1.5e-3f32 2E+4 1f64 0xE+1"), [
    "0xFFu8",
    "0b1_0",
    "0o17",
    "1_000",
    "1e10",
    "1.5e-3f32",
    "2E+4",
    "1f64",
    "0xE",
    "+",
    "1",
  ]);
});

test("a quote begins a lifetime or a character", () => {
  assert.deepEqual(texts("'a 'a' '_ '\\'' 'static: ' ' '(' '𝒳' b'x' b'\\\\' 'r#x"), [
    "'a",
    "'a'",
    "'_",
    "'\\''",
    "'static",
    ":",
    "' '",
    "'('",
    "'𝒳'",
    "b'x'",
    "b'\\\\'",
    "'r#x",
  ]);
  assert.deepEqual(kinds("'a 'a' '_"), ["lifetime", "literal", "lifetime"]);
});

test("strings take every prefix and keep what they contain", () => {
  const all = ['"a\\"b // no"', 'r"\\"', 'r#"a"b"#', 'b"x"', 'br##"#"##', 'c"z"', 'cr#"y"#', '"é"suffix'];
  assert.deepEqual(texts(all.join(" ")), all);
});

test("comments vanish, doc comments stay", () => {
  assert.deepEqual(texts("a // x\n//// no\n/// yes\n//! inner\nb /* /* nested */ */ /** doc */ /*** no */ /**/ /*! in */ c"), [
    "a",
    "/// yes",
    "//! inner",
    "b",
    "/** doc */",
    "/*! in */",
    "c",
  ]);
});

test("punctuation is as long as it can be", () => {
  assert.deepEqual(texts("<<= >>= ..= ... .. => -> :: <- && || += != a>>b &&& |||"), [
    "<<=",
    ">>=",
    "..=",
    "...",
    "..",
    "=>",
    "->",
    "::",
    "<-",
    "&&",
    "||",
    "+=",
    "!=",
    "a",
    ">>",
    "b",
    "&&",
    "&",
    "||",
    "|",
  ]);
});

test("a shebang is no token, an inner attribute is", () => {
  assert.deepEqual(texts("#!/usr/bin/env x\na"), ["a"]);
  assert.deepEqual(texts("#![a]"), ["#", "!", "[", "a", "]"]);
});

test("offsets are UTF-16 offsets of the whole text, also for a part of it", () => {
  const lexed = lex({ text: '𝒳 = "é";', source: "t", start: 3, end: 8 });
  assert.ok(lexed.ok);
  assert.deepEqual(
    lexed.value.map((token) => [token.text, token.start, token.end]),
    [
      ["=", 3, 4],
      ['"é"', 5, 8],
    ],
  );
});

test("what is not Rust is an error with its place", () => {
  assert.equal(message('"abc'), "unterminated string");
  assert.equal(message("/* /* */"), "unterminated block comment");
  assert.equal(message('r#"abc"'), "unterminated raw string");
  assert.equal(message("a \\ b"), "`\\` is not a Rust token");
});

test("ten thousand open delimiters are ten thousand tokens", () => {
  assert.equal(texts("([{".repeat(10_000)).length, 30_000);
});
