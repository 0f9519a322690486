//! Corners: overflow, casts, floats, slices, patterns, generics, memory, panics.
#![allow(dead_code)]
pub const OVERFLOW_ADD: u8 = 255 + 1;
pub const OVERFLOW_NEG: i8 = -i8::MIN;
pub const OVERFLOW_MUL_IN_FN: u16 = { const fn f(a: u16) -> u16 { a * a } f(256) };
pub const OVERFLOW_SHIFT: u32 = { let n = 32; 1 << n };
pub const SHIFT_NEGATIVE: i32 = { let n = -1i8; 1 >> n };
pub const SHIFT_OTHER: u8 = 1u8 << 7u128;
pub const SHIFT_SIGNED: i8 = -128i8 >> 7;
pub const DIV_MIN: i32 = i32::MIN / -1;
pub const REM_MIN: i64 = { let m = -1; i64::MIN % m };
pub const WRAP_REM_MIN: i64 = i64::MIN.wrapping_rem(-1);
pub const DIV_NEG: (i32, i32, i32, i32) = (-7 / 2, -7 % 2, (-7i32).div_euclid(2), (-7i32).rem_euclid(2));
pub const CAST_CHAIN: u64 = -1i8 as i16 as u16 as u64;
pub const CAST_CHAIN2: i128 = u64::MAX as i64 as i128;
pub const CAST_CHAR: char = 0xE9u8 as char;
pub const CAST_BOOL: i128 = true as i128 - false as i128;
pub const CAST_FLOAT_SAT: (u8, i8, u8, i32) = (300.7 as u8, -1e9 as i8, f32::NAN as u8, f64::INFINITY as i32);
pub const CAST_FLOAT_ROUND: (i32, i32, u64, i64) = (-1.99 as i32, 1.99 as i32, 1e19 as u64, -9.3e18 as i64);
pub const INT_TO_FLOAT: bool = u64::MAX as f64 as u64 == u64::MAX;
pub const INT_TO_F32: u32 = 16777217 as f32 as u32;
pub const U128_TO_F32: bool = u128::MAX as f32 == f32::INFINITY;
pub const FLOAT_CMP: (bool, bool, bool, bool) = (f32::NAN == f32::NAN, 0.0 == -0.0, f64::NAN < 1.0, 1.0f32 / 3.0 == (1.0f64 / 3.0) as f32);
pub const FLOAT_LEN: [u8; (2.5f64 * 1.6) as usize] = [1; 4];
pub const FLOAT_F32: f32 = 0.1 + 0.2;
pub const FLOAT_F64: f64 = 0.1 + 0.2;
pub const FLOAT_REM: f64 = -5.5 % 2.0;
pub const FLOAT_BITS: u32 = 1.5f32.to_bits() ^ (-0.0f32).to_bits();
pub const FLOAT_FROM_BITS: f64 = f64::from_bits(0x7ff0000000000001) * 0.0 + 1.0;
pub const FLOAT_PARSE: f64 = 1_0.0e-1_0;
pub const LITERALS: (u64, i32, u8, u16, char, u8) = (0xdead_beef, -0b1010, 0o17, b'\x7f' as u16 + 1, '\u{e9}', b'\\');
pub const STR_ESCAPES: &str = "a\
    b\n\t\"\u{1F600}\x41";
pub const RAW: (&str, usize) = (r##"x"#y"##, br"\n".len());
pub const BYTES_EQ: bool = { let a = b"ab"; let b = [97u8, 98]; a[0] == b[0] && a[1] == b[1] && a.len() == b.len() };
pub const STR_SLICE: usize = "hé".as_bytes()[2] as usize + "hé".len();
pub const INDEX_OUT: u8 = { let a = [1, 2, 3]; let i = 3; a[i] };
pub const SLICE_PATTERN: (u8, u8, usize) = match &[1u8, 2, 3, 4, 5] { [a, .., z] => (*a, *z, 0) };
pub const SLICE_BIND: usize = { let [_, mid @ .., _] = [0u8; 6]; mid.len() };
pub const SLICE_SPLIT: (usize, u8) = { let (a, b) = [1u8, 2, 3].split_at(1); (a.len(), b[1]) };
pub const SLICE_FIRST: Option<&u8> = { let e: &[u8] = &[]; e.first() };
pub const SLICE_CHUNK: Option<&[u8; 2]> = [1u8, 2, 3].first_chunk::<2>();
pub const NESTED_ARRAY: i32 = { let mut g = [[0; 3]; 2]; let mut y = 0; while y < 2 { let mut x = 0; while x < 3 { g[y][x] = (y * 3 + x) as i32; x += 1; } y += 1; } let [[_, a, _], [b, .., c]] = g; a * 100 + b * 10 + c };
pub const SWAP: (u8, u8) = { let mut a = 1; let mut b = 2; core::mem::swap(&mut a, &mut b); (a, b) };
pub const REPLACE: (Option<u8>, Option<u8>) = { let mut o = Some(3); let old = o.replace(4); (old, o.take()) };
pub const REBORROW: i32 = { let mut x = 1; { let r = &mut x; let rr = &mut *r; *rr += 5; *r *= 2; } x };
pub const REF_TO_FIELD: u16 = { struct P { a: u16, b: [u16; 2] } let mut p = P { a: 1, b: [2, 3] }; let r = &mut p.b[1]; *r += 40; let P { a, b: [_, c] } = p; a + c };
pub const MUT_IN_LOOP: u32 = { let mut n = 27u32; let mut steps = 0; while n != 1 { n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 }; steps += 1; } steps };
pub const LABELS: u8 = 'a: { let x = 'b: { if true { break 'a 3; } break 'b 1 }; x + 1 };
pub const LOOP_LABELS: (u8, u8) = { let (mut i, mut j) = (0, 0); 'o: loop { loop { i += 1; if i % 3 == 0 { continue 'o; } if i > 7 { break 'o; } j += 1; } } (i, j) };
pub const NEVER: u8 = { let x: u8 = if false { panic!() } else { 4 }; x };
pub const PANIC: u8 = { if 1 + 1 == 2 { panic!("no {}", 1) } 0 };
pub const ASSERT: u8 = { assert!(2 > 3, "sizes"); 1 };
pub const ASSERT_OK: u8 = { assert!(3 > 2); assert!(matches!('x', 'a'..='z')); debug_assert!(true); 9 };
pub const UNREACHABLE: u8 = match Some(1u8) { Some(x) => x, None => unreachable!() };
pub const UNWRAP_NONE: u8 = { let x: Option<u8> = None; x.unwrap() };
pub const EXPECT_ERR: u8 = { let x: Result<u8, u8> = Err(1); match x { Ok(v) => v, Err(e) => e + 1 } };
pub const MATCH_RANGES: [u8; 6] = { const fn f(c: char) -> u8 { match c { '\0'..='\x1f' => 0, 'a' | 'e' | 'i' => 1, 'b'..='y' => 2, '0'.. => 3, _ => 4 } } [f('\n'), f('e'), f('m'), f('z'), f('!'), f('é')] };
pub const MATCH_INTS: (u8, u8, u8) = { const fn f(n: i16) -> u8 { match n { i16::MIN..=-1 => 0, 0 => 1, 1..10 => 2, 10.. => 3 } } (f(-5), f(9), f(10)) };
pub const MATCH_GUARD: u8 = match (3, Some(4)) { (a, Some(b)) if a > b => 1, (_, Some(b @ 0..=3)) => b, (a @ 3, Some(ref b)) => a + *b, _ => 0 };
pub const MATCH_BIND_REF: u8 = match &Some((1u8, 2u8)) { Some((a, b)) => *a + *b, None => 0 };
pub const LET_ELSE: u8 = { let Some(x) = Some(3u8) else { panic!() }; x };
pub const LET_CHAIN: u8 = { if let Some(a) = Some(3u8) && a > 2 && let Ok(b) = Ok::<u8, ()>(a + 1) { b } else { 0 } };
pub const WHILE_LET: u8 = { let mut o = Some(5u8); let mut n = 0; while let Some(v) = o { n += v; o = if v > 0 { Some(v - 1) } else { None }; } n };
pub const TUPLE_INDEX: u8 = ((1u8, (2u8, [3u8, 4])).1).1[1] + ((0, 9u8), 1).0.1;
pub const ASSIGN_DESTRUCTURE: (u8, u8, u8) = { let (a, b); (a, b) = (1, 2); let mut c = 0; [_, c] = [5, 6]; let _ = c; (a, b, c) };
pub const COMPOUND: u32 = { let mut x = 0xf0u32; x |= 0x0f; x ^= 0xff00; x <<= 4; x >>= 1; x &= 0xffff; x %= 1000; x -= 1; x *= 3; x /= 2; x };
pub const EVAL_ORDER: (u8, u8, u8) = { let mut i = 0u8; (({ i += 1; i }), ({ i *= 5; i }), { i -= 2; i }) };
pub const SHORT_CIRCUIT: u8 = { let mut n = 0u8; let _ = false && { n += 1; true }; let _ = true || { n += 2; true }; let _ = true & { n += 4; true }; n };
pub const fn gcd(a: u32, b: u32) -> u32 { if b == 0 { a } else { gcd(b, a % b) } }
pub const GCD: u32 = gcd(1071, 462);
pub const fn fib(n: u64) -> u64 { match n { 0 | 1 => n, _ => fib(n - 1) + fib(n - 2) } }
pub const FIB: u64 = fib(15);
pub const fn max_of<const N: usize>(list: [usize; N]) -> usize { let mut best = 0; let mut i = 0; while i < N { if list[i] > best { best = list[i]; } i += 1; } best }
pub const MAX_OF: usize = max_of([core::mem::size_of::<u64>(), core::mem::size_of::<(u8, u32)>(), core::mem::align_of::<u128>()]);
pub const MAX_LEN: [u8; max_of([1, 2, 3])] = [7; 3];
pub const fn pick<T: Copy, const N: usize>(list: &[T; N], at: usize) -> T { list[at % N] }
pub const PICK: char = pick(&['a', 'b', 'c'], 4);
pub struct Matrix<const R: usize, const C: usize>([[i32; C]; R]);
impl<const R: usize, const C: usize> Matrix<R, C> {
    pub const AREA: usize = R * C;
    pub const fn transpose(self) -> Matrix<C, R> { let mut out = [[0; R]; C]; let mut r = 0; while r < R { let mut c = 0; while c < C { out[c][r] = self.0[r][c]; c += 1; } r += 1; } Matrix(out) }
    pub const fn get(&self, r: usize, c: usize) -> i32 { self.0[r][c] }
}
pub const TRANSPOSE: i32 = Matrix([[1, 2, 3], [4, 5, 6]]).transpose().get(2, 1);
pub const AREA: usize = Matrix::<3, 4>::AREA + <Matrix<1, 1>>::AREA;
pub struct Bits<const N: u64>;
impl<const N: u64> Bits<N> { pub const LOG: u32 = if N == 0 { 0 } else { 63 - N.leading_zeros() }; pub const SELF: u64 = N; }
pub const LOG: u32 = Bits::<1000>::LOG + Bits::<{ 1 << 40 }>::LOG;
pub struct Flag<const B: bool, const CH: char>;
impl<const CH: char> Flag<true, CH> { pub const V: u32 = CH as u32; }
impl<const CH: char> Flag<false, CH> { pub const V: u32 = 0; }
pub const FLAG: (u32, u32) = (Flag::<true, 'z'>::V, Flag::<{ 1 > 2 }, 'z'>::V);
pub trait Shape { const SIDES: u32; const NAME: &'static str = "shape"; const DOUBLE: u32 = Self::SIDES * 2; }
pub struct Tri; pub struct Sq; pub struct Both<A, B>(A, B);
impl Shape for Tri { const SIDES: u32 = 3; }
impl Shape for Sq { const SIDES: u32 = 4; const NAME: &'static str = "sq"; const DOUBLE: u32 = 1; }
impl<A: Shape, B: Shape> Shape for Both<A, B> { const SIDES: u32 = A::SIDES + B::DOUBLE; }
pub const SHAPES: (u32, u32, usize) = (<Both<Tri, Sq>>::DOUBLE, <Both<Sq, Both<Tri, Tri>> as Shape>::SIDES, Tri::NAME.len() + Sq::NAME.len());
pub const fn sides<T: Shape>() -> u32 { T::SIDES + const { T::DOUBLE * 2 } }
pub const INLINE_CONST: u32 = sides::<Tri>() + sides::<Sq>();
pub const RECURSIVE_TYPE_CONST: u32 = <Both<Both<Tri, Sq>, Both<Sq, Tri>> as Shape>::SIDES;
pub enum Op { Add(u8), Jump { to: u16, cond: Option<bool> }, Halt }
pub const fn run(ops: &[Op]) -> u32 { let mut at = 0; let mut acc = 0u32; let mut fuel = 50; while at < ops.len() && fuel > 0 { fuel -= 1; match ops[at] { Op::Add(n) => { acc += n as u32; at += 1 } Op::Jump { to, cond: Some(true) } if acc < 20 => at = to as usize, Op::Jump { cond: None, to } => at = to as usize, Op::Jump { .. } => at += 1, Op::Halt => break } } acc * 100 + fuel }
pub const RUN: u32 = run(&[Op::Add(3), Op::Add(4), Op::Jump { to: 0, cond: Some(true) }, Op::Add(1), Op::Halt, Op::Add(90)]);
#[repr(u8)] #[derive(Clone, Copy, PartialEq)] pub enum Level { Low = 10, Mid, High = 200, Top = Level::High as u8 + 1 }
pub const LEVELS: (u8, i8, u32) = (Level::Mid as u8, Level::High as i8, Level::Top as u32);
#[repr(i16)] pub enum Neg { A = -5, B, C = Neg::A as i16 * 100 }
pub const NEGS: (i16, u16, i64) = (Neg::B as i16, Neg::A as u16, Neg::C as i64);
pub const CLOSURE: u8 = { let f = |x: u8| -> u8 { x + 1 }; let _ = f; 3 };
pub const FN_POINTER: usize = { const fn f(x: usize) -> usize { x * 2 } let g: fn(usize) -> usize = f; let _ = g; f(4) };
pub const STATIC_REF: usize = { static S: [u8; 5] = [0; 5]; S.len() + S[2] as usize };
pub static COUNTER: [u32; 3] = [1, 2, COUNTER_BASE + 1];
const COUNTER_BASE: u32 = 41;
pub const FROM_STATIC: u32 = COUNTER[2];
pub const UNION: u32 = { union U { f: f32, i: u32 } let u = U { f: 1.0 }; unsafe { u.i } };
pub const TRANSMUTE: (u32, [u8; 4]) = unsafe { (core::mem::transmute::<f32, u32>(2.0), core::mem::transmute::<u32, [u8; 4]>(0x01020304)) };
pub const LE_BYTES: ([u8; 2], u32, i16) = (0x1234u16.to_le_bytes(), u32::from_be_bytes([1, 2, 3, 4]), i16::from_ne_bytes([0xff, 0x7f]));
pub const MAYBE_UNINIT: u8 = unsafe { let mut m = core::mem::MaybeUninit::<u8>::uninit(); m.write(5); m.assume_init() };
pub const POINTERS: (bool, usize) = { let a = [1u8, 2, 3]; let p = &raw const a; (p.is_null(), unsafe { *(p as *const u8).add(2) } as usize) };
pub const SIZES: [usize; 6] = [core::mem::size_of::<Option<Box<u8>>>(), core::mem::size_of::<[u16; GCD as usize]>(), core::mem::size_of_val(&[0u32; 3]), core::mem::align_of::<Option<u64>>(), core::mem::size_of::<dyn_free::D>(), core::mem::offset_of!(dyn_free::D, b.1)];
pub mod dyn_free { #[repr(C)] pub struct D { pub a: u8, pub b: (u32, u16) } }
pub const UNDERSCORE: u64 = 1_000_000u64.pow(2) / 10_u64.pow(0b1) + 0xF_u64;
pub const POW_OVERFLOW: u8 = 2u8.pow(8);
pub const CHECKED: [Option<u8>; 5] = [250u8.checked_add(5), 250u8.checked_add(6), 5u8.checked_sub(6), 16u8.checked_mul(16), 1u8.checked_shl(8)];
pub const OVERFLOWING: ((u8, bool), (i8, bool), (u32, bool)) = (200u8.overflowing_add(100), i8::MIN.overflowing_neg(), 1u32.overflowing_shl(33));
pub const SATURATING: (u8, i8, i8, u16) = (200u8.saturating_add(100), i8::MIN.saturating_sub(1), i8::MAX.saturating_mul(-2), 3u16.saturating_pow(20));
pub const BIT_OPS: (u32, u32, u8, u32, u64) = (0b1011u8.count_ones(), 0u16.leading_zeros(), 0b1000_0001u8.rotate_left(1), 40i32.trailing_zeros(), 5u64.next_power_of_two());
pub const ISQRT: (u32, u32, u32) = (99u32.isqrt(), 1000u32.ilog2(), 1000u32.ilog10());
pub const ABS_DIFF: (u8, u32, i32) = (3u8.abs_diff(10), (-5i32).abs_diff(7), (-5i32).signum());
pub const MIDPOINT: u8 = 250u8.midpoint(253);
pub const I128: i128 = i128::MIN + (1 << 100) - -1;
pub const U128: u128 = u128::MAX / 3 * 2 + (u64::MAX as u128) * (u64::MAX as u128) % 1_000_000_007;
pub const USIZE: (u32, usize, usize) = (usize::BITS, usize::MAX >> 60, isize::MAX as usize % 10);
pub const GENERIC_DEFAULT: usize = { struct W<T = u64, const N: usize = 3>([T; N]); core::mem::size_of::<W>() + core::mem::size_of::<W<u8>>() + core::mem::size_of::<W<u16, 5>>() };
pub const ASSOC_FN: u8 = { struct B { v: u8 } impl B { const ZERO: Self = B { v: 0 }; const fn with(mut self, v: u8) -> Self { self.v = v; self } const fn build(&self) -> u8 { self.v } } B::ZERO.with(6).build() };
pub const SELF_CTOR: u8 = { struct N(u8); impl N { const fn new(x: u8) -> Self { Self(x) } const fn add(Self(a): Self, Self(b): Self) -> u8 { a + b } } N::add(N::new(2), N::new(3)) };
pub const IMPL_BLOCKS: (u8, u8) = { struct G<T>(T); impl G<u8> { const K: u8 = 1; } impl G<u16> { const K: u8 = 2; } (G::<u8>::K, G::<u16>::K) };
pub const HASH: u32 = { const fn fnv(s: &[u8]) -> u32 { let mut h = 0x811c9dc5u32; let mut i = 0; while i < s.len() { h = (h ^ s[i] as u32).wrapping_mul(0x01000193); i += 1; } h } fnv(b"stowplan") };
pub const CRC: u32 = { const fn table() -> [u32; 256] { let mut t = [0u32; 256]; let mut n = 0; while n < 256 { let mut c = n as u32; let mut k = 0; while k < 8 { c = if c & 1 != 0 { 0xEDB88320 ^ (c >> 1) } else { c >> 1 }; k += 1; } t[n] = c; n += 1; } t } const T: [u32; 256] = table(); T[255] ^ T[1] };
pub const SORT: [u8; 5] = { let mut a = [5u8, 3, 9, 1, 4]; let mut i = 0; while i < a.len() { let mut j = i; while j > 0 && a[j - 1] > a[j] { a.swap(j - 1, j); j -= 1; } i += 1; } a };
pub const PARSE: u32 = { const fn parse(s: &str) -> u32 { let b = s.as_bytes(); let mut n = 0; let mut i = 0; while i < b.len() { n = n * 10 + (b[i] - b'0') as u32; i += 1; } n } parse("4096") };
pub const SAME_STR: (bool, bool) = { const fn same(a: &str, b: &str) -> bool { let (a, b) = (a.as_bytes(), b.as_bytes()); if a.len() != b.len() { return false; } let mut i = 0; while i < a.len() { if a[i] != b[i] { return false; } i += 1; } true } (same("abc", "abc"), same("abc", "abd")) };
pub const BOX_FREE_OPTION_REF: u8 = { let x = 5u8; let o = Some(&x); match o { Some(&5) => 1, Some(_) => 2, None => 3 } };
pub const QUESTION: Option<u8> = { const fn f(o: Option<u8>) -> Option<u8> { match o { Some(v) => Some(v + 1), None => return None } } f(Some(8)) };
pub const MODULAR: u64 = { const fn pow_mod(mut b: u64, mut e: u64, m: u64) -> u64 { let mut r = 1; b %= m; while e > 0 { if e & 1 == 1 { r = r * b % m; } b = b * b % m; e >>= 1; } r } pow_mod(3, 200, 1_000_007) };
