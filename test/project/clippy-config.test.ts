/** clippy's threshold for large variants: the nearest file, its first name, nothing from a broken one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { variantSizeThreshold } from "../../server/src/project/clippy-config.ts";

function threshold(files: Readonly<Record<string, string>>, folder: string): number | undefined {
  return variantSizeThreshold((path) => files[path], folder);
}

test("the nearest clippy.toml upwards counts", () => {
  const files = { "/ws/clippy.toml": "enum-variant-size-threshold = 64", "/clippy.toml": "enum-variant-size-threshold = 1" };
  assert.equal(threshold(files, "/ws/member/src"), 64);
  assert.equal(threshold(files, "/other"), 1);
  assert.equal(threshold({}, "/ws"), undefined);
});

test("a nearer file that says nothing of it ends the search; .clippy.toml comes first", () => {
  const outer = { "/clippy.toml": "enum-variant-size-threshold = 1" };
  assert.equal(threshold({ ...outer, "/ws/clippy.toml": 'msrv = "1.70"' }, "/ws"), undefined);
  const both = { "/.clippy.toml": "enum-variant-size-threshold = 2" };
  assert.equal(threshold({ ...outer, ...both }, "/"), 2);
});

test("what is no whole number of bytes sets nothing", () => {
  for (const value of ['"200"', "-1", "1.5", "true", "[", ""])
    assert.equal(threshold({ "/clippy.toml": `enum-variant-size-threshold = ${value}` }, "/"), undefined, value);
});
