/** The report for people: annotated source and cards, exactly as they are printed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../server/src/base/message.ts";
import { ENGLISH } from "../../server/src/base/words.ts";
import { annotatedSource } from "../../server/src/ide/annotated-source.ts";
import { ANSI_PAINT, PLAIN_PAINT } from "../../server/src/ide/paint.ts";
import { reportItems } from "../../server/src/ide/report.ts";
import { FILE } from "../support/fake-places.ts";
import type { FakeOptions } from "../support/fake-semantics.ts";
import { fakeSemantics } from "../support/fake-semantics.ts";
import type { FakeType } from "../support/fake-types.ts";
import { array, BOOL, enumeration, I32, IP_ADDR, option, REPR_C, STRING, struct, U8, U16, U32, U64, union } from "../support/fake-types.ts";

function printed(source: string, types: readonly FakeType[], options?: FakeOptions, paint = PLAIN_PAINT): string {
  const sema = fakeSemantics(source, types, options);
  const input = { files: [{ path: FILE, shown: "src/lib.rs", text: source }], file: () => undefined };
  return annotatedSource(sema, reportItems(sema, input), { paint, numbers: "decimal", words: ENGLISH }).join("\n");
}

const SESSION = struct("Session", { id: U64, peer: option(IP_ADDR), retries: U8, last_seen: option(U32), name: STRING, closed: BOOL });
const SESSION_SOURCE = `struct Session {
    id: u64,
    peer: Option<IpAddr>,
    retries: u8,
    last_seen: Option<u32>,
    name: String,
    closed: bool,
}
`;

test("a struct has sizes and offsets behind its lines, and a card with its byte map", () => {
  assert.equal(
    printed(SESSION_SOURCE, [SESSION]),
    `src/lib.rs

   1 │ struct Session {               64 B · 5 pad
   2 │     id: u64,                   @32 · 8 B
   3 │     peer: Option<IpAddr>,      @41 · 17 B
   4 │     retries: u8,               @58 · 1 B  +5 pad
   5 │     last_seen: Option<u32>,    @24 · 8 B
   6 │     name: String,              @0 · 24 B
   7 │     closed: bool,              @40 · 1 B
   8 │ }

    Session  64 B · align 8 · 5 B padding (8 %)
       offset  size  field
    a       0    24  name: String               0  aaaaaaaa aaaaaaaa
    b      24     8  last_seen: Option<u32>    16  aaaaaaaa bbbbbbbb
    c      32     8  id: u64                   32  cccccccc deeeeeee
    d      40     1  closed: bool              48  eeeeeeee eef·····
    e      41    17  peer: Option<IpAddr>
    f      58     1  retries: u8
    ·      59     5  (padding)
    \`Option<Session>\` is also 64 B: 2⁶³ spare values in \`name\` at offset 0.
    5 more bytes of align 1 fit for free.
`,
  );
});

test("an enum's card has a bar for each variant", () => {
  const message = enumeration("Message", { Ping: null, Text: [STRING], Move: { x: I32, y: I32 }, Blob: [array(U8, 1024n)] });
  const source = "enum Message {\n    Ping,\n    Text(String),\n    Move { x: i32, y: i32 },\n    Blob([u8; 1024]),\n}\n";
  assert.equal(
    printed(source, [message]),
    `src/lib.rs

   1 │ enum Message {                  1032 B · 7 pad
   2 │     Ping,                       0 B
   3 │     Text(String),               24 B
   4 │     Move { x: i32, y: i32 },    @4 · 4 B  @8 · 4 B  8 B
   5 │     Blob([u8; 1024]),           1024 B
   6 │ }

    Message  1032 B · align 8 · tag 1 B at offset 0 (values 0–3)
       variant   ends at  unused
       Blob         1025       7    ████████████████████████████████
       Text           32    1000    █                                 String at offset 8, 7 B padding before it
       Move           12    1020    █
       Ping            1    1031    █
    \`Blob\` sets the size.
    Boxing it: 1032 B → 24 B (tag moves into \`Text\`'s niche).
    \`Option<Message>\` is also 1032 B (252 spare tag values).
`,
  );
});

test("a small enum's variants are drawn byte by byte; so are a union's fields", () => {
  const small = enumeration("Small", { A: null, B: [U8, U16], C: [U32] });
  const either = union("Either", { a: U32, b: array(U8, 5n) }, REPR_C);
  const source = "enum Small { A, B(u8, u16), C(u32) }\nunion Either {\n\ta: u32,\n\tb: [u8; 5],\n}";
  assert.equal(
    printed(source, [small, either]),
    `src/lib.rs

   1 │ enum Small { A, B(u8, u16), C(u32) }    8 B · 3 pad  0 B  3 B  4 B

    Small  8 B · align 4 · tag 1 B at offset 0 (values 0–2)
       variant   ends at  unused
       C               8       0    #···aaaa
       B               4       4    #abb
       A               1       7    #
    \`C\` sets the size.
    \`Option<Small>\` is also 8 B (253 spare tag values).

   2 │ union Either {     8 B · 3 pad
   3 │     a: u32,        @0 · 4 B
   4 │     b: [u8; 5],    @0 · 5 B  +3 pad
   5 │ }

    Either  8 B · align 4 · 3 B padding (38 %)
       offset  size  field
            0     5  b: [u8; 5]    aaaaa
            0     4  a: u32        bbbb
            5     3  (padding)
    \`Option<Either>\` is 12 B: \`Either\` has no spare values.
`,
  );
});

test("the map of a large type leaves out rows that are like the one before", () => {
  const header = struct("Header", { kind: U8, ts: U64, big: array(U8, 1000n) }, REPR_C);
  const text = printed("struct Header { kind: u8, ts: u64, big: [u8; 1000] }", [header]);
  assert.match(text, /a {7}0 {5}1 {2}kind: u8 +0 {2}a······· bbbbbbbb\n/);
  assert.match(text, / 16 {2}cccccccc cccccccc\n.* ⋮ 61 more like this\n.*1008 {2}cccccccc\n/);
});

test("bounds and unknowns are told in the card", () => {
  const generic = { status: "generic", atLeast: 16n, minimumAlign: 8n, open: ["T"] } as const;
  const unknown = {
    status: "unknown",
    reason: verbatim("`tokio::Mutex` is not in this workspace or its sources"),
    culprit: undefined,
  } as const;
  const source = "struct G<T> { t: T }\nstruct H { t: Mutex }";
  assert.equal(
    printed(source, [struct("G", { t: U8 }), struct("H", { t: U8 })], { answers: { G: generic, H: unknown } }),
    `src/lib.rs

   1 │ struct G<T> { t: T }    ≥ 16 B

    G  ≥ 16 B · align ≥ 8 (T unknown)

   2 │ struct H { t: Mutex }

    H  Size unknown: \`tokio::Mutex\` is not in this workspace or its sources.
`,
  );
});

test("colours change no character, and hostile characters in a source are made visible", () => {
  const colourful = printed(SESSION_SOURCE, [SESSION], undefined, ANSI_PAINT);
  const esc = "\u001b";
  assert.equal(colourful.split(new RegExp(`${esc}\\[\\d+m`)).join(""), printed(SESSION_SOURCE, [SESSION]));
  assert.ok(colourful.includes(`${esc}[36mname: String${esc}[0m`));
  const hostile = printed(`struct Session { /* \u202e ${esc}[31m */ id: u64 }`, [struct("Session", { id: U64 })]);
  assert.match(hostile, /struct Session \{ \/\* \\u\{202e\} \\u\{1b\}\[31m \*\/ id: u64 \}/);
});

test("very long definitions are cut in the source, not in the card's numbers", () => {
  const fields = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`f${i}`, U8]));
  const source = `struct Long {\n${Object.keys(fields)
    .map((name) => `    ${name}: u8,\n`)
    .join("")}}\n`;
  const text = printed(source, [struct("Long", fields)]);
  assert.match(text, /\n {2}60 │ {5}f58: u8, +@58 · 1 B\n {5}│ … 22 more lines\n/);
  assert.match(text, /Long {2}80 B · align 1\n/);
});
