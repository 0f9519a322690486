/** Hover texts: definitions, fields, variants, uses, bounds and unknowns, as users read them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../server/src/base/message.ts";
import type { Element, Semantics } from "../../server/src/hir/model.ts";
import type { HoverConfig } from "../../server/src/ide/config.ts";
import { DEFAULT_HOVER } from "../../server/src/ide/config.ts";
import { hover } from "../../server/src/ide/hover.ts";
import { renderMarkdown, renderPlaintext } from "../../server/src/ide/markup.ts";
import { FILE } from "../support/fake-places.ts";
import type { FakeOptions } from "../support/fake-semantics.ts";
import { fakeSemantics } from "../support/fake-semantics.ts";
import type { FakeType } from "../support/fake-types.ts";
import {
  array,
  BOOL,
  enumeration,
  I32,
  IP_ADDR,
  option,
  primitive,
  REPR_C,
  STRING,
  struct,
  U8,
  U16,
  U32,
  U64,
  unanswered,
  union,
} from "../support/fake-types.ts";

const SESSION_SOURCE =
  "pub struct Session { id: u64, peer: Option<IpAddr>, retries: u8, last_seen: Option<u32>, name: String, closed: bool }";
const SESSION = struct("Session", { id: U64, peer: option(IP_ADDR), retries: U8, last_seen: option(U32), name: STRING, closed: BOOL });
const MESSAGE_SOURCE = "pub enum Message { Ping, Text(String), Move { x: i32, y: i32 }, Blob([u8; 1024]), Ack(u32) }";
const MESSAGE = enumeration("Message", { Ping: null, Text: [STRING], Move: { x: I32, y: I32 }, Blob: [array(U8, 1024n)], Ack: [U32] });
const HEADER_SOURCE = "#[repr(C)] pub struct Header { kind: u8, len: u32, flags: u8, ts: u64 }";
const HEADER = struct("Header", { kind: U8, len: U32, flags: U8, ts: U64 }, REPR_C);
const FOOTER = "x86_64-unknown-linux-gnu · rustc 1.95 · std bundled 1.96";

interface At {
  readonly source: string;
  readonly types: readonly FakeType[];
  readonly options?: FakeOptions;
  readonly config?: Partial<HoverConfig>;
}

function semaOf({ source, types, options }: At): Semantics {
  return fakeSemantics(source, types, options);
}

/** Markdown of the hover at the first place of a text. */
function markdownAt(at: At, needle: string): string | undefined {
  const offset = at.source.indexOf(needle);
  assert.ok(offset >= 0, needle);
  const result = hover(semaOf(at), { file: FILE, offset }, { ...DEFAULT_HOVER, ...at.config });
  return result === undefined ? undefined : renderMarkdown(result.markup);
}

test("a struct definition shows header, fields in memory order, Option size, free bytes and footer", () => {
  assert.equal(
    markdownAt({ source: SESSION_SOURCE, types: [SESSION] }, "Session"),
    `**Layout** 64 B · align 8 · 5 B padding (8 %)
\`\`\`text
 offset  size  field
      0    24  name: String
     24     8  last_seen: Option<u32>
     32     8  id: u64
     40     1  closed: bool
     41    17  peer: Option<IpAddr>
     58     1  retries: u8
     59     5  (padding)
\`\`\`
\`Option<Session>\` is also 64 B: 2⁶³ spare values in \`name\` at offset 0. 5 more bytes of align 1 fit for free.

${FOOTER} · fields in memory order`,
  );
});

test("an enum definition shows tag, variants with the largest first, and what boxing really gives", () => {
  assert.equal(
    markdownAt({ source: MESSAGE_SOURCE, types: [MESSAGE] }, "Message"),
    `**Layout** 1032 B · align 8 · tag 1 B at offset 0 (values 0–4)
\`\`\`text
 variant   ends at  unused
 Blob         1025       7
 Text           32    1000   String at offset 8, 7 B padding before it
 Move           12    1020
 Ack             8    1024
 Ping            1    1031
\`\`\`
\`Blob\` sets the size. Boxing it: 1032 B → **24 B** (tag moves into \`Text\`'s niche). \`Option<Message>\` is also 1032 B (251 spare tag values).

${FOOTER}`,
  );
});

test("a repr(C) struct says which gap has room, and that it has no spare values", () => {
  assert.equal(
    markdownAt({ source: HEADER_SOURCE, types: [HEADER] }, "Header"),
    `**Layout** 24 B · align 8 · 10 B padding (42 %)
\`\`\`text
 offset  size  field
      0     1  kind: u8
      1     3  (padding)
      4     4  len: u32
      8     1  flags: u8
      9     7  (padding)
     16     8  ts: u64
\`\`\`
\`Option<Header>\` is 32 B: \`Header\` has no spare values. 7 more bytes of align 1 fit after \`flags\` for free.

${FOOTER} · fields in memory order`,
  );
});

test("a field shows its offset, size, alignment and cache line", () => {
  const at = { source: SESSION_SOURCE, types: [SESSION] };
  assert.equal(markdownAt(at, "peer"), "**Layout** offset 41 · 17 B · align 1 · cache line 0");
  assert.equal(markdownAt(at, "retries"), "**Layout** offset 58 · 1 B · align 1 · cache line 0, then 5 B padding");
});

test("a field that spans two cache lines names both, and the user's cache line counts", () => {
  const wide = struct("Wide", { a: array(U8, 100n), b: U8 });
  const at = { source: "struct Wide { a: [u8; 100], b: u8 }", types: [wide] };
  assert.equal(markdownAt(at, "a: ["), "**Layout** offset 0 · 100 B · align 1 · cache lines 0–1");
  assert.equal(markdownAt({ ...at, config: { cacheLine: 128 } }, "a: ["), "**Layout** offset 0 · 100 B · align 1 · cache line 0");
  const apple = { ...at, options: { targetName: "aarch64-apple-darwin" } };
  assert.equal(markdownAt(apple, "a: ["), "**Layout** offset 0 · 100 B · align 1 · cache line 0");
});

test("a variant shows its share of the enum and where its fields lie", () => {
  const at = { source: MESSAGE_SOURCE, types: [MESSAGE] };
  assert.equal(markdownAt(at, "Move"), "**Layout** 12 of 1032 B · x at 4, y at 8");
  assert.equal(markdownAt(at, "Blob"), "**Layout** 1025 of 1032 B · 0 at 1");
  assert.equal(markdownAt(at, "Ping"), "**Layout** 1 of 1032 B");
  assert.equal(markdownAt(at, "y: i32"), "**Layout** offset 8 · 4 B · align 4 · cache line 0");
});

test("a written type is told in one line, in full, or not at all, as the user wants", () => {
  const at = { source: SESSION_SOURCE, types: [SESSION] };
  assert.equal(markdownAt(at, "Option<IpAddr>"), "17 B · align 1");
  assert.equal(markdownAt({ ...at, config: { references: "off" } }, "Option<IpAddr>"), undefined);
  const full = markdownAt({ ...at, config: { references: "full" } }, "Option<u32>");
  assert.match(full ?? "", /^\*\*Layout\*\* 8 B · align 4 · tag 4 B at offset 0 \(values 0–1\)\n```text\n variant {3}ends at/);
  assert.equal(markdownAt({ ...at, config: { enable: false } }, "Session"), undefined);
});

test("an alias is told in one line, with padding", () => {
  const pair = struct("Pair", { a: U8, b: U32 });
  const at = { source: "struct Pair { a: u8, b: u32 }\ntype Alias = Pair;", types: [pair] };
  assert.equal(markdownAt(at, "Alias"), "8 B · align 4 · 3 B padding");
});

test("a generic definition shows a lower bound, the open parameter, and instances", () => {
  const generic = { status: "generic", atLeast: 1024n, minimumAlign: 1n, open: ["T"] } as const;
  const source = "struct Slot<T> { value: T, data: [u8; 1024] }";
  const slot = struct("Slot", { value: unanswered("T", generic), data: array(U8, 1024n) });
  const instance = struct("Slot<u64>", { value: U64, data: array(U8, 1024n) });
  assert.ok(!("status" in instance.answer));
  const instances = [{ arguments: "T = u64", layout: instance.answer }];
  const at = { source, types: [slot], options: { answers: { Slot: generic }, instances } };
  assert.equal(markdownAt(at, "Slot"), `**Layout** ≥ 1024 B · align ≥ 1 (T unknown)\n\nWith \`T = u64\`: 1032 B.\n\n${FOOTER}`);
  assert.equal(markdownAt(at, "data"), "**Layout** 1024 B · align 1\n\nOffset depends on T.");
  assert.equal(markdownAt(at, "value"), "**Layout** ≥ 1024 B · align ≥ 1 (T unknown)");
});

test("an unknown layout is told with its reason; a field with a layout of its own keeps that", () => {
  const unknown = {
    status: "unknown",
    reason: verbatim("`tokio::sync::Mutex` is not in this workspace or its sources"),
    culprit: undefined,
  } as const;
  const holder = struct("Holder", { lock: unanswered("Mutex", unknown), id: U64 });
  const at = { source: "struct Holder { lock: Mutex, id: u64 }", types: [holder], options: { answers: { Holder: unknown } } };
  assert.equal(markdownAt(at, "Holder"), `Size unknown: \`tokio::sync::Mutex\` is not in this workspace or its sources.\n\n${FOOTER}`);
  assert.equal(markdownAt(at, "lock"), "Size unknown: `tokio::sync::Mutex` is not in this workspace or its sources.");
  assert.equal(
    markdownAt(at, "id"),
    "**Layout** 8 B · align 8\n\nOffset unknown: `tokio::sync::Mutex` is not in this workspace or its sources",
  );
});

test("a definition that is configured out says so", () => {
  const options = { definition: () => ({ inactive: "cfg(windows)" }) };
  assert.equal(markdownAt({ source: HEADER_SOURCE, types: [HEADER], options }, "Header"), "inactive: `cfg(windows)`");
  assert.equal(markdownAt({ source: HEADER_SOURCE, types: [HEADER], options }, "len"), "inactive: `cfg(windows)`");
});

test("plain text is the Markdown without emphasis, escapes and links", () => {
  const config = { ...DEFAULT_HOVER, commands: ["stowplan.openLayout", "stowplan.compareTargets"] };
  const result = hover(
    semaOf({ source: MESSAGE_SOURCE, types: [MESSAGE] }),
    { file: FILE, offset: MESSAGE_SOURCE.indexOf("Message") },
    config,
  );
  assert.ok(result);
  const plain = renderPlaintext(result.markup);
  const markdown = renderMarkdown(result.markup);
  assert.equal(plain, markdown.replaceAll("**", "").replace(/ · \[.*$/, ""));
  assert.match(
    markdown,
    / · \[Open Layout\]\(command:stowplan\.openLayout\?%5B%7B[^)]*\) · \[Compare Targets\]\(command:stowplan\.compareTargets\?/,
  );
});

test("a link to a command the client does not have is left out", () => {
  const markdown = markdownAt({ source: HEADER_SOURCE, types: [HEADER], config: { commands: ["stowplan.compareTargets"] } }, "Header");
  assert.match(markdown ?? "", /Compare Targets/);
  assert.doesNotMatch(markdown ?? "", /Open Layout/);
});

test("a niche-encoded enum says whose niche holds the tag; a data-less variant ends behind it", () => {
  const link = enumeration("Link", { Nil: null, Node: [STRING] });
  assert.equal(
    markdownAt({ source: "enum Link { Nil, Node(String) }", types: [link] }, "Link"),
    `**Layout** 24 B · align 8 · tag in \`Node\`'s niche at offset 0
\`\`\`text
 variant   ends at  unused
 Node           24       0
 Nil             8      16
\`\`\`
\`Node\` sets the size. Boxing it: 24 B → **8 B**. \`Option<Link>\` is also 24 B: 2⁶³−1 spare values in \`Node\` at offset 0.

${FOOTER}`,
  );
});

test("an enum without payloads has no table, and nothing to box", () => {
  const color = enumeration("Color", { Red: null, Green: null });
  assert.equal(
    markdownAt({ source: "enum Color { Red, Green }", types: [color] }, "Color"),
    `**Layout** 1 B · align 1 · tag 1 B at offset 0 (values 0–1)\n\n\`Option<Color>\` is also 1 B (254 spare tag values).\n\n${FOOTER}`,
  );
});

test("an enum with one variant shows that variant's fields; an empty one is uninhabited", () => {
  const single = enumeration("Only", { One: [U8, U32] });
  const markdown = markdownAt({ source: "enum Only { One(u8, u32) }", types: [single] }, "Only");
  assert.match(
    markdown ?? "",
    /^\*\*Layout\*\* 8 B · align 4 · 3 B padding \(38 %\)\n```text\n offset {2}size {2}field\n {6}0 {5}4 {2}1: u32/,
  );
  const none = enumeration("Never", {});
  const empty = markdownAt({ source: "enum Never { }", types: [none] }, "Never");
  assert.equal(empty, `**Layout** 0 B · align 1 · zero-sized · uninhabited\n\n\`Option<Never>\` is also 0 B.\n\n${FOOTER}`);
});

test("boxing is not offered where there is no Box, for Copy types, or where two variants set the size", () => {
  const at = { source: MESSAGE_SOURCE, types: [MESSAGE] };
  assert.doesNotMatch(markdownAt({ ...at, options: { boxPath: undefined } }, "Message") ?? "", /Boxing/);
  assert.doesNotMatch(markdownAt({ ...at, options: { copy: ["Message"] } }, "Message") ?? "", /Boxing/);
  const twins = enumeration("Twins", { A: [array(U8, 64n)], B: [array(U8, 64n)], C: null });
  const markdown = markdownAt({ source: "enum Twins { A([u8; 64]), B([u8; 64]), C }", types: [twins] }, "Twins");
  assert.match(markdown ?? "", /`A` and `B` set the size\. `Option/);
});

test("a union lists its fields largest first, with what the largest leaves", () => {
  const either = union("Either", { small: U8, bytes: array(U8, 5n), word: U32 }, REPR_C);
  const markdown = markdownAt({ source: "union Either { small: u8, bytes: [u8; 5], word: u32 }", types: [either] }, "Either");
  assert.match(
    markdown ?? "",
    /^\*\*Layout\*\* 8 B · align 4 · 3 B padding \(38 %\)\n```text\n.*\n {6}0 {5}5 {2}bytes: \[u8; 5\]\n {6}0 {5}4 {2}word: u32\n {6}0 {5}1 {2}small: u8\n {6}5 {5}3 {2}\(padding\)\n```/,
  );
});

test("long tables are cut to the rows the user wants and never wider than 60 columns", () => {
  const fields = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`field_with_a_rather_long_name_that_goes_on_and_on_${i}`, U64]));
  const source = `struct Long { ${Object.keys(fields)
    .map((name) => `${name}: u64`)
    .join(", ")} }`;
  const markdown = markdownAt({ source, types: [struct("Long", fields)] }, "Long") ?? "";
  const table = markdown.slice(markdown.indexOf("```text\n") + 8, markdown.lastIndexOf("\n```")).split("\n");
  assert.equal(table.length, 1 + 19 + 1);
  assert.equal(table.at(-1), " … 11 more");
  assert.ok(table.every((line) => line.length <= 60));
  const many = enumeration("Many", Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`V${i}`, [array(U8, BigInt(i + 1))]])));
  const variants = Array.from({ length: 24 }, (_, i) => `V${i}([u8; ${i + 1}])`).join(", ");
  const cut = markdownAt({ source: `enum Many { ${variants} }`, types: [many] }, "Many") ?? "";
  assert.match(cut, / V23 {12}25 {7}0\n(?:.*\n){9} … 14 smaller\n```/);
});

test("the table can be left out, and numbers written in hexadecimal", () => {
  const at = { source: SESSION_SOURCE, types: [SESSION] };
  assert.match(
    markdownAt({ ...at, config: { table: false } }, "Session") ?? "",
    /^\*\*Layout\*\* 64 B · align 8 · 5 B padding \(8 %\)\n\n`Option/,
  );
  assert.match(
    markdownAt({ ...at, config: { numbers: "hexadecimal" } }, "Session") ?? "",
    /^\*\*Layout\*\* 0x40 B · align 0x8 · 0x5 B padding/,
  );
  assert.equal(
    markdownAt({ ...at, config: { numbers: "both" } }, "peer"),
    "**Layout** offset 41 (0x29) · 17 (0x11) B · align 1 · cache line 0",
  );
});

test("the niche is named through fields that are written in a source", () => {
  const inner = struct("Inner", { n: U16, flag: BOOL });
  const outer = struct("Outer", { a: U32, inner });
  const source = "struct Inner { n: u16, flag: bool }\nstruct Outer { a: u32, inner: Inner }";
  const markdown = markdownAt({ source, types: [inner, outer] }, "Outer");
  assert.match(markdown ?? "", /254 spare values in `inner\.flag` at offset 6\.\n\n/);
});

test("a struct whose bytes are read by a derive is told that rustc orders the fields", () => {
  const options = { definition: () => ({ derives: ["Clone", "Pod"] }) };
  const markdown = markdownAt({ source: SESSION_SOURCE, types: [SESSION], options }, "Session");
  assert.match(markdown ?? "", /fit for free\. Field order is rustc's choice and may change\./);
});

test("nothing under the cursor means no hover; a type without layout says why", () => {
  assert.equal(markdownAt({ source: `${HEADER_SOURCE} fn f() {}`, types: [HEADER] }, "fn f"), undefined);
  const element: Element = {
    kind: "type",
    text: "dyn Trait",
    layout: { status: "unknown", reason: verbatim("a <b>bold</b> [link](http://x) reason, `code`"), culprit: undefined },
    place: { file: FILE, start: 0, end: 1 },
  };
  const markdown = markdownAt({ source: HEADER_SOURCE, types: [HEADER], options: { element } }, "Header");
  assert.equal(markdown, "Size unknown: a \\<b\\>bold\\</b\\> \\[link\\](http\\://x) reason, `code`.");
});

test("floats and other primitives fill whole types without padding", () => {
  const point = struct("Point", { x: primitive("f64"), y: primitive("f64") });
  const markdown = markdownAt({ source: "struct Point { x: f64, y: f64 }", types: [point] }, "Point");
  assert.match(markdown ?? "", /^\*\*Layout\*\* 16 B · align 8\n```/);
});
