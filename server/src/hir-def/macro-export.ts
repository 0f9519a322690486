/**
 * `#[macro_export]`: macros that stand at the root of their crate wherever they are written.
 *
 * Invariants: the modules most likely to hold macros are looked at first and the search ends at the first find; files that cannot
 * hold the macro are not parsed; calls are expanded only where a text in the crate may make an exported macro.
 */
import { sameElements } from "../base/same-elements.ts";
import type { CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import type { QueryRuntime } from "../db/query-runtime.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import { mentions } from "./lookup.ts";
import type { MacroHost } from "./macro-call.ts";
import type { MacroStage } from "./macro-items.ts";
import { expandListFor } from "./macro-items.ts";
import { STATEMENT_MACROS } from "./macro-scope.ts";
import type { ScopePart } from "./name-db.ts";
import type { ModuleScope } from "./scope.ts";

/** Modules at one depth of a crate, with those that `#[macro_use]` brings to them, in the order in which they are looked at. */
interface Level {
  readonly modules: readonly ModuleId[];
  /** The macros they export, by name. */
  readonly exported: ReadonlyMap<string, DefId>;
  /** The modules in them. */
  readonly inner: readonly ModuleId[];
}

/** The exported macros of crates, by name. What is made is told by the calls of a stage; undefined: nothing is expanded. */
export class ExportedMacros {
  readonly #db: MacroHost;
  readonly #stage: MacroStage | undefined;
  /** By crate and depth. */
  readonly #written: Query<string, Level>;
  /** The same, modules that calls declare among them. */
  readonly #declared: Query<string, Level>;
  readonly #made: Query<CrateId, ReadonlyMap<string, DefId>>;

  constructor(db: MacroHost, runtime: QueryRuntime, stage: MacroStage | undefined) {
    this.#db = db;
    this.#stage = stage;
    const onCycle = (): Level => ({ modules: [], exported: new Map(), inner: [] });
    const levels = (name: string, of: MacroStage | undefined): Query<string, Level> => {
      const query: Query<string, Level> = new Query(runtime, {
        name,
        compute: (key) => this.#level(query, key, of),
        onCycle,
        equals: sameLevel,
      });
      return query;
    };
    this.#written = levels("writtenExports", undefined);
    this.#declared = levels("declaredExports", stage);
    this.#made = new Query<CrateId, ReadonlyMap<string, DefId>>(runtime, {
      name: "madeExports",
      compute: (krate) => this.#computeMade(krate),
      onCycle: () => new Map(),
    });
  }

  /** The macro of a name that stands at a crate's root. */
  find(krate: CrateId, name: string): DefId | undefined {
    const written = found(this.#written, krate, name);
    if (written !== undefined || this.#stage === undefined) return written;
    const declared = found(this.#declared, krate, name);
    if (declared !== undefined || this.#db.crate(krate).kind === "std") return declared;
    return this.#made.get(krate).get(name);
  }

  /** In the standard library's model only modules with `#[macro_use]` hold macros. */
  #level(levels: Query<string, Level>, key: string, stage: MacroStage | undefined): Level {
    const db = this.#db;
    const [krate, depth] = numbersOf(key);
    const queue = depth === 0 ? [db.rootModule(krate)] : [...levels.get(keyOf(krate, depth - 1)).inner];
    const modules: ModuleId[] = [];
    const seen = new Set<ModuleId>();
    const exported = new Map<string, DefId>();
    for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
      if (seen.has(module)) continue;
      seen.add(module);
      if (!fileMayExport(db, module)) continue;
      modules.push(module);
      const scope = db.scope(module);
      addExported(db, exported, module, { scope, prefix: "" });
      queue.unshift(...scope.macroUseModules.map((declaration) => db.childModule(module, declaration)));
    }
    const isModel = db.crate(krate).kind === "std";
    const inner = isModel ? [] : modules.flatMap((module) => childModules(db, module, stage)).filter((module) => !seen.has(module));
    return { modules, exported, inner };
  }

  #computeMade(krate: CrateId): ReadonlyMap<string, DefId> {
    const db = this.#db;
    const made = new Map<string, DefId>();
    for (const { modules } of levelsOf(this.#declared, krate)) {
      for (const module of modules) {
        if (db.scope(module).macroCalls.length === 0) continue;
        for (const part of expandListFor(db, module, ["macro_export"], this.#stage).parts) addExported(db, made, module, part);
      }
    }
    return made;
  }
}

function sameLevel(a: Level, b: Level): boolean {
  return sameElements(a.modules, b.modules) && sameElements(a.inner, b.inner) && sameExports(a.exported, b.exported);
}

function sameExports(a: ReadonlyMap<string, DefId>, b: ReadonlyMap<string, DefId>): boolean {
  return a.size === b.size && [...a].every(([name, def]) => b.get(name) === def);
}

function keyOf(krate: CrateId, depth: number): string {
  return `${krate} ${depth}`;
}

function numbersOf(key: string): readonly [CrateId, number] {
  const [krate = 0, depth = 0] = key.split(" ").map(Number);
  return [krate, depth];
}

function* levelsOf(levels: Query<string, Level>, krate: CrateId): Generator<Level> {
  for (let depth = 0; ; depth++) {
    const level = levels.get(keyOf(krate, depth));
    yield level;
    if (level.inner.length === 0) return;
  }
}

/** The search ends at the first find: the levels below are not looked at. */
function found(levels: Query<string, Level>, krate: CrateId, name: string): DefId | undefined {
  for (const { exported } of levelsOf(levels, krate)) {
    const def = exported.get(name);
    if (def !== undefined) return def;
  }
  return undefined;
}

/** The first module's macro of a name counts, in it the last one. */
function addExported(db: MacroHost, into: Map<string, DefId>, module: ModuleId, part: ScopePart): void {
  const own = new Map(part.scope.macroDefs.filter((macro) => macro.isExported).map((macro) => [macro.raw.name, macro]));
  for (const [name, { ordinal }] of own) if (!into.has(name)) into.set(name, db.itemId(module, part, { kind: "macro", name, ordinal }));
}

/** Whether a module's file says `macro_export`, calls a macro that does, or declares a module. */
function fileMayExport(db: MacroHost, { origin, parent }: ModuleId): boolean {
  const facts = origin.kind === "file" && parent !== undefined ? db.source.textFacts(origin.path) : undefined;
  if (facts === undefined || parent === undefined || facts.mayDeclareFiles) return true;
  return mentions(facts.code, "macro_export") || facts.callsOthers || facts.calls.some((name) => !STATEMENT_MACROS.has(name));
}

function childModules(db: MacroHost, module: ModuleId, stage: MacroStage | undefined): readonly ModuleId[] {
  const scope = db.scope(module);
  const parts: readonly ScopePart[] = [
    { scope, prefix: "" },
    ...(stage === undefined || scope.macroCalls.length === 0 ? [] : expandListFor(db, module, ["mod"], stage).parts),
  ];
  return parts.flatMap((part) => declaredModules(db, module, part.scope));
}

/** The modules that a scope of a module declares. */
export function declaredModules(db: MacroHost, module: ModuleId, scope: ModuleScope): readonly ModuleId[] {
  const declarations = [...scope.names.values()].flat();
  return declarations.flatMap((declared) => (declared.kind === "module" ? [db.childModule(module, declared)] : []));
}
