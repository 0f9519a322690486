/**
 * The server's fuzzer: strange sources, edits and messages against the built server, over the protocol.
 *
 * Usage: npm run fuzz:server -- [--seed 1] [--sources 200] [--edits 20] [--messages 300] [--scale 0.05]
 * `--edits` is for each edited document (one for every ten sources); `--scale` the size of the bombs (1: 50,000 variants, 10,000
 * levels). The same arguments give the same inputs. Checked: the server neither ends nor hangs, no request takes more than a second
 * of its processor, nothing a source holds is shown unescaped, no internal errors, a server with a long past answers as a fresh one
 * does, memory does not grow, the next good request is answered right. Every finding is printed, its source kept in `out/fuzz/`; the
 * exit status is 1 if there is any.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { LineIndex } from "../../server/src/base/line-index.ts";
import { at } from "../lsp/client.ts";
import { Random } from "../oracle/random.ts";
import { BOMB_COUNT, bomb, HOSTILE_NAMES, randomBomb } from "./bombs.ts";
import { FuzzServer } from "./fuzz-server.ts";
import { applied, mutated, randomEdit } from "./mutate.ts";
import { BROKEN_BYTES, strangeMessage } from "./protocol.ts";
import type { Document } from "./questions.ts";
import { askAbout, close, open } from "./questions.ts";

/** A server is compared with a fresh one, and ended, after so many sources. */
const BATCH = 50;

/**
 * What a server may grow by, in MiB, when all that it was asked about is closed and there was a quiet moment: WebAssembly gives no memory
 * back, and the parser needs 150 for a damaged text of 200,000 operators.
 */
const MAX_GROWTH = 300;

/** Closing a document of so many characters has what was computed of closed ones thrown away; that is done when it is quiet. */
const LARGE = 500_000;
const QUIET_MS = 1500;

const GOOD = { uri: "file:///fuzz/judge/lib.rs", text: "pub struct Judge { a: u8, b: u32 }\n" };

class Fuzzer {
  readonly #seed: string;
  readonly #counts = { inputs: 0, requests: 0, edits: 0, messages: 0, compared: 0 };
  #slowest = 0;
  #findings = 0;
  #peak = 0;
  /** The most that was still taken when all was closed. */
  #atRest = 0;
  #atStart = 0;
  #server: FuzzServer | undefined;

  constructor(seed: string) {
    this.#seed = seed;
  }

  async sources(count: number, editsEach: number): Promise<void> {
    const seeds = seedSources();
    for (let first = 0; first < count; first += BATCH) {
      const past: { document: Document; answers: readonly string[] }[] = [];
      await this.#running();
      for (let i = first; i < Math.min(count, first + BATCH); i++) {
        const random = new Random(`${this.#seed}/source/${i}`);
        const seed = random.chance(0.15) ? randomBomb(random) : random.pick(seeds);
        const text = random.chance(0.9) ? mutated(random, seed) : seed;
        const document = { uri: `file:///fuzz/${i}/lib.rs`, text };
        past.push(await (i % 10 === 0 ? this.#edited(random, document, editsEach) : this.#asked(document)));
      }
      await this.#compare(past);
      await this.#end();
    }
  }

  async bombs(scale: number): Promise<void> {
    for (let i = 0; i < BOMB_COUNT; i++) await this.#asked({ uri: `file:///fuzz/bomb${i}/lib.rs`, text: bomb(i, scale) });
    await this.#end();
  }

  async messages(count: number): Promise<void> {
    let fresh = 0;
    const server = await this.#running();
    open(server, { uri: "file:///fuzz/good.rs", text: "struct A(u8);\nenum B { C(u32), D([u8; 500]) }\n" });
    for (let i = 0; i < count; i++) {
      const what = await strangeMessage(new Random(`${this.#seed}/message/${i}`), await this.#running(), () => fresh++);
      this.#counts.messages += 1;
      if (i % 10 === 9) await this.#goodAnswer(what);
    }
    await this.#end();
    for (const [name, bytes] of BROKEN_BYTES) await this.#brokenBytes(name, bytes);
    await this.#vanishing();
  }

  summary(): number {
    const { inputs, requests, edits, messages, compared } = this.#counts;
    print(
      `seed ${this.#seed}: ${inputs} sources, ${edits} edits, ${requests} requests, ${messages} messages, ${compared} compared with a fresh server; ` +
        `slowest request ${this.#slowest} ms, most memory ${this.#peak.toFixed(0)} MiB, ${this.#atRest.toFixed(0)} when all was closed, ${this.#findings} findings`,
    );
    return this.#findings;
  }

  async #running(): Promise<FuzzServer> {
    if (this.#server === undefined || this.#server.hasEnded) {
      this.#server = await FuzzServer.start();
      open(this.#server, GOOD);
      await this.#goodAnswer("start");
      this.#atStart = this.#server.memory();
    }
    return this.#server;
  }

  async #asked(document: Document): Promise<{ document: Document; answers: readonly string[] }> {
    const server = await this.#running();
    open(server, document);
    const asked = await askAbout(server, document);
    close(server, document.uri);
    this.#counts.inputs += 1;
    this.#note(asked, document.text);
    await this.#goodAnswer(document.text);
    return { document, answers: asked.answers };
  }

  async #edited(random: Random, document: Document, count: number): Promise<{ document: Document; answers: readonly string[] }> {
    const server = await this.#running();
    open(server, document);
    let { text } = document;
    for (let i = 0; i < count && !server.hasEnded; i++) {
      const changes = Array.from({ length: 1 + random.below(3) }, () => {
        const edit = randomEdit(random, text);
        const lines = new LineIndex(text);
        const range = { start: lines.positionAt(edit.start, "utf-16"), end: lines.positionAt(edit.end, "utf-16") };
        // A place inside `\r\n` is the end of its line: what the server understands is what counts.
        text = applied(text, { ...edit, start: lines.offsetAt(range.start, "utf-16"), end: lines.offsetAt(range.end, "utf-16") });
        return { range, text: edit.text };
      });
      server.notify("textDocument/didChange", { textDocument: { uri: document.uri, version: i + 2 }, contentChanges: changes });
      this.#counts.edits += changes.length;
      if (random.chance(0.4)) this.#note(await askAbout(server, { uri: document.uri, text }, 1), text);
    }
    const asked = await askAbout(server, { uri: document.uri, text });
    close(server, document.uri);
    this.#counts.inputs += 1;
    this.#note(asked, text);
    return { document: { uri: document.uri, text }, answers: asked.answers };
  }

  async #compare(past: readonly { document: Document; answers: readonly string[] }[]): Promise<void> {
    const fresh = await FuzzServer.start();
    for (const { document, answers } of past) {
      open(fresh, document);
      const again = await askAbout(fresh, document);
      close(fresh, document.uri);
      this.#counts.compared += 1;
      const i = again.answers.findIndex((answer, index) => answer !== answers[index]);
      if (i >= 0) this.#find(`a fresh server says\n    ${cut(again.answers[i])}\n  and not\n    ${cut(answers[i])}`, document.text);
    }
    fresh.kill();
  }

  async #goodAnswer(after: string): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    const params = { textDocument: { uri: GOOD.uri }, position: { line: 0, character: 12 } };
    const { kind, result, cpu } = await server.request("textDocument/hover", params);
    this.#counts.requests += 1;
    this.#peak = Math.max(this.#peak, server.peak());
    if (!String(at(result, "contents", "value")).includes("8 B · align 4"))
      this.#find(`the next good request: ${kind} ${cut(JSON.stringify(result))}`, after);
    if (cpu > 1000) this.#find(`the next good request took ${cpu} ms`, after);
  }

  async #brokenBytes(name: string, bytes: string): Promise<void> {
    const server = await FuzzServer.start();
    server.sendRaw(Buffer.from(bytes, "latin1"));
    this.#counts.messages += 1;
    server.hangUp();
    await this.#endsAlone(server, `after ${name}`);
  }

  /** Clients that go away: before a word, in the middle of a message, while questions are open. */
  async #vanishing(): Promise<void> {
    const silent = new FuzzServer();
    silent.hangUp();
    await this.#endsAlone(silent, "with a client that says nothing");
    const half = await FuzzServer.start();
    half.sendRaw('Content-Length: 100\r\n\r\n{"jsonrpc":');
    half.hangUp();
    await this.#endsAlone(half, "in the middle of a message");
    const busy = await FuzzServer.start();
    open(busy, { uri: "file:///fuzz/busy.rs", text: bomb(4, 0.2) });
    const range = { start: { line: 0, character: 0 }, end: { line: 99_999, character: 0 } };
    for (let i = 0; i < 20; i++) void busy.request("textDocument/inlayHint", { textDocument: { uri: "file:///fuzz/busy.rs" }, range });
    busy.hangUp();
    await this.#endsAlone(busy, "while questions are open");
  }

  async #endsAlone(server: FuzzServer, when: string): Promise<void> {
    const timeout = new Promise<"runs on">((done) => setTimeout(() => done("runs on"), 30_000).unref());
    if ((await Promise.race([server.ended, timeout])) !== "runs on") return;
    this.#find(`the server runs on when its client has gone ${when}`, "");
    server.kill();
  }

  async #end(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined || server.hasEnded) return;
    await this.#rest(server);
    const { kind } = await server.request("shutdown", undefined);
    server.notify("exit", undefined);
    if (kind !== "result" || (await server.ended) !== 0) this.#find("the server does not shut down as it should", "");
  }

  /** What a server still takes when all is closed that it was asked about. */
  async #rest(server: FuzzServer): Promise<void> {
    const large = { uri: "file:///fuzz/large.rs", text: `// ${"x".repeat(LARGE)}\n` };
    open(server, large);
    close(server, large.uri);
    await new Promise((done) => setTimeout(done, QUIET_MS));
    await this.#goodAnswer("all was closed");
    const memory = server.memory();
    this.#atRest = Math.max(this.#atRest, memory);
    if (memory - this.#atStart > MAX_GROWTH)
      this.#find(`memory at rest has grown from ${this.#atStart.toFixed(0)} to ${memory.toFixed(0)} MiB`, "");
  }

  #note(asked: Awaited<ReturnType<typeof askAbout>>, text: string): void {
    this.#counts.requests += asked.requests;
    this.#slowest = Math.max(this.#slowest, asked.slowest);
    for (const problem of new Set(asked.problems)) this.#find(problem, text);
  }

  #find(what: string, text: string): void {
    this.#findings += 1;
    const file = join("out", "fuzz", `${this.#seed}-${this.#findings}.rs`);
    mkdirSync(join("out", "fuzz"), { recursive: true });
    writeFileSync(file, text);
    print(`FINDING ${what}\n  ${file}: ${JSON.stringify(text.slice(0, 100))} (${text.length} characters)`);
  }
}

/** Sources to start from: what the project's own tests and its example hold. */
function seedSources(): readonly [string, ...string[]] {
  const folders = ["test/fixtures", "test/consteval/programs", "example/src"];
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  return [HOSTILE_NAMES, ...files.filter((path) => path.endsWith(".rs")).map((path) => readFileSync(path, "utf8"))];
}

function cut(text: string | undefined): string {
  return (text ?? "nothing").slice(0, 600);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      sources: { type: "string", default: "200" },
      edits: { type: "string", default: "20" },
      messages: { type: "string", default: "300" },
      scale: { type: "string", default: "0.05" },
    },
  });
  const fuzzer = new Fuzzer(values.seed);
  if (Number(values.scale) > 0) await fuzzer.bombs(Number(values.scale));
  await fuzzer.sources(Number(values.sources), Number(values.edits));
  await fuzzer.messages(Number(values.messages));
  process.exitCode = fuzzer.summary() === 0 ? 0 : 1;
}

await main();
