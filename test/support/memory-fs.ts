/**
 * A file system made of a table of texts, so that tests touch no disk.
 *
 * A folder exists when a file lies below it. Content other than text says what reading it answers: `{ unreadable: "why" }`
 * for a file that cannot be used. An entry whose path ends in `/` is a folder: empty when its content is "", impossible to
 * list when it is `{ unreadable }`.
 *
 * Example: `memoryFs({ "/ws/Cargo.toml": "[package]\nname = \"a\"", "/ws/src/lib.rs": "" })`.
 */

import type { DirEntry, FileContent, FileSystem } from "../../server/src/base/file-system.ts";
import { verbatim } from "../../server/src/base/message.ts";
import type { FilePath } from "../../server/src/base/path.ts";
import { basename, dirname } from "../../server/src/base/path.ts";

export type MemoryFile = string | { readonly unreadable: string };

export interface MemoryFileSystem extends FileSystem {
  /** How often each question was asked, by `read /path` or `list /path`: for tests that count work. */
  readonly calls: ReadonlyMap<string, number>;
}

/** A `FileSystem` over the given files. */
export function memoryFs(files: Readonly<Record<FilePath, MemoryFile>>): MemoryFileSystem {
  const calls = new Map<string, number>();
  const count = (what: string): void => void calls.set(what, (calls.get(what) ?? 0) + 1);
  const folders = new Map<FilePath, Map<string, DirEntry>>();
  const locked = new Set<FilePath>();
  const contents = new Map<FilePath, MemoryFile>();
  for (const [path, content] of Object.entries(files)) {
    if (path.endsWith("/")) {
      const folder = path.slice(0, -1);
      if (content !== "") locked.add(folder);
      addFolder(folders, folder);
    } else {
      contents.set(path, content);
      addFolder(folders, dirname(path)).set(basename(path), { name: basename(path), kind: "file" });
    }
  }
  return {
    calls,
    readFile(path): FileContent {
      count(`read ${path}`);
      const content = contents.get(path);
      if (typeof content === "string") return { kind: "text", text: content };
      if (content !== undefined) return { kind: "unreadable", reason: verbatim(content.unreadable) };
      return folders.has(path) ? { kind: "unreadable", reason: verbatim("it is a folder") } : { kind: "missing" };
    },
    readDirectory(path) {
      count(`list ${path}`);
      const entries = locked.has(path) ? undefined : folders.get(path);
      return entries === undefined ? undefined : [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    kindOf(path) {
      if (contents.has(path)) return "file";
      return folders.has(path) ? "directory" : undefined;
    },
  };
}

function addFolder(folders: Map<FilePath, Map<string, DirEntry>>, folder: FilePath): Map<string, DirEntry> {
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const entries = new Map<string, DirEntry>();
  folders.set(folder, entries);
  const parent = dirname(folder);
  if (parent !== folder) addFolder(folders, parent).set(basename(folder), { name: basename(folder), kind: "directory" });
  return entries;
}
