/** The box action and its diagnostic: titles, edits, reasons against it, and who silences it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../server/src/base/message.ts";
import { assists, resolveAssist } from "../../server/src/ide/assists.ts";
import { DEFAULT_DIAGNOSTICS } from "../../server/src/ide/config.ts";
import { diagnostics } from "../../server/src/ide/diagnostics.ts";
import { applyEdits } from "../../server/src/ide/source-change.ts";
import { FILE } from "../support/fake-places.ts";
import type { FakeOptions } from "../support/fake-semantics.ts";
import { fakeSemantics } from "../support/fake-semantics.ts";
import type { FakeType } from "../support/fake-types.ts";
import { array, enumeration, I32, STRING, struct, U8, U32, U64 } from "../support/fake-types.ts";

const MESSAGE_SOURCE = "pub enum Message { Ping, Text(String), Move { x: i32, y: i32 }, Blob(/* raw */ [u8; 1024]), Ack(u32) }";
const MESSAGE = enumeration("Message", { Ping: null, Text: [STRING], Move: { x: I32, y: I32 }, Blob: [array(U8, 1024n)], Ack: [U32] });
const RECORD_SOURCE = "enum Packet { Empty, Full { id: u32, /// bytes\n data: [u8; 1024], tail: [u8; 512] } }";
const RECORD = enumeration("Packet", { Empty: null, Full: { id: U32, data: array(U8, 1024n), tail: array(U8, 512n) } });

interface At {
  readonly source: string;
  readonly types: readonly FakeType[];
  readonly options?: FakeOptions;
}

/** Titles (with reasons of disabled ones) at a text, and the source after each. */
function offered({ source, types, options }: At, needle: string): readonly (readonly [title: string, after: string | undefined])[] {
  const sema = fakeSemantics(source, types, options);
  const start = source.indexOf(needle);
  return assists(sema, { file: FILE, start, end: start }, DEFAULT_DIAGNOSTICS).map((assist) => {
    const change = assist.data === undefined ? undefined : resolveAssist(sema, assist.data);
    const edits = change?.files[0]?.edits;
    return [
      assist.disabled === undefined ? assist.title : `${assist.title} – ${assist.disabled}`,
      edits === undefined ? undefined : applyEdits(source, edits),
    ];
  });
}

const BOX_BLOB = "Box `Blob` payload (Message: 1032 B → 24 B)";

test("boxing a variant rewrites its definition and tells the true size before and after", () => {
  const after = MESSAGE_SOURCE.replace("[u8; 1024]", "Box<[u8; 1024]>");
  assert.deepEqual(offered({ source: MESSAGE_SOURCE, types: [MESSAGE] }, "Blob"), [[`${BOX_BLOB}, uses not changed`, after]]);
  assert.deepEqual(offered({ source: MESSAGE_SOURCE, types: [MESSAGE] }, "1024"), [[`${BOX_BLOB}, uses not changed`, after]]);
});

test("on the enum's name the variant that sets its size is offered", () => {
  assert.deepEqual(
    offered({ source: MESSAGE_SOURCE, types: [MESSAGE] }, "Message").map(([title]) => title),
    [`${BOX_BLOB}, uses not changed`],
  );
});

test("nothing is offered where boxing makes nothing smaller, or outside of enums", () => {
  const at = { source: `${MESSAGE_SOURCE} struct S { a: u64 }`, types: [MESSAGE, struct("S", { a: U64 })] };
  assert.deepEqual(offered(at, "Text"), []);
  assert.deepEqual(offered(at, "Ping"), []);
  assert.deepEqual(offered(at, "a: u64"), []);
});

test("of several fields the fewest and largest are boxed that make the enum smallest; the largest alone is offered too", () => {
  assert.deepEqual(offered({ source: RECORD_SOURCE, types: [RECORD] }, "Full"), [
    [
      "Box `Full` payload (Packet: 1544 B → 24 B), uses not changed",
      "enum Packet { Empty, Full { id: u32, /// bytes\n data: Box<[u8; 1024]>, tail: Box<[u8; 512]> } }",
    ],
    [
      "Box largest field only: `data: Box<[u8; 1024]>`, uses not changed",
      "enum Packet { Empty, Full { id: u32, /// bytes\n data: Box<[u8; 1024]>, tail: [u8; 512] } }",
    ],
  ]);
});

test("the title's size is that of the definition after the edit", () => {
  const edited = enumeration("Packet", { Empty: null, Full: { id: U32, data: boxOf(1024), tail: boxOf(512) } });
  assert.ok(!("status" in edited.answer));
  assert.equal(edited.answer.size, 24n);
});

function boxOf(count: number): FakeType {
  return { ...struct("B", { p: U64 }), text: `Box<[u8; ${count}]>`, kind: "other" };
}

test("the path that names Box in the crate is written", () => {
  const options = { boxPath: "alloc::boxed::Box" };
  const [first] = offered({ source: MESSAGE_SOURCE, types: [MESSAGE], options }, "Blob");
  assert.equal(first?.[1], MESSAGE_SOURCE.replace("[u8; 1024]", "alloc::boxed::Box<[u8; 1024]>"));
});

test("where boxing cannot be right the action is disabled and says why", () => {
  const at = { source: MESSAGE_SOURCE, types: [MESSAGE] };
  const title = (options: FakeOptions): string | undefined => offered({ ...at, options }, "Blob")[0]?.[0];
  assert.equal(title({ copy: ["Message"] }), `${BOX_BLOB} – \`Message\` is \`Copy\``);
  assert.equal(title({ definition: () => ({ derives: ["Copy"] }) }), `${BOX_BLOB} – \`Message\` is \`Copy\``);
  assert.equal(title({ boxPath: undefined }), `${BOX_BLOB} – crate is \`no_std\` without \`alloc\``);
  assert.equal(
    title({ definition: () => ({ inMacro: "messages" }) }),
    `${BOX_BLOB} – \`Message\` stands in a call of the macro \`messages\``,
  );
  const generic = { status: "generic", atLeast: 1n, minimumAlign: 1n, open: ["T"] } as const;
  assert.equal(title({ answers: { Message: generic } }), "Box `Blob` payload – size depends on `T`");
  const unknown = { status: "unknown", reason: verbatim("`x` is not found"), culprit: undefined } as const;
  assert.equal(title({ answers: { Message: unknown } }), "Box `Blob` payload – size unknown: `x` is not found");
});

test("a disabled action has no edit, and one whose definition is gone neither", () => {
  const sema = fakeSemantics(MESSAGE_SOURCE, [MESSAGE]);
  assert.equal(resolveAssist(sema, { id: "boxFields", file: FILE, key: "Gone", variant: 3, fields: [0] }), undefined);
  assert.equal(resolveAssist(sema, { id: "boxFields", file: FILE, key: "Message", variant: 3, fields: [7] }), undefined);
});

test("the action mends the diagnostic only where there is one", () => {
  const sema = fakeSemantics(MESSAGE_SOURCE, [MESSAGE]);
  const start = MESSAGE_SOURCE.indexOf("Blob");
  const at = { file: FILE, start, end: start };
  assert.deepEqual(
    assists(sema, at, DEFAULT_DIAGNOSTICS).map((it) => [it.kind, it.fixes]),
    [["refactor.rewrite.boxVariant", "oversized-variant"]],
  );
  const quiet = { ...DEFAULT_DIAGNOSTICS, oversizedVariantThreshold: 1000 };
  assert.deepEqual(
    assists(sema, at, quiet).map((it) => it.fixes),
    [undefined],
  );
});

function messages({ source, types, options }: At, config = DEFAULT_DIAGNOSTICS): readonly string[] {
  return diagnostics(fakeSemantics(source, types, options), FILE, config).map((it) => {
    return `${it.severity} ${source.slice(it.range.start, it.range.end)} ${it.code}: ${it.message}`;
  });
}

const OVERSIZED = "Blob is 1024 B, the next variant 24 B: Message is 1032 B";

test("an oversized variant is reported on its name, with what boxing gives", () => {
  assert.deepEqual(messages({ source: MESSAGE_SOURCE, types: [MESSAGE] }), [`hint Blob oversized-variant: ${OVERSIZED}, 24 B if boxed`]);
  const noBox = { source: MESSAGE_SOURCE, types: [MESSAGE], options: { boxPath: undefined } };
  assert.deepEqual(messages(noBox), [`hint Blob oversized-variant: ${OVERSIZED}`]);
});

test("a lead of exactly the threshold is not reported", () => {
  const at = { source: MESSAGE_SOURCE, types: [MESSAGE] };
  assert.equal(messages(at, { ...DEFAULT_DIAGNOSTICS, oversizedVariantThreshold: 1000 }).length, 0);
  assert.equal(messages(at, { ...DEFAULT_DIAGNOSTICS, oversizedVariantThreshold: 999 }).length, 1);
});

test("clippy's allow, an ignore comment, cfg and the severity setting silence it", () => {
  const silenced = (change: Parameters<NonNullable<FakeOptions["definition"]>>[0] | object): number => {
    return messages({ source: MESSAGE_SOURCE, types: [MESSAGE], options: { definition: () => change } }).length;
  };
  assert.equal(silenced({}), 1);
  assert.equal(silenced({ allowedLints: ["clippy::large_enum_variant"] }), 0);
  assert.equal(silenced({ allowedLints: ["dead_code"] }), 1);
  assert.equal(silenced({ ignoredCodes: ["oversized-variant"] }), 0);
  assert.equal(silenced({ inactive: "cfg(windows)" }), 0);
  const at = { source: MESSAGE_SOURCE, types: [MESSAGE] };
  assert.equal(
    messages(at, { ...DEFAULT_DIAGNOSTICS, severity: { ...DEFAULT_DIAGNOSTICS.severity, "oversized-variant": "off" } }).length,
    0,
  );
  assert.match(
    messages(at, { ...DEFAULT_DIAGNOSTICS, severity: { ...DEFAULT_DIAGNOSTICS.severity, "oversized-variant": "warning" } })[0] ?? "",
    /^warning /,
  );
});

test("structs and enums with one variant are never oversized", () => {
  const one = enumeration("One", { Only: [array(U8, 4096n)] });
  assert.deepEqual(messages({ source: "enum One { Only([u8; 4096]) }", types: [one] }), []);
});
