/**
 * Memoised queries: what is computed again after a change, and what cycles leave behind.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Input, Query, QueryRuntime } from "../../server/src/db/query.ts";

test("an unchanged input computes nothing again", () => {
  const runtime = new QueryRuntime();
  const a = new Input(runtime, 1, "low");
  const b = new Input(runtime, 10, "low");
  const double = new Query<string, number>(runtime, { name: "double", compute: () => a.get() * 2 });
  assert.equal(double.get("x"), 2);
  b.set(11);
  assert.equal(double.get("x"), 2);
  assert.equal(runtime.workCounts.get("double"), 1);
});

test("an equal value stops a change from spreading", () => {
  const runtime = new QueryRuntime();
  const text = new Input(runtime, "a b", "low");
  const words = new Query<string, number>(runtime, { name: "words", compute: () => text.get().split(" ").length });
  const report = new Query<string, string>(runtime, { name: "report", compute: () => `${words.get("")} words` });
  assert.equal(report.get(""), "2 words");
  text.set("c d");
  assert.equal(report.get(""), "2 words");
  assert.equal(runtime.workCounts.get("words"), 2);
  assert.equal(runtime.workCounts.get("report"), 1);
  text.set("c d e");
  assert.equal(report.get(""), "3 words");
});

test("what depends on library inputs only is not verified after an edit", () => {
  const runtime = new QueryRuntime();
  const library = new Input(runtime, 1, "high");
  const edited = new Input(runtime, 1, "low");
  const fromLibrary = new Query<string, number>(runtime, { name: "fromLibrary", compute: () => library.get() });
  const both = new Query<string, number>(runtime, { name: "both", compute: () => fromLibrary.get("") + edited.get() });
  assert.equal(both.get(""), 2);
  edited.set(5);
  assert.equal(both.get(""), 6);
  library.set(3);
  assert.equal(both.get(""), 8);
  assert.equal(runtime.workCounts.get("fromLibrary"), 2);
});

test("a query that meets itself gets the cycle's value, the others in the cycle are asked again", () => {
  const runtime = new QueryRuntime();
  const edges: Readonly<Record<string, readonly string[]>> = { a: ["b"], b: ["c", "a"], c: ["a"], d: ["b"] };
  const reach: Query<string, ReadonlySet<string>> = new Query<string, ReadonlySet<string>>(runtime, {
    name: "reach",
    compute: (node) => new Set([node, ...(edges[node] ?? []).flatMap((next) => [...reach.get(next)])]),
    onCycle: () => new Set<string>(),
  });
  assert.deepEqual([...reach.get("a")].sort(), ["a", "b", "c"]);
  assert.deepEqual([...reach.get("b")].sort(), ["a", "b", "c"]);
  assert.deepEqual([...reach.get("c")].sort(), ["a", "b", "c"]);
  assert.deepEqual([...reach.get("d")].sort(), ["a", "b", "c", "d"]);
});

test("a question that unwinds leaves nothing behind", () => {
  const runtime = new QueryRuntime();
  let ready = false;
  const inner = new Query<string, number>(runtime, {
    name: "inner",
    compute: () => {
      if (!ready) throw new Error("waiting");
      return 1;
    },
  });
  const outer = new Query<string, number>(runtime, { name: "outer", compute: () => inner.get("") + 1 });
  assert.throws(() => outer.get(""), /waiting/);
  ready = true;
  assert.equal(outer.get(""), 2);
});

test("memos nobody asks for any more are dropped by a sweep", () => {
  const runtime = new QueryRuntime();
  const input = new Input(runtime, 1, "low");
  const query = new Query<number, number>(runtime, { name: "query", compute: (n) => n + input.get() });
  query.get(1);
  input.set(2);
  query.get(2);
  query.sweep(runtime.revision);
  query.get(2);
  assert.equal(runtime.workCounts.get("query"), 2);
  query.get(1);
  assert.equal(runtime.workCounts.get("query"), 3);
});
