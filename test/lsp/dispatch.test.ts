/** A defect inside a request: caught once, logged, told; the next request is answered. */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { resumed } from "../../server/src/base/resumed.ts";
import { Query } from "../../server/src/db/query.ts";
import { QueryRuntime } from "../../server/src/db/query-runtime.ts";
import { Connection } from "../../server/src/lsp/connection.ts";
import { Dispatcher } from "../../server/src/lsp/dispatch.ts";

/** `sent` waits until the text stands in what was sent, and answers all of that. */
function connected(): { readonly connection: Connection; readonly sent: (text: string) => Promise<string> } {
  const out = new PassThrough();
  const [reader, writer] = [new StreamMessageReader(new PassThrough()), new StreamMessageWriter(out)];
  const connection = new Connection((logger) => createMessageConnection(reader, writer, logger));
  connection.listen();
  let all = "";
  out.on("data", (data: Buffer) => {
    all += data.toString();
  });
  const sent = async (text: string): Promise<string> => {
    while (!all.includes(text)) await new Promise(setImmediate);
    return all;
  };
  return { connection, sent };
}

test("a defect is logged once and answered with what the request says of one", async () => {
  const { connection, sent } = connected();
  const dispatcher = new Dispatcher(connection, new QueryRuntime(), undefined);
  const fail = (): string => {
    throw new RangeError("Maximum call stack size exceeded");
  };
  assert.equal(await dispatcher.run("hover", undefined, fail, () => "an internal error"), "an internal error");
  assert.equal(await dispatcher.run("hints", undefined, fail), undefined);
  assert.equal(await dispatcher.run("hover", undefined, () => "an answer"), "an answer");
  const logged = await sent("hints: RangeError");
  assert.equal(logged.match(/hover: RangeError/g)?.length, 1);
  assert.equal(logged.match(/hints: RangeError/g)?.length, 1);
});

test("nothing to say is not a defect", async () => {
  const dispatcher = new Dispatcher(connected().connection, new QueryRuntime(), undefined);
  assert.equal(
    await dispatcher.run<string | undefined>(
      "hover",
      undefined,
      () => undefined,
      () => "an internal error",
    ),
    undefined,
  );
});

/** Counts turns of the event loop until it is asked how many there were. */
function countTurns(): () => number {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  return () => {
    isDone = true;
    return turns;
  };
}

test("messages pass between slices when two works go on in the background", async () => {
  const dispatcher = new Dispatcher(connected().connection, new QueryRuntime(), undefined);
  const turnsSoFar = countTurns();
  const SLICES = 12;
  function* work(): Generator<undefined, string> {
    for (let i = 0; i < SLICES; i++) {
      // Each step is longer than a slice.
      for (const end = performance.now() + 4; performance.now() < end; );
      yield undefined;
    }
    return "done";
  }
  const both = ["check", "readAhead"].map((name) => dispatcher.runInBackground(name, undefined, work));
  assert.deepEqual(await Promise.all(both), ["done", "done"]);
  const turns = turnsSoFar();
  assert.ok(turns >= SLICES, `${turns} turns`);
});

/** Asks one question upon another until some work is done; how many. */
async function askedBeside(work: (dispatcher: Dispatcher) => Promise<unknown>): Promise<number> {
  const dispatcher = new Dispatcher(connected().connection, new QueryRuntime(), undefined);
  await dispatcher.run("hover", undefined, () => "first");
  let isDone = false;
  void work(dispatcher).then(() => {
    isDone = true;
  });
  let asked = 0;
  for (; !isDone; asked++) {
    await dispatcher.run("hover", undefined, () => "next");
    await new Promise(setImmediate);
  }
  return asked;
}

test("questions that come one upon another are not kept waiting by background work, which comes to its end all the same", async () => {
  function* work(): Generator<undefined, string> {
    yield undefined;
    return "done";
  }
  const asked = await askedBeside((dispatcher) => dispatcher.runInBackground("check", undefined, work));
  assert.ok(asked > 50, `${asked} questions passed before it`);
});

/** A question that leads to others, each of which takes as long as a slice. */
function longQuestion(runtime: QueryRuntime): () => number {
  const LINKS = 12;
  const chain: Query<number, number> = new Query<number, number>(runtime, {
    name: "chain",
    compute: (n) => {
      const below = n === 0 ? 0 : chain.get(n - 1);
      for (const end = performance.now() + 4; performance.now() < end; );
      return below + 1;
    },
  });
  return () => {
    const sum = chain.get(LINKS);
    for (let i = 0; i < LINKS; i++) assert.equal(chain.get(i), i + 1);
    return sum;
  };
}

for (const [way, begin] of [
  ["goes on where it can be resumed", (ask: () => number) => resumed(ask)],
  [
    "is begun anew otherwise",
    function* (ask: () => number): Generator<undefined, number> {
      yield undefined;
      return ask();
    },
  ],
] as const) {
  test(`messages pass in the middle of a long step, which ${way}`, async () => {
    const runtime = new QueryRuntime();
    const dispatcher = new Dispatcher(connected().connection, runtime, undefined);
    const ask = longQuestion(runtime);
    const turnsSoFar = countTurns();
    const answer = await dispatcher.runInBackground("check", undefined, () => begin(ask));
    const turns = turnsSoFar();
    assert.equal(answer, 13);
    assert.ok(turns >= 3, `${turns} turns`);
    assert.ok((runtime.workCounts.get("chain") ?? 0) <= 13 * 14, "what was computed is kept");
  });
}
