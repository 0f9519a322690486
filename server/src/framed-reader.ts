/**
 * Messages from a stream of bytes, in the frames of LSP's base protocol: `Content-Length: N`, perhaps other fields, an empty line, N bytes.
 *
 * vscode-jsonrpc's own reader never finds its way back after a frame that is none, and a server that is deaf looks like one that thinks.
 * This one goes on with the next header it can find: a client's slip costs messages, not the session.
 *
 * Invariants: a good frame behind bad bytes is read; what is skipped is told once in a row, and no more of it is kept than a header
 * may take.
 */
import type { DataCallback, Disposable } from "vscode-jsonrpc/node";
import { AbstractMessageReader } from "vscode-jsonrpc/node";

/** The field that counts, and what else stands in its header behind it. */
const HEADER = /Content-Length:[ \t]*(\d+)[ \t]*\r\n(?:[^\r\n]*\r\n){0,8}?\r\n/i;
const FIELD = "Content-Length:";
/** Other fields before it. */
const FIELDS = /^(?:[\w-]+:[^\r\n]*\r\n)*$/;

/** No client sends a header of so many bytes. */
const MAX_HEADER = 8192;
/** V8 has no longer texts. */
const MAX_BODY = 2 ** 29 - 24;

interface Frame {
  /** Where the header begins, that of other fields included. */
  readonly start: number;
  /** Behind the field's name: from here on another frame may be found. */
  readonly field: number;
  readonly body: number;
  readonly end: number;
}

export class FramedReader extends AbstractMessageReader {
  readonly #stream: NodeJS.ReadableStream;
  #waiting: Buffer = Buffer.alloc(0);
  readonly #more: Buffer[] = [];
  /** So many bytes are needed to go on. */
  #missing = 0;
  #isSkipping = false;

  constructor(stream: NodeJS.ReadableStream) {
    super();
    this.#stream = stream;
  }

  listen(callback: DataCallback): Disposable {
    const receive = (chunk: Buffer): void => this.#receive(chunk, callback);
    this.#stream.on("data", receive);
    this.#stream.on("error", (error) => this.fireError(error));
    this.#stream.on("end", () => this.fireClose());
    this.#stream.on("close", () => this.fireClose());
    return { dispose: () => void this.#stream.removeListener("data", receive) };
  }

  #receive(chunk: Buffer, callback: DataCallback): void {
    this.#more.push(chunk);
    this.#missing -= chunk.length;
    // Most of a long text comes in parts that are not looked at before it is whole.
    if (this.#missing > 0 && !chunk.includes(FIELD)) return;
    let waiting = Buffer.concat([this.#waiting, ...this.#more.splice(0)]);
    for (let read = this.#read(waiting, callback); read > 0; read = this.#read(waiting, callback)) waiting = waiting.subarray(read);
    this.#waiting = waiting;
  }

  /** Reads one frame, or skips what is none: how many bytes are done with. */
  #read(bytes: Buffer, callback: DataCallback): number {
    this.#missing = 0;
    const frame = frameIn(bytes);
    if (typeof frame === "number") return this.#skip(frame);
    const { start, field, body, end } = frame;
    if (start > 0) return this.#skip(start);
    if (end - body > MAX_BODY) return this.#skip(field);
    if (end > bytes.length) {
      this.#missing = end - bytes.length;
      // With a wrong length the next frame has begun.
      return hasHeader(bytes, field) ? this.#skip(field) : 0;
    }
    const value = parsed(bytes.toString("utf8", body, end));
    // What is no JSON may have been cut off too late.
    if (value === undefined) return this.#skip(field);
    this.#isSkipping = false;
    // Whether it is a message is looked at by `soundMessages`.
    callback(Object(value));
    return end;
  }

  #skip(count: number): number {
    if (count > 0 && !this.#isSkipping) {
      this.#isSkipping = true;
      this.fireError(new Error("bytes that are no message are skipped up to the next one"));
    }
    return count;
  }
}

/** The first frame in some bytes; else how many of them cannot become the beginning of one. */
function frameIn(bytes: Buffer): Frame | number {
  const found = bytes.indexOf(FIELD);
  // The header is looked for where it ought to be, and else where its field is written as all clients write it.
  const from = found < MAX_HEADER ? 0 : found;
  const text = bytes.toString("latin1", from, from + 2 * MAX_HEADER);
  const match = HEADER.exec(text);
  if (match === null) return from + Math.max(0, text.length - MAX_HEADER);
  const at = from + match.index;
  const body = at + match[0].length;
  const start = from === 0 && FIELDS.test(text.slice(0, match.index)) ? 0 : at;
  return { start, field: at + FIELD.length, body, end: body + Number(match[1]) };
}

/** Whether a header begins from an offset on: no JSON has one in it, since it ends a line behind a number. */
function hasHeader(bytes: Buffer, from: number): boolean {
  for (let at = bytes.indexOf(FIELD, from); at !== -1; at = bytes.indexOf(FIELD, at + 1))
    if (/^Content-Length:[ \t]*\d+[ \t]*\r\n/.test(bytes.toString("latin1", at, at + 64))) return true;
  return false;
}

/** What a text says; undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
