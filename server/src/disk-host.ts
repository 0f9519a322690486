/**
 * Node's file system for the core, which reads each thing once, and finds out what of it has changed since: told where to look,
 * or by looking through all it knows, a part at a time.
 *
 * Invariant: paths go in and out with `/`. UTF-8 is decoded strictly and a byte order mark removed; a folder that cannot be
 * listed, a link that leads to itself, a file beyond `MAX_BYTES` are answers with reasons, never exceptions. Answers are kept
 * until a look finds others. A look compares what `stat` says and reads again only where that differs, or where the thing
 * had changed so shortly before it was read that its time need not tell a further change.
 */

import { isUtf8 } from "node:buffer";
import type { Dirent, Stats } from "node:fs";
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import type { DirEntry, FileChange, FileContent, FileSystem } from "./base/file-system.ts";
import { msg } from "./base/message.ts";
import type { FilePath } from "./base/path.ts";
import { basename, dirname } from "./base/path.ts";
import { attempt, withSlashes } from "./node-host.ts";

/** Larger files are refused: no source file a person wrote is this long, and rustup's largest manifest has 1 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Times of files are as coarse as this on some file systems (FAT). */
const COARSEST_TIME_MS = 2000;

export interface DiskFiles extends FileSystem {
  /** Looks at these paths, what is below them, and the folders around them. */
  lookAt(paths: readonly FilePath[]): readonly FileChange[];
  /** Looks at the next `count` of the known paths; from the start again after the last. */
  lookOn(count: number): readonly FileChange[];
}

type Kind = DirEntry["kind"] | undefined;

/** Null for what cannot be listed, undefined for what was not asked. */
type Listing = readonly DirEntry[] | null | undefined;

/** What is known of a path. */
interface Known {
  kind: Kind;
  content?: FileContent;
  entries?: Listing;
  /** Asked for as an answer of its own. */
  time?: number | undefined;
  /** What `stat` said at the first look; undefined where only the folder's listing has said what stands there. */
  stamp: Stamp | undefined;
}

interface Stamp {
  /** Size, times and number of what stands there; empty for nothing. */
  readonly text: string;
  /** Whether a later change may have the same stamp. */
  readonly isFresh: boolean;
}

/** The disk; what `isSettled` says of a path that is there never changes (the sources of a version in cargo's registry). */
export function diskFiles(isSettled: (path: FilePath) => boolean = () => false): DiskFiles {
  return new Disk(isSettled);
}

class Disk implements DiskFiles {
  readonly #isSettled: (path: FilePath) => boolean;
  readonly #known = new Map<FilePath, Known>();
  #round = this.#known.entries();

  constructor(isSettled: (path: FilePath) => boolean) {
    this.#isSettled = isSettled;
  }

  readFile(path: FilePath): FileContent {
    const known = this.#stamped(path);
    known.content ??= readText(path);
    return known.content;
  }

  readDirectory(path: FilePath): readonly DirEntry[] | undefined {
    const known = this.#stamped(path);
    if (known.entries === undefined) known.entries = this.#list(path);
    return known.entries ?? undefined;
  }

  kindOf(path: FilePath): Kind {
    return (this.#known.get(path) ?? this.#stamped(path)).kind;
  }

  modifiedTime(path: FilePath): number | undefined {
    const known = this.#stamped(path);
    if (!("time" in known)) known.time = stat(path)?.mtimeMs;
    return known.time;
  }

  realPath(path: FilePath): FilePath | undefined {
    return attempt(() => withSlashes(realpathSync.native(path)));
  }

  lookAt(paths: readonly FilePath[]): readonly FileChange[] {
    const named = new Set(paths);
    const around = new Set(paths.flatMap((path) => above(path)));
    const found: FileChange[] = [];
    for (const [path, known] of this.#known) {
      const isMeant = named.has(path) || around.has(path) || above(path).some((folder) => named.has(folder));
      if (isMeant) found.push(...this.#look(path, known, "anyway"));
    }
    return found;
  }

  lookOn(count: number): readonly FileChange[] {
    const found: FileChange[] = [];
    // What has changed seldom stands alone: the rest is looked at too, so that no answer mixes old and new.
    for (let looked = 0; looked < count && found.length === 0; ) {
      const next = this.#round.next();
      if (next.done === true) {
        this.#round = this.#known.entries();
        return found;
      }
      if (!this.#mayChange(...next.value)) continue;
      looked += 1;
      found.push(...this.#look(...next.value));
    }
    if (found.length > 0) found.push(...this.#lookAtRest(found));
    return found;
  }

  /** Looks at all that may change, and at what never does where it came or went as a whole. */
  #lookAtRest(found: readonly FileChange[]): readonly FileChange[] {
    const comings = new Set(found.filter(({ what }) => what === "kind").map(({ path }) => dirname(path)));
    const isMeant = (path: FilePath, known: Known): boolean =>
      this.#mayChange(path, known) || (comings.size > 0 && above(path).some((folder) => comings.has(folder)));
    return [...this.#known].flatMap(([path, known]) => (isMeant(path, known) ? this.#look(path, known) : []));
  }

  #mayChange(path: FilePath, { stamp, kind }: Known): boolean {
    return stamp !== undefined && (kind === undefined || !this.#isSettled(path));
  }

  /** What is known of a path, with its stamp: taken before anything is read, so that a change meanwhile is found. */
  #stamped(path: FilePath): Known {
    let known = this.#known.get(path);
    if (known?.stamp !== undefined) return known;
    const stats = stat(path);
    known = { kind: kindOfStats(stats), stamp: stampOf(stats) };
    this.#known.set(path, known);
    return known;
  }

  /** The entries, or null. What stands at each is known by that, unless it was looked at itself. */
  #list(path: FilePath): readonly DirEntry[] | null {
    const entries = listFolder(path) ?? null;
    for (const { name, kind } of entries ?? []) {
      const below = path === "/" ? `/${name}` : `${path}/${name}`;
      if (!this.#known.has(below)) this.#known.set(below, { kind, stamp: undefined });
    }
    return entries;
  }

  /** Compares, keeps what is new, and says what has changed. What only a listing named changes with the listing. */
  #look(path: FilePath, known: Known, how: "byStamp" | "anyway" = "byStamp"): readonly FileChange[] {
    if (known.stamp === undefined) return [];
    const stats = stat(path);
    const stamp = stampOf(stats);
    if (how === "byStamp" && !known.stamp.isFresh && known.stamp.text === stamp.text) return [];
    const now: Known = { kind: kindOfStats(stats), stamp };
    if (known.content !== undefined) now.content = readText(path);
    if (known.entries !== undefined) now.entries = this.#list(path);
    if ("time" in known) now.time = stats?.mtimeMs;
    this.#known.set(path, now);
    return [...differences(path, known, now), ...this.#listedAnew(path, known.entries, now.entries)];
  }

  /** What changes with a listing: the entries, and what stood only there. */
  #listedAnew(folder: FilePath, old: Listing, now: Listing): readonly FileChange[] {
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const kinds = new Map((now ?? []).map(({ name, kind }) => [name, kind]));
    const changes: FileChange[] = [{ path: folder, what: "entries" }];
    for (const [path, known] of this.#known) {
      if (known.stamp !== undefined || dirname(path) !== folder) continue;
      const kind = kinds.get(basename(path));
      if (kind !== known.kind) changes.push({ path, what: "kind" });
      known.kind = kind;
    }
    return changes;
  }
}

function differences(path: FilePath, old: Known, now: Known): readonly FileChange[] {
  const changes: FileChange[] = [];
  if (now.kind !== old.kind) changes.push({ path, what: "kind" });
  if (now.time !== old.time) changes.push({ path, what: "time" });
  if (JSON.stringify(now.content) !== JSON.stringify(old.content)) changes.push({ path, what: "content" });
  return changes;
}

/** The folders around a path, the innermost first. */
function above(path: FilePath): FilePath[] {
  const folders: FilePath[] = [];
  for (let dir = dirname(path); ; dir = dirname(dir)) {
    folders.push(dir);
    if (dirname(dir) === dir) return folders;
  }
}

function stampOf(stats: Stats | undefined): Stamp {
  if (stats === undefined) return { text: "", isFresh: false };
  const { ino, size, mtimeMs, ctimeMs } = stats;
  return { text: `${ino} ${size} ${mtimeMs} ${ctimeMs}`, isFresh: Math.max(mtimeMs, ctimeMs) > Date.now() - COARSEST_TIME_MS };
}

/** Symlinks are followed; a loop, or a folder one may not enter, is nothing. */
function stat(path: FilePath): Stats | undefined {
  return attempt(() => statSync(path, { throwIfNoEntry: false }));
}

function kindOfStats(stats: Stats | undefined): DirEntry["kind"] | undefined {
  if (stats?.isDirectory() === true) return "directory";
  return stats?.isFile() === true ? "file" : undefined;
}

function listFolder(path: FilePath): readonly DirEntry[] | undefined {
  const entries = attempt(() => readdirSync(path, { withFileTypes: true }));
  return entries
    ?.flatMap((entry) => {
      const kind = entryKind(path, entry);
      return kind === undefined ? [] : [{ name: entry.name, kind }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function entryKind(folder: FilePath, entry: Dirent): DirEntry["kind"] | undefined {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? kindOfStats(stat(`${folder}/${entry.name}`)) : undefined;
}

/** The size is looked at before reading: a pipe or a device would never end. */
function readText(path: FilePath): FileContent {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return { kind: "missing" };
    if (!stats.isFile())
      return { kind: "unreadable", reason: stats.isDirectory() ? msg("it is a folder") : msg("it is not a regular file") };
    if (stats.size > MAX_BYTES)
      return { kind: "unreadable", reason: msg("it is larger than {limit} MB", { limit: MAX_BYTES / (1024 * 1024) }) };
    const bytes = readFileSync(path);
    if (!isUtf8(bytes)) return { kind: "unreadable", reason: msg("it is not UTF-8") };
    const text = bytes.toString("utf8");
    return { kind: "text", text: text.startsWith("\ufeff") ? text.slice(1) : text };
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): FileContent {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return { kind: "missing" };
    case "EACCES":
    case "EPERM":
      return { kind: "unreadable", reason: msg("permission denied") };
    case "ELOOP":
      return { kind: "unreadable", reason: msg("its symbolic links lead in a circle") };
    default:
      return { kind: "unreadable", reason: msg("the system says {code}", { code: String(code ?? error) }) };
  }
}
