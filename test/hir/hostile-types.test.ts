/**
 * Types that are small as written and enormous as trees, or very deep: the work follows what is written. Without that, each of these
 * tests would run for longer than anyone waits. Sizes are rustc's (those of 40 doublings follow from the ones of 12).
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { displayTy } from "../../server/src/hir-ty/display.ts";
import type { Ty } from "../../server/src/hir-ty/ty.ts";
import { TyInterner } from "../../server/src/hir-ty/ty-interner.ts";
import { expectations } from "../support/fixture.ts";
import { openSemantics } from "../support/open-semantics.ts";

const DOUBLINGS = 40;

/** `line(0)`, … as a text. */
function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join("\n");
}

/** Asks for layout and traits of every type of a source and checks its expectations. */
async function check(text: string, count: number): Promise<void> {
  const sema = await openSemantics({ "/ws/lib.rs": text });
  const found = expectations(sema, "/ws/lib.rs", text);
  assert.equal(found.length, count);
  assert.deepEqual(
    found.filter(({ expected, actual }) => expected !== actual),
    [],
  );
  for (const definition of sema.definitions("/ws/lib.rs")) {
    const answer = sema.layoutOf(definition);
    if (answer.status !== "exact" || definition.kind !== "struct" || /^[STG]\d/.test(definition.name)) continue;
    for (const field of sema.partsOf(answer.type).fields) assert.ok(field.typeText.length < 2000);
    for (const chain of sema.traitsOf(answer.type).reasons.values()) for (const step of chain) assert.ok(step.length < 2000);
  }
}

test("aliases that double a tuple", () =>
  check(
    `type T0 = u8;
${lines(DOUBLINGS, (i) => `type T${i + 1} = (T${i}, T${i});`)}
struct Whole(T${DOUBLINGS}); // 1099511627776/1
struct Part(T12); // 4096/1
struct Held(Box<T${DOUBLINGS}>, Option<Vec<T${DOUBLINGS}>>); // 32/8
`,
    3,
  ));

test("generic types that double their argument, with culprits of traits inside", () =>
  check(
    `struct P<A, B>(A, B);
type T0 = std::rc::Rc<u8>;
${lines(DOUBLINGS, (i) => `type T${i + 1} = P<Box<T${i}>, std::cell::Cell<Option<Box<T${i}>>>>;`)}
struct Whole(T${DOUBLINGS}); // 16/8
`,
    1,
  ));

test("generic definitions that double, and one that grows without end", () =>
  check(
    `struct G0<T>(T);
${lines(DOUBLINGS, (i) => `struct G${i + 1}<T>(G${i}<T>, G${i}<T>);`)}
struct Grows<T>(T, Option<Box<Grows<(T, T)>>>);
struct Held(Grows<u8>); // 16/8
struct Open<T>(G${DOUBLINGS}<T>); // generic
struct Whole(G${DOUBLINGS}<u8>); // 1099511627776/1
`,
    3,
  ));

test("types that are inferred from values", () =>
  check(
    `const fn size() -> usize {
    let v0 = 1;
${lines(DOUBLINGS, (i) => `    let v${i + 1} = (&v${i}, &v${i});`)}
    size_of_val(&v${DOUBLINGS})
}
struct Inferred([u8; size()]); // 16/1
`,
    1,
  ));

test("impls of types that double", () =>
  check(
    `trait Tr { type Out; }
struct D<T>(T);
type T0<X> = D<X>;
${lines(DOUBLINGS, (i) => `type T${i + 1}<X> = (T${i}<X>, T${i}<X>);`)}
impl<X> Tr for T${DOUBLINGS}<X> { type Out = X; }
struct Found(<T${DOUBLINGS}<u32> as Tr>::Out); // 4/4
`,
    1,
  ));

test("types deeper than any program has end with a reason", async () => {
  const text = `type T0 = u8;
${lines(300, (i) => `type T${i + 1} = [T${i}; 1];`)}
struct Deep(T300); // unknown: types are nested more than 256 deep
struct Shallow(T100); // 1/1
`;
  await check(text, 2);
});

test("traits asked of types deeper than the recursion limit end with a reason", () =>
  check(
    `trait N { const V: usize; }
struct Z; struct P<T>(T);
impl N for Z { const V: usize = 0; }
impl<T: N> N for P<T> { const V: usize = T::V + 1; }
type T0 = Z;
${lines(250, (i) => `type T${i + 1} = P<T${i}>;`)}
struct Last([u8; <T127 as N>::V]); // 127/1
struct Deep([u8; <T200 as N>::V]); // unknown: leads too deep
struct Deepest([u8; <T250 as N>::V]); // unknown: leads too deep
`,
    3,
  ));

test("long chains of imports, aliases and structs are followed to their end or to a reason", () =>
  check(
    `mod m0 { pub struct S(u16); }
${lines(300, (i) => `mod m${i + 1} { pub use super::m${i}::*; }`)}
struct ByGlobs(m300::S); // 2/2
type T0 = u8;
${lines(300, (i) => `type T${i + 1} = T${i};`)}
struct ByAliases(T300); // 1/1
struct S0(u8);
${lines(300, (i) => `struct S${i + 1}(S${i});`)}
struct Deep(S300); // 1/1
struct Endless<const N: usize>(Again<N>);
struct Again<const N: usize>(Endless<{ N + 1 }>);
struct Whole(Endless<0>); // unknown: types are nested
`,
    4,
  ));

test("definitions that hold two different instances of the next one each", () =>
  check(
    `struct G0<T>(T);
${lines(40, (i) => `struct G${i + 1}<T>(G${i}<(T, u8)>, G${i}<[T; 2]>);`)}
struct Few(G8<u8>); // 12866/1
struct Many(G40<u8>); // unknown: multiply
`,
    2,
  ));

test("modules that import all from one another", () =>
  check(
    `${lines(40, (i) => `mod m${i} { ${Array.from({ length: 40 }, (_, j) => (i === j ? `pub struct S${i}(u32);` : `pub use super::m${j}::*;`)).join(" ")} }`)}
struct Found(m3::S3); // 4/4
struct Missing(m3::S99); // unknown: S99
`,
    2,
  ));

test("the text of a type is bounded", () => {
  const interner = new TyInterner();
  let ty: Ty = interner.u8;
  for (let i = 0; i < DOUBLINGS; i++) ty = interner.ty({ kind: "tuple", elements: [ty, ty] });
  const text = displayTy(ty);
  assert.ok(text.length < 1100 && text.endsWith("…"));
});

test("discriminants that are each within their limit, and too much together", async () => {
  const turns = "{ let mut n = 0; while n < 100_000 { n += 1; } n }";
  const text = `enum Few { A = ${turns}, B = 1 } enum Many { ${lines(300, (i) => `V${i} = ${turns} + ${i},`)} }`;
  const sema = await openSemantics({ "/ws/lib.rs": text });
  const answers = sema.definitions("/ws/lib.rs").map((definition) => sema.layoutOf(definition));
  const shown = answers.map((answer) =>
    answer.status === "exact" ? `${answer.layout.size}` : answer.status === "unknown" ? english(answer.reason) : "generic",
  );
  assert.deepEqual(shown, ["4", "the discriminants of `Many` take too many steps"]);
});
