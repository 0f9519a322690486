// Leaves beside the bundles what V8 makes of them (`dist/code/`), so that the first start of all need not compile them either. It is
// for the Node that runs this; others, an editor's own among them, keep theirs at their first start (`server/src/code-cache.ts`).
//
// V8 keeps the functions that have run: a server is asked about a small package that has something of everything.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { OpenDocument, startServer } from "./bench/server-process.mjs";

const MANIFEST = `
[package]
name = "package"
version = "0.1.0"
edition = "2021"

[dependencies]
dependency = { version = "1", features = ["full"] }
`;
const LOCK = `
version = 4

[[package]]
name = "dependency"
version = "1.2.3"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "00"

[[package]]
name = "package"
version = "0.1.0"
dependencies = ["dependency"]
`;
const DEPENDENCY_MANIFEST = `
[package]
name = "dependency"
version = "1.2.3"
edition = "2018"

[features]
default = ["std"]
std = []
full = ["std"]

[target.'cfg(all(unix, not(target_os = "wasi")))'.dependencies]
`;
const DEPENDENCY = `
#![cfg_attr(not(feature = "std"), no_std)]
#[macro_use] mod macros;
#[cfg(feature = "full")] pub mod data;
pub use crate::data::{Wide, *};
pub mod other { pub use super::data::Part as Piece; pub(crate) struct Hidden(u8); }
pub trait Shape { type Part; const SIDES: usize; }
impl<T: Copy> Shape for Option<T> { type Part = Vec<T>; const SIDES: usize = 4; }
`;
const MACROS = `
macro_rules! ast { ($(#[$attr:meta])* pub struct $name:ident $body:tt) => { $(#[$attr])* pub struct $name $body }; ($($rest:tt)*) => { ast_enum!($($rest)*); } }
macro_rules! ast_enum { ($(#[$attr:meta])* pub enum $name:ident { $($variant:ident($of:ident)),* $(,)? }) => {
    $(#[$attr])* pub enum $name { $($variant($of)),* }
    $(impl From<$of> for $name { fn from(e: $of) -> $name { $name::$variant(e) } })*
} }
macro_rules! items { ($($item:item)*) => { $(#[cfg(feature = "std")] $item)* } }
#[macro_export] macro_rules! token { [+] => { $crate::data::Plus }; [$name:ident] => { $crate::data::$name }; }
`;
const DATA = `
use std::cell::{Cell, UnsafeCell}; use std::marker::PhantomData; use std::sync::Arc; use std::{fmt, num::NonZeroU32};
ast! { /// Documented.
#[non_exhaustive] pub struct Part { pub attrs: Vec<Part>, pub plus: token![+], pub(crate) end: Option<Box<Expr>> } }
ast! { pub enum Expr { Part(Part), Wide(Wide) } }
items! { pub struct Plus { spans: [Span; 3] } #[derive(Clone, Copy)] pub struct Span(NonZeroU32, PhantomData<Cell<()>>); impl fmt::Debug for Span { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { Ok(()) } } }
#[derive(Debug)] #[repr(C, align(16))] pub struct Wide { inner: Arc<UnsafeCell<Inner<u8, { 1 + 2 }>>>, state: core::sync::atomic::AtomicUsize }
pub(super) struct Inner<T: ?Sized, const N: usize> where T: Send { list: [u16; N], of: PhantomData<fn() -> T>, next: *const T }
unsafe impl<T: ?Sized, const N: usize> Send for Inner<T, N> where T: Send {}
pub static COUNT: usize = 3; pub type Callback = Box<dyn Fn(&str, &mut [u8; COUNT_OF]) -> Result<(), std::io::Error> + Send + 'static>; const COUNT_OF: usize = 1 << 2;
impl Drop for Wide { fn drop(&mut self) { if let Some(x) = Some(1) { drop(x) } } }
`;
const MORE = `
use dependency::{other::Piece, token, Expr, Shape as _};
pub struct Reached { expr: Expr, piece: Piece, plus: token![+], call: dependency::Callback, part: <Option<u8> as dependency::Shape>::Part }
macro_rules! make { ($($name:ident: $ty:ty),*) => { $(#[derive(Clone)] pub struct $name { value: $ty, small: u8 })* }; }
make! { First: u32, Second: [u16; LENGTH * 2] }
const LENGTH: usize = width(3) + core::mem::size_of::<u32>();
const fn width(n: usize) -> usize { let mut i = 0; while i < n { i += 1; } i }
pub trait Shape { type Part; const SIDES: usize; }
impl Shape for First { type Part = Vec<Second>; const SIDES: usize = 4; }
pub struct Parts<S: Shape>(S::Part, [u8; 3]);
pub struct Whole { parts: Parts<First>, list: std::collections::HashMap<String, Box<dyn Fn() + Send>>, end: Option<Kind> }
#[repr(u8)] pub enum Kind { One = 1, Two, Other(u8) }
pub mod inner { pub use super::*; pub union Bits { a: u64, b: [u8; 8] } pub fn run() { struct Local(u8); let _ = Local(1); } }
`;

/** The package and what it depends on, as cargo would have fetched it. */
function writePackages(scratch, text) {
  const [folder, registry] = [join(scratch, "package"), join(scratch, "cargo/registry/src/index.crates.io-1/dependency-1.2.3")];
  const files = {
    [join(folder, "Cargo.toml")]: MANIFEST,
    [join(folder, "Cargo.lock")]: LOCK,
    [join(folder, "src/lib.rs")]: text,
    [join(registry, "Cargo.toml")]: DEPENDENCY_MANIFEST,
    [join(registry, "src/lib.rs")]: DEPENDENCY,
    [join(registry, "src/macros.rs")]: MACROS,
    [join(registry, "src/data.rs")]: DATA,
  };
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

/** Kept code stands behind a hash of its bytes. */
const HASH_BYTES = 32;

/** Answers on a package, over one channel; what V8 compiled is kept in the cache's folder. */
async function exercise({ dist, channel, cache, scratch, folder, text }) {
  const env = { ...process.env, CARGO_HOME: join(scratch, "cargo") };
  const server = await startServer({ dist, channel, cache, env, folder });
  const document = new OpenDocument(server, join(folder, "src/lib.rs"), text);
  for (const [found] of text.matchAll(/(?<=(?:struct|enum|union|type) )[A-Z]\w*/g)) {
    const position = document.position(text.search(new RegExp(`(?<=(struct|enum|union|type) )${found}\\b`)));
    await document.hover(position);
  }
  const lines = text.split("\n").length;
  await document.hints(0, lines);
  await server.stop();
}

/** Writes the code of both bundles into `dist/code/`. */
export async function buildCode(dist) {
  const scratch = mkdtempSync(join(tmpdir(), "stowplan-code-"));
  try {
    const example = fileURLToPath(new URL("../example/src/lib.rs", import.meta.url));
    const text = readFileSync(example, "utf8") + MORE;
    const folder = writePackages(scratch, text);
    rmSync(join(dist, "code"), { recursive: true, force: true });
    mkdirSync(join(dist, "code"));
    for (const channel of ["ipc", "stdio"]) {
      const cache = join(scratch, channel);
      await exercise({ dist, channel, cache, scratch, folder, text });
      for (const name of readdirSync(join(cache, "code"))) {
        const kept = readFileSync(join(cache, "code", name));
        writeFileSync(join(dist, "code", name), kept.subarray(HASH_BYTES));
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
