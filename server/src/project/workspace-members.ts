/**
 * The members of a workspace: what `members` names (with globs), less `exclude`, and every path dependency of a member that
 * lies below the workspace's folder.
 *
 * Invariant: a member's folder is listed once; globs look at most `MAX_DEPTH` folders deep for `**` and never into `target`
 * or hidden folders. Source: Cargo Book, "The members and exclude fields"; cargo 1.95 `core/workspace.rs` (`find_path_deps`).
 */

import type { FileSystem } from "../base/file-system.ts";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { joinPath } from "../base/path.ts";
import type { RawManifest, WorkspaceTable } from "./cargo-manifest.ts";
import type { ManifestLoader } from "./manifest-loader.ts";
import { isExcluded, loadManifest, loadRawManifest, manifestPath } from "./manifest-loader.ts";

const MAX_DEPTH = 8;

export interface WorkspaceMembers {
  readonly dirs: readonly FilePath[];
  /** Members that are named but are not there or cannot be read, each with its reason. */
  readonly problems: readonly Message[];
}

/** Lists the members of the workspace whose root manifest this is. */
export function workspaceMembers(loader: ManifestLoader, root: RawManifest): WorkspaceMembers {
  const { workspace } = root;
  const dirs = new Set<FilePath>();
  const problems: Message[] = [];
  if (root.hasPackage) addMember(loader, root, root.dir, dirs);
  for (const pattern of workspace?.members ?? []) {
    const matches = expand(loader.fs, root.dir, pattern).filter((dir) => loader.fs.kindOf(manifestPath(dir)) === "file");
    if (matches.length === 0) problems.push(msg("{path}: no member is at `{pattern}`", { path: manifestPath(root.dir), pattern }));
    for (const dir of matches) {
      if (workspace === undefined || isExcludedByGlob(workspace, dir)) continue;
      const raw = loadRawManifest(loader, dir);
      if (raw.ok) addMember(loader, root, dir, dirs);
      else problems.push(raw.error);
    }
  }
  return { dirs: [...dirs], problems };
}

/** Whether a package that is reached by path belongs to the workspace. */
export function isInWorkspace(root: RawManifest, dir: FilePath): boolean {
  if (root.dir === dir) return true;
  if (root.workspace === undefined) return false;
  return dir.startsWith(`${root.dir}/`) && !isExcluded(root.workspace, dir);
}

function isExcludedByGlob(workspace: WorkspaceTable, dir: FilePath): boolean {
  return workspace.exclude.some((path) => `${dir}/`.startsWith(`${joinPath(workspace.dir, path)}/`));
}

/** Adds a member and, while they lie in the workspace, the packages its path dependencies name. */
function addMember(loader: ManifestLoader, root: RawManifest, dir: FilePath, dirs: Set<FilePath>): void {
  const raw = loadRawManifest(loader, dir);
  if (dirs.has(dir) || !raw.ok || (raw.value.workspace !== undefined && dir !== root.dir)) return;
  dirs.add(dir);
  const manifest = loadManifest(loader, dir);
  for (const { path } of manifest.ok ? manifest.value.dependencies : []) {
    if (path !== undefined && isInWorkspace(root, path)) addMember(loader, root, path, dirs);
  }
}

/** The folders a member pattern names; a pattern without wildcards names itself. */
function expand(fs: FileSystem, dir: FilePath, pattern: string): FilePath[] {
  let folders: FilePath[] = [dir];
  for (const part of pattern.replaceAll("\\", "/").split("/")) {
    if (part === "" || part === ".") continue;
    folders = folders.flatMap((folder) => step(fs, folder, part));
  }
  return folders;
}

function step(fs: FileSystem, folder: FilePath, part: string): FilePath[] {
  if (part === "**") return descend({ fs, visited: new Set() }, folder, 0);
  if (!/[*?[]/.test(part)) return [joinPath(folder, part)];
  const matcher = globPart(part);
  return subfolders(fs, folder).filter((path) => matcher.test(path.slice(path.lastIndexOf("/") + 1)));
}

interface Descent {
  readonly fs: FileSystem;
  /** Folders without symlinks, so that a link upwards is not followed round and round. */
  readonly visited: Set<FilePath>;
}

function descend(descent: Descent, folder: FilePath, depth: number): FilePath[] {
  const { fs, visited } = descent;
  const real = fs.realPath?.(folder) ?? folder;
  if (visited.has(real) || depth > MAX_DEPTH) return [];
  visited.add(real);
  const below = subfolders(fs, folder).filter((path) => !/\/(?:\.[^/]*|target|node_modules)$/.test(path));
  return [folder, ...below.flatMap((path) => descend(descent, path, depth + 1))];
}

function subfolders(fs: FileSystem, folder: FilePath): FilePath[] {
  const entries = fs.kindOf(folder) === "directory" ? (fs.readDirectory(folder) ?? []) : [];
  return entries.filter(({ kind }) => kind === "directory").map(({ name }) => joinPath(folder, name));
}

/** `*`, `?` and `[abc]` (`[!abc]`) inside one path component. */
function globPart(part: string): RegExp {
  const source = part
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")
    .replaceAll("[!", "[^");
  return /\[[^\]]*$/.test(source) ? /$^/ : new RegExp(`^${source}$`);
}
