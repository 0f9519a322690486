// A language server as a process, asked over standard input and output: what benchmarks need of a client.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { memoryOf, readMessages } from "./bench/server-process.mjs";

export class LspProcess {
  #process;
  #waiting = new Map();
  #settings;
  #next = 1;

  /** `settings`: what `workspace/configuration` is answered with, by section. */
  constructor(command, { env = process.env, settings = {} } = {}) {
    this.#settings = settings;
    const [program, ...args] = command;
    this.#process = spawn(program, args, { stdio: ["pipe", "pipe", "ignore"], env });
    readMessages(this.#process.stdout, (message) => this.#receive(message));
  }

  #receive(message) {
    if (message.method === undefined) this.#waiting.get(message.id)?.(message.result);
    else if (message.id !== undefined) this.#send({ id: message.id, result: this.#answer(message) });
  }

  #answer({ method, params }) {
    if (method !== "workspace/configuration") return null;
    return params.items.map(({ section }) => this.#settings[section] ?? null);
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

  /** Peak resident memory in MiB (Linux; undefined elsewhere). */
  peakMemory() {
    return memoryOf(this.#process.pid)?.peak;
  }

  /** Processor time so far in ms, that of ended children included (Linux; undefined elsewhere). */
  cpuTime() {
    try {
      const fields = readFileSync(`/proc/${this.#process.pid}/stat`, "utf8").split(") ")[1]?.split(" ");
      // utime, stime, cutime, cstime, in ticks of 10 ms.
      return fields?.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
    } catch {
      return undefined;
    }
  }

  async stop() {
    await this.request("shutdown");
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.notify("exit");
    await ended;
  }
}
