/** The frames of LSP's base protocol: good ones in any pieces, and good ones behind what is none. */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, test } from "node:test";
import { FramedReader } from "../server/src/framed-reader.ts";
import { framed } from "./lsp/wire.ts";

const GOOD = { jsonrpc: "2.0", id: 1, method: "é" };
const OTHER = { jsonrpc: "2.0", id: 2, text: 'Content-Length: 7\r\n\r\n"' };

interface Read {
  readonly messages: readonly unknown[];
  readonly errors: number;
}

/** What a reader makes of some pieces. */
async function read(pieces: readonly (string | Buffer)[]): Promise<Read> {
  const stream = new PassThrough();
  const reader = new FramedReader(stream);
  const messages: unknown[] = [];
  let errors = 0;
  reader.onError(() => {
    errors += 1;
  });
  reader.listen((message) => messages.push(message));
  const closed = new Promise((resolve) => {
    reader.onClose(resolve);
  });
  for (const piece of pieces) stream.write(piece);
  stream.end();
  await closed;
  return { messages, errors };
}

function send(message: unknown): string {
  return framed(JSON.stringify(message));
}

describe("good frames", () => {
  const both = send(GOOD) + send(OTHER);

  test("are read in one piece and byte by byte", async () => {
    const expected = { messages: [GOOD, OTHER], errors: 0 };
    assert.deepEqual(await read([both]), expected);
    assert.deepEqual(await read([...Buffer.from(both)].map((byte) => Buffer.from([byte]))), expected);
  });

  test("may have other fields, and names in small letters", async () => {
    const body = JSON.stringify(GOOD);
    const length = Buffer.byteLength(body);
    const frames = `Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: ${length}\r\n\r\n${body}content-length:${length}\r\nX: y\r\n\r\n${body}`;
    assert.deepEqual(await read([frames]), { messages: [GOOD, GOOD], errors: 0 });
  });

  test("may be long", async () => {
    const long = { jsonrpc: "2.0", text: "Content-Length: 3\r\n".repeat(50_000) };
    const bytes = Buffer.from(send(long) + send(GOOD));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 10_000) }, (_, i) => bytes.subarray(i * 10_000, (i + 1) * 10_000));
    assert.deepEqual(await read(pieces), { messages: [long, GOOD], errors: 0 });
  });
});

describe("a good frame is read behind", () => {
  const none: Readonly<Record<string, string>> = {
    "no JSON": 'Content-Length: 5\r\n\r\n{"a":',
    "a header without a length": "Content-Type: x\r\n\r\n{}",
    "a length that is none": "Content-Length: abc\r\n\r\n{}",
    "a negative length": "Content-Length: -5\r\n\r\n{}",
    "a length that is too small": "Content-Length: 1\r\n\r\n{}",
    "a length that is too large": "Content-Length: 3\r\n\r\n{}",
    "a length that takes in other frames": `Content-Length: ${2 + Buffer.byteLength(send(GOOD))}\r\n\r\n{}`,
    "a length that never comes": "Content-Length: 99999\r\n\r\n{}",
    "a length beyond all texts": "Content-Length: 99999999999999\r\n\r\n{}",
    "a header without end": "x".repeat(1_000_000),
    "many headers without end": "Content-Length: 1\r\n".repeat(2000),
    "a header in a header": "Content-Length: 2\r\nx\r\n",
    "another protocol": "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    zeros: "\0".repeat(5000),
    "a header with other ends of lines": "Content-Length: 2\n\n{}",
  };
  for (const [name, bytes] of Object.entries(none))
    test(name, async () => {
      const { messages, errors } = await read([bytes, send(GOOD), send(OTHER)]);
      assert.deepEqual(messages.slice(-2), [GOOD, OTHER]);
      assert.equal(errors, 1);
    });
});
