/** Lists of macro calls read off the tokens are what parsing the same text gives. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { callUnits } from "../../server/src/hir-def/call-units.ts";
import { lowerUnit } from "../../server/src/hir-def/lower-item.ts";
import { expansionOf } from "../../server/src/hir-expand/expansion.ts";
import { lex } from "../../server/src/hir-expand/lexer.ts";
import { rustParser } from "../support/rust-parser.ts";

/** The units read off the tokens of a text (`$crate_3` is one token), and the parser's. */
async function both(source: string): Promise<readonly [unknown, unknown]> {
  const lexed = lex({ text: source.replaceAll("$crate_3", "crate_3"), source: 0 });
  assert.ok(lexed.ok);
  const marked = lexed.value.map((token) => (token.text === "crate_3" ? { ...token, text: "$crate_3", crate: 3 } : token));
  const expansion = expansionOf(marked);
  assert.ok(expansion.ok);
  const parsed = (await rustParser()).parseFile(expansion.value.text, { reuse: () => undefined, lower: lowerUnit });
  return [callUnits(expansion.value.tokens), parsed];
}

for (const source of [
  "",
  "a!{x}",
  'a!{"x", [y] /** doc */}b!(1);c![(2)];',
  '#[cfg(all(a, not(feature = "b")))] #[doc = "x y"] a! { x } b!{}',
  "#[a] #[b::c(d)] a!();",
  '#[doc = "x"] #[doc(hidden)] #[a] #[doc = "y"] #[b] a!(); #[doc = "z"] b!{}',
  "a!{} b!()",
  "::a::b!{} $crate_3::x!{} crate::y!{} self::z!{} super::w!{} super::q!();",
  "r#x!{} r#try!{} union!{} default::a!{} auto!{}",
  "e!{ $x } f!{ $ ( $y : ty ) , * }",
  "constructor!{} toString::valueOf!();",
]) {
  test(`calls: ${source}`, async () => {
    const [read, parsed] = await both(source);
    assert.deepEqual(read, parsed);
  });
}

for (const source of [
  "struct A;",
  "a!{} struct A;",
  "a!{}.b",
  "a!{};",
  "a!()b!()",
  "macro_rules! a { () => {} }",
  "a!{} + 1",
  "pub a!{}",
  "a",
  "#[a]",
]) {
  test(`no list of calls: ${source}`, async () => {
    assert.equal((await both(source))[0], undefined);
  });
}
