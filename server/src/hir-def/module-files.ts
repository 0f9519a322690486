/**
 * Where the file of `mod name;` is looked for.
 *
 * Example: `mod a;` in `src/lib.rs` is `src/a.rs` or `src/a/mod.rs`; in `src/x.rs` it is `src/x/a.rs` or `src/x/a/mod.rs`.
 * Source: Reference, "Module source filenames" and "The path attribute".
 */

import type { FileContent } from "../base/file-system.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { basename, dirname, fileStem, joinPath } from "../base/path.ts";
import type { ModuleId, ModuleOrigin } from "./def-id.ts";
import type { NameProblem } from "./name-db.ts";

export interface ModuleFileHints {
  /** `#[path = "…"]` */
  readonly path: string | undefined;
  /** The file an `include!` took the declaration from: it stands for the folder. */
  readonly includedIn: FilePath | undefined;
}

/** The candidates for a child module's file, in order, and whether a file found so owns its directory. */
export function moduleFileCandidates(parent: ModuleId, name: string, { path, includedIn }: ModuleFileHints): readonly FilePath[] {
  const beside = includedIn === undefined ? undefined : dirname(includedIn);
  if (path !== undefined) return [joinPath(beside ?? pathAttrDirectory(parent), path)];
  const dir = beside ?? childDirectory(parent);
  return [joinPath(dir, `${name}.rs`), joinPath(dir, `${name}/mod.rs`)];
}

/** The origin of a module whose file was found. */
export function fileOrigin(path: FilePath, byPathAttr: boolean): ModuleOrigin {
  return { kind: "file", path, ownsDirectory: byPathAttr || basename(path) === "mod.rs" };
}

/** The origin of `mod name { … }`; `path` is its `#[path]`, which counts from the same folder as that of a `mod name;`. */
export function inlineOrigin(parent: ModuleId, ordinal: number, path: string | undefined): ModuleOrigin {
  return { kind: "inline", ordinal, folder: path === undefined ? undefined : joinPath(pathAttrDirectory(parent), path) };
}

/** The folder that holds the files of a module's children. */
function childDirectory(module: ModuleId): FilePath {
  const { origin } = module;
  if (origin.kind === "file") return origin.ownsDirectory ? dirname(origin.path) : joinPath(dirname(origin.path), fileStem(origin.path));
  if (origin.kind === "inline" && origin.folder !== undefined) return origin.folder;
  const parent = module.parent === undefined ? "/" : childDirectory(module.parent);
  return origin.kind === "inline" ? joinPath(parent, module.name) : parent;
}

/** `#[path]` directly in a file counts from the file's folder, inside inline modules from the folder those stand for. */
function pathAttrDirectory(module: ModuleId): FilePath {
  if (module.origin.kind === "file") return dirname(module.origin.path);
  return childDirectory(module);
}

/** The file a module's text stands in. */
export function fileOfModule(module: ModuleId): FilePath | undefined {
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent) {
    if (at.origin.kind === "file") return at.origin.path;
  }
  return undefined;
}

/** Whether a module or one around it stands in a file: a `mod` that names such a file would never end ("circular modules"). */
export function isFileAround(module: ModuleId, file: FilePath): boolean {
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent) {
    if (at.origin.kind === "file" && at.origin.path === file) return true;
  }
  return false;
}

/** Why the file of a module is not there; `contentOf` says what stands at a path. */
export function missingFile(
  module: ModuleId,
  origin: Extract<ModuleOrigin, { kind: "missing" }>,
  contentOf: (path: FilePath) => FileContent,
): NameProblem {
  if (origin.unclear !== undefined)
    return {
      kind: "cfg",
      message: msg("which file module `{name}` is in is not known: {reason}", { name: module.name, reason: origin.unclear }),
    };
  for (const file of origin.tried) {
    const content = contentOf(file);
    if (content.kind === "unreadable")
      return { kind: "unresolvedName", message: msg("`{file}` cannot be read: {reason}", { file, reason: content.reason }) };
  }
  const isCircular = origin.tried.some((file) => isFileAround(module, file));
  const message = isCircular
    ? msg("the file of module `{name}` leads back to itself", { name: module.name })
    : msg("the file of module `{name}` was not found", { name: module.name });
  return { kind: "unresolvedName", message };
}
