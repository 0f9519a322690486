/**
 * What ends an evaluation: steps, memory, depth, panics, cycles – each with a reason and the place it happened at.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { constWorld } from "../support/const-world.ts";
import { openFiles } from "../support/open-semantics.ts";

test("endless loops and endless growth end with a reason", () => {
  const world = constWorld(`
const LOOP: u8 = loop {};
const COUNT: u64 = { let mut i = 0u64; loop { i += 1; if i == 0 { break i; } } };
const GROW: usize = { let mut n = 0; loop { let a = [n; 4096]; n = a[1] + 1; } };
const COPY: usize = { let mut a = [1u8; 65536]; a[0] = 2; loop { let b = a; a = b; } };
const WRITE: u8 = { let mut a = [0u8; 1 << 40]; a[5] = 1; a[5] };
`);
  assert.equal(world.value("LOOP"), "error: evaluating this takes too many steps");
  assert.equal(world.value("COUNT"), "error: evaluating this takes too many steps");
  assert.match(world.value("GROW"), /too many steps|too much memory/);
  assert.match(world.value("COPY"), /too many steps|too much memory/);
  assert.equal(world.value("WRITE"), "error: an array is too large to be written to");
});

test("const fn calls nest as deep as rustc's recursion_limit allows", () => {
  const world = constWorld(`
const fn down(n: u32) -> u32 { if n == 0 { 0 } else { 1 + down(n - 1) } }
const DEEPEST: u32 = down(126);
const TOO_DEEP: u32 = down(127);
const ENDLESS: u32 = again(0);
const fn again(n: u32) -> u32 { again(n) }
`);
  assert.equal(world.value("DEEPEST"), "126");
  assert.equal(world.value("TOO_DEEP"), "error: const fn calls nest too deeply");
  assert.equal(world.value("ENDLESS"), "error: const fn calls nest too deeply");
});

test("the crate's own recursion_limit counts", () => {
  const world = constWorld(`
#![recursion_limit = "256"]
const fn down(n: u32) -> u32 { if n == 0 { 0 } else { 1 + down(n - 1) } }
const DEEPER: u32 = down(200);
`);
  assert.equal(world.value("DEEPER"), "200");
});

test("a chain of a thousand consts is evaluated from its end", () => {
  const links = Array.from({ length: 1000 }, (_, i) => `const C${i}: u32 = ${i === 0 ? "1" : `C${i - 1} + 1`};`);
  assert.equal(constWorld(links.join("\n")).value("C999"), "1000");
});

test("consts that double a const argument of the one before are evaluated once each", async () => {
  const links = Array.from({ length: 60 }, (_, i) => `const X${i + 1}: usize = <A<X${i}> as D>::V + <A<X${i}> as D>::V;`);
  const { host, semantics } = await openFiles({
    "/ws/lib.rs": `struct A<const N: usize>; trait D { const V: usize; } impl<const N: usize> D for A<N> { const V: usize = N + 1; }
      const X0: usize = <A<1> as D>::V; ${links.join("\n")} struct S([u8; X40]);`,
  });
  const s = semantics.definitions("/ws/lib.rs").find((it) => it.name === "S");
  const answer = s === undefined ? undefined : semantics.layoutOf(s);
  // x → 2 (x + 1), from 2 on: 4 · 2ⁿ - 2.
  assert.equal(answer?.status === "exact" ? answer.layout.size : undefined, (4n << 40n) - 2n);
  assert.ok((host.runtime.workCounts.get("constValue") ?? 0) < 1000);
});

test("consts that depend on themselves say so", () => {
  const world = constWorld(`
const A: u8 = B;
const B: u8 = A;
const LEN: usize = [0u8; LEN].len();
const fn f() -> u8 { OUTER }
const OUTER: u8 = f();
`);
  assert.match(world.value("A"), /depends on itself|defined by itself/);
  assert.match(world.value("LEN"), /itself/);
  assert.match(world.value("OUTER"), /itself/);
});

test("a static of a terabyte is one value", () => {
  assert.equal(constWorld("static BIG: [u8; 1 << 40] = [0; 1 << 40]; const LEN: usize = BIG.len();").value("LEN"), "1099511627776");
});

test("the culprit is the innermost expression that cannot be evaluated", () => {
  const world = constWorld(`
const SUM: u8 = 1 + (200 + id(100));
const fn id(x: u8) -> u8 { x }
const CALL: u8 = checked(0);
const fn checked(x: u8) -> u8 { assert!(x > 0, "positive"); x }
const INDEX: u8 = [1, 2, 3][id(7) as usize];
macro_rules! sub { ($a:expr, $b:expr) => { $a - $b }; }
const MACRO: u8 = 5 + sub!(1, id(2));
`);
  assert.equal(world.culprit("SUM"), "(200 + id(100))");
  assert.equal(world.culprit("CALL"), 'assert!(x > 0, "positive")');
  assert.equal(world.value("CALL"), "error: assertion failed: positive");
  assert.equal(world.culprit("INDEX"), "[1, 2, 3][id(7) as usize]");
  assert.equal(world.culprit("MACRO"), "sub!(1, id(2))");
});

test("what is not known in one branch does not matter in another", () => {
  const world = constWorld(`
const TAKEN: u8 = if true { 1 } else { missing::thing() };
const NOT_TAKEN: u8 = if false { 1 } else { missing::thing() };
const ARM: u8 = match 1u8 { 1 => 5, _ => unknown!() };
`);
  assert.equal(world.value("TAKEN"), "1");
  assert.match(world.value("NOT_TAKEN"), /^error: /);
  assert.equal(world.value("ARM"), "5");
});

test("targets decide the width of pointers and the order of bytes", () => {
  const program = `
const MAX: usize = usize::MAX;
const BYTES: [u8; 2] = 0x0102u16.to_ne_bytes();
const PTR: usize = core::mem::size_of::<&[u8]>();
const OVERFLOW: usize = 1 << (usize::BITS - 1) << 1;
const UNION: u8 = { union U { a: u16, b: [u8; 2] } unsafe { U { a: 1 }.b[0] } };
`;
  const small = constWorld(program, { target: "powerpc-unknown-linux-gnu" });
  assert.equal(small.value("MAX"), "4294967295");
  assert.equal(small.value("BYTES"), "[1, 2]");
  assert.equal(small.value("PTR"), "8");
  assert.equal(small.value("UNION"), "0");
  assert.equal(constWorld(program).value("UNION"), "1");
});

test("locals of a macro and of its call are told apart", () => {
  const world = constWorld(`
macro_rules! twice { ($e:expr) => {{ let tmp = 2; tmp * $e }}; }
const CLEAR: u8 = { let x = 5; twice!(x) };
const MIXED: u8 = { let tmp = 5; twice!(tmp) };
`);
  assert.equal(world.value("CLEAR"), "10");
  assert.equal(world.value("MIXED"), "10");
});
