/** Matching and transcribing: rules, repetitions, fragments, groups. */
import { test } from "node:test";
import { checkExpands, checkFails, define } from "./check.ts";

test("the first rule that matches is taken", () => {
  const def = define("{ (a) => { 1 }; ($x:ident) => { 2 }; ($($x:tt)*) => { 3 } }");
  checkExpands(def, "a", "1");
  checkExpands(def, "b", "2");
  checkExpands(def, "a b", "3");
});

test("repetitions nest and keep their order", () => {
  checkExpands(
    "($($name:ident { $($f:ident : $t:ty),* $(,)? })*) => { $(struct $name { $($f: Vec<$t>),* })* }",
    "A { a: u8, b: Vec<Vec<u8>>, } B {}",
    "struct A { a: Vec<u8>, b: Vec<Vec<Vec<u8>>> } struct B {}",
  );
});

test("every fragment takes what rustc takes", () => {
  checkExpands(
    "($x:expr => $($r:tt)*) => { [$x] { $($r)* } }",
    "a + b * if c { d } else { e } as u8 .. 3 => rest",
    "[a + b * if c { d } else { e } as u8 .. 3] { rest }",
  );
  checkExpands(
    "($t:ty, $($r:tt)*) => { <$t>; $($r)* }",
    "&'a mut dyn Fn(u8) -> Vec<Option<u8>>, z",
    "<&'a mut dyn Fn(u8) -> Vec<Option<u8>>>; z",
  );
  checkExpands(
    "($p:pat => $e:expr) => { match x { $p => $e } }",
    "Some(A { x: 1..=9, .. }) | None => 1",
    "match x { (Some(A { x: 1..=9, .. }) | None) => 1 }",
  );
  checkExpands("($p:path, $l:lifetime, $i:literal) => { $p $l $i }", "a::b::<C>::D<E>, 'a, -1", "a::b::<C>::D<E> 'a -1");
  checkExpands(
    "($v:vis struct $n:ident; $b:block $m:meta) => { #[$m] $v fn $n() $b }",
    'pub(crate) struct X; { 1 } cfg(a = "b")',
    '#[cfg(a = "b")] pub(crate) fn X() { 1 }',
  );
  checkExpands(
    "($($i:item)*) => { mod m { $($i)* } }",
    "pub struct A<const N: usize = { 1 }>; const B: u8 = { 1 }; impl<T> C for T where T: D {} m!{} m!(a);",
    "mod m { pub struct A<const N: usize = { 1 }>; const B: u8 = { 1 }; impl<T> C for T where T: D {} m!{} m!(a); }",
  );
  checkExpands(
    "($s:stmt; $($r:tt)*) => { { $s; $($r)* } }",
    "let x: u8 = if a { 1 } else { 2 }; x",
    "{ let x: u8 = if a { 1 } else { 2 }; x }",
  );
});

test("a type ends inside of a glued token", () => {
  checkExpands("(< $t:ty > $r:ident) => { $t; $r }", "<Vec<u8>> x", "Vec<u8>; x");
  checkExpands("(< $t:ty >= $r:ident) => { $t; $r }", "<Vec<u8>>= x", "Vec<u8>; x");
});

test("an expression keeps its precedence where it is put", () => {
  const def = define("($a:expr, $b:expr) => { $a * $b; f($a, $b); $a.x }");
  checkExpands(def, "1 + 2, x.y()", "(1 + 2) * x.y(); f(1 + 2, x.y()); (1 + 2).x");
});

test("an expression among generic arguments is braced", () => {
  checkExpands(
    "($n:expr) => { type A = [u8; $n]; type B = C<$n>; type D = E<u8, $n>; }",
    "1 + 2",
    "type A = [u8; 1 + 2]; type B = C<{1 + 2}>; type D = E<u8, {1 + 2}>;",
  );
});

test("a type keeps together before a path and behind a reference", () => {
  checkExpands("($t:ty) => { <$t>::A; $t::B; &$t }", "Vec<u8>", "<Vec<u8>>::A; <Vec<u8>>::B; &Vec<u8>");
  checkExpands("($t:ty) => { &'a $t }", "dyn A + B", "&'a (dyn A + B)");
});

test("`pat` takes alternatives from edition 2021 on", () => {
  const rules = "($p:pat) => { one }; ($p:pat | $q:pat_param) => { two }";
  checkExpands(define(rules), "A | B", "one");
  checkExpands(define(rules, { edition: 2018 }), "A | B", "two");
  checkExpands(define("($p:pat | $q:pat) => { two }", { edition: 2018 }), "A | B", "two");
});

test("`expr` takes `_` and `const` blocks from edition 2024 on", () => {
  const rules = "($e:expr) => { expr }; ($($t:tt)*) => { other }";
  checkExpands(define(rules, { edition: 2021 }), "const { 1 }", "other");
  checkExpands(define(rules, { edition: 2024 }), "const { 1 }", "expr");
  checkExpands(define(rules, { edition: 2024 }), "_", "expr");
});

test("two ways to match are an error, not the next rule", () => {
  checkFails("($($a:ident)* $($b:ident)*) => { 1 }; ($($t:tt)*) => { 2 }", "x", "ambiguous");
});

test("a fragment that does not parse is an error, not the next rule", () => {
  checkFails("($e:expr) => { 1 }; ($($t:tt)*) => { 2 }", "if", "fragment");
});
