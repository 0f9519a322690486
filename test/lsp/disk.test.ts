/**
 * A crate on the disk under the built server: other files, manifests and clippy's settings, and what their changes change.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Session } from "./client.ts";
import { at, endSession, list, startSession } from "./client.ts";
import { TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

const LIB = `mod part;
pub struct Whole { a: u8, part: part::Part }
#[cfg(feature = "wide")]
pub struct Wide(u64);
pub enum Message { Ping(u64), Blob([u8; 100]) }
`;

let folder: string;
let session: Session;
let library: TestDocument;

function uriOf(name: string): string {
  return pathToFileURL(join(folder, name)).href;
}

/** Writes a file and tells the server, which says when it has looked. */
async function write(name: string, content: string): Promise<void> {
  writeFileSync(join(folder, name), content);
  const refreshed = session.client.told("workspace/inlayHint/refresh");
  session.client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(name), type: 2 }] });
  await refreshed;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "stowplan-lsp-"));
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "Cargo.toml"), '[package]\nname = "voyage"\nedition = "2021"\n[features]\nwide = []\n');
  writeFileSync(join(folder, "src/lib.rs"), LIB);
  writeFileSync(join(folder, "src/part.rs"), "pub struct Part { b: u16 }\n");
  session = await startSession(processWire());
  await session.client.told("workspace/inlayHint/refresh");
  library = new TestDocument(session.client, uriOf("src/lib.rs"), LIB);
});
after(async () => {
  await endSession(session);
  rmSync(folder, { recursive: true, force: true });
});

test("another file is read from the disk, and again when it changes", async () => {
  assert.match(await library.hoverText("Whole"), /^\*\*Layout\*\* 4 B/);
  await write("src/part.rs", "pub struct Part { b: u64 }\n");
  assert.match(await library.hoverText("Whole"), /^\*\*Layout\*\* 16 B/);
});

test("a document in the editor counts, not the disk, until it is closed", async () => {
  const part = new TestDocument(session.client, uriOf("src/part.rs"), "pub struct Part { b: [u64; 3] }\n");
  assert.match(await library.hoverText("Whole"), /^\*\*Layout\*\* 32 B/);
  part.edit("3", "5");
  assert.match(await library.hoverText("Whole"), /^\*\*Layout\*\* 48 B/);
  part.close();
  assert.match(await library.hoverText("Whole"), /^\*\*Layout\*\* 16 B/);
});

test("a file that comes later is found", async () => {
  library.edit("part: part::Part", "part: later::Later");
  library.edit("mod part;", "mod part; mod later;");
  assert.doesNotMatch(await library.hoverText("Whole"), /^\*\*Layout\*\* \d/);
  await write("src/later.rs", "pub struct Later(u32);\n");
  assert.match(await library.hoverText("Whole"), /^\*\*Layout\*\* 8 B/);
});

test("the manifest's features decide what is active", async () => {
  assert.doesNotMatch(await library.hoverText("Wide"), /^\*\*Layout\*\*/);
  await write("Cargo.toml", '[package]\nname = "voyage"\nedition = "2021"\n[features]\ndefault = ["wide"]\nwide = []\n');
  assert.match(await library.hoverText("Wide"), /^\*\*Layout\*\* 8 B/);
});

test("clippy's threshold counts for variants, and goes when the file says otherwise", async () => {
  assert.deepEqual(await library.diagnostics(), []);
  await write("clippy.toml", "enum-variant-size-threshold = 50\n");
  assert.equal(at(list(await library.diagnostics())[0], "code"), "oversized-variant");
  assert.ok((await library.hints()).includes("5: 100 B"));
  await write("clippy.toml", "");
  assert.deepEqual(await library.diagnostics(), []);
});
