/**
 * Messages that are none, or whose parameters are not what LSP says: a request is refused, a notification left out and told, and the next
 * good question is answered.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { DataCallback, Disposable } from "vscode-jsonrpc";
import { AbstractMessageReader } from "vscode-jsonrpc/node";
import { isThere } from "../../server/src/connection-host.ts";
import { clientFacts } from "../../server/src/lsp/client-facts.ts";
import { soundMessages } from "../../server/src/lsp/sound-messages.ts";
import type { Session } from "./client.ts";
import { at, endSession, ServerError, startSession, TestClient, text, VS_CODE } from "./client.ts";
import { TestDocument } from "./document.ts";
import { ipcWire, processWire, workerWire } from "./wire.ts";

const INVALID_PARAMS = -32602;

const URI = "file:///stowplan-test/strange.rs";
const TEXT_DOCUMENT = { uri: URI };
const PLACE = { line: 0, character: 8 };
const RANGE = { start: PLACE, end: PLACE };

const REQUESTS: Readonly<Record<string, readonly unknown[]>> = {
  "textDocument/hover": [{}, { textDocument: TEXT_DOCUMENT }, { textDocument: null, position: PLACE }],
  "textDocument/inlayHint": [
    { textDocument: TEXT_DOCUMENT, range: { start: PLACE } },
    { textDocument: { uri: 5 }, range: RANGE },
  ],
  "textDocument/codeAction": [
    { textDocument: TEXT_DOCUMENT, range: RANGE },
    { textDocument: TEXT_DOCUMENT, range: RANGE, context: { diagnostics: [null] } },
  ],
  "inlayHint/resolve": ["text"],
  "codeAction/resolve": [5],
  "textDocument/diagnostic": [{ textDocument: {} }],
  "stowplan/targets": [{ uri: 5 }],
  "stowplan/layout": [{ uri: URI, position: { line: -1, character: 0.5 } }],
  "stowplan/compareTargets": [{ file: URI }],
};

const NOTIFICATIONS: Readonly<Record<string, readonly unknown[]>> = {
  "textDocument/didOpen": [{ textDocument: { uri: URI, version: 1 } }, { textDocument: { uri: URI, version: 1, text: 5 } }, [URI]],
  "textDocument/didChange": [
    { textDocument: { uri: URI, version: 2 } },
    {
      textDocument: { uri: URI, version: 2 },
      contentChanges: [
        { range: RANGE, text: "/**/" },
        { range: {}, text: "" },
      ],
    },
    { textDocument: { uri: URI, version: 2 }, contentChanges: [{ text: null }] },
  ],
  "textDocument/didClose": [{ textDocument: null }],
  "workspace/didChangeConfiguration": [null],
  "workspace/didChangeWatchedFiles": [{ changes: [{ type: 2 }] }],
  "workspace/didChangeWorkspaceFolders": [
    { event: { added: true, removed: [] } },
    { event: { added: [null], removed: [] } },
    { event: { added: [{ uri: 5, name: "" }], removed: [] } },
  ],
  "window/workDoneProgress/cancel": ["text"],
};

describe("parameters that are none", () => {
  let session: Session;
  let document: TestDocument;
  before(async () => {
    session = await startSession(processWire());
    document = new TestDocument(session.client, URI, "struct Good { a: u8, b: u64 }");
  });
  after(() => endSession(session));

  const isAnswered = async (): Promise<void> => assert.match(await document.hoverText("Good"), /^\*\*Layout\*\* 16 B · align 8/);

  for (const [method, all] of Object.entries(REQUESTS))
    test(`of ${method} are refused`, async () => {
      for (const params of [...all, null, []]) {
        const isRefused = (error: unknown): boolean => error instanceof ServerError && error.code === INVALID_PARAMS;
        await assert.rejects(session.client.request(method, params), isRefused, JSON.stringify(params));
      }
      await isAnswered();
    });

  for (const [method, all] of Object.entries(NOTIFICATIONS))
    test(`of ${method} are left out, and told`, async () => {
      for (const params of all) {
        session.client.notify(method, params);
        const logged = await session.client.told("window/logMessage");
        assert.match(text(at(logged, "message")), new RegExp(`^left out, since these are no parameters of ${method}: `));
      }
      await isAnswered();
    });

  test("what clients may leave out or write as null is taken", async () => {
    session.client.notify("textDocument/didChange", {
      textDocument: { uri: URI, version: null },
      contentChanges: [{ range: null, text: "struct Good { a: u8, b: u64 }" }],
    });
    session.client.notify("initialized", undefined);
    session.client.notify("$/setTrace", undefined);
    session.client.notify("$/progress", undefined);
    await isAnswered();
  });
});

for (const [name, start] of [
  ["standard input", () => processWire()],
  ["IPC", ipcWire],
] as const)
  test(`what is no message ends nothing, over ${name}`, async () => {
    const session = await startSession(start());
    const document = new TestDocument(session.client, URI, "struct Good(u16);");
    const cancel = { jsonrpc: "2.0", method: "$/cancelRequest" };
    const others = [5, "text", true, [], [{ jsonrpc: "2.0", id: 1, method: "x" }], {}, { id: {} }, { jsonrpc: "2.0", method: 5, id: 7 }];
    for (const message of [
      cancel,
      { ...cancel, params: null },
      { ...cancel, params: { id: null } },
      { ...cancel, params: [1] },
      ...others,
    ]) {
      session.client.wire.send(message);
      assert.match(await document.hoverText("Good"), /^\*\*Layout\*\* 2 B/);
    }
    await endSession(session);
  });

test("what is no message ends nothing, in a worker", async () => {
  const client = new TestClient(workerWire(), {});
  for (const message of [null, 5, [], { jsonrpc: "2.0", method: "$/cancelRequest" }]) client.wire.send(message);
  await assert.rejects(client.request("textDocument/hover", {}), ServerError);
  client.wire.close();
  await client.wire.ended;
});

test("initialize without parameters is refused, and may be tried again", async () => {
  const client = new TestClient(processWire(), {});
  for (const params of [undefined, null, [], "text"]) await assert.rejects(client.request("initialize", params), ServerError);
  await client.request("initialize", { processId: null, rootUri: null, capabilities: VS_CODE });
  client.notify("initialized", {});
  const document = new TestDocument(client, URI, "struct Good(u16);");
  assert.match(await document.hoverText("Good"), /^\*\*Layout\*\* 2 B/);
  client.wire.close();
});

test("what a client announces in a wrong form counts as what it cannot do", () => {
  const nothing = clientFacts({ processId: null, rootUri: null, capabilities: {} });
  const wrong = JSON.stringify({
    processId: null,
    rootUri: null,
    capabilities: {
      general: { positionEncodings: "utf-8" },
      textDocument: {
        hover: { contentFormat: 5 },
        diagnostic: true,
        codeAction: { dataSupport: 1, resolveSupport: "edit" },
        inlayHint: null,
      },
      workspace: [],
      window: { workDoneProgress: "yes" },
    },
    workspaceFolders: [null, { uri: 5 }, "file:///a"],
  });
  assert.deepEqual(clientFacts(JSON.parse(wrong)), nothing);
  assert.deepEqual(clientFacts(JSON.parse('{ "capabilities": null, "workspaceFolders": {} }')), nothing);
});

test("a message that the protocol's implementation cannot stand is told", () => {
  const told: string[] = [];
  let receive: DataCallback | undefined;
  const reader = new (class extends AbstractMessageReader {
    listen(callback: DataCallback): Disposable {
      receive = callback;
      return { dispose: () => undefined };
    }
  })();
  soundMessages(reader, (what) => void told.push(what)).listen(() => {
    throw new Error("too much");
  });
  receive?.({ jsonrpc: "2.0" });
  assert.deepEqual(told, ["a message is left out: too much"]);
});

test("documents whose URIs stand for one path are answered each by its own text", async () => {
  const session = await startSession(processWire());
  const document = new TestDocument(session.client, "file:///stowplan-test/good.rs", "struct Good(u8, u16);");
  const other = new TestDocument(session.client, "file:///stowplan-test/g%6Fod.rs", "struct Good(u8, u64);");
  const sizes = async (): Promise<readonly unknown[]> =>
    Promise.all([document, other].map(async (one) => /(\d+) B/.exec(JSON.stringify(await one.hover("Good")))?.[1]));
  assert.deepEqual(await sizes(), ["4", "16"]);
  document.edit("u16", "u32");
  assert.deepEqual(await sizes(), ["8", "16"]);
  session.client.notify("textDocument/didClose", { textDocument: { uri: other.uri } });
  assert.deepEqual(await sizes(), ["8", undefined]);
  await endSession(session);
});

test("a client that cannot be asked about counts as there", () => {
  assert.equal(isThere(process.pid), true);
  assert.equal(isThere(2 ** 40), true);
  assert.equal(isThere(2 ** 31 - 1), false);
});
