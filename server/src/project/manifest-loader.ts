/**
 * Manifests by folder: each is read once a run, parsed once for each text, and given what it inherits from its workspace.
 *
 * Invariant: a folder without a usable `Cargo.toml` answers a reason. The cache outlives a run: it is keyed by the text itself,
 * so an unchanged manifest is not parsed again however often the project is loaded.
 */

import type { FileSystem } from "../base/file-system.ts";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { basename, dirname, hasScheme } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { CargoLock } from "./cargo-lock.ts";
import { parseCargoLock } from "./cargo-lock.ts";
import type { Inheritance, Manifest, RawManifest, WorkspaceTable } from "./cargo-manifest.ts";
import { notValid, parseManifest, readManifest } from "./cargo-manifest.ts";

/** What may be kept from one load to the next. */
export interface ProjectCache {
  readonly manifests: Map<FilePath, { readonly text: string; readonly raw: RawManifest }>;
  readonly locks: Map<FilePath, { readonly text: string; readonly lock: CargoLock }>;
}

/** An empty cache. */
export function projectCache(): ProjectCache {
  return { manifests: new Map(), locks: new Map() };
}

export interface ManifestLoader {
  readonly fs: FileSystem;
  readonly cache: ProjectCache;
  /** What was found this run, by folder. */
  readonly found: Map<FilePath, Result<RawManifest, Message>>;
  readonly full: Map<FilePath, Result<Manifest, Message>>;
  /** Manifests above this folder are not looked for (CARGO_HOME). */
  readonly ceiling: FilePath | undefined;
}

/** A loader for one run. */
export function manifestLoader(fs: FileSystem, cache: ProjectCache, ceiling: FilePath | undefined): ManifestLoader {
  return { fs, cache, ceiling, found: new Map(), full: new Map() };
}

/** The manifest of a folder as it stands there. */
export function loadRawManifest(loader: ManifestLoader, dir: FilePath): Result<RawManifest, Message> {
  const known = loader.found.get(dir);
  if (known !== undefined) return known;
  const result = readRaw(loader, dir);
  loader.found.set(dir, result);
  return result;
}

function readRaw({ fs, cache }: ManifestLoader, dir: FilePath): Result<RawManifest, Message> {
  const path = manifestPath(dir);
  const content = fs.readFile(path);
  if (content.kind === "missing") return err(msg("there is no {path}", { path }));
  if (content.kind === "unreadable") return err(msg("{path} cannot be read: {reason}", { path, reason: content.reason }));
  const known = cache.manifests.get(path);
  if (known?.text === content.text) return ok(known.raw);
  const raw = parseManifest(content.text, dir);
  cache.manifests.set(path, { text: content.text, raw });
  return ok(raw);
}

/** The package of a folder, inheritance done. */
export function loadManifest(loader: ManifestLoader, dir: FilePath): Result<Manifest, Message> {
  const known = loader.full.get(dir);
  if (known !== undefined) return known;
  const raw = loadRawManifest(loader, dir);
  const result: Result<Manifest, Message> = raw.ok ? ok(inherit(loader, raw.value)) : raw;
  loader.full.set(dir, result);
  return result;
}

function inherit(loader: ManifestLoader, raw: RawManifest): Manifest {
  return readManifest(raw, raw.inherits ? inheritance(loader, raw) : NOTHING_INHERITED, basename(raw.dir));
}

const NOTHING_INHERITED: Inheritance = { root: undefined, problem: undefined };

function inheritance(loader: ManifestLoader, raw: RawManifest): Inheritance {
  const root = findWorkspaceRoot(loader, raw);
  if (!root.ok) return { root: undefined, problem: msg("is of a workspace that is not known: {reason}", { reason: root.error }) };
  const problem = root.value === undefined || root.value === raw ? undefined : notValid(root.value);
  return {
    root: root.value?.workspace,
    problem: problem === undefined ? undefined : msg("is of a workspace whose manifest {problem}", { problem }),
  };
}

/**
 * The workspace a package belongs to: `package.workspace`, its own `[workspace]`, else the nearest one above that does not
 * exclude it. Undefined for a package that stands alone; an error where a manifest that may be the root's cannot be read.
 */
export function findWorkspaceRoot(loader: ManifestLoader, raw: RawManifest): Result<RawManifest | undefined, Message> {
  if (raw.workspace !== undefined) return ok(raw);
  if (raw.workspacePath !== undefined) {
    const root = loadRawManifest(loader, raw.workspacePath);
    return root.ok && root.value.workspace === undefined ? ok(undefined) : root;
  }
  for (let dir = raw.dir; dirname(dir) !== dir; ) {
    dir = dirname(dir);
    if (dir === loader.ceiling) return ok(undefined);
    const root = loader.fs.kindOf(manifestPath(dir)) === undefined ? undefined : loadRawManifest(loader, dir);
    if (root?.ok === false) return root;
    if (root?.value.workspace !== undefined && !isExcluded(root.value.workspace, raw.dir)) return root;
  }
  return ok(undefined);
}

/** `exclude` names folders; what `members` names below them is a member all the same. */
export function isExcluded(workspace: WorkspaceTable, dir: FilePath): boolean {
  const lies = (relative: string): boolean => `${dir}/`.startsWith(`${workspace.dir}/${relative.replace(/^\.\//, "").replace(/\/$/, "")}/`);
  return workspace.exclude.some(lies) && !workspace.members.some(lies);
}

/** The lock file of a workspace; undefined when there is none. */
export function loadLock({ fs, cache }: ManifestLoader, dir: FilePath): Result<CargoLock, Message> | undefined {
  const path = `${dir}/Cargo.lock`;
  const content = fs.readFile(path);
  if (content.kind === "missing") return undefined;
  if (content.kind === "unreadable") return err(msg("{path} cannot be read: {reason}", { path, reason: content.reason }));
  const known = cache.locks.get(path);
  if (known?.text === content.text) return ok(known.lock);
  const lock = parseCargoLock(content.text);
  cache.locks.set(path, { text: content.text, lock });
  return ok(lock);
}

export interface NearestManifest {
  /** The nearest folder that has a `Cargo.toml`, be it one that cannot be read. */
  readonly dir: FilePath | undefined;
  /** Why one that is nearer may have been overlooked. */
  readonly problem: Message | undefined;
}

/** Looks for a manifest in a folder and above it; as cargo does, it goes on above a folder that it may not look into. */
export function nearestManifest(path: FilePath, fs: FileSystem): NearestManifest {
  let problem: Message | undefined;
  for (let dir = path; ; dir = dirname(dir)) {
    if (fs.kindOf(manifestPath(dir)) !== undefined) return { dir, problem };
    problem ??= unreadableManifest(dir, fs);
    if (dirname(dir) === dir) return { dir: undefined, problem };
  }
}

/** Why a manifest, though it may be there, cannot be read. */
export function unreadableManifest(dir: FilePath, fs: FileSystem): Message | undefined {
  const path = manifestPath(dir);
  // Of the editor's own file systems, what cannot be read may as well not be there.
  const content = hasScheme(path) ? undefined : fs.readFile(path);
  return content?.kind === "unreadable" ? msg("{path} cannot be read: {reason}", { path, reason: content.reason }) : undefined;
}

/** The manifest file of a folder. */
export function manifestPath(dir: FilePath): FilePath {
  return dir === "/" ? "/Cargo.toml" : `${dir}/Cargo.toml`;
}
