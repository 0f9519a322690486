/**
 * FileIndex: the definitions of a file, memoised: where they stand and what the editor is told of them.
 *
 * Invariant: recomputed when the file's units move; look-ups by definition cost one map access.
 */
import type { FilePath } from "../base/path.ts";
import type { CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import { definitionModel } from "./definition-model.ts";
import { moduleByPath, moduleByWalk } from "./file-modules.ts";
import type { TypeDefinition } from "./model.ts";
import type { PlacedDef, UnitDefs } from "./source-map.ts";
import { definitionsInFile, fileRange, flatDefs } from "./source-map.ts";
import type { World } from "./world.ts";

/** The definitions of a file; what not every question needs is put together when it is asked for. */
export class FileDefinitions {
  readonly units: readonly UnitDefs[];
  readonly #world: World;
  readonly #file: FilePath;
  #placed: readonly PlacedDef[] | undefined;
  #byDef: ReadonlyMap<DefId, PlacedDef> | undefined;
  #definitions: readonly TypeDefinition[] | undefined;

  constructor(world: World, file: FilePath, units: readonly UnitDefs[]) {
    this.#world = world;
    this.#file = file;
    this.units = units;
  }

  get placed(): readonly PlacedDef[] {
    this.#placed ??= [...flatDefs(this.units, () => true)];
    return this.#placed;
  }

  get byDef(): ReadonlyMap<DefId, PlacedDef> {
    this.#byDef ??= new Map(this.placed.map((one) => [one.def, one]));
    return this.#byDef;
  }

  /** In source order. */
  get definitions(): readonly TypeDefinition[] {
    this.#definitions ??= [...flatDefs(this.units, holdsTypes)].flatMap((one) => definitionModel(this.#world, one, this.#file) ?? []);
    return this.#definitions;
  }
}

function holdsTypes({ found, inner }: UnitDefs): boolean {
  return found.holdsTypes || inner.length > 0;
}

interface FileKey {
  readonly crates: readonly CrateId[];
  readonly file: FilePath;
}

interface ModuleFile {
  readonly module: ModuleId;
  readonly file: FilePath;
}

export class FileIndex {
  readonly #world: World;
  readonly #files: Query<ModuleFile, FileDefinitions>;
  readonly #moduleFiles = new Map<ModuleId, Map<FilePath, ModuleFile>>();
  readonly #modules: Query<FileKey, ModuleId | undefined>;
  readonly #keys = new Map<string, FileKey>();
  readonly #nothing: FileDefinitions;
  /** What was computed last, to take over what is the same still. */
  readonly #former = new WeakMap<ModuleFile, readonly UnitDefs[]>();

  constructor(world: World) {
    this.#world = world;
    this.#nothing = new FileDefinitions(world, "", []);
    this.#modules = new Query<FileKey, ModuleId | undefined>(world.runtime, { name: "fileModule", compute: (key) => this.#find(key) });
    this.#files = new Query(world.runtime, { name: "fileDefinitions", compute: (key) => this.#compute(key) });
  }

  /** The definitions of a file in the first of the crates that compiles it. */
  definitions(crates: readonly CrateId[], file: FilePath): FileDefinitions {
    const module = this.moduleOf(crates, file);
    return module === undefined ? this.#nothing : this.ofModule(module, file);
  }

  /** The definitions of a module in its own file or in one that is included in it. */
  ofModule(module: ModuleId, file: FilePath): FileDefinitions {
    const files = this.#moduleFiles.get(module) ?? new Map<FilePath, ModuleFile>();
    this.#moduleFiles.set(module, files);
    const key = files.get(file) ?? { module, file };
    files.set(file, key);
    return this.#files.get(key);
  }

  /** The innermost definition around an offset of a file. */
  at(crates: readonly CrateId[], file: FilePath, offset: number): PlacedDef | undefined {
    let best: PlacedDef | undefined;
    let length = Number.POSITIVE_INFINITY;
    for (const placed of flatDefs(this.definitions(crates, file).units, ({ unit }) => unit.start <= offset && offset <= unit.end)) {
      const { start, end } = fileRange(placed, placed.raw.range);
      if (start > offset || offset > end || end - start >= length) continue;
      best = placed;
      length = end - start;
    }
    return best;
  }

  /** The module a file is: by its path in any of the crates, else by looking through all their modules. */
  moduleOf(crates: readonly CrateId[], file: FilePath): ModuleId | undefined {
    const text = `${crates.join()} ${file}`;
    let key = this.#keys.get(text);
    if (key === undefined) {
      key = { crates, file };
      this.#keys.set(text, key);
    }
    return this.#modules.get(key);
  }

  /** Drops memos nobody has used since a revision. */
  sweep(revision: number): void {
    this.#files.sweep(revision);
  }

  #find({ crates, file }: FileKey): ModuleId | undefined {
    for (const find of [moduleByPath, moduleByWalk]) {
      for (const krate of crates) {
        const module = find(this.#world.defs, krate, file);
        if (module !== undefined) return module;
      }
    }
    return undefined;
  }

  #compute(key: ModuleFile): FileDefinitions {
    const former = this.#former.get(key) ?? [];
    const units = definitionsInFile(this.#world.defs, key.module, key.file, former);
    this.#former.set(key, units);
    return new FileDefinitions(this.#world, key.file, units);
  }
}
