// Leaves beside the bundles what V8 makes of them (`dist/code/`), so that the first start of all need not compile them either. It is
// for the Node that runs this; others, an editor's own among them, keep theirs at their first start (`server/src/code-cache.ts`).
//
// V8 keeps the functions that have run: a server is asked about a small package that has something of everything.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { OpenDocument, startServer } from "./bench/server-process.mjs";

const MORE = `
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

/** Kept code stands behind a hash of its bytes. */
const HASH_BYTES = 32;

/** Answers on a package, over one channel; what V8 compiled is kept in the cache's folder. */
async function exercise({ dist, channel, cache, folder, text }) {
  const server = await startServer({ dist, channel, cache });
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
    const example = fileURLToPath(new URL("../example", import.meta.url));
    const folder = join(scratch, "package");
    cpSync(example, folder, { recursive: true });
    const text = readFileSync(join(example, "src/lib.rs"), "utf8") + MORE;
    writeFileSync(join(folder, "src/lib.rs"), text);
    rmSync(join(dist, "code"), { recursive: true, force: true });
    mkdirSync(join(dist, "code"));
    for (const channel of ["ipc", "stdio"]) {
      const cache = join(scratch, channel);
      await exercise({ dist, channel, cache, folder, text });
      for (const name of readdirSync(join(cache, "code"))) {
        const kept = readFileSync(join(cache, "code", name));
        writeFileSync(join(dist, "code", name), kept.subarray(HASH_BYTES));
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
