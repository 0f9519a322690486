/**
 * The protocol's own accidents: what is malformed, too much, out of order, twice, or cut off.
 *
 * Invariant: whatever is sent, a server that still runs answers the next good request right; what breaks the framing may end it.
 */
import type { Random } from "../oracle/random.ts";
import type { FuzzServer } from "./fuzz-server.ts";
import { FIRST_FREE_ID } from "./fuzz-server.ts";

const METHODS: readonly [string, ...string[]] = [
  "textDocument/hover",
  "textDocument/inlayHint",
  "inlayHint/resolve",
  "textDocument/codeAction",
  "codeAction/resolve",
  "textDocument/diagnostic",
  "stowplan/targets",
  "workspace/executeCommand",
  "initialize",
  "$/unknown",
  "textDocument/definition",
];

const NOTIFICATIONS: readonly [string, ...string[]] = [
  "textDocument/didOpen",
  "textDocument/didChange",
  "textDocument/didClose",
  "textDocument/didSave",
  "workspace/didChangeConfiguration",
  "workspace/didChangeWatchedFiles",
  "initialized",
  "$/cancelRequest",
  "$/setTrace",
  "$/progress",
  "stowplan/nothing",
];

const SCALARS: readonly [unknown, ...unknown[]] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  9007199254740992,
  "",
  "x".repeat(10_000),
  "\u0000\ud800",
  "file:///fuzz/good.rs",
  "file:///%ZZ",
  "untitled:Untitled-1",
  "http://[",
  "file:///fuzz/../../etc/passwd",
  [],
  {},
];

const KEYS: readonly [string, ...string[]] = [
  "id",
  ..."textDocument uri position line character range start end text version contentChanges languageId data file key variant fields context diagnostics only id type changes settings stowplan label kind items __proto__ constructor toString length".split(
    " ",
  ),
];

/** A value of any shape, made of the words of the protocol. */
function anyValue(random: Random, depth: number): unknown {
  if (depth <= 0 || random.chance(0.3)) return random.pick<unknown>([...SCALARS]);
  if (random.chance(0.25)) return Array.from({ length: random.below(4) }, () => anyValue(random, depth - 1));
  return Object.fromEntries(Array.from({ length: random.below(6) }, () => [random.pick(KEYS), anyValue(random, depth - 1)]));
}

/** Parameters that are nearly right: one part of good ones is something else. */
function nearlyGood(random: Random): unknown {
  const position = { line: random.below(4), character: random.below(30) };
  const good: Record<string, unknown> = {
    textDocument: {
      uri: random.pick(["file:///fuzz/good.rs", "file:///fuzz/not-open.rs"]),
      languageId: "rust",
      version: 3,
      text: "struct A(u8);",
    },
    position,
    range: { start: position, end: { line: random.below(1_000_000), character: 0 } },
    context: { diagnostics: [] },
    contentChanges: [{ range: { start: position, end: position }, text: "" }],
    changes: [{ uri: "file:///fuzz/good.rs", type: random.below(9) }],
    items: [],
  };
  good[random.pick<string>(["textDocument", "position", "range", "context", "contentChanges", "changes"])] = anyValue(random, 2);
  return good;
}

/** Sends one strange but well-framed message; answers what it was. */
export async function strangeMessage(random: Random, server: FuzzServer, fresh: () => number): Promise<string> {
  const params = random.chance(0.5) ? nearlyGood(random) : anyValue(random, 4);
  const id = FIRST_FREE_ID + fresh();
  switch (random.below(6)) {
    case 0:
    case 1: {
      const method = random.pick(METHODS);
      await server.requestAs(id, { method, params });
      return `${method} ${JSON.stringify(params).slice(0, 300)}`;
    }
    case 2:
    case 3: {
      const method = random.pick(NOTIFICATIONS);
      server.notify(method, params);
      return `${method} ${JSON.stringify(params)?.slice(0, 300)}`;
    }
    case 4: {
      const message = random.pick<unknown>([
        { jsonrpc: "2.0" },
        { jsonrpc: "1.0", id, method: "textDocument/hover" },
        { jsonrpc: "2.0", id: anyValue(random, 1), method: random.pick(METHODS), params },
        { jsonrpc: "2.0", id, result: params },
        { jsonrpc: "2.0", id: null, error: { code: 1, message: "x" } },
        [{ jsonrpc: "2.0", id, method: "textDocument/hover", params }],
        anyValue(random, 3),
      ]);
      server.send(message);
      return `message ${JSON.stringify(message)?.slice(0, 300)}`;
    }
    default:
      return cancelled(random, server, id);
  }
}

/** Questions that are taken back, some of them twice, some never asked. */
async function cancelled(random: Random, server: FuzzServer, id: number): Promise<string> {
  const range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
  const params = { textDocument: { uri: "file:///fuzz/good.rs" }, range };
  const answers = Array.from({ length: 1 + random.below(20) }, (_, i) =>
    server.requestAs(id * 100 + i, { method: "textDocument/inlayHint", params }),
  );
  for (let i = 0; i < 25; i++) server.notify("$/cancelRequest", { id: id * 100 + random.below(25) });
  await Promise.all(answers);
  return "cancellations";
}

/** Bytes that are no messages; the connection may not survive them. */
export const BROKEN_BYTES: readonly (readonly [name: string, bytes: string])[] = [
  ["no JSON", 'Content-Length: 5\r\n\r\n{"a":'],
  ["no length", "Content-Type: x\r\n\r\n{}"],
  ["a length that is none", "Content-Length: abc\r\n\r\n{}"],
  ["a negative length", "Content-Length: -5\r\n\r\n{}"],
  ["an enormous length", "Content-Length: 99999999999999\r\n\r\n{}"],
  ["a header without end", "x".repeat(1_000_000)],
  ["an unknown charset", "Content-Length: 2\r\nContent-Type: application/json; charset=klingon\r\n\r\n{}"],
  ["deep JSON", `Content-Length: 400000\r\n\r\n${"[".repeat(200_000)}${"]".repeat(200_000)}`],
  ["zeros", "\0".repeat(5000)],
  ["not UTF-8", "Content-Length: 4\r\n\r\n\xff\xfe\xff\xfe"],
];
