/** What the versions of std that are bundled as changes of another one say; the expectations are rustc's. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { EMPTY_CRATE_ROOT } from "../../server/src/workspace/std-files.ts";
import { openSemantics } from "../support/open-semantics.ts";

async function sizeIn(rustVersion: string, type: string): Promise<bigint | string> {
  const semantics = await openSemantics({}, { path: EMPTY_CRATE_ROOT, rustVersion });
  const answer = semantics.layoutOfText(undefined, type);
  return answer.status === "unknown" ? english(answer.reason) : answer.status === "exact" ? answer.layout.size : "generic";
}

test("an iterator that has lost an Option in 1.96", async () => {
  const type = "std::iter::MapWindows<std::ops::Range<u64>, fn(&[u64; 2]) -> u8, 2>";
  assert.deepEqual([await sizeIn("1.95.0", type), await sizeIn("1.96.0", type)], [80n, 72n]);
});

test("a type that has moved in 1.96 is found in its old place, too", async () => {
  assert.deepEqual([await sizeIn("1.95.0", "std::ptr::Alignment"), await sizeIn("1.96.0", "std::ptr::Alignment")], [8n, 8n]);
});

test("a type that has lost a field in 1.97", async () => {
  const type = "std::mem::type_info::Type";
  assert.deepEqual([await sizeIn("1.96.0", type), await sizeIn("1.97.0", type)], [80n, 64n]);
});
