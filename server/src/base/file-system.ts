/**
 * The one door to files, for all layers. Reads are synchronous; a host that can only read asynchronously (the browser)
 * throws `Pending` for a file it does not hold yet, loads it, and the driver asks the whole question again.
 *
 * Invariant: the core never waits; a question either has its files or unwinds with `Pending`. Nothing but the driver
 * (lsp, cli) catches `Pending`.
 */
import type { Message } from "./message.ts";
import type { FilePath } from "./path.ts";

export type FileContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  /** Present, but not usable: not UTF-8, no permission, too large, a folder. `reason` is for the user. */
  | { readonly kind: "unreadable"; readonly reason: Message };

export interface DirEntry {
  readonly name: string;
  readonly kind: "file" | "directory";
}

export interface FileSystem {
  /** The text of a file, without a byte order mark. */
  readFile(path: FilePath): FileContent;
  /** The entries of a folder (symlinks followed), or undefined if it cannot be listed. */
  readDirectory(path: FilePath): readonly DirEntry[] | undefined;
  /** What stands at a path (symlinks followed), or undefined if there is nothing or it cannot be looked at. */
  kindOf(path: FilePath): "file" | "directory" | undefined;
  /** When a path was last changed, in milliseconds since 1970; a host that cannot tell leaves this out. */
  readonly modifiedTime?: (path: FilePath) => number | undefined;
  /** The path without symlinks, or undefined if there is nothing there; a host without symlinks leaves this out. */
  readonly realPath?: (path: FilePath) => FilePath | undefined;
}

/** An answer of a file system that is no longer what it was. */
export interface FileChange {
  readonly path: FilePath;
  /** The text, the entries of the folder, what stands there, or when it was last changed. */
  readonly what: "content" | "entries" | "kind" | "time";
}

/** Unwinds a question whose files are not loaded yet. */
export class Pending extends Error {
  readonly paths: readonly FilePath[];
  constructor(paths: readonly FilePath[]) {
    super(`waiting for ${paths.join(", ")}`);
    this.paths = paths;
  }
}

/** Unwinds work nobody waits for, so that a question can pass; what is computed is kept, and it is begun anew. */
export class Interrupted extends Error {
  constructor() {
    super("interrupted");
  }
}

/** Unwinds a question nobody waits for any more. */
export class Cancelled extends Error {
  constructor() {
    super("cancelled");
  }
}
