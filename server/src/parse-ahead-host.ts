/**
 * Parses the files of big reports on the other processors, while the thread that answers goes through each folder from the other end.
 *
 * Invariants: answers do not depend on it: what has not come when it is asked for is parsed by who asks. What has come and was not
 * asked for is bounded. Threads keep no process alive.
 */
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { MessageChannel, MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { FilePath } from "./base/path.ts";
import { keyOf } from "./cache-pack.ts";
import type { ItemCache } from "./hir-def/item-codec.ts";
import { attempt, withSlashes } from "./node-host.ts";

/** What a thread is told. */
interface ParseOrder {
  /** Where the wasm files are. */
  readonly folder: string;
  readonly files: readonly FilePath[];
  /** So many files at the beginning are parsed with all that stands in their items. */
  readonly whole: number;
  /** How many files have been taken, shared by all threads. */
  readonly taken: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** What a thread answers for a file: the key of its text and its items as `encodeItems` writes them. */
export interface ParsedAhead {
  readonly key: string;
  readonly encoded: string;
}

/** A report over fewer files is done before a thread has started. */
const LEAST_FILES = 60;
const MOST_FILES = 10_000;
/** UTF-16 units; shorter texts are parsed as fast as they are found. */
const LEAST_TEXT = 256;
const MOST_THREADS = 4;
/** Processors that a report fills alone, with V8's collector and compiler: on two, a thread that parses makes it a fifth slower. */
const BUSY = 2;
/** UTF-16 units of answers that wait to be asked for. */
const MOST_WAITING = 16 * 1024 * 1024;
/** In MiB: a thread holds the items of one file at a time. */
const HEAP = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };
/** Folders that hold no sources of a crate. */
const OTHER_FOLDERS = new Set(["target", "node_modules", "tests", "examples", "benches"]);

export class ParseAhead implements ItemCache {
  readonly #folder: string;
  readonly #inner: ItemCache | undefined;
  readonly #ports: MessagePort[] = [];
  readonly #parsed = new Map<string, string>();
  #waiting = 0;

  /** `folder`: where the bundles are; `inner`: the cache that is asked first and told everything. */
  constructor(folder: string, inner: ItemCache | undefined) {
    this.#folder = folder;
    this.#inner = inner;
  }

  /**
   * Starts to parse the Rust files below some folders, if there are many; answers how many threads do. Of `own` files all will be asked
   * for, of `others` little.
   */
  start(own: readonly FilePath[], others: readonly FilePath[], processors = availableParallelism()): number {
    const whole = new Set(own.flatMap((folder) => rustFiles(folder).toReversed()));
    const files = [...new Set([...whole, ...others.flatMap((folder) => rustFiles(folder).toReversed())])].slice(0, MOST_FILES);
    const threads = files.length < LEAST_FILES ? 0 : Math.max(0, Math.min(MOST_THREADS, processors - BUSY));
    const taken = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    for (let i = 0; i < threads; i++) this.#startThread({ folder: this.#folder, files, whole: whole.size, taken });
    return threads;
  }

  read(text: string): string | undefined {
    const kept = this.#inner?.read(text);
    if (kept !== undefined || this.#ports.length === 0 || text.length < LEAST_TEXT) return kept;
    this.#receive();
    const key = keyOf(text);
    const encoded = this.#parsed.get(key);
    if (encoded === undefined) return undefined;
    this.#forget(key, encoded);
    this.#inner?.write(text, () => encoded);
    return encoded;
  }

  write(text: string, encode: () => string): void {
    this.#inner?.write(text, encode);
  }

  #startThread(shared: Omit<ParseOrder, "port">): void {
    const { port1, port2 } = new MessageChannel();
    const order: ParseOrder = { ...shared, port: port2 };
    const worker = new Worker(join(this.#folder, "parse-worker.cjs"), { workerData: order, transferList: [port2], resourceLimits: HEAP });
    // A thread that fails leaves its files to who asks for them.
    worker.on("error", () => undefined);
    worker.unref();
    port1.unref();
    this.#ports.push(port1);
  }

  #receive(): void {
    for (const port of this.#ports) {
      for (let message = receiveMessageOnPort(port); message !== undefined; message = receiveMessageOnPort(port)) {
        const parsed: unknown = message.message;
        if (isParsed(parsed)) this.#keep(parsed);
      }
    }
  }

  #keep({ key, encoded }: ParsedAhead): void {
    this.#parsed.set(key, encoded);
    this.#waiting += encoded.length;
    for (const [oldest, text] of this.#parsed) {
      if (this.#waiting <= MOST_WAITING) return;
      this.#forget(oldest, text);
    }
  }

  #forget(key: string, encoded: string): void {
    this.#parsed.delete(key);
    this.#waiting -= encoded.length;
  }
}

/** The Rust files below a folder, without links. */
function rustFiles(root: FilePath): readonly FilePath[] {
  const files: FilePath[] = [];
  const open = [root];
  for (let folder = open.pop(); folder !== undefined && files.length < MOST_FILES; folder = open.pop()) {
    const at = folder;
    const entries = attempt(() => readdirSync(at, { withFileTypes: true })) ?? [];
    for (const entry of entries) {
      if (entry.isDirectory() && !OTHER_FOLDERS.has(entry.name) && !entry.name.startsWith(".")) open.push(`${at}/${entry.name}`);
      if (entry.isFile() && entry.name.endsWith(".rs")) files.push(withSlashes(`${at}/${entry.name}`));
    }
  }
  return files;
}

function isParsed(value: unknown): value is ParsedAhead {
  if (typeof value !== "object" || value === null) return false;
  return "key" in value && typeof value.key === "string" && "encoded" in value && typeof value.encoded === "string";
}

/** Whether a thread's data are an order. */
export function isParseOrder(value: unknown): value is ParseOrder {
  if (typeof value !== "object" || value === null) return false;
  if (!("folder" in value && typeof value.folder === "string" && "files" in value && Array.isArray(value.files))) return false;
  if (!("whole" in value && typeof value.whole === "number")) return false;
  return "taken" in value && value.taken instanceof SharedArrayBuffer && "port" in value && value.port instanceof MessagePort;
}
