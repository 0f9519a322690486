/**
 * WrittenNames: names as they are written, without those that macros make; or with those made by macros that written names lead to.
 *
 * Which macro a call names must not depend on what calls make: rustc refuses a name made by a macro that would change the meaning of
 * a macro path already used. So macros are first looked for here, which asks no call to be expanded; only a macro that is not found
 * so is looked for among the names that such macros make. Three stages, each of which asks the one before only: no macro is needed to
 * find itself.
 * Source: Reference, "Macros by example", path-based scope; rustc_resolve::macros, `finalize_macro_resolutions`.
 */
import type { CrateData, CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import type { DeclarationHost } from "./declared.ts";
import { declaredCrate, meaningOf } from "./declared.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import type { RawItem } from "./item-tree.ts";
import { lookupInModule } from "./lookup.ts";
import { ExportedMacros } from "./macro-export.ts";
import { expandListFor } from "./macro-items.ts";
import { GLOB } from "./macro-reach.ts";
import type { ExpandedScopes, LookupResult, NameDb, NameProblem, PathResolution, ScopePart } from "./name-db.ts";
import { NONE } from "./name-db.ts";
import { resolveImportPath, resolvePathIn } from "./resolve-path.ts";
import type { Declaration, ModuleScope, Namespace } from "./scope.ts";
import type { PathRef } from "./type-ref.ts";

interface Key {
  readonly module: ModuleId;
  readonly name: string;
  readonly ns: Namespace;
}

/** What stands for expansions: nothing, or what calls make whose macros are written names. */
type Expand = (module: ModuleId, words: readonly string[]) => ExpandedScopes;

const NOTHING: ExpandedScopes = { parts: [], problems: [] };

export class WrittenNames implements NameDb {
  readonly #host: DeclarationHost;
  readonly #lookup: Query<Key, LookupResult>;
  readonly #exported: ExportedMacros;
  readonly #expand: Expand;
  readonly #keys = new Map<ModuleId, Map<string, Key>>();

  constructor(host: DeclarationHost, stage: "written" | "made") {
    this.#host = host;
    this.#expand = stage === "written" ? () => NOTHING : (module, words) => expandListFor(host, module, words, "written");
    const compute = (key: Key): LookupResult => lookupInModule(this, key.module, key.name, key.ns);
    this.#lookup = new Query<Key, LookupResult>(host.runtime, { name: "writtenName", compute, onCycle: () => NONE });
    this.#exported = new ExportedMacros(host, host.runtime, stage === "written" ? undefined : "written");
  }

  crate(id: CrateId): CrateData {
    return this.#host.crate(id);
  }

  rootModule(krate: CrateId): ModuleId {
    return this.#host.rootModule(krate);
  }

  scope(module: ModuleId): ModuleScope {
    return this.#host.scope(module);
  }

  expandedFor(module: ModuleId, words: readonly string[]): ExpandedScopes {
    return this.#expand(module, words);
  }

  expandedGlobs(module: ModuleId): ExpandedScopes {
    return this.#expand(module, [GLOB]);
  }

  moduleProblem(module: ModuleId): NameProblem | undefined {
    return this.#host.moduleProblem(module);
  }

  lookup(module: ModuleId, name: string, ns: Namespace): LookupResult {
    return this.#lookup.get(this.#key(module, name, ns));
  }

  declared(module: ModuleId, part: ScopePart, declaration: Declaration, ns: Namespace): LookupResult {
    return meaningOf(this.#host, this, { module, part }, { declaration, ns });
  }

  resolvePath(from: ModuleId, path: PathRef, ns: Namespace): PathResolution {
    return resolvePathIn(this, from, path, ns);
  }

  resolveImport(from: ModuleId, path: PathRef, ns: Namespace): PathResolution {
    return resolveImportPath(this, from, path, ns);
  }

  externCrate(krate: CrateId, name: string): LookupResult {
    const found = this.#host.dependency(krate, name, false);
    return found.kind === "none" ? declaredCrate(this, krate, name) : found;
  }

  preludeModule(krate: CrateId): ModuleId | undefined {
    return this.#host.preludeModule(krate);
  }

  rawItem(def: DefId): RawItem | undefined {
    return this.#host.rawItem(def);
  }

  hasVariant(def: DefId, name: string): LookupResult {
    return this.#host.hasVariant(def, name);
  }

  exportedMacro(krate: CrateId, name: string): DefId | undefined {
    return this.#exported.find(krate, name);
  }

  /** Which macro is meant does not depend on what macros make. */
  madeByMacro(): undefined {
    return undefined;
  }

  notFoundBecause(): undefined {
    return undefined;
  }

  #key(module: ModuleId, name: string, ns: Namespace): Key {
    const keys = this.#keys.get(module) ?? new Map<string, Key>();
    this.#keys.set(module, keys);
    const text = `${ns[0]}${name}`;
    const key = keys.get(text) ?? { module, name, ns };
    keys.set(text, key);
    return key;
  }
}
