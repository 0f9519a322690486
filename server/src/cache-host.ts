/**
 * The cache on disk: items of parsed texts, so that what was parsed once (dependencies, above all) is not parsed at the next start,
 * and answers, so that what was asked before is answered before anything is parsed (`lsp/kept-answers.ts` says when they are right).
 *
 * An entry is found by the hash of its text, in a folder named after the version of the program that made it, so a wrong answer
 * cannot come from it. Each flush writes one new file and renames it into place: several editors may do so at once, and none waits
 * for another. A file that is damaged or gone is as if it had never been written.
 *
 * Invariants: all versions' files of a kind together stay below `maxBytes`, the least recently used are deleted first; a folder that cannot be
 * written to is read only; nothing here throws.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { PackedEntry } from "./cache-pack.ts";
import { keyOf, Pack, packBytes } from "./cache-pack.ts";
import type { ItemCache } from "./hir-def/item-codec.ts";
import { attempt } from "./node-host.ts";

export interface DiskCacheOptions {
  readonly folder: string;
  /** What the entries are: each kind has its own files and bounds. */
  readonly kind: "items" | "answers";
  /** Names what entries depend on besides their text. */
  readonly version: string;
  readonly maxBytes: number;
  /** Called when something begins to wait. */
  readonly onWaiting?: () => void;
}

/** Shorter texts are parsed as fast as they are found. */
const LEAST_TEXT = 256;
/** More waiting entries than these are not taken. */
const MAX_WAITING = 20_000;
/** From so many packs of a version on, small ones are written anew as one. */
const MAX_PACKS = 12;
const SMALL_PACK = 4 * 1024 * 1024;
/** Digits of the time in a file's name. */
const TIME_DIGITS = 11;
/** A file that was never renamed into place is rubbish after this. */
const RUBBISH_MS = 60 * 60 * 1000;

export class DiskCache implements ItemCache {
  readonly #options: DiskCacheOptions;
  readonly #folder: string;
  #packs: Map<string, Pack> | undefined;
  readonly #byKey = new Map<string, Pack>();
  readonly #waiting = new Map<string, () => string>();
  #made: PackedEntry[] = [];
  #isOn = true;
  #isReadOnly = false;

  constructor(options: DiskCacheOptions) {
    this.#options = options;
    this.#folder = join(options.folder, `${options.kind}-${options.version}`);
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Switches it on or off; off, it neither reads nor writes, and forgets what waits to be written. */
  set isOn(isOn: boolean) {
    this.#isOn = isOn;
    if (isOn) return;
    this.#waiting.clear();
    this.#made = [];
  }

  /** Whether something waits to be written. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0 || this.#made.length > 0;
  }

  read(text: string): string | undefined {
    if (!this.#isOn || text.length < LEAST_TEXT) return undefined;
    this.#openPacks();
    const key = keyOf(text);
    const pack = this.#byKey.get(key);
    const found = pack?.read(key);
    if (found === undefined) this.#byKey.delete(key);
    return found;
  }

  write(text: string, encode: () => string): void {
    if (!this.#isOn || this.#isReadOnly || text.length < LEAST_TEXT || this.#waiting.size >= MAX_WAITING) return;
    const key = keyOf(text);
    if (this.#byKey.has(key)) return;
    this.#waiting.set(key, encode);
    if (this.#waiting.size === 1) this.#options.onWaiting?.();
  }

  /** An entry is out of date: the next that is written takes its place. */
  forget(text: string): void {
    this.#byKey.delete(keyOf(text));
  }

  /** Prepares what waits, for some milliseconds; true when all is prepared. */
  prepare(milliseconds: number): boolean {
    const end = performance.now() + milliseconds;
    for (const [key, encode] of this.#waiting) {
      this.#waiting.delete(key);
      this.#made.push({ key, data: deflateRawSync(encode(), { level: 1 }) });
      if (performance.now() >= end) break;
    }
    return this.#waiting.size === 0;
  }

  /** Writes everything that waits. */
  flush(): void {
    this.prepare(Number.POSITIVE_INFINITY);
    if (this.#made.length > 0) this.#writeMade();
    this.#touchUsed();
  }

  #writeMade(): void {
    this.#openPacks();
    const small = this.#smallPacks();
    const entries = [...this.#made, ...small.flatMap((pack) => [...this.#entriesOf(pack)])];
    this.#made = [];
    if (!this.#store(entries)) return;
    for (const pack of small) {
      pack.close();
      this.#packs?.delete(pack.path);
      remove(pack.path);
    }
    this.#evict();
  }

  /** Lets go of its files. */
  close(): void {
    for (const pack of this.#packs?.values() ?? []) pack.close();
    this.#packs = undefined;
    this.#byKey.clear();
  }

  #openPacks(): void {
    if (this.#packs !== undefined) return;
    this.#packs = new Map();
    for (const name of list(this.#folder).toSorted()) if (name.endsWith(".pack")) this.#open(join(this.#folder, name));
  }

  #open(path: string): void {
    const pack = Pack.open(path);
    if (pack === undefined) return;
    this.#packs?.set(path, pack);
    for (const key of pack.keys) this.#byKey.set(key, pack);
  }

  /** The packs to be written anew as one: none while there are few. */
  #smallPacks(): readonly Pack[] {
    const all = [...(this.#packs?.values() ?? [])];
    return all.length < MAX_PACKS ? [] : all.filter((pack) => (stat(pack.path)?.size ?? 0) < SMALL_PACK);
  }

  *#entriesOf(pack: Pack): Generator<PackedEntry> {
    for (const key of pack.keys) {
      const data = this.#byKey.get(key) === pack ? pack.packed(key) : undefined;
      if (data !== undefined) yield { key, data };
    }
  }

  #store(entries: readonly PackedEntry[]): boolean {
    // Of two entries with one key the later counts.
    const microseconds = Math.round((performance.timeOrigin + performance.now()) * 1000);
    const name = `${microseconds.toString(36).padStart(TIME_DIGITS, "0")}-${randomBytes(8).toString("hex")}`;
    const path = join(this.#folder, `${name}.pack`);
    const unfinished = join(this.#folder, `${name}.new`);
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(unfinished, packBytes(entries));
      renameSync(unfinished, path);
    } catch {
      // No place, no right: what is there is still read.
      this.#isReadOnly = true;
      remove(unfinished);
      return false;
    }
    this.#open(path);
    return true;
  }

  /** Packs that were read from are the last to be deleted. */
  #touchUsed(): void {
    for (const pack of this.#packs?.values() ?? []) {
      if (!pack.isUsed) continue;
      pack.isUsed = false;
      attempt(() => utimesSync(pack.path, new Date(), new Date()));
    }
  }

  /** Deletes the least recently used packs of all versions until they are within bounds, and rubbish. */
  #evict(): void {
    const { folder, kind, maxBytes } = this.#options;
    const isOfKind = (name: string): boolean => name.startsWith(`${kind}-`);
    const files = list(folder)
      .filter(isOfKind)
      .flatMap((version) => list(join(folder, version)).map((name) => join(folder, version, name)))
      .flatMap((path) => ({ path, stats: stat(path) }));
    const packs = files.flatMap(({ path, stats }) => (stats !== undefined && path.endsWith(".pack") ? [{ path, stats }] : []));
    let bytes = packs.reduce((sum, { stats }) => sum + stats.size, 0);
    for (const { path, stats } of packs.toSorted((a, b) => a.stats.mtimeMs - b.stats.mtimeMs)) {
      if (bytes <= maxBytes) break;
      remove(path);
      bytes -= stats.size;
    }
    for (const { path, stats } of files)
      if (path.endsWith(".new") && stats !== undefined && stats.mtimeMs < Date.now() - RUBBISH_MS) remove(path);
    for (const name of list(folder)) if (isOfKind(name)) attempt(() => rmdirSync(join(folder, name)));
  }
}

function list(folder: string): readonly string[] {
  return attempt(() => readdirSync(folder)) ?? [];
}

function stat(path: string): { readonly size: number; readonly mtimeMs: number } | undefined {
  return attempt(() => statSync(path, { throwIfNoEntry: false }));
}

function remove(path: string): void {
  attempt(() => rmSync(path, { force: true }));
}
