/**
 * Edits: what they compute again (counted, not timed), and that answers after edits are those of a fresh start.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LayoutAnswer, Semantics } from "../../server/src/hir/model.ts";
import { openFiles } from "../support/open-semantics.ts";

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
  return answer.status === "generic" ? "generic" : answer.reason;
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
  answers(semantics);
  host.runtime.resetWorkCounts();
  host.editDocument(FILE, [edit(TEXT, "Text(String)", "Text(u8)")]);
  assert.match(answers(semantics).join("\n"), /Shape \d+ 20\/4/);
  assert.equal(host.runtime.workCounts.get("lowerItem"), 1);
  assert.ok((host.runtime.workCounts.get("layout") ?? 0) <= 2, "Shape, and the field's type");
});

test("answers after random edits are those of a fresh start on the same text", async () => {
  const { host, semantics } = await openFiles({ [FILE]: TEXT });
  host.openDocument(FILE, TEXT);
  let text = TEXT;
  let seed = 7;
  const random = (limit: number): number => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed % limit;
  };
  const snippets = [
    "u8",
    "u64",
    "{",
    "}",
    "struct New(u16);",
    "\n",
    ",",
    "Point",
    "String",
    "pub ",
    "// c\n",
    "<T>",
    "'a",
    '"',
    "#[repr(C)]",
    "é",
  ];
  for (let i = 0; i < 150; i++) {
    const start = random(text.length + 1);
    const end = Math.min(text.length, start + random(6));
    const put = random(3) === 0 ? "" : (snippets[random(snippets.length)] ?? "");
    text = text.slice(0, start) + put + text.slice(end);
    host.editDocument(FILE, [{ start, end, text: put }]);
    if (i % 5 !== 0) continue;
    const fresh = await openFiles({ [FILE]: text });
    assert.deepEqual(answers(semantics), answers(fresh.semantics), `after edit ${i}:\n${text}`);
    fresh.host.dispose();
  }
});
