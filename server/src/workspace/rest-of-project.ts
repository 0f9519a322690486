/**
 * The crates of a project that only tests, examples, benches and build scripts need, put behind those that are there already: their
 * dependencies are most of many projects, and few questions are about them.
 *
 * Invariant: crates that are there keep their ids. Where the project has changed meanwhile nothing is added: it is loaded again anyway.
 */
import type { CrateData, CrateGraph, CrateId, MissingDependency } from "../db/crate-graph.ts";
import type { Project, ProjectPackage } from "../project/project.ts";

/** A graph that grows at its end. */
export interface GrowingGraph extends CrateGraph {
  readonly crates: CrateData[];
  readonly missing: Map<CrateId, readonly MissingDependency[]>;
}

/** A copy that can grow. */
export function growing(graph: CrateGraph): GrowingGraph {
  return { crates: [...graph.crates], missing: new Map(graph.missing), sysroot: graph.sysroot };
}

/** Adds what a whole project has more than its first part; its packages, by the graph's ids. `missingStd`: what its crates lack besides. */
export function addRest(
  graph: GrowingGraph,
  first: Project,
  whole: Project,
  missingStd: readonly MissingDependency[],
): readonly ProjectPackage[] {
  const known = first.graph.crates.length;
  const isSame = first.graph.crates.every((crate, i) => isSameCrate(crate, whole.graph.crates[i]));
  if (!isSame) return first.packages;
  const by = graph.crates.length - known;
  const idOf = (id: CrateId): CrateId => (id < known ? id : id + by);
  for (const crate of whole.graph.crates.slice(known)) {
    const dependencies = crate.dependencies.map((dependency) => ({ ...dependency, crate: idOf(dependency.crate) }));
    graph.crates.push({ ...crate, id: idOf(crate.id), dependencies });
    const missing = [...(whole.graph.missing.get(crate.id) ?? []), ...missingStd];
    if (missing.length > 0) graph.missing.set(idOf(crate.id), missing);
  }
  return whole.packages.map((pkg) => ({
    ...pkg,
    targets: pkg.targets.map((target) => ({
      ...target,
      crate: idOf(target.crate),
      testCrate: target.testCrate === undefined ? undefined : idOf(target.testCrate),
    })),
  }));
}

function isSameCrate(a: CrateData, b: CrateData | undefined): boolean {
  return b !== undefined && a.root === b.root && a.kind === b.kind && a.packageVersion === b.packageVersion;
}
