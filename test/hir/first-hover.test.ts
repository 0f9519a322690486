/**
 * What the first question about a file does not do: counted, not timed.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openFiles, openSemantics } from "../support/open-semantics.ts";

const ROOT = "/ws/lib.rs";

/** What stands at a word, and the macro calls that were expanded for it. */
async function askedAt(text: string, word: string): Promise<{ readonly said: string; readonly expanded: number }> {
  const { host, semantics } = await openFiles({ [ROOT]: text });
  host.openDocument(ROOT, text);
  const element = semantics.elementAt(ROOT, text.indexOf(word));
  const expanded = host.runtime.workCounts.get("expandCall") ?? 0;
  assert.ok(element?.kind === "definition");
  const answer = semantics.layoutOf(element.definition);
  return { said: `${element.definition.name} ${answer.status === "exact" ? answer.layout.size : answer.status}`, expanded };
}

const MACROS = "macro_rules! own { ($name:ident, $t:ty) => { pub struct $name($t); } }";
const OTHERS = Array.from({ length: 9 }, (_, i) => `own!(Other${i}, u8);`).join("\n");

test("a question about one definition expands no other macro call of its file", async () => {
  const { said, expanded } = await askedAt(
    `${MACROS}\n${OTHERS}\npub struct Wanted(u32);\n${OTHERS.replaceAll("Other", "More")}`,
    "Wanted",
  );
  assert.equal(said, "Wanted 4");
  assert.equal(expanded, 0);
});

test("nor of the module it stands in, and finds what stands in a call, beside one, and in an extern block's neighbour", async () => {
  const inner = `pub mod inner { ${OTHERS} own!(Wanted, u64); ${OTHERS.replaceAll("Other", "More")} }`;
  assert.deepEqual(await askedAt(`${MACROS}\n${OTHERS}\n${inner}`, "Wanted"), { said: "Wanted 8", expanded: 1 });
  const twice = 'unsafe extern "C" { fn f(); }\nmod a { fn f() { struct Wanted(u8); } }\nfn f() { struct Second(u16); }';
  assert.equal((await askedAt(twice, "Second")).said, "Second 2");
  assert.equal((await askedAt(twice, "Wanted")).said, "Wanted 1");
});

test("a test's definition is that of the test build, whatever stands beside it", async () => {
  const text = "pub struct A(u8);\n#[cfg(test)] mod tests { pub struct Wanted(u32); }\npub struct B(u16);";
  const { semantics } = await openFiles({ [ROOT]: text });
  const element = semantics.elementAt(ROOT, text.indexOf("Wanted"));
  assert.ok(element?.kind === "definition");
  assert.equal(element.definition.name, "Wanted");
});

/** Whether a type is `Copy`, and how often a crate was looked through for impls. */
async function copyOf(text: string): Promise<{ readonly isCopy: boolean | undefined; readonly searches: number }> {
  const { host, semantics } = await openFiles({ [ROOT]: text });
  const definition = semantics.definitions(ROOT).find(({ name }) => name === "Wanted") ?? assert.fail();
  return { isCopy: semantics.isCopy(definition), searches: host.runtime.workCounts.get("implIndex") ?? 0 };
}

test("a type that holds what is moved is not Copy, and no crate is looked through for an impl", async () => {
  assert.deepEqual(await copyOf("pub struct Wanted(u8);"), { isCopy: false, searches: 1 });
  for (const types of [
    "pub struct Wanted(&'static mut u8);",
    "pub struct Wanted(Vec<u8>);",
    "pub struct Inner(&'static mut u8); pub enum Wanted { A(u8), B(Inner) }",
    "pub struct Wanted { a: (u8, [Option<&'static mut u8>; 2]) }",
    "pub union Wanted { a: core::mem::ManuallyDrop<&'static mut u8> }",
  ])
    assert.deepEqual(await copyOf(types), { isCopy: false, searches: 0 }, types);
});

test("what is behind pointers, or only named, is no obstacle", async () => {
  for (const fields of [
    "&'static [&'static mut u8]",
    "*const String",
    "core::marker::PhantomData<&'static mut u8>",
    "fn(String) -> String",
  ]) {
    const text = `pub struct Wanted(${fields}); impl Copy for Wanted {} impl Clone for Wanted { fn clone(&self) -> Wanted { *self } }`;
    assert.equal((await copyOf(text)).isCopy, true, fields);
  }
});

test("a definition under the cursor is the one that the file has listed: what is known of it is known to both", async () => {
  const text = "struct A(u8);\nmod inner { pub enum B { C, D(u32) } }\nfn f() { struct Local(u8); }\n";
  const semantics = await openSemantics({ "/ws/lib.rs": text });
  const at = (name: string): unknown => {
    const element = semantics.elementAt("/ws/lib.rs", text.indexOf(name));
    return element?.kind === "definition" ? element.definition : undefined;
  };
  const listed = semantics.definitions("/ws/lib.rs");
  assert.deepEqual(
    listed.map(({ name }) => name),
    ["A", "B", "Local"],
  );
  assert.equal(at("A("), listed[0]);
  assert.equal(at("B {"), listed[1]);
  assert.equal(at("Local("), listed[2]);
});
