/**
 * The packages a project answers for, with the crates of their targets: the workspace's members, or one package of the graph.
 *
 * Invariant: features are those of `cargo build` for all selected packages at once; what only tests, examples and benches use
 * comes in for their own crates (resolver 2), as `cargo test` has it.
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { CrateId } from "../db/crate-graph.ts";
import type { CrateBuilder, Role, Universe } from "./crate-builder.ts";
import { libraryCrate, libraryOf, targetCrate } from "./crate-builder.ts";
import type { Target } from "./manifest-targets.ts";
import { binaryTargets, buildScriptTarget, otherTargets } from "./manifest-targets.ts";
import type { Package } from "./package-graph.ts";
import type { ProjectPackage, ProjectTarget } from "./project.ts";

/** The ways a project is built. */
export interface Universes {
  readonly build: Universe;
  /** What tests, examples and benches need is resolved when it is first asked for. */
  readonly rest: () => RestUniverses;
  /** Whether tests, examples, benches and build scripts are wanted. */
  readonly wantsRest: boolean;
}

export interface RestUniverses {
  readonly example: Universe;
  readonly test: Universe;
}

/** Makes the crates of a package's targets; undefined for a package without sources. */
export function projectPackage(builder: CrateBuilder, pkg: Package, universes: Universes): ProjectPackage | undefined {
  const { manifest } = pkg;
  if (manifest === undefined) return undefined;
  const main = isBuilt(pkg, universes.build) ? universes.build : universes.rest().example;
  const targets = [
    ...mainTargets(builder, pkg, main, universes),
    ...(universes.wantsRest ? restTargets(builder, pkg, main, universes) : []),
  ];
  if (targets.length === 0) builder.notes.push(noTargets(builder, pkg.name, manifest.dir));
  return {
    name: pkg.name,
    version: pkg.version,
    root: manifest.dir,
    edition: manifest.edition,
    isMember: pkg.isMember,
    targets,
    features: [...main.features.featuresOf(pkg.id, normalOrHost(pkg, main))].sort(),
  };
}

/** A root that may be there is not seen where it cannot be read. */
function noTargets({ graph }: CrateBuilder, name: string, dir: FilePath): Message {
  for (const root of [`${dir}/src/lib.rs`, `${dir}/src/main.rs`]) {
    const content = graph.fs.readFile(root);
    if (content.kind === "unreadable")
      return msg("`{name}` has no library and no binary: {path} cannot be read: {reason}", { name, path: root, reason: content.reason });
  }
  return msg("`{name}` has no library and no binary", { name });
}

/** The library and the binaries. */
function mainTargets(builder: CrateBuilder, pkg: Package, main: Universe, { rest, wantsRest }: Universes): ProjectTarget[] {
  const { manifest } = pkg;
  const targets = manifest === undefined ? [] : [libraryOf(builder, pkg), ...binaryTargets(manifest, builder.graph.fs)];
  return targets.flatMap((target) => {
    if (target === undefined || !hasCode(builder, pkg, target)) return [];
    const role = libraryRole(pkg, target, main);
    const crate = target.kind === "bin" ? targetCrate(builder, pkg, { target, role, isTest: false }) : libraryCrate(builder, pkg, role);
    const testCrate = wantsRest && pkg.isMember ? testCrateOf(builder, pkg, target, rest().test) : undefined;
    return crate === undefined ? [] : [projectTarget(pkg, target, { role, crate, testCrate })];
  });
}

function testCrateOf(builder: CrateBuilder, pkg: Package, target: Target, universe: Universe): CrateId | undefined {
  return targetCrate(builder, pkg, { target, role: libraryRole(pkg, target, universe), isTest: true });
}

/** The build script of any package; examples, tests and benches of members. */
function restTargets(builder: CrateBuilder, pkg: Package, main: Universe, { rest }: Universes): ProjectTarget[] {
  const { manifest } = pkg;
  if (manifest === undefined) return [];
  const { fs } = builder.graph;
  const targets = [...(pkg.isMember ? otherTargets(manifest, fs) : []), buildScriptTarget(manifest, fs)];
  return targets.flatMap((target) => {
    if (target === undefined || !hasCode(builder, pkg, target)) return [];
    const isExample = target.kind === "example";
    const role =
      target.kind === "build-script" ? scriptRole(pkg, main) : libraryRole(pkg, target, isExample ? rest().example : rest().test);
    const crate = targetCrate(builder, pkg, { target, role, isTest: false });
    const testCrate = isExample ? testCrateOf(builder, pkg, target, rest().test) : undefined;
    return crate === undefined ? [] : [projectTarget(pkg, target, { role, crate, testCrate })];
  });
}

function hasCode(builder: CrateBuilder, pkg: Package, target: Target): boolean {
  if (!target.exists)
    builder.notes.push(
      msg("{path} is not there: the {kind} target `{target}` of `{name}` has no code", {
        path: target.root,
        kind: target.kind,
        target: target.name,
        name: pkg.name,
      }),
    );
  return target.exists;
}

interface Made {
  readonly role: Role;
  readonly crate: CrateId;
  readonly testCrate: CrateId | undefined;
}

function projectTarget(
  pkg: Package,
  { kind, name, root, edition, requiredFeatures }: Target,
  { role, crate, testCrate }: Made,
): ProjectTarget {
  const active = role.universe.features.featuresOf(pkg.id, role.featuresFor);
  const missingFeatures = requiredFeatures.filter((feature) => !feature.includes("/") && !active.has(feature));
  return { kind, name, root, edition, crate, testCrate, missingFeatures };
}

function isBuilt(pkg: Package, { features }: Universe): boolean {
  return features.isReached(pkg.id, "normal") || features.isReached(pkg.id, "host");
}

/** A package that only build scripts and procedural macros use has its features there. */
function normalOrHost(pkg: Package, { features }: Universe): "normal" | "host" {
  return features.isReached(pkg.id, "normal") ? "normal" : "host";
}

/** `build-override` does not speak of a procedural macro that is built for itself (cargo 1.95 `UnitFor::new_compiler`). */
function libraryRole(pkg: Package, target: Target, universe: Universe): Role {
  if (target.kind === "proc-macro") return { universe, featuresFor: "host", machine: "host", isForBuild: !pkg.isMember };
  const featuresFor = normalOrHost(pkg, universe);
  return { universe, featuresFor, machine: featuresFor === "host" ? "host" : "target", isForBuild: featuresFor === "host" };
}

/** A build script runs on the host with the features its package has. */
function scriptRole(pkg: Package, universe: Universe): Role {
  return { universe, featuresFor: normalOrHost(pkg, universe), machine: "host", isForBuild: true };
}
