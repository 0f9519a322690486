/**
 * A type that stands alone (`stowplan type`) where the target has no bundled `std`: what `core` and `alloc` hold is answered, the rest
 * is unknown because of the library, not because its name were wrong.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { EMPTY_CRATE_ROOT } from "../../server/src/workspace/std-files.ts";
import { openSemantics } from "../support/open-semantics.ts";

async function answers(target: string, types: readonly string[]): Promise<readonly (bigint | string)[]> {
  const semantics = await openSemantics({}, { path: EMPTY_CRATE_ROOT, target, rustVersion: "1.96.0" });
  return types.map((type) => {
    const answer = semantics.layoutOfText(undefined, type);
    return answer.status === "unknown" ? english(answer.reason) : answer.status === "exact" ? answer.layout.size : "generic";
  });
}

const STD_TYPES = ["std::fs::File", "std::collections::hash_map::HashMap<u8, u8>", "std::sync::Mutex<u8>", "Option<std::thread::Thread>"];

test("a std that is not bundled is the reason for what only it holds", async () => {
  const reason = "std for x86_64-unknown-haiku is not bundled";
  assert.deepEqual(await answers("x86_64-unknown-haiku", ["std::vec::Vec<u8>", "std::num::NonZero<u8>", ...STD_TYPES]), [
    24n,
    1n,
    ...STD_TYPES.map(() => reason),
  ]);
});

test("a target without std says so", async () => {
  assert.deepEqual(await answers("thumbv6m-none-eabi", ["std::vec::Vec<u8>", ...STD_TYPES]), [
    12n,
    ...STD_TYPES.map(() => "thumbv6m-none-eabi has no std"),
  ]);
  assert.deepEqual(await answers("avr-none", ["std::vec::Vec<u8>", "std::path::PathBuf"]), [6n, "avr-none has no std"]);
});

test("a wrong name in a std that is bundled is not found", async () => {
  assert.deepEqual(await answers("x86_64-unknown-linux-gnu", ["std::fs::Fil", "std::fz::File"]), [
    "`Fil` was not found in module `fs`",
    "`fz` was not found in the crate",
  ]);
});
