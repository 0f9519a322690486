/**
 * Which calls are expanded when a name is looked for: those that declare it are never left out, those that only use it are.
 *
 * In each source `B` is 8 bytes by a glob and 1 by a macro, which counts: a call left out wrongly shows as 8.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openFiles } from "../support/open-semantics.ts";

const ROOT = "/ws/lib.rs";

interface Asked {
  readonly size: number | string;
  /** How many calls were expanded. */
  readonly expanded: number;
}

async function ask(source: string): Promise<Asked> {
  const { host, semantics } = await openFiles({
    [ROOT]: `mod far { pub struct B(pub u64); }\nuse far::*;\nmod probe;\n${source}`,
    "/ws/probe.rs": "struct S(super::B);",
  });
  host.runtime.resetWorkCounts();
  const [definition] = semantics.definitions("/ws/probe.rs");
  const answer = definition === undefined ? undefined : semantics.layoutOf(definition);
  return {
    size: answer?.status === "exact" ? Number(answer.layout.size) : (answer?.status ?? "gone"),
    expanded: host.runtime.workCounts.get("expandCall") ?? 0,
  };
}

/** What may look as if `B` were only used. */
const DECLARING: Readonly<Record<string, string>> = {
  "behind the word of its argument": "macro_rules! m { ($($t:tt)*) => { $($t)* } }\nm! { pub struct B(u8); }",
  "its argument behind a word": "macro_rules! m { ($n:ident) => { pub struct $n(u8); } }\nm!(B);",
  "a field's type, taken out of its braces":
    "macro_rules! m { (struct $n:ident { $f:ident : $t:ident }) => { pub struct $t(u8); } }\nm! { struct A { x: B } }",
  "a field's type, taken out by another macro":
    "macro_rules! o { ({ $f:ident : $t:ident }) => { pub struct $t(u8); } }\nmacro_rules! m { (struct $n:ident $b:tt) => { o!($b); } }\nm! { struct A { x: B } }",
  "a field's type, taken out by a macro that is an argument":
    "macro_rules! o { ({ $f:ident : $t:ident }) => { pub struct $t(u8); } }\nmacro_rules! m { ($c:ident $b:tt) => { $c!($b); } }\nm! { o { x: B } }",
  "a field's type, taken out by a macro that is called without delimiters":
    "macro_rules! o { ($f:ident : $t:ident) => { pub struct $t(u8); } }\nmacro_rules! m { ($n:ident $b:tt) => { $n ! $b } }\nm! { o { x: B } }",
  "behind a word that is given to a macro called in the arguments":
    "macro_rules! o { ($k:ident) => { pub $k B(u8); } }\nmacro_rules! m { ($($i:item)*) => { $($i)* } }\nm! { o!(struct); }",
  "behind a word taken out of what looks like a call":
    "macro_rules! m { (o ! ($k:ident) { $n:ident }) => { pub $k $n(u8); } }\nm! { o!(struct) { B } }",
  "in braces behind an import taken out of what looks like a call":
    "mod near { pub struct B(u8); }\nmacro_rules! m { (o ! [$k:ident] $p:ident $b:tt) => { $k $p::$b; } }\nm! { o![use] near { B } }",
  "a path of the macro's own behind an import that another macro gives it":
    "mod near { pub struct B(u8); }\nmacro_rules! o { ($k:ident) => { $k near::{self, B}; } }\nmacro_rules! m { () => { o![use]; } }\nm!();",
  "among imports behind braces that say `use`":
    "mod near { pub struct B(u8); }\nmacro_rules! T { [use] => { () } }\nmacro_rules! m { ($($i:item)*) => { $($i)* } }\nm! { struct A { x: T![use] } use near::B; }",
  "behind a word that is an argument": "macro_rules! m { ($k:ident) => { pub $k B(u8); } }\nm!(struct);",
  "behind a word that another macro puts in front of it":
    "macro_rules! o { ($k:ident { $n:ident }) => { pub $k $n(u8); } }\nmacro_rules! m { ($b:tt) => { o!(struct $b); } }\nm!({ B });",
  "in a path of the macro's own that another macro takes apart":
    "macro_rules! o { ($a:ident :: $b:ident) => { pub struct $b(u8); } }\nmacro_rules! m { () => { o!(far::B); } }\nm!();",
  "a path of the macro's own behind an argument that imports":
    "mod near { pub struct B(u8); }\nmacro_rules! m { ($k:tt) => { $k near::B; } }\nm!(use);",
  "an argument in braces behind an argument that imports":
    "mod near { pub struct B(u8); }\nmacro_rules! m { ([$k:tt] $($p:tt)*) => { $k $($p)*; } }\nm! { [use] near::{B} }",
  "a name that another one is imported as": "mod near { pub struct C(u8); }\nmacro_rules! m { () => { use near::C as B; } }\nm!();",
  "among the imports of a macro": "mod near { pub struct B(u8); }\nmacro_rules! m { () => { use near::{self, B}; } }\nm!();",
  "in braces behind the word that declares it": "macro_rules! m { ({ $($t:tt)* }) => { $($t)* } }\nm! { { pub struct B(u8); } }",
  "in braces that are handed on whole":
    "macro_rules! m { ($($i:item)*) => { $($i)* } }\nm! { mod x { pub struct A { a: u8 } } pub type B = u8; }",
  "a type of the macro's own": "macro_rules! m { () => { pub struct A { x: Box<B> } pub struct B(u8); } }\nm!();",
};

for (const [name, source] of Object.entries(DECLARING)) {
  test(`a macro declares ${name}`, async () => {
    assert.equal((await ask(source)).size, 1);
  });
}

/** What says `B` and declares none. */
const USING: Readonly<Record<string, string>> = {
  "a field's type in braces that stay as they are":
    "macro_rules! check { (struct struct) => {} }\nmacro_rules! m { ($s:ident $n:ident $b:tt) => { check!($s struct); $s $n $b } }\nm! { struct A { x: Box<B>, y: Vec<far::B> } }",
  "a bound and an impl of the macro's own":
    "macro_rules! m { ($n:ident) => { struct $n; impl From<B> for $n { fn from(_: far::B) -> $n { $n } } } }\nm!(A);",
  "a field beside one that says `use`":
    "macro_rules! T { [use] => { () }; [fn] => { () }; }\nmacro_rules! m { ($s:ident $n:ident $b:tt) => { $s $n $b } }\nm! { struct A { x: T![use], y: T![fn], z: B } }",
  "arms of a macro that makes them step by step":
    "macro_rules! m { (($($a:tt)*) { $v:ident, $($r:tt)* }) => { m!(($($a)* $v) { $($r)* }); }; (($($a:tt)*) {}) => { impl E { fn all() -> u8 { 0 } } } }\nm!(() { A, B, });",
  "what a macro for types makes":
    "macro_rules! T { [<] => { far::B }; [<=] => { far::B }; }\nmacro_rules! m { ($n:ident $b:tt) => { struct $n $b } }\nm! { A { x: T![<=] } }",
};

for (const [name, source] of Object.entries(USING)) {
  test(`a call is left alone that uses ${name}`, async () => {
    assert.deepEqual(await ask(source), { size: 8, expanded: 0 });
  });
}
