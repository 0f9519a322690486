/**
 * What was computed of closed documents is not kept: of a file that stands alone at once, of large ones in a quiet moment, after which
 * the host is asked to give their memory back.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import v8 from "node:v8";
import { World } from "../../server/src/hir/world.ts";
import { MAX_CLOSED } from "../../server/src/lsp/renewal.ts";
import type { TestClient } from "./client.ts";
import { at } from "./client.ts";
import { TestDocument } from "./document.ts";
import { endInProcess, startInProcess } from "./start-in-process.ts";

const SMALL = "pub struct Small { a: u8, b: u32 }\n";

async function sizeIn(client: TestClient, { uri }: TestDocument): Promise<unknown> {
  const place = { textDocument: { uri }, position: { line: 0, character: 12 } };
  const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
  await client.request("textDocument/inlayHint", { ...place, range });
  await client.request("textDocument/diagnostic", place);
  return /(\d+ B) · align 4/.exec(String(at(await client.request("textDocument/hover", place), "contents", "value")))?.[1];
}

/** Worlds that something still refers to: V8 collects before it counts. */
function worlds(): unknown {
  return v8.queryObjects(World, { format: "count" });
}

test("nothing is kept of a closed file that stood alone", async () => {
  const started = await startInProcess({});
  const { client } = started.session;
  const before = Number(worlds());
  const kept = new TestDocument(client, "file:///renewal/kept.rs", SMALL);
  const documents = Array.from({ length: 5 }, (_, i) => new TestDocument(client, `file:///renewal/${i}.rs`, SMALL));
  for (const document of [kept, ...documents]) await sizeIn(client, document);
  assert.equal(Number(worlds()) - before, 6);
  for (const document of documents) document.close();
  assert.equal(await sizeIn(client, kept), "8 B");
  assert.equal(Number(worlds()) - before, 1);
  documents[0]?.open();
  assert.equal(await sizeIn(client, documents[0] ?? kept), "8 B");
  endInProcess(started);
});

test("after large documents were closed all begins anew, and memory is given back, once", async () => {
  let collections = 0;
  let tell = (): void => undefined;
  const collected = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const collect = (): void => {
    collections += 1;
    tell();
  };
  const started = await startInProcess({}, { collect });
  const { client } = started.session;
  const { runtime } = started.parts.analysis;
  const kept = new TestDocument(client, "file:///renewal/kept.rs", SMALL);
  assert.equal(await sizeIn(client, kept), "8 B");
  const half = `${SMALL}// ${"x".repeat(MAX_CLOSED / 2)}\n`;
  for (const name of ["one", "two"]) {
    const large = new TestDocument(client, `file:///renewal/${name}.rs`, half);
    assert.equal(await sizeIn(client, large), "8 B");
    assert.equal(collections, 0);
    large.close();
  }
  await collected;
  runtime.resetWorkCounts();
  assert.equal(await sizeIn(client, kept), "8 B");
  assert.ok((runtime.workCounts.get("layout") ?? 0) > 0, JSON.stringify([...runtime.workCounts]));
  runtime.resetWorkCounts();
  assert.equal(await sizeIn(client, kept), "8 B");
  assert.deepEqual([...runtime.workCounts], []);
  assert.equal(collections, 1);
  endInProcess(started);
});
