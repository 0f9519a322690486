/**
 * Fixtures in Rust, from text to layout: every marked definition answers what its comment says. `edition-2015.rs` is of that
 * edition, what names none is of 2021.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { editionOf } from "../../server/src/project/cargo-manifest.ts";
import { expectations } from "../support/fixture.ts";
import { openFiles } from "../support/open-semantics.ts";

for (const name of readdirSync("test/fixtures").filter((file) => file.endsWith(".rs"))) {
  test(`every definition of ${name} has the layout its comment says`, async () => {
    const text = readFileSync(`test/fixtures/${name}`, "utf8");
    const edition = /edition-(\d+)/.exec(name)?.[1] ?? "2021";
    const { semantics } = await openFiles({ "/ws/lib.rs": text }, { edition: editionOf(edition) });
    const found = expectations(semantics, "/ws/lib.rs", text);
    assert.ok(found.length > 5, "a fixture without expectations cannot fail");
    const wrong = found.filter(({ expected, actual }) => expected !== actual);
    assert.deepEqual(wrong, []);
  });
}
