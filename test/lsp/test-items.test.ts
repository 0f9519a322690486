/** Items that only a test build compiles, on the disk of a crate: answered as that build has them, and said so. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Session } from "./client.ts";
import { endSession, startSession } from "./client.ts";
import { TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

const LIB = `pub struct Both { a: u8, #[cfg(test)] b: u64 }
#[cfg(test)]
mod checks {
    pub struct Case { of: super::Both, name: u32 }
    #[cfg(windows)]
    pub struct Other(u8);
}
#[cfg(windows)]
pub struct Win(u8);
`;
const TEST = "pub struct Fixture { one: u8, two: u16 }\n";

let folder: string;
let session: Session;
const open = (name: string, text: string): TestDocument => new TestDocument(session.client, pathToFileURL(join(folder, name)).href, text);

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "stowplan-tests-"));
  mkdirSync(join(folder, "src"));
  mkdirSync(join(folder, "tests"));
  writeFileSync(join(folder, "Cargo.toml"), '[package]\nname = "voyage"\nedition = "2021"\n');
  writeFileSync(join(folder, "src/lib.rs"), LIB);
  writeFileSync(join(folder, "tests/whole.rs"), TEST);
  session = await startSession(processWire(), { settings: new Map([["stowplan", { target: "x86_64-unknown-linux-gnu" }]]) });
  await session.client.told("workspace/inlayHint/refresh");
});
after(async () => {
  await endSession(session);
  rmSync(folder, { recursive: true, force: true });
});

test("an item under #[cfg(test)] is laid out by the test build, and the footer says so", async () => {
  const library = open("src/lib.rs", LIB);
  assert.match(await library.hoverText("Case"), /^\*\*Layout\*\* 24 B .*· compiled for tests · fields in memory order/s);
  assert.match(await library.hoverText("of"), /^\*\*Layout\*\* offset 0 · 16 B/);
});

test("the rest of the file is not", async () => {
  const library = open("src/lib.rs", LIB);
  const both = await library.hoverText("Both");
  assert.match(both, /^\*\*Layout\*\* 1 B · align 1/);
  assert.doesNotMatch(both, /compiled for tests/);
});

test("what no build compiles says the condition", async () => {
  const library = open("src/lib.rs", LIB);
  assert.equal(await library.hoverText("Win"), "inactive: `cfg(windows)`");
  assert.equal(await library.hoverText("Other"), "inactive: `cfg(windows)`");
});

test("a file in tests/ says so too", async () => {
  assert.match(await open("tests/whole.rs", TEST).hoverText("Fixture"), /^\*\*Layout\*\* 4 B .*· compiled for tests/s);
});
