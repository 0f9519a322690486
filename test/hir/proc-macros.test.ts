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

test("all_tuples! calls a macro for each number of names", async () => {
  const lib = [
    "use variadics_please::{all_tuples, all_tuples_enumerated, all_tuples_with_size};",
    "pub trait State { type S; const N: usize; }",
    "impl State for &'static u8 { type S = u16; const N: usize = 1; }",
    "macro_rules! tuples { ($(#[$m:meta])* $($n:ident),*) => { $(#[$m])* impl<$($n: State),*> State for ($($n,)*) { type S = ($($n::S,)*); const N: usize = 1 $(+ $n::N)*; } } }",
    "all_tuples!(#[doc(fake_variadic)] tuples, 0, 3, F);",
    "pub struct A(<(&'static u8, (&'static u8, ())) as State>::S, [u8; <((), &'static u8, &'static u8)>::N]);",
    "macro_rules! named { ($n:literal, $(($p:ident, $q:ident)),*) => { paste::paste! { pub struct [<T $n>] { $($p: u16, $q: u8),*, n: [u8; $n] } } } }",
    "all_tuples_with_size!(named, 2, 3, P, Q);",
    "macro_rules! wide { ($(($i:tt, $n:ident)),*) => { pub enum Wide { $($n([u8; $i])),* } } }",
    "all_tuples_enumerated!(wide, 1, 1, V);",
  ].join("\n");
  const macros = [
    "variadics_please::all_tuples",
    "variadics_please::all_tuples_enumerated",
    "variadics_please::all_tuples_with_size",
    "paste::paste",
  ];
  assert.deepEqual(await toldOf(lib, macros), ["A 8", "T2usize 8", "T3usize 12", "Wide 0"]);
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

test("a derive's helper attribute may have the name of a macro_rules macro of a crate with macro_use, the derive come from one", async () => {
  const lib = '#[macro_use] extern crate log;\n#[macro_use] extern crate fault;\n#[derive(Error)] #[error("no")] struct A(u8);';
  const log = "#[macro_export] macro_rules! error { () => {} }";
  assert.deepEqual(await toldOf(lib, ["fault::Error()"], { log }), ["A 1"]);
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

test("enum_dispatch gives variants without fields the type of their name (as rustc 1.95 has it)", async () => {
  const lib =
    "use enum_dispatch::enum_dispatch;\nstruct D(u64);\n#[enum_dispatch] enum A { B(u16) }\n#[enum_dispatch] enum C { B(u16), D }";
  assert.deepEqual(await toldOf(lib, ["#enum_dispatch::enum_dispatch"]), ["D 8", "A 2", "C 16"]);
});

test("structs that macros pack into bits are of the type their arguments name (as rustc 1.95 has it)", async () => {
  const lib = [
    "struct Be([u8; 2]);",
    "#[bitfield_struct::bitfield(u64)] struct A { #[bits(3)] a: u8, #[bits(61)] b: u64 }",
    "#[bitfield_struct::bitfield(u32, repr = Be, from = f, into = t)] struct B { #[bits(16)] a: u16 }",
    "#[bitfield_struct::bitfield(u32, clone = cfg(test))] struct C { #[bits(32)] a: u16 }",
    "#[bitbybit::bitfield(u24, default = 0)] struct D { #[bit(0, rw)] a: bool }",
    "#[modular_bitfield::bitfield(bits = 10, filled = false)] struct E { a: B4, b: B2 }",
    "#[modular_bitfield::bitfield] struct F { a: B4, b: B4 }",
    "struct O(Option<A>, D);",
    "fn body() { #[bitfield_struct::bitfield(u32)] struct G { #[bits(32)] a: u32 } struct H(G, u8); }",
  ].join("\n");
  const found = await toldOf(lib, ["#bitfield_struct::bitfield", "#bitbybit::bitfield", "#modular_bitfield::bitfield"]);
  const packs = "attribute macro `bitfield` packs its fields into bits";
  assert.deepEqual(found, ["Be 2", "A 8", "B 2", `C ${packs}`, "D 4", "E 2", `F ${packs}`, "O 24", "G 4", "H 8"]);
});

test("flags of enumflags2 take the lowest bit that is free, and what is above them is a niche (as rustc 1.95 has it)", async () => {
  const lib = [
    "use enumflags2::bitflags;",
    "#[bitflags] #[repr(u8)] enum A { A, B, C, D, E, F, G, H }",
    "#[bitflags] #[repr(u8)] enum B { A = 1, B = 1 << 7, C }",
    "#[bitflags] #[repr(u8)] enum C { A = MASK, B }",
    "struct O([Option<A>; 2], Option<Option<B>>);",
  ].join("\n");
  const reason = "attribute macro `bitflags` gives its variants discriminants";
  assert.deepEqual(await toldOf(lib, ["#enumflags2::bitflags"]), ["A 1", "B 1", `C ${reason}`, "O 3"]);
});

test("nutype keeps the field, readonly adds repr(C) to what has none (as rustc 1.95 has it)", async () => {
  const lib = [
    "#[nutype::nutype(validate(greater = 0), derive(Debug, Clone, Copy))] struct A(i32);",
    "#[readonly::make] struct B { pub a: u8, pub b: u32, pub c: u8 }",
    "#[readonly::make] #[repr(C, packed)] struct C { pub a: u8, pub b: u32 }",
  ].join("\n");
  assert.deepEqual(await toldOf(lib, ["#nutype::nutype", "#readonly::make"]), ["A 4", "B 12", "C 5"]);
});

test("helper attributes of a derive that is called like one of the compiler's", async () => {
  const lib = '#[derive(more::Debug, Clone)] #[debug("x")] struct A(u8);\nuse more::Debug;\n#[derive(Debug)] #[debug("x")] struct B(u8);';
  assert.deepEqual(await toldOf(lib, ["more::Debug()"]), ["A 1", "B 1"]);
});

test("a derive's helper attribute may have the name of a crate that is imported", async () => {
  const lib =
    "use prelude::yoke;\n#[derive(made::Yokeable)] #[yoke(covariant)] struct A(u8);\n#[derive(made::Yokeable)] #[other] struct B(u8);";
  const made = "#[proc_macro_derive(Yokeable, attributes(yoke, other))] pub fn derive(_: TokenStream) -> TokenStream { todo!() }";
  const files = {
    "/ws/Cargo.toml": manifest("app", ["[dependencies]", 'prelude = { path = "../prelude" }', 'made = { path = "../made" }']),
    "/ws/src/lib.rs": lib,
    "/prelude/Cargo.toml": manifest("prelude", []),
    "/prelude/src/lib.rs": "pub mod yoke {}",
    "/made/Cargo.toml": manifest("made", ["[lib]", "proc-macro = true"]),
    "/made/src/lib.rs": made,
  };
  const { semantics } = await openFiles(files, { path: "/ws" });
  const answers = semantics.definitions("/ws/src/lib.rs").map((definition) => semantics.layoutOf(definition).status);
  assert.deepEqual(answers, ["exact", "exact"]);
});

// cargo says `--extern proc_macro` for a crate of procedural macros; rustc 1.95 has E at 8 and C at 12 bytes.
test("the library of procedural macros needs no `extern crate` in them, and only in them", async () => {
  const lib = "mod error; struct C(Option<proc_macro::Ident>);";
  const sizes = async (rest: readonly string[]): Promise<readonly string[]> => {
    const files = {
      "/ws/Cargo.toml": manifest("app", rest),
      "/ws/src/lib.rs": lib,
      "/ws/src/error.rs": "use proc_macro::{Delimiter, Span}; pub struct E(Span, Delimiter);",
    };
    const { semantics } = await openFiles(files, { path: "/ws" });
    const definitions = ["/ws/src/error.rs", "/ws/src/lib.rs"].flatMap((file) => semantics.definitions(file));
    return definitions.map((definition) => {
      const answer = semantics.layoutOf(definition);
      return `${definition.name} ${answer.status === "exact" ? answer.layout.size : answer.status}`;
    });
  };
  assert.deepEqual(await sizes(["[lib]", "proc-macro = true"]), ["E 8", "C 12"]);
  assert.deepEqual(await sizes([]), ["E unknown", "C unknown"]);
});

test("what an attribute macro of unknown effect stands on is not taken as written: constants, functions, aliases, impls, traits, modules", async () => {
  const lib = [
    "use made::x;",
    "#[x] pub const N: usize = 3; pub struct A([u8; N]);",
    "#[x] pub const fn f() -> usize { 3 } pub struct B([u8; f()]);",
    "pub trait T { type X; } #[x] impl T for i8 { type X = u8; } pub struct C(<i8 as T>::X);",
    "#[x] pub mod m { pub struct D(u8); pub const K: usize = 3; pub mod n { pub struct E(u8); } } pub struct F([i8; m::K]);",
    "#[x] pub type Al = u8; pub struct G(Al);",
    "#[x] pub trait Q { const Z: usize = 3; } impl Q for i16 {} pub struct H([i8; <i16 as Q>::Z]);",
    "pub struct O; impl O { #[x] pub const N: usize = 3; #[inline] #[must_use] pub const fn g() -> usize { 2 } } pub struct P([i8; O::N]);",
    "pub struct R([i8; O::g()]); #[allow(unused)] pub mod fine { pub struct S(u8); }",
  ].join("\n");
  const item = "attribute macro `x` may rewrite this item";
  const inModule = "attribute macro `x` may rewrite the items of module `m`";
  assert.deepEqual(await toldOf(lib, ["#made::x"]), [
    ...[`A ${item}`, `B ${item}`, `C ${item}`, `D ${inModule}`, `E ${inModule}`, `F ${inModule}`, `Al ${item}`, `G ${item}`, `H ${item}`],
    ...["O 0", `P ${item}`, "R 2", "S 1"],
  ]);
});

test("types of an extern block are what a macro on the block makes of them (as rustc 1.95 has it)", async () => {
  const lib = [
    "use wasm_bindgen::wasm_bindgen; use other::other;",
    "mod wasm { pub struct JsValue(u32); pub struct Parent<T>(std::rc::Rc<T>); }",
    '#[wasm_bindgen(wasm_bindgen = crate::wasm)] extern "C" { pub type Js; #[wasm_bindgen(extends = Js)] #[derive(Clone)] type More; fn f(js: &Js); }',
    '#[wasm_bindgen(wasm_bindgen = crate::wasm)] extern "C" { #[wasm_bindgen(extends = "More", js_name = "A")] type Of<T = Js>; }',
    "struct A { a: u8, js: Option<Js> } struct B { more: More, of: Of }",
    "#[wasm_bindgen] struct C(u8); #[wasm_bindgen(extends = C, wasm_bindgen = crate::wasm)] struct D { a: u8 }",
    '#[wasm_bindgen] enum E { A, B = 7 } #[wasm_bindgen] enum F { A = "a" }',
    '#[other] extern "C" { type Other; }',
    "struct G { a: u8, other: Other }",
    '#[link(name = "m")] extern "C" { type Opaque; }',
    "struct H<'a>(&'a Opaque); struct I(u16, Opaque);",
  ].join("\n");
  assert.deepEqual(await toldOf(lib, ["#wasm_bindgen::wasm_bindgen", "#other::other"]), [
    ...["JsValue 4", "Parent 8", "Js 4", "More 4", "Of 4", "A 12", "B 8", "C 1", "D 16", "E 1"],
    ...["F attribute macro `wasm_bindgen` may rewrite this item", "G attribute macro `other` may rewrite this item", "H 8", "I 2"],
  ]);
});
