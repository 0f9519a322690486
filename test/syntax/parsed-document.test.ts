/**
 * Open documents: after any edits, units are those of a fresh parse of the same text, and only what changed is looked at.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ParsedDocument } from "../../server/src/syntax/parsed-document.ts";
import type { RustParser } from "../../server/src/syntax/parser.ts";
import type { PlacedUnit, SourceUnit } from "../../server/src/syntax/unit-walker.ts";
import { random } from "../support/random.ts";
import { rustParser } from "../support/rust-parser.ts";

const TEXT = `#![allow(dead_code)]
use std::fmt; // a comment
/// Documented.
#[repr(C)]
#[derive(Clone)]
pub struct A { x: u32, y: [u8; { 3 + 4 }] }
pub enum E { One, Two(u8), Three { c: char } }
mod outer {
    use super::A;
    pub struct B(A);
    mod inner {
        #[cfg(test)]
        fn f() -> u8 { let s = "x"; 1 }
        pub union U { a: u8, b: 'static }
    }
    impl B { const N: usize = 3; pub fn len(&self) -> usize { Self::N } }
}
macro_rules! m { ($x:ident) => { struct $x; } }
m!(Made);
impl fmt::Debug for A { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "é😀") } }
trait T { type X; fn g(&self) { struct Local(u8); } }
`;

const SNIPPETS = [
  "u8",
  "{",
  "}",
  "struct N(u16);",
  "\n",
  ",",
  "mod m {",
  "impl A {",
  "pub ",
  "// c\n",
  "/*",
  "*/",
  "<T>",
  "'",
  '"',
  "#[repr(C)]",
  "#",
  "é😀",
  "fn h() {}",
  "r#",
  "!",
  "(",
];

interface Lowered {
  readonly text: string;
  readonly node: SourceUnit["node"];
  readonly attributes: SourceUnit["attributes"];
}

function open(parser: RustParser, text: string, seen: string[]): ParsedDocument<Lowered> {
  return new ParsedDocument(parser, text, {
    reuse: () => undefined,
    lower: (unit) => {
      seen.push(unit.text);
      return { text: unit.text, node: unit.node, attributes: unit.attributes };
    },
  });
}

function change(text: string, at: { readonly start: number; readonly end: number; readonly text: string }): string {
  return text.slice(0, at.start) + at.text + text.slice(at.end);
}

/** Some edits one after the other, as one notification brings them. */
function someEdits(
  text: string,
  next: (limit: number) => number,
): { readonly start: number; readonly end: number; readonly text: string }[] {
  let now = text;
  return Array.from({ length: 1 + (next(4) === 0 ? next(3) : 0) }, () => {
    const start = next(now.length + 1);
    const end = Math.min(now.length, start + (next(2) === 0 ? 0 : next(next(5) === 0 ? 60 : 6)));
    const edit = { start, end, text: next(3) === 0 ? "" : (SNIPPETS[next(SNIPPETS.length)] ?? "") };
    now = change(now, edit);
    return edit;
  });
}

for (const seed of [1, 2, 3, 4]) {
  test(`units after random edits are those of a fresh parse (seed ${seed})`, async () => {
    const parser = await rustParser();
    const next = random(seed);
    let text = TEXT;
    let document = open(parser, text, []);
    for (let i = 0; i < 250; i++) {
      if (i % 50 === 0) {
        document.dispose();
        text = TEXT;
        document = open(parser, text, []);
      }
      const edits = someEdits(text, next);
      const before = text;
      text = edits.reduce(change, text);
      document.update(edits);
      const fresh = parser.open(text, {
        reuse: () => undefined,
        lower: ({ text: unit, node, attributes }) => ({ text: unit, node, attributes }),
      });
      assert.equal(document.text, text);
      assert.deepEqual(document.units, fresh.units, `${JSON.stringify(edits)} in\n${before}`);
      fresh.dispose();
    }
    document.dispose();
  });
}

function texts(units: readonly PlacedUnit<Lowered>[]): readonly string[] {
  return units.flatMap((unit) => (unit.kind === "module" ? [unit.value.text, ...texts(unit.units)] : [unit.value.text]));
}

test("an edit lowers the item it is in and its neighbours, in modules too", async () => {
  const parser = await rustParser();
  const seen: string[] = [];
  const items = Array.from({ length: 200 }, (_, i) => `struct S${i} { a: u${i % 2 === 0 ? 8 : 16} }`);
  const text = `${items.join("\n")}\nmod m {\n${items.join("\n")}\n}\n${items.join("\n")}\n`;
  const document = open(parser, text, seen);
  assert.equal(seen.length, 601);
  const start = text.indexOf("S100 {", text.indexOf("mod m"));
  seen.length = 0;
  document.update([{ start: start + 4, end: start + 4, text: "1" }]);
  assert.ok(seen.length <= 6, seen.join("\n"));
  assert.equal(texts(document.units).length, 601);
  seen.length = 0;
  document.update([{ start: 0, end: document.text.length, text: document.text.replace("S50 {", "S5 {") }]);
  assert.ok(seen.length <= 6, "a client that sends whole texts costs no more");
  document.dispose();
});

test("a text that is read without a tree gets one when it is edited", async () => {
  const parser = await rustParser();
  const parsed: (string | undefined)[] = [];
  const counting = {
    walker: parser.walker,
    parseInSteps: (text: string) => parser.parseInSteps(text),
    parse: (text: string, old: Parameters<RustParser["parse"]>[1]) => {
      parsed.push(old === undefined ? "anew" : "around the edit");
      return parser.parse(text, old);
    },
  };
  const document = new ParsedDocument<string>(
    counting,
    "struct S;",
    { reuse: () => undefined, lower: ({ text }) => text },
    { read: () => [], parsesAtEdit: true },
  );
  const type = (): void => document.update([{ start: 0, end: 0, text: " " }]);
  assert.deepEqual(parsed, []);
  type();
  type();
  assert.deepEqual(parsed, ["anew", "around the edit"]);
  document.dispose();
});
