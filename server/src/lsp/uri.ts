/**
 * URIs ↔ file paths of the core: `file:` URIs are plain paths, others keep scheme and authority before a decoded path.
 *
 * Examples: `file:///c%3A/ws/a%20b.rs` ↔ `c:/ws/a b.rs`; `vscode-vfs://github/o/r/a%20b.rs` ↔ `vscode-vfs://github/o/r/a b.rs`.
 * Invariant: nothing is thrown for a malformed URI; it is taken as it stands.
 */
import type { FilePath } from "../base/path.ts";

/** Scheme, authority with its slashes, path, query and fragment (RFC 3986, appendix B). */
const PARTS = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(.*)$/s;

/** The path a URI stands for. */
export function pathOfUri(uri: string): FilePath {
  const [, scheme, authority, rawPath, rest] = PARTS.exec(uri) ?? [];
  if (scheme === undefined || rawPath === undefined) return uri;
  const path = decode(rawPath);
  if (scheme !== "file") return `${scheme}:${authority === undefined ? "" : `//${authority}`}${path}${rest ?? ""}`;
  if (authority !== undefined && authority !== "") return `//${authority}${path}`;
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}

/**
 * The path of a document that the editor calls Rust: it ends in `.rs`, as the core expects of source files, whatever the
 * editor calls it (`untitled:Untitled-1`, `git:/a.rs?{…}`).
 */
export function documentPath(uri: string): FilePath {
  const path = pathOfUri(uri);
  return path.endsWith(".rs") ? path : `${path}#.rs`;
}

/** The URI of a path. */
export function uriOfPath(path: FilePath): string {
  const [, scheme, authority, rest] = /^([A-Za-z][A-Za-z0-9+.-]+):(?:\/\/([^/]*))?(.*)$/s.exec(path) ?? [];
  if (scheme !== undefined && rest !== undefined) return `${scheme}:${authority === undefined ? "" : `//${authority}`}${encode(rest)}`;
  if (path.startsWith("//")) return `file:${encode(path)}`;
  return `file://${encode(path.startsWith("/") ? path : `/${path}`)}`;
}

function encode(path: string): string {
  return path
    .split("/")
    .map((segment) => encodeURIComponent(segment.replaceAll(/\p{Surrogate}/gu, "\ufffd")).replaceAll("%3A", ":"))
    .join("/");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray `%` in a client's URI: taken as it is.
    return text;
  }
}
