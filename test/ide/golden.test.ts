/** The sample types of the product's contract, from source to text: numbers measured with rustc 1.95 on x86_64 Linux. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { finished } from "../../server/src/base/resumed.ts";
import { DEFAULT_DIAGNOSTICS, DEFAULT_HOVER, DEFAULT_INLAY_HINTS } from "../../server/src/ide/config.ts";
import { renderMarkdown } from "../../server/src/ide/markup.ts";
import { applyEdits } from "../../server/src/ide/source-change.ts";
import type { SourceOptions } from "../support/open-source.ts";
import { openSource, SOURCE_FILE } from "../support/open-source.ts";

const SAMPLES = `use std::net::IpAddr;

pub struct Session { id: u64, peer: Option<IpAddr>, retries: u8, last_seen: Option<u32>, name: String, closed: bool }
pub enum Message { Ping, Text(String), Move { x: i32, y: i32 }, Blob([u8; 1024]), Ack(u32) }
#[repr(C)] pub struct Header { kind: u8, len: u32, flags: u8, ts: u64 }
pub type Link = Option<Box<Header>>;
pub struct Uses { header: Header, last: Option<u32> }
`;

/** Markdown of the hover on a text (behind the first occurrence of \`after\`). */
async function hoverOn(needle: string, after = "", options: SourceOptions = {}): Promise<string | undefined> {
  const analysis = await openSource(SAMPLES, options);
  const offset = SAMPLES.indexOf(needle, SAMPLES.indexOf(after));
  const result = analysis.hover({ file: SOURCE_FILE, offset }, DEFAULT_HOVER);
  return result === undefined ? undefined : renderMarkdown(result.markup);
}

test("Session", async () => {
  assert.equal(
    await hoverOn("Session"),
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

x86_64-unknown-linux-gnu · rustc 1.95 · std bundled 1.95 · fields in memory order`,
  );
  assert.equal(await hoverOn("peer"), "**Layout** offset 41 · 17 B · align 1 · cache line 0");
});

test("Message", async () => {
  assert.equal(
    await hoverOn("Message"),
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

x86_64-unknown-linux-gnu · rustc 1.95 · std bundled 1.95`,
  );
  assert.equal(await hoverOn("Move"), "**Layout** 12 of 1032 B · x at 4, y at 8");
});

test("Header, and types where they are used", async () => {
  assert.match((await hoverOn("Header")) ?? "", /^\*\*Layout\*\* 24 B · align 8 · 10 B padding \(42 %\)\n/);
  assert.equal(await hoverOn("Header", "header:"), "24 B · align 8 · 10 B padding");
  assert.equal(await hoverOn("Option<u32>", "last:"), "8 B · align 4");
  assert.equal(await hoverOn("Link"), "8 B · align 8");
});

test("the same sources have other numbers for a 32-bit target", async () => {
  const options = { target: "i686-unknown-linux-gnu" };
  assert.match(
    (await hoverOn("Header", "", options)) ?? "",
    /^\*\*Layout\*\* 20 B · align 4 · 6 B padding \(30 %\)\n[\s\S]*\n\ni686-unknown-linux-gnu · rustc 1\.95/,
  );
  assert.match((await hoverOn("Message", "", options)) ?? "", /Boxing it: 1028 B → \*\*12 B\*\*/);
});

test("hints, diagnostic and box action", async () => {
  const analysis = await openSource(SAMPLES);
  const hints = finished(analysis.inlayHints({ file: SOURCE_FILE, text: SAMPLES, start: 0, end: SAMPLES.length }, DEFAULT_INLAY_HINTS));
  assert.deepEqual(
    hints.map((hint) => hint.parts.map((part) => part.text).join("")),
    ["64 B · 5 pad", "+5 pad", "1032 B · 7 pad", "1024 B", "24 B · 10 pad", "+3 pad", "+7 pad", "32 B"],
  );
  assert.deepEqual(
    analysis.diagnostics(SOURCE_FILE, DEFAULT_DIAGNOSTICS).map((it) => it.message),
    ["Blob is 1024 B, the next variant 24 B: Message is 1032 B, 24 B if boxed"],
  );
  const start = SAMPLES.indexOf("Blob");
  const [assist] = analysis.assists({ file: SOURCE_FILE, start, end: start }, DEFAULT_DIAGNOSTICS);
  assert.equal(assist?.title, "Box `Blob` payload (Message: 1032 B → 24 B), uses not changed");
  const change = assist?.data === undefined ? undefined : analysis.resolveAssist(assist.data);
  assert.equal(applyEdits(SAMPLES, change?.files[0]?.edits ?? []), SAMPLES.replace("[u8; 1024]", "Box<[u8; 1024]>"));
});

test("after the box action the enum has the size its title told", async () => {
  const boxed = SAMPLES.replace("[u8; 1024]", "Box<[u8; 1024]>");
  const analysis = await openSource(boxed);
  const result = analysis.hover({ file: SOURCE_FILE, offset: boxed.indexOf("Message") }, DEFAULT_HOVER);
  assert.match(renderMarkdown(result?.markup ?? []), /^\*\*Layout\*\* 24 B · align 8 · tag in `Text`'s niche at offset 0\n/);
});
