/**
 * The grammar in `grammars/` is the npm package's, byte for byte: nobody has to trust a binary in this repository.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const origins = [
  { ours: "grammars/tree-sitter-rust.wasm", theirs: "node_modules/tree-sitter-rust/tree-sitter-rust.wasm" },
  { ours: "grammars/node-types.json", theirs: "node_modules/tree-sitter-rust/src/node-types.json" },
];

for (const { ours, theirs } of origins) {
  test(`${ours} is the npm package's file`, () => {
    assert.ok(readFileSync(ours).equals(readFileSync(theirs)));
  });
}
