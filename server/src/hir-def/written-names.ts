/**
 * WrittenNames: names as they are written, without those that macros make.
 *
 * Which macro a call names must not depend on what calls make: rustc refuses a name made by a macro that would change the meaning of
 * a macro path already used. So macros are first looked for here, which asks no call to be expanded; only a macro that is not found
 * so is looked for among all names.
 * Source: Reference, "Macros by example", path-based scope; rustc_resolve::macros, `finalize_macro_resolutions`.
 */
import type { CrateData, CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import type { DeclarationHost } from "./declared.ts";
import { meaningOf } from "./declared.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import type { RawItem } from "./item-tree.ts";
import { lookupInModule } from "./lookup.ts";
import { writtenExport } from "./macro-export.ts";
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

const NOTHING: ExpandedScopes = { parts: [], problems: [] };

export class WrittenNames implements NameDb {
  readonly #host: DeclarationHost;
  readonly #lookup: Query<Key, LookupResult>;
  readonly #exported: Query<Key, DefId | undefined>;
  readonly #keys = new Map<ModuleId, Map<string, Key>>();

  constructor(host: DeclarationHost) {
    this.#host = host;
    const compute = (key: Key): LookupResult => lookupInModule(this, key.module, key.name, key.ns);
    this.#lookup = new Query<Key, LookupResult>(host.runtime, { name: "writtenName", compute, onCycle: () => NONE });
    const search = (key: Key): DefId | undefined => writtenExport(host, key.module, key.name);
    this.#exported = new Query<Key, DefId | undefined>(host.runtime, { name: "writtenExport", compute: search, onCycle: () => undefined });
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

  expanded(): ExpandedScopes {
    return NOTHING;
  }

  expandedFor(): ExpandedScopes {
    return NOTHING;
  }

  expandedGlobs(): ExpandedScopes {
    return NOTHING;
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
    return this.#host.externCrate(krate, name);
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
    return this.#exported.get(this.#key(this.rootModule(krate), name, "macros"));
  }

  /** Drops memos nobody has used since a revision. */
  sweep(revision: number): void {
    this.#lookup.sweep(revision);
    this.#exported.sweep(revision);
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
