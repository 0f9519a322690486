// From the start of the process to the first hover that says a size, on packages of the user's choice, side by side with rust-analyzer:
//
//   npm run bench:crates -- [--rust-analyzer PATH --sysroot-src DIR] [--runs N] [--features A,B] [--unbuilt] PACKAGE…
//
// PACKAGE is FOLDER (its `src/lib.rs` says `pub struct Probe { … }`) or FOLDER:FILE:TYPE, a package as its authors have it, with the file
// that is opened and a type that is defined in it; dependencies have been fetched. FOLDER:FILE:TYPE:OTHER names another type of that file.
// Measured is Stowplan with nothing kept on disk, the same as for a V8 that the build has left no code for (an editor's own, at the first
// start of all), then with what a start kept, asked for the same type and for the other one (of which no answer is kept), then
// rust-analyzer. With `--unbuilt` each start, of either, finds a target directory of its own that is empty, as
// in a package that was just cloned: nothing is kept of cargo's work either. Prints medians; nothing here passes or fails. Processor time is told beside wall time:
// it is what counts on a machine that does other things too.
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { LspProcess } from "./lsp-process.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const MAX_TRIES = 20_000;

function options(args) {
  const found = { runs: 3, packages: [], features: [], unbuilt: false, rustAnalyzer: undefined, sysrootSrc: undefined };
  const rest = [...args];
  while (rest.length > 0) {
    const arg = rest.shift();
    if (arg === "--rust-analyzer") found.rustAnalyzer = rest.shift();
    else if (arg === "--sysroot-src") found.sysrootSrc = rest.shift();
    else if (arg === "--runs") found.runs = Number(rest.shift());
    else if (arg === "--features") found.features = rest.shift().split(",");
    else if (arg === "--unbuilt") found.unbuilt = true;
    else found.packages.push(packageOf(arg));
  }
  return found;
}

/** A package, the file to open and the types to ask for, from `FOLDER`, `FOLDER:FILE:TYPE` or `FOLDER:FILE:TYPE:OTHER`. */
function packageOf(arg) {
  const [folder, file = "src/lib.rs", type = "Probe", other] = arg.split(":");
  return { folder: resolve(folder), file, type, other };
}

const quantile = (values, q) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const median = (values) => quantile(values, 0.5);

const textOf = (hover) => hover?.contents?.value ?? "";
const hasSize = (hover) => /\*\*Layout\*\* \d|size = \d/.test(textOf(hover));

/** Starts a server on a package and asks until the hover says a size. */
async function firstSize({ folder, file: inside, type }, { command, env, settings, initializationOptions = {} }) {
  const file = join(folder, inside);
  const text = readFileSync(file, "utf8");
  const before = text.slice(0, text.search(new RegExp(`(?<=(struct|enum|union) )${type}\\b`))).split("\n");
  const position = { line: before.length - 1, character: before.at(-1).length + 1 };
  const began = performance.now();
  const server = new LspProcess(command, { env, settings });
  await server.request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: basename(folder) }],
    initializationOptions,
    capabilities: {
      window: { workDoneProgress: true },
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { hover: { contentFormat: ["markdown"] } },
    },
  });
  server.notify("initialized", {});
  const uri = pathToFileURL(file).href;
  server.notify("textDocument/didOpen", { textDocument: { uri, languageId: "rust", version: 1, text } });
  const ask = () => server.request("textDocument/hover", { textDocument: { uri }, position });
  let hover = await ask();
  for (let i = 0; i < MAX_TRIES && !hasSize(hover); i++) {
    await new Promise((done) => setTimeout(done, 20));
    hover = await ask();
  }
  const first = { wall: performance.now() - began, cpu: server.cpuTime(), peak: server.peakMemory(), answer: textOf(hover) };
  const warm = [];
  for (let i = 0; i < 200; i++) {
    // A hover that is asked for twice in a row is given again: something else comes in between, so that each is put together.
    await server.request("textDocument/hover", { textDocument: { uri }, position: { line: 0, character: 0 } });
    const asked = performance.now();
    await ask();
    warm.push(performance.now() - asked);
  }
  await server.stop();
  return { ...first, p99: quantile(warm, 0.99) };
}

/** One start a run, each with an environment of its own; `before` is asked at a start before each. */
async function measure(asked, runs, server, before) {
  const all = [];
  for (let i = 0; i < runs; i++) {
    const started = server();
    if (before !== undefined) await firstSize(before, started);
    all.push(await firstSize(asked, started));
  }
  const of = (key) => median(all.map((run) => run[key] ?? Number.NaN));
  const size = /Layout\*\* ([^\n]*)|(size = [^\n]*)/.exec(all[0].answer);
  return { wall: of("wall"), cpu: of("cpu"), peak: of("peak"), p99: of("p99"), size: size?.[1] ?? size?.[2] ?? "no size" };
}

function print(name, { wall, cpu, peak, p99, size }) {
  const row = [
    name,
    `${wall.toFixed(0)} ms`,
    `cpu ${cpu.toFixed(0)} ms`,
    `peak ${peak.toFixed(0)} MiB`,
    `warm p99 ${p99.toFixed(1)} ms`,
    size,
  ];
  process.stdout.write(`  ${row.join(" · ")}\n`);
}

async function main({ runs, packages, features, unbuilt, rustAnalyzer, sysrootSrc }) {
  const scratch = mkdtempSync(join(tmpdir(), "stowplan-bench-"));
  const stowplan = (dist) => [process.execPath, join(dist, "cli.cjs"), "lsp", "--stdio"];
  // As for a V8 that the build has left no code for.
  const uncompiled = join(scratch, "dist");
  cpSync(join(root, "dist"), uncompiled, { recursive: true, filter: (from) => from !== join(root, "dist/code") });
  let kept = 0;
  const environment = (folder) => (unbuilt ? { ...process.env, CARGO_TARGET_DIR: join(scratch, "target", folder) } : process.env);
  try {
    const ours = { stowplan: { cargo: { features } } };
    for (const asked of packages) {
      process.stdout.write(`${basename(asked.folder)}: ${asked.type} in ${asked.file} (load ${loadavg()[0].toFixed(1)})\n`);
      const cacheOf = (name) => ({ ...environment(name), STOWPLAN_CACHE: join(scratch, name) });
      const fresh = (dist = join(root, "dist")) => ({ command: stowplan(dist), settings: ours, env: cacheOf(String(kept++)) });
      const cold = await measure(asked, runs, () => fresh());
      print("nothing kept", cold);
      const unknown = await measure(asked, runs, () => fresh(uncompiled));
      print("nothing kept, another V8", unknown);
      const again = fresh();
      await firstSize(asked, again);
      const second = await measure(asked, runs, () => again);
      print("second start", second);
      const faster = (first, key) => (first[key] / second[key]).toFixed(1);
      process.stdout.write(`  nothing kept ÷ second start: ${faster(cold, "wall")} wall, ${faster(cold, "cpu")} cpu`);
      process.stdout.write(`; another V8 ÷ second start: ${faster(unknown, "wall")} wall, ${faster(unknown, "cpu")} cpu\n`);
      if (asked.other !== undefined) print("… another type", await measure({ ...asked, type: asked.other }, runs, () => fresh(), asked));
      if (rustAnalyzer === undefined) continue;
      const settings = { cargo: { sysrootSrc, features } };
      const started = { command: [rustAnalyzer], settings: { "rust-analyzer": settings }, initializationOptions: settings };
      const theirs = await measure(asked, Math.min(runs, 3), () => ({ ...started, env: environment(String(kept++)) }));
      print("rust-analyzer", theirs);
      const ratio = (key) => (theirs[key] / cold[key]).toFixed(1);
      process.stdout.write(`  rust-analyzer ÷ nothing kept: ${ratio("wall")} wall, ${ratio("cpu")} cpu, ${ratio("peak")} memory\n`);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

await main(options(process.argv.slice(2)));
