/**
 * Which crates of a project may compile a file. Those of tests, examples, benches and build scripts are loaded when something needs
 * them: a file that is no part of the library or a binary, items that only tests have, reading ahead.
 */
import type { FileSystem } from "../base/file-system.ts";
import { lazily } from "../base/lazily.ts";
import type { FilePath } from "../base/path.ts";
import { dirname } from "../base/path.ts";
import type { CrateId, MissingDependency } from "../db/crate-graph.ts";
import { moduleByWalk } from "../hir/file-modules.ts";
import type { World } from "../hir/world.ts";
import type { Project, ProjectPackage } from "../project/project.ts";
import type { GrowingGraph } from "./rest-of-project.ts";
import { addRest } from "./rest-of-project.ts";

export interface ProjectCratesInput {
  readonly project: Project;
  readonly graph: GrowingGraph;
  readonly world: () => World;
  readonly files: FileSystem;
  /** The project with all its targets, where it has only the first; undefined if it cannot be loaded any more. */
  readonly whole: (() => Project | undefined) | undefined;
  /** What the crates lack besides what they say. */
  readonly lacks: readonly MissingDependency[];
}

export class ProjectCrates {
  readonly #input: ProjectCratesInput;
  readonly #all: () => readonly ProjectPackage[];

  constructor(input: ProjectCratesInput) {
    this.#input = input;
    this.#all = lazily(() => {
      const { project, graph, whole, lacks } = input;
      const loaded = whole?.();
      return loaded === undefined ? project.packages : addRest(graph, project, loaded, lacks);
    });
  }

  /** The crates of the library and the binaries, if it is plain that one of them compiles the file; all otherwise. */
  firstFor(path: FilePath): readonly CrateId[] {
    const { project, whole } = this.#input;
    const isPlain = whole === undefined || project.packages.some((pkg) => this.#isPlainly(pkg, path));
    const near = isPlain ? this.#near(project.packages, path) : [];
    return near.length > 0 ? near : this.allFor(path);
  }

  /** By root, then by the nearest root folder; those that are built before their tests. */
  allFor(path: FilePath): readonly CrateId[] {
    const packages = this.#all();
    const near = this.#near(packages, path);
    if (near.length > 0) return near;
    // One that lies in none of their folders: `#[path]` or `include!` names it.
    const { defs } = this.#input.world();
    const crates = packages.flatMap((pkg) => pkg.targets.map((target) => target.crate));
    return crates.filter((krate) => moduleByWalk(defs, krate, path) !== undefined);
  }

  /** Crates of dependencies whose sources a file lies in. */
  dependenciesFor(path: FilePath): readonly CrateId[] {
    const found = this.#dependencies(path);
    if (found.length > 0) return found;
    this.#all();
    return this.#dependencies(path);
  }

  #dependencies(path: FilePath): readonly CrateId[] {
    const { crates } = this.#input.graph;
    return crates.filter((it) => !it.isWorkspaceMember && it.kind !== "std" && path.startsWith(`${it.packageRoot}/`)).map(({ id }) => id);
  }

  *own(): Generator<CrateId, void> {
    const seen = new Set<CrateId>();
    for (const packages of [(): readonly ProjectPackage[] => this.#input.project.packages, this.#all]) {
      for (const { crate } of packages().flatMap((pkg) => pkg.targets)) {
        if (!seen.has(crate)) yield crate;
        seen.add(crate);
      }
    }
  }

  /** Whether a file lies in `src`, beside the root of a target that is built, and the manifest names it for no other target. */
  #isPlainly({ root, targets }: ProjectPackage, path: FilePath): boolean {
    const source = `${root}/src`;
    if (!path.startsWith(`${source}/`) || !targets.some((target) => dirname(target.root) === source)) return false;
    const manifest = this.#input.files.readFile(`${root}/Cargo.toml`);
    return manifest.kind === "text" && !manifest.text.includes(path.slice(root.length + 1));
  }

  #near(packages: readonly ProjectPackage[], path: FilePath): readonly CrateId[] {
    const { crates } = this.#input.graph;
    const main = packages.flatMap((pkg) => pkg.targets.map((target) => target.crate));
    const tests = packages.flatMap((pkg) => pkg.targets.flatMap((target) => target.testCrate ?? []));
    const rank = (id: CrateId): number => {
      const root = crates[id]?.root ?? "";
      if (root === path) return Number.MAX_SAFE_INTEGER;
      const dir = `${dirname(root)}/`;
      return path.startsWith(dir) ? dir.length : -1;
    };
    const sorted = (ids: readonly CrateId[]): readonly CrateId[] => ids.filter((id) => rank(id) >= 0).toSorted((a, b) => rank(b) - rank(a));
    return [...sorted(main), ...sorted(tests)];
  }
}
