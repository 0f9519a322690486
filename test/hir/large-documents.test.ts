/**
 * Large open documents: a question about one type looks closely at that type, not at all items of the file.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { finished } from "../../server/src/base/resumed.ts";
import { analysisOf } from "../../server/src/ide/analysis.ts";
import { DEFAULT_HOVER, DEFAULT_INLAY_HINTS } from "../../server/src/ide/config.ts";
import { openFiles } from "../support/open-semantics.ts";

const FILE = "/ws/lib.rs";
const COUNT = 3000;
const ITEMS = Array.from(
  { length: COUNT },
  (_, i) => `pub struct S${i} { first_field: u8, second_field: u32, third_field: [u16; 3], fourth_field: u64 }
impl S${i} { pub fn first(&self) -> u8 { self.first_field } pub const SECOND: u32 = ${i}; }
pub fn function_${i}(one: u8, other: u64) -> u64 { let sum = u64::from(one) + other; sum * ${i} }`,
);
const TEXT = ITEMS.join("\n");

test("a hover in a large document reads the item it is on", async () => {
  assert.ok(TEXT.length > 500_000);
  const { host, semantics } = await openFiles({ [FILE]: TEXT });
  host.openDocument(FILE, TEXT);
  const analysis = analysisOf(semantics);
  host.runtime.resetWorkCounts();
  const offset = TEXT.indexOf("S1000 ");
  const hover = analysis.hover({ file: FILE, offset }, DEFAULT_HOVER);
  assert.match(JSON.stringify(hover?.markup), /24 B/);
  // Its own, and that of `Option`.
  assert.equal(host.runtime.workCounts.get("parseBody"), 2);
  host.runtime.resetWorkCounts();
  finished(analysis.inlayHints({ file: FILE, text: TEXT, start: offset, end: offset + 2000 }, DEFAULT_INLAY_HINTS));
  assert.ok((host.runtime.workCounts.get("parseBody") ?? 0) < 10, "the types that are shown");
});

test("a hover in a large document after an edit reads no more", async () => {
  const { host, semantics } = await openFiles({ [FILE]: TEXT });
  host.openDocument(FILE, TEXT);
  const analysis = analysisOf(semantics);
  const offset = TEXT.indexOf("S2000 ");
  analysis.hover({ file: FILE, offset }, DEFAULT_HOVER);
  host.runtime.resetWorkCounts();
  host.editDocument(FILE, [{ start: 0, end: 0, text: "struct Added(u8);\n" }]);
  const hover = analysis.hover({ file: FILE, offset: offset + 18 }, DEFAULT_HOVER);
  assert.match(JSON.stringify(hover?.markup), /24 B/);
  assert.equal(host.runtime.workCounts.get("parseBody") ?? 0, 0);
});
