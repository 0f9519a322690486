/**
 * Reading ahead: told as progress, ended by the client, in the way of no question, and once for a project.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Session } from "./client.ts";
import { at, endSession, startSession, VS_CODE } from "./client.ts";
import { TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const FILES = 600;
const ROOT = `pub struct Shown { a: far::deep::Far, b: u8 }\n${Array.from({ length: FILES }, (_, i) => `mod m${i};`).join("\n")}\npub mod far;\n`;

/** A package of many files. */
function newPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), "stowplan-ahead-"));
  folders.push(folder);
  mkdirSync(join(folder, "src/far"), { recursive: true });
  writeFileSync(join(folder, "Cargo.toml"), '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n');
  writeFileSync(join(folder, "src/lib.rs"), ROOT);
  for (let i = 0; i < FILES; i++) writeFileSync(join(folder, `src/m${i}.rs`), `pub struct M${i}(u8);\n`);
  writeFileSync(join(folder, "src/far.rs"), "pub mod deep;\n");
  writeFileSync(join(folder, "src/far/deep.rs"), "pub struct Far(u32);\n");
  return folder;
}

interface Started {
  readonly session: Session;
  readonly document: TestDocument;
}

async function start(window: object = { workDoneProgress: true }): Promise<Started> {
  const session = await startSession(processWire(), { capabilities: { ...VS_CODE, window } });
  await session.client.told("workspace/inlayHint/refresh");
  const folder = newPackage();
  return { session, document: new TestDocument(session.client, pathToFileURL(join(folder, "src/lib.rs")).href, ROOT) };
}

/** The kinds of the progress's messages up to its end. */
async function progressOf({ client }: Session): Promise<readonly unknown[]> {
  const kinds: unknown[] = [];
  while (kinds.at(-1) !== "end") kinds.push(at(await client.told("$/progress"), "value", "kind"));
  return kinds;
}

test("reading ahead begins, reports and ends as progress that can be cancelled, and questions are answered", async () => {
  const { session, document } = await start();
  assert.match(await document.hoverText("Shown"), /\*\*Layout\*\* 8 B/);
  const created = await session.client.told("window/workDoneProgress/create");
  assert.notEqual(at(created, "token"), undefined);
  const begin = at(await session.client.told("$/progress"), "value");
  assert.deepEqual([at(begin, "kind"), at(begin, "title"), at(begin, "cancellable")], ["begin", "Stowplan", true]);
  assert.match(await document.hoverText("Shown"), /\*\*Layout\*\* 8 B/);
  const kinds = await progressOf(session);
  assert.ok(kinds.length > 1 && kinds.slice(0, -1).every((kind) => kind === "report"), String(kinds));
  await endSession(session);
});

test("the client may end it", async () => {
  const { session, document } = await start();
  const token = at(await session.client.told("window/workDoneProgress/create"), "token");
  session.client.notify("window/workDoneProgress/cancel", { token });
  const kinds = await progressOf(session);
  assert.ok(kinds.filter((kind) => kind === "report").length < FILES / 20, "not all files were read");
  assert.match(await document.hoverText("Shown"), /\*\*Layout\*\* 8 B/);
  await endSession(session);
});

test("a client without progress, or one that refuses it, is answered all the same", async () => {
  const silent = await start({});
  assert.match(await silent.document.hoverText("Shown"), /\*\*Layout\*\* 8 B/);
  await endSession(silent.session);
  const session = await startSession(processWire(), {
    capabilities: { ...VS_CODE, window: { workDoneProgress: true } },
    refuses: (method) => method === "window/workDoneProgress/create",
  });
  const document = new TestDocument(session.client, pathToFileURL(join(newPackage(), "src/lib.rs")).href, ROOT);
  assert.match(await document.hoverText("Shown"), /\*\*Layout\*\* 8 B/);
  await endSession(session);
});
