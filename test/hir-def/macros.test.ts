/**
 * Declarative macros in name resolution: what they make, where it is placed, and why a call makes nothing.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import type { Semantics, TypeDefinition } from "../../server/src/hir/model.ts";
import { openFiles, openSemantics } from "../support/open-semantics.ts";

const ROOT = "/ws/lib.rs";

/** `module::name size` of every definition, unknown ones with their reason. */
function told(sema: Semantics, file = ROOT): readonly string[] {
  return sema.definitions(file).map((definition) => {
    const answer = sema.layoutOf(definition);
    const path = definition.module === "" ? definition.name : `${definition.module}::${definition.name}`;
    return `${path} ${answer.status === "exact" ? answer.layout.size : answer.status === "unknown" ? english(answer.reason) : "generic"}`;
  });
}

async function toldOf(lib: string, others: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  return told(await openSemantics({ [ROOT]: lib, ...others }));
}

function textAt(text: string, { nameRange }: TypeDefinition): string {
  return text.slice(nameRange.start, nameRange.end);
}

test("items in a call's arguments belong to the module and can be named from elsewhere", async () => {
  const found = await toldOf("macro_rules! keep { ($($i:item)*) => { $($i)* } }\nkeep! { pub struct A(u32); }\nstruct B(A, A);");
  assert.deepEqual(found, ["A 4", "B 8"]);
});

test("a macro may be called like what every object of JavaScript has", async () => {
  const macros =
    "macro_rules! constructor { ($n:ident) => { struct $n(u8); } }\nmacro_rules! toString { ($n:ident) => { constructor!($n); } }";
  assert.deepEqual(await toldOf(`${macros}\nconstructor!(A);\ntoString!(B);\nstruct C([A; { const N: usize = 3; N }], B);`), [
    "A 1",
    "B 1",
    "C 4",
  ]);
});

test("a macro is in scope behind its definition only, and in modules below", async () => {
  const found = await toldOf("m!();\nmacro_rules! m { () => { struct S(u8); } }\nmod a { m!(); struct T(S); }\nstruct U(S);");
  assert.deepEqual(found.slice(0, 2), ["a::S 1", "a::T 1"]);
  assert.match(found[2] ?? "", /^U .*`S`/);
});

test("the latest definition in front of a call wins", async () => {
  const lib =
    "macro_rules! m { () => { struct A(u8); } }\nmacro_rules! n { () => { m!(); } }\nmacro_rules! m { () => { struct A(u64); } }\nn!();";
  assert.deepEqual(await toldOf(lib), ["A 8"]);
});

test("macros of a module with macro_use are in scope behind it", async () => {
  const lib = "#[macro_use]\nmod macros;\nmod b;\n";
  const sema = await openSemantics({ [ROOT]: lib, "/ws/macros.rs": "macro_rules! m { () => { struct A(u16); } }", "/ws/b.rs": "m!();" });
  assert.deepEqual(told(sema, "/ws/b.rs"), ["b::A 2"]);
});

test("an out-of-line module declared by a macro has its file, and its items their module", async () => {
  const lib = "macro_rules! cfg_x { ($($i:item)*) => { $($i)* } }\ncfg_x! { pub mod net; }\nstruct S(net::Addr);";
  const sema = await openSemantics({ [ROOT]: lib, "/ws/net.rs": "pub struct Addr(u64);" });
  assert.deepEqual(told(sema), ["S 8"]);
  assert.deepEqual(told(sema, "/ws/net.rs"), ["net::Addr 8"]);
});

test("an inline module made by a macro holds macros and items of its own", async () => {
  const lib =
    "macro_rules! m { ($n:ident) => { pub mod $n { macro_rules! i { () => { pub struct A(u8, u8); } } i!(); } } }\nm!(x);\nstruct B(x::A);";
  assert.deepEqual(await toldOf(lib), ["x::A 2", "B 2"]);
});

test("$crate leads to the crate of the definition", async () => {
  const lib =
    "pub struct Id(u32);\n#[macro_export]\nmacro_rules! wrap { ($n:ident) => { struct $n($crate::Id, $crate::Id); } }\nmod a { crate::wrap!(W); }";
  assert.deepEqual(await toldOf(lib), ["Id 4", "a::W 8"]);
});

test("macros can be imported by use, also under another name", async () => {
  const lib = "macro_rules! m { ($n:ident) => { struct $n(u16); } }\nuse m as made;\nmod a { use super::made; made!(A); }";
  assert.deepEqual(await toldOf(lib), ["a::A 2"]);
});

test("macros make macros, and internal rules and callbacks are followed", async () => {
  const lib = [
    "macro_rules! make { ($n:ident, $t:ty) => { macro_rules! $n { ($s:ident) => { struct $s($t); } } } }",
    "make!(small, u8);",
    "small!(A);",
    "macro_rules! call { ($m:ident) => { $m!(B); } }",
    "call!(small);",
    "macro_rules! inner { (@n $s:ident) => { struct $s(u32); }; ($s:ident) => { inner!(@n $s); } }",
    "inner!(C);",
  ].join("\n");
  assert.deepEqual(await toldOf(lib), ["A 1", "B 1", "C 4"]);
});

test("macros in type position are the types they stand for", async () => {
  const lib = "macro_rules! T { [a] => { u32 }; [b] => { (T![a], u8) } }\nstruct S(T![b]);";
  assert.deepEqual(await toldOf(lib), ["S 8"]);
});

test("statement macros declare items of the block", async () => {
  const lib = "macro_rules! local { ($n:ident) => { struct $n(u64); } }\nfn f() { local!(L); struct M(L); }";
  const sema = await openSemantics({ [ROOT]: lib });
  assert.deepEqual(told(sema), ["L 8", "M 8"]);
  assert.deepEqual(
    sema.definitions(ROOT).map((d) => d.isLocal),
    [true, true],
  );
});

test("the name is placed where it is written, else at the outermost call", async () => {
  const lib =
    "macro_rules! m { ($n:ident) => { struct $n(u8); struct Hidden; } }\nmacro_rules! outer { ($n:ident) => { m!($n); } }\n\n  outer!(Seen);\n";
  const found = (await openSemantics({ [ROOT]: lib })).definitions(ROOT);
  assert.deepEqual(
    found.map((d) => [d.name, textAt(lib, d), d.inMacro]),
    [
      ["Seen", "Seen", "outer"],
      ["Hidden", "outer", "outer"],
    ],
  );
});

const FAR = "pub mod far { pub struct S(u64); }\n";
const CALLBACKS = `pub mod mac {
  macro_rules! inner { () => { pub struct S(u8); } }
  macro_rules! ext { (($out:path)) => { $out! {} } }
  macro_rules! ext_id { (($out:ident)) => { $out! {} } }
  macro_rules! ext_crate { (($out:ident)) => { $crate::mac::$out! {} } }
  macro_rules! ext_parts { (($($out:ident)::+)) => { $($out)::+! {} } }
  macro_rules! in_crate { ($m:ident) => { crate::$m::inner! {} } }
  pub(crate) use {inner, ext, ext_id, ext_crate, ext_parts, in_crate};
}
`;

test("a macro that is handed on by a path, an import, a glob or in parts makes what it says", async () => {
  const bodies = [
    "crate::mac::ext! { (crate::mac::inner) }",
    "crate::mac::ext! { (super::mac::inner) }",
    "use crate::mac::inner as other; crate::mac::ext_id! { (other) }",
    "use crate::mac::*; ext_id! { (inner) }",
    "crate::mac::ext_crate! { (inner) }",
    "crate::mac::ext_parts! { (crate::mac::inner) }",
    "crate::mac::in_crate! { mac }",
    "pub mod n { pub(crate) use crate::mac::inner as m; } crate::mac::ext! { (self::n::m) }",
  ];
  for (const body of bodies) {
    const found = await toldOf(`${FAR}${CALLBACKS}pub mod a { use crate::far::*; ${body} pub struct P(S); }`);
    assert.deepEqual(found.filter((one) => one.startsWith("a::")).sort(), ["a::P 1", "a::S 1"], body);
  }
});

test("a macro that is defined again behind a call is not the one that was called", async () => {
  const bodies = [
    "macro_rules! m { () => { pub struct S(u8); } } macro_rules! w { () => { m! {} } } w! {} macro_rules! m { () => {} }",
    "macro_rules! m { () => { pub struct S(u8); } } crate::mac::ext! { (m) } macro_rules! m { () => {} }",
    "macro_rules! w { () => { outer! {} } } w! {} macro_rules! outer { () => {} }",
    "macro_rules! é { () => { pub struct S(u8); } } macro_rules! w { () => { é! {} } } w! {}",
  ];
  for (const body of bodies) {
    const outer = "macro_rules! outer { () => { pub struct S(u8); } }\n";
    const found = await toldOf(`${FAR}${CALLBACKS}${outer}pub mod a { use crate::far::*; ${body} pub struct P(S); }`);
    assert.deepEqual(found.filter((one) => one.startsWith("a::")).sort(), ["a::P 1", "a::S 1"], body);
  }
});

test("imported macros define macros", async () => {
  const makers = `pub mod mac {
    macro_rules! named { ($n:ident) => { macro_rules! $n { () => { pub struct S(u8); } } } }
    macro_rules! fixed { () => { macro_rules! foo { () => { pub struct S(u8); } } } }
    macro_rules! via { ($m:path) => { $m! {} } }
    macro_rules! nest { () => { $crate::mac::fixed! {} } }
    pub(crate) use {named, fixed, via, nest};
  }\n`;
  const bodies = [
    "use crate::mac::named; named!(foo);",
    "crate::mac::fixed!();",
    "use crate::mac::*; fixed!();",
    "use crate::mac::*; via!(crate::mac::fixed);",
    "use crate::mac::nest as other; other!();",
  ];
  for (const body of bodies) {
    const found = await toldOf(`${FAR}${makers}pub mod a { use crate::far::*; ${body} foo! {} pub struct P(S); }`);
    assert.deepEqual(found.filter((one) => one.startsWith("a::")).sort(), ["a::P 1", "a::S 1"], body);
  }
});

test("the type of a field that a macro writes is told as it is, not as the macro puts it", async () => {
  const lib =
    "macro_rules! pick { (($($t:tt)+) $d:tt) => { $($t)+ }; (() ($($d:tt)*)) => { $($d)* } }\n" +
    "macro_rules! def { ($n:ident $($s:path)?) => { struct $n { s: pick! { ($($s)?) (u8) }, v: $crate::V } } }\n" +
    "pub struct V(u8);\ndef!(A u16);\ndef!(B);\nstruct C { s: pick!{ (u32) () } }";
  const sema = await openSemantics({ [ROOT]: lib });
  const fields = sema.definitions(ROOT).map((one) => sema.fieldsOf(one).map((field) => field.typeText));
  assert.deepEqual(fields, [["u8"], ["u16", "V"], ["u8", "V"], ["pick!{ (u32) () }"]]);
});

test("an included file's items belong to the module of the call and stand in their file", async () => {
  const lib = 'mod a { include!("gen/made.rs"); pub struct B(Made); }';
  const sema = await openSemantics({ [ROOT]: lib, "/ws/gen/made.rs": "\npub struct Made(u16);" });
  assert.deepEqual(told(sema), ["a::B 2"]);
});

test("an included file of the root module is listed with its own places", async () => {
  const sema = await openSemantics({ [ROOT]: 'include!("made.rs");', "/ws/made.rs": "\npub struct Made(u16);" });
  assert.deepEqual(told(sema, "/ws/made.rs"), ["Made 2"]);
  assert.deepEqual(told(sema), []);
});

test("cfg_select takes the arm of the target", async () => {
  assert.deepEqual(await toldOf("cfg_select! { windows => { struct A(u8); } _ => { struct A(u32); } }\nstruct B(A);"), ["A 4", "B 4"]);
});

test("a macro that never ends is cut with its reason, and other items still answer", async () => {
  const found = await toldOf("macro_rules! m { ($($t:tt)*) => { m!($($t)* S); } }\nm!();\nstruct B(S);\nstruct C(u8);");
  assert.deepEqual(found.at(-1), "C 1");
  assert.match(found[0] ?? "", /^B .*(recursion_limit|not found)/);
});

test("a macro that multiplies itself is bounded", async () => {
  const lib =
    "macro_rules! m { ($($t:tt)*) => { m!(struct $($t)*); m!(b $($t)*); macro_rules! n { () => {} } } }\nm!();\nstruct C(u8);\nstruct D(E);";
  const found = await toldOf(lib);
  assert.equal(found[0], "C 1");
  assert.match(found[1] ?? "", /^D /);
});

test("a name that a macro nobody knows may make is unknown with that reason", async () => {
  const found = await toldOf("nobody::knows! { struct A; }\nstruct B(A);");
  assert.match(found[0] ?? "", /^B .*`knows!`/);
});

test("associated types made by macros are found", async () => {
  const lib =
    "trait T { type A; }\nmacro_rules! item { ($t:ty) => { type A = $t; } }\nstruct X;\nimpl T for X { item!(u16); }\nstruct S(<X as T>::A);";
  assert.deepEqual(await toldOf(lib), ["X 0", "S 2"]);
});

test("an extern crate in a macro's output names the crate", async () => {
  const lib = [
    "#![no_std]",
    "macro_rules! yes { ($($i:item)*) => { $($i)* } }",
    "mod m { pub use alloc::boxed::Box; use std::sync as i; yes! { pub use i::RwLock; } }",
    "yes! { extern crate alloc; extern crate std; }",
    "struct S(m::Box<u8>, m::RwLock<u8>);",
  ].join("\n");
  assert.deepEqual(await toldOf(lib), ["S 24"]);
});

test("items of an arm or statement that is not compiled are not", async () => {
  const arm = "match 1 { #[cfg(windows)] 1 => { struct A(Nowhere); } _ => { struct B(u8); } }";
  const statements = "#[cfg(windows)] { struct C(Nowhere); } { struct D(u8); } #[cfg(windows)] let x = { struct E(Nowhere); };";
  const sema = await openSemantics({ [ROOT]: `fn f() { ${arm} ${statements} }` });
  assert.deepEqual(
    sema.definitions(ROOT).map((d) => [d.name, d.inactive]),
    [
      ["A", "windows"],
      ["B", undefined],
      ["C", "windows"],
      ["D", undefined],
      ["E", "windows"],
    ],
  );
});

test("a file that begins with macro_use gives its macros to the module around", async () => {
  const others = {
    "/ws/macros.rs": "//! Macros.\n#![allow(unused)]\n#![macro_use]\nmacro_rules! m { ($n:ident) => { pub struct $n(u16); } }",
    "/ws/b.rs": "m!(B);",
  };
  const sema = await openSemantics({ [ROOT]: "mod macros;\nmod b;\nm!(A);", ...others });
  assert.deepEqual(told(sema), ["A 2"]);
  assert.deepEqual(told(sema, "/ws/b.rs"), ["b::B 2"]);
});

test("macros that an included file defines or makes are in scope behind the `include!`", async () => {
  const others = {
    "/ws/m.rs": 'macro_rules! make { ($t:ty) => { macro_rules! T { () => { $t } } } }\ninclude!("made.rs");',
    "/ws/made.rs": "make!(u16);\nmacro_rules! U { () => { u32 } }",
    "/ws/op.rs": "pub struct A(T!());\npub struct B(U!());",
  };
  const lib = "macro_rules! T { () => { u8 } }\nmacro_rules! U { () => { u8 } }\nstruct C(T!(), U!());\n#[macro_use] mod m;\nmod op;";
  const sema = await openSemantics({ [ROOT]: lib, ...others });
  assert.deepEqual(told(sema), ["C 2"]);
  assert.deepEqual(told(sema, "/ws/op.rs"), ["op::A 2", "op::B 4"]);
});

test("hundreds of calls of macros that are not there cost no more than they are long", async () => {
  const calls = Array.from({ length: 300 }, (_, i) => `m${i % 10}! { pub struct S${i}(u8); }\nn${i % 7}::m! { pub struct T${i}(u8); }`);
  const files = { [ROOT]: `use nowhere::*;\nuse nobody::*;\n${calls.join("\n")}\nstruct A(S3);` };
  const { host, semantics } = await openFiles(files);
  assert.deepEqual(told(semantics), ["A macro `m3!` was not found"]);
  const counts = ["lookup", "resolveMacro", "writtenMacro", "writtenName", "expandCall", "macroReach"];
  for (const name of counts) assert.ok((host.runtime.workCounts.get(name) ?? 0) < 2000, name);
});

test("a macro may call another one of its name by path", async () => {
  const inner = "mod types { macro_rules! id { ($n:ident) => { pub struct $n { at: u32 } } } pub(crate) use id; }";
  const outer = "mod parts { macro_rules! id { ($n:ident) => { super::types::id!($n); impl Clone for $n {} } } id!(A); }";
  assert.deepEqual(await toldOf(`${inner}\n${outer}\nstruct B(parts::A);`), ["parts::A 4", "B 4"]);
});

test("dyn may stand in front of $crate, also in what another macro takes apart", async () => {
  const lib = [
    "pub trait X {} pub trait Y<T> {} pub struct W<T: ?Sized>(*const T);",
    "macro_rules! m { ($n:ident) => { pub struct $n(Box<dyn $crate::X>, W<dyn $crate::Y<u8> + Send>); take!($n dyn $crate::X); } }",
    "macro_rules! take { ($n:ident dyn $($t:tt)*) => { mod inner { pub struct $n(Box<dyn $($t)*>); } } }",
    "m!(A);",
  ].join("\n");
  assert.deepEqual(await toldOf(lib), ["W generic", "A 32", "inner::A 16"]);
});
