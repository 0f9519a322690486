// A language server process as an editor starts it, and a minimal client: over IPC as VS Code (dist/server.cjs), over standard
// input and output as other editors (dist/cli.cjs lsp --stdio).
import { fork, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const built = fileURLToPath(new URL("../../dist/", import.meta.url));

/** Resident memory of a process now and at its peak, in MiB; undefined where /proc is not. */
export function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
    return { now: of("VmRSS"), peak: of("VmHWM") };
  } catch {
    return undefined;
  }
}

/** Processor time of a process so far in milliseconds, in steps of 10; undefined where /proc is not. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

/** Calls back with every message of a stream of LSP's base protocol. */
export function readMessages(stream, receive) {
  let buffer = Buffer.alloc(0);
  stream.on("data", (data) => {
    buffer = Buffer.concat([buffer, data]);
    for (let head = buffer.indexOf("\r\n\r\n"); head >= 0; head = buffer.indexOf("\r\n\r\n")) {
      const length = Number(/Content-Length: (\d+)/.exec(buffer.subarray(0, head).toString())[1]);
      if (buffer.length < head + 4 + length) return;
      receive(JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString()));
      buffer = buffer.subarray(head + 4 + length);
    }
  });
}

export class ServerProcess {
  #process;
  #write;
  #waiting = new Map();
  #next = 1;

  /** `cache`: the folder of the cache on disk, or "off"; `dist`: the folder of the bundles, where it is another. */
  constructor({ channel, cache, dist = built, env: variables = process.env }) {
    const env = { ...variables, STOWPLAN_CACHE: cache };
    if (channel === "ipc") {
      this.#process = fork(join(dist, "server.cjs"), ["--node-ipc"], { env, silent: true });
      this.#process.on("message", (message) => this.#receive(message));
      this.#write = (message) => this.#process.send(message);
    } else {
      this.#process = spawn(process.execPath, [join(dist, "cli.cjs"), "lsp", "--stdio"], { env, stdio: ["pipe", "pipe", "inherit"] });
      readMessages(this.#process.stdout, (message) => this.#receive(message));
      this.#write = (message) => {
        const text = JSON.stringify(message);
        this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      };
    }
  }

  #receive({ id, method, result }) {
    if (method === undefined) this.#waiting.get(id)?.(result);
    else if (id !== undefined) this.#write({ jsonrpc: "2.0", id, result: method === "workspace/configuration" ? [null] : null });
  }

  request(method, params) {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#write({ jsonrpc: "2.0", id, method, params });
    });
  }

  notify(method, params) {
    this.#write({ jsonrpc: "2.0", method, params });
  }

  get pid() {
    return this.#process.pid;
  }

  memory() {
    return memoryOf(this.#process.pid);
  }

  cpu() {
    return cpuOf(this.#process.pid);
  }

  async stop() {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    await this.request("shutdown");
    this.notify("exit");
    await ended;
  }
}

/** A document that is open in a server process. */
export class OpenDocument {
  #version = 1;

  constructor(server, file, text) {
    this.server = server;
    this.uri = pathToFileURL(file).href;
    this.text = text;
    server.notify("textDocument/didOpen", { textDocument: { uri: this.uri, languageId: "rust", version: 1, text } });
  }

  position(offset) {
    const before = this.text.slice(0, offset).split("\n");
    return { line: before.length - 1, character: before.at(-1).length };
  }

  hover(position) {
    return this.server.request("textDocument/hover", { textDocument: { uri: this.uri }, position });
  }

  hints(from, to) {
    const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
    return this.server.request("textDocument/inlayHint", { textDocument: { uri: this.uri }, range });
  }

  /** Replaces a range given by positions; `this.text` stays as it is. */
  edit(start, end, text) {
    this.#version += 1;
    const textDocument = { uri: this.uri, version: this.#version };
    this.server.notify("textDocument/didChange", { textDocument, contentChanges: [{ range: { start, end }, text }] });
  }
}

/** A server that has answered `initialize`, as early as possible; `folder`: that of the workspace, if there is one. */
export async function startServer(options) {
  const server = new ServerProcess(options);
  const textDocument = { hover: { contentFormat: ["markdown"] } };
  const workspace = options.folder === undefined ? {} : { workspace: { configuration: true, workspaceFolders: true } };
  const rootUri = options.folder === undefined ? null : pathToFileURL(options.folder).href;
  const workspaceFolders = rootUri === null ? null : [{ uri: rootUri, name: "package" }];
  const capabilities = { textDocument, ...workspace };
  await server.request("initialize", { processId: null, rootUri, workspaceFolders, capabilities });
  server.notify("initialized", {});
  return server;
}
