/**
 * Node's side of the two doors to the machine: `FileSystem` over node:fs, and the `Environment` of this process.
 *
 * Invariant: paths go in and out with `/`. UTF-8 is decoded strictly and a byte order mark removed; a folder that cannot be
 * listed, a link that leads to itself, a file beyond `MAX_BYTES` are answers with reasons, never exceptions. Answers are kept
 * until `forget` says that a path has changed.
 */
import { isUtf8 } from "node:buffer";
import type { Dirent, Stats } from "node:fs";
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import type { DirEntry, FileContent, FileSystem } from "./base/file-system.ts";
import type { FilePath } from "./base/path.ts";
import { dirname } from "./base/path.ts";
import type { Environment } from "./project/environment.ts";

/** Larger files are refused: no source file a person wrote is this long, and rustup's largest manifest has 1 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

export interface NodeFileSystem extends FileSystem {
  /** These paths, and all below them, changed: they are read again when asked for. */
  forget(paths: readonly FilePath[]): void;
}

/** A file system that reads each thing at most once. */
export function nodeFileSystem(): NodeFileSystem {
  const files = new Map<FilePath, Known<FileContent>>();
  const folders = new Map<FilePath, Known<readonly DirEntry[] | undefined>>();
  const kinds = new Map<FilePath, Known<DirEntry["kind"] | undefined>>();
  const list = (path: FilePath): readonly DirEntry[] | undefined => {
    const entries = listFolder(path);
    for (const { name, kind } of entries ?? []) kinds.set(path === "/" ? `/${name}` : `${path}/${name}`, { value: kind });
    return entries;
  };
  return {
    readFile: (path) => remember(files, path, readText),
    readDirectory: (path) => remember(folders, path, list),
    kindOf: (path) => remember(kinds, path, (asked) => kindOfStats(stat(asked))),
    modifiedTime: (path) => stat(path)?.mtimeMs,
    realPath: (path) => attempt(() => withSlashes(realpathSync.native(path))),
    forget: (paths) => {
      for (const path of paths) {
        folders.delete(dirname(path));
        for (const known of [files, folders, kinds]) forgetBelow(known, path);
      }
    },
  };
}

function forgetBelow(known: Map<FilePath, unknown>, path: FilePath): void {
  for (const key of known.keys()) if (key === path || key.startsWith(`${path}/`)) known.delete(key);
}

/** The environment of this process; `targetCfg` answers what `rustc --print cfg` says for a target. */
export function nodeEnvironment(targetCfg: Environment["targetCfg"]): Environment {
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) variables.set(name, value);
  const home = attempt(() => withSlashes(homedir()));
  const below = (name: string): FilePath | undefined => (home === undefined ? undefined : `${home}/${name}`);
  return {
    cargoHome: folderVariable(variables, "CARGO_HOME") ?? below(".cargo"),
    rustupHome: folderVariable(variables, "RUSTUP_HOME") ?? below(".rustup"),
    home,
    variables,
    hostTriple: hostTriple(),
    targetCfg,
  };
}

/** A path as the core writes it. */
export function withSlashes(path: string): FilePath {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}

function folderVariable(variables: ReadonlyMap<string, string>, name: string): FilePath | undefined {
  const value = variables.get(name);
  return value === undefined || value === "" ? undefined : withSlashes(value).replace(/(?<=.)\/+$/, "");
}

interface Known<T> {
  readonly value: T;
}

function remember<T>(known: Map<FilePath, Known<T>>, path: FilePath, read: (path: FilePath) => T): T {
  const found = known.get(path);
  if (found !== undefined) return found.value;
  const value = read(path);
  known.set(path, { value });
  return value;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
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
    if (!stats.isFile()) return { kind: "unreadable", reason: stats.isDirectory() ? "it is a folder" : "it is not a regular file" };
    if (stats.size > MAX_BYTES) return { kind: "unreadable", reason: `it is larger than ${MAX_BYTES / (1024 * 1024)} MB` };
    const bytes = readFileSync(path);
    if (!isUtf8(bytes)) return { kind: "unreadable", reason: "it is not UTF-8" };
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
      return { kind: "unreadable", reason: "permission denied" };
    case "ELOOP":
      return { kind: "unreadable", reason: "its symbolic links lead in a circle" };
    default:
      return { kind: "unreadable", reason: `the system says ${String(code ?? error)}` };
  }
}

/** Only a fallback: a toolchain that is found names its own host. */
function hostTriple(): string {
  const arch = ARCHITECTURES[process.arch] ?? process.arch;
  switch (process.platform) {
    case "darwin":
      return `${arch}-apple-darwin`;
    case "win32":
      return `${arch}-pc-windows-msvc`;
    case "freebsd":
      return `${arch}-unknown-freebsd`;
    case "android":
      return `${arch}-linux-android`;
    default:
      return linuxTriple(arch);
  }
}

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: "x86_64",
  arm64: "aarch64",
  ia32: "i686",
  arm: "armv7",
  ppc64: "powerpc64le",
  riscv64: "riscv64gc",
  loong64: "loongarch64",
};

function linuxTriple(arch: string): string {
  const libc = existsSync("/etc/alpine-release") ? "musl" : "gnu";
  return `${arch}-unknown-linux-${libc}${arch === "armv7" ? "eabihf" : ""}`;
}
