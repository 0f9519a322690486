/**
 * The built grammar in `grammars/` is the one its README describes: whoever rebuilds it with `grammars/build.sh` gets these hashes.
 *
 * Example: the README's table row `tree-sitter-rust.wasm` holds the SHA-256 of that file.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const readme = readFileSync("grammars/README.md", "utf8");

for (const file of ["tree-sitter-rust.wasm", "node-types.json"]) {
  test(`grammars/${file} has the hash its README states`, () => {
    const hash = createHash("sha256")
      .update(readFileSync(`grammars/${file}`))
      .digest("hex");
    assert.ok(readme.includes(`| \`${file}\` | \`${hash}\` |`), `the hash of ${file} is ${hash}`);
  });
}

test("the base grammar's version and licence are those of the installed package", () => {
  const manifest = readFileSync("node_modules/tree-sitter-rust/package.json", "utf8");
  assert.match(manifest, /"version": "0\.24\.0"/);
  assert.match(readme, /`tree-sitter-rust` 0\.24\.0/);
  assert.equal(readFileSync("grammars/LICENSE-tree-sitter-rust", "utf8"), readFileSync("node_modules/tree-sitter-rust/LICENSE", "utf8"));
});
