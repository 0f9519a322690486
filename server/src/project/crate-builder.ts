/**
 * From packages to crates: each library, binary, test or build script that is compiled becomes a `CrateData` with its cfg set,
 * its extern names and its environment, once for every way it is compiled (cargo's units: for the target or for the host, with
 * or without what tests need).
 *
 * Invariant: crates that come out the same are one; dependencies have smaller ids than what uses them; a cycle is cut and noted.
 * Source: cargo 1.95 `core/compiler/unit_dependencies.rs` (`State::deps`, `compute_deps`), `core/profiles.rs` (`UnitFor`).
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { CfgOptions } from "../db/cfg.ts";
import type { CrateData, CrateId, CrateKind, Dependency, MissingDependency } from "../db/crate-graph.ts";
import type { BuildFolders, BuildOutput } from "./build-output.ts";
import { buildOutput } from "./build-output.ts";
import type { Manifest } from "./cargo-manifest.ts";
import { buildCfg } from "./cfg-builder.ts";
import { crateEnv } from "./crate-env.ts";
import type { FeaturesFor, Platforms, ResolvedFeatures } from "./feature-resolver.ts";
import { isOnPlatform } from "./feature-resolver.ts";
import type { ManifestDependency } from "./manifest-dependencies.ts";
import type { Target } from "./manifest-targets.ts";
import { crateName, libraryTarget } from "./manifest-targets.ts";
import type { Package, PackageGraph, PackageId } from "./package-graph.ts";
import { resolveDependency } from "./package-graph.ts";
import type { Profile, ProfileSettings } from "./profile.ts";
import type { RustFlags } from "./rustflags.ts";

/** One way to build everything: `cargo build`, or `cargo test`. */
export interface Universe {
  readonly name: "build" | "example" | "test";
  readonly features: ResolvedFeatures;
  readonly profile: Profile;
  /** Tests always unwind, whatever the profile's `panic`. */
  readonly alwaysUnwinds: boolean;
}

/** How a package's code is compiled. */
export interface Role {
  readonly universe: Universe;
  /** With whose features. */
  readonly featuresFor: FeaturesFor;
  /** For which machine: build scripts, procedural macros and what they use run on the host. */
  readonly machine: "target" | "host";
  /** Whether something that runs in the build brought it in: then `build-override` of the profile speaks. */
  readonly isForBuild: boolean;
}

export interface CrateBuilderInput {
  readonly graph: PackageGraph;
  readonly platforms: Platforms;
  /** The targets' own cfg, without the user's flags. */
  readonly plainCfg: { readonly target: CfgOptions; readonly host: CfgOptions };
  readonly flags: { readonly target: RustFlags; readonly host: RustFlags };
  readonly buildFolders: BuildFolders;
  readonly configuredEnv: ReadonlyMap<string, string>;
  readonly rustVersion: string | undefined;
  /** What the user adds to a package's cfg. */
  readonly userCfgs: (pkg: Package) => readonly string[];
  readonly unknownFeatures: () => ReadonlyMap<PackageId, Message>;
}

export interface CrateBuilder extends CrateBuilderInput {
  readonly crates: CrateData[];
  readonly missing: Map<CrateId, readonly MissingDependency[]>;
  readonly notes: Message[];
  /** Library crates by package and role; undefined while being made. */
  readonly libraries: Map<string, CrateId | undefined>;
  readonly interned: Map<string, CrateId>;
  readonly libraryTargets: Map<PackageId, Target | undefined>;
  readonly outputs: Map<string, BuildOutput>;
  readonly featureKeys: WeakMap<ReadonlySet<string>, string>;
  /** Whether code for the host is compiled as code for the target is. */
  readonly machinesAgree: boolean;
}

/** A builder without crates yet. */
export function crateBuilder(input: CrateBuilderInput): CrateBuilder {
  return {
    ...input,
    crates: [],
    missing: new Map(),
    notes: [],
    libraries: new Map(),
    interned: new Map(),
    libraryTargets: new Map(),
    outputs: new Map(),
    featureKeys: new WeakMap(),
    machinesAgree: input.platforms.host.triple === input.platforms.target.triple && input.flags.host === input.flags.target,
  };
}

/** The library of a package, if it has one. */
export function libraryOf(builder: CrateBuilder, pkg: Package): Target | undefined {
  if (!builder.libraryTargets.has(pkg.id)) {
    builder.libraryTargets.set(pkg.id, pkg.manifest === undefined ? undefined : libraryTarget(pkg.manifest, builder.graph.fs));
  }
  return builder.libraryTargets.get(pkg.id);
}

/** The crate of a package's library in a role; undefined without a library, or inside a cycle. */
export function libraryCrate(builder: CrateBuilder, pkg: Package, role: Role): CrateId | undefined {
  const target = libraryOf(builder, pkg);
  if (target === undefined || !target.exists) return undefined;
  const key = `${pkg.id} ${role.universe.name} ${role.featuresFor} ${role.machine} ${role.isForBuild}`;
  if (builder.libraries.has(key)) {
    const made = builder.libraries.get(key);
    if (made === undefined) builder.notes.push(msg("`{name}` depends on itself; the circle is cut there", { name: pkg.name }));
    return made;
  }
  builder.libraries.set(key, undefined);
  const id = targetCrate(builder, pkg, { target, role, isTest: false });
  builder.libraries.set(key, id);
  return id;
}

export interface CrateRequest {
  readonly target: Target;
  readonly role: Role;
  /** Compiled with `--test`: `cfg(test)` and dev-dependencies. */
  readonly isTest: boolean;
}

/** The crate of any target of a package; the same one for requests that come to the same. */
export function targetCrate(builder: CrateBuilder, pkg: Package, request: CrateRequest): CrateId | undefined {
  const { manifest } = pkg;
  if (manifest === undefined) return undefined;
  const { target, role } = request;
  const { dependencies, missing } = crateDependencies(builder, pkg, request);
  const output = target.kind === "build-script" ? NO_OUTPUT : outputOf(builder, manifest, pkg, role);
  const profile = profileOf(pkg, role);
  const key = contentKey(builder, { pkg, request, profile, dependencies, output });
  const known = builder.interned.get(key);
  if (known !== undefined) return known;
  const id = builder.crates.length;
  const problem = manifestProblem(pkg);
  builder.interned.set(key, id);
  builder.crates.push({
    id,
    name: crateName(target.name),
    kind: crateKind(request),
    root: target.root,
    edition: target.edition,
    cfg: crateCfg(builder, pkg, request, { output, profile }),
    dependencies,
    packageName: pkg.name,
    packageVersion: pkg.version,
    packageRoot: manifest.dir,
    env: crateEnv(manifest, target, output, builder.configuredEnv),
    isWorkspaceMember: pkg.isMember,
    ...(problem === undefined ? {} : { unknownDependencies: problem }),
  });
  if (missing.length > 0) builder.missing.set(id, missing);
  return id;
}

const NO_OUTPUT: BuildOutput = { kind: "none" };

interface CrateContent {
  readonly pkg: Package;
  readonly request: CrateRequest;
  readonly profile: ProfileSettings;
  readonly dependencies: readonly Dependency[];
  readonly output: BuildOutput;
}

/** All that two crates of one target can differ in. */
function contentKey(builder: CrateBuilder, { pkg, request, profile, dependencies, output }: CrateContent): string {
  const { debugAssertions, overflowChecks, panic } = profile;
  const { target, isTest, role } = request;
  const machine = builder.machinesAgree ? "" : role.machine;
  const uses = dependencies.map(({ name, crate }) => `${name}:${crate}`).join();
  const features = featuresKey(builder, role.universe.features.featuresOf(pkg.id, role.featuresFor));
  const out = output.kind === "output" ? output.outDir : output.kind;
  return `${pkg.id} ${target.kind} ${target.root} ${isTest} ${machine} ${debugAssertions} ${overflowChecks} ${panic} [${features}] ${uses} ${out}`;
}

function featuresKey({ featureKeys }: CrateBuilder, features: ReadonlySet<string>): string {
  let key = featureKeys.get(features);
  if (key === undefined) {
    key = [...features].sort().join();
    featureKeys.set(features, key);
  }
  return key;
}

/** Build scripts, procedural macros and what they use always unwind. */
function profileOf({ name, version, isMember }: Package, { universe, machine, isForBuild }: Role): ProfileSettings {
  const profile = universe.profile({ packageName: name, packageVersion: version, isMember, isForBuild });
  return universe.alwaysUnwinds || machine === "host" ? { ...profile, panic: "unwind" } : profile;
}

function crateKind({ target, isTest }: CrateRequest): CrateKind {
  return isTest ? "test" : target.kind;
}

interface Circumstances {
  readonly output: BuildOutput;
  readonly profile: ProfileSettings;
}

function crateCfg(
  builder: CrateBuilder,
  pkg: Package,
  { target, role, isTest }: CrateRequest,
  { output, profile }: Circumstances,
): CfgOptions {
  const unknownFeatures = featuresReason(builder, pkg);
  return buildCfg({
    target: builder.plainCfg[role.machine],
    flags: builder.flags[role.machine],
    profile,
    isTest: isTest || target.kind === "test" || target.kind === "bench",
    isProcMacro: target.kind === "proc-macro",
    features: [...role.universe.features.featuresOf(pkg.id, role.featuresFor)].sort(),
    extra: [...(output.kind === "output" ? output.cfgs : []), ...builder.userCfgs(pkg)],
    rustVersion: builder.rustVersion,
    unknownReason: output.kind === "unknown" && output.settable?.size !== 0 ? output.reason : undefined,
    unknownOnly: output.kind === "unknown" ? output.settable : undefined,
    unknownNames: unknownFeatures === undefined ? new Map() : new Map([["feature", unknownFeatures]]),
  });
}

function featuresReason(builder: CrateBuilder, pkg: Package): Message | undefined {
  return manifestProblem(pkg) ?? builder.unknownFeatures().get(pkg.id);
}

function manifestProblem({ name, manifest }: Package): Message | undefined {
  return manifest?.problem === undefined ? undefined : msg("the manifest of `{name}` {problem}", { name, problem: manifest.problem });
}

function outputOf(builder: CrateBuilder, manifest: Manifest, pkg: Package, { universe, featuresFor, machine }: Role): BuildOutput {
  const features = universe.features.featuresOf(pkg.id, featuresFor);
  const key = `${pkg.id} ${machine} ${featuresKey(builder, features)}`;
  const known = builder.outputs.get(key);
  if (known !== undefined) return known;
  const hasNamesakes = (builder.graph.lock?.byName.get(pkg.name)?.length ?? 0) > 1;
  const { triple } = builder.platforms[machine];
  const output = buildOutput(builder.buildFolders, { manifest, features, role: machine, triple, hasNamesakes });
  builder.outputs.set(key, output);
  return output;
}

interface CrateDependencies {
  readonly dependencies: readonly Dependency[];
  readonly missing: readonly MissingDependency[];
}

function crateDependencies(builder: CrateBuilder, pkg: Package, request: CrateRequest): CrateDependencies {
  const dependencies: Dependency[] = [];
  const missing: MissingDependency[] = [];
  const own = ownLibrary(builder, pkg, request);
  if (own !== undefined) dependencies.push(own);
  for (const dependency of pkg.dependencies) {
    if (!isUsed(builder, pkg, request, dependency)) continue;
    const edge = dependencyEdge(builder, pkg, request, dependency);
    if ("reason" in edge) missing.push(edge);
    else if (!dependencies.some(({ name }) => name === edge.name)) dependencies.push(edge);
  }
  return { dependencies, missing };
}

/** Binaries, tests, examples and benches can name the library of their package. */
function ownLibrary(builder: CrateBuilder, pkg: Package, { target, role }: CrateRequest): Dependency | undefined {
  if (target.kind === "lib" || target.kind === "proc-macro" || target.kind === "build-script") return undefined;
  const library = libraryOf(builder, pkg);
  if (library === undefined) return undefined;
  const crate = libraryCrate(builder, pkg, dependencyRole(role, pkg));
  return crate === undefined ? undefined : { name: library.name, crate };
}

/** Whether cargo hands this dependency to this target. */
function isUsed(builder: CrateBuilder, pkg: Package, { target, role, isTest }: CrateRequest, dependency: ManifestDependency): boolean {
  const { kind } = target;
  if ((kind === "build-script") !== (dependency.kind === "build")) return false;
  const seesDev = isTest || kind === "test" || kind === "bench" || kind === "example";
  if (dependency.kind === "dev" && !seesDev) return false;
  if (!isOnPlatform(dependency, builder.platforms[role.machine])) return false;
  return !dependency.optional || role.universe.features.isActive(pkg.id, role.featuresFor, dependency.name);
}

function dependencyEdge(
  builder: CrateBuilder,
  pkg: Package,
  { target, role }: CrateRequest,
  dependency: ManifestDependency,
): Dependency | MissingDependency {
  const resolution = resolveDependency(builder.graph, pkg, dependency);
  const declared = crateName(dependency.name);
  if (resolution.kind === "missing") return { name: declared, reason: resolution.reason };
  const used = resolution.package;
  if (used.missing !== undefined) return { name: declared, reason: used.missing };
  const library = libraryOf(builder, used);
  if (library === undefined)
    return { name: declared, reason: msg("`{name}` {version} has no library", { name: used.name, version: used.version }) };
  if (!library.exists)
    return {
      name: declared,
      reason: msg("the library of `{name}` should be at {path}, which is not there", { name: used.name, path: library.root }),
    };
  const crate = libraryCrate(builder, used, dependencyRole(usersRole(role, target), used));
  // Under `--test` a package may name its own library, which has but its own name (cargo 1.95 `Resolve::extern_crate_name`).
  const name = dependency.renamed && used.id !== pkg.id ? declared : library.name;
  return crate === undefined ? { name, reason: msg("`{name}` depends on itself", { name: used.name }) } : { name, crate };
}

/** What a build script uses has the host's features; the script itself has its package's. */
function usersRole(role: Role, { kind }: Target): Role {
  return kind === "build-script" || kind === "proc-macro" ? { ...role, featuresFor: "host", isForBuild: true } : role;
}

/** Procedural macros, and what they use, are for the host with the host's features. */
function dependencyRole(role: Role, used: Package): Role {
  return used.isProcMacro ? { ...role, featuresFor: "host", machine: "host", isForBuild: true } : role;
}
