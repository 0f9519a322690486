/**
 * The capability sets of editors, replayed against the built server: each gets answers in the form it can use, and is asked for
 * nothing that it has not announced. The files in `clients/` say where the capabilities come from and what follows from them.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { PositionEncoding } from "../../server/src/base/line-index.ts";
import type { Session } from "./client.ts";
import { at, endSession, list, startSession, text } from "./client.ts";
import { TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

/** What follows from a client's capabilities. */
interface Expected {
  readonly encoding: PositionEncoding;
  readonly hover: "markdown" | "plaintext";
  /** Whether an action's edit is asked for when it is chosen, or has to be there from the start. */
  readonly edits: "resolve" | "eager";
  readonly tooltips: "resolve" | "none";
  readonly diagnostics: "pull" | "push";
  /** Whether the client shows inlay hints. */
  readonly hints: boolean;
  readonly disabledActions: boolean;
  /** Whether published diagnostics say the version of the text. */
  readonly versions: boolean;
  /** The requests that the server may send. */
  readonly asks: readonly string[];
}

interface Editor {
  readonly client: string;
  readonly capabilities: object;
  readonly expect: Expected;
}

const FOLDER = "test/lsp/clients";

const SOURCE = `/* é🦀 */ pub enum Message { Ping, /* 🦀 */ Blob([u8; 1024]), Text(String) }
#[derive(Clone, Copy)]
pub enum Fixed { A, B([u64; 90]) }
`;

function readEditor(name: string): Editor {
  return JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8"));
}

for (const name of readdirSync(FOLDER)) {
  const { client: title, capabilities, expect } = readEditor(name);

  describe(title, () => {
    const asked: string[] = [];
    let session: Session;
    let document: TestDocument;
    before(async () => {
      const wire = processWire();
      const listen = wire.listen.bind(wire);
      const listening = {
        ...wire,
        listen: (receive: (message: unknown) => void) =>
          listen((message) => {
            if (at(message, "id") !== undefined && at(message, "method") !== undefined) asked.push(String(at(message, "method")));
            receive(message);
          }),
      };
      session = await startSession(listening, { capabilities });
      document = new TestDocument(session.client, `file:///stowplan-test/${name}/lib.rs`, SOURCE, expect.encoding);
    });

    test("is told what the server does for it", () => {
      const told = at(session.initialized, "capabilities");
      assert.equal(at(told, "positionEncoding"), expect.encoding);
      assert.equal(at(told, "codeActionProvider", "resolveProvider"), expect.edits === "resolve");
      assert.equal(at(told, "inlayHintProvider", "resolveProvider"), expect.tooltips === "resolve");
      assert.equal(at(told, "diagnosticProvider") !== undefined, expect.diagnostics === "pull");
    });

    test("has hovers in the form it prefers, at places as it counts them", async () => {
      const hover = await document.hover("Message");
      assert.equal(at(hover, "contents", "kind"), expect.hover);
      const shown = text(at(hover, "contents", "value"));
      assert.match(shown, expect.hover === "markdown" ? /^\*\*Layout\*\* 1032 B/ : /^Layout 1032 B/);
      assert.doesNotMatch(shown, /command:|data:image|<[a-z]+/);
      if (expect.hover === "plaintext") assert.doesNotMatch(shown, /\*\*/);
      assert.deepEqual(at(hover, "range"), document.rangeOf("Message"));
    });

    test("has diagnostics as it takes them, also after an edit", async () => {
      const diagnostics = async (): Promise<readonly unknown[]> => {
        if (expect.diagnostics === "pull") return list(await document.diagnostics());
        const published = await session.client.told("textDocument/publishDiagnostics");
        assert.equal(at(published, "version") !== undefined, expect.versions);
        return list(at(published, "diagnostics"));
      };
      /** What was published before settings or an edit counted is passed over. */
      const expectCount = async (count: number): Promise<readonly unknown[]> => {
        for (let i = 0; i < 10; i++) {
          const found = await diagnostics();
          if (found.length === count) return found;
        }
        return assert.fail(`there are never ${count} diagnostics`);
      };
      const [found] = await expectCount(2);
      assert.equal(at(found, "code"), "oversized-variant");
      assert.deepEqual(at(found, "range"), document.rangeOf("Blob"));
      document.edit("1024", "10");
      await expectCount(1);
      document.edit("10", "1024");
      await expectCount(2);
    });

    test("has actions whose edits it can get", async () => {
      const actions = list(await document.codeActions("Blob"));
      assert.equal(actions.length, 1);
      assert.equal(at(actions[0], "data") !== undefined, expect.edits === "resolve");
      assert.equal(at(actions[0], "edit") !== undefined, expect.edits === "eager");
      const action = expect.edits === "eager" ? actions[0] : await session.client.request("codeAction/resolve", actions[0]);
      assert.match(text(at(action, "title")), /^Box `Blob` payload \(Message: 1032 B → 24 B/);
      assert.equal(document.withEdits(at(action, "edit")), SOURCE.replace("Blob([u8; 1024])", "Blob(Box<[u8; 1024]>)"));
    });

    test("has actions that cannot be done only where it shows why", async () => {
      const impossible = list(await document.codeActions("B([u64"));
      assert.equal(impossible.length > 0, expect.disabledActions);
      for (const action of impossible) assert.match(text(at(action, "disabled", "reason")), /Copy/);
    });

    if (expect.hints)
      test("has complete hints, with tooltips where it asks for them", async () => {
        assert.ok((await document.hints()).includes("1: 1032 B · 7 pad"), String(await document.hints()));
        const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
        const hints = list(await session.client.request("textDocument/inlayHint", { textDocument: { uri: document.uri }, range }));
        if (expect.tooltips === "none") return;
        const resolved = await session.client.request("inlayHint/resolve", hints[0]);
        assert.equal(at(resolved, "tooltip", "kind"), expect.hover);
      });

    test("may send the whole text instead of edits", async () => {
      document.change([{ text: SOURCE.replace("1024", "2048") }], SOURCE.replace("1024", "2048"));
      assert.match(text(at(await document.hover("Message"), "contents", "value")), /Layout[*]* 2056 B/);
    });

    after(async () => {
      session.client.notify("workspace/didChangeConfiguration", { settings: null });
      session.client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: document.uri, type: 2 }] });
      await document.hover("Message");
      await endSession(session);
      for (const method of asked) assert.ok(expect.asks.includes(method), `${method} was not announced`);
      for (const method of expect.asks) assert.ok(asked.includes(method), `${method} is announced and of use`);
    });
  });
}
