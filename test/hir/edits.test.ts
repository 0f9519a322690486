/**
 * Edits: what they compute again (counted, not timed), and that answers after edits are those of a fresh start.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { finished } from "../../server/src/base/resumed.ts";
import { english } from "../../server/src/base/words.ts";
import type { LayoutAnswer, Semantics } from "../../server/src/hir/model.ts";
import { analysisOf } from "../../server/src/ide/analysis.ts";
import { DEFAULT_DIAGNOSTICS, DEFAULT_HOVER, DEFAULT_INLAY_HINTS } from "../../server/src/ide/config.ts";
import { openFiles } from "../support/open-semantics.ts";
import { random } from "../support/random.ts";

const FILE = "/ws/lib.rs";
const TEXT = `
mod shapes { pub struct Point { x: u32, y: u32 } }
use shapes::Point;
pub struct Line(Point, Point);
pub enum Shape { Dot(Point), Line(Line), Text(String) }
pub fn area() -> u32 { let a = 1; a + 2 }
`;

function shown(answer: LayoutAnswer): string {
  if (answer.status === "exact") return `${answer.layout.size}/${answer.layout.align}`;
  return answer.status === "generic" ? "generic" : english(answer.reason);
}

function answers(sema: Semantics): readonly string[] {
  return sema.definitions(FILE).map((definition) => `${definition.name} ${definition.nameRange.start} ${shown(sema.layoutOf(definition))}`);
}

function edit(text: string, find: string, put: string): { readonly start: number; readonly end: number; readonly text: string } {
  const start = text.indexOf(find);
  assert.ok(start >= 0);
  return { start, end: start + find.length, text: put };
}

test("an edit in a function's body computes no layout and no type again", async () => {
  const { host, semantics } = await openFiles({ [FILE]: TEXT });
  host.openDocument(FILE, TEXT);
  finished(host.parseAhead(FILE));
  assert.deepEqual(answers(semantics).length, 3);
  host.runtime.resetWorkCounts();
  host.editDocument(FILE, [edit(TEXT, "a + 2", "a * 3 + 4")]);
  answers(semantics);
  const work = new Map(host.runtime.workCounts);
  for (const query of ["layout", "adt", "typeOf", "generics", "predicates"]) assert.equal(work.get(query), undefined, query);
  assert.equal(work.get("lowerItem"), 1);
});

test("an edit of one field computes again only what holds that field", async () => {
  const { host, semantics } = await openFiles({ [FILE]: TEXT });
  host.openDocument(FILE, TEXT);
  finished(host.parseAhead(FILE));
  answers(semantics);
  host.runtime.resetWorkCounts();
  host.editDocument(FILE, [edit(TEXT, "Text(String)", "Text(u8)")]);
  assert.match(answers(semantics).join("\n"), /Shape \d+ 20\/4/);
  assert.equal(host.runtime.workCounts.get("lowerItem"), 1);
  assert.ok((host.runtime.workCounts.get("layout") ?? 0) <= 2, "Shape, and the field's type");
});

/**
 * Work that answering everything about a file costs after an edit, beyond what it costs to ask again (values inside cycles are not kept).
 * `isParsed`: the parser has read the file in the background before the edit.
 */
async function workAfter(
  text: string,
  change: { readonly start: number; readonly end: number; readonly text: string },
  isParsed = true,
): Promise<object> {
  const { host, semantics } = await openFiles({ [FILE]: text });
  host.openDocument(FILE, text);
  if (isParsed) finished(host.parseAhead(FILE));
  everything(semantics, text);
  host.runtime.resetWorkCounts();
  everything(semantics, text);
  const always = new Map(host.runtime.workCounts);
  host.runtime.resetWorkCounts();
  host.editDocument(FILE, [change]);
  everything(semantics, host.textOf(FILE) ?? "");
  const more = [...host.runtime.workCounts].map(([name, count]) => [name, count - (always.get(name) ?? 0)] as const);
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}

/** What only finds out where things stand now. */
const PLACES = { lowerItem: 1, parse: 1, fileDefinitions: 1, compiledDefinitions: 1 };

test("an edit in a body invalidates nothing outside it", async () => {
  assert.deepEqual(await workAfter(TEXT, edit(TEXT, "a + 2", "a * 3 + 4")), PLACES);
  assert.deepEqual(await workAfter(LARGE, edit(LARGE, "/* body of size */", "+ 3 + 4")), PLACES);
  assert.deepEqual(await workAfter(LARGE, edit(LARGE, "/* body of main */", "let x = [0; 3];")), PLACES);
  // A damaged text is read by the heads of its items.
  const { lowerItem: _, ...read } = PLACES;
  assert.deepEqual(await workAfter(LARGE, edit(LARGE, "/* body of main */", "let x = [0; 3]; if x")), read);
});

test("an edit before the file was parsed invalidates nothing outside it either", async () => {
  const { lowerItem: _, ...places } = PLACES;
  assert.deepEqual(await workAfter(TEXT, edit(TEXT, "a + 2", "a * 3 + 4"), false), places);
});

test("an edit between items, in a comment or of blanks invalidates nothing", async () => {
  const { lowerItem: _, ...moved } = PLACES;
  assert.deepEqual(await workAfter(LARGE, edit(LARGE, "// free", "// free of charge\n\n")), moved);
});

test("the body of a const fn, a local item and the place of an associated const do count", async () => {
  const { host, semantics } = await openFiles({ [FILE]: LARGE });
  host.openDocument(FILE, LARGE);
  const sizeOf = (name: string): string | undefined =>
    answers(semantics)
      .find((line) => line.startsWith(`${name} `))
      ?.split(" ")
      .at(-1);
  assert.deepEqual([sizeOf("Buffer"), sizeOf("Local"), sizeOf("Late")], ["10/1", "2/2", "6/1"]);
  host.editDocument(FILE, [edit(LARGE, "LENGTH + 1 /* const */", "LENGTH + 3")]);
  host.editDocument(FILE, [edit(host.textOf(FILE) ?? "", "struct Local(u16)", "struct Local(u64)")]);
  host.editDocument(FILE, [edit(host.textOf(FILE) ?? "", "/* body of get */", "longer();")]);
  host.editDocument(FILE, [edit(host.textOf(FILE) ?? "", "const N: usize = 6", "const N: usize = 16")]);
  assert.deepEqual([sizeOf("Buffer"), sizeOf("Local"), sizeOf("Late")], ["12/1", "8/8", "16/1"]);
});

/** All that an editor shows of a file. */
function everything(sema: Semantics, text: string): readonly unknown[] {
  const analysis = analysisOf(sema);
  const hovers = sema.definitions(FILE).flatMap(({ nameRange, range }) => {
    const at = [nameRange.start, Math.floor((nameRange.end + range.end) / 2)];
    return at.map((offset) => analysis.hover({ file: FILE, offset }, DEFAULT_HOVER));
  });
  const hints = finished(analysis.inlayHints({ file: FILE, text, start: 0, end: text.length }, DEFAULT_INLAY_HINTS));
  const culprits = sema.definitions(FILE).map((definition) => {
    const answer = sema.layoutOf(definition);
    return answer.status === "unknown" ? answer.culprit : undefined;
  });
  return [answers(sema), hovers, hints, culprits, analysis.diagnostics(FILE, DEFAULT_DIAGNOSTICS)];
}

const LARGE = `#![allow(dead_code)]
use std::collections::HashMap;
// free
const LENGTH: usize = 9;
const fn length() -> usize { LENGTH + 1 /* const */ }
pub struct Buffer { bytes: [u8; length()] }
#[repr(C)] pub struct Header { kind: u8, len: u32, late: Late }
pub struct Late([u8; <Late as Sized2>::N]);
trait Sized2 { const N: usize; fn size(&self) -> usize { Self::N /* body of size */ } }
impl Sized2 for Late { fn size(&self) -> usize { /* body of get */ 3 } const N: usize = 6; }
impl Header {
    pub fn get(&self) -> u32 { let x = self.len; x + 1 }
    pub fn set(&mut self) { println!("{}", 1); self.len = 3; }
}
mod inner {
    use super::*;
    pub enum Message { Ping, Text(String), Blob([u8; 512]), Map(HashMap<u8, Header>) }
    macro_rules! make { ($($name:ident $size:literal)*) => { $(pub struct $name([u8; $size]);)* } }
    make!(A 1 B 2);
    pub fn run() { struct Local(u16); enum Other { X(A), Y } let _ = 1 + 2; }
    pub fn opaque() -> impl Sized { 3u8 }
    pub union Raw { a: A, b: super::Missing }
}
#[cfg(windows)] pub struct Windows(u8);
#[derive(Clone)] pub struct Generic<T, const N: usize> { a: [T; N], b: Option<Box<Generic<T, N>>> }
pub type Alias = Generic<u8, { length() }>;
fn main() { /* body of main */ let a = 1; async { a }; }
`;

const SNIPPETS = [
  "u8",
  "u64",
  "{",
  "}",
  "struct New(u16);",
  "\n",
  ",",
  "Header",
  "A",
  "pub ",
  "// c\n",
  "/*",
  "*/",
  "<T>",
  "'a",
  '"',
  "#[repr(C)]",
  "é😀",
  "let y = 2;",
  "const fn f() {}",
  "mod m {",
  "x",
  " ",
];

/** A place and what to put there; half of the edits are in bodies. */
function someEdit(text: string, next: (limit: number) => number): { readonly start: number; readonly end: number; readonly text: string } {
  const bodies = ["/* body", "let _", "self.len", "LENGTH + 1", "let a"].map((anchor) => text.indexOf(anchor)).filter((at) => at >= 0);
  const start = next(2) === 0 && bodies.length > 0 ? (bodies[next(bodies.length)] ?? 0) + next(4) : next(text.length + 1);
  const end = Math.min(text.length, start + (next(2) === 0 ? 0 : next(8)));
  return { start, end, text: next(3) === 0 ? "" : (SNIPPETS[next(SNIPPETS.length)] ?? "") };
}

for (const [name, original, edits] of [
  ["a small file", TEXT, 50],
  ["a file with everything", LARGE, 20],
] as const) {
  test(`after random edits ${name} is answered as after a fresh start on the same text`, async () => {
    const next = random(edits);
    const { host, semantics } = await openFiles({ [FILE]: original });
    host.openDocument(FILE, original);
    let text: string = original;
    for (let i = 0; i < edits; i++) {
      if (i % 40 === 39) {
        host.editDocument(FILE, [{ start: 0, end: text.length, text: original }]);
        text = original;
      }
      const change = someEdit(text, next);
      const before = text;
      text = text.slice(0, change.start) + change.text + text.slice(change.end);
      host.editDocument(FILE, [change]);
      if (next(2) === 0) continue;
      const fresh = await openFiles({ [FILE]: text });
      fresh.host.openDocument(FILE, text);
      assert.deepEqual(
        everything(semantics, text),
        everything(fresh.semantics, text),
        `edit ${i}, ${JSON.stringify(change)} in:\n${before}`,
      );
      fresh.host.dispose();
    }
    host.dispose();
  });
}
