//! Structs, enums, unions, impls, generics, traits, statics.
#![allow(dead_code)]
#[derive(Clone, Copy, Debug)]
pub struct Point { pub x: i32, pub y: i32 }
impl Point {
    pub const ORIGIN: Point = Point { x: 0, y: 0 };
    pub const UNIT: Self = Self { x: 1, ..Self::ORIGIN };
    pub const fn new(x: i32, y: i32) -> Self { Point { x, y } }
    pub const fn dot(self, other: Self) -> i32 { self.x * other.x + self.y * other.y }
    pub const fn with_x(mut self, x: i32) -> Self { self.x = x; self }
    pub const fn shift(&mut self, dx: i32) -> &mut Self { self.x += dx; self }
    pub const fn norm1(&self) -> u32 { self.x.unsigned_abs() + self.y.unsigned_abs() }
}
pub const NEW: Point = Point::new(3, -4);
pub const UPDATE: Point = Point { y: 9, ..NEW };
pub const CHAIN: i32 = NEW.with_x(5).dot(Point::UNIT);
pub const ASSOC: Point = <Point>::UNIT;
pub const BY_REF: u32 = (&&NEW).norm1();
pub const MUT_SELF: Point = { let mut p = NEW; p.shift(1).shift(2); p };
pub const UFCS: u32 = Point::norm1(&NEW);
#[derive(Clone, Copy, Debug)]
pub struct Wrap(pub u8, pub [u8; 2]);
pub const TUPLE_STRUCT: Wrap = Wrap(1, [2, 3]);
pub const TUPLE_FIELD: u8 = TUPLE_STRUCT.1[1];
pub const SHORTHAND: Point = { let x = 7; let y = 8; Point { y, x } };
#[derive(Clone, Copy, Debug)]
pub struct Unit;
pub const UNIT_STRUCT: Unit = Unit;
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub enum Color { Red = 1, Green, Blue = 10, Alpha }
pub const DISC: [u8; 4] = [Color::Red as u8, Color::Green as u8, Color::Blue as u8, Color::Alpha as u8];
pub enum Neg { A = -5, B, C = 3 }
pub const DISC_NEG: (i32, u8) = (Neg::B as i32, Neg::A as u8);
pub enum Calc { A = 1 << 4, B = Calc::K as isize + 1 }
impl Calc { const K: u8 = 40; }
pub const DISC_CALC: (usize, usize) = (Calc::A as usize, Calc::B as usize);
#[derive(Clone, Copy, Debug)]
pub enum Tree { Leaf, Node { left: u8, right: Option<u8> }, Many(u8, u16) }
pub const ENUM_REC: Tree = Tree::Node { left: 1, right: Some(2) };
pub const ENUM_TUP: Tree = Tree::Many(3, 400);
pub const ENUM_SELF: u16 = ENUM_TUP.value();
impl Tree { const fn value(&self) -> u16 { match *self { Self::Leaf => 0, Self::Node { left, .. } => left as u16, Self::Many(_, x) => x } } }
#[repr(C)]
pub union Bits { f: f32, u: u32, b: [u8; 4] }
pub const UNION: (u32, [u8; 4]) = unsafe { let b = Bits { f: 1.0 }; (b.u, b.b) };
pub const UNION_WRITE: u32 = unsafe { let mut b = Bits { u: 0 }; b.b[1] = 1; b.u };
pub const TRANSMUTE: (u32, [u8; 2], i8) = unsafe { (core::mem::transmute([1u8, 0, 0, 1]), core::mem::transmute(0x0102u16), core::mem::transmute(255u8)) };
pub const TRANSMUTE_STRUCT: [u8; 4] = unsafe { core::mem::transmute(Packed { a: 1, b: 0x0203, c: 4 }) };
#[repr(C, packed)]
pub struct Packed { a: u8, b: u16, c: u8 }
pub const TRANSMUTE_ENUM: Color = unsafe { core::mem::transmute(10u8) };
pub struct Arr<T, const N: usize> { data: [T; N] }
impl<T: Copy, const N: usize> Arr<T, N> {
    pub const LEN: usize = N;
    pub const BYTES: usize = N * core::mem::size_of::<T>();
    pub const fn fill(value: T) -> Self { Arr { data: [value; N] } }
    pub const fn get(&self, i: usize) -> T { self.data[i] }
    pub const fn len(&self) -> usize { N }
    pub const fn set(mut self, i: usize, v: T) -> Self { self.data[i] = v; self }
}
pub const GENERIC_LEN: usize = Arr::<u16, 5>::LEN;
pub const GENERIC_BYTES: usize = Arr::<u32, 3>::BYTES;
pub const GENERIC_GET: u64 = Arr::<u64, 4>::fill(7).set(2, 9).get(2);
pub const GENERIC_INFER: usize = Arr { data: [1u8; 6] }.len();
pub const CONST_ARG: usize = double::<{ 3 + 4 }>();
pub const fn double<const N: usize>() -> usize { N * 2 }
pub const CONST_BOOL: u8 = flag::<true>() + flag::<false>();
pub const fn flag<const B: bool>() -> u8 { if B { 10 } else { 1 } }
pub const CONST_CHAR: u32 = code::<'x'>();
pub const fn code<const C: char>() -> u32 { C as u32 }
pub const CONST_NEG: i32 = sign::<-7>();
pub const fn sign<const N: i32>() -> i32 { N * 2 }
pub const GENERIC_FN: (u8, i64, &str) = (pick(true, 1, 2), pick(false, 3, 4), pick(true, "a", "b"));
pub const fn pick<T: Copy>(first: bool, a: T, b: T) -> T { if first { a } else { b } }
pub const SIZE_GENERIC: [usize; 3] = [size::<u8>(), size::<[u32; 3]>(), size::<Option<&u8>>()];
pub const fn size<T>() -> usize { core::mem::size_of::<T>() }
pub trait Shape { const SIDES: u32; const ANGLES: u32 = Self::SIDES; const NAME: &'static str; type Unit; }
pub struct Tri;
pub struct Sq;
impl Shape for Tri { const SIDES: u32 = 3; const NAME: &'static str = "tri"; type Unit = u8; }
impl Shape for Sq { const SIDES: u32 = 4; const ANGLES: u32 = 400; const NAME: &'static str = "sq"; type Unit = u32; }
impl<S: Shape> Shape for Option<S> { const SIDES: u32 = S::SIDES + 1; const NAME: &'static str = S::NAME; type Unit = [S::Unit; 2]; }
pub const TRAIT_CONST: [u32; 3] = [Tri::SIDES, <Sq as Shape>::ANGLES, <Tri as Shape>::ANGLES];
pub const TRAIT_NESTED: u32 = <Option<Option<Tri>> as Shape>::SIDES;
pub const TRAIT_NAME: &str = <Option<Sq>>::NAME;
pub const TRAIT_ASSOC_SIZE: usize = core::mem::size_of::<<Option<Sq> as Shape>::Unit>();
pub const fn sides<S: Shape>() -> u32 { S::SIDES * 10 + <S as Shape>::ANGLES }
pub const TRAIT_GENERIC: (u32, u32) = (sides::<Tri>(), sides::<Option<Sq>>());
pub struct Holder<S>(core::marker::PhantomData<S>);
impl<S: Shape> Holder<S> { pub const TOTAL: u32 = S::SIDES + Self::EXTRA; const EXTRA: u32 = 100; pub const LEN: usize = S::NAME.len(); }
pub const TRAIT_IMPL_CONST: (u32, usize) = (Holder::<Tri>::TOTAL, Holder::<Sq>::LEN);
pub trait Super { const BASE: usize; }
pub trait Sub: Super { const MORE: usize = Self::BASE + 1; }
impl Super for u8 { const BASE: usize = 8; }
impl Sub for u8 {}
pub const fn sub<T: Sub>() -> usize { T::MORE * 100 + T::BASE }
pub const SUPERTRAIT: usize = sub::<u8>();
pub type Alias = Arr<u8, 9>;
pub const ALIAS: usize = Alias::LEN;
pub type GenAlias<const N: usize> = Arr<u16, N>;
pub const GEN_ALIAS: usize = GenAlias::<4>::BYTES;
pub static STATIC: [u8; 3] = [1, 2, 3];
pub const STATIC_REF: &[u8; 3] = &STATIC;
pub const STATIC_READ: u8 = STATIC[1];
pub const CONST_REF: &Point = &Point::ORIGIN;
pub const REF_FIELD: i32 = CONST_REF.x + (&NEW).y;
pub const SLICE: &[u16] = &[1, 2, 3];
pub const SLICE_LEN: usize = SLICE.len();
pub const STRS: [&str; 2] = ["ab", "cde"];
pub const STRS_LEN: usize = STRS[0].len() + STRS[1].len();
pub const NESTED_SLICES: &[&[u8]] = &[&[1], &[2, 3]];
pub const NESTED_LEN: usize = NESTED_SLICES.len() * 10 + NESTED_SLICES[1].len();
pub mod inner { pub const K: u8 = super::BASE + 1; pub mod deep { pub const fn f() -> u8 { super::K * 2 } } }
const BASE: u8 = 20;
pub const MODULE: u8 = inner::deep::f() + crate::inner::K + self::BASE;
pub const FN_PTR_SIZE: usize = core::mem::size_of::<fn(u8) -> u8>();
pub const CHAIN_A: u32 = CHAIN_B + 1;
pub const CHAIN_B: u32 = CHAIN_C * 2;
pub const CHAIN_C: u32 = 5;
pub const ARRAY_OF_STRUCT: [Point; 2] = [Point::new(1, 2); 2];
pub const ARRAY_LEN_EXPR: usize = [0u8; CHAIN_C as usize * 2 + 1].len();
pub const OPTION_STRUCT: Option<Point> = Some(NEW);
pub const RESULT: Result<u8, &str> = Err("bad");
pub const MATCH_SELF: bool = matches!(ENUM_REC, Tree::Node { left: 1, .. });
pub const CLOSURE: usize = { let _f = |x: u8| x + 1; 5 };
pub const REF_REF: u8 = **&&7;
pub const RAW: u8 = unsafe { let a = [1u8, 2, 3]; let p = a.as_ptr(); *p.add(2) };
pub const RAW_MUT: [u8; 2] = unsafe { let mut a = [1u8, 2]; let p = a.as_mut_ptr(); *p = 9; *p.add(1) += 1; a };
pub const SLICE_FROM_RAW: &[u8] = unsafe { core::slice::from_raw_parts(STATIC_BYTES.as_ptr().add(1), 2) };
static STATIC_BYTES: [u8; 4] = [5, 6, 7, 8];
pub const STR_FROM: &str = unsafe { core::str::from_utf8_unchecked(b"raw") };
pub const STR_OK: &str = match core::str::from_utf8(b"ok") { Ok(s) => s, Err(_) => "bad" };
pub const DEFAULT_GENERIC: usize = Def::<u8>::N;
pub struct Def<T, const N: usize = 4>(T);
impl<T, const N: usize> Def<T, N> { const N: usize = N; }
pub struct Matrix<const R: usize, const C: usize>([[i32; C]; R]);
impl<const R: usize, const C: usize> Matrix<R, C> {
    pub const fn transpose(&self) -> Matrix<C, R> { let mut out = [[0; R]; C]; let mut r = 0; while r < R { let mut c = 0; while c < C { out[c][r] = self.0[r][c]; c += 1; } r += 1; } Matrix(out) }
}
pub const TRANSPOSE: [[i32; 2]; 3] = Matrix([[1, 2, 3], [4, 5, 6]]).transpose().0;
pub mod keyed {
    pub trait Enum: Sized { const LENGTH: usize; }
    pub unsafe trait Array<V> { const LENGTH: usize; }
    unsafe impl<V, const N: usize> Array<V> for [V; N] { const LENGTH: usize = N; }
    pub trait Other<const N: usize> { const LENGTH: usize; }
    impl Other<3> for u8 { const LENGTH: usize = 3; }
    impl Enum for bool { const LENGTH: usize = 2; }
    impl Array2 for bool { const OWN: usize = Self::LENGTH; }
    pub trait Array2 { const OWN: usize; }
    pub const LEN: usize = <bool>::LENGTH;
    pub const OF_ARRAY: usize = <[u8; 7] as Array<u8>>::LENGTH;
}
pub const KEYED: (usize, usize, usize) = (keyed::LEN, <bool as keyed::Array2>::OWN, keyed::OF_ARRAY);
pub mod unwritten {
    pub trait Params<const LIMBS: usize> { const LIMBS: usize; }
    pub struct Uint<const L: usize>; impl<const L: usize> Uint<L> { pub const LIMBS: usize = L; }
    pub struct Scalar; impl Params<{ <Uint<6>>::LIMBS }> for Scalar { const LIMBS: usize = 7; }
    pub trait Of<T> { const N: usize; }
    impl Of<u8> for Scalar { const N: usize = 3; } impl<T> Of<T> for Uint<1> { const N: usize = 4; }
    pub const LIMBS: usize = <Scalar>::LIMBS;
    pub const N: usize = Scalar::N;
}
pub const UNWRITTEN: (usize, usize) = (unwritten::LIMBS, unwritten::N);
