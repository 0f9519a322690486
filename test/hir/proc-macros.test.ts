/**
 * Procedural macros of other crates: those whose effect is documented, and all others.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { openFiles } from "../support/open-semantics.ts";

/**
 * A package with procedural macros `crate::name` (`crate::name()` a derive, `#crate::name` an attribute) beside it, and other
 * crates; what each definition of its root file answers.
 */
async function toldOf(lib: string, macros: readonly string[], others: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const files: Record<string, string> = { "/ws/src/lib.rs": lib };
  const owners = [...new Set(macros.map(ownerOf))];
  for (const name of owners) {
    const made = macros.filter((macro) => ownerOf(macro) === name);
    files[`/${name}/Cargo.toml`] = manifest(name, ["[lib]", "proc-macro = true"]);
    files[`/${name}/src/lib.rs`] = made.map(procMacro).join("\n");
  }
  for (const [name, text] of Object.entries(others)) {
    files[`/${name}/Cargo.toml`] = manifest(name, []);
    files[`/${name}/src/lib.rs`] = text;
  }
  const names = [...owners, ...Object.keys(others)];
  files["/ws/Cargo.toml"] = manifest("app", ["[dependencies]", ...names.map((name) => `${name} = { path = "../${name}" }`)]);
  const { semantics } = await openFiles(files, { path: "/ws" });
  return semantics.definitions("/ws/src/lib.rs").map((definition) => {
    const answer = semantics.layoutOf(definition);
    return `${definition.name} ${answer.status === "exact" ? answer.layout.size : answer.status === "unknown" ? english(answer.reason) : "generic"}`;
  });
}

function ownerOf(macro: string): string {
  return /^#?(\w+)/.exec(macro)?.[1] ?? "";
}

function procMacro(macro: string): string {
  const name = macro.split("::")[1] ?? "";
  if (name.endsWith("()")) return `#[proc_macro_derive(${name.slice(0, -2)})] pub fn derive(_: TokenStream) -> TokenStream { todo!() }`;
  const attribute = macro.startsWith("#") ? "proc_macro_attribute" : "proc_macro";
  return `#[${attribute}] pub fn ${name}(_: TokenStream) -> TokenStream { todo!() }`;
}

function manifest(name: string, rest: readonly string[]): string {
  return [`[package]`, `name = "${name}"`, `version = "0.1.0"`, `edition = "2021"`, ...rest].join("\n");
}

test("seq makes items, and its numbers may be given by a macro", async () => {
  const lib = [
    "seq_macro::seq!(N in 0..3 { pub enum E { #( V~N = N * 2, )* } });",
    "macro_rules! words { ($n:ident, $count:literal) => { seq_macro::seq!(I in 1..=$count { pub struct $n { #( f~I: [u8; I], )* } }); } }",
    "words!(S, 3);",
    "struct T(E, S);",
  ].join("\n");
  assert.deepEqual(await toldOf(lib, ["seq_macro::seq"]), ["E 1", "S 6", "T 7"]);
});

test("a derive's helper attribute may have the name of a macro_rules macro that is imported", async () => {
  const lib = 'use log::error;\nuse fault::Error;\n#[derive(Error)] #[error("no")] struct A(u8);';
  const log = "#[macro_export] macro_rules! error { () => {} }";
  assert.deepEqual(await toldOf(lib, ["fault::Error()"], { log }), ["A 1"]);
});

test("a crate whose macros are imported has no part in attributes it does not define", async () => {
  const lib = '#[macro_use] extern crate flags;\nuse fault::Error;\n#[derive(Error)] #[error("no")] struct A(u8);\n#[bits] struct B(u8);';
  const flags = "pub use bits::bits;\n#[macro_export] macro_rules! flags { () => {} }";
  const found = await toldOf(lib, ["fault::Error()", "#bits::bits"], { flags });
  assert.deepEqual(found, ["A 1", "B attribute macro `bits` may rewrite this item"]);
});

test("an attribute macro that a glob imports is no derive's helper", async () => {
  const lib = "use bits::*;\nuse fault::Error;\n#[bitfield] #[derive(Error)] struct A(u8);\n#[helper] #[derive(Error)] struct B(u8);";
  const found = await toldOf(lib, ["fault::Error()", "#bits::bitfield"]);
  assert.deepEqual(found, ["A attribute macro `bitfield` may rewrite this item", "B 1"]);
});

test("an attribute macro that is documented to keep its item does", async () => {
  const lib = 'use ast_node::ast_node;\n#[ast_node("A")] pub struct A { span: u32, end: u64 }\n#[other::ast_node] struct B(u8);';
  const found = await toldOf(lib, ["#ast_node::ast_node", "#other::ast_node"]);
  assert.deepEqual(found, ["A 16", "B attribute macro `ast_node` may rewrite this item"]);
});
