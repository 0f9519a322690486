/**
 * A folder with a `Cargo.toml`: its workspace, the packages asked for, their features, and the crates of all they use.
 *
 * Invariant: the members are those of the workspace when the folder is its root, else the folder's own package, as when cargo
 * is started there (but all members, not `default-members`). Features are unified over what is selected.
 */

import type { FileSystem } from "../base/file-system.ts";
import { lazily } from "../base/lazily.ts";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { english } from "../base/words.ts";
import type { BuildSettings } from "./build-settings.ts";
import { buildSettings, profileFolders } from "./build-settings.ts";
import { configValue } from "./cargo-config.ts";
import type { CargoLock } from "./cargo-lock.ts";
import type { Manifest, RawManifest } from "./cargo-manifest.ts";
import { resolverOf } from "./cargo-manifest.ts";
import type { CrateBuilder, Universe } from "./crate-builder.ts";
import { crateBuilder } from "./crate-builder.ts";
import { configuredEnv } from "./crate-env.ts";
import type { Environment } from "./environment.ts";
import type { CliFeatures, FeatureOptions, FeatureQuestion, ResolvedFeatures } from "./feature-resolver.ts";
import { featuresOfOtherMember, resolveFeatures } from "./feature-resolver.ts";
import type { ManifestDependency } from "./manifest-dependencies.ts";
import { readPatchTable, readReplaceTable } from "./manifest-dependencies.ts";
import type { ManifestLoader } from "./manifest-loader.ts";
import {
  findWorkspaceRoot,
  loadLock,
  loadManifest,
  loadRawManifest,
  manifestLoader,
  manifestPath,
  projectCache,
} from "./manifest-loader.ts";
import type { Package, PackageGraph } from "./package-graph.ts";
import { packageAt, packageGraph, unknownFeatures } from "./package-graph.ts";
import { loadProfile } from "./profile.ts";
import type { PackageQuery, Project, ProjectError, ProjectRequest } from "./project.ts";
import type { RestUniverses, Universes } from "./project-packages.ts";
import { projectPackage } from "./project-packages.ts";
import { compareVersionTexts } from "./semver.ts";
import { packageSources } from "./sources.ts";
import { asTable, tableEntries } from "./toml.ts";
import { isInWorkspace, workspaceMembers } from "./workspace-members.ts";

interface Loading {
  readonly request: ProjectRequest;
  readonly fs: FileSystem;
  readonly env: Environment;
  readonly loader: ManifestLoader;
  readonly root: RawManifest;
  /** Why the workspace is not known: `root` is then the package alone. */
  readonly unknownRoot: Message | undefined;
  readonly settings: BuildSettings;
  readonly notes: Message[];
}

/** Loads the project of a folder that holds a manifest. */
export function folderProject(request: ProjectRequest, dir: FilePath, fs: FileSystem, env: Environment): Result<Project, ProjectError> {
  const loader = manifestLoader(fs, request.cache ?? projectCache(), env.cargoHome);
  const own = loadRawManifest(loader, dir);
  if (!own.ok) return err({ kind: "unreadable", message: own.error });
  const found = findWorkspaceRoot(loader, own.value);
  const root = found.ok ? (found.value ?? own.value) : own.value;
  const settings = buildSettings(request, { dir, root: root.dir }, fs, env);
  if (!settings.ok) return err({ kind: "unknownTarget", message: msg("the target `{target}` is not known", { target: settings.error }) });
  const { config, toolchain } = settings.value;
  const notes = [...config.problems, ...toolchain.notes, ...(found.ok ? [] : [found.error])];
  const unknownRoot = found.ok ? undefined : found.error;
  const loading: Loading = { request, fs, env, loader, root, unknownRoot, settings: settings.value, notes };
  const graph = lockedGraph(loading);
  const members = selectMembers(loading, graph, own.value);
  const built = prepareBuild(loading, graph, { members, current: currentPackage(graph, own.value) });
  const packages = request.package === undefined ? ok(members) : findPackage(graph, built, request.package);
  return packages.ok ? ok(answer(loading, graph, built, packages.value)) : packages;
}

function lockedGraph(loading: Loading): PackageGraph {
  const { fs, env, loader, root, settings } = loading;
  const { config } = settings;
  const { lock, problem } = usableLock(loading);
  const patches = (table: unknown, base: FilePath): ManifestDependency[] =>
    tableEntries(table).flatMap(([, entries]) => readPatchTable(entries, base));
  return packageGraph({
    fs,
    loader,
    sources: packageSources(root.dir, config, fs, env),
    lock,
    lockProblem: problem,
    patches: [
      ...patches(root.document.table["patch"], root.dir),
      ...readReplaceTable(asTable(root.document.table["replace"]), root.dir),
      ...patches(configValue(config, "patch"), config.baseOf("patch") ?? root.dir),
    ],
    isMember: (dir) => isInWorkspace(root, dir),
  });
}

/** The lock file, and why it may say less than cargo would know. */
function usableLock({ loader, notes, root, unknownRoot }: Loading): { readonly lock?: CargoLock; readonly problem: Message | undefined } {
  if (unknownRoot !== undefined) return { problem: unknownRoot };
  const lock = loadLock(loader, root.dir);
  const lockPath = `${root.dir}/Cargo.lock`;
  if (lock === undefined) {
    notes.push(msg("there is no {path}: the newest fitting versions on this machine are taken", { path: lockPath }));
    return { problem: undefined };
  }
  const said = lock.ok ? lock.value.problem : undefined;
  const problem = lock.ok ? said && msg("{path} is not valid: {problem}", { path: lockPath, problem: said }) : lock.error;
  if (problem !== undefined) notes.push(problem);
  return lock.ok ? { lock: lock.value, problem } : { problem };
}

/** A member that is asked for by name is built alone, as `cargo build -p` does. */
function selectMembers({ loader, root, request, notes }: Loading, graph: PackageGraph, own: RawManifest): Package[] {
  const query = request.package;
  const isRoot = own.dir === root.dir && root.workspace !== undefined;
  const { dirs, problems } = isRoot || query !== undefined ? workspaceMembers(loader, root) : { dirs: [own.dir], problems: [] };
  notes.push(...problems);
  const members = dirs.flatMap((dir) => memberAt(graph, dir, notes));
  const named = query === undefined ? [] : members.filter((pkg) => isAskedFor(pkg, query));
  if (named.length > 0) return named;
  return isRoot ? members : members.filter((pkg) => pkg.manifest?.dir === own.dir);
}

function memberAt(graph: PackageGraph, dir: FilePath, notes: Message[]): Package[] {
  const resolution = packageAt(graph, dir);
  if (resolution.kind === "package") return [resolution.package];
  notes.push(resolution.reason);
  return [];
}

function isAskedFor(pkg: Package, { name, version }: PackageQuery): boolean {
  if (pkg.name !== name) return false;
  return (
    version === undefined ||
    pkg.version === version ||
    /^[.+]/.test(pkg.version.startsWith(version) ? pkg.version.slice(version.length) : "")
  );
}

interface Built {
  readonly builder: CrateBuilder;
  readonly universes: Universes;
}

interface Selection {
  readonly members: readonly Package[];
  /** The package of the folder that was asked for, if it is one. */
  readonly current: Package | undefined;
}

function currentPackage(graph: PackageGraph, { hasPackage, dir }: RawManifest): Package | undefined {
  const resolution = hasPackage ? packageAt(graph, dir) : undefined;
  return resolution?.kind === "package" ? resolution.package : undefined;
}

type FeatureRequest = Pick<FeatureQuestion, "selected" | "cli">;

/** Where only the current package is asked for features, it counts even beside one that is named (`asksCurrentOnly`). */
function featureRequest(selection: Selection & { readonly asksCurrentOnly: boolean }, cli: CliFeatures): FeatureRequest {
  const { members, current, asksCurrentOnly } = selection;
  if (!asksCurrentOnly) return { selected: members, cli: () => cli };
  const selected = current === undefined || members.includes(current) ? members : [...members, current];
  return { selected, cli: (pkg) => (pkg === current ? cli : featuresOfOtherMember(pkg, cli)) };
}

function prepareBuild(loading: Loading, graph: PackageGraph, { members, current }: Selection): Built {
  const { request, fs, env, settings, root, loader } = loading;
  const { config, target, host, rustVersion } = settings;
  const rootManifest = root.hasPackage ? loadManifest(loader, root.dir) : undefined;
  const resolver = resolverOf(rootManifest?.ok === true ? rootManifest.value : undefined, root.workspace);
  const decoupled = resolver !== "1";
  const selection = { members, current, asksCurrentOnly: !decoupled && root.hasPackage };
  const platforms = { target: target.platform, host: host.platform };
  const resolved = (options: FeatureOptions): ResolvedFeatures =>
    resolveFeatures({ graph, ...featureRequest(selection, request.features), platforms, options });
  const build: Universe = {
    name: "build",
    features: resolved({ decoupled, withDev: false }),
    profile: loadProfile(request.profile, root.document.table, config, env),
    alwaysUnwinds: false,
  };
  const withDev = (): ResolvedFeatures => (decoupled ? resolved({ decoupled, withDev: true }) : build.features);
  const rest = lazily(() => restUniverses(loading, build, withDev()));
  const builder = crateBuilder({
    graph,
    platforms,
    plainCfg: { target: target.plain, host: host.plain },
    flags: { target: target.flags, host: host.flags },
    buildFolders: { fs, config, profileDirs: profileFolders(settings, request.profile), listings: new Map(), origins: new Map() },
    configuredEnv: configuredEnv(config, env),
    rustVersion,
    userCfgs: (pkg) => (isMeant(pkg, request) ? request.cfgs : []),
    unknownFeatures: lazily(() => unknownFeatures(graph, { decoupled })),
  });
  return { builder, universes: { build, rest, wantsRest: request.targets === "all" } };
}

/** `cargo test` uses the profile `test`, which is `dev` unless the manifest says more. */
function restUniverses({ request, root, settings, env }: Loading, build: Universe, features: ResolvedFeatures): RestUniverses {
  const testProfile = request.profile === "dev" ? "test" : request.profile;
  const profile = loadProfile(testProfile, root.document.table, settings.config, env);
  return {
    example: { name: "example", features, profile: build.profile, alwaysUnwinds: false },
    test: { name: "test", features, profile, alwaysUnwinds: true },
  };
}

function isMeant(pkg: Package, { package: query }: ProjectRequest): boolean {
  return query === undefined ? pkg.isMember : isAskedFor(pkg, query);
}

/** Of the packages that are built, the one asked for; of those that only tests use if there is no other. */
function findPackage(graph: PackageGraph, { universes }: Built, query: PackageQuery): Result<Package[], ProjectError> {
  const builtIn = ({ features }: Universe): Package[] =>
    graph.packages.filter((pkg) => isAskedFor(pkg, query) && (features.isReached(pkg.id, "normal") || features.isReached(pkg.id, "host")));
  const inBuild = builtIn(universes.build);
  const found = inBuild.length > 0 ? inBuild : builtIn(universes.rest().example);
  const [only, second] = found;
  if (only === undefined) return err({ kind: "unknownPackage", message: notBuilt(graph, query) });
  if (second === undefined) return only.missing === undefined ? ok(found) : err({ kind: "unknownPackage", message: only.missing });
  const versions = found.map(({ version }) => version).sort(compareVersionTexts);
  const names = versions.map((version) => `${query.name}@${version}`).join(", ");
  return err({
    kind: "ambiguousPackage",
    message: msg("several versions of `{name}` are built: {versions}", { name: query.name, versions: names }),
    versions,
  });
}

function notBuilt({ lock }: PackageGraph, { name, version }: PackageQuery): Message {
  const text = version === undefined ? name : `${name}@${version}`;
  const versions = (lock?.byName.get(name) ?? []).map((entry) => entry.version);
  if (versions.length === 0) return msg("no package `{package}` is in the crate graph", { package: text });
  return msg("`{package}` is not built for this target and these features (the lock file has {versions})", {
    package: text,
    versions: versions.join(", "),
  });
}

function answer(
  { root, settings, loader, notes }: Loading,
  graph: PackageGraph,
  { builder, universes }: Built,
  selected: readonly Package[],
): Project {
  // What is built comes first, whether or not the rest is wanted: its crates have the same ids either way.
  if (universes.wantsRest) for (const pkg of selected) projectPackage(builder, pkg, { ...universes, wantsRest: false });
  const packages = selected.map((pkg) => projectPackage(builder, pkg, universes)).filter((pkg) => pkg !== undefined);
  const { config, toolchain, choice, custom, targetDir, rustVersion } = settings;
  const manifests = graph.packages.map(({ manifest }) => manifest).filter((manifest) => manifest !== undefined);
  return {
    graph: { crates: builder.crates, missing: builder.missing, sysroot: new Map() },
    packages,
    toolchain,
    rustVersion,
    target: choice,
    customTarget: custom,
    root: root.dir,
    targetDir,
    notes: unique([...notes, ...manifests.flatMap(manifestNote), ...builder.notes, ...graph.notes, ...missingNotes(graph)]),
    inputs: [...[...loader.found.keys()].map(manifestPath), `${root.dir}/Cargo.lock`, ...config.files],
  };
}

function manifestNote({ dir, problem }: Manifest): Message[] {
  return problem === undefined ? [] : [msg("{path} {problem}", { path: manifestPath(dir), problem })];
}

/** Each of them once, by what it says. */
function unique(notes: readonly Message[]): readonly Message[] {
  return [...new Map(notes.map((note) => [english(note), note])).values()];
}

function missingNotes(graph: PackageGraph): Message[] {
  return graph.packages.map(({ missing }) => missing).filter((missing) => missing !== undefined);
}
