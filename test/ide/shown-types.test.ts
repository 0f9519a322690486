/** Types in texts read as a user would write them: no default arguments, consts as their values. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ENGLISH } from "../../server/src/base/words.ts";
import { DEFAULT_HOVER } from "../../server/src/ide/config.ts";
import { renderMarkdown } from "../../server/src/ide/markup.ts";
import { PLAIN_PAINT } from "../../server/src/ide/paint.ts";
import { openSource, SOURCE_FILE } from "../support/open-source.ts";

async function hoverOn(source: string): Promise<string> {
  const offset = source.indexOf("$0");
  const analysis = await openSource(source.replace("$0", ""));
  const result = analysis.hover({ file: SOURCE_FILE, offset }, DEFAULT_HOVER);
  return result === undefined ? "" : renderMarkdown(result.markup);
}

/** The card of a type expression in the scope of a source. */
async function cardOf(type: string, source: string): Promise<string> {
  const analysis = await openSource(source);
  const options = { numbers: "decimal", words: ENGLISH, paint: PLAIN_PAINT } as const;
  return analysis.typeCard({ root: SOURCE_FILE, text: type }, options).join("\n");
}

test("an array length is the value of its expression", async () => {
  const source = "struct W<const N: usize, T = u8>([T; N]);\nconst K: usize = 4;\ntype A = W<{ K * 2 - 1 }, u16>;";
  assert.match(await cardOf("A", source), /0: \[u16; 7\]/);
});

test("arguments that are their parameter's default are left out", async () => {
  const text = await cardOf("A", "struct G<T>(Box<(T, T)>, Vec<T>);\ntype A = G<u8>;");
  assert.match(text, /0: Box<\(u8, u8\)>\s/);
  assert.match(text, /1: Vec<u8>\s/);
});

test("instances with the same values are one", async () => {
  const text = await hoverOn("struct $0W<const N: usize>([u8; N]);\nconst K: usize = 4;\nstruct Q(W<{ 1 + 2 }>, W<K>, W<{ K }>, W<4>);");
  assert.match(text, /With `N = 3`: 3 B\. With `N = 4`: 4 B\.(?!.*With)/);
});

test("an array too big for the target is named with its length", async () => {
  assert.match(await hoverOn("type $0A = [u8; 1 << 62];"), /`\[u8; 4611686018427387904\]` is too big/);
});

test("a thousand parameters are told by the first of them and their number", async () => {
  const params = Array.from({ length: 1000 }, (_, i) => `T${i}`).join(", ");
  const text = await hoverOn(`struct $0G<${params}>(${params});\nstruct S(G<${"u16, ".repeat(1000)}>);`);
  assert.match(text, /\(T0, T1, T2, T3, T4, T5 … and 994 more unknown\)/);
  assert.match(text, /With `T0 = u16, T1 = u16.*…`: 2000 B\./);
  assert.ok(text.length < 600);
});
