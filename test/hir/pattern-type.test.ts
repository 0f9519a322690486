/**
 * Ranges of pattern types, as std writes them; what is not a number is never taken for an open end.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePatternType } from "../../server/src/hir-ty/pattern-type.ts";

function range(args: string): string {
  const parsed = parsePatternType(args);
  return parsed === undefined ? "not understood" : `${parsed.base} ${parsed.range.start} ${parsed.range.end ?? "max"}`;
}

test("ranges of numbers are understood, with constants they are not", () => {
  assert.equal(range("u32 is 0..=999_999_999"), "u32 0 999999999");
  assert.equal(range("u8 is 1.."), "u8 1 max");
  assert.equal(range("u8 is 0..5"), "u8 0 4");
  assert.equal(range("i32 is ..-1 | 0.."), "i32 0 -2");
  assert.equal(range("*const T is !null"), "*const T 1 max");
  assert.equal(range("char is '\\u{1}' ..= '\\u{10ffff}'"), "char 1 1114111");
  for (const args of ["usize is 0..=HALF_USIZE", "u32 is 0..u32::MAX", "u8 is LOW..", "i32 is 1..", "i32 is ..=5", "u8 is ..5 | 7..9"])
    assert.equal(range(args), "not understood", args);
});
