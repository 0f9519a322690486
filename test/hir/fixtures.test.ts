/**
 * Fixtures in Rust, from text to layout: every marked definition answers what its comment says.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { expectations } from "../support/fixture.ts";
import { openSemantics } from "../support/open-semantics.ts";

for (const name of readdirSync("test/fixtures").filter((file) => file.endsWith(".rs"))) {
  test(`every definition of ${name} has the layout its comment says`, async () => {
    const text = readFileSync(`test/fixtures/${name}`, "utf8");
    const found = expectations(await openSemantics({ "/ws/lib.rs": text }), "/ws/lib.rs", text);
    assert.ok(found.length > 5, "a fixture without expectations cannot fail");
    const wrong = found.filter(({ expected, actual }) => expected !== actual);
    assert.deepEqual(wrong, []);
  });
}
