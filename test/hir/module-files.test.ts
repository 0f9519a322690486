/**
 * Where module files are looked for: rustc 1.95 compiles exactly these files, and says these sizes.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectations } from "../support/fixture.ts";
import { openSemantics } from "../support/open-semantics.ts";

const FILES = {
  "/ws/lib.rs": `#[path = "weird/other.rs"] pub mod pathed;
pub mod inline {
    #[path = "odd.rs"] pub mod p;
    pub mod plain;
    #[path = "sub"] pub mod renamed {
        pub mod child;
        #[path = "z.rs"] pub mod zz;
        pub mod deeper { pub mod leaf; }
    }
}
pub mod tree;
pub mod flat;
struct A(pathed::next::Next); // 8/4
struct B(pathed::inl::deep::Deep); // 16/8
struct C(inline::plain::Plain); // 2/2
struct D(inline::renamed::zz::Zz); // 8/4
struct E(inline::renamed::deeper::leaf::Leaf); // 16/16
struct F(tree::T, tree::inl::y::Y); // 24/8
struct G(flat::inl::x::X, flat::beside::Beside); // 4/2
`,
  "/ws/weird/other.rs": "pub struct InOther(u8); pub mod next; pub mod inl { pub mod deep; }",
  "/ws/weird/next.rs": "pub struct Next(super::InOther, u32);",
  "/ws/weird/inl/deep.rs": "pub struct Deep(u64, super::super::InOther);",
  "/ws/inline/odd.rs": "pub struct Odd(u16);",
  "/ws/inline/plain.rs": "pub struct Plain(super::p::Odd);",
  "/ws/inline/sub/child.rs": "pub struct Child(u32);",
  "/ws/inline/sub/z.rs": "pub struct Zz(super::child::Child, u8);",
  "/ws/inline/sub/deeper/leaf.rs": "pub struct Leaf(u128);",
  "/ws/tree/mod.rs": 'pub mod leaf; pub struct T(leaf::Leaf); pub mod inl { #[path = "x.rs"] pub mod y; }',
  "/ws/tree/leaf.rs": "pub struct Leaf(u8, u16);",
  "/ws/tree/inl/x.rs": "pub struct Y(super::super::T, u64);",
  "/ws/flat.rs": '#[path = "near.rs"] pub mod beside; pub mod inl { #[path = "x.rs"] pub mod x; }',
  "/ws/near.rs": "pub struct Beside(u16);",
  "/ws/flat/inl/x.rs": "pub struct X(u8);",
};

test("`mod` and `#[path]` find their files as in rustc, in inline modules too", async () => {
  const found = expectations(await openSemantics(FILES), "/ws/lib.rs", FILES["/ws/lib.rs"]);
  assert.equal(found.length, 7);
  assert.deepEqual(
    found.filter(({ expected, actual }) => expected !== actual),
    [],
  );
});

test("types in files whose module is configured out say so, also where a macro does it", async () => {
  const sema = await openSemantics({
    "/ws/lib.rs": `macro_rules! cfg_rt { ($($i:item)*) => { $( #[cfg(feature = "rt")] $i )* } }
      cfg_rt! { pub mod runtime; }
      #[cfg(windows)] mod win;
      #[cfg(unix)] mod unix;`,
    "/ws/runtime/mod.rs": "mod inner; pub struct Runtime(u8);",
    "/ws/runtime/inner.rs": "pub struct Inner(u8); #[cfg(any())] struct Never;",
    "/ws/win.rs": "pub struct Handle(u8); mod inline { struct In; }",
    "/ws/unix.rs": "pub struct Fd(u32);",
    "/ws/stray.rs": "pub struct Stray(u32);",
  });
  const told = (file: string): unknown => sema.definitions(file).map((it) => [it.name, it.inactive]);
  assert.deepEqual(told("/ws/runtime/mod.rs"), [["Runtime", 'feature = "rt"']]);
  assert.deepEqual(told("/ws/runtime/inner.rs"), [
    ["Inner", 'feature = "rt"'],
    ["Never", 'feature = "rt"'],
  ]);
  assert.deepEqual(told("/ws/win.rs"), [
    ["Handle", "windows"],
    ["In", "windows"],
  ]);
  assert.deepEqual(told("/ws/unix.rs"), [["Fd", undefined]]);
  assert.deepEqual(told("/ws/stray.rs"), []);
});

test("a file may be included as a value: its path counts from the file of the constant", async () => {
  const files = {
    "/ws/lib.rs": `pub mod deep { pub mod inner; }
      const LEN: usize = include!("len.in");
      const NEXT: usize = 1;
      struct A([u8; LEN]); // 23/1
      struct B([u8; include!(concat!("deep/", "len.in"))]); // 4/1
      struct C([u8; deep::inner::LEN]); // 4/1
      struct D([u8; include!("gone.in")]); // unknown: macro \`include!\`: \`/ws/gone.in\` does not exist
    `,
    "/ws/len.in": "3 + 4 * 5 // twenty-three",
    "/ws/deep/len.in": "{\n    let two = 2;\n    two + 1 + 1\n}\n",
    "/ws/deep/inner.rs": 'pub const LEN: usize = include!("len.in");',
  };
  const found = expectations(await openSemantics(files), "/ws/lib.rs", files["/ws/lib.rs"]);
  assert.equal(found.length, 4);
  assert.deepEqual(
    found.filter(({ expected, actual }) => expected !== actual),
    [],
  );
});
