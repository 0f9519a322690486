/**
 * The search for impls parses only files whose text may hold one, and misses none however it is written.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectations } from "../support/fixture.ts";
import { openFiles } from "../support/open-semantics.ts";

const ROOT = "/ws/lib.rs";

/** A crate whose `Answer` needs the impl of `Size` for `Wanted`, which stands in one of the other files. */
function crate(modules: string): string {
  return `${modules}
pub trait Size { type Bytes; }
pub struct Wanted;
pub struct Answer(<Wanted as Size>::Bytes); // 6/2
`;
}

/** Opens the crate, checks its answer, and gives the count of parsed files and macro outputs. */
async function parsedFor(files: Readonly<Record<string, string>>): Promise<number> {
  const { host, semantics } = await openFiles(files);
  const found = expectations(semantics, ROOT, files[ROOT] ?? "");
  assert.deepEqual(
    found.map(({ expected, actual }) => [actual, expected]),
    [["6/2", "6/2"]],
  );
  return host.runtime.workCounts.get("parse") ?? 0;
}

const IMPL = "impl Size for Wanted { type Bytes = [u16; 3]; }";

test("files that do not say the trait's name are not parsed", async () => {
  const far = {
    "/ws/a.rs": "pub struct A; impl Clone for A { fn clone(&self) -> A { assert!(true); A } }",
    "/ws/b.rs": '/* Size */ pub fn f() -> &\'static str { "a" } // Size\npub mod inner { pub struct B; }',
    "/ws/c.rs": "own! { pub struct C; }",
  };
  const own = "#[macro_use] mod macros { macro_rules! own { ($($t:tt)*) => { $($t)* } } } mod a; mod b; mod c; mod d;";
  const with3 = await parsedFor({ ...far, [ROOT]: crate(own), "/ws/d.rs": `use super::*; ${IMPL}` });
  const alone = await parsedFor({ [ROOT]: crate(own.replace("mod a; mod b; mod c; ", "")), "/ws/d.rs": `use super::*; ${IMPL}` });
  assert.equal(with3, alone);
});

test("where the impl beside the type or the trait holds no other file is parsed", async () => {
  const far = { "/ws/c.rs": `use crate::*; struct Other; ${IMPL.replace("Wanted", "Other")}` };
  const besideType = { "/ws/d.rs": `use super::*; pub struct Wanted; ${IMPL}` };
  const root = (modules: string): string => crate(`${modules} pub mod d; pub use d::Wanted;`).replace("pub struct Wanted;", "");
  assert.equal(await parsedFor({ ...far, ...besideType, [ROOT]: root("mod c;") }), await parsedFor({ ...besideType, [ROOT]: root("") }));
  const besideTrait = (modules: string): string => `${crate(modules)} ${IMPL}`;
  assert.equal(await parsedFor({ ...far, [ROOT]: besideTrait("mod c;") }), await parsedFor({ [ROOT]: besideTrait("") }));
});

test("an impl that may be specialised is not taken before the others are known", async () => {
  const general = "pub trait Size { type Bytes; } impl<T> Size for T { default type Bytes = u8; } mod d; pub struct Wanted;";
  const { semantics } = await openFiles({
    [ROOT]: `#![feature(specialization)] ${general} pub struct Answer(<Wanted as Size>::Bytes);`,
    "/ws/d.rs": `use super::*; ${IMPL}`,
  });
  const answer = semantics.layoutOf(semantics.definitions(ROOT).find(({ name }) => name === "Answer") ?? assert.fail());
  assert.equal(answer.status, "unknown");
});

const WAYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "in a file below one that does not say it": { "/ws/d.rs": "mod e;", "/ws/d/e.rs": `use crate::*; ${IMPL}` },
  "in a module file that a macro call declares": { "/ws/d.rs": "own! { mod e; }", "/ws/d/e.rs": `use crate::*; ${IMPL}` },
  "in a function's body": { "/ws/d.rs": `use super::*; fn f() { ${IMPL} }` },
  "under another name of the trait": {
    "/ws/d.rs": `pub mod names { pub use crate::Size as Length; } mod e;`,
    "/ws/d/e.rs": `use super::names::Length; use crate::Wanted; ${IMPL.replace("Size", "Length")}`,
  },
  "under another name of that name": {
    "/ws/d.rs": "pub mod names { pub use crate::Size as Length; pub mod more { pub use super::Length as Width; } } mod e;",
    "/ws/d/e.rs": `use super::names::more::Width; use crate::Wanted; ${IMPL.replace("Size", "Width")}`,
  },
  "by a macro of another file": { "/ws/d.rs": "use super::*; sized!(Wanted);" },
  "by a macro that such a macro calls": { "/ws/d.rs": "use super::*; outer!(Wanted);" },
  "by a macro named in the arguments of another": { "/ws/d.rs": "use super::*; apply!(sized Wanted);" },
  "by a macro that a macro made": { "/ws/d.rs": "use super::*; made!(Wanted);" },
  "in an included file": { "/ws/d.rs": 'include!("e.in");', "/ws/e.in": `use crate::*; ${IMPL}` },
};

const MACROS = `#[macro_use] mod macros {
  macro_rules! own { ($($t:tt)*) => { $($t)* } }
  macro_rules! sized { ($t:ty) => { impl Size for $t { type Bytes = [u16; 3]; } } }
  macro_rules! outer { ($t:ty) => { sized!($t); } }
  macro_rules! apply { ($m:ident $t:ty) => { $m!($t); } }
  own! { macro_rules! made { ($t:ty) => { impl Size for $t { type Bytes = [u16; 3]; } } } }
} mod d;`;

for (const [way, files] of Object.entries(WAYS)) {
  test(`an impl is found ${way}`, async () => {
    assert.ok((await parsedFor({ [ROOT]: crate(MACROS), ...files })) > 0);
  });
}
