// Measures speed and memory over the real bundles: `npm run bench [-- CRATE_FOLDER FILE TYPE]`. Prints a table of medians and p99; the
// figures kept in docs/performance.md are from such a run. Nothing here passes or fails.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A language server process and a minimal client. */
class Client {
  #process = spawn(process.execPath, [join(root, "dist/cli.cjs"), "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  #buffer = Buffer.alloc(0);
  #waiting = new Map();
  #next = 1;

  constructor() {
    this.#process.stdout.on("data", (data) => {
      this.#buffer = Buffer.concat([this.#buffer, data]);
      for (;;) {
        const head = this.#buffer.indexOf("\r\n\r\n");
        if (head < 0) return;
        const length = Number(/Content-Length: (\d+)/.exec(this.#buffer.subarray(0, head).toString())[1]);
        if (this.#buffer.length < head + 4 + length) return;
        const message = JSON.parse(this.#buffer.subarray(head + 4, head + 4 + length).toString());
        this.#buffer = this.#buffer.subarray(head + 4 + length);
        if (message.method === undefined) this.#waiting.get(message.id)?.(message.result);
        else if (message.id !== undefined) this.#send({ id: message.id, result: null });
      }
    });
  }

  #send(message) {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  request(method, params) {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#send({ id, method, params });
    });
  }

  notify(method, params) {
    this.#send({ method, params });
  }

  /** Resident memory now and at its peak, in MiB (Linux only; undefined elsewhere). */
  memory() {
    try {
      const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
      const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
      return { now: of("VmRSS"), peak: of("VmHWM") };
    } catch {
      return undefined;
    }
  }

  async stop() {
    await this.request("shutdown");
    this.notify("exit");
    await new Promise((resolve) => this.#process.once("exit", resolve));
  }
}

function positionOf(text, offset) {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
}

async function start(file, text) {
  const began = performance.now();
  const client = new Client();
  await client.request("initialize", {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { hover: { contentFormat: ["markdown"] } } },
  });
  client.notify("initialized", {});
  const uri = pathToFileURL(file).href;
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "rust", version: 1, text } });
  return { client, uri, began };
}

const quantile = (values, q) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const shown = (values) => `p50 ${quantile(values, 0.5).toFixed(1)} ms, p99 ${quantile(values, 0.99).toFixed(1)} ms`;

async function timed(run) {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** Process start to the first correct hover, with nothing cached. */
async function coldStart({ file, text, offset }, runs) {
  const times = [];
  for (let i = 0; i < runs; i++) {
    const { client, uri, began } = await start(file, text);
    const hover = await client.request("textDocument/hover", { textDocument: { uri }, position: positionOf(text, offset) });
    times.push(performance.now() - began);
    if (!hover?.contents?.value?.includes("**Layout**")) throw new Error(`no layout in the first hover of ${file}`);
    await client.stop();
  }
  return quantile(times, 0.5);
}

function bigFile(types) {
  const item = (i) => `pub struct S${i} { a: u8, b: Option<Box<S${Math.max(0, i - 1)}>>, c: [u16; 3], d: u64 }
pub enum E${i} { A(u32), B { x: u8, y: S${i} }, C }
impl S${i} {
    pub fn sum(&self) -> u64 {
        let n = self.d;
        n + u64::from(self.a)
    }
}
`;
  return Array.from({ length: types / 2 }, (_, i) => item(i)).join("\n");
}

async function warm(file, text) {
  const { client, uri } = await start(file, text);
  const at = (name) => positionOf(text, text.indexOf(name));
  const hover = (name) => client.request("textDocument/hover", { textDocument: { uri }, position: at(name) });
  await hover("S0 ");
  const end = text.split("\n").length;
  const hints = () =>
    client.request("textDocument/inlayHint", {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: end, character: 0 } },
    });
  const firstHints = await timed(hints);
  const hintsAgain = await timed(hints);
  const hovers = [];
  for (let i = 0; i < 300; i++) hovers.push(await timed(() => hover(`S${(i * 7) % 700} {`)));
  const edits = [];
  const editHints = [];
  let version = 2;
  const range = { start: { line: 100, character: 0 }, end: { line: 160, character: 0 } };
  const visibleHints = () => client.request("textDocument/inlayHint", { textDocument: { uri }, range });
  const body = text.lastIndexOf("n + u64");
  for (let i = 0; i < 60; i++) {
    const position = positionOf(text, body);
    const edit = () =>
      client.notify("textDocument/didChange", {
        textDocument: { uri, version: version++ },
        contentChanges: [{ range: { start: position, end: position }, text: i % 2 === 0 ? " " : "" }],
      });
    const afterEdit = (question) =>
      timed(() => {
        edit();
        return question();
      });
    edits.push(await afterEdit(() => hover("S350 {")));
    editHints.push(await afterEdit(visibleHints));
  }
  const memory = client.memory();
  await client.stop();
  return { firstHints, hintsAgain, hovers, edits, editHints, memory };
}

const folder = mkdtempSync(join(tmpdir(), "stowplan-bench-"));
const [crate, crateFile, crateType] = process.argv.slice(2);
try {
  const small = join(folder, "small.rs");
  const smallText = bigFile(220);
  writeFileSync(small, smallText);
  const rows = [
    [
      "cold start → first hover, one file of 1,000 lines",
      `${(await coldStart({ file: small, text: smallText, offset: smallText.indexOf("S0 ") }, 5)).toFixed(0)} ms (median of 5)`,
    ],
  ];
  if (crate !== undefined && crateFile !== undefined && crateType !== undefined) {
    const file = join(crate, crateFile);
    const text = readFileSync(file, "utf8");
    rows.push([
      `cold start → first hover, ${crateType} in ${crateFile}`,
      `${(await coldStart({ file, text, offset: text.indexOf(crateType) }, 3)).toFixed(0)} ms (median of 3)`,
    ]);
  }
  const big = join(folder, "big.rs");
  const bigText = bigFile(1500);
  writeFileSync(big, bigText);
  const result = await warm(big, bigText);
  rows.push([
    "1,500 types: hints of the whole file, first and again",
    `${result.firstHints.toFixed(0)} ms, ${result.hintsAgain.toFixed(0)} ms`,
  ]);
  rows.push(["1,500 types: hover", shown(result.hovers)]);
  rows.push(["1,500 types: edit → hover", shown(result.edits)]);
  rows.push(["1,500 types: edit → hints of 60 lines", shown(result.editHints)]);
  if (result.memory !== undefined)
    rows.push(["1,500 types: resident memory", `${result.memory.now.toFixed(0)} MiB, peak ${result.memory.peak.toFixed(0)} MiB`]);
  for (const [name, value] of rows) process.stdout.write(`${name}: ${value}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
