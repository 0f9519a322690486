/**
 * Lowering of expressions, statements and patterns: one line of Rust, one line of what it means.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { blockScopes } from "../../server/src/hir-def/block-scope.ts";
import { lowerBlock, lowerExpr } from "../../server/src/hir-def/lower-expr.ts";
import { parseLiteral } from "../../server/src/hir-def/lower-literal.ts";
import { exprContext } from "../../server/src/hir-def/lower-type.ts";
import type { SynNode } from "../../server/src/syntax/syntax-node.ts";
import { child, field } from "../../server/src/syntax/syntax-node.ts";
import { inEnglish } from "../support/in-english.ts";
import { rustParser } from "../support/rust-parser.ts";
import { showBlock, showExpr } from "../support/show-expr.ts";

const parser = await rustParser();

function valueNode(root: SynNode, text: string): SynNode {
  const item = child(root, "const_item");
  const value = item === undefined ? undefined : field(item, "value");
  assert.ok(value, `${text} is a const item`);
  return value;
}

/** The context of a text whose blocks are numbered. */
function contextOf(text: string, root: SynNode): ReturnType<typeof exprContext> {
  return exprContext({ text, scopes: blockScopes(root) });
}

function shown(expr: string): string {
  const text = `const X: u8 = ${expr};`;
  const root = parser.parseSnippet(text);
  return showExpr(lowerExpr(contextOf(text, root), valueNode(root, text)));
}

function check(title: string, cases: readonly (readonly [string, string])[]): void {
  test(title, () => {
    for (const [source, expected] of cases) assert.equal(shown(source), expected, source);
  });
}

check("literals have their values", [
  ["1_000u16", "1000u16"],
  ["0xFF_u8", "255u8"],
  ["0b1010_0000", "160"],
  ["0o17i64", "15i64"],
  ["1f32", "1f32"],
  ["1.5e3", "1.5e3f"],
  ["true", "true"],
  ["'a'", "'97'"],
  ["'\\u{1F600}'", "'128512'"],
  ["b'\\xff'", "b'255'"],
  ['"a\\n\\"b"', '"a\\n\\"b"'],
  ['r#"a"b\\n"#', '"a\\"b\\\\n"'],
  ['b"a\\x80"', "b[97 128]"],
  ['c"\u00e9\\xff"', "c[195 169 255]"],
  ['"a\\\n    b"', '"ab"'],
]);

check("operators keep their order", [
  ["a + b * c", "(+ a (* b c))"],
  ["(a + b) * c", "(* (+ a b) c)"],
  ["a << 1 | b & !c", "(| (<< a 1) (& b (! c)))"],
  ["-x as u8 as u16", "(as (as (- x) u8) u16)"],
  ["a == b && c < d || e", "(|| (&& (== a b) (< c d)) e)"],
  ["a..=b", "(..= a b)"],
  ["..", "(.. _ _)"],
  ["1..", "(.. 1 _)"],
  ["*p.q", "(* (field p q))"],
  ["&mut *x", "(&mut (* x))"],
  ["&raw const x", "(&raw x)"],
  ["x += 1", "(+= x 1)"],
  ["x >>= 1", "(>>= x 1)"],
]);

check("paths, calls and places", [
  ["core::mem::size_of::<T>()", "(call core::mem::size_of<T>)"],
  ["<T as Trait>::N", "<T as Trait>::N"],
  ["<[u8]>::len(x)", "(call <[u8]>::len x)"],
  ["Vec::<u8>::new()", "(call Vec<u8>::new)"],
  ["x.pow(2).min(3)", "(.min (.pow x 2) 3)"],
  ["x.cast::<u8>()", "(.cast<u8> x)"],
  ["x.0.1[2]", "(index (field (field x 0) 1) 2)"],
  ["f(1)?", "(? (call f 1))"],
  ["self.x", "(field self x)"],
  ["crate::a::B", "crate::a::B"],
  ["S { a: 1, b, ..c }", "(new S a: 1 b: b ..c)"],
  ["S::<3> { 0: 1 }", "(new S<3> 0: 1)"],
  ["[0; N]", "(repeat 0 N)"],
  ["[#[cfg(a)] 1, 2]", "(array #cfg(a) 1 2)"],
  ["(1,)", "(tuple 1)"],
  ["()", "(tuple)"],
  ["m!(a + 1)", "(m! a + 1)"],
]);

check("blocks and statements", [
  ["{ let mut x: u8 = 1; x += 1; x }", "{let mut x: u8 = 1; (+= x 1); x}"],
  ["{ if a { 1 } else { 2 } }", "{(if a {1} {2})}"],
  ["{ if a { 1 } else { 2 }; }", "{(if a {1} {2});}"],
  ["{ let Some(x) = y else { return 1 }; x }", "{let (Some x) = y else {(return 1)}; x}"],
  ["{ #[cfg(a)] let x = 1; #[cfg(b)] f(); }", "{#cfg(a) let x = 1; #cfg(b) (call f);}"],
  ["{ const A: u8 = 1; { struct B; { use c::D; D } } }", "{@0 {@0 {@0 D}}}"],
  ["({ const A: u8 = 1; A }, { 1 }, { fn b() {} b() })", "(tuple {@0 A} {1} {@1 (call b)})"],
  ["unsafe { 1 }", "{1}"],
  ["const { 1 }", "{1}"],
  ["'a: { break 'a 1 }", "'a: {(break 'a 1)}"],
  ['{ panic!("x") }', '{@0 (panic! "x")}'],
]);

check("control flow", [
  ["if let A(x) = b && x > 1 { 1 } else if c { 2 } else { 3 }", "(if (&& (let (A x) b) (> x 1)) {1} (if c {2} {3}))"],
  ["match x { 1 | 2 if a => 3, #[cfg(b)] _ => {} }", "(match x [(| 1 2) if a => 3] #cfg(b) [_ => {}])"],
  ["'l: loop { if a { continue 'l } break 'l 5 }", "(loop 'l {(if a {(continue 'l)}); (break 'l 5)})"],
  ["loop { break (1, 2) }", "(loop {(break (tuple 1 2))})"],
  ["'a: { break 'a (1) }", "'a: {(break 'a 1)}"],
  ["while i < 3 { i += 1 }", "(while (< i 3) {(+= i 1)})"],
  ["while let Some(x) = y {}", "(while (let (Some x) y) {})"],
  ["for i in 0..3 {}", "(for i (.. 0 3) {})"],
  ["|x: u8, y| x", "(fn x: u8 y x)"],
  ["|| { 1 }", "(fn {1})"],
]);

check("patterns", [
  ["match x { -1 => 0, A::B => 1, C => 2, m => 3 }", "(match x [(- 1) => 0] [A::B => 1] [C => 2] [m => 3])"],
  ["match x { A { x, ref mut y, z: 3, .. } => 0 }", "(match x [(A{} x: x y: ref mut y z: 3) => 0])"],
  ["match x { [a, .., b] => 0, [x @ .., _] => 1 }", "(match x [(slice a .. b) => 0] [(slice x @ .. _) => 1])"],
  [
    "match x { b'a'..=b'z' => 0, ..=5 => 1, 5.. => 2, u8::MAX.. => 3 }",
    "(match x [(..= b'97' b'122') => 0] [(..= _ 5) => 1] [(.. 5 _) => 2] [(.. u8::MAX _) => 3])",
  ],
  [
    "match x { &(a, ref b) => 0, (1) => 1, (1,) => 2, () => 3 }",
    "(match x [(& (tuple a ref b)) => 0] [1 => 1] [(tuple 1) => 2] [(tuple) => 3])",
  ],
  ["match x { n @ (1 | 2 | 3) => n, const { 3 } => 1 }", "(match x [n @ (| 1 2 3) => n] [(const {3}) => 1])"],
]);

check("damage is kept where it is", [
  ["a + ", "(+ a <this expression has a syntax error>)"],
  ["x.await", "<an expression of this form (`await_expression`) cannot be evaluated>"],
]);

test("items of a block are left out, statements of a snippet are read", () => {
  const text = "struct A; let x = 1; x + 1;";
  const root = parser.parseSnippet(text);
  assert.equal(showBlock(lowerBlock(contextOf(text, root), root)), "{let x = 1; (+ x 1);}");
});

test("deep nesting ends in a reason, not in an exception", () => {
  const deep = `${"(".repeat(3000)}1${")".repeat(3000)}`;
  assert.match(shown(deep), /nested too deeply/);
});

test("text that is no literal says so", () => {
  assert.equal(inEnglish(parseLiteral("1u7")), "`u7` is no suffix of an integer");
  assert.equal(inEnglish(parseLiteral("'ab'")), "`'ab'` is no single character");
  assert.equal(inEnglish(parseLiteral("0b12")), "`0b12` is no integer");
});
