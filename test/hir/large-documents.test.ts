/**
 * Large open documents: a question about one type looks closely at that type, not at all items of the file.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Interrupted } from "../../server/src/base/file-system.ts";
import { finished, resumed } from "../../server/src/base/resumed.ts";
import type { QueryRuntime } from "../../server/src/db/query-runtime.ts";
import type { Semantics } from "../../server/src/hir/model.ts";
import { analysisOf } from "../../server/src/ide/analysis.ts";
import { DEFAULT_HOVER, DEFAULT_INLAY_HINTS } from "../../server/src/ide/config.ts";
import { applied, randomEdit } from "../fuzz/mutate.ts";
import { Random } from "../oracle/random.ts";
import { openFiles } from "../support/open-semantics.ts";

const FILE = "/ws/lib.rs";
const COUNT = 3000;
const ITEMS = Array.from(
  { length: COUNT },
  (_, i) => `pub struct S${i} { first_field: u8, second_field: u32, third_field: [u16; 2 + 1 * 1], fourth_field: u64 }
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
  // Its own: that of `Option` is read off its text.
  assert.equal(host.runtime.workCounts.get("parseBody"), 1);
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

test("finding the definitions of a file can be interrupted, and goes on where it was", async () => {
  const impls = Array.from({ length: 300 }, (_, i) => `impl T<${i}> for S { type X = u8; fn f() {} }`).join("\n");
  const source = `struct S;\ntrait T<const N: usize> { type X; }\n${impls}`;
  const whole = await openFiles({ [FILE]: source });
  whole.semantics.definitions(FILE);
  const { host, semantics } = await openFiles({ [FILE]: source });
  const { runtime } = host;
  const interrupt = interruptions(runtime, 40);
  const work = resumed(() => {
    interrupt();
    return semantics.definitions(FILE);
  });
  let tries = 1;
  let step = work.next();
  for (; step.done !== true; step = work.next()) tries += 1;
  runtime.setCheck(() => undefined);
  assert.deepEqual(
    step.value.map(({ name }) => name),
    ["S"],
  );
  assert.ok(tries > 5, `${tries} tries`);
  // What was counted and unwound before it was read counts, too.
  const read = ({ workCounts }: QueryRuntime): number => workCounts.get("parseBody") ?? 0;
  assert.ok(read(runtime) <= read(whole.host.runtime) + tries, "nothing is read twice");
});

/** Begins a try that is unwound when it has kept so many values. */
function interruptions(runtime: QueryRuntime, after: number): () => void {
  return () => {
    const { kept } = runtime;
    runtime.setCheck(() => {
      if (runtime.kept > kept + after) throw new Interrupted();
    });
  };
}

test("opening a large document parses nothing", async () => {
  const { host } = await openFiles({ [FILE]: TEXT });
  host.runtime.resetWorkCounts();
  host.openDocument(FILE, TEXT);
  assert.equal(host.runtime.workCounts.get("lowerItem") ?? 0, 0);
});

test("an edit of a large document that is not parsed yet reads its items again, and none that is the same", async () => {
  const { host, semantics } = await openFiles({ [FILE]: TEXT });
  host.openDocument(FILE, TEXT);
  const before = answers(semantics);
  host.runtime.resetWorkCounts();
  host.editDocument(FILE, [{ start: TEXT.indexOf("let sum"), end: TEXT.indexOf("let sum"), text: "let more = 1; " }]);
  assert.equal(host.runtime.workCounts.get("lowerItem") ?? 0, 0);
  assert.deepEqual(
    answers(semantics).map((answer) => answer.split(" ")[2]),
    before.map((answer) => answer.split(" ")[2]),
  );
  const work = new Map(host.runtime.workCounts);
  for (const query of ["layout", "adt", "typeOf", "scope"]) assert.equal(work.get(query), undefined, query);
});

test("what the first edit needs is parsed ahead in steps, between which other texts are parsed", async () => {
  const { host, semantics } = await openFiles({ [FILE]: TEXT });
  host.openDocument(FILE, TEXT);
  const ahead = host.parseAhead(FILE);
  let steps = 0;
  for (let step = ahead.next(); step.done !== true; step = ahead.next()) {
    steps += 1;
    host.openDocument("/ws/other.rs", `struct Other([u8; ${steps}]);`);
  }
  assert.ok(steps > 3, `${steps} steps`);
  assert.equal(finished(host.parseAhead(FILE)), undefined);
  host.runtime.resetWorkCounts();
  host.editDocument(FILE, [{ start: 0, end: 0, text: "struct Added(u8, u32);\n" }]);
  assert.equal(host.runtime.workCounts.get("lowerItem"), 1);
  assert.deepEqual(answers(semantics).slice(0, 2), ["Added 7 8", "S0 34 24"]);
});

/** Names, places and sizes of what a question about the top and the end of the document comes to. */
function answers(semantics: Semantics): readonly string[] {
  return semantics.definitions(FILE).flatMap((definition, i, all) => {
    if (i > 20 && i < all.length - 20) return [`${definition.name} ${definition.nameRange.start}`];
    const answer = semantics.layoutOf(definition);
    return [`${definition.name} ${definition.nameRange.start} ${answer.status === "exact" ? answer.layout.size : answer.status}`];
  });
}

for (const [name, stepsBefore] of [
  ["not parsed yet", 0],
  ["half parsed", 5],
  ["parsed", Number.POSITIVE_INFINITY],
] as const) {
  test(`answers after edits of a large document are those of a fresh start; when it is edited, it is ${name}`, async () => {
    const random = new Random(`large ${name}`);
    const { host, semantics } = await openFiles({ [FILE]: TEXT });
    host.openDocument(FILE, TEXT);
    const ahead = host.parseAhead(FILE);
    for (let i = 0; i < stepsBefore && ahead.next().done !== true; i++);
    let text = TEXT;
    for (let i = 0; i < 2; i++) {
      const edit = randomEdit(random, text.slice(0, 3000));
      text = applied(text, edit);
      host.editDocument(FILE, [edit]);
      ahead.next();
      const fresh = await openFiles({ [FILE]: text });
      assert.deepEqual(answers(semantics), answers(fresh.semantics), JSON.stringify(edit));
    }
  });
}
