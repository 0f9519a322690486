/**
 * One file of the cache on disk: entries by key, written once, read in pieces.
 *
 * Layout: a head (mark, count of entries, checksum of the index), the index (key, offset, length and checksum of each entry, 40 bytes),
 * the entries, deflated.
 *
 * Invariant: nothing is believed that its checksum does not vouch for; a file that is cut off, overwritten or no pack gives no entry,
 * and never an error.
 */
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

const MARK = Buffer.from("stowpk01");
const SUM_BYTES = 16;
const HEAD_BYTES = MARK.length + 8 + SUM_BYTES;
const KEY_BYTES = 16;
const ROW_BYTES = KEY_BYTES + 8 + SUM_BYTES;
/** A file with more is none of ours. */
const MAX_ENTRIES = 1_000_000;

/** The key of a text, 16 characters of 8 bits. */
export function keyOf(text: string): string {
  return digest(text).toString("latin1");
}

/** The same in letters. */
export function hashOf(text: string): string {
  return digest(text).toString("base64");
}

function digest(text: string): Buffer {
  return createHash("sha256").update(`${text.length}\0`).update(text).digest().subarray(0, KEY_BYTES);
}

/** An entry as it stands in a file. */
export interface PackedEntry {
  readonly key: string;
  /** Deflated. */
  readonly data: Buffer;
}

interface Row {
  readonly offset: number;
  readonly length: number;
  readonly sum: string;
}

/** The bytes of a pack. */
export function packBytes(entries: readonly PackedEntry[]): Buffer {
  const index = Buffer.alloc(entries.length * ROW_BYTES);
  let offset = HEAD_BYTES + index.length;
  for (const [i, { key, data }] of entries.entries()) {
    const at = i * ROW_BYTES;
    index.write(key, at, "latin1");
    index.writeUInt32LE(offset, at + KEY_BYTES);
    index.writeUInt32LE(data.length, at + KEY_BYTES + 4);
    checksum(data).copy(index, at + KEY_BYTES + 8);
    offset += data.length;
  }
  const counts = Buffer.alloc(8);
  counts.writeUInt32LE(entries.length, 0);
  return Buffer.concat([MARK, counts, checksum(index), index, ...entries.map(({ data }) => data)]);
}

function checksum(data: Uint8Array): Buffer {
  return createHash("sha256").update(data).digest().subarray(0, SUM_BYTES);
}

/** A pack that is open for reading. */
export class Pack {
  readonly path: string;
  readonly #file: number;
  readonly #rows: ReadonlyMap<string, Row>;
  isUsed = false;

  private constructor(path: string, file: number, rows: ReadonlyMap<string, Row>) {
    this.path = path;
    this.#file = file;
    this.#rows = rows;
  }

  /** Opens a pack; undefined for a file that is not one, or gone. */
  static open(path: string): Pack | undefined {
    let file: number | undefined;
    try {
      file = openSync(path, "r");
      const rows = readIndex(file);
      if (rows !== undefined) return new Pack(path, file, rows);
    } catch {
      // Not there, not readable, or cut off: it gives no entries.
    }
    if (file !== undefined) closeSync(file);
    return undefined;
  }

  get keys(): Iterable<string> {
    return this.#rows.keys();
  }

  /** The text of an entry; undefined where it is not what was written. */
  read(key: string): string | undefined {
    const data = this.packed(key);
    try {
      return data === undefined ? undefined : inflateRawSync(data).toString("utf8");
    } catch {
      return undefined;
    }
  }

  /** An entry as it stands in the file. */
  packed(key: string): Buffer | undefined {
    const row = this.#rows.get(key);
    if (row === undefined) return undefined;
    const data = readBytes(this.#file, row.offset, row.length);
    if (data === undefined || checksum(data).toString("latin1") !== row.sum) return undefined;
    this.isUsed = true;
    return data;
  }

  close(): void {
    closeSync(this.#file);
  }
}

function readIndex(file: number): ReadonlyMap<string, Row> | undefined {
  const size = fstatSync(file).size;
  const head = readBytes(file, 0, HEAD_BYTES);
  if (head === undefined || !head.subarray(0, MARK.length).equals(MARK)) return undefined;
  const count = head.readUInt32LE(MARK.length);
  if (count > MAX_ENTRIES || HEAD_BYTES + count * ROW_BYTES > size) return undefined;
  const index = readBytes(file, HEAD_BYTES, count * ROW_BYTES);
  if (index === undefined || !checksum(index).equals(head.subarray(HEAD_BYTES - SUM_BYTES))) return undefined;
  const rows = new Map<string, Row>();
  for (let at = 0; at < index.length; at += ROW_BYTES) {
    const row: Row = {
      offset: index.readUInt32LE(at + KEY_BYTES),
      length: index.readUInt32LE(at + KEY_BYTES + 4),
      sum: index.toString("latin1", at + KEY_BYTES + 8, at + ROW_BYTES),
    };
    if (row.offset + row.length <= size) rows.set(index.toString("latin1", at, at + KEY_BYTES), row);
  }
  return rows;
}

function readBytes(file: number, offset: number, length: number): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(length);
  try {
    return readSync(file, bytes, 0, length, offset) === length ? bytes : undefined;
  } catch {
    return undefined;
  }
}
