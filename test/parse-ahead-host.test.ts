/**
 * What other threads have parsed is what parsing gives; what they have not is left to who asks.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { encodeItems } from "../server/src/hir-def/item-codec.ts";
import { lowerUnit } from "../server/src/hir-def/lower-item.ts";
import { textItems } from "../server/src/hir-def/text-items.ts";
import { ParseAhead } from "../server/src/parse-ahead-host.ts";
import { rustParser } from "./support/rust-parser.ts";

const FILES = 80;
const DIST = resolve("dist");

/** The text of a file, long enough to be worth it. */
function textOf(i: number): string {
  return `/// ${"text ".repeat(60)}\npub struct S${i} { first: u8, second: [u16; ${i}] }\nimpl S${i} { fn f(&self) -> u8 { self.first } }\n`;
}

/** Asks until another thread has parsed a text. */
function awaited(ahead: ParseAhead, text: string): string {
  for (;;) {
    const encoded = ahead.read(text);
    if (encoded !== undefined) return encoded;
  }
}

function crate(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), "stowplan-ahead-"));
  mkdirSync(join(folder, "tests"));
  writeFileSync(join(folder, "tests/a.rs"), textOf(1000));
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `s${i}.rs`), textOf(i));
  return folder;
}

test("files are parsed on other threads", async () => {
  const ahead = new ParseAhead(DIST, undefined);
  assert.equal(ahead.start([], [crate(FILES)], 4), 2);
  const parser = await rustParser();
  for (let i = 0; i < FILES; i++) {
    const text = textOf(i);
    const encoded = awaited(ahead, text);
    const units = textItems(parser, text, () => undefined);
    assert.equal(encoded, encodeItems(units));
    assert.equal(ahead.read(text), undefined, "given once");
  }
  assert.equal(ahead.read(textOf(1000)), undefined);
});

test("files of which all will be asked for are parsed whole", async () => {
  const ahead = new ParseAhead(DIST, undefined);
  ahead.start([crate(FILES)], [], 3);
  const units = (await rustParser()).parseFile(textOf(7), { reuse: () => undefined, lower: lowerUnit });
  assert.equal(awaited(ahead, textOf(7)), encodeItems(units));
});

test("a few files, or two processors, are not worth a thread", () => {
  const ahead = new ParseAhead(DIST, undefined);
  assert.equal(ahead.start([crate(3)], [], 8), 0);
  assert.equal(ahead.start([crate(FILES)], [], 2), 0);
  assert.equal(ahead.read(textOf(1)), undefined);
});

test("folders and threads that fail leave the work to who asks", () => {
  const ahead = new ParseAhead("/nowhere", undefined);
  assert.equal(ahead.start(["/nowhere/src"], [], 3), 0);
  assert.equal(ahead.start([crate(FILES)], [], 3), 1);
  assert.equal(ahead.read(textOf(1)), undefined);
});

test("the cache that is there is asked first and told what comes", () => {
  const written = new Map<string, string>();
  const inner = {
    read: (text: string) => (text === textOf(0) ? "kept" : undefined),
    write: (text: string, encode: () => string) => void written.set(text, encode()),
  };
  const ahead = new ParseAhead(DIST, inner);
  ahead.start([], [crate(FILES)], 3);
  assert.equal(ahead.read(textOf(0)), "kept");
  awaited(ahead, textOf(5));
  assert.ok(written.get(textOf(5))?.includes("S5"));
  ahead.write("other", () => "o");
  assert.equal(written.get("other"), "o");
});
