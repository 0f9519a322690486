/**
 * What rustc's parser accepts, the grammar accepts: sources without a single error or missing token, edited and fresh.
 *
 * Example: `fn f() { let safe = 1; &raw const safe; }` has no error though `safe` and `raw` are keywords elsewhere.
 * The sources were given to rustc 1.96 and a nightly of 1.97 (`-Zparse-crate-root-only`), each edition in turn; one of them takes each.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { rustGrammar } from "../support/grammar.ts";

/** One source a paragraph. */
const accepted = readFileSync("grammars/test/sources/accepted.rs", "utf8").split(/\n{2,}/);

/** Words that are keywords in some places of some edition only, and primitive types, which are no keywords at all. */
const NAMES = [
  ...["auto", "builtin", "default", "gen", "is", "macro_rules", "pin", "raw", "reuse", "safe", "union", "yeet"],
  ...["async", "await", "dyn", "try", "u8", "str", "f16", "r#fn", "é", "_x"],
];

/** Places a name can stand in; `$` is the name. */
const PLACES = [
  "fn $() {}",
  "fn f($: A, mut $: B, (c, $): D) {}",
  "fn f() { $ + 1; $; let x = $ - $ * $; $.$; $[$]; &$; *$; !$; $?; $..$; return $; }",
  "fn f() { $($); $::a(); a::$::b; x.$(); x.$; $::<T>; $!(a); a::$!{} }",
  "fn f() { let $ = 1; let ref $ = a; for $ in b {} if let $ = c {} |$| $; |mut $, d: e| $; }",
  "fn f() { match (a) { $ => $, a::$ => 1, S { $ } => 2, S { $: b } => 3, S { a: $ } if $ => $, ($, $) => 4, $ @ 1 => 5, [$, ..] => 6 } }",
  "fn f() { match $ { _ => 1 } while $ {} if $ {} for a in $ {} }",
  "fn f() { S { $ }; S { $: 1 }; S { a: $, ..$ }; a = $; $ = a; $ += 1; [$; 2]; [$, $]; ($, $); ($); { $ } }",
  "mod $ {} mod a { pub mod $; }",
  "use $; use a::$; use a::{$, b as $}; use $::b; extern crate $; extern crate a as $;",
  "struct $; struct A { $: B, pub $: C } enum B { $, $ (u8), $ {} } union C { $: D } enum $ {} trait $ {} type $ = A; const $: u8 = 1; static $: u8 = 1;",
  "#[$] #[a::$] #[$(a)] #[$ = 1] struct S;",
  "macro_rules! $ { () => {} } macro $() {} fn f() { m!($ $, $: $ => { $ }) }",
  "fn f<'$>(x: &'$ u8) { '$: loop { break '$; } }",
];

/** A block follows these words in every edition but 2015. */
const BEFORE_BLOCK = new Set(["async", "try"]);

test("every accepted source parses", async () => {
  const grammar = await rustGrammar();
  const failing = accepted.flatMap((source) => grammar.errors(source).map((error) => ({ source, error })));
  assert.deepEqual(failing, []);
});

for (const name of NAMES) {
  test(`${name} can be a name everywhere`, async () => {
    const grammar = await rustGrammar();
    const failing = PLACES.filter((place) => !(place.includes("while $ {}") && BEFORE_BLOCK.has(name))).flatMap((place) =>
      grammar.errors(place.replaceAll("$", () => name)).map((error) => ({ place, error })),
    );
    assert.deepEqual(failing, []);
  });
}

test("a character of two UTF-16 units parses wherever it stands", async () => {
  const grammar = await rustGrammar();
  const source = `const C: &[char] = &[${"'𐲝', ".repeat(4_000)}];`;
  for (const shift of ["", " ", "  ", "   ", "    ", "     ", "      "]) assert.deepEqual(grammar.errors(shift + source), []);
});

test("a frontmatter may follow the shebang", async () => {
  const grammar = await rustGrammar();
  const source = "#!/usr/bin/env cargo\n----cargo\n[dependencies]\n---\na = 'b\n----\n\nfn f() {}\n";
  assert.deepEqual(grammar.errors(source), []);
  assert.match(grammar.expression(source), /^\(source_file \(shebang\) \(frontmatter\) \(function_item /);
});

test("a tree after an edit is the tree of the new text", async () => {
  const grammar = await rustGrammar();
  const words = [
    "auto ",
    "trait ",
    "union ",
    "default ",
    "fn ",
    "break ",
    "[1]",
    "{",
    "}",
    "/*",
    "*/",
    "'",
    '"',
    "r#",
    "!",
    " ",
    "<",
    ";",
    "x",
    "1.",
    "$(",
  ];
  const edits = fc.record({
    source: fc.constantFrom(...accepted),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat(8),
    inserted: fc.constantFrom("", ...words),
  });
  fc.assert(
    fc.property(edits, ({ source, at, removed, inserted }) => {
      const start = Math.floor(at * source.length);
      const end = Math.min(source.length, start + removed);
      const after = source.slice(0, start) + inserted + source.slice(end);
      fc.pre(grammar.errors(after).length === 0);
      assert.equal(grammar.expressionAfterEdit(source, { start, end, inserted }), grammar.expression(after));
    }),
    { numRuns: 300, seed: 1 },
  );
});
