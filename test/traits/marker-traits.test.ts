/**
 * Marker traits of user types against what rustc 1.95 says of the same text (each answer compiled: trait bounds and `needs_drop`).
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TypeTraits } from "../../server/src/hir/model.ts";
import type { OpenOptions } from "../support/open-semantics.ts";
import { openSemantics } from "../support/open-semantics.ts";

const ROOT = "/ws/lib.rs";
const PRELUDE = "use std::cell::{Cell, RefCell}; use std::marker::PhantomData; use std::rc::Rc;\n";
const NAMES = ["send", "sync", "copy", "clone", "unpin", "freeze", "needs_drop", "unwind_safe", "ref_unwind_safe"];

async function traitsOf(source: string, options?: OpenOptions): Promise<(name: string) => TypeTraits> {
  const semantics = await openSemantics({ [ROOT]: PRELUDE + source }, options);
  return (name) => {
    const definition = semantics.definitions(ROOT).find((d) => d.name === name);
    assert.ok(definition, `${name} is not listed`);
    const layout = semantics.layoutOf(definition);
    assert.equal(layout.status, "exact", name);
    return semantics.traitsOf(layout.type);
  };
}

/** The traits that hold, `?` for those that are not answered. */
function shown({ holds }: TypeTraits): string {
  return NAMES.flatMap((name) => (holds.get(name) === false ? [] : [holds.get(name) === undefined ? `${name}?` : name])).join(" ");
}

async function check(source: string, expected: Readonly<Record<string, string>>, options?: OpenOptions): Promise<void> {
  const of = await traitsOf(source, options);
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, shown(of(name))])), expected);
}

test("an impl for a pointer's owner decides alone, also under another name of the trait", async () => {
  await check(
    `use std::marker::Send as S;
struct R(*const u8);
unsafe impl S for R {}
struct C<T>(*const T);
unsafe impl<T: Sync> Send for C<T> {}
unsafe impl<T: Sync> Sync for C<T> {}
type Ca = C<u8>;
type Cb = C<Cell<u8>>;`,
    {
      R: "send unpin freeze unwind_safe ref_unwind_safe",
      Ca: "send sync unpin freeze unwind_safe ref_unwind_safe",
      Cb: "unpin freeze",
    },
  );
});

test("a type with an unsafe field has no unsafe auto trait but by an impl", async () => {
  const source = `struct Uf { unsafe a: u8 }
enum Ue { A(u8), B { unsafe a: u64, b: bool } }
struct In([Uf; 0]);
struct By { unsafe a: u8 }
unsafe impl Send for By {}
struct Ref(&'static Uf, By);`;
  await check(source, {
    Uf: "unpin unwind_safe ref_unwind_safe",
    Ue: "unpin unwind_safe ref_unwind_safe",
    In: "unpin unwind_safe ref_unwind_safe",
    By: "send unpin unwind_safe ref_unwind_safe",
    Ref: "unpin unwind_safe ref_unwind_safe",
  });
  const of = await traitsOf(source);
  assert.deepEqual(of("In").reasons.get("send"), ["0: [Uf; 0]", "Uf", "unsafe a: u8"]);
});

test("locks give Sync for Send, cells never", async () => {
  await check(
    `struct Mx(std::sync::Mutex<Cell<u8>>);
struct Mr(std::sync::Mutex<Rc<u8>>);
struct Rf<'a>(&'a mut Cell<u8>);
enum En { A, B(RefCell<String>), C { x: &'static Cell<u8> } }`,
    {
      Mx: "send sync unpin unwind_safe ref_unwind_safe",
      Mr: "unpin needs_drop unwind_safe ref_unwind_safe",
      Rf: "send unpin freeze",
      En: "unpin needs_drop",
    },
  );
});

test("trait objects have the auto traits they and their supertraits say", async () => {
  await check(
    `trait Sub: Send + Iterator<Item = u16> {}
trait Plain {}
struct Ds { d: Box<dyn Sub> }
struct Dp { d: Box<dyn Plain> }
struct Dps { d: Box<dyn Plain + Send + Sync> }`,
    {
      Ds: "send unpin freeze needs_drop",
      Dp: "unpin freeze needs_drop",
      Dps: "send sync unpin freeze needs_drop",
    },
  );
});

test("a trait named by a path without dyn is the one the path leads to", async () => {
  await check(
    `pub trait Tr: Send {}
mod a {
  pub trait Tr: Send + Sync {}
  pub mod b {
    pub trait Tr {}
    pub struct X(Box<super::Tr>);
    pub struct Y(Box<crate::Tr>);
    pub struct Z(Box<self::Tr>);
    macro_rules! bare { ($n:ident) => { pub struct $n(Box<$crate::Tr>, &'static ($crate::a::Tr)); } }
    bare!(W);
  }
}`,
    {
      X: "send sync unpin freeze needs_drop",
      Y: "send unpin freeze needs_drop",
      Z: "unpin freeze needs_drop",
      W: "send unpin freeze needs_drop",
    },
    { edition: 2018 },
  );
});

test("function pointers have all, PhantomData what its argument has", async () => {
  await check(
    `struct F(fn(Rc<u8>) -> Rc<u8>);
struct Pd(PhantomData<Rc<u8>>);
struct Pf(PhantomData<fn(Rc<u8>)>);`,
    {
      F: "send sync unpin freeze unwind_safe ref_unwind_safe",
      Pd: "unpin freeze unwind_safe ref_unwind_safe",
      Pf: "send sync unpin freeze unwind_safe ref_unwind_safe",
    },
  );
});

test("drop is needed for a Drop impl or a part that needs it, not in ManuallyDrop, unions and empty arrays", async () => {
  await check(
    `struct Ar([String; 0], [u8; 3]);
struct Md(std::mem::ManuallyDrop<String>);
struct Ms { a: std::mem::ManuallyDrop<String>, b: String }
union U { a: u8, b: std::mem::ManuallyDrop<String> }
struct Dr(u8);
impl Drop for Dr { fn drop(&mut self) {} }
struct Has { d: Option<Dr> }`,
    {
      Ar: "send sync unpin freeze unwind_safe ref_unwind_safe",
      Md: "send sync unpin freeze unwind_safe ref_unwind_safe",
      Ms: "send sync unpin freeze needs_drop unwind_safe ref_unwind_safe",
      U: "send sync unpin freeze unwind_safe ref_unwind_safe",
      Dr: "send sync unpin freeze needs_drop unwind_safe ref_unwind_safe",
      Has: "send sync unpin freeze needs_drop unwind_safe ref_unwind_safe",
    },
  );
});

test("derives hold under the bounds the compiler gives them", async () => {
  await check(
    `#[derive(Clone, Copy)]
struct It<I: Iterator>(I::Item) where I::Item: Copy;
type Ita = It<std::vec::IntoIter<u8>>;
#[derive(Clone)]
struct Ic<I: Iterator> { last: Option<I::Item>, i: I }
type Ica = Ic<std::vec::IntoIter<String>>;
#[derive(Clone, Copy)]
struct G<T>(T);
type Gs = G<String>;`,
    {
      Ita: "send sync clone unpin freeze unwind_safe ref_unwind_safe",
      Ica: "send sync clone unpin freeze needs_drop unwind_safe ref_unwind_safe",
      Gs: "send sync clone unpin freeze needs_drop unwind_safe ref_unwind_safe",
    },
  );
});

test("impls by hand hold under their own bounds", async () => {
  await check(
    `struct Hand(Rc<u8>);
impl Clone for Hand { fn clone(&self) -> Self { Hand(self.0.clone()) } }
struct Cond<T>(T);
impl<T: Copy> Clone for Cond<T> { fn clone(&self) -> Self { Cond(self.0) } }
impl<T: Copy> Copy for Cond<T> {}
type Ca = Cond<u8>;
type Cb = Cond<String>;
type Ct = (Cond<u8>, [Cond<u8>; 2], &'static String, fn());`,
    {
      Hand: "clone unpin freeze needs_drop unwind_safe ref_unwind_safe",
      Ca: "send sync copy clone unpin freeze unwind_safe ref_unwind_safe",
      Cb: "send sync unpin freeze needs_drop unwind_safe ref_unwind_safe",
      Ct: "send sync copy clone unpin freeze unwind_safe ref_unwind_safe",
    },
  );
});

test("types that contain each other have an auto trait unless a part lacks it", async () => {
  await check(
    `struct A { b: Option<Box<B>> }
struct B { a: Vec<A>, x: Cell<u8> }`,
    {
      A: "send unpin freeze needs_drop unwind_safe",
      B: "send unpin needs_drop unwind_safe",
    },
  );
});

test("fields of associated types are those the impl names", async () => {
  await check(
    `trait Assoc { type Out; }
impl<T> Assoc for Vec<T> { type Out = T; }
impl Assoc for u8 { type Out = Rc<u8>; }
struct Pr<T: Assoc>(T::Out);
type Pa = Pr<Vec<u8>>;
type Pb = Pr<u8>;`,
    {
      Pa: "send sync unpin freeze unwind_safe ref_unwind_safe",
      Pb: "unpin freeze needs_drop unwind_safe ref_unwind_safe",
    },
  );
});

test("impls made by macros count", async () => {
  await check(
    `macro_rules! sendit { ($t:ty) => { unsafe impl Send for $t {} } }
struct Mac(*mut u8);
sendit!(Mac);`,
    {
      Mac: "send unpin freeze unwind_safe ref_unwind_safe",
    },
  );
});

test("Unpin fails for PhantomPinned, but not behind Box or against an impl", async () => {
  await check(
    `struct Un(std::marker::PhantomPinned, u8);
impl Unpin for Un {}
struct Pp(std::marker::PhantomPinned);
struct Pn(std::pin::Pin<Box<std::marker::PhantomPinned>>);`,
    {
      Un: "send sync unpin freeze unwind_safe ref_unwind_safe",
      Pp: "send sync freeze unwind_safe ref_unwind_safe",
      Pn: "send sync unpin freeze needs_drop unwind_safe ref_unwind_safe",
    },
  );
});

test("arguments that are unsized keep their traits", async () => {
  await check(
    `struct W<T: ?Sized>(Box<T>);
type Wd = W<dyn Fn(u8) -> u8 + Send>;
type Ws = W<str>;`,
    {
      Wd: "send unpin freeze needs_drop",
      Ws: "send sync unpin freeze needs_drop unwind_safe ref_unwind_safe",
    },
  );
});

test("the chain to the culprit names fields of the user's types and arguments of std's", async () => {
  const of = await traitsOf(
    "struct Job(u8); struct A { jobs: Vec<Rc<Job>> } struct B { ok: u8, a: A } struct L { next: Option<Box<L>>, x: Rc<u8> }",
  );
  assert.deepEqual(of("A").reasons.get("send"), ["jobs: Vec<Rc<Job>>", "Rc<Job>"]);
  assert.deepEqual(of("B").reasons.get("sync"), ["a: A", "jobs: Vec<Rc<Job>>", "Rc<Job>"]);
  assert.deepEqual(of("L").reasons.get("send"), ["x: Rc<u8>"]);
  assert.equal(of("Job").reasons.has("send"), false);
});

test("a bound on an associated type that a supertrait declares, also a generic one", async () => {
  await check(
    `use std::future::Future; use std::pin::Pin; use std::sync::Mutex;
struct Fu<F>(*mut u8, PhantomData<F>);
unsafe impl<F: Future> Send for Fu<F> {}
type Boxed = Fu<Pin<Box<dyn Future<Output = u8>>>>;
type Lone = Fu<Pin<Box<u8>>>;
trait Lend { type Lent<T>; }
trait Sub: Lend {}
impl Lend for u8 { type Lent<T> = Vec<T>; }
impl Sub for u8 {}
impl Lend for u16 { type Lent<T> = Mutex<T>; }
impl Sub for u16 {}
struct Su<F>(*mut u8, PhantomData<F>);
unsafe impl<F: Sub<Lent<u8>: Clone>> Send for Su<F> {}
type Cloned = Su<u8>;
type Locked = Su<u16>;`,
    {
      Boxed: "send unpin freeze",
      Lone: "unpin freeze unwind_safe ref_unwind_safe",
      Cloned: "send unpin freeze unwind_safe ref_unwind_safe",
      Locked: "unpin freeze unwind_safe ref_unwind_safe",
    },
  );
});

test("a derive macro of unknown effect leaves its traits open, and those only", async () => {
  const of = await traitsOf("#[derive(Mystery)] struct A(u8); #[derive(Serialize)] struct B(u8);");
  assert.equal(of("A").holds.get("clone"), undefined);
  assert.equal(of("A").holds.get("unpin"), undefined);
  assert.equal(of("A").holds.get("send"), undefined);
  assert.equal(of("A").holds.get("freeze"), true);
  assert.equal(of("B").holds.get("clone"), false);
  assert.equal(of("B").holds.get("unpin"), true);
});

// bevy_ecs 0.20: the derive writes `impl Unpin for A where for<'a> [()]: SpecializeFromTemplate {}`; rustc 1.95 says not Unpin.
test("a derive that writes an impl of Unpin that never holds", async () => {
  const of = await traitsOf("#[derive(FromTemplate, Clone)] struct A(u8);");
  assert.deepEqual(
    ["unpin", "send", "clone", "needs_drop"].map((name) => of("A").holds.get(name)),
    [false, true, true, false],
  );
});

test("what a PhantomData names says nothing of Copy", async () => {
  const all = "send sync copy clone unpin freeze unwind_safe ref_unwind_safe";
  await check(
    "type A = PhantomData<String>; type B = (PhantomData<Vec<u8>>, u8); type C = Option<PhantomData<str>>; type D = [PhantomData<String>; 2]; type E = PhantomData<&'static mut u8>;",
    { A: all, B: all, C: all, D: all, E: all.replace(" unwind_safe", "") },
  );
});

test("derive_where writes impls of the traits it names", async () => {
  const of = await traitsOf(
    "use derive_where::derive_where; #[derive_where(Debug)] struct A(Vec<u8>); #[derive_where(Clone)] struct B(u8); " +
      "#[derive_where(ZeroizeOnDrop)] struct C(u8);",
  );
  const traits = (name: string): unknown => ["clone", "copy", "send", "needs_drop"].map((trait) => of(name).holds.get(trait));
  assert.deepEqual(traits("A"), [false, false, true, true]);
  assert.deepEqual(traits("B"), [undefined, false, true, false]);
  assert.deepEqual(traits("C"), [false, false, true, undefined]);
});

// swc's `#[ast_node("A")]` writes `#[derive(Clone, Debug, PartialEq)]`, of an enum `Clone` unless told `no_clone`.
test("derives that an attribute macro is known to add", async () => {
  const a = '#[ast_node("A")] #[derive(EqIgnoreSpan)] struct A(String);';
  const of = await traitsOf(
    `${a} #[ast_node(no_clone)] #[derive(EqIgnoreSpan)] struct B(u8); #[ast_serde] #[derive(Spanned)] struct C(u8);`,
  );
  const traits = (name: string): unknown => ["clone", "copy", "send", "unpin"].map((trait) => of(name).holds.get(trait));
  assert.deepEqual(traits("A"), [true, false, true, true]);
  assert.deepEqual(traits("B"), [false, false, true, true]);
  assert.deepEqual(traits("C"), [undefined, undefined, true, true]);
});

test("a derive is a macro: a trait of its name hides none, and one of the compiler's may be imported by another name", async () => {
  await check(
    `mod a { pub trait Clone {} #[derive(Clone)] pub struct Hidden(u8); }
mod b { use std::clone::Clone as Copy; #[derive(Copy)] pub struct Swapped(u8); }
mod c { use std::prelude::v1::{Copy as K, Clone as C}; #[derive(K, C)] pub struct Renamed(u8); }
mod d { pub use std::marker::Copy as K; pub mod e { use super::*; #[derive(K, ::core::clone::Clone)] pub struct Glob(u8); } }`,
    {
      Hidden: "send sync clone unpin freeze unwind_safe ref_unwind_safe",
      Swapped: "send sync clone unpin freeze unwind_safe ref_unwind_safe",
      Renamed: "send sync copy clone unpin freeze unwind_safe ref_unwind_safe",
      Glob: "send sync copy clone unpin freeze unwind_safe ref_unwind_safe",
    },
  );
});

test("derives of the compiler's own that are of no marker trait say nothing of them", async () => {
  await check("#![feature(adt_const_params)] #[derive(PartialEq, Eq, core::marker::ConstParamTy)] enum Mode { Fast, Slow }", {
    Mode: "send sync unpin freeze unwind_safe ref_unwind_safe",
  });
});
