/** Impls of one trait for one type are told apart by the trait's first argument before they are looked at. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openFiles } from "../support/open-semantics.ts";

const FILE = "/ws/lib.rs";

async function opened(source: string): Promise<{ readonly sizeOf: (name: string) => unknown; readonly work: (query: string) => number }> {
  const { host, semantics } = await openFiles({ [FILE]: source });
  const sizeOf = (name: string): unknown => {
    const definition = semantics.definitions(FILE).find((it) => it.name === name);
    const answer = definition === undefined ? undefined : semantics.layoutOf(definition);
    return answer?.status === "exact" ? answer.layout.size : answer?.status;
  };
  return { sizeOf, work: (query) => host.runtime.workCounts.get(query) ?? 0 };
}

// rustc 1.95: `Z` has 132 bytes, `Own` 40.
const FORMS = `pub trait K<const N: usize> { type X; }
pub trait A<B> { type X; }
pub struct S;
pub type Same = S;
pub type Byte = u8;
pub const THREE: usize = 3;
pub mod m { pub struct u8(pub u16); use super::{A, S}; impl A<u8> for S { type X = [super::Byte; 40]; } pub struct Own(<S as A<u8>>::X); }
impl A<u8> for S { type X = [u8; 1]; }
impl A<Option<u8>> for S { type X = [u8; 2]; }
impl A<Byte16> for S { type X = [u8; 3]; }
pub type Byte16 = u16;
impl<P> A<Vec<P>> for S { type X = [P; 4]; }
impl A<(u8,)> for Same { type X = [u8; 5]; }
impl<'a> A<&'a u8> for S { type X = [u8; 6]; }
impl K<0x3> for S { type X = [u8; 7]; }
impl K<{ THREE + 1 }> for S { type X = [u8; 8]; }
impl K<THREE> for Option<S> { type X = [u8; 9]; }
impl K<5usize> for S { type X = [u8; 10]; }
impl K<1_000> for S { type X = [u8; 11]; }
impl < P > K<6> for Vec<P> { type X = [u8; 12]; }
impl /* c */ K<7> for S { type X = [u8; 13]; }
impl K</* c */ 8> for S { type X = [u8; 14]; }
impl crate::K<9> for S { type X = [u8; 15]; }
pub struct Z(<S as A<u8>>::X, <S as A<Option<u8>>>::X, <S as A<u16>>::X, <S as A<Vec<u32>>>::X, <S as A<(u8,)>>::X, <S as A<&'static u8>>::X,
 <S as K<3>>::X, <S as K<4>>::X, <Option<S> as K<3>>::X, <S as K<5>>::X, <S as K<1000>>::X, <Vec<u8> as K<6>>::X, <S as K<7>>::X, <S as K<8>>::X, <S as K<9>>::X);`;

test("whatever form the argument is written in, the impl is found", async () => {
  const { sizeOf } = await opened(FORMS);
  assert.equal(sizeOf("Z"), 132n);
  assert.equal(sizeOf("Own"), 40n);
});

test("of many impls for one type those for other arguments are not looked at", async () => {
  const impls = Array.from({ length: 2000 }, (_, i) => `impl T<${i}> for S { type X = [u8; ${i}]; }`);
  const source = `trait T<const N: usize> { type X; } struct S; ${impls.join("\n")} struct P(<S as T<1234>>::X);`;
  const { sizeOf, work } = await opened(source);
  assert.equal(sizeOf("P"), 1234n);
  assert.ok(work("implHeader") < 5, `${work("implHeader")} headers`);
});
