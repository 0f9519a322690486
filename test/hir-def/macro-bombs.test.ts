/** Macros that multiply are cut by counts of calls and tokens; what the file holds besides answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openFiles } from "../support/open-semantics.ts";

/** Asks for all definitions of a source: how many calls were expanded, and the answer for `Good`. */
async function expandedCalls(source: string): Promise<number> {
  const { host, semantics } = await openFiles({ "/ws/lib.rs": `${source}\nstruct Good(u8, u32);\nstruct Needs(Made);\n` });
  const definitions = semantics.definitions("/ws/lib.rs");
  const answerOf = (name: string): string => {
    const definition = definitions.find((it) => it.name === name);
    const answer = definition === undefined ? undefined : semantics.layoutOf(definition);
    return answer?.status === "exact" ? `${answer.layout.size}` : (answer?.status ?? "absent");
  };
  assert.equal(answerOf("Good"), "8");
  // Whether the macro makes it is a matter of how far it is followed; a name that may come from it is looked for there.
  answerOf("Needs");
  return host.runtime.workCounts.get("expandCall") ?? 0;
}

test("a macro whose calls multiply by ten twelve times", async () => {
  const levels = Array.from({ length: 12 }, (_, i) => `macro_rules! l${i + 1} { () => { ${`l${i}!{} `.repeat(10)} } }`).join("\n");
  assert.ok((await expandedCalls(`macro_rules! l0 { () => { struct Made(); } }\n${levels}\nl12!{}`)) < 2500);
});

test("a macro whose tokens double", async () => {
  assert.ok((await expandedCalls("macro_rules! b { ($($t:tt)*) => { b!{ $($t)* $($t)* } } }\nb!{ Made }")) < 15);
});

test("a macro that adds as much at every step is followed to its end", async () => {
  const part = "struct Filler(u8); ".repeat(40);
  const source = `macro_rules! a { ($n:ident; $($t:tt)*) => { struct $n(u16); $($t)* };
    ($n:ident . $($r:tt)*) => { a!{ $n $($r)* mod m { ${part} } } } }\na!{ Made ${". ".repeat(30)}; }`;
  const { semantics } = await openFiles({ "/ws/lib.rs": `${source}\nstruct Needs(Made);\n` });
  const needs = semantics.definitions("/ws/lib.rs").find((it) => it.name === "Needs");
  const answer = needs === undefined ? undefined : semantics.layoutOf(needs);
  assert.equal(answer?.status === "exact" ? answer.layout.size : answer, 2n);
});

test("calls in calls in calls: each holds all the others", async () => {
  const source = `macro_rules! m { ($($t:tt)*) => { $($t)* } }\n${"m!{".repeat(5000)}struct Made();${"}".repeat(5000)}`;
  assert.ok((await expandedCalls(source)) < 60);
});

test("a macro that makes macros that call it", async () => {
  const source = "macro_rules! m { ($n:ident) => { macro_rules! $n { () => { m!{ $n } $n!{} } } $n!{} } }\nm!{ Made }";
  assert.ok((await expandedCalls(source)) < 2500);
});
