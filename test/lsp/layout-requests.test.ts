/** What the commands about the type at the cursor are answered. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Session } from "./client.ts";
import { at, endSession, startSession, text } from "./client.ts";
import { INBOX_SOURCE, TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

const SOURCE = `${INBOX_SOURCE}static BLANK: u8 = 0;
`;
const settings = new Map<string, unknown>([["stowplan", { compareTargets: ["i686-unknown-linux-gnu", "no-such-target"] }]]);
let session: Session;
let document: TestDocument;

before(async () => {
  session = await startSession(processWire(), { settings });
  await session.client.told("workspace/inlayHint/refresh");
  document = new TestDocument(session.client, "file:///layout-requests/lib.rs", SOURCE);
});
after(() => endSession(session));

const ask = (method: string, position: object, more: object = {}): Promise<unknown> =>
  session.client.request(method, { uri: document.uri, position, ...more });

test("a layout is told as text and as Markdown, without links and pictures", async () => {
  const copied = await ask("stowplan/layout", document.placeOf("kind"), { format: "text" });
  assert.equal(at(copied, "name"), "Header");
  assert.match(
    text(at(copied, "text")),
    /^`Header`\n\nLayout 24 B · align 8 · 10 B padding \(42 %\)\n\n offset {2}size {2}field\n[^`]* 8 {2}ts: u64\n\n/,
  );
  const markdown = await ask("stowplan/layout", document.placeOf("Option", "last: "), { format: "markdown" });
  assert.match(text(at(markdown, "text")), /^`Option<Box<u32>>`\n\n\*\*Layout\*\* 8 B · align 8/);
  assert.doesNotMatch(text(at(markdown, "text")), /command:|data:/);
});

test("the definition around the cursor counts; outside of all there is none", async () => {
  assert.equal(at(await ask("stowplan/layout", { line: 1, character: 0 }, { format: "text" }), "name"), "Header");
  assert.equal(await ask("stowplan/layout", { line: 9, character: 0 }, { format: "text" }), null);
});

test("a type is compared with the targets of the settings, also by what a hover's link says", async () => {
  const compared = text(at(await ask("stowplan/compareTargets", document.placeOf("Header", "struct ")), "text"));
  assert.match(compared, / A {2}24 B · align 8.*\(in use\)\n B {2}20 B · align 4.*\n {4}i686-unknown-linux-gnu\n C {2}.*no-such-target/s);
  const hints = await session.client.request("textDocument/inlayHint", {
    textDocument: { uri: document.uri },
    range: { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } },
  });
  const data = at(hints, 0, "data");
  const named = await session.client.request("stowplan/compareTargets", { file: at(data, "file"), key: at(data, "key") });
  assert.equal(text(at(named, "text")), compared);
  assert.equal(await session.client.request("stowplan/compareTargets", { file: at(data, "file"), key: "gone" }), null);
});
