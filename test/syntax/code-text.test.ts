/**
 * Comments become spaces, what only looks like one stays.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutComments } from "../../server/src/syntax/code-text.ts";

const CASES: readonly (readonly [string, string])[] = [
  ["a // b\nc", "a     \nc"],
  ["a /* b /* c */ d */ e", "a                   e"],
  ["/// doc\nstruct A; //! x", "       \nstruct A;      "],
  ['"// a" // b', '"// a"     '],
  ['"\\"// a" // b', '"\\"// a"     '],
  ['r"\\" // b', 'r"\\"     '],
  ['r#"" // "# // b', 'r#"" // "#     '],
  ['br##""# // "## /**/x', 'br##""# // "##     x'],
  ["'\"' // a", "'\"'     "],
  ["'\\'' // a", "'\\''     "],
  ["'\\u{2f}' // a", "'\\u{2f}'     "],
  ["'🦀' // a", "'🦀'     "],
  ["fn f<'a>(x: &'a str) { 'l: loop { break 'l } } // a", "fn f<'a>(x: &'a str) { 'l: loop { break 'l } }     "],
  ["r#type // a", "r#type     "],
  ["a / b / c", "a / b / c"],
  ["/* not closed", "             "],
  ['" not closed // a', '" not closed // a'],
  ["/**/", "    "],
];

for (const [text, code] of CASES) {
  test(`without comments: ${JSON.stringify(text)}`, () => {
    assert.equal(withoutComments(text), code);
  });
}
