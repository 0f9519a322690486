// A language server as a process, asked over standard input and output: what benchmarks need of a client.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export class LspProcess {
  #process;
  #buffer = Buffer.alloc(0);
  #waiting = new Map();
  #settings;
  #next = 1;

  /** `settings`: what `workspace/configuration` is answered with, by section. */
  constructor(command, { env = process.env, settings = {} } = {}) {
    this.#settings = settings;
    const [program, ...args] = command;
    this.#process = spawn(program, args, { stdio: ["pipe", "pipe", "ignore"], env });
    this.#process.stdout.on("data", (data) => {
      this.#buffer = Buffer.concat([this.#buffer, data]);
      while (this.#takeMessage());
    });
  }

  #takeMessage() {
    const head = this.#buffer.indexOf("\r\n\r\n");
    if (head < 0) return false;
    const length = Number(/Content-Length: (\d+)/.exec(this.#buffer.subarray(0, head).toString())[1]);
    if (this.#buffer.length < head + 4 + length) return false;
    const message = JSON.parse(this.#buffer.subarray(head + 4, head + 4 + length).toString());
    this.#buffer = this.#buffer.subarray(head + 4 + length);
    if (message.method === undefined) this.#waiting.get(message.id)?.(message.result);
    else if (message.id !== undefined) this.#send({ id: message.id, result: this.#answer(message) });
    return true;
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
    const status = this.#proc("status");
    return status === undefined ? undefined : Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }

  /** Processor time so far in ms, that of ended children included (Linux; undefined elsewhere). */
  cpuTime() {
    const fields = this.#proc("stat")?.split(") ")[1]?.split(" ");
    // utime, stime, cutime, cstime, in ticks of 10 ms.
    return fields?.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
  }

  #proc(name) {
    try {
      return readFileSync(`/proc/${this.#process.pid}/${name}`, "utf8");
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
