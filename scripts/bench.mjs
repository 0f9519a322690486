// Measures speed and memory over the real bundles: `npm run bench [-- CRATE_FOLDER FILE TYPE | hard]`. Prints a table of medians and p99;
// the figures kept in docs/performance.md are from such a run. Nothing here passes or fails.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HARD_INPUTS } from "./bench/hard-inputs.mjs";
import { sampleSource } from "./bench/samples.mjs";
import { memoryOf, OpenDocument, startServer } from "./bench/server-process.mjs";
import { runBundled } from "./run-bundled.mjs";

const folder = mkdtempSync(join(tmpdir(), "stowplan-bench-"));
const quantile = (values, q) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const median = (values) => quantile(values, 0.5);
const shown = (values) => `p50 ${median(values).toFixed(1)} ms, p99 ${quantile(values, 0.99).toFixed(1)} ms`;
const milliseconds = (value) => `${value.toFixed(0)} ms`;

async function timed(run) {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

function row(name, value) {
  process.stdout.write(`${name}: ${value}\n`);
}

function sample(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return { file, text };
}

/** What Node alone costs: time to run nothing, and resident memory. */
async function bareNode() {
  const times = [];
  for (let i = 0; i < 7; i++) times.push(await timed(() => spawnSync(process.execPath, ["-e", "0"])));
  const idle = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]);
  await rest(500);
  const resident = memoryOf(idle.pid)?.now;
  idle.kill();
  return { time: median(times), resident };
}

function rest(duration) {
  return new Promise((resolve) => setTimeout(resolve, duration));
}

/** Leaves of a cache what V8 has compiled of the server: a start in a project that was never seen. */
function removeAllBut(kept, cache) {
  for (const name of readdirSync(cache)) if (name !== kept) rmSync(join(cache, name), { recursive: true });
}

/** Process start to the first correct hover: median of some runs, and the processor time of the server in the best of them. */
async function coldStart({ file, text, offset, runs }, options) {
  const times = [];
  const processor = [];
  for (let i = 0; i < runs; i++) {
    if (i > 0 && options.keepsCodeOnly) removeAllBut("code", options.cache);
    const began = performance.now();
    const server = await startServer(options);
    const document = new OpenDocument(server, file, text);
    const hover = await document.hover(document.position(offset));
    times.push(performance.now() - began);
    processor.push(server.cpu());
    if (!hover?.contents?.value?.includes("**Layout**")) throw new Error(`no layout in the first hover of ${file}`);
    // The cache on disk is written in a quiet moment.
    if (i === 0 && options.cache !== "off") await rest(2500);
    await server.stop();
  }
  const first = options.cache === "off" ? 0 : 1;
  return `${milliseconds(median(times.slice(first)))} (processor time of the best: ${Math.min(...processor.slice(first))} ms)`;
}

async function starts() {
  const text = sampleSource(150);
  const { file } = sample("small.rs", text);
  const question = { file, text, offset: text.indexOf("S0 "), runs: 6 };
  const lines = text.split("\n").length;
  const cache = join(folder, "cache");
  // An editor's own V8 is not the one that the build has left code for.
  const dist = join(folder, "dist");
  const built = fileURLToPath(new URL("../dist", import.meta.url));
  cpSync(built, dist, { recursive: true, filter: (from) => from !== join(built, "code") });
  for (const [name, options] of [
    ["standard input and output, nothing cached", { channel: "stdio", cache: "off" }],
    ["IPC as in VS Code, nothing cached", { channel: "ipc", cache: "off" }],
    ["the same with a V8 that the build does not know", { channel: "ipc", cache: "off", dist }],
    ["the same V8, another project", { channel: "ipc", cache: join(folder, "other-cache"), dist, keepsCodeOnly: true }],
    ["IPC as in VS Code, with the cache on disk", { channel: "ipc", cache }],
  ])
    row(`start → first hover, ${lines} lines, ${name}`, await coldStart(question, options));
  const [crate, crateFile, crateType] = process.argv.slice(2);
  if (crateType === undefined) return;
  const source = readFileSync(join(crate, crateFile), "utf8");
  const inCrate = { file: join(crate, crateFile), text: source, offset: source.indexOf(crateType), runs: 3 };
  row(`start → first hover, ${crateType} in ${crateFile}`, await coldStart(inCrate, { channel: "stdio", cache: "off" }));
}

/** Questions after edits of one kind; `edit` makes the n-th. */
async function afterEdits(server, { edit, question, count }) {
  const times = [];
  const before = server.cpu();
  for (let i = 0; i < count; i++) {
    times.push(
      await timed(() => {
        edit(i);
        return question();
      }),
    );
  }
  return `${shown(times)} (processor time: ${((server.cpu() - before) / count).toFixed(1)} ms on average)`;
}

/** Typing and deleting a blank in a body; typing another type for a field. */
function editsOf(document) {
  const body = document.position(document.text.lastIndexOf("n + m"));
  const fieldAt = document.text.indexOf("u8", document.text.indexOf("struct S400 "));
  const field = document.position(fieldAt);
  const after = { ...field, character: field.character + 2 };
  return {
    body: (i) => (i % 2 === 0 ? document.edit(body, body, " ") : document.edit(body, { ...body, character: body.character + 1 }, "")),
    field: (i) => document.edit(field, after, i % 2 === 0 ? "i8" : "u8"),
  };
}

/** The first hints of a whole file that was opened a while ago: what is done in idle time is done. */
async function hintsWhenIdle() {
  const text = sampleSource(1500);
  const lines = text.split("\n").length;
  const server = await startServer({ channel: "ipc", cache: "off" });
  const document = new OpenDocument(server, sample("large.rs", text).file, text);
  await document.hover(document.position(text.indexOf("S0 ")));
  await new Promise((done) => setTimeout(done, 3000));
  row(`${lines} lines, 1,500 types: hints of the whole file, first`, milliseconds(await timed(() => document.hints(0, lines))));
  await server.stop();
}

async function largeFile() {
  const text = sampleSource(1500);
  const lines = text.split("\n").length;
  const { file } = sample("large.rs", text);
  const server = await startServer({ channel: "ipc", cache: "off" });
  const document = new OpenDocument(server, file, text);
  const at = (name) => document.position(text.indexOf(name));
  await document.hover(at("S0 "));
  const label = `${lines} lines, 1,500 types`;
  row(`${label}: hints of the whole file, asked at once`, milliseconds(await timed(() => document.hints(0, lines))));
  const again = [];
  for (let i = 0; i < 11; i++) again.push(await timed(() => document.hints(0, lines)));
  row(`${label}: hints of the whole file, again`, `second ${again[0].toFixed(0)} ms, then p50 ${median(again.slice(1)).toFixed(1)} ms`);
  const hovers = [];
  for (let i = 0; i < 300; i++) hovers.push(await timed(() => document.hover(at(`S${(i * 7) % 700} {`))));
  row(`${label}: hover`, shown(hovers));
  const { body, field } = editsOf(document);
  const target = at("S350 {");
  const hover = () => document.hover(target);
  const hints = () => document.hints(target.line, target.line + 60);
  row(`${label}: edit in a body → hover`, await afterEdits(server, { edit: body, question: hover, count: 200 }));
  row(`${label}: edit in a body → hints of 60 lines`, await afterEdits(server, { edit: body, question: hints, count: 200 }));
  row(`${label}: edit of a field → hover`, await afterEdits(server, { edit: field, question: hover, count: 100 }));
  row(`${label}: edit of a field → hints of 60 lines`, await afterEdits(server, { edit: field, question: hints, count: 100 }));
  const resident = server.memory();
  if (resident !== undefined) row(`${label}: resident memory`, `${resident.now.toFixed(0)} MiB, peak ${resident.peak.toFixed(0)} MiB`);
  await server.stop();
}

/** Memory at rest, and after many edits: half in a body, half a type's name that was never there before. */
async function memory(bare) {
  const text = sampleSource(150);
  const { file } = sample("edited.rs", text);
  const server = await startServer({ channel: "ipc", cache: "off" });
  const document = new OpenDocument(server, file, text);
  await document.hover(document.position(text.indexOf("S0 ")));
  await rest(3000);
  const idle = server.memory()?.now;
  if (idle === undefined || bare.resident === undefined) return server.stop();
  row("memory at rest above bare Node's", `${(idle - bare.resident).toFixed(0)} MiB (${idle.toFixed(0)} − ${bare.resident.toFixed(0)})`);
  const body = document.position(text.indexOf("n + m"));
  const name = document.position(text.indexOf("u64 }"));
  const seen = [];
  let length = 3;
  for (let i = 1; i <= 10_000; i++) {
    const typed = `T${i}`;
    if (i % 2 === 0) document.edit(body, i % 4 === 0 ? { ...body, character: body.character + 1 } : body, i % 4 === 0 ? "" : " ");
    else {
      document.edit(name, { ...name, character: name.character + length }, typed);
      length = typed.length;
    }
    await document.hover({ line: 2, character: 12 });
    // Now and then nobody types: that is when memory is given back.
    if (i % 500 === 0) await rest(400);
    if (i % 2500 === 0) seen.push(server.memory().now.toFixed(0));
  }
  row("memory after 2,500, 5,000, 7,500, 10,000 edits", `${seen.join(", ")} MiB`);
  return server.stop();
}

/**
 * Large and odd sources, each in a server of its own: from the start of the process to the first hover, the hover's own processor time
 * (asked as soon as the document is open), then what an edit and hints of 60 lines cost.
 */
async function hardInputs() {
  for (const [name, source, at] of HARD_INPUTS) {
    const text = `${source}\n\n// The end.\n`;
    const { file } = sample("hard.rs", text);
    const began = performance.now();
    const server = await startServer({ channel: "ipc", cache: "off" });
    const document = new OpenDocument(server, file, text);
    const place = document.position(text.indexOf(at));
    // There is nothing to say about a comment, but the document is open by then.
    await document.hover(document.position(text.length - 4));
    const opened = server.cpu();
    const first = await timed(() => document.hover(place));
    const started = performance.now() - began;
    const own = server.cpu() - opened;
    const hints = await timed(() => document.hints(place.line, place.line + 60));
    const lineStart = { line: place.line, character: 0 };
    const edited = await timed(() => {
      document.edit(lineStart, lineStart, " ");
      return document.hover({ ...place, character: place.character + 1 });
    });
    const times = [`hover ${milliseconds(first)} (processor time: ${own} ms)`, `hints of 60 lines ${milliseconds(hints)}`];
    row(name, `start → first hover ${milliseconds(started)}; ${times.join("; ")}; edit → hover ${milliseconds(edited)}`);
    await server.stop();
  }
}

/** A server with a small file open, whose one type was hovered: `waits` asks for it again and again until something is done. */
async function besides() {
  const server = await startServer({ channel: "ipc", cache: "off" });
  const { file, text } = sample("small.rs", "pub struct Small { a: u8, b: u32 }\n");
  const other = new OpenDocument(server, file, text);
  const place = other.position(text.indexOf("Small"));
  await other.hover(place);
  const waits = async (work) => {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    const hovers = [];
    while (!isDone) {
      hovers.push(await timed(() => other.hover(place)));
      await rest(20);
    }
    await done;
    return hovers;
  };
  return { server, waits };
}

/** How long hovers in another file wait while a large source is opened and its first hover is answered. */
async function hoversBesideLarge() {
  for (const [name, source, at] of HARD_INPUTS) {
    const { server, waits } = await besides();
    const document = new OpenDocument(server, sample("hard.rs", source).file, source);
    const hovers = await waits(document.hover(document.position(source.indexOf(at))));
    row(`${name} opened and hovered: a hover in another file meanwhile`, `at most ${milliseconds(Math.max(...hovers))}`);
    await server.stop();
  }
}

/** The hints of a whole large file, and hovers of a type in another file while they are computed. */
async function hintsOfAll() {
  const [, source] = HARD_INPUTS.find(([name]) => name === "50,000 structs");
  const { server, waits } = await besides();
  const document = new OpenDocument(server, sample("hard.rs", source).file, source);
  const hints = timed(() => document.hints(0, source.split("\n").length));
  const hovers = await waits(hints);
  const longest = milliseconds(Math.max(...hovers));
  row(
    "50,000 structs: hints of the whole file",
    `${milliseconds(await hints)}; hovers in another file meanwhile: ${shown(hovers)}, at most ${longest}`,
  );
  await server.stop();
}

async function everything() {
  const bare = await bareNode();
  row("Node alone: start and end", milliseconds(bare.time));
  await starts();
  await hintsWhenIdle();
  await largeFile();
  await memory(bare);
  await hardInputs();
  await hintsOfAll();
  const client = fileURLToPath(new URL("./bench/activation.mjs", import.meta.url));
  const loads = Array.from({ length: 7 }, () => Number(spawnSync(process.execPath, [client], { encoding: "utf8" }).stdout));
  row("extension: loading the client", milliseconds(median(loads)));
  process.stdout.write("engine, types a second: ");
  await runBundled("scripts/bench/engine.ts", []);
}

try {
  if (process.argv[2] !== "hard") await everything();
  else {
    await hardInputs();
    await hoversBesideLarge();
    await hintsOfAll();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
