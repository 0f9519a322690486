/**
 * The standard library's own sources (rustup's `rust-src`) as crates behind a project's: the workspace `library/` is loaded as any
 * other, with the features that releases are built with.
 *
 * Invariant: the project's crates keep their ids, so that a definition has the same key as with the bundled model.
 * Source: rust 1.95 `library/sysroot/Cargo.toml`, bootstrap `core/build_steps/compile.rs` (`std_cargo`).
 */

import type { FileSystem } from "../base/file-system.ts";
import type { Message } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { CrateData, CrateGraph, CrateId, MissingDependency } from "../db/crate-graph.ts";
import type { Environment } from "../project/environment.ts";
import { loadProject } from "../project/workspace.ts";

export interface LibrarySources {
  /** The `library` folder. */
  readonly library: FilePath;
  /** `1.90.0`. */
  readonly version: string;
  readonly target: string;
  /** Why the target has no `std`, if it has none. */
  readonly missingStd: Message | undefined;
}

/** The crates that code can name without a manifest. */
const NAMED = ["core", "alloc", "std", "proc_macro", "test"];
const FREESTANDING = ["core", "alloc"];

/** The graph with the library's crates; undefined where their sources cannot be read. */
export function withSourceSysroot(
  graph: CrateGraph,
  sources: LibrarySources,
  machine: { readonly fs: FileSystem; readonly env: Environment },
): CrateGraph | undefined {
  const loaded = loadLibrary(sources, machine.fs, machine.env);
  if (loaded === undefined) return undefined;
  const first = graph.crates.length;
  const crates = loaded.crates.map((crate): CrateData => {
    const dependencies = crate.dependencies.map((dependency) => ({ ...dependency, crate: first + dependency.crate }));
    return { ...crate, id: first + crate.id, dependencies, isWorkspaceMember: false };
  });
  const missing = new Map<CrateId, readonly MissingDependency[]>(graph.missing);
  for (const [id, list] of loaded.missing) missing.set(first + id, list);
  const { missingStd } = sources;
  if (missingStd !== undefined)
    for (const { id } of graph.crates) missing.set(id, [...(missing.get(id) ?? []), { name: "std", reason: missingStd }]);
  const sysroot = new Map<string, CrateId>();
  for (const name of missingStd === undefined ? NAMED : FREESTANDING) {
    const named = crates.find((crate) => crate.name === name && crate.packageName === name);
    if (named !== undefined) sysroot.set(name, named.id);
  }
  return sysroot.has("core") ? { crates: [...graph.crates, ...crates], missing, sysroot } : undefined;
}

function loadLibrary({ library, version, target }: LibrarySources, fs: FileSystem, env: Environment): CrateGraph | undefined {
  const loaded = loadProject(
    {
      path: `${library}/sysroot`,
      target: { explicit: target, rustAnalyzer: undefined },
      toolchain: undefined,
      rustVersion: version,
      profile: "release",
      targetDirs: [],
      features: { features: ["backtrace", "panic-unwind"], allFeatures: false, noDefaultFeatures: true },
      cfgs: [],
      package: undefined,
      edition: undefined,
      targets: "main",
      cache: undefined,
    },
    fs,
    // The user's flags and variables are not what the library was built with.
    { ...env, variables: new Map() },
  );
  return loaded.ok ? loaded.value.graph : undefined;
}
