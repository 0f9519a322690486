/**
 * File paths as the core sees them: absolute, with `/`, either plain (`/ws/src/lib.rs`, `c:/ws/src/lib.rs`) or a URI of a
 * virtual file system (`vscode-vfs://github/owner/repo/src/lib.rs`, `std:/1.96/core/lib.rs`).
 *
 * Invariant: no function here touches a disk.
 */
export type FilePath = string;

/** Whether a path is of a file system that only the editor knows (`vscode-vfs:…`, `untitled:…`); a drive letter is no scheme. */
export function hasScheme(path: FilePath): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]+:/.test(path);
}

/** The folder a path stands in (`/a/b.rs` → `/a`); the root is its own folder. */
export function dirname(path: FilePath): FilePath {
  const at = path.lastIndexOf("/");
  if (at < 0) return path;
  return at === 0 ? "/" : path.slice(0, at);
}

/** The last component of a path (`/a/b.rs` → `b.rs`). */
export function basename(path: FilePath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The last component without its last extension (`/a/b.test.rs` → `b.test`). */
export function fileStem(path: FilePath): string {
  const name = basename(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? name : name.slice(0, dot);
}

/** Joins a folder and a relative (or absolute) path written with `/` or `\`, resolving `.` and `..`. */
export function joinPath(dir: FilePath, rel: string): FilePath {
  const path = rel.replaceAll("\\", "/");
  if (path.startsWith("/") || /^[A-Za-z]:\//.test(path)) return normalize(path);
  return normalize(`${dir}/${path}`);
}

/** `path` relative to `dir` with `/`, or `path` itself when it does not lie below `dir`. */
export function relativePath(dir: FilePath, path: FilePath): string {
  const prefix = dir.endsWith("/") ? dir : `${dir}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

function normalize(path: string): FilePath {
  const scheme = /^(?:[A-Za-z][A-Za-z0-9+.-]+:\/{0,2}[^/]*|[A-Za-z]:)?/.exec(path)?.[0] ?? "";
  const out: string[] = [];
  for (const part of path.slice(scheme.length).split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") out.pop();
    else out.push(part);
  }
  return `${scheme}/${out.join("/")}`;
}
