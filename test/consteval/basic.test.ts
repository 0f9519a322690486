/**
 * Const evaluation of small programs: each const of a program with the value rustc 1.95 gives it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { constWorld } from "../support/const-world.ts";

/** `//= value` behind a const says what it must be. */
function check(title: string, program: string): void {
  test(title, () => {
    const world = constWorld(program);
    for (const [, name, expected] of program.matchAll(/(?:const|static) (\w+)[^\n]*\/\/= (.*)/g)) {
      assert.equal(world.value(name ?? ""), expected, name);
    }
  });
}

check(
  "literals take their types from where they stand",
  `
const A: u64 = (1 << 31) as u64; //= 18446744071562067968
const B: u8 = (200 + 100) as u8; //= 44
const C: u32 = !0 as u32; //= 4294967295
const D: u64 = 3000000000 as u64; //= 3000000000
const E: usize = { let x = 5; x << 3 }; //= 40
const F: i8 = 255 as i8; //= -1
const G: u8 = 1.9 as u8; //= 1
const H: u8 = -1.0 as u8; //= 0
const I: u32 = 'a' as u32; //= 97
const J: char = 65 as char; //= "A"
const K: u64 = ([1, 2, 3][1] << 31) as u64; //= 0
const L: i128 = -170141183460469231731687303715884105728; //= -170141183460469231731687303715884105728
const M: u8 = b'\\n'; //= 10
const N: f32 = 0.1 + 0.2; //= 0.30000001192092896
const O: bool = 1 < 2 && !(3 > 4); //= true
const P: &str = "a\\u{e9}"; //= "aé"
const Q: (u8, i16) = (1, -2); //= (1, -2)
const R: [u16; 3] = [7; 3]; //= [7, 7, 7]
`,
);

check(
  "control flow",
  `
const A: usize = { let mut i = 0; let mut sum = 0; while i < 10 { i += 1; if i % 2 == 0 { continue; } sum += i; } sum }; //= 25
const B: u32 = 'outer: loop { let mut n = 0; loop { n += 1; if n == 7 { break 'outer n * 2; } } }; //= 14
const C: u8 = match 5u8 { 0 => 1, 1..=4 => 2, x if x > 5 => 3, 5 | 6 => 4, _ => 5 }; //= 4
const D: u8 = if let Some(x) = OPT && x > 2 { x } else { 0 }; //= 3
const OPT: Option<u8> = Some(3); //= Some(3)
const E: u8 = { let Some(x) = NONE else { return_it() }; x };
const fn return_it() -> ! { panic!("no") }
const NONE: Option<u8> = None; //= None
const F: u8 = 'a: { if true { break 'a 3; } 4 }; //= 3
const fn fact(n: u64) -> u64 { if n == 0 { 1 } else { n * fact(n - 1) } }
const G: u64 = fact(10); //= 3628800
const fn early(x: i32) -> i32 { if x < 0 { return -1; } match x { 0 => return 0, _ => {} } 1 }
const H: (i32, i32, i32) = (early(-5), early(0), early(9)); //= (-1, 0, 1)
const fn table() -> [u8; 4] { let mut t = [0; 4]; let mut i = 0; while i < t.len() { t[i] = (i * i) as u8; i += 1; } t }
const I: [u8; 4] = table(); //= [0, 1, 4, 9]
`,
);

check(
  "structs, enums, methods and generics",
  `
#[derive(Clone, Copy)]
struct P { x: i32, y: i32 }
impl P {
  const ZERO: Self = P { x: 0, y: 0 };
  const fn new(x: i32, y: i32) -> Self { Self { x, y } }
  const fn add(self, o: P) -> P { P { x: self.x + o.x, y: self.y + o.y } }
  const fn swap(&mut self) { let t = self.x; self.x = self.y; self.y = t; }
  const fn sum(&self) -> i32 { self.x + self.y }
}
const A: P = P::new(1, 2).add(P { x: 10, ..P::ZERO }); //= P(11, 2)
const B: i32 = { let mut p = A; p.swap(); p.x * 100 + p.y }; //= 211
const C: i32 = (&A).sum(); //= 13
enum E { A = 5, B, C = 1 << 4 }
const D: u8 = E::B as u8 + E::C as u8; //= 22
struct W<T, const N: usize>([T; N]);
impl<T: Copy, const N: usize> W<T, N> { const LEN: usize = N * 2; const fn first(&self) -> T { self.0[0] } const fn len(&self) -> usize { Self::LEN } }
const F: u16 = W([7u16, 8, 9]).first(); //= 7
const G: usize = W([7u16, 8, 9]).len(); //= 6
const H: usize = W::<u8, 4>::LEN; //= 8
trait T { const N: usize; const M: usize = Self::N + 1; }
impl T for u8 { const N: usize = 3; }
impl T for u16 { const N: usize = 4; const M: usize = 100; }
const fn n<X: T>() -> usize { X::N * 10 + X::M }
const I: usize = n::<u8>(); //= 34
const J: usize = n::<u16>(); //= 140
const K: usize = <u8 as T>::M; //= 4
const fn max<const A: usize, const B: usize>() -> usize { if A > B { A } else { B } }
const L: usize = max::<3, { 2 + 2 }>(); //= 4
const M: usize = { const N: usize = 5; fn f() {} ({ const N: usize = 6; N + 1 }) * N }; //= 35
union U { a: u32, b: [u8; 4] }
const O: [u8; 4] = unsafe { U { a: 0x01020304 }.b }; //= [4, 3, 2, 1]
`,
);

check(
  "the standard library",
  `
use std::mem::size_of;
const A: usize = size_of::<u64>() * 2 + std::mem::align_of::<u16>(); //= 18
const B: u32 = u32::MAX.count_ones() + usize::BITS; //= 96
const C: usize = "héllo".len(); //= 6
const D: u64 = 3u64.pow(4).wrapping_sub(100); //= 18446744073709551597
const E: Option<u8> = 200u8.checked_add(100); //= None
const F: u8 = 5u8.checked_sub(2).unwrap(); //= 3
const G: usize = [1u8, 2, 3].len(); //= 3
const H: usize = 10usize.next_power_of_two(); //= 16
const I: u32 = u32::from_be_bytes([1, 2, 3, 4]); //= 16909060
const J: (u8, bool) = 255u8.overflowing_add(1); //= (0, true)
const K: usize = size_of::<Option<Box<u8>>>(); //= 8
const L: &[u8] = "abc".as_bytes(); //= [97, 98, 99]
const M: u8 = match "abc".as_bytes() { [a, .., c] => *c - *a, _ => 0 }; //= 2
const N: u8 = b"xyz"[1]; //= 121
const O: bool = matches!(E, None); //= true
const P: usize = core::mem::offset_of!(Q, b); //= 4
#[repr(C)] struct Q { a: u8, b: u32 }
const R: u64 = u64::from_str_radix("ff", 16).ok().unwrap(); //= 255
`.replace("from_str_radix(\"ff\", 16).ok().unwrap()", 'from_str_radix("ff", 16).ok().unwrap()'),
);
