/**
 * How the layout of a generic type depends on its arguments, and that instances get the layout rustc gives them.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { constWorld } from "../support/const-world.ts";
import { expectations } from "../support/fixture.ts";
import { openSemantics } from "../support/open-semantics.ts";

const SOURCE = `
use std::marker::PhantomData;
pub trait Tr { type Out: ?Sized; const N: usize; }
impl Tr for u8 { type Out = [u16]; const N: usize = 3; }
impl Tr for u16 { type Out = u32; const N: usize = 5; }
pub struct Tail<T: Tr + ?Sized> { a: u8, b: T::Out }
pub struct ToTail<T: Tr>(*const Tail<T>);
pub struct ToOut<T: Tr>(*const T::Out, u8);
pub struct Out<T: Tr>(u8, PhantomData<T>, <T as Tr>::Out) where T::Out: Sized;
pub struct Plain<T: ?Sized>(u8, Box<T>);
pub struct Both<T>(T, Box<T>);
pub struct Marked<T: ?Sized>(u8, PhantomData<T>);
pub struct Calls<T: 'static>(fn(T) -> T, &'static dyn Fn(T));
pub struct Counted<T, const N: usize>(*const [T; N], [u8; N]);
pub struct Node<T> { next: Option<Box<Node<T>>>, value: T }
pub struct Circle<T>(Vec<Circle<T>>, PhantomData<T>);
pub struct Nested<T: Tr>(Option<Box<ToTail<T>>>, ToTail<T>);
pub struct Inside<A, B, C>(Vec<A>, Option<Box<B>>, (C, [Option<C>; 2]));
pub enum Choice<A, B> { One(Box<A>), Two(B), None }
pub union Raw<T: Copy> { of: T, at: *const T }
pub struct Sized3; pub struct Wide { a: u64, b: u8 }

type T1 = ToTail<u8>; // 16/8
type T2 = ToTail<u16>; // 8/8
type T3 = ToOut<u8>; // 24/8
type T4 = ToOut<u16>; // 16/8
type T5 = Out<u16>; // 8/4
type T6 = Plain<str>; // 24/8
type T7 = Plain<Wide>; // 16/8
type T8 = Plain<dyn Send>; // 24/8
type T9 = Plain<[Wide]>; // 24/8
type T10 = Both<Wide>; // 24/8
type T11 = Both<Sized3>; // 8/8
type T12 = Marked<Wide>; // 1/1
type T13 = Calls<Wide>; // 24/8
type T14 = Counted<Wide, 3>; // 16/8
type T15 = Counted<u8, 9>; // 24/8
type T16 = Node<u8>; // 16/8
type T17 = Node<Wide>; // 24/8
type T18 = Circle<Wide>; // 24/8
type T19 = Nested<u8>; // 24/8
type T20 = Nested<u16>; // 16/8
type T21 = Inside<Wide, Wide, u8>; // 40/8
type T22 = Inside<u8, u8, Wide>; // 96/8
type T23 = Choice<Wide, u8>; // 16/8
type T24 = Choice<u8, Wide>; // 24/8
type T25 = Raw<u8>; // 8/8
type T26 = Raw<[u64; 3]>; // 24/8
type T27 = Option<Plain<Wide>>; // 16/8
type T28 = Option<Option<Node<bool>>>; // 16/8
type T29 = Choice<Plain<Wide>, Option<Box<Wide>>>; // 16/8
type T30 = Choice<Box<str>, Box<str>>; // 24/8
type T31 = (Plain<Wide>, Plain<u8>, Plain<str>); // 56/8
`;

test("instances have the layouts that rustc gives them", async () => {
  const found = expectations(await openSemantics({ "/ws/lib.rs": SOURCE }), "/ws/lib.rs", SOURCE);
  assert.equal(found.length, 31);
  assert.deepEqual(
    found.filter(({ expected, actual }) => expected !== actual),
    [],
  );
});

test("a parameter behind a pointer is thin, one in a field held, one that a trait or a const sees any", () => {
  const { world } = constWorld(SOURCE);
  const uses = (name: string): string => {
    const found = world.defs.lookup(world.defs.rootModule(0), name, "types");
    if (found.kind !== "found" || found.named.kind !== "def") throw new Error(`no ${name}`);
    return world.paramUses(found.named.def).join(" ");
  };
  const expected = {
    ToTail: "any",
    ToOut: "any",
    Out: "any",
    Plain: "thin",
    Both: "held",
    Marked: "thin",
    Calls: "thin",
    Counted: "thin any",
    Node: "held",
    Circle: "thin",
    Nested: "any",
    Inside: "thin thin held",
    Choice: "thin held",
    Raw: "held",
  };
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, uses(name)])), expected);
});

test("boxes of many types are laid out once", () => {
  const fields = Array.from({ length: 40 }, (_, i) => `f${i}: Option<Box<S${i}>>`).join(", ");
  const structs = Array.from({ length: 40 }, (_, i) => `pub struct S${i}(u8);`).join(" ");
  const { world } = constWorld(`${structs} pub struct All { ${fields} }`);
  const found = world.defs.lookup(world.defs.rootModule(0), "All", "types");
  assert.ok(found.kind === "found" && found.named.kind === "def");
  const type = world.selfType(found.named.def);
  assert.ok(type !== undefined);
  world.runtime.resetWorkCounts();
  assert.ok(world.layoutOf(type).ok);
  const layouts = world.runtime.workCounts.get("layout") ?? 0;
  assert.ok(layouts > 40 && layouts < 50, `${layouts} layouts`);
});
