/**
 * Which features and optional dependencies of each package are on: cargo's feature resolver, versions 1, 2 and 3.
 *
 * Version 1 unifies everything: dependencies of all platforms, of build scripts, of tests. From version 2 on, dependencies of
 * other platforms do not count, what build scripts and procedural macros use is apart from what the target uses
 * (`FeaturesFor`), and dev-dependencies count only when tests, examples or benches are built. (Version 3 differs in which
 * versions a new lock file gets, not here.)
 *
 * Invariant: terminates on cyclic dependencies and features: each package and each feature is entered once.
 * Source: cargo 1.95 `core/resolver/features.rs` (`FeatureResolver`: `activate_pkg`, `activate_rec`, `activate_dep_feature`).
 */
import type { CfgOptions } from "../db/cfg.ts";
import { evaluateCfg } from "../db/cfg-expr.ts";
import type { FeatureValue } from "./feature-value.ts";
import { featureValue } from "./feature-value.ts";
import type { ManifestDependency } from "./manifest-dependencies.ts";
import type { Package, PackageGraph, PackageId } from "./package-graph.ts";
import { resolveDependency } from "./package-graph.ts";

/** Whether a package is compiled for the target, or for build scripts and procedural macros. */
export type FeaturesFor = "normal" | "host";

export interface FeatureOptions {
  /** Resolver 2 and 3. */
  readonly decoupled: boolean;
  /** Whether tests, examples or benches are built too. */
  readonly withDev: boolean;
}

export interface CliFeatures {
  readonly features: readonly string[];
  readonly allFeatures: boolean;
  readonly noDefaultFeatures: boolean;
}

/** What `[target.X]` tables are asked against. */
export interface Platforms {
  readonly target: Platform;
  readonly host: Platform;
}

export interface Platform {
  readonly triple: string;
  /** `rustc --print cfg` with the user's flags, as cargo asks it. */
  readonly options: CfgOptions;
}

export interface FeatureQuestion {
  readonly graph: PackageGraph;
  /** The packages that are built, in order. */
  readonly selected: readonly Package[];
  /** What the command line asks of a selected package. */
  readonly cli: (pkg: Package) => CliFeatures;
  readonly platforms: Platforms;
  readonly options: FeatureOptions;
}

export interface ResolvedFeatures {
  /** The features of a package that are on; empty for a package that is not reached. */
  readonly featuresOf: (id: PackageId, featuresFor: FeaturesFor) => ReadonlySet<string>;
  /** Whether the package is built in that role at all. */
  readonly isReached: (id: PackageId, featuresFor: FeaturesFor) => boolean;
  /** Whether an optional dependency, by the name it is declared under, is on. */
  readonly isActive: (id: PackageId, featuresFor: FeaturesFor, dependency: string) => boolean;
}

interface Activation {
  readonly features: Set<string>;
  readonly dependencies: Set<string>;
  /** Weak features that wait for their dependency: `x?/f`. */
  readonly deferred: Map<string, Set<string>>;
  entered: boolean;
}

interface Resolver extends FeatureQuestion {
  readonly activations: Map<string, Activation>;
  readonly selectedIds: ReadonlySet<PackageId>;
}

/** Resolves the features of everything the selected packages reach. */
export function resolveFeatures(question: FeatureQuestion): ResolvedFeatures {
  const resolver: Resolver = { ...question, activations: new Map(), selectedIds: new Set(question.selected.map(({ id }) => id)) };
  for (const pkg of question.selected) {
    const requested = requestedFeatures(pkg, question.cli(pkg));
    // A procedural macro of the workspace is also built as a normal package, for its own tests.
    activatePackage(resolver, { pkg, featuresFor: "normal" }, requested);
    if (question.options.decoupled && pkg.isProcMacro) activatePackage(resolver, { pkg, featuresFor: "host" }, requested);
  }
  const at = (id: PackageId, featuresFor: FeaturesFor): Activation | undefined => resolver.activations.get(key(resolver, id, featuresFor));
  return {
    featuresOf: (id, featuresFor) => at(id, featuresFor)?.features ?? new Set(),
    isReached: (id, featuresFor) => at(id, featuresFor) !== undefined,
    isActive: (id, featuresFor, dependency) => at(id, featuresFor)?.dependencies.has(dependency) ?? false,
  };
}

/** A package in one of its two roles. */
interface Node {
  readonly pkg: Package;
  readonly featuresFor: FeaturesFor;
}

function key({ options }: Resolver, id: PackageId, featuresFor: FeaturesFor): string {
  return options.decoupled && featuresFor === "host" ? `${id}h` : `${id}`;
}

function activation(resolver: Resolver, { pkg, featuresFor }: Node): Activation {
  const at = key(resolver, pkg.id, featuresFor);
  const known = resolver.activations.get(at);
  if (known !== undefined) return known;
  const made: Activation = { features: new Set(), dependencies: new Set(), deferred: new Map(), entered: false };
  resolver.activations.set(at, made);
  return made;
}

/** The names in `--features a,b` and `--features "a b"`. */
function cliFeatureNames({ features }: CliFeatures): string[] {
  return features.flatMap((item) => item.split(/[\s,]+/)).filter((item) => item !== "");
}

/**
 * With resolver 1 and a package at the workspace's root, features are asked of the package of the current folder only; another
 * member takes no more than `member/feature` and `--all-features` (cargo 1.95 `Workspace::members_with_features_old`).
 */
export function featuresOfOtherMember(pkg: Package, cli: CliFeatures): CliFeatures {
  return { ...cli, features: cliFeatureNames(cli).filter((text) => text.startsWith(`${pkg.name}/`)), noDefaultFeatures: false };
}

/** `--features a,b`, `--all-features`, `--no-default-features`; what a member does not have does not concern it. */
function requestedFeatures(pkg: Package, cli: CliFeatures): FeatureValue[] {
  const requested: FeatureValue[] = [];
  if (cli.allFeatures) requested.push(...[...pkg.features.keys()].map((feature): FeatureValue => ({ kind: "feature", feature })));
  for (const value of cliFeatureNames(cli).map(featureValue)) {
    // `member/feature` names a feature of that member.
    if (value.kind === "dependencyFeature" && value.dependency === pkg.name) requested.push({ kind: "feature", feature: value.feature });
    else if (value.kind !== "feature" || pkg.features.has(value.feature)) requested.push(value);
  }
  if (!cli.noDefaultFeatures && pkg.features.has("default")) requested.push({ kind: "feature", feature: "default" });
  return requested;
}

function activatePackage(resolver: Resolver, node: Node, values: readonly FeatureValue[]): void {
  const state = activation(resolver, node);
  for (const value of values) activateValue(resolver, node, value);
  if (state.entered) return;
  state.entered = true;
  for (const dependency of node.pkg.dependencies) {
    if (!dependency.optional) enterDependency(resolver, node, dependency);
  }
}

function activateValue(resolver: Resolver, node: Node, value: FeatureValue): void {
  switch (value.kind) {
    case "feature":
      activateFeature(resolver, node, value.feature);
      break;
    case "dependency":
      activateDependency(resolver, node, value.dependency);
      break;
    case "dependencyFeature":
      activateDependencyFeature(resolver, node, value);
      break;
  }
}

function activateFeature(resolver: Resolver, node: Node, feature: string): void {
  const { features } = activation(resolver, node);
  if (features.has(feature)) return;
  features.add(feature);
  for (const value of node.pkg.features.get(feature) ?? []) activateValue(resolver, node, value);
}

function activateDependency(resolver: Resolver, node: Node, name: string): void {
  const state = activation(resolver, node);
  state.dependencies.add(name);
  const deferred = state.deferred.get(name);
  state.deferred.delete(name);
  for (const dependency of node.pkg.dependencies) {
    if (dependency.name !== name) continue;
    const target = countedDependency(resolver, node, dependency);
    if (target === undefined) continue;
    for (const feature of deferred ?? []) activateValue(resolver, target, featureValue(feature));
    activatePackage(resolver, target, dependencyFeatures(target.pkg, dependency));
  }
}

interface DependencyFeature {
  readonly dependency: string;
  readonly feature: string;
  readonly weak: boolean;
}

function activateDependencyFeature(resolver: Resolver, node: Node, value: DependencyFeature): void {
  const state = activation(resolver, node);
  for (const dependency of node.pkg.dependencies) {
    if (dependency.name !== value.dependency) continue;
    const target = countedDependency(resolver, node, dependency);
    if (target === undefined) continue;
    if (dependency.optional) {
      if (value.weak && !state.dependencies.has(value.dependency)) {
        defer(state, value);
        continue;
      }
      activateDependency(resolver, node, value.dependency);
      // Before `dep:` existed `x/f` also meant the feature `x`; it still does where that feature exists.
      if (!value.weak && node.pkg.features.has(value.dependency)) activateFeature(resolver, node, value.dependency);
    }
    activateValue(resolver, target, featureValue(value.feature));
  }
}

function defer(state: Activation, { dependency, feature }: DependencyFeature): void {
  const waiting = state.deferred.get(dependency);
  if (waiting === undefined) state.deferred.set(dependency, new Set([feature]));
  else waiting.add(feature);
}

function enterDependency(resolver: Resolver, node: Node, dependency: ManifestDependency): void {
  const target = countedDependency(resolver, node, dependency);
  if (target !== undefined) activatePackage(resolver, target, dependencyFeatures(target.pkg, dependency));
}

/** What a dependency's declaration turns on in the package it means. */
function dependencyFeatures(pkg: Package, dependency: ManifestDependency): FeatureValue[] {
  const values = dependency.features.map(featureValue);
  if (dependency.defaultFeatures && pkg.features.has("default")) values.push({ kind: "feature", feature: "default" });
  return values;
}

/** The package a dependency leads to, in its role; undefined when it does not count here or leads nowhere. */
function countedDependency(resolver: Resolver, node: Node, dependency: ManifestDependency): Node | undefined {
  const { decoupled, withDev } = resolver.options;
  if (dependency.kind === "dev" && ((decoupled && !withDev) || !resolver.selectedIds.has(node.pkg.id))) return undefined;
  const isForHost = dependency.kind === "build" || node.featuresFor === "host";
  if (decoupled && !isOnPlatform(dependency, isForHost ? resolver.platforms.host : resolver.platforms.target)) return undefined;
  const resolution = resolveDependency(resolver.graph, node.pkg, dependency);
  if (resolution.kind === "missing") return undefined;
  const hosted = decoupled && (isForHost || resolution.package.isProcMacro);
  return { pkg: resolution.package, featuresFor: hosted ? "host" : node.featuresFor };
}

/** Whether a dependency's target table speaks of this platform. */
export function isOnPlatform({ platform }: ManifestDependency, { triple, options }: Platform): boolean {
  if (platform === undefined) return true;
  return platform.cfg === undefined ? platform.text === triple : evaluateCfg(platform.cfg, options).truth === "true";
}
