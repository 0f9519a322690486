/**
 * A server process as the fuzzer drives it: requests with what they cost, and all that must not happen.
 *
 * Invariant: every question ends – with an answer, an error, or the death of a server that took too long; nothing waits forever.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, VS_CODE } from "../lsp/client.ts";
import { framed } from "../lsp/wire.ts";

/** What one request came to. */
export interface Outcome {
  readonly kind: "result" | "error" | "hang" | "ended";
  readonly result: unknown;
  /** Milliseconds of the server's processor, in steps of 10; wall time where the system does not tell. */
  readonly cpu: number;
}

/** Hints that are kept for a moment, for clients that can be told, are not what a fresh server says. */
const CAPABILITIES = { ...VS_CODE, workspace: { ...VS_CODE.workspace, inlayHint: {} } };

/** Wall time after which a server counts as hung: far more than any answer takes on a busy machine. */
const HANG_MS = 60_000;

/** Ids that `send` may use without meeting those of `request`. */
export const FIRST_FREE_ID = 1_000_000_000;

export class FuzzServer {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (outcome: { kind: Outcome["kind"]; result: unknown }) => void>();
  readonly #logged: string[] = [];
  readonly #told = new Map<string, unknown>();
  /** Standard output that is not a whole message yet. */
  #chunks: Buffer[] = [];
  #size = 0;
  #wanted = 0;
  #lastId = 0;
  #exit: number | undefined;
  readonly ended: Promise<number>;

  /** The folder of the bundles: a copy, so that a build meanwhile changes nothing. */
  static readonly #bundles = copyOfBundles();

  constructor() {
    this.#child = spawn(process.execPath, [join(FuzzServer.#bundles, "server.cjs"), "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
    this.#child.stdin?.on("error", () => undefined);
    this.#child.stderr?.on("data", (data: Buffer) => this.#logged.push(`stderr: ${data.toString("utf8").slice(0, 2000)}`));
    this.#child.stdout?.on("data", (chunk: Buffer) => this.#read(chunk));
    this.ended = new Promise((done) => {
      this.#child.once("exit", (code) => {
        this.#exit = code ?? -1;
        for (const settle of this.#waiting.values()) settle({ kind: "ended", result: `exit code ${code}` });
        this.#waiting.clear();
        done(this.#exit);
      });
    });
  }

  /** A server that has introduced itself. */
  static async start(): Promise<FuzzServer> {
    const server = new FuzzServer();
    await server.initialize();
    return server;
  }

  async initialize(): Promise<void> {
    const initializationOptions = { status: true, pictures: true, commandLinks: true, clientCommands: ["stowplan.openLayout"] };
    await this.request("initialize", { processId: null, rootUri: null, capabilities: CAPABILITIES, initializationOptions });
    this.notify("initialized", {});
  }

  get hasEnded(): boolean {
    return this.#exit !== undefined;
  }

  /** Errors that the server logged since the last call. */
  takeLogged(): readonly string[] {
    return this.#logged.splice(0);
  }

  /** The parameters of the last notification of a method. */
  lastTold(method: string): unknown {
    return this.#told.get(method);
  }

  /** Resident memory in MiB; 0 where the system does not tell. */
  memory(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(this.#proc("status"))?.[1] ?? 0) / 1024;
  }

  /** The most resident memory so far, in MiB; 0 where the system does not tell. */
  peak(): number {
    return Number(/VmHWM:\s+(\d+)/.exec(this.#proc("status"))?.[1] ?? 0) / 1024;
  }

  notify(method: string, params: unknown): void {
    this.send({ jsonrpc: "2.0", method, params });
  }

  send(message: unknown): void {
    this.sendRaw(framed(JSON.stringify(message)));
  }

  sendRaw(bytes: string | Buffer): void {
    this.#child.stdin?.write(bytes);
  }

  /** The client goes away without a word. */
  hangUp(): void {
    this.#child.stdin?.end();
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  request(method: string, params: unknown): Promise<Outcome> {
    this.#lastId += 1;
    return this.requestAs(this.#lastId, { method, params });
  }

  requestAs(id: number, message: { readonly method: string; readonly params: unknown }): Promise<Outcome> {
    if (this.hasEnded) return Promise.resolve({ kind: "ended", result: `exit code ${this.#exit}`, cpu: 0 });
    const before = this.#cpu();
    return new Promise((done) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        done({ kind: "hang", result: undefined, cpu: this.#cpu() - before });
        this.kill();
      }, HANG_MS);
      this.#waiting.set(id, (outcome) => {
        clearTimeout(timer);
        done({ ...outcome, cpu: this.#cpu() - before });
      });
      this.send({ jsonrpc: "2.0", id, ...message });
    });
  }

  #read(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#wanted) return;
    let waiting = Buffer.concat(this.#chunks);
    this.#wanted = 0;
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n(?:.*\r\n)*?\r\n/.exec(waiting.toString("latin1", 0, 200));
      const end = header === null ? Number.POSITIVE_INFINITY : header[0].length + Number(header[1]);
      if (waiting.length < end) {
        this.#wanted = header === null ? 0 : end;
        break;
      }
      this.#receive(JSON.parse(waiting.toString("utf8", header?.[0].length ?? 0, end)));
      waiting = waiting.subarray(end);
    }
    this.#chunks = [waiting];
    this.#size = waiting.length;
  }

  #receive(message: unknown): void {
    const [id, method] = [at(message, "id"), at(message, "method")];
    if (typeof method === "string") this.#hear(id, method, at(message, "params"));
    else if (typeof id === "number") {
      const error = at(message, "error");
      const settle = this.#waiting.get(id);
      this.#waiting.delete(id);
      settle?.(error === undefined ? { kind: "result", result: at(message, "result") } : { kind: "error", result: error });
    }
  }

  #hear(id: unknown, method: string, params: unknown): void {
    if (method === "window/logMessage" && at(params, "type") === 1) this.#logged.push(String(at(params, "message")));
    this.#told.set(method, params);
    if (id === undefined) return;
    const items = at(params, "items");
    this.send({ jsonrpc: "2.0", id, result: Array.isArray(items) ? items.map(() => null) : null });
  }

  /** Milliseconds in user and kernel mode so far. */
  #cpu(): number {
    const fields = this.#proc("stat").split(") ").at(-1)?.split(" ");
    if (fields === undefined || fields.length < 13) return performance.now();
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  #proc(file: string): string {
    try {
      return readFileSync(`/proc/${this.#child.pid}/${file}`, "utf8");
    } catch {
      return "";
    }
  }
}

function copyOfBundles(): string {
  const folder = mkdtempSync(join(tmpdir(), "stowplan-fuzz-"));
  cpSync("dist", folder, { recursive: true });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
