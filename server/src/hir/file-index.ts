/**
 * FileIndex: the definitions of a file, memoised: where they stand and what the editor is told of them.
 *
 * Invariant: recomputed when the file's units move; look-ups by definition cost one map access.
 */
import type { FilePath } from "../base/path.ts";
import type { CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { RawField, RawItem } from "../hir-def/item-tree.ts";
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import { definitionModel } from "./definition-model.ts";
import { lengthAround } from "./element-ranges.ts";
import { inactiveModuleByPath, moduleByPath, moduleByWalk } from "./file-modules.ts";
import type { TypeDefinition } from "./model.ts";
import { fileRange, writtenRange } from "./placement.ts";
import type { PlacedDef } from "./source-map.ts";
import { ALL_UNITS, definitionsInFile, flatDefs } from "./source-map.ts";
import { UnitDefs } from "./unit-defs.ts";
import type { World } from "./world.ts";

/** The definitions of a file; what not every question needs is put together when it is asked for. */
export class FileDefinitions {
  readonly units: readonly UnitDefs[];
  readonly #world: World;
  readonly #file: FilePath;
  #placed: readonly PlacedDef[] | undefined;
  #byDef: ReadonlyMap<DefId, PlacedDef> | undefined;
  #definitions: readonly TypeDefinition[] | undefined;
  readonly #models = new Map<PlacedDef, TypeDefinition | undefined>();

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
    this.#definitions ??= this.#modelsOf(flatDefs(this.units, holdsTypes));
    return this.#definitions;
  }

  /** Those of the units that touch a part of the file (UTF-16 offsets). */
  between(start: number, end: number): readonly TypeDefinition[] {
    return this.#modelsOf(flatDefs(this.units, (one) => one.unit.start <= end && start <= one.unit.end && holdsTypes(one)));
  }

  /** May be unwound: what was found is kept. */
  #modelsOf(placed: Iterable<PlacedDef>): readonly TypeDefinition[] {
    const out: TypeDefinition[] = [];
    for (const one of placed) {
      let model = this.#models.get(one);
      if (model === undefined && !this.#models.has(one)) {
        model = definitionModel(this.#world, one, this.#file);
        this.#models.set(one, model);
        this.#world.runtime.countKept();
      }
      if (model !== undefined) out.push(model);
    }
    return out;
  }
}

function holdsTypes({ found, inner }: UnitDefs): boolean {
  return found.holdsTypes || inner.length > 0;
}

/** Crates that may compile a file, in order of preference; `all`: those besides that are loaded where the first are not enough. */
export interface AskedCrates {
  readonly first: readonly CrateId[];
  readonly all: () => readonly CrateId[];
}

interface FileKey {
  readonly crates: AskedCrates;
  readonly file: FilePath;
}

interface ModuleFile {
  readonly module: ModuleId;
  readonly file: FilePath;
  /** By their places. */
  readonly units: Map<string, UnitKey>;
}

/** A unit of a file: its index, then that of a unit in it, and so on. */
interface UnitKey {
  readonly of: ModuleFile;
  readonly place: readonly number[];
}

export class FileIndex {
  readonly #world: World;
  readonly #files: Query<ModuleFile, FileDefinitions>;
  readonly #compiled: Query<FileKey, FileDefinitions>;
  readonly #moduleFiles = new Map<ModuleId, Map<FilePath, ModuleFile>>();
  /** One unit's definitions. */
  readonly #units: Query<UnitKey, readonly UnitDefs[]>;
  readonly #modules: Query<FileKey, ModuleId | undefined>;
  readonly #keys = new Map<string, FileKey>();
  readonly #nothing: FileDefinitions;
  /** What was computed last, to take over what is the same still. */
  readonly #former = new WeakMap<ModuleFile, readonly UnitDefs[]>();

  constructor(world: World) {
    this.#world = world;
    this.#nothing = new FileDefinitions(world, "", []);
    this.#modules = new Query<FileKey, ModuleId | undefined>(world.runtime, { name: "fileModule", compute: (key) => this.#find(key) });
    this.#compiled = new Query<FileKey, FileDefinitions>(world.runtime, {
      name: "compiledDefinitions",
      compute: (key) => this.#compile(key),
    });
    this.#units = new Query<UnitKey, readonly UnitDefs[]>(world.runtime, {
      name: "unitDefinitions",
      compute: ({ of, place }) => definitionsInFile(world.defs, { ...of, inactive: undefined }, { ...ALL_UNITS, only: place }),
    });
    this.#files = new Query(world.runtime, { name: "fileDefinitions", compute: (key) => this.#compute(key) });
  }

  /**
   * The definitions of a file in the first of the crates that compiles it; what is configured out there and compiled for tests, as the
   * crate's test build has it.
   */
  definitions(crates: AskedCrates, file: FilePath): FileDefinitions {
    return this.#compiled.get(this.#keyOf(crates, file));
  }

  /** The definitions of a module in its own file or in one that is included in it. */
  ofModule(module: ModuleId, file: FilePath): FileDefinitions {
    return this.#files.get(this.#moduleFile(module, file));
  }

  #moduleFile(module: ModuleId, file: FilePath): ModuleFile {
    const files = this.#moduleFiles.get(module) ?? new Map<FilePath, ModuleFile>();
    this.#moduleFiles.set(module, files);
    const key = files.get(file) ?? { module, file, units: new Map() };
    files.set(file, key);
    return key;
  }

  /** The innermost definition around an offset of a file. */
  at(crates: AskedCrates, file: FilePath, offset: number): PlacedDef | undefined {
    let best: PlacedDef | undefined;
    let length = Number.POSITIVE_INFINITY;
    for (const placed of flatDefs(this.#around(crates, file, offset), ({ unit }) => unit.start <= offset && offset <= unit.end)) {
      const around = lengthOver(placed, offset);
      if (around === undefined || around >= length) continue;
      best = placed;
      length = around;
    }
    return best;
  }

  /** The units around an offset: of a file with many macro calls the others are not expanded for one question. */
  #around(crates: AskedCrates, file: FilePath, offset: number): readonly UnitDefs[] {
    const module = this.moduleOf(crates, file);
    const isOwn = module?.origin.kind === "file" && module.origin.path === file;
    const key = isOwn ? this.#moduleFile(module, file) : undefined;
    // After an edit all but what was edited is taken over.
    if (key !== undefined && this.#former.has(key)) return this.definitions(crates, file).units;
    const places = unitsAround(this.#world.defs.source.placedUnits(file), offset);
    const units = key === undefined ? undefined : places.flatMap((place) => this.#units.get(unitKey(key, place)));
    return units === undefined || units.some(isPartlyInactive) ? this.definitions(crates, file).units : units;
  }

  /** The module a file is: by its path in any of the crates, else by looking through all their modules. */
  moduleOf(crates: AskedCrates, file: FilePath): ModuleId | undefined {
    return this.#modules.get(this.#keyOf(crates, file));
  }

  #keyOf(crates: AskedCrates, file: FilePath): FileKey {
    const text = `${crates.first.join()} ${file}`;
    const key = this.#keys.get(text) ?? { crates, file };
    this.#keys.set(text, key);
    return key;
  }

  #compile({ crates, file }: FileKey): FileDefinitions {
    const module = this.moduleOf(crates, file);
    if (module === undefined) return this.#inactive(crates, file) ?? this.#nothing;
    const built = this.ofModule(module, file);
    if (!built.units.some(isPartlyInactive)) return built;
    const { root } = this.#world.crate(module.krate);
    const test = crates.all().find((id) => id !== module.krate && this.#world.crate(id).root === root && isTest(this.#world, id));
    if (test === undefined) return built;
    const tested = this.moduleOf({ first: [test], all: () => [test] }, file);
    if (tested === undefined) return built;
    return new FileDefinitions(this.#world, file, withTests(built.units, this.ofModule(tested, file).units));
  }

  /** The definitions of a file whose module is configured out in all of the crates: each says so. */
  #inactive(crates: AskedCrates, file: FilePath): FileDefinitions | undefined {
    const { defs } = this.#world;
    for (const krate of crates.all()) {
      const found = inactiveModuleByPath(defs, krate, file);
      if (found === undefined) continue;
      const units = definitionsInFile(defs, { module: found.module, file, inactive: found.cfg });
      return new FileDefinitions(this.#world, file, units);
    }
    return undefined;
  }

  #find({ crates, file }: FileKey): ModuleId | undefined {
    const { defs } = this.#world;
    const findIn = (ids: readonly CrateId[], find: typeof moduleByPath): ModuleId | undefined => {
      for (const krate of ids) {
        const module = find(defs, krate, file);
        if (module !== undefined) return module;
      }
      return undefined;
    };
    return findIn(crates.first, moduleByPath) ?? findIn(crates.all(), moduleByPath) ?? findIn(crates.all(), moduleByWalk);
  }

  #compute(key: ModuleFile): FileDefinitions {
    const former = this.#former.get(key) ?? [];
    const units = definitionsInFile(this.#world.defs, { ...key, inactive: undefined }, { ...ALL_UNITS, former });
    this.#former.set(key, units);
    return new FileDefinitions(this.#world, key.file, units);
  }
}

function unitKey(of: ModuleFile, place: readonly number[]): UnitKey {
  const text = place.join();
  const key = of.units.get(text) ?? { of, place };
  of.units.set(text, key);
  return key;
}

/** The places of the innermost units that touch an offset. */
function unitsAround(units: readonly PlacedUnit<RawItem>[], offset: number): readonly (readonly number[])[] {
  return units.flatMap((unit, i) => {
    if (offset < unit.start || unit.end < offset) return [];
    const inside = unit.kind === "module" ? unitsAround(unit.units, offset) : [];
    return inside.length === 0 ? [[i]] : inside.map((place) => [i, ...place]);
  });
}

/** Whether a crate is built for tests. */
function isTest(world: World, krate: CrateId): boolean {
  return world.crate(krate).cfg.flags.has("test");
}

function isPartlyInactive({ found, inner }: UnitDefs): boolean {
  return found.isPartlyInactive || inner.some(isPartlyInactive);
}

/** Both builds are of one text, so their units stand side by side; those with nothing that is compiled are taken from the test build. */
function withTests(built: readonly UnitDefs[], tested: readonly UnitDefs[]): readonly UnitDefs[] {
  if (built.length !== tested.length) return built;
  return built.map((one, i) => {
    const other = tested[i];
    if (other === undefined || other.unit.value !== one.unit.value) return one;
    if (one.inner.length > 0) return new UnitDefs(one.unit, one.found, withTests(one.inner, other.inner));
    return one.found.defs.every((def) => def.inactive !== undefined) ? other : one;
  });
}

/** The length of an item that stands around an offset; of one that a macro makes, of the smallest piece of it that is written there. */
function lengthOver(placed: PlacedDef, offset: number): number | undefined {
  const whole = lengthAround(fileRange(placed, placed.raw.range), offset);
  if (whole !== undefined || placed.map === undefined) return whole;
  const lengths = piecesOf(placed.raw).flatMap((piece) => lengthAround(writtenRange(placed, piece), offset) ?? []);
  return lengths.length === 0 ? undefined : Math.min(...lengths);
}

/** The parts of an item that a call may have brought in: its name, its fields and variants, and their types. */
function piecesOf(raw: RawItem): readonly RelRange[] {
  const ofFields = (fields: readonly RawField[]): readonly RelRange[] =>
    fields.flatMap((one) => [one.range, one.type.range, ...(one.nameRange === undefined ? [] : [one.nameRange])]);
  switch (raw.kind) {
    case "struct":
    case "union":
      return [raw.nameRange, ...ofFields(raw.fields)];
    case "enum":
      return [raw.nameRange, ...raw.variants.flatMap((variant) => [variant.range, variant.nameRange, ...ofFields(variant.fields)])];
    case "typeAlias":
      return [raw.nameRange, ...(raw.type === undefined ? [] : [raw.type.range])];
    default:
      return [];
  }
}
