/**
 * The standard library's crates behind a project's own, and what stands in for `std` where a target has none.
 *
 * Invariant: a crate of the project that names a `std` the target does not have gets the reason, never another target's `std`. Only
 * a type that stands alone (the command line's) may say `std::…` for what `core` and `alloc` hold; for the rest it gets the reason, too.
 */
import type { Message } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { CrateData, CrateGraph, CrateId, Dependency, MissingDependency } from "../db/crate-graph.ts";
import { parseTargetCfg } from "../project/cfg-builder.ts";
import type { StdCrate, StdModel } from "../project/std-model.ts";
import { EMPTY_CRATE_ROOT, FACADE_ROOT } from "./std-files.ts";

/** The graph with the standard library's crates. */
export function withSysroot(graph: CrateGraph, std: StdModel, cfg: readonly string[]): CrateGraph {
  const crates = [...std.crates, ...facade(graph, std)];
  const first = graph.crates.length;
  const ids = new Map(crates.map((crate, i) => [crate.name, first + i]));
  const options = parseTargetCfg({ atoms: cfg, unsure: [] });
  const added = crates.map((crate, i): CrateData => {
    const dependencies = crate.dependencies.flatMap((name): Dependency[] => {
      const id = ids.get(name);
      return id === undefined ? [] : [{ name, crate: id }];
    });
    return {
      id: first + i,
      name: crate.name,
      kind: "std",
      root: crate.root,
      edition: crate.edition,
      cfg: options,
      dependencies,
      packageName: crate.name,
      packageVersion: "",
      packageRoot: crate.root,
      env: new Map(),
      isWorkspaceMember: false,
      ...(crate.root === FACADE_ROOT && std.missingStd !== undefined ? { incomplete: std.missingStd } : {}),
    };
  });
  const missing = withMissing(graph, missingOf(std, ids));
  return { crates: [...graph.crates, ...added], missing, sysroot: ids };
}

/** The graph of a target whose standard library is not bundled at all. */
export function withoutSysroot(graph: CrateGraph, reason: Message): CrateGraph {
  return { ...graph, missing: withMissing(graph, missingWithout(reason)) };
}

/** What every crate of a project lacks where `std` is not bundled. */
export function missingWithout(reason: Message): readonly MissingDependency[] {
  return ["std", "core", "alloc"].map((name) => ({ name, reason }));
}

/** What every crate of a project lacks of a bundled `std`. */
export function missingOf({ missingStd }: StdModel, sysroot: CrateGraph["sysroot"]): readonly MissingDependency[] {
  return missingStd === undefined || sysroot.has("std") ? [] : [{ name: "std", reason: missingStd }];
}

function withMissing(graph: CrateGraph, more: readonly MissingDependency[]): CrateGraph["missing"] {
  if (more.length === 0) return graph.missing;
  return new Map(graph.crates.map(({ id }) => [id, [...(graph.missing.get(id) ?? []), ...more]]));
}

function facade(graph: CrateGraph, std: StdModel): readonly StdCrate[] {
  const isAlone = graph.crates.every((crate) => crate.root === EMPTY_CRATE_ROOT);
  if (!isAlone || std.missingStd === undefined) return [];
  return [{ name: "std", root: FACADE_ROOT, edition: 2021, dependencies: std.crates.map((crate) => crate.name) }];
}

/** Text search in the std model's crates. */
export function stdTextIndex(graph: CrateGraph, std: StdModel): (krate: CrateId, text: string) => readonly FilePath[] | undefined {
  return (krate, text) => {
    const crate = graph.crates[krate];
    if (crate?.kind !== "std") return undefined;
    return crate.root === FACADE_ROOT ? [] : std.filesMentioning(crate.name, text);
  };
}
