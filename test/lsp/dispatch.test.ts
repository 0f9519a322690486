/** A defect inside a request: caught once, logged, told; the next request is answered. */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import type { Steps } from "../../server/src/base/resumed.ts";
import { resumed } from "../../server/src/base/resumed.ts";
import { Query } from "../../server/src/db/query.ts";
import { QueryRuntime } from "../../server/src/db/query-runtime.ts";
import { Connection } from "../../server/src/lsp/connection.ts";
import { Dispatcher } from "../../server/src/lsp/dispatch.ts";
import { QUESTION } from "../../server/src/lsp/try-time.ts";

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
  const onDefect = (): string => "an internal error";
  assert.equal(await dispatcher.ask("hover", { onDefect }, () => resumed(fail)), "an internal error");
  assert.equal(await dispatcher.ask("hints", {}, () => resumed(fail)), undefined);
  assert.equal(await dispatcher.ask("hover", {}, () => resumed(() => "an answer")), "an answer");
  const logged = await sent("hints: RangeError");
  assert.equal(logged.match(/hover: RangeError/g)?.length, 1);
  assert.equal(logged.match(/hints: RangeError/g)?.length, 1);
});

test("nothing to say is not a defect", async () => {
  const dispatcher = new Dispatcher(connected().connection, new QueryRuntime(), undefined);
  const onDefect = (): string => "an internal error";
  assert.equal(await dispatcher.ask<string | undefined>("hover", { onDefect }, () => resumed(() => undefined)), undefined);
});

/** Turns of the event loop, counted until that is stopped. */
class Turns {
  count = 0;
  #next = setImmediate(() => this.#turn());

  #turn(): void {
    this.count += 1;
    this.#next = setImmediate(() => this.#turn());
  }

  stop(): void {
    clearImmediate(this.#next);
  }
}

test("messages pass between slices when two works go on in the background", async () => {
  const dispatcher = new Dispatcher(connected().connection, new QueryRuntime(), undefined);
  const turns = new Turns();
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
  turns.stop();
  assert.ok(turns.count >= SLICES, `${turns.count} turns`);
});

test("messages pass between works that become due at once", async () => {
  const clock = handClock();
  const dispatcher = new Dispatcher(connected().connection, new QueryRuntime(), undefined, clock);
  dispatcher.edited();
  const WORKS = 30;
  const all = Array.from({ length: WORKS }, (_, i) => dispatcher.runInBackground(`check ${i}`, undefined, () => resumed(() => i)));
  clock.time += 1000;
  const turns = new Turns();
  const endedIn = new Set<number>();
  await Promise.all(all.map((work) => work.then(() => endedIn.add(turns.count))));
  turns.stop();
  assert.equal(endedIn.size, WORKS);
});

/** A question that is answered at once. */
function ask(dispatcher: Dispatcher, answer: string): Promise<string | undefined> {
  return dispatcher.ask("hover", {}, () => resumed(() => answer));
}

/** A clock that is moved by hand, so that a machine that is busy changes nothing. */
function handClock(): { time: number; readonly now: () => number } {
  const clock = { time: 0, now: () => clock.time };
  return clock;
}

/** Asks one question upon another, a millisecond each, until some work is done; how many. */
async function askedBeside(work: (dispatcher: Dispatcher) => Promise<unknown>, clock = handClock()): Promise<number> {
  const dispatcher = new Dispatcher(connected().connection, new QueryRuntime(), undefined, clock);
  await ask(dispatcher, "first");
  let isDone = false;
  void work(dispatcher).then(() => {
    isDone = true;
  });
  let asked = 0;
  for (; !isDone; asked++) {
    clock.time += 1;
    await ask(dispatcher, "next");
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

test("work that nobody waits for begins when questions no longer come one upon another", async () => {
  const order: string[] = [];
  const work = (name: string): Steps<unknown> => resumed(() => order.push(name));
  let ahead: Promise<unknown> | undefined;
  const clock = handClock();
  await askedBeside((dispatcher) => {
    ahead = dispatcher.runInWholeSteps("parseAhead", undefined, () => work("ahead"));
    return dispatcher.runInBackground("check", undefined, () => work("check"));
  }, clock);
  assert.deepEqual(order, ["check"]);
  clock.time += 1000;
  await ahead;
  assert.deepEqual(order, ["check", "ahead"]);
});

/** A question that leads to `links` others, each of which takes four milliseconds. */
function longQuestion(runtime: QueryRuntime, links: number): () => number {
  const chain: Query<number, number> = new Query<number, number>(runtime, {
    name: "chain",
    compute: (n) => {
      const below = n === 0 ? 0 : chain.get(n - 1);
      for (const end = performance.now() + 4; performance.now() < end; );
      return below + 1;
    },
  });
  return () => {
    for (let i = 0; i < links; i++) chain.get(i);
    return chain.get(links);
  };
}

function* begunAnew(compute: () => number): Generator<undefined, number> {
  yield undefined;
  return compute();
}

for (const [way, begin] of [
  ["goes on where it can be resumed", resumed<number>],
  ["is begun anew otherwise", begunAnew],
] as const) {
  test(`messages pass in the middle of a long step, which ${way}`, async () => {
    const runtime = new QueryRuntime();
    const dispatcher = new Dispatcher(connected().connection, runtime, undefined);
    const compute = longQuestion(runtime, 29);
    const turns = new Turns();
    const answer = await dispatcher.runInBackground("check", undefined, () => begin(compute));
    turns.stop();
    assert.equal(answer, 30);
    assert.ok(turns.count >= 3, `${turns.count} turns`);
    assert.ok((runtime.workCounts.get("chain") ?? 0) <= 2 * 30, "what was computed is kept");
  });
}

/** Of this many links a question takes several tries of an impatient dispatcher. */
const LINKS = 60;

function impatient(runtime: QueryRuntime): Dispatcher {
  return new Dispatcher(connected().connection, runtime, undefined, { patience: { ...QUESTION, first: 50, least: 50 } });
}

interface Long {
  readonly dispatcher: Dispatcher;
  readonly runtime: QueryRuntime;
  readonly compute: () => number;
}

function newLong(): Long {
  const runtime = new QueryRuntime();
  return { dispatcher: impatient(runtime), runtime, compute: longQuestion(runtime, LINKS) };
}

test("questions are answered in the middle of a long one, which is not computed twice", async () => {
  const { dispatcher, runtime, compute } = newLong();
  const answered: unknown[] = [];
  const note = (answer: unknown): void => void answered.push(answer);
  const all = [
    dispatcher.ask("hints", {}, () => resumed(compute)).then(note),
    ask(dispatcher, "one").then(note),
    ask(dispatcher, "two").then(note),
  ];
  await Promise.all(all);
  assert.deepEqual(answered, ["one", "two", LINKS + 1]);
  assert.ok((runtime.workCounts.get("chain") ?? 0) < 2 * LINKS, String(runtime.workCounts.get("chain")));
});

test("between the steps of a question others are answered early", async () => {
  const dispatcher = new Dispatcher(connected().connection, new QueryRuntime(), undefined);
  const answered: string[] = [];
  function* steps(): Generator<undefined, string> {
    for (let i = 0; i < 30; i++) {
      for (const end = performance.now() + 4; performance.now() < end; );
      yield undefined;
    }
    return "hints";
  }
  const hints = dispatcher.ask("hints", {}, steps).then((answer) => answered.push(answer ?? ""));
  await Promise.all([hints, ask(dispatcher, "hover").then((answer) => answered.push(answer ?? ""))]);
  assert.deepEqual(answered, ["hover", "hints"]);
});

test("of several long questions the oldest is answered first", async () => {
  const runtime = new QueryRuntime();
  const dispatcher = impatient(runtime);
  const answered: string[] = [];
  const names = ["first", "second", "third"];
  await Promise.all(
    names.map((name) =>
      dispatcher
        .ask(name, {}, () => resumed(longQuestion(runtime, LINKS)))
        .then(() => {
          answered.push(name);
        }),
    ),
  );
  assert.deepEqual(answered, names);
});

test("background work waits for a long question", async () => {
  const { dispatcher, compute } = newLong();
  const answered: string[] = [];
  const note = (what: string) => (): void => void answered.push(what);
  function* work(): Generator<undefined, void> {
    answered.push("begun");
    yield undefined;
  }
  await Promise.all([
    dispatcher.ask("hints", {}, () => resumed(compute)).then(note("question")),
    dispatcher.runInBackground("check", undefined, work).then(note("work")),
  ]);
  assert.deepEqual(answered, ["question", "begun", "work"]);
});

test("a long question can be cancelled", async () => {
  const { dispatcher, runtime, compute } = newLong();
  const token = { isCancellationRequested: false };
  const answer = dispatcher.ask("hints", { token }, () => resumed(compute));
  token.isCancellationRequested = true;
  await assert.rejects(answer, { code: -32800 });
  assert.ok((runtime.workCounts.get("chain") ?? 0) < LINKS, "it is not computed to its end");
});

test("a long question about a document that is edited meanwhile is answered as such; another edit begins it anew", async () => {
  const { dispatcher, runtime, compute } = newLong();
  let text = "old";
  const subject = (): string => text;
  const outdated = dispatcher.ask("hints", { subject }, () => resumed(compute));
  const other = dispatcher.ask("hints", { subject: () => "another" }, () => resumed(compute));
  text = "new";
  runtime.bump("low");
  await assert.rejects(outdated, { code: -32801 });
  assert.equal(await other, LINKS + 1);
});
