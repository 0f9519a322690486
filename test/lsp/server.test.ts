/**
 * The built server over standard input and output, asked as VS Code asks it.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import type { Session } from "./client.ts";
import { at, endSession, list, ServerError, startSession, text, VS_CODE } from "./client.ts";
import { INBOX_SOURCE, TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

const SAMPLES = `use std::net::IpAddr;
pub struct Session { id: u64, peer: Option<IpAddr>, retries: u8, last_seen: Option<u32>, name: String, closed: bool }
pub enum Message {
    Ping,
    Text(String),
    Move { x: i32, y: i32 },
    Blob([u8; 1024]),
    Ack(u32),
}
${INBOX_SOURCE}`;

const settings = new Map<string, unknown>();
let session: Session;
let documents = 0;

function open(source: string): TestDocument {
  documents += 1;
  return new TestDocument(session.client, `file:///stowplan-test/${documents}/lib.rs`, source);
}

before(async () => {
  session = await startSession(processWire(), { settings });
  // The settings have been read.
  await session.client.told("workspace/inlayHint/refresh");
});
after(() => endSession(session));

test("says what it can do", () => {
  assert.deepEqual(at(session.initialized, "capabilities"), {
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
    inlayHintProvider: { resolveProvider: true },
    codeActionProvider: { codeActionKinds: ["quickfix", "refactor.rewrite"], resolveProvider: true },
    diagnosticProvider: { identifier: "stowplan", interFileDependencies: true, workspaceDiagnostics: false },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  });
  assert.equal(at(session.initialized, "serverInfo", "name"), "stowplan");
});

describe("hover", () => {
  test("on a struct: its fields in memory order", async () => {
    const shown = await open(SAMPLES).hoverText("Session");
    assert.ok(
      shown.startsWith(
        [
          "**Layout** 64 B · align 8 · 5 B padding (8 %)",
          "```text",
          " offset  size  field",
          "      0    24  name: String",
          "     24     8  last_seen: Option<u32>",
          "     32     8  id: u64",
          "     40     1  closed: bool",
          "     41    17  peer: Option<IpAddr>",
          "     58     1  retries: u8",
          "     59     5  (padding)",
          "```",
          "`Option<Session>` is also 64 B: 2⁶³ spare values in `name` at offset 0. 5 more bytes of align 1 fit for free.",
        ].join("\n"),
      ),
      shown,
    );
  });

  test("on an enum: its variants, the largest first, and what boxing gives", async () => {
    const shown = await open(SAMPLES).hoverText("Message");
    assert.ok(
      shown.startsWith(
        [
          "**Layout** 1032 B · align 8 · tag 1 B at offset 0 (values 0–4)",
          "```text",
          " variant   ends at  unused",
          " Blob         1025       7",
          " Text           32    1000   String at offset 8, 7 B padding before it",
          " Move           12    1020",
          " Ack             8    1024",
          " Ping            1    1031",
          "```",
          "`Blob` sets the size. Boxing it: 1032 B → **24 B** (tag moves into `Text`'s niche). `Option<Message>` is also 1032 B (251 spare tag values).",
        ].join("\n"),
      ),
      shown,
    );
  });

  test("on a field, a variant and a use: one line, for the word under the cursor", async () => {
    const document = open(SAMPLES);
    assert.match(await document.hoverText("kind"), /^\*\*Layout\*\* offset 0 · 1 B · align 1 · cache line 0, then 3 B padding/);
    assert.match(await document.hoverText("Move"), /^\*\*Layout\*\* 12 of 1032 B · x at 4, y at 8/);
    assert.match(await document.hoverText("Header", "header: "), /^24 B · align 8 · 10 B padding/);
    assert.deepEqual(
      at(await document.hover("Header", "header: "), "range"),
      document.rangeOf("Header }") && {
        start: document.placeOf("Header", "header: "),
        end: { ...document.placeOf("Header", "header: "), character: document.placeOf("Header", "header: ").character + 6 },
      },
    );
  });

  test("says nothing on blank space, nor for a document that is not open", async () => {
    const document = open("\n\nstruct A(u8);\n");
    const { uri } = document;
    const ask = (of: string) =>
      session.client.request("textDocument/hover", { textDocument: { uri: of }, position: { line: 0, character: 0 } });
    assert.equal(await ask(uri), null);
    assert.equal(await ask("file:///stowplan-test/never-opened.rs"), null);
  });

  test("of a type expression is what the command line says", async () => {
    for (const type of ["Option<Box<u32>>", "(char, u8, i32)", "Vec<String>", "std::cell::RefCell<[u16; 3]>"]) {
      const document = open(`struct Holder { field: ${type} }`);
      const cli = JSON.parse(execFileSync(process.execPath, ["dist/cli.cjs", "type", type, "--format", "json"], { encoding: "utf8" }));
      const shown = await document.hoverText("field");
      assert.match(shown, new RegExp(`offset 0 · ${String(at(cli, "size"))} B · align ${String(at(cli, "align"))}\\b`), type);
    }
  });
});

describe("inlay hints", () => {
  const ALL = [
    "2: 64 B · 5 pad",
    "2: +5 pad",
    "3: 1032 B · 7 pad",
    "7: 1024 B",
    "11: 24 B · 10 pad",
    "12: +3 pad",
    "14: +7 pad",
    "17: 32 B",
  ];

  test("are given for the asked lines only", async () => {
    const document = open(SAMPLES);
    assert.deepEqual(await document.hints(), ALL);
    assert.deepEqual(await document.hints(10, 12), ["11: 24 B · 10 pad", "12: +3 pad"]);
  });

  test("not between the elements of a tuple", async () => {
    const document = open("struct Pair(u8, u64);\nenum Either { A(u8, u64), B { a: u8, b: u64 } }");
    assert.deepEqual(await document.hints(), ["1: 16 B · 7 pad", "2: 16 B · 6 pad", "2: +6 pad"]);
  });

  test("of a type that is being typed stay for a moment, and the client is told when they go", async () => {
    const document = open("struct A {\n    a: u8,\n    b: u64,\n}\n");
    assert.deepEqual(await document.hints(), ["1: 16 B · 7 pad", "2: +7 pad"]);
    document.edit("u64", "[u64; ");
    const refreshed = session.client.told("workspace/inlayHint/refresh");
    assert.deepEqual(await document.hints(), ["1: 16 B · 7 pad"]);
    await refreshed;
    assert.deepEqual(await document.hints(), []);
  });

  test("are complete but for the tooltip, which is resolved", async () => {
    const document = open(SAMPLES);
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    const [hint] = list(await session.client.request("textDocument/inlayHint", { textDocument: { uri: document.uri }, range }));
    assert.equal(at(hint, "tooltip"), undefined);
    assert.equal(at(hint, "kind"), undefined);
    assert.equal(at(hint, "paddingLeft"), true);
    const resolved = await session.client.request("inlayHint/resolve", hint);
    assert.match(text(at(resolved, "tooltip", "value")), /^\*\*Layout\*\* 1032 B/);
  });
});

describe("the oversized variant", () => {
  test("is pulled as a hint that leads with its number", async () => {
    const document = open(SAMPLES);
    const [found, ...others] = list(await document.diagnostics());
    assert.equal(others.length, 0);
    assert.equal(at(found, "code"), "oversized-variant");
    assert.equal(at(found, "source"), "stowplan");
    assert.equal(at(found, "severity"), 4);
    assert.equal(at(found, "message"), "Blob is 1024 B, the next variant 24 B: Message is 1032 B, 24 B if boxed");
  });

  test("can be boxed: the resolved edit gives the text and the new size", async () => {
    const document = open(SAMPLES);
    const [diagnostic] = list(await document.diagnostics());
    const actions = list(await document.codeActions("Blob", { diagnostics: [diagnostic] }));
    const kinds = actions.map((action) => at(action, "kind"));
    assert.deepEqual(kinds.slice(0, 2), ["quickfix", "refactor.rewrite.boxVariant"]);
    const resolved = await session.client.request("codeAction/resolve", actions[0]);
    assert.match(text(at(resolved, "title")), /^Box `Blob` payload \(Message: 1032 B → 24 B/);
    const expected = SAMPLES.replace("Blob([u8; 1024])", "Blob(Box<[u8; 1024]>)");
    assert.equal(document.withEdits(at(resolved, "edit")), expected);
    document.edit("[u8; 1024]", "Box<[u8; 1024]>");
    assert.equal(document.text, expected);
    assert.match(await document.hoverText("Message"), /^\*\*Layout\*\* 24 B/);
    assert.deepEqual(await document.diagnostics(), []);
  });

  test("is offered only where its kind is wanted", async () => {
    const document = open(SAMPLES);
    assert.deepEqual(await document.codeActions("Blob", { diagnostics: [], only: ["source.organizeImports"] }), []);
    const rewrites = list(await document.codeActions("Blob", { diagnostics: [], only: ["refactor"] }));
    assert.ok(rewrites.length > 0);
  });
});

describe("documents", () => {
  test("are answered as edited, change by change", async () => {
    const document = open("struct A { a: u8 }\n");
    assert.match(await document.hoverText("A"), /^\*\*Layout\*\* 1 B/);
    document.edit("u8", "u64, b: u8");
    assert.match(await document.hoverText("A"), /^\*\*Layout\*\* 16 B/);
    document.edit("struct A", "// é🦀\n#[repr(packed)]\nstruct A");
    assert.match(await document.hoverText("A", "struct "), /^\*\*Layout\*\* 9 B/);
    document.edit("u64", "");
    document.edit("a: ,", "");
    assert.match(await document.hoverText("A", "struct "), /^\*\*Layout\*\* 1 B/);
  });

  test("may be replaced as a whole, and by several changes at once", async () => {
    const document = open("struct A(u8);");
    document.change([{ text: "struct B(u16);" }], "struct B(u16);");
    assert.match(await document.hoverText("B"), /^\*\*Layout\*\* 2 B/);
    const [first, second] = [document.rangeOf("u16"), { start: { line: 0, character: 7 }, end: { line: 0, character: 8 } }];
    document.change(
      [
        { range: first, text: "u32" },
        { range: second, text: "Bee" },
      ],
      "struct Bee(u32);",
    );
    assert.match(await document.hoverText("Bee"), /^\*\*Layout\*\* 4 B/);
  });

  test("are gone when closed, and back when opened again", async () => {
    const document = open("struct A(u8);");
    document.close();
    assert.equal(await document.hover("A"), null);
    document.open();
    assert.match(await document.hoverText("A"), /^\*\*Layout\*\* 1 B/);
  });
});

describe("settings", () => {
  const change = async (stowplan: unknown): Promise<void> => {
    settings.set("stowplan", stowplan);
    const refreshed = session.client.told("workspace/inlayHint/refresh");
    session.client.notify("workspace/didChangeConfiguration", { settings: null });
    await refreshed;
  };

  test("the target changes every number without a restart", async () => {
    const document = open(SAMPLES);
    await change({ target: "i686-unknown-linux-gnu" });
    assert.match(await document.hoverText("Header"), /^\*\*Layout\*\* 20 B/);
    assert.ok((await document.hints()).includes("11: 20 B · 6 pad"));
    await change({});
    assert.match(await document.hoverText("Header"), /^\*\*Layout\*\* 24 B/);
  });

  test("hints, diagnostics and hovers obey theirs", async () => {
    const document = open(SAMPLES);
    await change({
      inlayHints: { types: false, variants: "off" },
      diagnostics: { severity: { "oversized-variant": "warning" } },
      hover: { table: false },
    });
    assert.deepEqual(await document.hints(), ["2: +5 pad", "12: +3 pad", "14: +7 pad"]);
    assert.equal(at(list(await document.diagnostics())[0], "severity"), 2);
    assert.doesNotMatch(await document.hoverText("Session"), /offset {2}size/);
    await change({ exclude: ["**/stowplan-test/**"], oversizedVariant: { threshold: 100 } });
    assert.deepEqual(await document.hints(), []);
    assert.deepEqual(await document.diagnostics(), []);
    await change({ oversizedVariant: { threshold: 2000 } });
    assert.deepEqual(await document.diagnostics(), []);
    await change({});
  });

  test("values of the wrong type count as not set", async () => {
    const document = open(SAMPLES);
    await change({ target: 7, hover: "no", inlayHints: { minimumSize: "many" }, exclude: [3], cargo: null, diagnostics: { severity: 1 } });
    assert.match(await document.hoverText("Header"), /^\*\*Layout\*\* 24 B/);
    await change({});
  });
});

test("the targets are listed, with the one that auto stands for", async () => {
  open(SAMPLES);
  const targets = list(await session.client.request("stowplan/targets", {}));
  assert.ok(targets.length > 300);
  assert.equal(targets.filter((target) => at(target, "isDefault") === true).length, 1);
});

describe("what a client should not send", () => {
  test("malformed parameters get an answer or an error, and the next request is right", async () => {
    const document = open("struct A(u8);");
    const bad = [
      undefined,
      {},
      { textDocument: null },
      { textDocument: { uri: 7 } },
      { textDocument: { uri: document.uri } },
      [1, 2],
      "text",
    ];
    for (const method of [
      "textDocument/hover",
      "textDocument/inlayHint",
      "textDocument/codeAction",
      "textDocument/diagnostic",
      "stowplan/targets",
    ])
      for (const params of bad)
        await session.client.request(method, params).catch((error: unknown) => assert.ok(error instanceof ServerError, String(error)));
    for (const method of ["inlayHint/resolve", "codeAction/resolve"])
      for (const params of [{}, { data: {} }, { data: { file: "/nowhere.rs", key: "", id: "boxFields", variant: -1, fields: [9] } }])
        await session.client.request(method, params).catch((error: unknown) => assert.ok(error instanceof ServerError, String(error)));
    for (const method of ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "workspace/didChangeWatchedFiles"])
      for (const params of [{}, { textDocument: {} }, { changes: 3 }]) session.client.notify(method, params);
    assert.match(await document.hoverText("A"), /^\*\*Layout\*\* 1 B/);
  });

  test("unknown requests are refused, positions beyond the text are its end", async () => {
    const document = open("struct A(u8);");
    await assert.rejects(session.client.request("stowplan/nothing", {}), (error) => error instanceof ServerError && error.code === -32601);
    const far = { line: 4_000_000_000, character: 4_000_000_000 };
    assert.equal(await session.client.request("textDocument/hover", { textDocument: { uri: document.uri }, position: far }), null);
    document.change([{ range: { start: far, end: far }, text: "\nstruct B(u16);" }], "struct A(u8);\nstruct B(u16);");
    assert.match(await document.hoverText("B"), /^\*\*Layout\*\* 2 B/);
  });

  test("a request that is cancelled is answered as such or in full", async () => {
    const document = open(SAMPLES);
    const params = { textDocument: { uri: document.uri }, position: document.placeOf("Session") };
    const { id, result } = session.client.requestWithId("textDocument/hover", params);
    session.client.notify("$/cancelRequest", { id });
    const outcome = await result.then(
      () => "answered",
      (error: unknown) => (error instanceof ServerError ? error.code : error),
    );
    assert.ok(outcome === "answered" || outcome === -32800, String(outcome));
    assert.match(await document.hoverText("Session"), /^\*\*Layout\*\* 64 B/);
  });
});

test("capabilities absent: no registrations, no configuration, diagnostics are pushed", async () => {
  const plain = await startSession(processWire(["dist/cli.cjs", "lsp", "--stdio"]), { capabilities: {} });
  assert.equal(at(plain.initialized, "capabilities", "diagnosticProvider"), undefined);
  const document = new TestDocument(plain.client, "file:///stowplan-test/plain.rs", SAMPLES);
  const pushed = await plain.client.told("textDocument/publishDiagnostics");
  assert.equal(at(pushed, "uri"), document.uri);
  assert.equal(list(at(pushed, "diagnostics")).length, 1);
  const hover = await document.hover("Session");
  assert.equal(at(hover, "contents", "kind"), "plaintext");
  assert.match(text(at(hover, "contents", "value")), /^Layout 64 B · align 8/);
  assert.doesNotMatch(text(at(hover, "contents", "value")), /command:|\*\*/);
  document.edit("[u8; 1024]", "[u8; 10]");
  assert.deepEqual(at(await plain.client.told("textDocument/publishDiagnostics"), "diagnostics"), []);
  document.close();
  assert.deepEqual(at(await plain.client.told("textDocument/publishDiagnostics"), "diagnostics"), []);
  await endSession(plain);
});

for (const encoding of ["utf-8", "utf-16", "utf-32"] as const) {
  test(`positions are counted in ${encoding} where the client asks for it`, async () => {
    const encoded = await startSession(processWire(), { capabilities: { ...VS_CODE, general: { positionEncodings: [encoding] } } });
    assert.equal(at(encoded.initialized, "capabilities", "positionEncoding"), encoding);
    const source = "/* é🦀ß */ struct Größe { /* 🦀🦀 */ feld: u32 }";
    const document = new TestDocument(encoded.client, "file:///stowplan-test/encoded.rs", source, encoding);
    assert.match(await document.hoverText("Größe"), /^\*\*Layout\*\* 4 B/);
    assert.deepEqual(at(await document.hover("feld"), "range", "start"), document.placeOf("feld"));
    document.edit("u32", "u64");
    assert.match(await document.hoverText("Größe"), /^\*\*Layout\*\* 8 B/);
    await endSession(encoded);
  });
}

test("exit without shutdown is an error, as LSP says", async () => {
  const wire = processWire();
  const { client } = await startSession(wire);
  client.notify("exit", undefined);
  assert.equal(await wire.ended, 1);
});
