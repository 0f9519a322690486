/**
 * Ways to a server that the tests drive: the built Node bundle as a process over standard input and output, and the built
 * browser bundle in a worker thread that looks like a web worker to it.
 *
 * Invariant: messages are JSON values on either way; a wire that is closed leaves no process and no thread behind.
 */
import type { ChildProcess } from "node:child_process";
import { fork, spawn } from "node:child_process";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";

export interface Wire {
  send(message: unknown): void;
  /** Called with every message of the server; set once. */
  listen(receive: (message: unknown) => void): void;
  /** Ends the server whatever it does. */
  close(): void;
  /** Sends no more, as a client that has gone. */
  hangUp(): void;
  /** The exit code, when the server has ended. */
  readonly ended: Promise<number>;
}

export type ServerCommand = readonly [bundle: string, ...args: string[]];

/** A server process, by default the one VS Code starts. */
export function processWire(
  command: ServerCommand = ["dist/server.cjs", "--stdio"],
  environment: Readonly<Record<string, string>> = {},
): Wire {
  const [bundle, ...args] = command;
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [resolve(bundle), ...args], { stdio: ["pipe", "pipe", "inherit"], env });
  const ended = new Promise<number>((done) => {
    child.once("exit", (code) => done(code ?? -1));
  });
  // A server that has ended no longer reads: the tests look at its exit code.
  child.stdin.on("error", () => undefined);
  return {
    send: (message) => child.stdin.write(framed(JSON.stringify(message))),
    listen: (receive) => readFrames(child, receive),
    close: () => void child.kill("SIGKILL"),
    hangUp: () => void child.stdin.end(),
    ended,
  };
}

/** A server process over Node's IPC, as VS Code starts it. */
export function ipcWire(): Wire {
  const child = fork(resolve("dist/server.cjs"), ["--node-ipc"], { stdio: "inherit" });
  return {
    send: (message) => void child.send(Object(message)),
    listen: (receive) => void child.on("message", receive),
    close: () => void child.kill("SIGKILL"),
    hangUp: () => child.disconnect(),
    ended: new Promise((done) => {
      child.once("exit", (code) => done(code ?? -1));
    }),
  };
}

/** A message as LSP's base protocol frames it. */
export function framed(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function readFrames(child: ChildProcess, receive: (message: unknown) => void): void {
  let waiting = Buffer.alloc(0);
  child.stdout?.on("data", (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n(?:.*\r\n)*?\r\n/.exec(waiting.toString("latin1", 0, 200));
      const end = (header?.[0].length ?? 0) + Number(header?.[1]);
      if (header === null || waiting.length < end) return;
      const body = waiting.toString("utf8", header[0].length, end);
      waiting = waiting.subarray(end);
      receive(JSON.parse(body));
    }
  });
}

/** What a web worker has and a worker thread lacks. */
const WORKER_SCOPE = `
  const { parentPort, workerData } = require("node:worker_threads");
  globalThis.self = globalThis;
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  globalThis.addEventListener = (_type, listener) => parentPort.on("message", (data) => listener({ data }));
  Object.defineProperty(globalThis, "onmessage", { set: (listener) => parentPort.on("message", (data) => listener({ data })) });
  const { exit } = process;
  globalThis.close = () => exit(0);
  const source = require("node:fs").readFileSync(workerData, "utf8");
  const run = require("node:vm").runInThisContext;
  globalThis.importScripts = () => undefined;
  globalThis.process = undefined;
  run(source);
`;

/** The browser's bundle in a worker. */
export function workerWire(bundle = "dist/server.browser.js"): Wire {
  const worker = new Worker(WORKER_SCOPE, { eval: true, workerData: resolve(bundle) });
  return {
    send: (message) => worker.postMessage(message),
    listen: (receive) => worker.on("message", receive),
    close: () => void worker.terminate(),
    hangUp: () => void worker.terminate(),
    ended: new Promise((done) => {
      worker.once("exit", done);
    }),
  };
}
