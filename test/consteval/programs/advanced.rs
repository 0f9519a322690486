//! Inference, borrows and generics in larger pieces.
#![allow(dead_code)]
pub struct Stack<T, const N: usize> { items: [Option<T>; N], len: usize }
impl<T: Copy, const N: usize> Stack<T, N> {
    pub const CAP: usize = N;
    pub const fn new() -> Self { Self { items: [None; N], len: 0 } }
    pub const fn push(mut self, item: T) -> Self { assert!(self.len < Self::CAP); self.items[self.len] = Some(item); self.len += 1; self }
    pub const fn push_mut(&mut self, item: T) -> bool { if self.len == N { return false; } self.items[self.len] = Some(item); self.len += 1; true }
    pub const fn pop(&mut self) -> Option<T> { if self.len == 0 { None } else { self.len -= 1; self.items[self.len].take() } }
    pub const fn peek(&self) -> Option<&T> { if self.len == 0 { None } else { self.items[self.len - 1].as_ref() } }
}
pub const STACK: u32 = { let mut s = Stack::<u32, 4>::new().push(1).push(2); s.push_mut(3); let mut sum = 0; while let Some(x) = s.pop() { sum = sum * 10 + x; } sum };
pub const STACK_PEEK: u8 = match Stack::<u8, 2>::new().push(9).peek() { Some(&x) => x, None => 0 };
pub const STACK_FULL: (bool, bool) = { let mut s = Stack::<i8, 1>::new(); (s.push_mut(1), s.push_mut(2)) };
pub const STACK_OVER: usize = Stack::<u8, 1>::new().push(1).push(2).len;
pub const fn concat<const A: usize, const B: usize, const C: usize>(a: [u8; A], b: [u8; B]) -> [u8; C] {
    let mut out = [0; C];
    let mut i = 0;
    while i < A { out[i] = a[i]; i += 1; }
    while i < A + B { out[i] = b[i - A]; i += 1; }
    out
}
pub const CONCAT: [u8; 5] = concat([1, 2], [3, 4, 5]);
pub const fn split<const N: usize>(s: &str) -> ([&str; N], usize) {
    let mut parts = [""; N];
    let bytes = s.as_bytes();
    let (mut i, mut start, mut n) = (0, 0, 0);
    while i <= bytes.len() {
        if i == bytes.len() || bytes[i] == b',' {
            let (_, rest) = s.split_at(start);
            let (part, _) = rest.split_at(i - start);
            parts[n] = part;
            n += 1;
            start = i + 1;
        }
        i += 1;
    }
    (parts, n)
}
pub const SPLIT: ([&str; 3], usize) = split("ab,c,");
pub trait Codec { const TAG: u8; const SIZE: usize; const TABLE: [u8; 3] = [Self::TAG, Self::TAG + 1, Self::SIZE as u8]; type Next: Codec; }
pub struct A; pub struct B; pub struct Pair<X, Y>(X, Y);
impl Codec for A { const TAG: u8 = 1; const SIZE: usize = 4; type Next = B; }
impl Codec for B { const TAG: u8 = 2; const SIZE: usize = 8; const TABLE: [u8; 3] = [0; 3]; type Next = A; }
impl<X: Codec, Y: Codec> Codec for Pair<X, Y> { const TAG: u8 = X::TAG * 10 + Y::TAG; const SIZE: usize = X::SIZE + Y::SIZE; type Next = Pair<X::Next, Y::Next>; }
pub const CODEC: (u8, usize, [u8; 3]) = (<Pair<A, B>>::TAG, Pair::<A, Pair<B, B>>::SIZE, <Pair<B, A> as Codec>::TABLE);
pub const CODEC_NEXT: u8 = <<Pair<A, B> as Codec>::Next as Codec>::TAG;
pub const CODEC_NEXT2: usize = <<A as Codec>::Next as Codec>::TABLE.len() + <A as Codec>::Next::SIZE;
pub const fn total<T: Codec>() -> usize where T::Next: Codec { T::SIZE + <T::Next as Codec>::SIZE + <T::Next>::TAG as usize }
pub const TOTAL: usize = total::<A>() * 100 + total::<Pair<A, B>>();
pub struct Grid<const W: usize, const H: usize> { cells: [[u8; W]; H] }
impl<const W: usize, const H: usize> Grid<W, H> {
    const AREA: usize = W * H;
    const fn set(&mut self, x: usize, y: usize, v: u8) -> &mut Self { self.cells[y][x] = v; self }
    const fn row(&self, y: usize) -> &[u8; W] { &self.cells[y] }
    const fn row_mut(&mut self, y: usize) -> &mut [u8] { &mut self.cells[y] }
    const fn count(&self) -> usize { let mut n = 0; let mut y = 0; while y < H { let row = &self.cells[y]; let mut x = 0; while x < row.len() { if row[x] != 0 { n += 1; } x += 1; } y += 1; } n }
}
pub const GRID: (usize, [u8; 3], usize) = { let mut g = Grid { cells: [[0; 3]; 2] }; g.set(1, 0, 5).set(2, 1, 6); g.row_mut(1)[0] = 7; (g.count(), *g.row(1), Grid::<3, 2>::AREA) };
pub const SLICE_REST: (u8, usize, u8) = { let a = [1u8, 2, 3, 4]; let s: &[u8] = &a; match s { [first, rest @ .., last] => (*first, rest.len(), *last), _ => (0, 0, 0) } };
pub const SLICE_SUM: u32 = sum(&[1, 2, 3, 4]);
const fn sum(s: &[u32]) -> u32 { match s { [] => 0, [x] => *x, [x, rest @ ..] => *x + sum(rest) } }
pub const SLICE_MUT_PAT: [u8; 3] = { let mut a = [1, 2, 3]; if let [x, .., z] = &mut a { core::mem::swap(x, z); } a };
pub const ARRAY_PAT: (u8, u8) = { let [a, _, c] = [1u8, 2, 3]; (c, a) };
pub const NESTED_REF: u8 = { let x = Some((1u8, [2u8, 3])); match &x { Some((a, [_, b])) => *a + *b, None => 0 } };
pub const REF_CHAIN: u8 = { let a = 5u8; let b = &a; let c = &b; let d = &c; ***d + **c };
pub const FIELD_REF: (u8, u8) = { struct S { a: u8, b: u8 } let mut s = S { a: 1, b: 2 }; let S { a, b } = &mut s; *a += 10; *b += *a; (s.a, s.b) };
pub const TUPLE_MUT: (u8, u8) = { let mut t = (1, 2); let (ref mut a, _) = t; *a = 9; t };
pub const SWAP_SLOTS: [u8; 3] = { let mut a = [1, 2, 3]; let t = a[0]; a[0] = a[2]; a[2] = t; a };
pub const LOOP_TUPLE: (u8, u8) = loop { let x = 1; break (x, x + 1); };
pub const WHILE_COMPLEX: usize = { let mut lo = 0; let mut hi = 100usize; while lo < hi { let mid = lo + (hi - lo) / 2; if mid * mid < 50 { lo = mid + 1; } else { hi = mid; } } lo };
pub const SHADOW_LOOP: u32 = { let mut acc = 0; let mut i = 0u32; while i < 4 { let i2 = i; let acc2 = acc + i2 * i2; acc = acc2; i += 1; } acc };
pub const ENUM_MACHINE: u8 = { enum S { Start, Mid(u8), End } let mut s = S::Start; let mut steps = 0; loop { s = match s { S::Start => S::Mid(3), S::Mid(0) => S::End, S::Mid(n) => S::Mid(n - 1), S::End => break steps }; steps += 1; } };
pub const OPT_CHAIN: Option<u32> = { const fn half(x: u32) -> Option<u32> { if x % 2 == 0 { Some(x / 2) } else { None } } match half(20) { Some(x) => match half(x) { Some(y) => half(y), None => Some(x) }, None => None } };
pub const INFER_OPTION: u64 = { let mut best = None; let mut i = 0; while i < 3u64 { best = match best { None => Some(i), Some(b) => Some(b + i) }; i += 1; } match best { Some(b) => b, None => 0 } };
pub const INFER_ARRAY_ELEM: u8 = { let mut a = [0; 4]; a[1] = 255; a[2] = a[1] >> 4; let b: [u8; 4] = a; b[2] };
pub const INFER_STRUCT: u16 = { struct W<T> { v: T } let w = W { v: 1 }; let x: u16 = w.v; !x };
pub const INFER_RETURN: u8 = { const fn f(x: bool) -> u8 { let y = 200; if x { return y; } y >> 3 } f(false) };
pub const INFER_GENERIC_CALL: usize = { const fn size<T>(_: &T) -> usize { core::mem::size_of::<T>() } size(&1) + size(&1u8) + size(&[1i64, 2]) + size(&(1, 2u8)) };
pub const INFER_LATE: usize = { let x = 1; let y = [x, 2u16]; core::mem::size_of_val(&x) + y.len() };
pub const INFER_CONST_ARG: usize = { const fn len<T, const N: usize>(_: &[T; N]) -> usize { N } len(&[0u8; 7]) + len(&["a", "b"]) };
pub const INFER_NONE: usize = { let x: Option<u64> = None; core::mem::size_of_val(&x) };
pub const INFER_CMP_LIT: bool = { let x = 255; let y: u8 = x; y > 254 };
pub const INFER_SHIFT_RES: u64 = { let n = 33u8; 1 << n };
pub const INFER_BLOCK: i16 = { let x = { let y = 5; y * 2 }; x - 20 };
pub const INFER_NESTED_IF: u8 = { let x = if true { if false { 1 } else { 300 - 50 } } else { 3 }; x };
pub const INFER_TUPLE_RET: (u8, i64) = { const fn two() -> (u8, i64) { let a = 1; let b = -2; (a, b) } two() };
pub const INFER_MATCH_LIT: u8 = { let x = 3; match x { 0u8 => 1, n => n << 6 } };
pub const INFER_ASSIGN: u8 = { let mut x = 0; let y = 250u8; x = x + y; x };
pub const INFER_COMPOUND: u16 = { let mut x = 1; x <<= 15; let y: u16 = x; y };
pub const INFER_REF: u8 = { let x = 200; let r: &u8 = &x; *r >> 3 };
pub const INFER_SLICE_PARAM: u32 = sum(&[1 << 31, 5, 6]);
pub const INFER_NEG_LIT: i8 = { let x = -128; x };
pub const INFER_ABS: u32 = { let x: i32 = -5; x.unsigned_abs() };
pub const INFER_METHOD_ARG: u64 = { let e = 3; 2u64.pow(e) + e as u64 };
pub const INFER_INDEX: u8 = { let i = 2; let a = [1u8, 2, 3]; a[i] + i as u8 };
pub const INFER_RANGE_LEN: usize = { let r = 2..9; r.end - r.start };
pub const STATIC_TABLE_LEN: usize = TABLE.len() * TABLE[0].len();
static TABLE: [[u16; 3]; 2] = [[1, 2, 3], [4, 5, 6]];
pub const PTR_WALK: u32 = unsafe { let a = [1u32, 2, 3]; let mut p = a.as_ptr(); let end = p.add(3); let mut s = 0; let mut n = 0; while n < 3 { s += *p; p = p.add(1); n += 1; } let _ = end; s };
pub const PTR_OFFSET: isize = unsafe { let a = [1u32, 2, 3]; a.as_ptr().add(2).offset_from(a.as_ptr()) };
pub const PTR_CAST_NEWTYPE: u8 = unsafe { #[repr(transparent)] struct N(u8); let n = N(7); *(&n as *const N as *const u8) };
pub const BITS_STRUCT: u32 = { #[derive(Clone, Copy)] struct Flags(u32); impl Flags { const A: Flags = Flags(1); const B: Flags = Flags(1 << 4); const fn or(self, o: Flags) -> Flags { Flags(self.0 | o.0) } } Flags::A.or(Flags::B).0 };
pub const TRAIT_DEFAULT_CHAIN: usize = { trait X { const A: usize = 1; const B: usize = Self::A * 2; const C: usize = Self::A + Self::B; } struct P; struct Q; impl X for P {} impl X for Q { const A: usize = 10; } P::C * 1000 + Q::C };
pub const ASSOC_LEN: usize = { struct S; impl S { const N: usize = 3; const fn arr() -> [u8; Self::N] { [1; Self::N] } } S::arr().len() };
pub const GENERIC_ARRAY_LEN: usize = { struct V<T>([T; 4]); impl<T> V<T> { const LEN: usize = 4 * core::mem::size_of::<T>(); } V::<u32>::LEN };
pub const MODULE_SHADOW: u8 = { mod m { pub const X: u8 = 4; } use m::X; { const X: u8 = 5; X + m::X } };
pub const CHAR_LOOP: u32 = { let mut n = 0; let mut c = 'a'; while (c as u32) <= 'e' as u32 { n += c as u32 - 'a' as u32; c = (c as u8 + 1) as char; } n };
pub const HEX: [u8; 4] = { const fn digit(b: u8) -> u8 { match b { b'0'..=b'9' => b - b'0', b'a'..=b'f' => b - b'a' + 10, b'A'..=b'F' => b - b'A' + 10, _ => panic!("bad digit") } } let s = b"DEadbeEF"; let mut out = [0; 4]; let mut i = 0; while i < 4 { out[i] = digit(s[2 * i]) << 4 | digit(s[2 * i + 1]); i += 1; } out };
pub const HASH: u64 = { const fn rotl(x: u64, n: u32) -> u64 { (x << n) | (x >> (64 - n)) } let mut h = 0x9E3779B97F4A7C15u64; let data = b"stowplan"; let mut i = 0; while i < data.len() { h = rotl(h ^ data[i] as u64, 13).wrapping_mul(0xC2B2AE3D27D4EB4F); i += 1; } h };
pub const PRIMES: [u16; 10] = { let mut out = [0; 10]; let mut n = 0; let mut c = 2; while n < 10 { let mut d = 2; let prime = loop { if d * d > c { break true; } if c % d == 0 { break false; } d += 1; }; if prime { out[n] = c; n += 1; } c += 1; } out };
pub const UTF8: usize = { let s = "aé漢😀"; let b = s.as_bytes(); let mut n = 0; let mut i = 0; while i < b.len() { if b[i] & 0xC0 != 0x80 { n += 1; } i += 1; } n * 100 + b.len() };
pub const MAX_SIZE: usize = { const fn max(a: usize, b: usize) -> usize { if a > b { a } else { b } } max(core::mem::size_of::<u16>(), max(core::mem::size_of::<[u8; 9]>(), core::mem::align_of::<u64>())) };
pub const ALIGN_UP: usize = { const fn align_up(n: usize, a: usize) -> usize { (n + a - 1) & !(a - 1) } align_up(13, 8) };
pub const LOG2: u32 = { const fn log2(n: usize) -> u32 { usize::BITS - 1 - n.leading_zeros() } log2(4096) };
pub const UNINIT_ARRAY: [u8; 3] = unsafe { let mut a: [core::mem::MaybeUninit<u8>; 3] = [const { core::mem::MaybeUninit::uninit() }; 3]; let mut i = 0; while i < 3 { a[i] = core::mem::MaybeUninit::new(i as u8 * 2); i += 1; } core::mem::transmute(a) };
