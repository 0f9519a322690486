/**
 * Hints of a huge file: an answer that takes too long is cut, the rest is computed in the background, and the client is asked to ask
 * again. What is asked then is whole.
 */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import type { Steps } from "../../server/src/base/resumed.ts";
import { AT_LEAST, ENOUGH_MS, HintsInTime } from "../../server/src/lsp/hints-in-time.ts";
import { VS_CODE } from "./client.ts";
import type { Started } from "./start-in-process.ts";
import { endInProcess, startInProcess } from "./start-in-process.ts";

/** A clock of its own, and work that ends when it is told to. */
function made(): {
  readonly hints: HintsInTime;
  readonly state: { now: number; revision: number };
  readonly log: string[];
  readonly end: () => Promise<void>;
} {
  const state = { now: 0, revision: 1 };
  const log: string[] = [];
  const ends: (() => void)[] = [];
  const hints = new HintsInTime({
    now: () => state.now,
    revision: () => state.revision,
    later: () => {
      log.push("later");
      return new Promise((resolve) => {
        ends.push(resolve);
      });
    },
    cut: () => void log.push("cut"),
    refresh: () => void log.push("refresh"),
  });
  const end = async (): Promise<void> => {
    ends.shift()?.();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  };
  return { hints, state, log, end };
}

function* nothing(): Steps<void> {}

/** Whether an answer is cut that asks about so many definitions, the last of them at a time. */
function isCut({ hints, state }: ReturnType<typeof made>, definitions: number, time: number): boolean {
  const isEnough = hints.begin("a", nothing);
  for (let i = 1; i < definitions; i++) assert.ok(!isEnough());
  state.now += time;
  return isEnough();
}

test("an answer is cut that takes too long, but not before it has begun, and not where all is known", async () => {
  const it = made();
  assert.ok(!isCut(it, AT_LEAST, 10 * ENOUGH_MS));
  assert.ok(!isCut(it, AT_LEAST + 1, ENOUGH_MS - 1));
  assert.deepEqual(it.log, []);
  assert.ok(isCut(it, AT_LEAST + 1, ENOUGH_MS));
  assert.ok(isCut(it, AT_LEAST + 1, ENOUGH_MS));
  assert.deepEqual(it.log, ["cut", "later", "cut"]);
  await it.end();
  assert.deepEqual(it.log, ["cut", "later", "cut", "refresh"]);
  assert.ok(!isCut(it, AT_LEAST + 1, ENOUGH_MS));
  it.state.revision += 1;
  assert.ok(isCut(it, AT_LEAST + 1, ENOUGH_MS));
  await it.end();
  it.hints.closed("a");
  assert.ok(isCut(it, AT_LEAST + 1, ENOUGH_MS));
});

const COUNT = 3 * AT_LEAST;
const TEXT = Array.from({ length: COUNT }, (_, i) => `pub struct S${i} {\n    a: u32,\n    b: [u64; ${i + 1}],\n}\n`).join("");
const WHOLE_FILE = { start: { line: 0, character: 0 }, end: { line: TEXT.split("\n").length, character: 0 } };

async function opened(refreshSupport: boolean): Promise<Started> {
  const started = await startInProcess({ capabilities: { ...VS_CODE, workspace: { inlayHint: { refreshSupport } } } });
  const textDocument = { uri: "file:///huge/lib.rs", languageId: "rust", version: 1, text: TEXT };
  started.session.client.notify("textDocument/didOpen", { textDocument });
  return started;
}

async function hintsOf({ session }: Started): Promise<readonly unknown[]> {
  const hints = await session.client.request("textDocument/inlayHint", { textDocument: { uri: "file:///huge/lib.rs" }, range: WHOLE_FILE });
  return Array.isArray(hints) ? hints : [];
}

test("a client is told part of the hints when they take long, asked to ask again, and told all of them then", async () => {
  const real = performance.now.bind(performance);
  let skipped = 0;
  const clock = mock.method(performance, "now", () => {
    skipped += 20;
    return real() + skipped;
  });
  const [one, other] = [await opened(true), await opened(false)];
  const all = await hintsOf(other);
  assert.equal(all.length, 2 * COUNT);
  const first = await hintsOf(one);
  assert.ok(first.length >= 2 * AT_LEAST && first.length < all.length, `${first.length} hints`);
  assert.deepEqual(first, all.slice(0, first.length));
  // Time goes on as it does, from where it has come to.
  clock.mock.mockImplementation(() => real() + skipped);
  await one.session.client.told("workspace/inlayHint/refresh");
  assert.deepEqual(await hintsOf(one), all);
  for (const it of [one, other]) endInProcess(it);
});
