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
import type { PlacedDef } from "./source-map.ts";
import { definitionsInFile, fileRange } from "./source-map.ts";
import type { World } from "./world.ts";

export interface FileDefinitions {
  readonly placed: readonly PlacedDef[];
  readonly byDef: ReadonlyMap<DefId, PlacedDef>;
  /** The same with their ranges in the file. */
  readonly spans: readonly Spanned[];
  /** In source order. */
  readonly definitions: readonly TypeDefinition[];
}

interface FileKey {
  readonly crates: readonly CrateId[];
  readonly file: FilePath;
}

interface ModuleFile {
  readonly module: ModuleId;
  readonly file: FilePath;
}

interface Spanned {
  readonly start: number;
  readonly end: number;
  readonly placed: PlacedDef;
}

const NOTHING: FileDefinitions = { placed: [], byDef: new Map(), spans: [], definitions: [] };

export class FileIndex {
  readonly #world: World;
  readonly #files: Query<ModuleFile, FileDefinitions>;
  readonly #moduleFiles = new Map<ModuleId, Map<FilePath, ModuleFile>>();
  readonly #modules: Query<FileKey, ModuleId | undefined>;
  readonly #keys = new Map<string, FileKey>();

  constructor(world: World) {
    this.#world = world;
    this.#modules = new Query<FileKey, ModuleId | undefined>(world.runtime, { name: "fileModule", compute: (key) => this.#find(key) });
    this.#files = new Query(world.runtime, { name: "fileDefinitions", compute: (key) => this.#compute(key) });
  }

  /** The definitions of a file in the first of the crates that compiles it. */
  definitions(crates: readonly CrateId[], file: FilePath): FileDefinitions {
    const module = this.moduleOf(crates, file);
    return module === undefined ? NOTHING : this.ofModule(module, file);
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
    let best: Spanned | undefined;
    for (const spanned of this.definitions(crates, file).spans) {
      if (spanned.start > offset || offset > spanned.end) continue;
      if (best === undefined || spanned.end - spanned.start < best.end - best.start) best = spanned;
    }
    return best?.placed;
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

  #compute({ module, file }: ModuleFile): FileDefinitions {
    const placed = definitionsInFile(this.#world.defs, module, file);
    return {
      placed,
      byDef: new Map(placed.map((one) => [one.def, one])),
      spans: placed.map((one) => ({ ...fileRange(one, one.raw.range), placed: one })),
      definitions: placed.flatMap((one) => definitionModel(this.#world, one, file) ?? []),
    };
  }
}
