/**
 * Procedural macros of other crates: those whose effect is documented, and all others.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openFiles } from "../support/open-semantics.ts";

/** A package with procedural macros `crate::name` beside it; what each definition of its root file answers. */
async function toldOf(lib: string, macros: readonly string[]): Promise<readonly string[]> {
  const files: Record<string, string> = { "/ws/src/lib.rs": lib };
  const crates = [...new Set(macros.map((macro) => macro.split("::")[0] ?? ""))];
  const dependencies = crates.map((name) => `${name} = { path = "../${name}" }`);
  files["/ws/Cargo.toml"] = manifest("app", ["[dependencies]", ...dependencies]);
  for (const name of crates) {
    files[`/${name}/Cargo.toml`] = manifest(name, ["[lib]", "proc-macro = true"]);
    const made = macros.filter((macro) => macro.startsWith(`${name}::`)).map((macro) => macro.slice(name.length + 2));
    files[`/${name}/src/lib.rs`] = made
      .map((macro) => `#[proc_macro] pub fn ${macro}(_: TokenStream) -> TokenStream { todo!() }`)
      .join("\n");
  }
  const { semantics } = await openFiles(files, { path: "/ws" });
  return semantics.definitions("/ws/src/lib.rs").map((definition) => {
    const answer = semantics.layoutOf(definition);
    return `${definition.name} ${answer.status === "exact" ? answer.layout.size : answer.status === "unknown" ? answer.reason : "generic"}`;
  });
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
