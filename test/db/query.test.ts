/**
 * Memoised queries: what is computed again after a change, and what cycles leave behind.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Input, Query } from "../../server/src/db/query.ts";
import { MAX_RUNNING, QueryRuntime } from "../../server/src/db/query-runtime.ts";

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

test("what was forgotten is computed again, and who depends on it still sees changes", () => {
  const runtime = new QueryRuntime();
  const text = new Input(runtime, "a b", "low");
  const words = new Query<string, number>(runtime, { name: "words", compute: () => text.get().split(" ").length });
  const report = new Query<string, string>(runtime, { name: "report", compute: () => `${words.get("")} words` });
  assert.equal(report.get(""), "2 words");
  words.forget("");
  assert.equal(words.get(""), 2);
  assert.equal(runtime.workCounts.get("words"), 2);
  text.set("a b c");
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

/** `chain(i)` reads `chain(i - 1)`, down to an input; -1 where it was cut. */
function chainOf(runtime: QueryRuntime, input: Input<number>): Query<number, number> {
  const chain: Query<number, number> = new Query<number, number>(runtime, {
    name: "chain",
    compute: (i) => (i === 0 ? input.get() : withOne(chain.get(i - 1))),
    onDeep: () => -1,
  });
  return chain;
}

function withOne(value: number): number {
  return value < 0 ? value : value + 1;
}

test("a chain longer than the stack is followed to its end, each link computed about once", () => {
  const runtime = new QueryRuntime();
  const chain = chainOf(runtime, new Input(runtime, 5, "low"));
  const length = MAX_RUNNING * 30;
  assert.equal(chain.get(length), 5 + length);
  assert.ok((runtime.workCounts.get("chain") ?? 0) < 3 * length);
});

test("a chain without an end is cut, and asked for again after a change", () => {
  const runtime = new QueryRuntime();
  const input = new Input(runtime, 5, "low");
  const other = new Input(runtime, 1, "low");
  const chain = chainOf(runtime, input);
  const length = MAX_RUNNING * 1000;
  assert.equal(chain.get(length), -1);
  assert.ok((runtime.workCounts.get("chain") ?? 0) < 20_000);
  other.set(2);
  for (let i = 0; i <= length; i++) assert.equal(chain.get(i), 5 + i);
});

test("a circle longer than the stack is cut", () => {
  const runtime = new QueryRuntime();
  const round: Query<number, number> = new Query<number, number>(runtime, {
    name: "round",
    compute: (i) => round.get((i + 1) % 1000),
    onCycle: () => 0,
    onDeep: () => -1,
  });
  assert.equal(round.get(0), -1);
  assert.ok((runtime.workCounts.get("round") ?? 0) < 20_000);
});

test("a chain that was built step by step is verified in steps, too", () => {
  const runtime = new QueryRuntime();
  const input = new Input(runtime, 5, "low");
  const other = new Input(runtime, 1, "low");
  const chain = chainOf(runtime, input);
  const length = MAX_RUNNING * 30;
  for (let i = 0; i <= length; i++) chain.get(i);
  runtime.resetWorkCounts();
  other.set(2);
  assert.equal(chain.get(length), 5 + length);
  assert.equal(runtime.workCounts.get("chain"), undefined);
  input.set(6);
  assert.equal(chain.get(length), 6 + length);
});

test("a question that leads in circles everywhere ends", () => {
  const runtime = new QueryRuntime();
  const count = 60;
  const reach: Query<number, number> = new Query<number, number>(runtime, {
    name: "reach",
    // Everyone asks everyone else, as modules do that import each other by globs.
    compute: (from) => Math.max(from, ...Array.from({ length: count }, (_, to) => (to === from ? 0 : reach.get(to)))),
    onCycle: () => 0,
    onDeep: () => -1,
  });
  reach.get(0);
  assert.ok((runtime.workCounts.get("reach") ?? 0) < 5000);
});

test("a circle whose assumptions turn out right is gone round once", () => {
  const runtime = new QueryRuntime();
  const count = 60;
  const wanted = new Input(runtime, -1, "low");
  const has: Query<number, boolean> = new Query<number, boolean>(runtime, {
    name: "has",
    compute: (from) => from === wanted.get() || Array.from({ length: count }, (_, to) => to !== from && has.get(to)).some(Boolean),
    onCycle: () => false,
    isCycleFixed: true,
  });
  for (let i = 0; i < count; i++) assert.equal(has.get(i), false);
  assert.ok((runtime.workCounts.get("has") ?? 0) < 3 * count);
  wanted.set(count - 1);
  for (const i of [0, 30, count - 1]) assert.equal(has.get(i), true);
  wanted.set(-1);
  for (const i of [0, 30, count - 1]) assert.equal(has.get(i), false);
});

test("what was missed in a circle is looked for again where an assumption turned out wrong", () => {
  const edges: Readonly<Record<string, readonly string[]>> = {
    all: ["ops", "prelude"],
    ops: ["model"],
    model: ["graph", "typed"],
    graph: ["all", "prelude"],
    prelude: ["model"],
  };
  const runtime = new QueryRuntime();
  const has: Query<string, boolean> = new Query<string, boolean>(runtime, {
    name: "has",
    // `ops` keeps to itself what it has.
    compute: (node) => node === "typed" || (edges[node] ?? []).map((next) => has.get(next) && next !== "ops").some(Boolean),
    onCycle: () => false,
    isCycleFixed: true,
    stands: (found) => found,
  });
  assert.equal(has.get("all"), true);
});

test("a name that all have from one in a wide circle is found in each at little cost", () => {
  const runtime = new QueryRuntime();
  const count = 60;
  const has: Query<number, boolean> = new Query<number, boolean>(runtime, {
    name: "has",
    compute: (from) => from === 7 || Array.from({ length: count }, (_, to) => to !== from && has.get(to) && to % 2 === 1).some(Boolean),
    onCycle: () => false,
    isCycleFixed: true,
    stands: (found) => found,
  });
  for (let i = 0; i < count; i++) assert.equal(has.get(i), true);
  assert.ok((runtime.workCounts.get("has") ?? 0) < count * count);
});

test("what was computed inside a cycle before a change is not used after it", () => {
  const runtime = new QueryRuntime();
  const value = new Input(runtime, 1, "low");
  const edges: Readonly<Record<string, readonly string[]>> = { a: ["b", "c"], b: ["c", "a"], c: ["a"] };
  const sum: Query<string, number> = new Query<string, number>(runtime, {
    name: "sum",
    compute: (node) => (edges[node] ?? []).reduce((total, next) => total + sum.get(next), node === "c" ? value.get() : 0),
    onCycle: () => 0,
  });
  assert.equal(sum.get("a"), 2);
  value.set(10);
  assert.equal(sum.get("a"), 20);
});

test("a question that is put first is answered before the one that needs it; one that cannot be is not put first twice", () => {
  const runtime = new QueryRuntime();
  const order: string[] = [];
  const log = (name: string): string => {
    order.push(name);
    return name;
  };
  const inner = new Query<string, string>(runtime, { name: "inner", compute: log });
  const outer = new Query<string, boolean>(runtime, { name: "outer", compute: (key) => inner.isAtHand(log(key)) });
  assert.equal(outer.get("a"), true);
  assert.deepEqual(order, ["a", "a", "a"]);
  const circle: Query<string, boolean> = new Query<string, boolean>(runtime, {
    name: "circle",
    compute: (key) => circle.isAtHand(key === "x" ? "y" : "x"),
    onCycle: () => false,
  });
  // x puts y first, which would put x first: it does without and is at hand then.
  assert.equal(circle.get("x"), true);
});
