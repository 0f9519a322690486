unsafe extern "C" { safe fn f(); pub safe static X: u8; unsafe fn g(); static Y: u8; pub unsafe static mut Z: u8; type T; }

extern "C" { fn f(a: u8, ...); fn g(fmt: *const u8, args: ...) -> u8; }

unsafe extern { pub(crate) safe fn f(x: u8) -> u8; }

unsafe static X: u8 = 1;

safe static X: u8 = 1;

safe fn f() {}

fn f() { let safe = 3; safe + 1; safe(1); safe::x(); safe.y; safe!(x); let safe { a } = b; safe {a: 1}; }

const trait A { fn f(); }

pub const unsafe trait A {}

const auto trait A {}

const unsafe auto trait A {}

impl const A for B {}

impl<T> const A for B<T> where T: [const] A {}

const impl A for B {}

const unsafe impl A for B {}

impl<T: ~const A> const A for T {}

impl<T: [const] A + [const] B> A for T {}

fn f<T: const A + ?Sized>() {}

fn f<T>() where T: [const] A, for<'a> &'a T: [const] B<'a> {}

fn f(x: impl [const] A + ~const B) -> impl const C {}

fn f(x: &dyn const A, y: &dyn [const] B) {}

fn f<T: for<'a> [const] A<'a>>() {}

fn f<T: for<'a> const async Fn(&'a u8)>() {}

fn f<T: async Fn(u8) -> u8 + Send>() {}

fn f<T: const async Fn(u8)>() {}

fn f(x: impl async Fn()) {}

fn f(x: impl async FnOnce(u8) -> u8 + 'static) {}

trait A: [const] B + const C {}

trait A { type X: [const] B; const fn f(); }

struct S { x: u8 = 3, pub y: Vec<u8> = const { Vec::new() }, z: u16 }

struct S { x: u8 = 1 + 2 * 3, #[cfg(a)] y: u8, }

enum E { A { x: u8 = 3 }, B(u8) = 3, C }

fn f() { S { x: 1, .. } }

fn f() { let S { x, .. } = S { .. }; }

auto trait A {}

pub unsafe auto trait A {}

pub auto trait A { }

fn auto(auto: auto) -> auto { let auto = auto; auto::auto!(); auto! {}; auto }

trait A = B + C where D: E;

pub trait A<T> = ;

trait A = for<'a> Fn(&'a u8) -> u8 + ?Sized;

const trait A = B;

macro m($x:expr) { $x }

pub(crate) macro m { ($x:expr) => { $x }, ($a:tt $b:tt) => { $a }, }

pub macro m { ($x:expr) => { $x } ($a:tt $b:tt) => { $a } }

pub macro m { () => {}; }

#[rustc_builtin_macro] pub macro Clone($item:item) { /* compiler built-in */ }

struct S { unsafe x: u8, pub unsafe y: u16 }

macro_rules! m { ($($x:ident),* $(,)?) => { ${count($x)} ${concat(a, $x)} $(${ignore($x)} ${index()})* $$ $$crate $crate::x }; }

macro_rules! m { ($($x:ident)+ ; $($y:tt)=>* ; $($z:tt)?) => [ $($x)+ $($x),+ $($x)=>* $($x)?; ]; [] => (); }

macro_rules! m ( () => {} );

macro_rules! m [ () => {} ];

macro_rules ! m { () => {} }

macro_rules /* x */ ! /* y */ m { () => {} }

macro_rules! m { ($($x:ident)*) => { $($x)* + 1 } }

macro_rules! m { ($($x:ident)*) => { $( $x )+* } }

macro_rules! m { ($($x:ident)||*) => { $( $x )||* } }

macro_rules! m { ($($x:ident)a*) => { $( $x ) b * } }

macro_rules! m { ($($x:ident) , /* c */ *) => { $( $x ) /* ' */ , // d
 * } }

macro_rules! m { attr() ($x:item) => { $x } derive() ($x:item) => {} unsafe attr($y:tt) ($x:item) => {} }

macro_rules! m { attr() ($x:item) => { $x }; derive() ($x:item) => {}; unsafe attr($y:tt) ($x:item) => {}; () => {} }

macro_rules! m { ($r#type:ty, $größe:expr, $_x:lifetime, $x:expr_2021, $y:pat_param) => {} }

macro_rules! m { ($x:vis) => { 'a: loop { break 'a; } ; 'static ; '_; b'x'; c"x"; cr#"x"#; br"x"; ~x; @; 1.0.2; 0x1u8; 1e10; 2.; 3..4; x.0.1; 1_foo; 1.5bar; "x"suffix; /* ' */ } }

macro_rules! m { ($a:expr, $($rest:tt)*) => { m!($($rest)*) ; $a $(+ $rest)* } }

macro_rules! default { () => {} }

macro_rules! union { () => {} }

macro_rules! r#try { () => {} }

macro_rules! auto { () => {} }

fn f() { default!(); union!(1); auto![]; raw!{}; gen!(1); safe!(); reuse!(); builtin!(); pin!(); macro_rules!(a) }

fn macro_rules() { macro_rules(); let macro_rules = 1; macro_rules::x; macro_rules - 1; }

#[unsafe(no_mangle)] #[unsafe(export_name = "x")] pub extern "C" fn f() {}

#[unsafe(link_section = ".x")] static X: u8 = 1;

#![unsafe(x)]

#[cfg_attr(all(), unsafe(no_mangle))] fn f() {}

impl !Send for X {}

impl<T: ?Sized> !A<T> for B<T> {}

unsafe impl<#[may_dangle] T, #[cfg(a)] 'a, #[b] const N: usize> Drop for X<T> {}

gen fn f() -> u8 { yield 1; }

async gen fn f() -> u8 { yield 1; }

fn f() { for<'a> |x: &'a u8| -> &'a u8 { x }; for<> || -> () {}; for<'a, 'b> async move |x| -> u8 { 1 }; const || 1; const move |x| {}; }

fn f() { use || 1; move || 2; async use || 3; x.use; x.use.y; async use { 1 }; gen use {} }

fn f(x: impl Sized + use<'a, T>) -> impl Sized + use<> {}

fn f() -> impl use<'a> + Sized {}

fn f() -> impl Sized + use<Self, T,> {}

trait A { type X: use<'a> + B; }

fn f() { if let Some(x) = y && x > 1 && let Some(z) = w {} }

fn f() { if a && let b = c && d {} else if let e = f && g {} }

fn f() { match x { Some(y) if let Some(z) = y && z > 1 => 1, _ if let a = b => {} _ => 2 } }

fn f() { &raw const x; &raw mut y.z; &raw const (*p).f; let raw = 1; &raw; &raw.x; &raw[0]; raw + 1; &raw::x; &mut raw; & raw const *p }

fn f() { c"x"; cr"x"; cr#"a"b"#; b"x"; br"x"; r"x"; r##"a"#b"##; "a\u{1_F600}\
   b\x41\0\\\""; '\u{1_0}'; b'\''; '\''; '"'; '\\'; ' '; 'é'; '😀' }

extern "C" { type Opaque; pub type B; }

struct A<const N: usize = 3, const M: i32 = { 1 + 2 }, const B: bool = true, const C: char = 'x', const D: i8 = -1, const E: usize = N>;

type X = A<3, { N + 1 }, true, 'x', -1, { -1 }, -0x1, "x">;

type X = A<N = 3, M = { 1 }, Item = u8, B: C, D: E + 'static, 'a, T>;

type X = A<{ 1 }>; fn f() { A::<{ N + 1 }, -1>::x(); f::<-1, 'a', true>(); x.f::<{ 1 }>() }

type X = A<T<u8>::B, <T as B>::C<D>, dyn E, [u8; 3], fn() -> u8, impl F, !, (), &'a u8, *const u8, m!(), _>;

type X = A<for<'a> fn(&'a u8), dyn for<'a> Fn(&'a u8) -> u8 + Send, for<'a> B<'a>>;

fn f() { match x { 1.. => 1, ..5 => 2, ..=5 => 3, 1..5 => 4, 'a'..='z' => 5, A..=B => 6, a::B.. => 7, -1..=1 => 8, ..=-1 => 9, i32::MIN..0 => 10, <u8>::MAX.. => 11, <T as U>::A..=B::<C>::D => 12, 1.0..=2.0 => 13, .. => 14, X...Y => 15 } }

fn f() { let [a, .., b] = c; let [x @ .., 1] = y; let [1.., 2] = z; let (.., a) = b; let [..] = c; let [a @ 1.., ..] = d; }

fn f() { let Foo { 0: x, 1: ref y, #[cfg(a)] z, ref mut w, mut v, a: 1..=2, .. } = q; let Foo::<T> { x } = y; let <T as U>::V { x } = y; let Foo::<T>(x) = y; let <T>::X(y) = z; }

fn f() { let box x = y; let Some(box ref mut z) = w; let box (a, b) = c; let S { box x, .. } = d; }

fn f() { match x { ! => {}, Err(!) => {}, Ok(y) => y } }

fn f() { match x { Err(!), Ok(y) => y, None } }

fn f() { match x { (a if a > 1) | b => 1, Some(y if z) => 2, _ => 3 } }

fn f() { let mut ref x = 1; let &mut mut y = z; let &(mut a) = b; let && c = d; let & &e = f; }

fn f(&x: &u8, (a, b): (u8, u8), [c, d]: [u8; 2], S { e }: S, _: u8, mut g: u8, ref h: u8, (i | j): u8, #[cfg(a)] #[b] k: u8) {}

fn f(#[a] self, #[cfg(b)] x: u8,) {}

fn f(&'a mut self) {} fn g(mut self: Box<Self>) {} fn h(self: &Self) {} fn i(&mut self) {} fn j(& 'a self) {}

fn f(&pin mut self, x: &pin mut u8, y: &'a pin const u8) { &pin mut x; &pin const y; let &pin mut z = w; let ref pin mut v = u; let pin = 1; &pin; &pin.x; pin!(x) }

fn f(&'a pin const self) {}

trait T { fn f(u8); fn g(&self, u8, &str); fn h(_: u8, [u8; 3], (u8, u8), fn(u8), impl A, dyn B); }

fn f(x: fn(u8, _: u8, x: u8, ...) -> u8, y: unsafe extern "C" fn(), z: for<'a> unsafe fn(&'a u8) -> &'a u8, w: extern fn(#[a] u8), v: extern r"C" fn()) {}

type X<T> where T: A = B<T> where T: C;

trait A { type X<'a>: B + C<'a> = D where Self: 'a; type Y; type Z: ; type W = u8; const N: usize; const M: u8 = 1; }

impl A for B { type X<'a> = C where Self: 'a; default type Y = D; default fn f() {} default const N: u8 = 1; default unsafe fn g() {} default async fn h() {} default const fn i() {} default const unsafe extern "C" fn j() {} }

default impl A for B {}

default unsafe impl A for B {}

default const impl A for B {}

fn default(default: u8) -> default { default; default(); default::x(); default + 1; default.x; let default = 1; default!{} default }

const fn f() {} const unsafe fn g() {} const extern "C" fn h() {} const async unsafe extern "C" fn i() {} async unsafe fn j() {}

const X<T>: u8 = 1; const Y<T: A>: T = B where T: C;

fn f() { do yeet; do yeet 1; do yeet x?; let yeet = 1; yeet }

fn f() { become f(x); become g() }

fn f() { builtin # offset_of(A, b.c); let builtin = 1; builtin + 1; builtin # type_ascribe(x, y) }

fn f() { let x = 1e10; 1.; 1.0e-5_f32; 0b_1; 0o_7; 0x_f; 1_; 1_u8; 1f32; 1e1_0; 1E+5; 1e5f64; 2.0.sqrt(); 1.max(2); 0..1; 0..=1; 1..; 0xEu8; 1f16; 1.0f128; 0usize; 1_000.000_1; x.0.1.2; x.0 .1; 1.e; 1. .x }

fn r#fn(r#type: r#struct::r#enum) { r#let.r#match(); r#"x"#; r#true }

fn f<'r#fn, 'r#struct>(x: &'r#fn u8) { 'r#loop: loop { break 'r#loop } }

fn größe(变量: Ж) { let é = ñ.ü; _x; __ }

fn f() { super let x = 1; super let mut y = &2; super::f(); super let (a, b) = c; }

fn f() { let async = 1; async + 1; async.x; let await = 2; await + 1; r#try!(x); try!(x); dyn + 1; let dyn = 1; }

mod async { } mod await {} fn async() {} struct async; use async::await; fn f(async: async::X, dyn: dyn::Y) {}

mod union {} mod auto {} mod default {} mod raw {} mod safe {} use union::X; use default::Default; use raw; pub use auto::{self, *};

union U { a: u8 } fn union() { union::x(); union(); let union = 1; union + 1; union { a: 1 } } struct union; union union<T> where T: A { a: union<T> }

pub(in a::b) union U { x: u8 } pub(crate) union V { x: u8 } fn f(union: union) -> Option<union> { match union { union => 1 } }

type union = u8; type auto = union; type raw = Vec<auto>; struct S { union: union, auto: auto<u8>, raw: raw::X, safe: &safe, default: [default; 2], gen: gen }

fn f() { try { 1? }; let x = try { 2 }; try bikeshed u8 { 1 }; }

fn f() { let Some(x) = y else { return }; let A { b } = c else { panic!() }; let 1..=2 = x else { loop {} }; }

fn f() { 'a: { break 'a 1 }; 'b: loop { continue 'b; } 'c: while x { break 'c } 'd: for i in 0..1 {} 'e: { } }

fn f() { break [1]; break (1); break -1; break &x; break || 1; break; break 'a; break 'a [1]; return [1]; return (1); return; yield; yield 1; yield [1]; x.yield; x.y.yield?; }

fn f() { x.match { _ => 1 }; x.await; x.await?.y().await; x?.y?; x.await.match { a => b } }

fn f() { let x = match y { _ => 1 } + 2; let z = if a { 1 } else { 2 } * 3; let w = unsafe { 1 } as u8; let v = { 1 } & 2; let u = loop {}.x; }

fn f() -> u8 { match x { a => {} b => 1, c => { 2 }, d => { 3 }.x(), e => if f {} else {}, g => { } | h => 4 } }

fn f() { x as u8 as char; x as *const u8 as *mut _; x as fn(u8) -> u8; x as usize + 1; x as Box<T>; x as &dyn A; &x as &[u8]; x as <T as U>::V; x as usize as f32 > 1.0; (x as usize) < y; -x as u8; !x as u8; *x as u8; x as _; x as [u8; 3] }

fn f() { a = b = c; a += b -= c; a << b >> c; a < b; a > b; a <= b; a && b || c; a & b | c ^ d; !a; -a; *a; &&a; &mut *a; **a; &*a; a == b && c != d; a >>= 1; a <<= 2; a ^= b; a |= c; a %= d }

fn f() { <T>::x(); <T as U>::y(); <&T>::z; <[u8]>::len(a); <dyn A>::b(); <fn() -> u8>::c(); <<T as A>::B as C>::D::e(); <(A, B)>::f(); <T as A<B>>::C::<D>::e::<F>(); <*const T>::cast(p); <!>::x() }

fn f() { S { a, b: 1, ..c }; S::<T> { x: 1 }; a::b::S { 0: 1 }; <T as U>::V { x: 1 }; Self { a }; Self::B { c }; Self::<T> { d }; S::<T>::U { e } ; ::a::B { c: 1 } }

fn f() { a::b!(); ::a::b!{}; self::a![]; crate::a!(); super::a!{} x!{}.y(); x!() + 1; x!{} let y = x![1].z; str!(1); u8!{} }

fn f() where { } fn g<>() {} fn h<T,>() where T:, U: A +, 'a:, 'a: 'b +, for<'a> T: A<'a>, fn(T): B, [T]: C, (T, U): D, &'a T: E, *const T: F, !: G, dyn H: I, m!(): J, <T as K>::L: M, Self: Sized, T: ?Sized + 'a, u8: N, impl O: P, T: for<'a> Q<'a>, T::U: V, T::U<W>: X, T: (A) + (?B) + (for<'a> C<'a>), #[cfg(a)] T: D {}

struct A; struct B {} struct C(); struct D<T> where T: E; struct F<T>(T) where T: G; struct H<T> where T: I { t: T } struct J(pub u8, pub(crate) u8, pub(in a::b) (u8, u8), pub (u8, u8), #[cfg(a)] u8, crate::A, pub crate::B);

enum E { A = 1, B(u8), C { d: u8 }, #[default] D, pub F, E() = 3, G {} = -1, } enum F {} enum G<T> where T: A { H(T) }

use {}; use a::{}; use ::{a, b}; use {a::b, c::*}; use *; use ::*; use a::b::{self, c as d, e::{f, g::*}, self as h}; pub(in crate::x) use super::super::y; use crate::{self as x}; use self::*; use r#a::r#b as r#c;

mod a; mod b { #![c] } unsafe mod d {} unsafe extern "C" {} pub(super) mod e {}

fn f() -> impl Fn() -> u8 + 'a { } fn g() -> Box<dyn Fn(u8) -> Box<dyn A> + 'a> { } fn h() -> impl Iterator<Item = impl A + 'a> + '_ {} fn i() -> impl Fn() -> impl A {} fn j() -> &'static dyn A {} fn k() -> (impl A, u8) {}

fn f<T: A<b(..): Send>>() where T::c(..): D, <T as U>::e(..): F, T: A<g(): H> {}

type X = unsafe<'a> &'a u8; type Y = unsafe<> u8; fn f(x: unsafe<'a, 'b> fn(&'a u8)) {}

reuse a::b; reuse a::{b, c}; reuse <T as A>::b { self.0 } pub reuse a::* { x } fn reuse() { reuse(); let reuse = 1; reuse + 1; reuse::x() }

reuse a::b as c; reuse crate::x { self }

fn f() { static X: u8 = 1; const Y: u8 = 2; struct Z; impl A for B {} fn g() {} mod h {} use i::j; macro_rules! k { () => {} } enum L {} trait M {} type N = u8; extern crate o; extern "C" {} union P { a: u8 } macro q() {} }

fn f(self) {} fn f(mut self) {} fn f(self: Self) {} fn f(&self,) {} fn f(&'_ self) {}

fn f() { if a { 1 } else if b { 2 } else { 3 }; if let A = b { } else if let C = d {} else {} }

fn f() { let f = |x| x; |x: u8| -> u8 { x }; || {}; move || (); |a, b,| a; |&x| x; |(a, b)| a; |_| _; |S { a }| a; |mut x| x; |x: &mut u8| *x += 1; |&&x, y| x; || || 1; |x| |y| x; |A | B| 1 }

fn f() { |x| return; |x| break; |x| x = 1; |x| x += 1; |x| x..y; |x| &x; |x| -x; |x| async { 1 }; |x| loop {}; |x| { } ; x(|| {}, |y| z) }

fn f() { return || 1; return { 1 }; return if a { 1 } else { 2 }; break match x {}; let x = return; let y = break; a && return; a || break; a.b(return); return a + b }

fn f() { while let Some(_) = x.next() { } while { a; b } { } loop { break; } for (i, x) in y.iter().enumerate() {} for _ in 0..n {} for S { a } in b {} for &x in &y {} }

fn f() { x.0.1; x.0.a; x.a.0; x.0(); (x.0)(); x.0[1]; x.0?.1; x.00; 1.0.x(); 1..2.0; x.0 .0; x.0. 1 }

fn f() { async move { x.await }; async { }.await; async fn g() {} async unsafe fn h() {} async move || x; let x = async || y.await; }

static mut X: u8 = 1; static ref_: u8 = 2; pub static Y: &'static str = ""; static Z: fn() = || {}; static FOO: [u8; { 1 + 1 }] = [0; 2];

impl dyn A + Send {} impl dyn A {} impl (A, B) {} impl [T] {} impl &A {} impl *const A {} impl fn() {} impl ! {} impl A for ! {} impl<'a> A for &'a B {} impl A for fn() -> u8 {} impl A for [u8; N] {} impl A for dyn B + 'static {} impl<T> A for T where T: B {} impl A for m!() {} impl Fn(u8) -> u8 for A {} impl ::a::B for ::c::D {} impl a::B<C> for d::E<F> {} impl <T> A for B {}

trait A: B + C<D = E> + 'static + ?Sized where Self: F {} trait G: {} trait H<T = u8, const N: usize = 1>: for<'a> I<'a> {} pub(crate) unsafe trait J {} trait K { m!(); }

type A = dyn B + 'static; type C = impl D; type E<T> = F<T>; pub type G = fn(); type H<'a, T: 'a> = &'a T; type I<const N: usize> = [u8; N]; type J = (u8,); type K = (); type L = ((u8)); type M = !; type N = *mut u8; type O = [u8]; type P = &'static mut [u8]; type Q = a::b<C>::D; type R = Self; type S = ::a::B; type T = crate::U; type V = <W>::X; type Y = &&u8; type Z = fn(&mut u8, ...) -> !;

fn f(x: for<'a> fn(&'a u8), y: Fn(u8) -> u8, z: fn() -> fn() -> u8, w: fn(fn(u8)), v: Fn() -> (u8, u8), u: &dyn Fn(), t: fn(mut x: u8)) {}

fn f() { a < b; a < b && c > d; a << b; (a < b) > c; a < (b); f(a < b, c > d); a as u8 >> 1; x < -1; x<y as u8; x < *y; i < self.n; a.b < c.d; if a < b { } if x.len() < n { } while a < b { } }

extern crate a; pub extern crate b as c; extern "C" fn d() {} extern fn e() {} extern "C" { fn f(); } extern { static G: u8; } pub extern "system" fn h() {}

#[a] #[b = "c"] #[d(e)] #[f::g(h = 1, "i")] #[j[k]] #[l{m}] #[doc = include_str!("x")] #[n = 1 + 2] #[crate::a] #[self::b] #[r#c] #[default] #[union] struct S;

#![a] #![b = "c"] #![d(e)] mod x { #![f] fn g() { #![h] } }

fn f() { m!('a', 'b, b'c', '\'', '"', "\"", r#"""#, 'static, '_') }

fn f() { let x = a::<B> ; x < y::z ; a::<B>() < c }

fn f(x: a!(), y: a!{}, z: Vec<a![]>, w: &a!(), v: a::b!()) -> c!() {}

impl A for B { const C: u8; type D; fn e(); }

fn f() { unsafe { } unsafe { a }.b; let x = unsafe { *y }; unsafe fn g() {} unsafe impl A for B {} unsafe trait C {} unsafe extern "C" fn h() {} unsafe extern "C" {} }

fn f() { x = if a { b } else { c }; x += match y { _ => 1 }; let z = &if a { b } else { c }; f(if a { b } else { c }); [if a { b } else { c }; 2]; !{ a }; -{ 1 }; *{ p } = 1; &{ x }; return { x } }

fn f() { (a)(b); (a.b)(c); a.b(c)(d)[e]; a()(); a[0](1); (|| 1)(); { f }(x); a.b.c(); a?(b) }

impl(crate) trait T1 {} pub impl(in a::b) unsafe auto trait T2 {} pub(crate) impl(self) trait T3 {}

reuse impl T for S;

fn f() { for await x in y {} }

fn f<T>() where for<'a> <T as X<'a>>::Y: Z, [u8; { N + 1 }]: Sized, (): A, (T,): B, for<'a, 'b: 'a> fn(&'a T): C, Vec<T>: D, T: A + , {}

fn f<const N: usize = { 3 }, const M: [u8; 2], const F: fn() -> u8>() {}

fn f(x: [u8; N], y: [u8; N + 1], z: [u8; { N }], w: [[u8; 2]; 3], v: [u8; a::b()], u: [u8; size_of::<T>()], t: [T; M as usize]) {}

extern "C" { fn f(...); fn g(x: u8, ...); fn h(mut x: ...); }

unsafe extern "C" fn f(x: u8, mut args: ...) {} unsafe extern "C" fn g(_: ...) {} unsafe extern "C" fn h(...) {}

fn f() { x.y = 1; x[0] = 2; *x = 3; (x, y) = (1, 2); [a, b] = c; S { a, b } = d; S(a) = e; _ = f; (a.b, c[0]) = g; (x, ..) = h; [a, .., b] = c; S { a, .. } = d }

fn f() { |x| -> u8 { 1 }; move |x: u8, | { }; |&S { a, b: c }: &S| a; |[a, b]| a; |a @ 1..=2| a; |ref x| x; |box x| x; |_: u8| (); |x: Vec<u8>| x; |x: &dyn Fn(u8) -> u8| x(1) }

fn f() { { 1 } { 2 } if a {} { 3 } match x {} [1]; loop {} (a); while b {} *c = 1; for i in j {} &d; unsafe {} -1; {} | x | x; {} ..1 ; {} <T>::f() }

fn f() -> bool { match x { A => true, B if c => { false } C | D => a && b, E => {} F => (), } }

fn f() { match x { Some(1..) => 1, Some(..=2) => 2, [1.., ..=2] => 3, (1.., 2..) => 4, S { a: 1.. } => 5, 1.. | 2.. => 6, &(1..) => 7, x @ 1.. => 8, 1.. if a => 9, _ => 0 } }

fn f() { match x { -1 => 1, -1.0 => 2, -1..=-2 => 3, 'a'.. => 4, b'a'..=b'z' => 5, "a" => 6, b"b" => 7, c"c" => 8, true => 9, r"d" => 10, 1u8 => 11, 0x1 => 12, A => 13, a::B => 14, A(..) => 15, A {..} => 16, Self => 17, Self::A => 18, Self(x) => 19, Self { y } => 20, crate::A => 21, super::B => 22, self::C => 23, ::a::D => 24, <T>::E => 25, A::<T>::F => 26, A::G::<T> => 27 } }

fn f() { let x = if let A = b { 1 } else { 2 }; let y = match a { b => c }.d; let z = { let w = 1; w }; let v = unsafe { a() }?; let u = (if a { b } else { c }).d; let t = async { 1 }.await; let s = loop { break 1 }; let r = 'a: { break 'a 1 } + 2; }

fn f() { &a as *const _ as usize as u8; (&a as &B).c(); a as u8 == 1; a as u8 + b as u8; a as u8 & 1; a as u8 | 1; a as u8 && b; a as u8..b as u8; a as u8 as i8 > 0; -1 as u8; a as usize * 2; a as usize % 2; a[b as usize]; if a as u8 == 1 {} match a as u8 {} for i in a as u8..b as u8 {} }

fn f() { a.b.c.d; a.b().c().d(); a?.b?.c()?; a.await?.b; a[0][1].b[2]; a.0.1.2; a().b; (a)(b).c; a::b.c; a!().b; "a".b(); 1.b(); 1.0.b(); [1].b(); (1,).0; (1, 2).1; {1}.b; S{a}.b; |a| a.b; &a.b; *a.b; -a.b; !a.b }

fn f() { 0; 00; 0_0; 1__; 0x__1; 0b0_; 0xABCDEFabcdef; 1u8; 1_u8; 0xFu16; 0b1i32; 0o7usize; 1e3; 1E3; 1e+3; 1e-3; 1.5e3; 1.5E-3_f32; 1_0.0_1; 1.; 1.0f64; 0.0; 00.00; 1f64; 0e0; 12E+99_f64 }

#!/usr/bin/env run-cargo-script

#![cfg(a)]fn f() {}

type A<'a> where T: 'a, = T; type B: Copy; type C<T: D = E>: F<G> where H: I = J; type D;

fn f() -> impl Fn(&u8) -> &u8 + 'static {} fn g(x: &mut dyn FnMut(u8) -> Result<(), E>) {} fn h(f: &dyn Fn(A) -> B, g: Box<dyn FnOnce() + Send + 'static>) -> Result<Box<dyn E>, Box<dyn F + Send>> {}

fn f<F>(f: F) where F: for<'a> Fn(&'a u8) -> Box<dyn Future<Output = u8> + 'a> + Send, F: Fn() -> u8 + Copy, F: FnOnce(A) -> B, {}

fn f() { let x: A<B<C>>= d; let y: A<B>= e; let z: &A<B>=&f; let w = a::<B<C>>(); a::<B<C<D>>>(); let v: Vec<u8>=vec![]; if a::<B>()>=c {} }

const A: B<C>= D; static A: B<C<D>>= E; type A = B<{C}>; type A<T=B<C>>= D; fn f<T=A<B>>() {}

fn f() { || || a; ||a||b; |a|b|c; |a||b|c; f(||a, ||b); f(|a|a, |b|b); move||a; async||a; let a=||b; let a = |_|(); [||a, ||b]; a||||b }

fn f<'a, 'b: 'a, T: 'a + 'b + A, const N: usize>(x: &'a T, y: &'b mut T) where 'a: 'b, 'b: 'a + 'static {}

impl<'a, T> A<'a, T> for B<'a, T> where T: C<'a> + 'a {} impl<T: A<B = C> + D> E for F<T> {} impl<const N: usize> A for [u8; N] {} impl<T, const N: usize> A<{ N + 1 }> for B<T, N> {}

struct S<'a, T: ?Sized + 'a, const N: usize = 3> where T: A { a: &'a T, b: [u8; N], c: fn(&'a T) -> u8, d: Box<dyn Fn(&T) -> u8 + 'a>, e: PhantomData<(T, &'a ())>, f: *const T, g: (), h: !, i: m!(), r#type: u8, _j: u8, }

enum E<'a, T> where T: 'a { A(&'a T), B { c: T }, D = 1 << 2, F = -1isize as _, G = { const X: isize = 3; X }, #[cfg(a)] H, I(#[cfg(b)] u8, u16), J { #[cfg(c)] k: u8 }, }

fn f() { .. .. ..; ..=..=.. ..a; (..) == (..); a = () = (); yield yield 1; }

fn f() { match match a { _ => b } { _ => c }; match if a { b } else { c } { d if if e { f } else { g } => h, _ => i } }

fn f() { Vec::<>::new(); a.b::<>(); use {{a::{b}}, ::{{c}, d as e}}; ;;; ; }

fn u16(u16: u16) -> u16 { let &u16: &u16 = u16::u16(&1u16); u16!(u16); ::u16(u16); u16 } fn f<'u16: 'u16>(x: &'u16 u16) {}

fn f() { let a = (b = 0) == (c += 1); d(return); while (return) { if (break) {} match (continue) {} } }

trait T { pub default type A; pub fn g(); pub const B: u8; default async unsafe fn h(); }

pub(in crate::a) struct A; pub(in super::super) struct B; pub(in self) struct C;

fn f() { let a: impl 'static + A; let b: impl ?Sized; let c: dyn 'a + B; let d: m! { E }; let e: impl for<'a> F<'a>; }

reuse impl A for B { self.c }

fn f() { let | A = c else { return }; let (| d | e) = g; |(h | i)| j; }
