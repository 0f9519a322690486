/** Inlay hints: labels, places, settings and ranges. A hint is drawn into the source as `⟨label⟩`. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../server/src/base/message.ts";
import { finished } from "../../server/src/base/resumed.ts";
import type { InlayHintsConfig } from "../../server/src/ide/config.ts";
import { DEFAULT_HOVER, DEFAULT_INLAY_HINTS } from "../../server/src/ide/config.ts";
import { inlayHints, resolveInlayHint } from "../../server/src/ide/inlay-hints.ts";
import { renderMarkdown } from "../../server/src/ide/markup.ts";
import { FILE } from "../support/fake-places.ts";
import type { FakeOptions } from "../support/fake-semantics.ts";
import { fakeSemantics } from "../support/fake-semantics.ts";
import type { FakeType } from "../support/fake-types.ts";
import { array, enumeration, REPR_C, STRING, struct, U8, U16, U32, U64, unanswered, union } from "../support/fake-types.ts";

interface At {
  readonly source: string;
  readonly types: readonly FakeType[];
  readonly options?: FakeOptions;
  readonly config?: Partial<InlayHintsConfig>;
  readonly range?: { readonly start: number; readonly end: number };
}

/** The source with its hints drawn in. */
function drawn({ source, types, options, config, range }: At): string {
  const request = { file: FILE, text: source, start: 0, end: source.length, ...range };
  const hints = finished(inlayHints(fakeSemantics(source, types, options), request, { ...DEFAULT_INLAY_HINTS, ...config }));
  let out = "";
  let at = 0;
  for (const hint of hints) {
    out += `${source.slice(at, hint.offset)}⟨${hint.parts.map((part) => part.text).join("")}⟩`;
    at = hint.offset;
  }
  return out + source.slice(at);
}

const HEADER = struct("Header", { kind: U8, len: U32, flags: U8, ts: U64 }, REPR_C);
const HEADER_SOURCE = `#[repr(C)]
struct Header {
    kind: u8, // what follows
    len: u32,
    flags: u8 /* bits */,
    ts: u64,
}
`;

test("a struct shows size and padding behind its header, and each gap behind the field before it", () => {
  assert.equal(
    drawn({ source: HEADER_SOURCE, types: [HEADER] }),
    `#[repr(C)]
struct Header {⟨24 B · 10 pad⟩
    kind: u8, // what follows⟨+3 pad⟩
    len: u32,
    flags: u8⟨+7 pad⟩ /* bits */,
    ts: u64,
}
`,
  );
});

test("fields on one line get their hints directly behind them", () => {
  assert.equal(
    drawn({ source: "struct Header { kind: u8, len: u32, flags: u8, ts: u64 }", types: [HEADER] }),
    "struct Header {⟨24 B · 10 pad⟩ kind: u8,⟨+3 pad⟩ len: u32, flags: u8,⟨+7 pad⟩ ts: u64 }",
  );
});

test("small types without padding have no hint; the threshold is the user's", () => {
  const small = struct("Small", { a: U32, b: U32 });
  const at = { source: "struct Small { a: u32, b: u32 }", types: [small] };
  assert.equal(drawn(at), at.source);
  assert.equal(drawn({ ...at, config: { minimumSize: 8 } }), "struct Small {⟨8 B⟩ a: u32, b: u32 }");
  const padded = struct("Padded", { a: U16, b: U8 });
  assert.equal(
    drawn({ source: "struct Padded { a: u16, b: u8 }", types: [padded] }),
    "struct Padded {⟨4 B · 1 pad⟩ a: u16, b: u8⟨+1 pad⟩ }",
  );
});

test("a tuple struct has its hint behind the semicolon", () => {
  const wide = struct("Wide", { 0: U64, 1: array(U8, 24n) });
  assert.equal(drawn({ source: "struct Wide(u64, [u8; 24]); // x", types: [wide] }), "struct Wide(u64, [u8; 24]); // x⟨32 B⟩");
});

const MESSAGE = enumeration("Message", { Ping: null, Text: [STRING], Move: { x: U8, y: U32 }, Blob: [array(U8, 1024n)] });
const MESSAGE_SOURCE = `enum Message {
    Ping,
    Text(String),
    Move {
        x: u8,
        y: u32,
    },
    Blob([u8; 1024]), // big
}`;

test("an enum shows the variant that makes it large", () => {
  assert.equal(
    drawn({ source: MESSAGE_SOURCE, types: [MESSAGE] }),
    MESSAGE_SOURCE.replace("Message {", "Message {⟨1032 B · 7 pad⟩")
      .replace("x: u8,", "x: u8,⟨+2 pad⟩")
      .replace("// big", "// big⟨1024 B⟩"),
  );
});

test("all variants can be shown, or none; one over several lines on its first", () => {
  const config = { types: false, padding: false };
  assert.equal(
    drawn({ source: MESSAGE_SOURCE, types: [MESSAGE], config: { ...config, variants: "all" } }),
    MESSAGE_SOURCE.replace("Ping,", "Ping,⟨0 B⟩")
      .replace("Text(String),", "Text(String),⟨24 B⟩")
      .replace("Move {", "Move {⟨5 B⟩")
      .replace("// big", "// big⟨1024 B⟩"),
  );
  assert.equal(drawn({ source: MESSAGE_SOURCE, types: [MESSAGE], config: { ...config, variants: "off" } }), MESSAGE_SOURCE);
  assert.equal(drawn({ source: MESSAGE_SOURCE, types: [MESSAGE], config: { ...config, oversizedVariantThreshold: 1000 } }), MESSAGE_SOURCE);
});

test("the last field of the variant that sets the size is followed by the enum's tail padding", () => {
  const big = enumeration("Big", { Small: null, Large: { id: U64, data: array(U8, 33n) } });
  const source = "enum Big {\n    Small,\n    Large { id: u64, data: [u8; 33] },\n}";
  assert.equal(drawn({ source, types: [big] }), source.replace("Big {", "Big {⟨48 B · 6 pad⟩").replace("33] }", "33]⟨+6 pad⟩ }"));
});

test("a union shows what its largest field leaves", () => {
  const either = union("Either", { bytes: array(U8, 5n), word: U32 }, REPR_C);
  const source = "union Either {\n    bytes: [u8; 5],\n    word: u32,\n}";
  assert.equal(drawn({ source, types: [either] }), source.replace("Either {", "Either {⟨8 B · 3 pad⟩").replace("5],", "5],⟨+3 pad⟩"));
});

test("offsets of fields and sizes of aliases are shown when asked for", () => {
  const pair = struct("Pair", { a: U8, b: U32 });
  const source = "struct Pair { a: u8, b: u32 }\ntype Alias = Pair;";
  assert.equal(
    drawn({ source, types: [pair], config: { fields: true, aliases: true, types: false } }),
    "struct Pair { a: u8,⟨@4 · 1 B⟩⟨+3 pad⟩ b: u32⟨@0 · 4 B⟩ }\ntype Alias = Pair;⟨8 B⟩",
  );
});

test("a generic type shows a bound, an unknown or inactive one nothing", () => {
  const generic = { status: "generic", atLeast: 1024n, minimumAlign: 1n, open: ["T"] } as const;
  const slot = struct("Slot", { value: unanswered("T", generic) });
  const at = { source: "struct Slot<T> { value: T }", types: [slot] };
  assert.equal(drawn({ ...at, options: { answers: { Slot: generic } } }), "struct Slot<T> {⟨≥ 1024 B⟩ value: T }");
  assert.equal(drawn({ ...at, options: { answers: { Slot: { ...generic, atLeast: 8n } } } }), at.source);
  assert.equal(
    drawn({ ...at, options: { answers: { Slot: { status: "unknown", reason: verbatim("no"), culprit: undefined } } } }),
    at.source,
  );
  const inactive = { definition: () => ({ inactive: "cfg(windows)" }) };
  assert.equal(drawn({ source: HEADER_SOURCE, types: [HEADER], options: inactive }), HEADER_SOURCE);
});

test("only hints in the asked range are answered", () => {
  const start = HEADER_SOURCE.indexOf("len");
  const range = { start, end: HEADER_SOURCE.indexOf("ts") };
  assert.equal(drawn({ source: HEADER_SOURCE, types: [HEADER], range }), HEADER_SOURCE.replace("u8 /*", "u8⟨+7 pad⟩ /*"));
  assert.equal(drawn({ source: HEADER_SOURCE, types: [HEADER], config: { enable: false } }), HEADER_SOURCE);
});

test("no label is longer than 14 characters: padding gives way", () => {
  const big = struct("Big", { a: array(U8, 100000n), b: U64 }, REPR_C);
  const label = drawn({ source: "struct Big { a: [u8; 100000], b: u64 }", types: [big] });
  assert.equal(label, "struct Big {⟨100008 B⟩ a: [u8; 100000], b: u64 }");
  const padded = struct("Big", { a: array(U8, 100001n), b: U64 }, REPR_C);
  const cut = drawn({ source: "struct Big { a: [u8; 100001], b: u64 }", types: [padded] });
  assert.equal(cut, "struct Big {⟨100016 B⟩ a: [u8; 100001],⟨+7 pad⟩ b: u64 }");
});

test("lines that end in CR LF get their hints before the CR", () => {
  const source = HEADER_SOURCE.replaceAll("\n", "\r\n");
  assert.match(drawn({ source, types: [HEADER] }), /Header \{⟨24 B · 10 pad⟩\r\n.*follows⟨\+3 pad⟩\r\n/);
});

test("the size part opens the layout where the client can; the padding part leads to the field before the gap", () => {
  const sema = fakeSemantics(HEADER_SOURCE, [HEADER]);
  const request = { file: FILE, text: HEADER_SOURCE, start: 0, end: 40 };
  const [hint] = finished(inlayHints(sema, request, { ...DEFAULT_INLAY_HINTS, commands: ["stowplan.openLayout"] }));
  const start = HEADER_SOURCE.indexOf("kind");
  assert.deepEqual(hint?.parts, [
    { text: "24 B", command: "stowplan.openLayout" },
    { text: " · 10 pad", location: { file: FILE, start, end: start + 4 } },
  ]);
});

test("the tooltip of a hint is the hover of its type", () => {
  const sema = fakeSemantics(HEADER_SOURCE, [HEADER]);
  const [hint] = finished(inlayHints(sema, { file: FILE, text: HEADER_SOURCE, start: 0, end: HEADER_SOURCE.length }, DEFAULT_INLAY_HINTS));
  assert.ok(hint);
  const tooltip = resolveInlayHint(sema, hint.data, DEFAULT_HOVER);
  assert.match(tooltip === undefined ? "" : renderMarkdown(tooltip), /^\*\*Layout\*\* 24 B · align 8 · 10 B padding/);
  assert.equal(resolveInlayHint(sema, { file: FILE, key: "gone" }, DEFAULT_HOVER), undefined);
});
