/**
 * No English is left outside of messages: in a language that puts every sentence in brackets, all that hovers, hints, diagnostics and
 * actions say of the fixtures stands in brackets, but for code, figures and names.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { finished } from "../../server/src/base/resumed.ts";
import type { Words } from "../../server/src/base/words.ts";
import type { Analysis } from "../../server/src/ide/analysis.ts";
import { analysisOf } from "../../server/src/ide/analysis.ts";
import { compareTargets } from "../../server/src/ide/compare-targets.ts";
import { DEFAULT_DIAGNOSTICS, DEFAULT_HOVER, DEFAULT_INLAY_HINTS } from "../../server/src/ide/config.ts";
import { renderMarkdown } from "../../server/src/ide/markup.ts";
import { editionOf } from "../../server/src/project/cargo-manifest.ts";
import { openFiles } from "../support/open-semantics.ts";

const BRACKETS: Words = { language: "xx", translate: (text) => `⟦${text}⟧`, plural: () => "other" };

const FILE = "/ws/lib.rs";
const HOVER = {
  ...DEFAULT_HOVER,
  words: BRACKETS,
  references: "full",
  pictures: true,
  commands: ["stowplan.openLayout", "stowplan.compareTargets"],
} as const;
const HINTS = { ...DEFAULT_INLAY_HINTS, words: BRACKETS, fields: true, aliases: true, variants: "all", minimumSize: 0 } as const;
const DIAGNOSTICS = {
  ...DEFAULT_DIAGNOSTICS,
  words: BRACKETS,
  severity: { "oversized-variant": "hint", padding: "warning" },
  oversizedVariantThreshold: 8,
} as const;

/** Sources that lead to what the other fixtures have none of. */
const SPECIAL = `use std::net::IpAddr;
pub struct Session { id: u64, peer: Option<IpAddr>, retries: u8, last_seen: Option<u32>, name: String, closed: bool }
pub enum Message { Ping, Text(String), Move { x: i32, y: i32 }, Blob([u8; 1024]), Ack(u32) }
pub enum Twice { A(u64, u64), B(u64, u64), C(u64, u64), D(u8) }
#[repr(i8)] pub enum Signed { Low = -3, High(u8) = 5 }
#[repr(C)] pub struct Header { kind: u8, len: u32, flags: u8, ts: u64 }
pub union Bits { whole: u64, part: u8 }
pub struct Open<T, U> { item: T, other: [U; 3], count: u32 }
pub struct Tail { len: u8, rest: [u16] }
pub enum Never {}
pub struct Nothing;
pub enum Partly { Some(u8), Gone(Never) }
pub struct Wide { a: [u8; 200], b: u64, c: u8 }
#[cfg(windows)] pub struct Elsewhere { a: u8 }
pub enum Half { None, Tail(String), Two([u8; 90], [u8; 70]) }
#[derive(Clone, Copy)] pub enum Copied { Small(u8), Large([u8; 512]) }
pub enum OpenEnum<T> { Small(u8), Large(T) }
pub struct Lost { lost: missing::Part, own: u64 }
`;

/** What is no English and stands outside of messages: units, names of targets and tools, names in other sources and names that macros make. */
const NAMES = new Set("B rustc x86_64 unknown linux gnu text V4 V6 F8 Cn B0 Fstruct AInImplHeader".split(" "));

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
}

/** Rows of tables that say no more than figures and code: `0  24  name: String`, `Blob  1025  7`. */
const CODE_ROW = /^ *\d+ +\d+ {2}[^ ]+: .*$|^ [^ ]+ +\d+ +\d+ *$/gm;

/** What stands outside of all brackets, of pictures' and links' addresses, and of code in tables. */
function outside(said: string): string {
  let text = said.replace(/\]\([^)]*\)/g, "]");
  for (let last = ""; last !== text; ) {
    last = text;
    text = text.replace(/⟦[^⟦⟧]*⟧/g, " ");
  }
  return text.replace(CODE_ROW, "");
}

/** Words of a text that are neither in messages nor in the source. */
function strayWords(said: string, source: ReadonlySet<string>): readonly string[] {
  const words = outside(said).match(/\p{L}[\p{L}\p{N}_]*/gu) ?? [];
  return words.filter((word) => !source.has(word) && !NAMES.has(word));
}

/** Everything that is said of a file. */
function* sayings(analysis: Analysis, source: string): Generator<string> {
  for (const word of source.matchAll(/\w+/g)) {
    const hover = analysis.hover({ file: FILE, offset: word.index }, HOVER);
    if (hover !== undefined) yield renderMarkdown(hover.markup);
    const at = { file: FILE, start: word.index, end: word.index };
    for (const { title, disabled } of analysis.assists(at, DIAGNOSTICS)) yield `${title} ${disabled ?? ""}`;
  }
  for (const hint of finished(analysis.inlayHints({ file: FILE, text: source, start: 0, end: source.length, held: undefined }, HINTS))) {
    yield hint.parts.map((part) => part.text).join("");
    const tooltip = analysis.resolveInlayHint(hint.data, HOVER);
    if (tooltip !== undefined) yield renderMarkdown(tooltip);
  }
  for (const diagnostic of analysis.diagnostics(FILE, DIAGNOSTICS)) yield diagnostic.message;
}

async function open(name: string, text: string): Promise<Analysis> {
  const edition = /edition-(\d+)/.exec(name)?.[1] ?? "2021";
  return analysisOf((await openFiles({ [FILE]: text }, { edition: editionOf(edition) })).semantics);
}

const fixtures = readdirSync("test/fixtures")
  .filter((name) => name.endsWith(".rs"))
  .map((name) => [name, readFileSync(`test/fixtures/${name}`, "utf8")] as const);

for (const [name, source] of [...fixtures, ["types of every kind", SPECIAL] as const]) {
  test(`all that is said of ${name} is said in messages`, async () => {
    const own = new Set(withoutComments(source).match(/\p{L}[\p{L}\p{N}_]*/gu) ?? []);
    const all = [...new Set(sayings(await open(name, source), source))];
    assert.ok(all.filter((said) => said.includes("⟦")).length > 5, "nothing was said");
    const stray = all.flatMap((said) => strayWords(said, own));
    assert.deepEqual([...new Set(stray)], []);
  });
}

test("types by target are compared in messages", async () => {
  const facts = (await open("", SPECIAL)).factsAt({ file: FILE, offset: SPECIAL.indexOf("Message") });
  assert.ok(facts !== undefined);
  const all = [{ target: "x86_64-unknown-linux-gnu", isInUse: true, facts }];
  const said = compareTargets("Message", all, { numbers: "decimal", words: BRACKETS }).join("\n");
  assert.deepEqual(strayWords(said, new Set(SPECIAL.match(/\w+/g))), []);
  assert.match(said, /⟦\(in use\)⟧/);
});

test("brackets find what stands outside of them", () => {
  assert.deepEqual(strayWords("⟦size ⟦1⟧ B⟧ · of Header", new Set(["Header"])), ["of"]);
});
