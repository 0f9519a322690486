/**
 * Derive macros that no table knows: what the text of their crates can write, and what it cannot. Nothing is run.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { writes } from "../../server/src/hir-def/macro-words.ts";
import { openFiles } from "../support/open-semantics.ts";

const NAMES = ["send", "clone", "unpin", "needs_drop"];

const manifest = (name: string, rest: readonly string[]): string =>
  [`[package]`, `name = "${name}"`, `version = "0.1.0"`, `edition = "2021"`, ...rest].join("\n");

interface Macro {
  /** The name of the crate and of the derive. */
  readonly names?: readonly [string, string];
  /** The text of the crate `made` beside the function of `#[derive(Mystery)]`, and its files. */
  readonly text: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly dependencies?: readonly string[];
}

/** Of a struct with `#[derive(Mystery)]`: the traits that are answered, `!` in front of those that do not hold. */
async function answered(item: string, { names = ["made", "Mystery"], text, files = {}, dependencies = [] }: Macro): Promise<string> {
  const [made, macro] = names;
  const derive = `#[proc_macro_derive(${macro}, attributes(mystery))] pub fn ${macro}(input: TokenStream) -> TokenStream { todo!() }`;
  const { semantics } = await openFiles(
    {
      "/ws/Cargo.toml": manifest("app", ["[dependencies]", `${made} = { path = "../made" }`]),
      "/ws/src/lib.rs": `use ${made}::${macro};\n${item}`,
      "/made/Cargo.toml": manifest(made, ["[lib]", "proc-macro = true", "[dependencies]", ...dependencies]),
      "/made/src/lib.rs": `${text}\n${derive}`,
      ...files,
    },
    { path: "/ws" },
  );
  const [definition] = semantics.definitions("/ws/src/lib.rs");
  const layout = definition === undefined ? undefined : semantics.layoutOf(definition);
  assert.equal(layout?.status, "exact");
  const holds = layout.status === "exact" ? semantics.traitsOf(layout.type).holds : new Map<string, boolean>();
  return NAMES.flatMap((name) => (holds.get(name) === undefined ? [] : [`${holds.get(name) === true ? "" : "!"}${name}`])).join(" ");
}

const ITEM = "#[derive(Mystery)] struct A(u8);";
const ALL = "send !clone unpin !needs_drop";

test("what the crate of a derive says nowhere, the derive does not write", async () => {
  assert.equal(await answered(ITEM, { text: "fn write() -> TokenStream { quote! { impl Mystery for A {} } }" }), ALL);
});

test("what it says in its own code only, too", async () => {
  const text = "/* Send */ #[derive(Clone)] struct Own; unsafe impl Send for Own {} impl Drop for Own { fn drop(&mut self) {} }";
  assert.equal(await answered(ITEM, { text }), ALL);
});

test("what it says in a macro call or a string, it may write", async () => {
  assert.equal(await answered(ITEM, { text: "fn write() { quote! { unsafe impl Send for A {} } }" }), "!clone unpin !needs_drop");
  assert.equal(await answered(ITEM, { text: 'fn write() { format!("{}", x).parse("impl Clone for A") }' }), "send unpin !needs_drop");
  assert.equal(await answered(ITEM, { text: 'const TRAIT: &str = r#"Unpin"#;' }), "send !clone !needs_drop");
  assert.equal(await answered(ITEM, { text: "macro_rules! w { () => { quote!(impl Drop for A) } }" }), "send !clone unpin");
});

test("a module, and a crate it uses, belong to it; the libraries of tokens do not", async () => {
  const says = "fn write() { quote! { impl Unpin for A } }";
  assert.equal(await answered(ITEM, { text: "mod inner;", files: { "/made/src/inner.rs": says } }), "send !clone !needs_drop");
  const library = (name: string): Macro => ({
    text: "",
    dependencies: [`${name} = { path = "../${name}" }`],
    files: { [`/${name}/Cargo.toml`]: manifest(name, []), [`/${name}/src/lib.rs`]: says },
  });
  assert.equal(await answered(ITEM, library("core_of_made")), "send !clone !needs_drop");
  assert.equal(await answered(ITEM, library("syn")), ALL);
});

test("the function of a derive may be made by a macro (synstructure's decl_derive)", async () => {
  const decl =
    "macro_rules! decl { ([$t:ident] => $f:path) => { #[proc_macro_derive($t)] pub fn $t(i: TokenStream) -> TokenStream { $f(i) } } }";
  const item = "#[derive(made::Trace)] struct A(u8);";
  assert.equal(
    await answered(item, { text: `${decl} decl!([Trace] => trace); fn trace() { quote! { impl Drop for A {} } }` }),
    ALL.replace(" !needs_drop", ""),
  );
  assert.equal(await answered(item, { text: `${decl} decl!([Other] => trace);` }), "");
});

test("a crate that includes other files, or lacks one, may write anything", async () => {
  assert.equal(await answered(ITEM, { text: 'const TEXT: &str = include_str!("text.rs");' }), "");
  assert.equal(await answered(ITEM, { text: "mod absent;" }), "");
});

test("what stands in an attribute of the item may get into what is written", async () => {
  assert.equal(await answered("#[derive(Mystery)] #[mystery(Clone)] struct A(u8);", { text: "" }), "send unpin !needs_drop");
  assert.equal(await answered("#[derive(Mystery)] struct A(#[mystery(bound = Send)] u8);", { text: "" }), "!clone unpin !needs_drop");
});

test("words in calls and strings", () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ["quote! { Send }", true],
    ["quote!(a (Send) b)", true],
    ["quote![a]; Send", false],
    ["macro_rules! a { () => { Send } }", true],
    ["a != (Send)", false],
    ['"a Send"', true],
    ["quote! { Sender }", false],
    ['quote! { "}" Send }', true],
  ];
  for (const [code, expected] of cases) assert.equal(writes(code, "Send"), expected, code);
});

test("a derive that is known to write none of std's traits does write its own", async () => {
  const lib = [
    "pub trait Enum {} pub trait Keyed { type Data; } impl<T: Enum> Keyed for Mark<T> { type Data = T; }",
    "#[derive(made::Enum)] pub struct K(u16);",
    "pub struct Mark<T>(T); impl<T: Enum> Mark<T> { const N: usize = 8; } trait Or { const N: usize = 1; } impl<T> Or for Mark<T> {}",
    "struct A([u8; <Mark<K>>::N]);",
    "struct B(<Mark<K> as Keyed>::Data);",
  ];
  const { semantics } = await openFiles(
    {
      "/ws/Cargo.toml": manifest("app", ["[dependencies]", 'made = { path = "../made" }']),
      "/ws/src/lib.rs": lib.join("\n"),
      "/made/Cargo.toml": manifest("made", ["[lib]", "proc-macro = true"]),
      "/made/src/lib.rs":
        "#[proc_macro_derive(Enum)] pub fn derive(input: TokenStream) -> TokenStream { quote! { impl crate::Enum for #name {} } }",
    },
    { path: "/ws" },
  );
  const told = semantics.definitions("/ws/src/lib.rs").map((definition) => {
    const layout = semantics.layoutOf(definition);
    return layout.status === "exact" ? layout.layout.size : layout.status;
  });
  assert.deepEqual(told, [2n, "generic", "unknown", 2n]);
});

/** The same of every struct of a crate with an attribute macro `mark`, and pin_project's own. */
async function answeredOfAll(items: readonly string[], text: string): Promise<readonly string[]> {
  const macro = (name: string): string => `#[proc_macro_attribute] pub fn ${name}(_: TokenStream, i: TokenStream) -> TokenStream { i }`;
  const { semantics } = await openFiles(
    {
      "/ws/Cargo.toml": manifest("app", ["[dependencies]", 'linkme = { path = "../made" }', 'pin-project-internal = { path = "../pin" }']),
      "/ws/src/lib.rs": `use std::marker::PhantomPinned;\nuse linkme::distributed_slice;\nuse pin_project_internal::pin_project;\n${items.join("\n")}`,
      "/made/Cargo.toml": manifest("linkme", ["[lib]", "proc-macro = true"]),
      "/made/src/lib.rs": `${macro("distributed_slice")}\n#[proc_macro_derive(Mystery)] pub fn d(i: TokenStream) -> TokenStream { i }\n${text}`,
      "/pin/Cargo.toml": manifest("pin-project-internal", ["[lib]", "proc-macro = true"]),
      "/pin/src/lib.rs": `${macro("pin_project")} fn write() { quote! { impl Unpin for A where B: Unpin {} impl<T: Drop> MustNotImplDrop for T {} } }`,
    },
    { path: "/ws" },
  );
  return semantics.definitions("/ws/src/lib.rs").map((definition) => {
    const layout = semantics.layoutOf(definition);
    const holds = layout.status === "exact" ? semantics.traitsOf(layout.type).holds : new Map<string, boolean>();
    return NAMES.flatMap((name) => (holds.get(name) === undefined ? [] : [`${holds.get(name) === true ? "" : "!"}${name}`])).join(" ");
  });
}

test("an attribute macro that keeps its item writes what its crate says in calls and strings, also beside derives", async () => {
  const items = ["#[distributed_slice] struct A(u8);", "#[distributed_slice] #[derive(linkme::Mystery)] struct B(u8);"];
  assert.deepEqual(await answeredOfAll(items, ""), [ALL, ALL]);
  const says = "send !clone !needs_drop";
  assert.deepEqual(await answeredOfAll(items, "fn write() { quote! { impl Unpin for A {} } }"), [says, says]);
});

test("pin_project: Unpin as the fields with pin have it, never by an argument; Drop by an argument only (all as rustc 1.95 says)", async () => {
  const items = [
    "#[pin_project(!Unpin)] #[derive(linkme::Mystery)] struct A { #[pin] a: u8 }",
    "#[pin_project] #[derive(linkme::Mystery)] struct B { #[pin] a: u8, b: PhantomPinned }",
    "#[pin_project] struct C { #[pin] a: PhantomPinned, b: u8 }",
    "#[pin_project(PinnedDrop)] struct D { #[pin] a: u8, b: PhantomPinned }",
    "#[pin_project(UnsafeUnpin)] struct E { #[pin] a: u8, b: PhantomPinned }",
    "#[pin_project(project = IP)] enum I { A(#[pin] PhantomPinned, u8), B }",
    "#[pin_project] enum J { A(PhantomPinned, u8), B { #[pin] b: u16 } }",
  ];
  const fresh = "send !clone !unpin !needs_drop";
  assert.deepEqual(await answeredOfAll(items, ""), [fresh, ALL, fresh, "send !clone unpin", "send !clone !needs_drop", fresh, ALL]);
});

test("a file that is its documentation says nothing", async () => {
  const files = { "/made/README.md": "impl Send" };
  assert.equal(await answered(ITEM, { text: '#![doc = include_str!("../README.md")]', files }), ALL);
  assert.equal(await answered(ITEM, { text: 'fn write() { include_str!("../README.md").parse() }', files }), "");
});

test("what it says as a bound only, the derive does not write", async () => {
  const bounds = "quote! { impl<T: Send + ::core::clone::Clone + Unpin> Mystery for A<T> where Self: Drop {} }";
  assert.equal(await answered(ITEM, { text: `fn write() { ${bounds} }` }), ALL);
  assert.equal(await answered(ITEM, { text: "fn write() { let t = quote!(::core::marker::Send); }" }), "!clone unpin !needs_drop");
});

test("boa's derive of Trace writes an `impl Drop`, unless its attribute says that it does not", async () => {
  const text = 'fn write() { ["empty_trace", "unsafe_empty_trace", "unsafe_no_drop"]; quote!(impl Drop for A) }';
  const traced = (attrs: string, name = "Trace"): Promise<string> =>
    answered(`#[derive(${name})] ${attrs} struct A(u8);`, { names: ["boa_macros", name], text });
  assert.equal(await traced(""), "send !clone unpin needs_drop");
  assert.equal(await traced("#[boa_gc(unsafe_empty_trace)]"), ALL);
  assert.equal(await traced("#[boa_gc(empty_trace)]"), ALL);
  assert.equal(await traced("#[boa_gc(unsafe_no_drop)]"), ALL);
  assert.equal(await traced("#[boa_gc(another)]"), "send !clone unpin");
  assert.equal(await traced("", "Finalize"), ALL);
  const other = answered("#[derive(Trace)] struct A(u8);", {
    names: ["boa_macros", "Trace"],
    text: "fn write() { quote!(impl Drop for A) }",
  });
  assert.equal(await other, "send !clone unpin");
});
