/**
 * The packages a project answers for, with the crates of their targets: the workspace's members, or one package of the graph.
 *
 * Invariant: features are those of `cargo build` for all selected packages at once; what only tests, examples and benches use
 * comes in for their own crates (resolver 2), as `cargo test` has it.
 */
import type { CrateId } from "../db/crate-graph.ts";
import type { CrateBuilder, Role, Universe } from "./crate-builder.ts";
import { libraryCrate, libraryOf, targetCrate } from "./crate-builder.ts";
import type { Target } from "./manifest-targets.ts";
import { binaryTargets, buildScriptTarget, otherTargets } from "./manifest-targets.ts";
import type { Package } from "./package-graph.ts";
import type { ProjectPackage, ProjectTarget } from "./project.ts";

/** The ways a project is built; only the first when nobody asked for tests, examples and benches. */
export interface Universes {
  readonly build: Universe;
  readonly rest: { readonly example: Universe; readonly test: Universe } | undefined;
}

/** Makes the crates of a package's targets; undefined for a package without sources. */
export function projectPackage(builder: CrateBuilder, pkg: Package, universes: Universes): ProjectPackage | undefined {
  const { manifest } = pkg;
  if (manifest === undefined) return undefined;
  const { build, rest } = universes;
  return {
    name: pkg.name,
    version: pkg.version,
    root: manifest.dir,
    edition: manifest.edition,
    isMember: pkg.isMember,
    targets: [...mainTargets(builder, pkg, universes), ...(rest === undefined ? [] : restTargets(builder, pkg, build, rest))],
    features: [...build.features.featuresOf(pkg.id, normalOrHost(pkg, build))].sort(),
  };
}

/** The library and the binaries. */
function mainTargets(builder: CrateBuilder, pkg: Package, { build, rest }: Universes): ProjectTarget[] {
  const { manifest } = pkg;
  const targets = manifest === undefined ? [] : [libraryOf(builder, pkg), ...binaryTargets(manifest, builder.graph.fs)];
  return targets.flatMap((target) => {
    if (target === undefined || !hasCode(builder, pkg, target)) return [];
    const role = libraryRole(pkg, target, build);
    const crate = target.kind === "bin" ? targetCrate(builder, pkg, { target, role, isTest: false }) : libraryCrate(builder, pkg, role);
    const testRole = rest === undefined || !pkg.isMember ? undefined : libraryRole(pkg, target, rest.test);
    const testCrate = testRole === undefined ? undefined : targetCrate(builder, pkg, { target, role: testRole, isTest: true });
    return crate === undefined ? [] : [projectTarget(pkg, target, { role, crate, testCrate })];
  });
}

/** The build script of every package; examples, tests and benches of members. */
function restTargets(
  builder: CrateBuilder,
  pkg: Package,
  build: Universe,
  rest: { readonly example: Universe; readonly test: Universe },
): ProjectTarget[] {
  const { manifest } = pkg;
  if (manifest === undefined) return [];
  const { fs } = builder.graph;
  const targets = [...(pkg.isMember ? otherTargets(manifest, fs) : []), buildScriptTarget(manifest, fs)];
  return targets.flatMap((target) => {
    if (target === undefined || !hasCode(builder, pkg, target)) return [];
    const role =
      target.kind === "build-script"
        ? scriptRole(pkg, build)
        : libraryRole(pkg, target, target.kind === "example" ? rest.example : rest.test);
    const crate = targetCrate(builder, pkg, { target, role, isTest: false });
    return crate === undefined ? [] : [projectTarget(pkg, target, { role, crate, testCrate: undefined })];
  });
}

function hasCode(builder: CrateBuilder, pkg: Package, target: Target): boolean {
  if (!target.exists)
    builder.notes.push(`${target.root} is not there: the ${target.kind} target \`${target.name}\` of \`${pkg.name}\` has no code`);
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

/** A package that only build scripts and procedural macros use has its features there. */
function normalOrHost(pkg: Package, { features }: Universe): "normal" | "host" {
  return features.isReached(pkg.id, "normal") ? "normal" : "host";
}

function libraryRole(pkg: Package, target: Target, universe: Universe): Role {
  if (target.kind === "proc-macro") return { universe, featuresFor: "host", machine: "host" };
  const featuresFor = normalOrHost(pkg, universe);
  return { universe, featuresFor, machine: featuresFor === "host" ? "host" : "target" };
}

/** A build script runs on the host with the features its package has. */
function scriptRole(pkg: Package, universe: Universe): Role {
  return { universe, featuresFor: normalOrHost(pkg, universe), machine: "host" };
}
