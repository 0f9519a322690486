/**
 * URIs ↔ file paths of the core: `file:` URIs are plain paths, all others stay as they are.
 *
 * Example: `file:///c%3A/ws/a.rs` ↔ `c:/ws/a.rs`; `vscode-vfs://github/o/r/a.rs` stays.
 */
import type { FilePath } from "../base/path.ts";

/** The path a URI stands for. */
export function pathOfUri(uri: string): FilePath {
  if (!uri.startsWith("file://")) return uri;
  const path = decode(uri.slice("file://".length).replace(/^[^/]*/, ""));
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
}

/** The URI of a path. */
export function uriOfPath(path: FilePath): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(path) && !/^[A-Za-z]:\//.test(path)) return path;
  const absolute = path.startsWith("/") ? path : `/${path}`;
  return `file://${absolute.split("/").map(encodeSegment).join("/")}`;
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll("%3A", ":");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray `%` in a client's URI: taken as it is.
    return text;
  }
}
