/**
 * The life cycle as LSP prescribes it, and clients that vanish: no server is left behind.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { describe, test } from "node:test";
import { endSession, ServerError, startSession, TestClient, VS_CODE } from "./client.ts";
import { TestDocument } from "./document.ts";
import type { Wire } from "./wire.ts";
import { ipcWire, processWire, workerWire } from "./wire.ts";

const NOT_INITIALIZED = -32002;
const INVALID_REQUEST = -32600;

const INITIALIZE = { processId: null, rootUri: null, capabilities: VS_CODE };

const channels: readonly (readonly [name: string, start: () => Wire])[] = [
  ["the server over standard input and output", () => processWire()],
  ["the command line's server", () => processWire(["dist/cli.cjs", "lsp", "--stdio"])],
  ["the server over IPC", ipcWire],
];

function refusedWith(code: number): (error: unknown) => boolean {
  return (error) => error instanceof ServerError && error.code === code;
}

for (const [name, start] of [...channels, ["the server in a worker", () => workerWire()] as const]) {
  test(`${name}: nothing but initialize comes first`, async () => {
    const client = new TestClient(start(), {});
    const place = { textDocument: { uri: "file:///a.rs" }, position: { line: 0, character: 0 } };
    client.notify("textDocument/didOpen", { textDocument: { uri: "file:///a.rs", languageId: "rust", version: 1, text: "struct A;" } });
    client.notify("initialized", {});
    await assert.rejects(client.request("textDocument/hover", place), refusedWith(NOT_INITIALIZED));
    await assert.rejects(client.request("stowplan/nothing", {}), refusedWith(NOT_INITIALIZED));
    await assert.rejects(client.request("shutdown", undefined), refusedWith(NOT_INITIALIZED));
    client.wire.close();
    await client.wire.ended;
  });
}

for (const [name, start] of channels) {
  describe(name, () => {
    test("is initialised once, and answers after a second attempt", async () => {
      const session = await startSession(start());
      await assert.rejects(session.client.request("initialize", INITIALIZE), refusedWith(INVALID_REQUEST));
      const document = new TestDocument(session.client, "file:///stowplan-test/once.rs", "struct A(u16);");
      assert.match(await document.hoverText("A"), /^\*\*Layout\*\* 2 B/);
      await endSession(session);
    });

    test("answers nothing after shutdown, and exits with 0", async () => {
      const { client } = await startSession(start());
      assert.equal(await client.request("shutdown", undefined), null);
      await assert.rejects(client.request("textDocument/hover", {}), refusedWith(INVALID_REQUEST));
      await assert.rejects(client.request("shutdown", undefined), refusedWith(INVALID_REQUEST));
      await assert.rejects(client.request("initialize", INITIALIZE), refusedWith(INVALID_REQUEST));
      client.notify("textDocument/didClose", { textDocument: { uri: "file:///a.rs" } });
      client.notify("exit", undefined);
      assert.equal(await client.wire.ended, 0);
    });

    test("exits with 1 when the client hangs up, with 0 after shutdown", async () => {
      const { client } = await startSession(start());
      client.wire.hangUp();
      assert.equal(await client.wire.ended, 1);
      const tidy = await startSession(start());
      await tidy.client.request("shutdown", undefined);
      tidy.client.wire.hangUp();
      assert.equal(await tidy.client.wire.ended, 0);
    });

    test("exit without initialize is an error", async () => {
      const wire = start();
      new TestClient(wire, {}).notify("exit", undefined);
      assert.equal(await wire.ended, 1);
    });

    test("ends with the process that initialize names, though its channel stays open", async () => {
      const editor = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
      const client = new TestClient(start(), {});
      await client.request("initialize", { ...INITIALIZE, processId: editor.pid });
      editor.kill("SIGKILL");
      assert.equal(await client.wire.ended, 1);
    });
  });
}
