/**
 * Sources that are short to write down and hard to digest: nesting, doubling, circles, huge numbers, long lists, long lines.
 *
 * What doubles is small at its full size, and always has it.
 *
 * Example: `bomb(3, 0.1)` is one of them, a tenth of its full size.
 */
import type { Random } from "../oracle/random.ts";

type Bomb = (count: (full: number) => number) => string;

/** `piece(0)`, … one after another. */
function many(count: number, piece: (i: number) => string, separator = "\n"): string {
  return Array.from({ length: count }, (_, i) => piece(i)).join(separator);
}

function nested(count: number, before: string, inside: string, after: string): string {
  return before.repeat(count) + inside + after.repeat(count);
}

const TYPES: readonly Bomb[] = [
  (n) => `pub enum E { ${many(n(50_000), (i) => `V${i}`, ", ")} }`,
  (n) => `pub enum E { ${many(n(50_000), (i) => `V${i}(u${8 << (i % 4)})`, ", ")} }`,
  (n) => `pub struct S { ${many(n(70_000), (i) => `f${i}: u${8 << (i % 4)}`, ", ")} }`,
  (n) => `pub union U { ${many(n(20_000), (i) => `f${i}: u${8 << (i % 4)}`, ", ")} }`,
  (n) => many(n(50_000), (i) => `pub struct S${i} { a: u8, b: u32 }`),
  (n) => `${many(n(50_000), (i) => `fn f${i}() { let x = ${i}; }`)}\npub struct S(u8);`,
  (n) => `pub struct S(${nested(n(10_000), "(", "u8,", "),")});`,
  (n) => `pub struct S(${nested(n(10_000), "[", "u8", "; 1]")});`,
  (n) => `pub struct S(${nested(n(10_000), "Option<", "u8", ">")});`,
  (n) => `pub struct S(${"&'static ".repeat(n(10_000))}u8);`,
  (n) => `pub struct S((${many(n(10_000), (i) => `u${8 << (i % 4)}`, ", ")}));`,
  () => `type T0 = u8;\n${many(60, (i) => `type T${i + 1} = (T${i}, Box<T${i}>);`)}\npub struct S(T60);`,
  () => `struct G0<T>(T);\n${many(60, (i) => `struct G${i + 1}<T>(G${i}<T>, G${i}<T>);`)}\nstruct S(G60<u8>); struct O<T>(G60<T>);`,
  (n) => `struct S0(u8);\n${many(n(10_000), (i) => `struct S${i + 1}(S${i});`)}`,
  (n) => `type S0 = u8;\n${many(n(10_000), (i) => `type S${i + 1} = Option<S${i}>;`)}\nstruct S(S${n(10_000)});`,
  (n) =>
    `struct G<${many(n(1000), (i) => `T${i}`, ", ")}>(${many(n(1000), (i) => `T${i}`, ", ")});\nstruct S(G<${many(n(1000), () => "u16", ", ")}>);`,
  () => "struct A<T>(T, Option<Box<A<(T, T)>>>); struct B(A<u8>); enum C<T> { X(Box<C<Option<T>>>), Y(T) } struct D(C<u8>);",
  () =>
    "struct A([[u8; usize::MAX]; usize::MAX]); struct B([u8; 1 << 60], u64); struct C([(); usize::MAX]); enum D { A([u8; (1 << 61) - 1]), B }",
  () =>
    "#[repr(align(536870912))] struct A(u8); struct B(A, u8); enum C { X(A), Y(u8) } #[repr(align(3))] struct D; #[repr(packed(0))] struct E;",
  () => "#[repr(i8)] enum A { X = 127, Y } enum B { X = isize::MAX, Y } #[repr(u64)] enum C { X = u64::MAX } enum D { X = 1 << 200 }",
  () => "type A = B; type B = A; struct C(A); struct D(D); enum E { F(Box<E>), G(E) } union U { u: U2 } union U2 { u: U }",
  (n) => `struct S(Box<dyn ${many(n(5000), () => "Send", " + ")}>); struct T(Box<dyn ${nested(n(300), "Fn(Box<dyn ", "Send", ">)")}>);`,
];

const VALUES: readonly Bomb[] = [
  (n) => `struct S([u8; ${nested(n(10_000), "(", "1", ")")}]);`,
  (n) => `struct S([u8; ${many(n(20_000), () => "1", " + ")}]);`,
  (n) => `struct S([u8; ${nested(n(5000), "if true { ", "1", " } else { 0 }")}]);`,
  (n) => `struct S([u8; ${nested(n(10_000), "{", "1", "}")}]); struct T([u8; ${"!".repeat(n(20_000))}0]);`,
  (n) => `const X: usize = 1usize${".wrapping_add(1)".repeat(n(5000))}; struct S([u8; X]);`,
  (n) => `const C0: usize = 1;\n${many(n(10_000), (i) => `const C${i + 1}: usize = C${i} + 1;`)}\nstruct S([u8; C${n(10_000)}]);`,
  (n) => `const fn f(n: u32) -> usize { match n { ${many(n(20_000), (i) => `${i} => ${i},`, " ")} _ => 1 } } struct S([u8; f(9)]);`,
  () => "const L: usize = { while true {} 1 }; struct S([u8; L]); const fn f(n: usize) -> usize { f(n + 1) } struct T([u8; f(0)]);",
  () => "const fn g(n: usize) -> usize { if n == 0 { 1 } else { g(n - 1) + g(n - 1) } } struct U([u8; g(40)]); const A: usize = A;",
  () =>
    "const A: [u8; 1 << 40] = [0; 1 << 40]; struct S([u8; A.len()]); const B: [[u8; 100000]; 100000] = [[1; 100000]; 100000]; struct T([u8; B[5][5] as usize]);",
  () => "const A: usize = { let mut v = [0u64; 4096]; let mut i = 0; loop { v[i % 4096] += 1; i += 1; } }; struct S([u8; A]);",
  () =>
    `const fn f() -> usize { let v0 = 1; ${many(40, (i) => `let v${i + 1} = (&v${i}, &v${i});`, " ")} std::mem::size_of_val(&v40) } struct S([u8; f()]);`,
];

const NAMES: readonly Bomb[] = [
  (n) => `${nested(n(10_000), "mod m { ", "pub struct S(u8);", " }")}`,
  (n) => `${nested(n(5000), "fn f() { ", "struct S(u8);", " }")}`,
  (n) => `mod m0 { pub struct S(u8); } ${many(n(3000), (i) => `mod m${i + 1} { pub use super::m${i}::*; }`)} struct Z(m${n(3000)}::S);`,
  () => `${many(60, (i) => `mod m${i} { ${many(60, (j) => `pub use super::m${j}::*;`, " ")} }`)} struct Z(m1::Zed);`,
  (n) => `struct S(${many(n(20_000), () => "a", "::")});`,
  () =>
    "mod a { pub use super::b::*; pub use X as Y; } mod b { pub use super::a::*; pub use Y as X; } struct S(a::X); use S as S; use self::T as T;",
  () =>
    "extern crate self as me; use me::me2 as me3; use me3 as me2; struct S(me2::S); mod crate_ { pub use crate as c; } struct T(crate_::c::crate_::c::U); struct U(u8);",
];

const TRAITS: readonly Bomb[] = [
  () =>
    "struct A<T>(T); struct B<T>(T); trait T {} impl<X> T for A<X> where B<X>: T, A<B<X>>: T {} impl<X> T for B<X> where A<A<X>>: T {} trait U { type O; } impl<X> U for X where A<X>: T { type O = u8; } struct S(<u16 as U>::O);",
  () =>
    `struct W<T>(T); ${many(60, (i) => `trait T${i} {} impl<X> T${i} for W<X> where X: T${i + 1}, W<X>: T${i + 1}, W<W<X>>: T${i + 1} {}`)} trait T60 {} impl T60 for u8 {} trait V { type O; } impl<X: T0> V for X { type O = u8; } struct S(<W<u8> as V>::O);`,
  (n) => `trait T0 {} ${many(n(3000), (i) => `trait T${i + 1}: T${i} {}`)} struct S(Box<dyn T${n(3000)}>);`,
  (n) => `${many(n(20_000), (i) => `struct S${i}; impl Clone for S${i} { fn clone(&self) -> Self { S${i} } }`)}\nstruct S(S1);`,
  () =>
    "trait T { type X; } impl T for u8 { type X = <u16 as T>::X; } impl T for u16 { type X = <u8 as T>::X; } struct S(<u8 as T>::X); trait A: B {} trait B: A { type Y; } struct R<Z: A>(Z::Y);",
  () =>
    "trait It { type N: It; } impl<T> It for Option<T> { type N = Option<Option<T>>; } struct S(<<<Option<u8> as It>::N as It>::N as It>::N); struct A<T: It>(T, Option<Box<A<T::N>>>); struct B(A<Option<u8>>);",
];

const MACROS: readonly Bomb[] = [
  () => "macro_rules! b { ($($t:tt)*) => { b!{ $($t)* $($t)* } } }\nb!{ a }\nstruct S(u8);",
  () => '#![recursion_limit = "100000"]\nmacro_rules! b { ($($t:tt)*) => { b!{ $($t)* x } } }\nb!{ a }\nstruct S(u8);',
  () =>
    `macro_rules! l0 { () => { struct X; } }\n${many(12, (i) => `macro_rules! l${i + 1} { () => { ${`l${i}!{} `.repeat(10)} } }`)}\nl12!{}\nstruct S(u8);`,
  () =>
    "macro_rules! r { ($($a:tt)*) => { r1!{ [$($a)*] $($a)* } } } macro_rules! r1 { ([$($x:tt)*] $($a:tt)*) => { $( r1!{ [$($x)*] $a $a } )* } }\nr!{a b c d e f g}\nstruct S(u8);",
  () => "macro_rules! m { ($n:ident) => { macro_rules! $n { () => { m!{ $n } $n!{} } } $n!{} } }\nm!{ a }\nstruct S(u8);",
  (n) => `macro_rules! m { ($($t:tt)*) => { $($t)* } }\n${nested(n(5000), "m!{", "struct S(u8);", "}")}`,
  (n) => `macro_rules! m { ($($($($a:tt)*)*)*) => { $($( struct S; )*)* } }\nm!{ ${"a ".repeat(n(20_000))} }\nstruct T(u8);`,
  (n) => `macro_rules! m { (${"$($a:tt)* ".repeat(1)}$($b:ident)*) => { struct S; } }\nm!{ ${"a ".repeat(n(20_000))} }\nstruct T(u8);`,
  () => `macro_rules! ty { ($t:ty) => { ($t, $t) } }\nstruct S(${nested(60, "ty!(", "u8", ")")});`,
  () => `macro_rules! e { ($e:expr) => { ($e + $e) } }\nstruct S([u8; ${nested(30, "e!(", "1", ")")}]);`,
  (n) => `macro_rules! c { ($($n:ident),*) => { $( struct $n(u8); )* } }\nc!(${many(n(20_000), (i) => `S${i}`, ", ")});`,
  (n) =>
    `const X: usize = concat!(${many(n(5000), () => '"aaaaaaaa"', ", ")}).len(); struct S([u8; X]); const Y: &str = stringify!(${"( ".repeat(n(2000))}${") ".repeat(n(2000))}); struct T([u8; Y.len()]);`,
];

const TEXTS: readonly Bomb[] = [
  (n) => `${"#[a] ".repeat(n(50_000))}struct S(u8);`,
  (n) =>
    `#[cfg(${nested(n(5000), "not(", "unix", ")")})] struct S(u8); #[cfg_attr(all(), ${nested(n(5000), "cfg_attr(all(), ", "repr(C)", ")")})] struct T(u8, u16);`,
  (n) => `const S: &str = "${"x".repeat(n(1_000_000))}"; struct T(u8);`,
  (n) => `${nested(n(100_000), "/*", "", "*/")}struct T(u8);`,
  (n) => `struct S(${"A<".repeat(n(20_000))});struct T(u8);`,
  (n) => `${"{".repeat(n(100_000))}struct T(u8);`,
  (n) => `fn f() {${"(".repeat(n(100_000))}}struct T(u8);`,
  (n) => `${"!".repeat(n(200_000))}struct T(u8);`,
  (n) => `${"\n".repeat(n(200_000))}struct T(u8); ${"\u{1f980}".repeat(n(50_000))}`,
  (n) => many(n(2000), (i) => many(60, (j) => String.fromCharCode(33 + ((i * 7919 * j + j * j) % 90)), "")),
];

/** Names and texts that want to be something else where they are shown. */
export const HOSTILE_NAMES = `pub struct r#type { r#fn: u8, r#match: u32 }
pub struct __init__ { _: u8, __a__: u8, _b_c_: u64 }
pub struct 日本語 { フィールド: u8, 名前: u32 }
pub struct Café { é: u8, ñ: [u16; 3] }
pub struct A\u200b { b\u202ec: u8, d\u2066: u32 }
pub struct \u{1f980} { \u{1f600}: u8, x\ufe0f: u64 }
pub enum Æ { \`A\`(u8), B { c: u32 }, \u202eC([u8; 300]) }
pub struct Str([u8; { const S: &str = "](command:x) <b>\`**_~"; S.len() }], [u8; "\\u{202e}".len()]);
pub struct Abi(extern "\u001b[31m<b>**" fn(u8), u8);
pub enum Big { Small(u8), \u0130stanbul([u8; 4096]), K\u212aelvin(u16) }
#[cfg(feature = "<b>\`x\`\u202e](y)")] pub struct Off(u8);
#[repr(C, align(8), "<i>")] pub struct Repr(u8, u32);
pub struct Gen<T\u200b, const N: usize>(T\u200b, [u8; N]);
/// <script>alert(1)</script> [x](command:y)
pub struct Doc(Missing<'a, "<b>">, ::nowhere::\`x\`, u8);
pub type Al\u2067ias = (u8, Option<Box<\u{1d4d0}>>);
`;

/** What is written by hand nowhere, and by generators, bad disks or malice now and then. */
const RARE: readonly Bomb[] = [
  () =>
    `type T0 = u8;\n${many(60, (i) => `type T${i + 1} = (T${i}, T${i});`)}\nstruct S(T60); struct R(T30, [T31; 2]); enum E { A(T60), B }`,
  () => `struct G0<T>(T);\n${many(40, (i) => `struct G${i + 1}<T>(G${i}<(T, u8)>, G${i}<[T; 2]>);`)}\nstruct S(G9<u8>); struct B(G40<u8>);`,
  (n) => `#[repr(u128)] pub enum E { ${many(n(20_000), (i) => `V${i} = ${2n ** 127n + BigInt(i) * 3n}`, ", ")} }`,
  (n) => `pub struct T(${many(65_536, (i) => (i % 2 === 0 ? "u8" : "u64"), ", ")});\npub struct N(${many(n(65_536), () => "T", ", ")});`,
  (n) => many(n(2000), (i) => `#[repr(align(${2 ** (i % 30)}))] pub struct A${i}(${i === 0 ? "u8" : `A${i - 1}`});`),
  (n) => `extern "C" { ${many(n(10_000), (i) => `type X${i};`, " ")} }\nstruct S(*const X1, X2);`,
  (n) => `${many(n(10_000), () => "#[cfg_attr(all(), ")}repr(C)${")]".repeat(n(10_000))} struct S(u8, u16);`,
  (n) => `#[cfg_attr(all(), ${nested(n(10_000), "cfg_attr(all(), ", "repr(C)", ")")})] struct S(u8, u16);`,
  (n) => `${many(n(100_000), (i) => `#[doc = "${i}"]`, "\n")}\n#[repr(C)] struct S(u8, u32);`,
  (n) => `struct S { ${many(n(20_000), (i) => `#[cfg(not(feature = "f${i}"))] a${i}: u8`, ", ")} }`,
  (n) =>
    `${many(n(2000), (i) => `mod m${i} { pub use super::m${(i + 1) % n(2000)}::{self as n, T as T${i}}; }`)} struct S(m0::T, m1::n::T2);`,
  (n) =>
    `${many(n(2000), (i) => `mod m${i} { pub use super::m${(i + 1) % n(2000)}::*; ${i === 7 ? "pub struct T(u8);" : ""} }`)} struct S(m8::T);`,
  (n) =>
    `const fn f(n: usize) -> usize { let mut i = 0; while i < 100000 { i += 1; } n }\n${many(n(1000), (i) => `struct S${i}([u8; f(${i})]);`)}`,
  (n) =>
    `struct W<T>(T); trait T { type X; } impl T for u8 { type X = u16; } impl<A: T> T for W<A> { type X = (A::X, u8); }\nstruct S(<${nested(n(2000), "W<", "u8", ">")} as T>::X);`,
  (n) =>
    `trait N { const V: usize; } struct Z; struct P<T>(T); impl N for Z { const V: usize = 0; } impl<T: N> N for P<T> { const V: usize = T::V + 1; }\nstruct S([u8; <${nested(n(1000), "P<", "Z", ">")} as N>::V]);`,
  (n) => `const A: &str = r${"#".repeat(n(255))}"${"x".repeat(n(1_000_000))}"${"#".repeat(n(255))}; struct S([u8; A.len()]);`,
  (n) => `const A: &[u8] = b"${"\\x41".repeat(n(250_000))}"; struct S([u8; A.len()]);`,
  (n) => `const A: [u32; ${n(20_000)}] = [${many(n(20_000), (i) => `${i}`, ", ")}]; struct S([u8; A[${n(20_000) - 1}] as usize]);`,
  () => "\ufeff#!/usr/bin/env run\r\n#![allow(dead_code)]\r\nstruct S { a: u8,\r\n b: u32 }\r\n",
  () => "struct Caf\u00e9(u8); struct Cafe\u0301(u32); struct S(Caf\u00e9, Cafe\u0301); struct \ufb01(u8); struct T(\ufb01, fi);",
  (n) => `struct S(u8); /* ${"*".repeat(n(1_000_000))}`,
  (n) => `struct S(u8); const A: &str = "${"x\n".repeat(n(200_000))}`,
  (n) => `struct S(u8); ${"'".repeat(n(100_000))}`,
  (n) => `struct S(u8); ${'r#"'.repeat(n(50_000))}`,
  (n) => `${"///".repeat(n(100_000))}\nstruct S(u8);\n${"//! x\n".repeat(n(50_000))}`,
  (n) => `struct S(${nested(n(3000), "fn(", "u8", ") -> u8")}); struct D(Box<${"dyn Fn() -> ".repeat(n(3000))}u8>);`,
  (n) =>
    `struct S where ${many(n(5000), (i) => `[u8; ${i}]: Copy`, ", ")}; struct T<${many(n(2000), (i) => `const N${i}: usize`, ", ")}>(u8);`,
  (n) => `macro_rules! m { ${many(n(5000), (i) => `(a${i}) => { u${8 << (i % 4)} };`, " ")} }\nstruct S(m!(a${n(5000) - 1}), m!(a0));`,
  (n) => `macro_rules! s { ($n:ident) => { struct $n(u8); } }\n${many(n(10_000), (i) => `s!(S${i});`)}\nstruct Z(S0, S${n(10_000) - 1});`,
  (n) =>
    `impl S { ${many(n(20_000), (i) => `pub const C${i}: usize = ${i === 0 ? "1" : `Self::C${i - 1} + 1`};`)} }\nstruct S([u8; S::C${n(200)}]);`,
  (n) => `enum E { ${many(n(5000), (i) => `V${i} = E::V${(i + 1) % n(5000)} as isize + 1`, ", ")} }`,
  (n) =>
    `#[repr(u32)] enum E { ${many(n(10_000), (i) => (i === 0 ? "V0 = 1" : `V${i} = A${i}`), ", ")} }\n${many(n(10_000), (i) => `const A${i}: u32 = ${i} * 2;`)}`,
  (n) => `union U { ${many(n(5000), (i) => `f${i}: std::mem::ManuallyDrop<[u${8 << (i % 4)}; ${i}]>`, ", ")} }`,
  (n) =>
    `use std::collections::{${many(n(5000), (i) => `HashMap as H${i}`, ", ")}}; struct S(H0<u8, u8>, H${n(5000) - 1}<u8, Vec<H1<u8, u8>>>);`,
  (n) => `struct S(${nested(n(120), "Option<Box<Result<", "u8", ", std::sync::Arc<str>>>>")});`,
  (n) => `#[derive(${many(n(20_000), (i) => ["Clone", "Copy", "Debug", `D${i}`][i % 4] ?? "", ", ")})] struct S(u8);`,
];

const ALL: readonly [Bomb, ...Bomb[]] = [() => HOSTILE_NAMES, ...TYPES, ...VALUES, ...NAMES, ...TRAITS, ...MACROS, ...TEXTS, ...RARE];

export const BOMB_COUNT = ALL.length;

/** One of them; `scale` 1 is its full size. */
export function bomb(index: number, scale: number): string {
  return (ALL[index] ?? ALL[0])((full) => Math.max(1, Math.round(full * scale)));
}

export function randomBomb(random: Random): string {
  return bomb(random.below(BOMB_COUNT), random.pick([0.001, 0.01, 0.1]));
}
