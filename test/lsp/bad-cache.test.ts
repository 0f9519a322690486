/** A cache folder that is no good: the server answers as without one, and a damaged cache says nothing wrong. */
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { endSession, startSession } from "./client.ts";
import { TestDocument } from "./document.ts";
import { Stage } from "./unprivileged.ts";

const LIB = "mod part;\npub struct User(part::Part, Option<String>);\n";
/** Long enough to be kept. */
const PART = `${"// what is kept\n".repeat(50)}pub struct Part(u16);\n`;

let stage: Stage;
before(() => {
  stage = new Stage();
  mkdirSync(join(stage.folder, "ship/src"), { recursive: true });
  writeFileSync(join(stage.folder, "ship/Cargo.toml"), '[package]\nname = "ship"\nedition = "2021"\n');
  writeFileSync(join(stage.folder, "ship/src/lib.rs"), LIB);
  writeFileSync(join(stage.folder, "ship/src/part.rs"), PART);
});
after(() => stage.remove());

/** What a server that keeps what it parses in this folder says of `User`, from its start to its end. */
async function answerWith(cache: string): Promise<string> {
  const session = await startSession(stage.server({ STOWPLAN_CACHE: cache }));
  const document = new TestDocument(session.client, pathToFileURL(join(stage.folder, "ship/src/lib.rs")).href, LIB);
  const shown = await document.hoverText("User", "struct ");
  await endSession(session);
  return shown;
}

function folder(name: string, mode = 0o777): string {
  const path = join(stage.folder, name);
  mkdirSync(path);
  chmodSync(path, mode);
  return path;
}

function filesBelow(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}

test("it is as if there were none", async () => {
  const expected = await answerWith("off");
  assert.match(expected, /^\*\*Layout\*\* 32 B/);
  const file = join(stage.folder, "file");
  writeFileSync(file, "");
  for (const cache of [folder("read-only", 0o555), folder("closed", 0), file, join(file, "below"), "/dev/full"])
    assert.equal(await answerWith(cache), expected, cache);
  chmodSync(join(stage.folder, "closed"), 0o700);

  const cache = folder("kept");
  assert.equal(await answerWith(cache), expected);
  const packs = filesBelow(cache);
  assert.ok(packs.length > 0);
  for (const damage of [zeroed, halved, scrambled, closed]) {
    for (const pack of filesBelow(cache)) damage(pack);
    assert.equal(await answerWith(cache), expected, damage.name);
  }
});

function zeroed(path: string): void {
  writeFileSync(path, Buffer.alloc(readFileSync(path).length));
}

function halved(path: string): void {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, bytes.length / 2));
}

/** Every seventh byte is another one. */
function scrambled(path: string): void {
  writeFileSync(
    path,
    readFileSync(path).map((byte, at) => (at % 7 === 3 ? byte ^ 0x55 : byte)),
  );
}

function closed(path: string): void {
  chmodSync(path, 0);
}
