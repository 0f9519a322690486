/**
 * Names that a procedural macro may make in a module go before those of globs and of the prelude (rustc 1.95 prints another
 * size for every `H` below that is not told).
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { openFiles } from "../support/open-semantics.ts";

const manifest = (name: string, rest: readonly string[]): string =>
  ["[package]", `name = "${name}"`, 'version = "0.1.0"', 'edition = "2021"', ...rest].join("\n");

/** What `struct H(Name, Plain)` is told as in a module with a glob of one-byte types: the size, or the reason. */
async function told(name: string, text: string, macros: string, outside = `pub struct ${name}(u8);`): Promise<string> {
  const { semantics } = await openFiles(
    {
      "/ws/Cargo.toml": manifest("app", ["[dependencies]", 'mac = { path = "../mac" }']),
      "/ws/src/lib.rs": `pub mod g { ${outside} pub struct Plain(u8); }\npub mod m { use super::g::*; ${text} struct H(${name}, Plain); }`,
      "/mac/Cargo.toml": manifest("mac", ["[lib]", "proc-macro = true"]),
      "/mac/src/lib.rs": `use proc_macro::TokenStream;\n${macros}`,
    },
    { path: "/ws" },
  );
  const holder = semantics.definitions("/ws/src/lib.rs").find((definition) => definition.name === "H");
  const layout = holder === undefined ? undefined : semantics.layoutOf(holder);
  if (layout?.status === "exact") return `${layout.layout.size}`;
  return layout?.status === "unknown" ? english(layout.reason) : (layout?.status ?? "");
}

const call = (body: string): string => `#[proc_macro] pub fn make(i: TokenStream) -> TokenStream { ${body} }`;

test("a macro in the place of an item may make what its text declares, or puts together with its call, or reads from a file", async () => {
  assert.equal(await told("Own", "mac::make!();", call('"pub struct Own(u64);".parse().unwrap()')), "macro `make!` may make `Own` here");
  assert.equal(await told("Own", "mac::make!();", call("quote! { pub enum Own {} }")), "macro `make!` may make `Own` here");
  assert.equal(
    await told("Own", "mac::make!();", call('let own = Ident::new("Own", span); quote! { struct #own; }')),
    "macro `make!` may make `Own` here",
  );
  assert.equal(
    await told("ABuilder", "mac::make!(A);", call('format!("pub struct {}Builder(u64);", i).parse()')),
    "macro `make!` may make `ABuilder` here",
  );
  assert.equal(
    await told("HttpCode", "mac::make!(http);", call('format_ident!("{}{}", camel(i), "Code")')),
    "macro `make!` may make `HttpCode` here",
  );
  assert.equal(await told("Any", 'mac::make!("f.rs");', call("std::fs::read_to_string(path)")), "macro `make!` may make `Any` here");
});

test("what it can make in no way keeps its meaning", async () => {
  assert.equal(await told("Own", "mac::make!(A, b);", call('quote! { impl Own { fn own() -> Own { f("Own") } } }')), "2");
  assert.equal(await told("As", "mac::make!(A);", call('let plural = s; format!("{}Builder", i)')), "2");
});

test("what it declares goes before the prelude's", async () => {
  const option = call('"pub struct Option<T>(T, u64);".parse().unwrap()');
  assert.equal(await told("Option<u8>", "mac::make!();", option, ""), "macro `make!` may make `Option` here");
  assert.equal(await told("u32", "mac::make!();", call("quote! { pub struct u32(u8); }"), ""), "macro `make!` may make `u32` here");
  assert.equal(await told("Option<u8>", "mac::make!();", call('quote! { None::<Option<u8>>; "Option" }'), ""), "3");
});

test("derives and attributes may make names out of their item's", async () => {
  const derive = `#[proc_macro_derive(Build)] pub fn build(i: TokenStream) -> TokenStream { format!("pub struct {n}Maker(u64);").parse() }`;
  assert.equal(await told("CMaker", "#[derive(mac::Build)] pub struct C(u8);", derive), "macro `mac::Build` may make `CMaker` here");
  assert.equal(await told("CTaker", "#[derive(mac::Build)] pub struct C(u8);", derive), "2");
  const twin = `#[proc_macro_attribute] pub fn twin(_: TokenStream, i: TokenStream) -> TokenStream { format!("pub struct {n}Twin(u64);") }`;
  assert.equal(await told("DTwin", "#[mac::twin] pub struct D(u8);", twin), "macro `mac::twin` may make `DTwin` here");
  assert.equal(await told("DTwin", "pub struct D(u8);", twin), "2");
});

test("a name that is found nowhere is told to be a macro's that is likely to make it", async () => {
  const macros = `#[proc_macro_derive(Iter)] pub fn iter(_: TokenStream) -> TokenStream { todo!() }\n${call("todo!()")}`;
  const inside = (text: string): Promise<string> => told("KindIter", text, macros, "");
  assert.equal(await inside("#[derive(mac::Iter)] pub struct Kind(u8);"), "`KindIter` was not found; macro `mac::Iter` may make it");
  assert.equal(await inside("mac::make!();"), "`KindIter` was not found; macro `make!` may make it");
  assert.equal(await inside("pub struct Kind(u8);"), "`KindIter` was not found");
});

const derive = '#[proc_macro_derive(Make)] pub fn make(_: TokenStream) -> TokenStream { "pub struct Own(u64);".parse().unwrap() }';
const attribute =
  "#[proc_macro_attribute] pub fn make(_: TokenStream, i: TokenStream) -> TokenStream { quote! { pub struct Own(u64); #i } }";

test("a macro on an item may make what it writes, wherever the item stands", async () => {
  assert.equal(await told("Own", "#[derive(mac::Make)] struct A;", derive), "macro `mac::Make` may make `Own` here");
  assert.equal(await told("Own", "#[mac::make] fn f() {}", attribute), "macro `mac::make` may make `Own` here");
  assert.equal(await told("Own", "#[mac::make] impl H {}", attribute), "macro `mac::make` may make `Own` here");
  const inner =
    'struct Own; #[proc_macro_derive(Make)] pub fn make(_: TokenStream) -> TokenStream { let own = Own; quote! { impl A { fn f(x: Own) {} } }; "Own" }';
  assert.equal(await told("Own", "#[derive(mac::Make)] struct A;", inner), "2");
});

test("also on an item that another macro makes, whether its call or its text says it", async () => {
  const made = "macro `mac::Make` may make `Own` here";
  const inside = (definition: string, use: string): Promise<string> => told("Own", `macro_rules! w { ${definition} } ${use}`, derive);
  assert.equal(await inside("($($t:tt)*) => { $($t)* }", "w! { #[derive(Clone, mac::Make)] struct A; }"), made);
  assert.equal(await inside("() => { #[derive(mac::Make)] struct A; }", "w!();"), made);
  assert.equal(await inside("($d:path) => { #[derive($d)] struct A; }", "w!(mac::Make);"), made);
  assert.equal(await inside("($(#[$m:meta])* $n:ident) => { $(#[$m])* struct $n; }", "w! { #[derive(mac::Make)] A }"), made);
  assert.equal(await inside("($(#[$m:meta])* $n:ident $o:ident) => { $(#[$m])* struct $n; }", "w! { #[derive(Clone)] A Make }"), "2");
  const composed = `#[proc_macro_derive(Build)] pub fn build(i: TokenStream) -> TokenStream { format!("pub struct {n}Maker(u64);").parse() }`;
  const wrapped = "macro_rules! w { ($n:ident) => { #[derive(mac::Build)] struct $n; } } w!(C);";
  assert.equal(await told("CMaker", wrapped, composed), "macro `mac::Build` may make `CMaker` here");
  assert.equal(await told("CTaker", wrapped, composed), "2");
  // A field in a call is no item's name.
  const again = "#[proc_macro_derive(Make)] pub fn make(i: TokenStream) -> TokenStream { quote! { pub struct #name(u64); } }";
  const field = "macro_rules! w { ($($t:tt)*) => { $($t)* } } w! { #[derive(mac::Make)] struct A { own: u8 } }";
  assert.equal(await told("Own", field, again), "2");
});

test("in a body, it goes before what stands around the body", async () => {
  const body = (inner: string): string => `const N: usize = { ${inner} core::mem::size_of::<Own>() }; struct L([u8; N]);`;
  assert.equal(
    await told("L", body("#[derive(mac::Make)] struct A;"), derive, "pub struct Own(u8);"),
    "macro `mac::Make` may make `Own` here",
  );
  assert.equal(await told("L", body("#[derive(Clone)] struct A;"), derive, "pub struct Own(u8);"), "2");
});

test("a derive that declares no modules makes none of its item's name", async () => {
  const far = "pub mod own { pub struct Own(u8); }";
  const makes = (what: string): string => `#[proc_macro_derive(Make)] pub fn make(i: TokenStream) -> TokenStream { quote! { ${what} } }`;
  const text = "#[derive(mac::Make)] struct Own;";
  assert.equal(await told("own::Own", text, makes("mod #snake { pub struct Own(u64); }"), far), "macro `mac::Make` may make `own` here");
  assert.equal(await told("own::Own", text, makes("impl #snake {}"), far), "2");
});
