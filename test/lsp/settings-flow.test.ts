/**
 * How settings reach the built server: at the start, when they change, and from clients that refuse what they announced.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plainLabel } from "../../client/src/plain-label.ts";
import { FirstSettings } from "../../server/src/lsp/first-settings.ts";
import type { ClientOptions, Session } from "./client.ts";
import { at, endSession, startSession, text, VS_CODE } from "./client.ts";
import { TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

/** `x86_64` lays it out in 16 bytes, `i686` in 12. */
const SOURCE = "struct A { a: u32, b: u64 }";

async function withSession(options: ClientOptions, use: (session: Session, document: TestDocument) => Promise<void>): Promise<void> {
  const session = await startSession(processWire(), options);
  await use(session, new TestDocument(session.client, "file:///stowplan-test/settings.rs", SOURCE));
  await endSession(session);
}

async function expectSize(document: TestDocument, size: number): Promise<void> {
  assert.match(await document.hoverText("A", "struct "), new RegExp(`Layout[*]* ${size} B`));
}

const I686 = { target: "i686-unknown-linux-gnu" };

for (const [form, options] of [
  ["bare", I686],
  ["in a section", { stowplan: I686 }],
] as const) {
  test(`initializationOptions hold settings, ${form}`, () =>
    withSession({ capabilities: {}, initializationOptions: options }, (_, document) => expectSize(document, 12)));
}

test("settings come with didChangeConfiguration, and what says nothing of ours changes nothing", () =>
  withSession({ capabilities: {} }, async ({ client }, document) => {
    await expectSize(document, 16);
    for (const [settings, size] of [
      [{ stowplan: I686 }, 12],
      [{}, 12],
      [null, 12],
      [{ stowplan: { target: "auto" } }, 16],
      [I686, 12],
    ] as const) {
      client.notify("workspace/didChangeConfiguration", { settings });
      await expectSize(document, size);
    }
  }));

test("the first question waits for the settings that the client is asked for", () =>
  withSession({ capabilities: VS_CODE, settings: new Map([["stowplan", I686]]) }, (_, document) => expectSize(document, 12)));

test("but not for ever", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const settings = new FirstSettings();
  assert.equal(settings.pending, undefined, "nothing was asked for yet");
  settings.asked();
  const waiting = settings.pending;
  assert.ok(waiting !== undefined);
  context.mock.timers.tick(450);
  assert.equal(settings.pending, waiting);
  context.mock.timers.tick(1000);
  await waiting;
  assert.equal(settings.pending, undefined);
});

test("a client that is asked but has nothing to say leaves what it said before", () => {
  const settings = new Map<string, unknown>();
  const options = { capabilities: { workspace: { configuration: true, inlayHint: { refreshSupport: true } } }, settings };
  return withSession({ ...options, initializationOptions: I686 }, async ({ client }, document) => {
    await client.told("workspace/inlayHint/refresh");
    await expectSize(document, 12);
    settings.set("stowplan", { target: "x86_64-unknown-linux-gnu" });
    client.notify("workspace/didChangeConfiguration", { settings: null });
    await client.told("workspace/inlayHint/refresh");
    await expectSize(document, 16);
  });
});

test("a client that refuses every request of the server is answered all the same", () =>
  withSession({ capabilities: VS_CODE, refuses: () => true, initializationOptions: I686 }, async ({ client }, document) => {
    await client.told("workspace/inlayHint/refresh");
    await client.told("workspace/diagnostic/refresh");
    await expectSize(document, 12);
    await expectSize(document, 12);
  }));

test("a target that is not known is told in the status, and once in the log", () => {
  const capabilities = { textDocument: { diagnostic: {} } };
  const initializationOptions = { status: true, target: "z80`\u202e" };
  return withSession({ capabilities, initializationOptions }, async ({ client }, document) => {
    for (let i = 0; i < 2; i++) assert.equal(await document.hover("A", "struct "), null);
    await document.diagnostics();
    const problem = "the target `z80`\\u{202e}` is not known";
    assert.deepEqual(await client.told("stowplan/status"), { uri: document.uri, problem });
    client.notify("workspace/didChangeConfiguration", { settings: { target: "z80" } });
    assert.equal(await document.hover("A", "struct "), null);
    for (const target of [/z80`\\u\{202e\}` is/, /z80` is/])
      assert.match(text(at(await client.told("window/logMessage"), "message")), target);
    client.notify("workspace/didChangeConfiguration", { settings: I686 });
    await expectSize(document, 12);
    await document.diagnostics();
    assert.equal(at(await client.told("stowplan/status"), "target"), "i686-unknown-linux-gnu");
  });
});

test("what VS Code would draw as an icon is a text in labels", () => {
  assert.equal(plainLabel("a $(error) $(sync~spin) $x $() (b)"), "a \\$(error) \\$(sync~spin) $x $() (b)");
});
