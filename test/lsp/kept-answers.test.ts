/**
 * Answers kept from one start to the next: given before anything is loaded, the same to the byte, and never where anything that they
 * depend on is another.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, beforeEach, mock, test } from "node:test";
import { pathToFileURL } from "node:url";
import { random } from "../support/random.ts";
import { VS_CODE } from "./client.ts";
import { TestDocument } from "./document.ts";
import type { Switch } from "./kept-world.ts";
import { LIB, SWITCHES, World } from "./kept-world.ts";
import type { Started } from "./start-in-process.ts";
import { endInProcess, startInProcess } from "./start-in-process.ts";

/** Work in the background begins by the clock, which all but stands still: what is counted is what a question needs. */
function withoutBackground(): void {
  let microseconds = 0;
  mock.method(performance, "now", () => {
    microseconds += 1;
    return microseconds / 1000;
  });
  mock.timers.enable({ apis: ["setTimeout"] });
}
withoutBackground();

const worlds: World[] = [];
let world = new World();
beforeEach(() => {
  world = new World();
  worlds.push(world);
});
after(() => {
  for (const it of worlds) it.remove();
});

interface Seen {
  readonly answers: readonly string[];
  /** How often anything was computed. */
  readonly work: number;
}

type Ask = (document: TestDocument) => Promise<unknown>;

const hover =
  (type: string, from = 0): Ask =>
  (document) => {
    const place = document.placeOf(type, /(?:struct|enum) /.exec(document.text.slice(document.text.indexOf(` ${type}`) - 6))?.[0] ?? "");
    return ask(document, "textDocument/hover", { position: { ...place, character: place.character + from } });
  };

const hints: Ask = (document) => {
  const range = { start: { line: 0, character: 0 }, end: { line: 30, character: 0 } };
  return ask(document, "textDocument/inlayHint", { range });
};

const actions: Ask = (document) => {
  const range = document.rangeOf("Message");
  return ask(document, "textDocument/codeAction", { range, context: { diagnostics: [] } });
};

function ask(document: TestDocument, method: string, params: object): Promise<unknown> {
  return document.client.request(method, { textDocument: { uri: document.uri }, ...params });
}

/** A server on the world as it is. */
async function start(on: readonly Switch[], cache: string): Promise<Started & { readonly document: TestDocument }> {
  process.env["STOWPLAN_CACHE"] = cache;
  const started = await startInProcess({
    capabilities: Object.assign({}, VS_CODE, ...on.map(({ capabilities }) => capabilities)),
    ...Object.assign({}, ...on.map(({ locale }) => (locale === undefined ? {} : { locale }))),
    initializationOptions: { stowplan: Object.assign({}, ...on.map(({ settings }) => settings)) },
    folders: [pathToFileURL(join(world.folder, "ws")).href],
  });
  const uriOf = (file: string): string => pathToFileURL(join(world.folder, file)).href;
  for (const { open } of on) if (open !== undefined) new TestDocument(started.session.client, uriOf(open[0]), open[1]);
  return { ...started, document: new TestDocument(started.session.client, uriOf("ws/src/lib.rs"), LIB) };
}

const workOf = ({ parts }: Started): number => [...parts.analysis.runtime.workCounts.values()].reduce((sum, count) => sum + count, 0);

/** What a server says that starts now, and ends. */
async function seen(on: readonly Switch[], asks: readonly Ask[], cache = world.cache): Promise<Seen> {
  const started = await start(on, cache);
  const answers: string[] = [];
  for (const one of asks) answers.push(JSON.stringify(await one(started.document)));
  const work = workOf(started);
  endInProcess(started);
  return { answers, work };
}

const ALL: readonly Ask[] = [hover("Whole"), hints, actions];

test("a second start answers without computing anything, as the first one did", async () => {
  world.set([]);
  const fresh = await seen([], ALL, "off");
  assert.match(fresh.answers[0] ?? "", /Layout\*\* 24 B/);
  assert.match(fresh.answers[1] ?? "", /24 B/);
  assert.match(fresh.answers[2] ?? "", /Box/);
  const first = await seen([], ALL);
  assert.ok(first.work > 100);
  const second = await seen([], ALL);
  assert.deepEqual([first.answers, second.answers], [fresh.answers, fresh.answers]);
  assert.equal(second.work, 0);
});

test("it makes no difference at which character of a word is asked", async () => {
  world.set([]);
  const { answers } = await seen([], [hover("Whole"), hover("Whole", 1), hover("Whole", 4)]);
  assert.equal(new Set(answers).size, 1);
  const again = await seen([], [hover("Whole", 3)]);
  assert.deepEqual(again, { answers: answers.slice(0, 1), work: 0 });
});

test("that there is nothing to say is kept, too", async () => {
  world.set([]);
  const nothing: Ask = (document) => ask(document, "textDocument/hover", { position: { line: 0, character: 0 } });
  const first = await seen([], [nothing]);
  assert.deepEqual(first.answers, ["null"]);
  assert.ok(first.work > 0);
  assert.deepEqual(await seen([], [nothing]), { answers: ["null"], work: 0 });
});

test("another question is computed, and kept", async () => {
  world.set([]);
  await seen([], [hover("Whole")]);
  const asks = [hover("Message"), hover("Whole")];
  const fresh = await seen([], asks, "off");
  const other = await seen([], asks);
  assert.deepEqual(other.answers, fresh.answers);
  assert.ok(other.work > 0);
  assert.deepEqual(await seen([], asks), { ...fresh, work: 0 });
});

for (const it of SWITCHES) {
  test(`what is kept does not count when ${it.name}, and counts again when all is as it was`, async () => {
    const asks = [hover(it.type), hints, actions];
    world.set([]);
    const before = await seen([], asks);
    world.set([it]);
    const fresh = await seen([it], asks, "off");
    assert.notEqual(fresh.answers[0], before.answers[0], "the switch is seen");
    const now = await seen([it], asks);
    assert.deepEqual(now.answers, fresh.answers);
    assert.ok(now.work > 0);
    assert.deepEqual(await seen([it], asks), { answers: fresh.answers, work: 0 });
    world.set([]);
    assert.deepEqual((await seen([], asks)).answers, before.answers);
    assert.equal((await seen([], asks)).work, 0);
  });
}

const files = (): readonly string[] =>
  readdirSync(world.cache, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes("answers-"))
    .map((entry) => join(entry.parentPath, entry.name));

const folderOfAnswers = (): string => join(world.cache, readdirSync(world.cache).find((name) => name.startsWith("answers-")) ?? "");

test("answers of another product are not given", async () => {
  world.set([]);
  const first = await seen([], ALL);
  const folder = folderOfAnswers();
  assert.match(folder, /answers-\d+\.\d+\.\d+-\w+-\d/, "names version, sources and V8");
  renameSync(folder, folder.replace(/answers-/, "answers-9"));
  const second = await seen([], ALL);
  assert.deepEqual(second.answers, first.answers);
  assert.ok(second.work > 0);
});

test("what is damaged or cut off is not given", async () => {
  world.set([]);
  const first = await seen([], ALL);
  const [path = ""] = files();
  const bytes = readFileSync(path);
  for (let i = 1; i < 12; i++) {
    const at = Math.floor((bytes.length * i) / 12);
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 0x55, at);
    for (const content of [damaged, bytes.subarray(0, at)]) {
      for (const other of files()) writeFileSync(other, content);
      assert.deepEqual((await seen([], ALL)).answers, first.answers);
    }
  }
});

test("two servers keep answers at once, and a third gives those of both", async () => {
  world.set([]);
  const [one, other] = [await start([], world.cache), await start([], world.cache)];
  const answers = [JSON.stringify(await hover("Whole")(one.document)), JSON.stringify(await hints(other.document))];
  assert.equal(JSON.stringify(await hover("Whole")(other.document)), answers[0]);
  endInProcess(one);
  endInProcess(other);
  assert.deepEqual(await seen([], [hover("Whole"), hints]), { answers, work: 0 });
});

test("switched off, nothing is kept and nothing given", async () => {
  world.set([]);
  const off: Switch = { name: "off", settings: { cache: { enable: false } }, type: "Whole" };
  await seen([off], ALL);
  assert.equal(existsSync(world.cache), false);
  await seen([], ALL);
  assert.ok((await seen([off], ALL)).work > 0);
});

test("after an edit nothing is kept and nothing given", async () => {
  world.set([]);
  await seen([], [hover("Whole")]);
  const started = await start([], world.cache);
  started.document.edit("a: u8", "a: u64");
  const edited = JSON.stringify(await hover("Whole")(started.document));
  assert.match(edited, /Layout\*\* 32 B/);
  started.document.edit("a: u64", "a: u8");
  await hover("Choices")(started.document);
  assert.ok(workOf(started) > 0);
  endInProcess(started);
  assert.ok((await seen([], [hover("Choices")])).work > 0);
  assert.equal((await seen([], [hover("Whole")])).work, 0);
});

test("what is not open is not answered by what was kept when it was", async () => {
  world.set([]);
  const first = await seen([], [hover("Whole")]);
  const started = await start([], world.cache);
  started.document.close();
  assert.equal(await hover("Whole")(started.document), null);
  started.document.open();
  assert.equal(JSON.stringify(await hover("Whole")(started.document)), first.answers[0]);
  assert.ok(workOf(started) > 0);
  endInProcess(started);
});

test("what was given is computed too, in a quiet moment; what was wrong is told, and not given again", async () => {
  world.set([]);
  await seen([], [hover("Whole")]);
  mock.reset();
  const started = await start([], world.cache);
  const answers = started.parts.caches?.answers;
  assert.ok(answers !== undefined);
  const read = answers.read.bind(answers);
  answers.read = (key) => read(key)?.replace("** 24 B", "** 25 B");
  assert.match(JSON.stringify(await hover("Whole")(started.document)), /\*\* 25 B/);
  assert.match(JSON.stringify(await started.session.client.told("window/logMessage")), /kept from an earlier start was wrong/);
  assert.match(JSON.stringify(await hover("Whole")(started.document)), /\*\* 24 B/);
  endInProcess(started);
  withoutBackground();
});

test("no more than a hundred answers of one session are kept", async () => {
  world.set([]);
  const asks = Array.from(
    { length: 130 },
    (_, i): Ask =>
      (document) => {
        const range = { start: { line: 0, character: 0 }, end: { line: 1, character: i } };
        return ask(document, "textDocument/inlayHint", { range });
      },
  );
  const { answers } = await seen([], asks);
  assert.deepEqual(await seen([], asks.slice(0, 100)), { answers: answers.slice(0, 100), work: 0 });
  assert.ok((await seen([], asks.slice(110, 111))).work > 0);
});

const STEPS = 40;

test(`whatever changes between ${STEPS} starts, answers are those of a start without a cache`, async () => {
  const number = random(20_261_129);
  const pick = <T>(list: readonly T[]): T => {
    const picked = list[number(list.length)];
    assert.ok(picked !== undefined);
    return picked;
  };
  const asks = [...["Whole", "Registry", "Late", "Choices", "Linked", "Message"].map((type) => hover(type)), hints, actions];
  let on: readonly Switch[] = [];
  let given = 0;
  for (let step = 0; step < STEPS; step++) {
    const chosen = pick(SWITCHES);
    if (number(3) > 0) on = on.includes(chosen) ? on.filter((it) => it !== chosen) : [...on, chosen].slice(-4);
    world.set(on);
    const asked = [pick(asks), pick(asks), pick(asks)];
    const fresh = await seen(on, asked, "off");
    const kept = await seen(on, asked);
    const names = on.map(({ name }) => name).join(", ");
    assert.deepEqual(kept.answers, fresh.answers, `step ${step}: ${names}`);
    if (kept.work < fresh.work / 2) given += 1;
  }
  assert.ok(given > 0, "something was given");
});
