/**
 * The browser's bundle, run as a web worker runs it: wasm as bytes, every file through the client's requests.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Session } from "./client.ts";
import { at, endSession, startSession, text, VS_CODE } from "./client.ts";
import { TestDocument } from "./document.ts";
import { workerWire } from "./wire.ts";

const EXTENSION = "vscode-remote://localhost%2B8080/ext";

/** A folder of a virtual file system, and the built extension. */
const FILES: Record<string, string> = {
  "vscode-vfs://github/o/my%20repo/Cargo.toml": '[package]\nname = "pod"\nedition = "2021"\n',
  "vscode-vfs://github/o/my%20repo/src/lib.rs": "mod part;\npub struct Whole { a: u8, part: part::Part }\n",
  "vscode-vfs://github/o/my%20repo/src/part.rs": "pub struct Part { b: u64, c: u8 }\n",
};

const asked: string[] = [];

function uriParam(params: unknown): string {
  const uri = text(at(params, "uri"));
  asked.push(uri);
  return uri;
}

function readFile(params: unknown): unknown {
  const uri = uriParam(params);
  if (uri.startsWith(`${EXTENSION}/dist/`))
    return { kind: "text", text: readFileSync(join("dist", uri.slice(EXTENSION.length + 6)), "utf8") };
  const found = FILES[uri];
  return found === undefined ? { kind: "missing" } : { kind: "text", text: found };
}

function stat(params: unknown): unknown {
  const uri = uriParam(params);
  if (FILES[uri] !== undefined) return { kind: "file" };
  return { kind: Object.keys(FILES).some((path) => path.startsWith(`${uri}/`)) ? "directory" : null };
}

function readDirectory(params: unknown): unknown {
  const prefix = `${uriParam(params)}/`;
  const below = Object.keys(FILES).filter((path) => path.startsWith(prefix));
  const names = new Map(below.map((path) => path.slice(prefix.length).split("/")).map(([name, ...rest]) => [name, rest.length]));
  return { entries: below.length === 0 ? null : [...names].map(([name, depth]) => ({ name, kind: depth === 0 ? "file" : "directory" })) };
}

function startWorker(): Promise<Session> {
  return startSession(workerWire(), {
    capabilities: VS_CODE,
    initializationOptions: {
      fileRequests: true,
      browser: {
        extensionUri: EXTENSION,
        runtimeWasm: new Uint8Array(readFileSync("dist/web-tree-sitter.wasm")),
        grammarWasm: new Uint8Array(readFileSync("dist/tree-sitter-rust.wasm")),
      },
    },
    answers: { "stowplan/readFile": readFile, "stowplan/readDirectory": readDirectory, "stowplan/stat": stat },
  });
}

describe("the server in a web worker", () => {
  let session: Session;
  before(async () => {
    session = await startWorker();
  });
  after(() => endSession(session));

  test("answers for an untitled document, with std's types", async () => {
    const document = new TestDocument(session.client, "untitled:Untitled-1", "struct Named { name: String, closed: bool }");
    assert.match(await document.hoverText("Named"), /^\*\*Layout\*\* 32 B · align 8 · 7 B padding/);
    assert.match(await document.hoverText("Named"), /x86_64-unknown-linux-gnu/);
  });

  test("reads a crate of a virtual file system, other modules too", async () => {
    const uri = "vscode-vfs://github/o/my%20repo/src/lib.rs";
    const document = new TestDocument(session.client, uri, FILES[uri] ?? "");
    assert.match(await document.hoverText("Whole"), /^\*\*Layout\*\* 24 B · align 8/);
  });

  test("answers for a document of git", async () => {
    const uri = "git:/ws/src/lib.rs?%7B%22path%22%3A%22%2Fws%2Fsrc%2Flib.rs%22%2C%22ref%22%3A%22~%22%7D";
    const document = new TestDocument(session.client, uri, "struct Old(u16, u8);");
    assert.match(await document.hoverText("Old"), /^\*\*Layout\*\* 4 B · align 2/);
  });

  test("a document that is closed is answered from the file again", async () => {
    const uri = "vscode-vfs://github/o/my%20repo/src/part.rs";
    const whole = new TestDocument(
      session.client,
      "vscode-vfs://github/o/my%20repo/src/lib.rs",
      FILES["vscode-vfs://github/o/my%20repo/src/lib.rs"] ?? "",
    );
    const part = new TestDocument(session.client, uri, "pub struct Part { b: [u64; 8] }\n");
    assert.match(await whole.hoverText("Whole"), /^\*\*Layout\*\* 72 B/);
    part.close();
    assert.match(await whole.hoverText("Whole"), /^\*\*Layout\*\* 24 B/);
  });

  test("files that come, change and go are followed as the client tells", async () => {
    const root = "vscode-vfs://github/o/my%20repo";
    const source = "pub struct Words(usize, usize);\n";
    const document = new TestDocument(session.client, `${root}/src/lib.rs`, source);
    assert.match(await document.hoverText("Words"), /^\*\*Layout\*\* 16 B/);
    const told = async (name: string, content: string | undefined): Promise<void> => {
      if (content === undefined) delete FILES[`${root}/${name}`];
      else FILES[`${root}/${name}`] = content;
      const refreshed = session.client.told("workspace/inlayHint/refresh");
      session.client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: `${root}/${name}`, type: 2 }] });
      await refreshed;
    };
    await told(".cargo/config.toml", '[build]\ntarget = "i686-unknown-linux-gnu"\n');
    assert.match(await document.hoverText("Words"), /^\*\*Layout\*\* 8 B/);
    await told(".cargo/config.toml", undefined);
    assert.match(await document.hoverText("Words"), /^\*\*Layout\*\* 16 B/);
    document.close();
  });

  test("asks for std's data once", () => {
    const index = asked.filter((uri) => uri === `${EXTENSION}/dist/std/models.json`);
    assert.equal(index.length, 1);
    const data = readdirSync("dist/std").filter((name) => statSync(resolve("dist/std", name)).isFile());
    for (const name of data) assert.ok(asked.includes(`${EXTENSION}/dist/std/${name}`), name);
  });
});
