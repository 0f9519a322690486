/** Calls that do the same for each part of their input make part by part what they make as a whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_LIMITS, expandMacro } from "../../server/src/hir-expand/expand-macro.ts";
import { lex } from "../../server/src/hir-expand/lexer.ts";
import type { MacroDef } from "../../server/src/hir-expand/macro-def.ts";
import { parseMacroDefText } from "../../server/src/hir-expand/parse-macro-def.ts";
import { splitCall } from "../../server/src/hir-expand/split-call.ts";
import type { Token } from "../../server/src/hir-expand/token.ts";

/** Makes some hundred tokens of a part. */
const MUCH = "impl X for $n { const A: [u8; 4] = [1, 2, 3, 4]; } ".repeat(12);

function defined(rules: string): MacroDef {
  const def = parseMacroDefText({ text: rules, source: "def" }, { name: "m", edition: 2021, crate: 0, kind: "macro_rules" });
  assert.ok(def.ok);
  return def.value;
}

function read(text: string): readonly Token[] {
  const tokens = lex({ text, source: "call" });
  assert.ok(tokens.ok);
  return tokens.value;
}

function made(def: MacroDef, tokens: readonly Token[]): string {
  const out = expandMacro(def, { tokens, span: { source: "call", start: 0, end: 1, ctx: undefined } });
  assert.ok(out.ok);
  return out.value.map((token) => token.text).join(" ");
}

function parts(def: MacroDef, input: string): readonly (readonly Token[])[] | undefined {
  return splitCall(def, read(input), DEFAULT_LIMITS.maxSteps)?.parts;
}

const NAMES = Array.from({ length: 20 }, (_, i) => `N${i}`);

for (const [matcher, input] of [
  ["$($t:literal pub struct $n:ident)*", NAMES.map((name) => `"${name}" pub struct ${name}`).join(" ")],
  [
    "$($n:ident / $l:tt #[doc = $d:literal])*",
    NAMES.map((name, i) => (i % 2 === 0 ? `${name}/(1 2) #[doc = "a"]` : `${name}/3 /** b*/`)).join("\n"),
  ],
  ["$($n:ident { $($f:ident : $t:ty),* })+", NAMES.map((name) => `${name} { a: Vec<u8>, b: u8 }`).join(" ")],
  ["$($n:ident),*", NAMES.join(", ")],
  ["$($n:ident),* $(,)?", `${NAMES.join(", ")},`],
  ["$($n:ident);+ $(;)*", NAMES.join("; ")],
] as const) {
  test(`parts of ${matcher}`, () => {
    const def = defined(`(${matcher}) => { $(struct $n; ${MUCH})* }; ($($t:tt)*) => {}`);
    const found = parts(def, input);
    assert.equal(found?.length, NAMES.length);
    assert.equal(found.map((part) => made(def, part)).join(" "), made(def, read(input)));
  });
}

const WORDS = NAMES.join(" ");

for (const [why, rules, input] of [
  ["something stands beside the repetition", `($($n:ident)*) => { $(${MUCH})* struct Z; }`, WORDS],
  ["there is something between what is made", `($($n:ident)*) => { $(${MUCH}),* }`, WORDS],
  ["an earlier rule may match a part", `(N1) => {}; ($($n:ident)*) => { $(${MUCH})* }`, WORDS],
  ["the first rule does not match", `($($n:ident)* $(,)?) => { $(${MUCH})* }; ($($t:tt)*) => { $(struct $t;)* }`, `${WORDS} 1`],
  ["parts are of different lengths", `($($n:ident $(= $v:literal)?)*) => { $(${MUCH})* }`, WORDS],
  ["a type is as long as it is", `($($n:ident : $t:ty,)*) => { $(${MUCH})* }`, NAMES.map((name) => `${name}: u8,`).join(" ")],
  ["a negative number is two tokens", `($($n:ident $l:literal)*) => { $(${MUCH})* }`, NAMES.map((name) => `${name} -1`).join(" ")],
  ["parts know which they are", `($($n:ident)*) => { $(${MUCH} const I: usize = \${index()};)* }`, WORDS],
  ["little is made", "($($n:ident)*) => { $(struct $n;)* }", WORDS],
  ["there are few parts", `($($n:ident)*) => { $(${MUCH} ${MUCH} ${MUCH} ${MUCH})* }`, "A B C"],
] as const) {
  test(`a call is expanded as it is where ${why}`, () => {
    assert.equal(parts(defined(rules), input), undefined);
  });
}

test("a macro item is expanded as it is", () => {
  const def = defined(`($($n:ident)*) => { $(${MUCH})* }`);
  assert.equal(parts(def, WORDS)?.length, NAMES.length);
  assert.equal(parts({ ...def, kind: "macro" }, WORDS), undefined);
});
