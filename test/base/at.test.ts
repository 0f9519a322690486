/** Elements of lists by their indices, there or not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { at } from "../../server/src/base/at.ts";

test("an element is found by its index", () => {
  assert.equal(at(["a", "b"], 1), "b");
});

test("an index out of range is a bug", () => {
  assert.throws(() => at(["a"], 1), /no element 1 among 1/);
});
