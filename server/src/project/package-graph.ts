/**
 * Packages and which package each dependency means: from the lock file where it knows, else the newest version that is on this
 * machine and fits; path dependencies, `[patch]` and `[replace]` included.
 *
 * Invariant: a package is loaded when something asks for it, once; ids are dense from 0. A dependency that leads nowhere has a
 * reason. Features of packages that an unreadable package may use are named in `unknownFeatures`.
 */

import type { FileSystem } from "../base/file-system.ts";
import type { Message } from "../base/message.ts";
import { msg, verbatim } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { CargoLock, LockedPackage } from "./cargo-lock.ts";
import { lockedDependency } from "./cargo-lock.ts";
import type { FeatureMap, Manifest } from "./cargo-manifest.ts";
import { indexSummary } from "./index-cache.ts";
import type { ManifestDependency } from "./manifest-dependencies.ts";
import type { ManifestLoader } from "./manifest-loader.ts";
import { loadManifest } from "./manifest-loader.ts";
import { areCompatible, compareVersionTexts, matchesReq, parseVersion, parseVersionReq } from "./semver.ts";
import type { Sources } from "./sources.ts";

export type PackageId = number;

export interface Package {
  readonly id: PackageId;
  readonly name: string;
  readonly version: string;
  /** The manifest with its folder; undefined when the sources are not here. */
  readonly manifest: Manifest | undefined;
  /** Why there is no manifest. */
  readonly missing: Message | undefined;
  readonly dependencies: readonly ManifestDependency[];
  readonly features: FeatureMap;
  readonly isProcMacro: boolean;
  readonly isMember: boolean;
  readonly locked: LockedPackage | undefined;
}

export type Resolution = { readonly kind: "package"; readonly package: Package } | { readonly kind: "missing"; readonly reason: Message };

export interface PackageGraphInput {
  readonly fs: FileSystem;
  readonly loader: ManifestLoader;
  readonly sources: Sources;
  readonly lock: CargoLock | undefined;
  /** Why the lock file, though there may be one, does not say which version each package is. */
  readonly lockProblem: Message | undefined;
  /** The entries of every `[patch.X]`. */
  readonly patches: readonly ManifestDependency[];
  readonly isMember: (dir: FilePath) => boolean;
}

export interface PackageGraph extends PackageGraphInput {
  readonly packages: Package[];
  readonly byDir: Map<FilePath, Package>;
  readonly byLocked: Map<LockedPackage, Resolution>;
  readonly resolutions: Map<ManifestDependency, Map<PackageId, Resolution>>;
  /** What was chosen without the lock file, by package name. */
  readonly chosen: Map<string, { readonly version: string; readonly dir: FilePath }[]>;
  /** Packages of which not even the dependencies are known. */
  readonly opaque: Package[];
  /** Where the lock file did not know a dependency. */
  readonly notes: Message[];
}

/** A graph without packages yet. */
export function packageGraph(input: PackageGraphInput): PackageGraph {
  return {
    ...input,
    packages: [],
    byDir: new Map(),
    byLocked: new Map(),
    resolutions: new Map(),
    chosen: new Map(),
    opaque: [],
    notes: [],
  };
}

/** The package of a folder that is reached by path; it may be a member of the workspace. */
export function packageAt(graph: PackageGraph, dir: FilePath, locked?: LockedPackage): Resolution {
  return packageIn(graph, dir, (manifest) => {
    const entry = locked ?? lockedByName(graph, manifest);
    return { locked: entry, isMember: entry?.source === undefined && graph.isMember(dir) };
  });
}

/** The package of a folder of cargo's or of a vendored one: never a member, though it may lie below the workspace. */
function packageOfSource(graph: PackageGraph, dir: FilePath, locked: LockedPackage | undefined): Resolution {
  return packageIn(graph, dir, () => ({ locked, isMember: false }));
}

interface Standing {
  readonly locked: LockedPackage | undefined;
  readonly isMember: boolean;
}

function packageIn(graph: PackageGraph, dir: FilePath, standing: (manifest: Manifest) => Standing): Resolution {
  const known = graph.byDir.get(dir);
  if (known !== undefined) return { kind: "package", package: known };
  const manifest = loadManifest(graph.loader, dir);
  if (!manifest.ok) return { kind: "missing", reason: manifest.error };
  return { kind: "package", package: addPackage(graph, manifest.value, standing(manifest.value)) };
}

function addPackage(graph: PackageGraph, manifest: Manifest, { locked, isMember }: Standing): Package {
  const added: Package = {
    id: graph.packages.length,
    name: manifest.name,
    version: manifest.version,
    manifest,
    missing: undefined,
    dependencies: manifest.dependencies,
    features: manifest.features,
    isProcMacro: manifest.isProcMacro,
    isMember,
    locked,
  };
  graph.packages.push(added);
  graph.byDir.set(manifest.dir, added);
  return added;
}

/** A path package's entry in the lock file: without a source, of its version if there are several. */
function lockedByName({ lock }: PackageGraph, manifest: Manifest): LockedPackage | undefined {
  const local = (lock?.byName.get(manifest.name) ?? []).filter((entry) => entry.source === undefined);
  return local.find((entry) => entry.version === manifest.version) ?? local[0];
}

/** The package a dependency means. */
export function resolveDependency(graph: PackageGraph, from: Package, dependency: ManifestDependency): Resolution {
  let byPackage = graph.resolutions.get(dependency);
  if (byPackage === undefined) {
    byPackage = new Map();
    graph.resolutions.set(dependency, byPackage);
  }
  const known = byPackage.get(from.id);
  if (known !== undefined) return known;
  const resolution = resolve(graph, from, dependency);
  byPackage.set(from.id, resolution);
  return resolution;
}

function resolve(graph: PackageGraph, from: Package, dependency: ManifestDependency): Resolution {
  const problem = unclearDependency(from, dependency);
  if (problem !== undefined) return { kind: "missing", reason: problem };
  if (dependency.path !== undefined && from.locked?.source?.startsWith("registry+") !== true) {
    const local = packageAt(graph, dependency.path, samesourceEntry(graph, from, dependency));
    // A vendored copy of a git package still names paths that are not vendored with it.
    if (local.kind === "package" || from.locked?.source === undefined) return local;
  }
  const entries = lockedEntries(graph, from, dependency);
  const entry = oldest(entries);
  const isClear = graph.lockProblem === undefined || entries.every(({ version }) => version === entry?.version);
  if (entry !== undefined) return isClear ? lockedPackage(graph, entry) : notLocked(graph, dependency);
  if (graph.lock !== undefined)
    graph.notes.push(
      msg("the lock file does not know that `{name}` uses `{dependency}`", { name: from.name, dependency: dependency.packageName }),
    );
  return fromDisk(graph, dependency);
}

/** Why a manifest does not say what it uses: what it says of it may be in the part that cannot be read. */
function unclearDependency({ name, manifest }: Package, dependency: ManifestDependency): Message | undefined {
  const { problem, packageName, requirement, path, git } = dependency;
  const isOpen = problem !== undefined || (requirement === undefined && path === undefined && git === undefined);
  if (manifest?.problem === undefined || !isOpen) return problem;
  return msg("which `{package}` is used is not known: the manifest of `{name}` {problem}", {
    package: packageName,
    name,
    problem: manifest.problem,
  });
}

/** A path dependency inside a git checkout is locked with the checkout's source. */
function samesourceEntry(graph: PackageGraph, from: Package, { packageName }: ManifestDependency): LockedPackage | undefined {
  if (from.locked?.source === undefined) return undefined;
  return graph.lock?.byName.get(packageName)?.find((entry) => entry.source === from.locked?.source);
}

/**
 * Of the versions the lock file gives the depending package, those that fit what is required. Where several do, cargo keeps the
 * first it meets, which is the oldest (cargo 1.95 `core/registry.rs`, `lock`).
 */
function lockedEntries(graph: PackageGraph, from: Package, dependency: ManifestDependency): readonly LockedPackage[] {
  const { lock } = graph;
  if (lock === undefined || from.locked === undefined) return [];
  const written = from.locked.dependencies.filter((text) => text.split(" ", 1)[0] === dependency.packageName);
  const entries = written.flatMap((text) => lockedDependency(lock, text)).filter((entry) => satisfies(dependency, entry.version));
  const ofGit = entries.filter((entry) => (entry.source?.startsWith("git+") ?? false) === (dependency.git !== undefined));
  return ofGit.length > 0 ? ofGit : entries;
}

/** A guess would be shown as if it were known. */
function notLocked({ lockProblem }: PackageGraph, { packageName }: ManifestDependency): Resolution {
  return {
    kind: "missing",
    reason: msg("which version of `{name}` is used is not known: {reason}", { name: packageName, reason: lockProblem ?? "" }),
  };
}

function oldest<T extends { readonly version: string }>(entries: readonly T[]): T | undefined {
  return entries.toSorted((a, b) => compareVersionTexts(a.version, b.version))[0];
}

function newest<T extends { readonly version: string }>(entries: readonly T[]): T | undefined {
  return entries.toSorted((a, b) => compareVersionTexts(b.version, a.version))[0];
}

function satisfies({ requirement }: ManifestDependency, version: string): boolean {
  const parsed = parseVersion(version);
  const req = parseVersionReq(requirement ?? "*");
  // A git or path dependency needs no version, and one with a pre-release is meant all the same.
  return requirement === undefined || parsed === undefined || req === undefined || matchesReq(req, parsed);
}

function lockedPackage(graph: PackageGraph, entry: LockedPackage): Resolution {
  const known = graph.byLocked.get(entry);
  if (known !== undefined) return known;
  const resolution = entry.source === undefined ? localPackage(graph, entry) : remotePackage(graph, entry, entry.source);
  graph.byLocked.set(entry, resolution);
  return resolution;
}

/** An entry without a source: a member, something already reached by path, or a `[patch]` by path. */
function localPackage(graph: PackageGraph, entry: LockedPackage): Resolution {
  const same = (pkg: Package): boolean => pkg.name === entry.name && pkg.version === entry.version && pkg.locked?.source === undefined;
  for (const patch of graph.patches) {
    if (patch.packageName !== entry.name || patch.path === undefined) continue;
    const patched = packageAt(graph, patch.path, entry);
    if (patched.kind === "missing" || patched.package.version === entry.version) return patched;
  }
  const known = graph.packages.find(same);
  if (known !== undefined) return { kind: "package", package: known };
  return {
    kind: "missing",
    reason: msg("the lock file has `{name}` {version} as a local package, but nothing says where it lies", {
      name: entry.name,
      version: entry.version,
    }),
  };
}

function remotePackage(graph: PackageGraph, entry: LockedPackage, source: string): Resolution {
  const { name, version } = entry;
  const dir = graph.sources.find({ name, version, source });
  const found = dir.ok ? packageOfSource(graph, dir.value, entry) : undefined;
  if (found?.kind === "package") return found;
  const reason = found?.reason ?? (dir.ok ? verbatim("") : dir.error);
  return { kind: "package", package: addMissing(graph, entry, reason) };
}

/** A package without sources: cargo's index may still tell its features and dependencies. */
function addMissing(graph: PackageGraph, entry: LockedPackage, reason: Message): Package {
  const { name, version } = entry;
  const isGit = entry.source?.startsWith("git+") === true;
  const summary = isGit ? undefined : indexSummary(graph.sources.indexFolders(), name, version, graph.fs);
  const added: Package = {
    id: graph.packages.length,
    name,
    version,
    manifest: undefined,
    missing: reason,
    dependencies: summary?.dependencies ?? [],
    features: summary?.features ?? new Map(),
    isProcMacro: false,
    isMember: false,
    locked: entry,
  };
  graph.packages.push(added);
  if (summary === undefined) graph.opaque.push(added);
  return added;
}

/** Without a lock file, or where it does not know the dependency: patches, any fitting locked version, the newest one on disk. */
function fromDisk(graph: PackageGraph, dependency: ManifestDependency): Resolution {
  for (const patch of graph.patches) {
    const patched = patch.packageName === dependency.packageName && patch.path !== undefined ? packageAt(graph, patch.path) : undefined;
    if (patched?.kind === "package" && satisfies(dependency, patched.package.version)) return patched;
  }
  if (graph.lockProblem !== undefined) return notLocked(graph, dependency);
  const { packageName } = dependency;
  const isGit = dependency.git !== undefined;
  const others = graph.lock?.byName.get(packageName)?.filter((entry) => (entry.source?.startsWith("git+") ?? false) === isGit) ?? [];
  const locked = newest(others.filter(({ version }) => satisfies(dependency, version)));
  if (locked !== undefined) return lockedPackage(graph, locked);
  if (isGit)
    return {
      kind: "missing",
      reason: msg("no lock file says which commit of {git} `{name}` is", { git: dependency.git, name: packageName }),
    };
  const chosen = choose(graph, dependency);
  if (chosen !== undefined) return packageOfSource(graph, chosen.dir, undefined);
  const wanted = dependency.requirement ?? "*";
  return {
    kind: "missing",
    reason: msg("no version of `{name}` that fits `{wanted}` is on this machine, and no lock file names one", {
      name: packageName,
      wanted,
    }),
  };
}

/** What is already in the graph comes before a second, compatible version. */
function choose(graph: PackageGraph, dependency: ManifestDependency): { readonly version: string; readonly dir: FilePath } | undefined {
  const { packageName } = dependency;
  const chosen = graph.chosen.get(packageName) ?? [];
  const fitting = graph.sources.versionsOf(packageName).filter(({ version }) => satisfies(dependency, version));
  const best = newest(fitting);
  if (best === undefined) return undefined;
  const already = newest(chosen.filter(({ version }) => satisfies(dependency, version) && compatible(version, best.version)));
  if (already === undefined) graph.chosen.set(packageName, [...chosen, best]);
  return already ?? best;
}

function compatible(a: string, b: string): boolean {
  const left = parseVersion(a);
  const right = parseVersion(b);
  return left !== undefined && right !== undefined && areCompatible(left, right);
}

/**
 * Packages whose features may be other than is known, because a package that uses them cannot be read, or only in part; with the
 * reason. The index does not tell a procedural macro, so where features of host and target are apart (`decoupled`) it is not enough.
 */
export function unknownFeatures(graph: PackageGraph, { decoupled }: { readonly decoupled: boolean }): ReadonlyMap<PackageId, Message> {
  const unknown = new Map<PackageId, Message>();
  const unread = decoupled ? graph.packages.filter(({ missing }) => missing !== undefined) : graph.opaque;
  for (const pkg of [...unread, ...graph.packages.filter(({ manifest }) => manifest?.problem !== undefined)]) {
    const { name, missing, manifest } = pkg;
    const reason =
      missing === undefined
        ? msg("the features that `{name}` asks for are not known: its manifest {problem}", { name, problem: manifest?.problem ?? "" })
        : msg("the features that `{name}` asks for are not known: {reason}", { name, reason: missing });
    for (const { id } of reachedFrom(graph, pkg)) if (!unknown.has(id)) unknown.set(id, reason);
  }
  return unknown;
}

/** The packages that one may use; those of a broken manifest that the lock file does not know may be any. */
function reachedFrom(graph: PackageGraph, pkg: Package): readonly Package[] {
  if (pkg.locked === undefined && pkg.manifest !== undefined) return graph.packages;
  const reached = reachable(graph, pkg);
  return graph.packages.filter(({ locked }) => locked !== undefined && reached.has(locked));
}

function reachable({ lock }: PackageGraph, pkg: Package): ReadonlySet<LockedPackage> {
  const reached = new Set<LockedPackage>();
  const open = pkg.locked === undefined ? [] : [pkg.locked];
  for (let entry = open.pop(); entry !== undefined && lock !== undefined; entry = open.pop()) {
    if (reached.has(entry)) continue;
    reached.add(entry);
    for (const written of entry.dependencies) open.push(...lockedDependency(lock, written));
  }
  return reached;
}
