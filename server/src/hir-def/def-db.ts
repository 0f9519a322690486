/**
 * DefDb: names and definitions of all crates of one world (a crate graph for one target, toolchain and profile), resolved on
 * demand, module by module (rust-analyzer's DefMap, but lazy).
 *
 * Invariants: a look-up computes only what the name needs; ids survive edits; everything is memoised and verified by revision.
 */

import { msg } from "../base/message.ts";
import { sameElements } from "../base/same-elements.ts";
import type { CrateData, CrateGraph, CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import type { QueryRuntime } from "../db/query-runtime.ts";
import { attrValue, effectiveAttrs, unclearAttrs } from "./attrs.ts";
import type { DeclarationHost } from "./declared.ts";
import { declaredCrate, meaningOf } from "./declared.ts";
import type { DefId, DefKind, ModuleId } from "./def-id.ts";
import { IdInterner } from "./def-id.ts";
import type { ItemList } from "./item-list.ts";
import type { RawItem } from "./item-tree.ts";
import { blockAt } from "./item-tree.ts";
import { lookupInModule, sameLookup, sameResolution } from "./lookup.ts";
import { prefixOf } from "./macro-call.ts";
import { MacroDb } from "./macro-db.ts";
import { ExportedMacros } from "./macro-export.ts";
import { expandList, expandListFor } from "./macro-items.ts";
import { GLOB } from "./macro-reach.ts";
import { MadeNames } from "./made-names.ts";
import { fileOrigin, inlineOrigin, isFileAround, missingFile, moduleFileCandidates } from "./module-files.ts";
import type { ExpandedScopes, LookupResult, NameProblem, Outside, PathResolution, ScopePart } from "./name-db.ts";
import { NONE, PUBLIC } from "./name-db.ts";
import { preludeOf } from "./prelude.ts";
import { resolveImportPath, resolvePathIn } from "./resolve-path.ts";
import { RewrittenItems } from "./rewritten-items.ts";
import type { Declaration, DeclaredModule, ModuleScope, Namespace } from "./scope.ts";
import { buildScope } from "./scope.ts";
import { itemInScope } from "./scope-item.ts";
import type { BuiltScope } from "./scope-rebuild.ts";
import { rebuiltScope } from "./scope-rebuild.ts";
import type { SourceDb } from "./source-db.ts";
import type { PathRef } from "./type-ref.ts";
import { WrittenNames } from "./written-names.ts";
import { pathOfNames } from "./written-path.ts";

interface LookupKey {
  readonly module: ModuleId;
  readonly name: string;
  readonly ns: Namespace;
}

export class DefDb implements DeclarationHost {
  readonly source: SourceDb;
  readonly graph: CrateGraph;
  readonly ids = new IdInterner();
  readonly macros: MacroDb;
  readonly written: WrittenNames;
  readonly macroNames: WrittenNames;
  readonly #keys = new Map<ModuleId, Map<string, LookupKey>>();
  readonly #lookup: Query<LookupKey, LookupResult>;
  readonly #typeNames: Query<LookupKey, PathResolution>;
  readonly #externNames: Query<string, LookupResult>;
  readonly #scope: Query<ModuleId, ModuleScope>;
  readonly #formerScopes = new WeakMap<ModuleId, BuiltScope>();
  readonly #items: Query<ModuleId, ItemList>;
  readonly #expanded: Query<ModuleId, ExpandedScopes>;
  readonly #globs: Query<ModuleId, ExpandedScopes>;
  readonly #children: Query<DeclaredModule, ModuleId>;
  readonly #parents = new WeakMap<DeclaredModule, ModuleId>();
  readonly #raw: Query<DefId, RawItem | undefined>;
  readonly #rewritten: RewrittenItems;
  readonly #prelude: Query<CrateId, ModuleId | undefined>;
  readonly #crateAttrs: Query<CrateId, readonly string[]>;
  readonly #rootAttributes: Query<CrateId, readonly RawItem[]>;
  readonly #exported: ExportedMacros;
  readonly #made: MadeNames;

  constructor(source: SourceDb, graph: CrateGraph) {
    this.source = source;
    this.graph = graph;
    const { runtime } = source;
    this.#lookup = new Query(runtime, {
      name: "lookup",
      compute: (key) => lookupInModule(this, key.module, key.name, key.ns),
      equals: sameLookup,
      onCycle: () => NONE,
      isCycleFixed: true,
      // What is found is found; a name that was missed may come by a glob that was assumed to have none.
      stands: (found) => found.kind !== "none",
      onDeep: (key) => ({
        kind: "unknown",
        problem: { kind: "unresolvedName", message: msg("imports of `{name}` lead too deep or in circles too wide", { name: key.name }) },
      }),
    });
    const typeNamed = ({ module, name }: LookupKey): PathResolution => resolvePathIn(this, module, pathOfNames([name]), "types");
    this.#typeNames = new Query(runtime, { name: "typeName", compute: typeNamed, equals: sameResolution, onCycle: typeNamed });
    this.#externNames = new Query<string, LookupResult>(runtime, {
      name: "externCrate",
      compute: (key) => {
        const [krate = "", name = ""] = key.split(" ");
        return declaredCrate(this, Number(krate), name);
      },
      equals: sameLookup,
      onCycle: () => NONE,
    });
    this.#items = new Query(runtime, { name: "moduleItems", compute: (module) => this.#moduleItems(module), onCycle: () => [] });
    this.#scope = new Query(runtime, { name: "scope", compute: (module) => this.#buildScope(module) });
    this.#expanded = new Query(runtime, {
      name: "expanded",
      compute: (module) => expandList(this, module),
      onCycle: () => ({ parts: [], problems: [] }),
    });
    const globs = (module: ModuleId): ExpandedScopes => expandListFor(this, module, [GLOB]);
    this.#globs = new Query(runtime, { name: "expandedGlobs", compute: globs, onCycle: () => ({ parts: [], problems: [] }) });
    const child = (declaration: DeclaredModule): ModuleId =>
      this.#childModule(this.#parents.get(declaration) ?? this.rootModule(0), declaration);
    this.#children = new Query<DeclaredModule, ModuleId>(runtime, { name: "childModule", compute: child });
    this.#raw = new Query(runtime, { name: "rawItem", compute: (def) => this.#findRaw(def) });
    this.#rewritten = new RewrittenItems(this, (def) => this.#raw.get(def));
    this.#prelude = new Query(runtime, { name: "prelude", compute: (krate) => preludeOf(this, krate), onCycle: () => undefined });
    const attributes = (krate: CrateId): readonly RawItem[] => bearers(source.itemTree(this.crate(krate).root).items);
    this.#rootAttributes = new Query(runtime, { name: "rootAttributes", compute: attributes, equals: sameElements });
    this.#crateAttrs = new Query(runtime, { name: "crateAttrs", compute: (krate) => this.#readCrateAttrs(krate), equals: sameElements });
    this.#exported = new ExportedMacros(this, runtime, "all");
    this.macros = new MacroDb(this);
    this.#made = new MadeNames(this);
    this.written = new WrittenNames(this, "written");
    this.macroNames = new WrittenNames(this, "made");
  }

  get runtime(): QueryRuntime {
    return this.source.runtime;
  }

  crate(id: CrateId): CrateData {
    const crate = this.graph.crates[id];
    if (crate === undefined) throw new Error(`no crate ${id}`);
    return crate;
  }

  rootModule(krate: CrateId): ModuleId {
    return this.ids.root(krate, this.crate(krate).root);
  }

  scope(module: ModuleId): ModuleScope {
    return this.#scope.get(module);
  }

  expanded(module: ModuleId): ExpandedScopes {
    return this.#expanded.get(module);
  }

  expandedFor(module: ModuleId, words: readonly string[]): ExpandedScopes {
    return expandListFor(this, module, words);
  }

  expandedGlobs(module: ModuleId): ExpandedScopes {
    return this.#globs.get(module);
  }

  /** All parts of a module: what is written in it and what its macro calls make. */
  parts(module: ModuleId): readonly ScopePart[] {
    const own: ScopePart = { scope: this.scope(module), prefix: "" };
    return own.scope.macroCalls.length === 0 ? [own] : [own, ...this.expanded(module).parts];
  }

  /** What is written in a module, and what those of its macro calls make that may make one of the words. */
  partsFor(module: ModuleId, words: readonly string[]): ExpandedScopes {
    const { parts, problems } = this.expandedFor(module, words);
    return { parts: [{ scope: this.scope(module), prefix: "" }, ...parts], problems };
  }

  moduleProblem(module: ModuleId): NameProblem | undefined {
    const { origin } = module;
    // The model of the standard library leaves out files that hold no types.
    if (origin.kind === "missing")
      return this.crate(module.krate).kind === "std" ? undefined : missingFile(module, origin, (path) => this.source.content(path));
    if (origin.kind !== "file") return undefined;
    const { problem } = this.source.itemTree(origin.path);
    return problem === undefined ? undefined : { kind: "unresolvedName", message: problem };
  }

  lookup(module: ModuleId, name: string, ns: Namespace): LookupResult {
    return this.#lookup.get(this.#key(module, name, ns));
  }

  #key(module: ModuleId, name: string, ns: Namespace): LookupKey {
    let keys = this.#keys.get(module);
    if (keys === undefined) {
      keys = new Map();
      this.#keys.set(module, keys);
    }
    const text = `${ns[0]}${name}`;
    let key = keys.get(text);
    if (key === undefined) {
      key = { module, name, ns };
      keys.set(text, key);
    }
    return key;
  }

  declared(module: ModuleId, part: ScopePart, declaration: Declaration, ns: Namespace): LookupResult {
    return meaningOf(this, this, { module, part }, { declaration, ns });
  }

  resolvePath(from: ModuleId, path: PathRef, ns: Namespace): PathResolution {
    return resolvePathIn(this, from, path, ns);
  }

  /** What a name by itself means where a type is wanted: most types are such names, and most names stand many times in a module. */
  typeNamed(from: ModuleId, name: string): PathResolution {
    return this.#typeNames.get(this.#key(from, name, "types"));
  }

  /** What the path of a `use` in a module means. */
  resolveImport(from: ModuleId, path: PathRef, ns: Namespace): PathResolution {
    return resolveImportPath(this, from, path, ns);
  }

  externCrate(krate: CrateId, name: string): LookupResult {
    const found = this.dependency(krate, name, false);
    return found.kind === "none" ? this.#externNames.get(`${krate} ${name}`) : found;
  }

  preludeModule(krate: CrateId): ModuleId | undefined {
    return this.#prelude.get(krate);
  }

  /** The item of a definition, as attribute macros that are known make it. */
  rawItem(def: DefId): RawItem | undefined {
    const raw = this.#raw.get(def);
    return raw && this.#rewritten.of(def, raw);
  }

  hasVariant(def: DefId, name: string): LookupResult {
    const raw = this.#raw.get(def);
    if (raw?.kind !== "enum" || !raw.variants.some((variant) => variant.name === name)) return NONE;
    return { kind: "found", named: { kind: "variant", owner: def, name }, visibility: PUBLIC };
  }

  exportedMacro(krate: CrateId, name: string): DefId | undefined {
    return this.#exported.find(krate, name);
  }

  madeByMacro(module: ModuleId, name: string, from: Outside): NameProblem | undefined {
    return this.#made.problem(module, name, from);
  }

  notFoundBecause(module: ModuleId, name: string): NameProblem | undefined {
    return this.#made.notFound(module, name);
  }

  /** What a crate's root says of the whole crate: inner attributes, and imports with attributes. */
  rootAttributes(krate: CrateId): readonly RawItem[] {
    return this.#rootAttributes.get(krate);
  }

  /** `#![no_std]`, `#![no_core]` and the like of a crate. */
  hasCrateAttr(krate: CrateId, path: string): boolean {
    return this.#crateAttrs.get(krate).includes(path);
  }

  /** The id of an item declared in a part of a module. */
  itemId(module: ModuleId, part: ScopePart, item: { readonly kind: DefKind; readonly name: string; readonly ordinal: number }): DefId {
    return this.ids.def({ module, container: undefined }, item.kind, item.name, `${part.prefix}${item.ordinal}`);
  }

  /** The module a `mod` declares. */
  childModule(parent: ModuleId, declaration: DeclaredModule): ModuleId {
    this.#parents.set(declaration, parent);
    return this.#children.get(declaration);
  }

  #childModule(parent: ModuleId, declaration: DeclaredModule): ModuleId {
    const { raw, ordinal, prefix, includedIn } = declaration;
    const { cfg } = this.crate(parent.krate);
    const attrs = effectiveAttrs(raw.attrs, cfg);
    if (raw.isInline) return this.ids.child(parent, raw.name, inlineOrigin(parent, ordinal, attrValue(attrs, "path")), prefix);
    const unclear = unclearAttrs(attrs, cfg).find(({ holds }) => holds.some((attr) => attr.path === "path"))?.reason;
    if (unclear !== undefined) return this.ids.child(parent, raw.name, { kind: "missing", tried: [], unclear }, prefix);
    const path = attrValue(attrs, "path");
    const tried = moduleFileCandidates(parent, raw.name, { path, includedIn });
    const file = tried.find((candidate) => this.source.isFile(candidate));
    const origin =
      file === undefined || isFileAround(parent, file) ? ({ kind: "missing", tried } as const) : fileOrigin(file, path !== undefined);
    return this.ids.child(parent, raw.name, origin, prefix);
  }

  /** The module of a block that declares items, inside a definition's body. */
  blockModule(owner: DefId, path: readonly number[]): ModuleId {
    const outer = path.slice(0, -1);
    const parent = outer.length === 0 ? owner.module : this.blockModule(owner, outer);
    return path.length === 0 ? owner.module : this.ids.block(parent, owner, path);
  }

  /** Associated items of an impl or trait, configured-out ones left out. */
  associatedItems(container: DefId): readonly DefId[] {
    const raw = this.rawItem(container);
    if (raw?.kind !== "impl" && raw?.kind !== "trait") return [];
    const scope = this.macros.scopeOf(container);
    const made = scope === undefined || scope.macroCalls.length === 0 ? [] : expandList(this, container).parts;
    const out: DefId[] = [];
    for (const part of scope === undefined ? [] : [{ scope, prefix: "" }, ...made]) {
      for (const declaration of [...part.scope.names.values()].flat()) {
        if (declaration.kind !== "item") continue;
        const ordinal = `${part.prefix}${declaration.ordinal}`;
        out.push(this.ids.def({ module: container.module, container }, declaration.defKind, declaration.raw.name, ordinal));
      }
    }
    return out;
  }

  /** From the scope before, where little has changed since: typing replaces one item of a file of thousands. */
  #buildScope(module: ModuleId): ModuleScope {
    const items = this.#items.get(module);
    const former = this.#formerScopes.get(module);
    const scope = rebuiltScope(former, items) ?? buildScope(items, this.crate(module.krate).cfg);
    this.#formerScopes.set(module, { items, scope });
    return scope;
  }

  #moduleItems(module: ModuleId): ItemList {
    const { origin } = module;
    switch (origin.kind) {
      case "missing":
        return [];
      case "file":
        return this.source.itemTree(origin.path).items;
      case "block": {
        return blockAt(this.rawItem(origin.owner)?.blocks ?? [], origin.path).map((item) => ({ raw: item, children: undefined }));
      }
      case "inline":
        return module.parent === undefined
          ? []
          : inlineChildren(this.#scopeByPrefix(module.parent, module.prefix), module.name, origin.ordinal);
    }
  }

  /** The scope of what a module (or an impl, a trait) holds itself, or of what one of its macro calls makes. */
  #scopeByPrefix(place: ModuleId | DefId, prefix: string): ModuleScope | undefined {
    return this.macros.scopeOf(this.macros.calls.byPrefix(place, prefix) ?? place);
  }

  #findRaw(def: DefId): RawItem | undefined {
    const prefix = prefixOf(def.ordinal);
    const scope = this.#scopeByPrefix(def.container ?? def.module, prefix);
    return scope === undefined ? undefined : itemInScope(scope, def, def.ordinal.slice(prefix.length));
  }

  /** A crate by name; `byExternCrate`: all crates of the sysroot can be named. */
  dependency(krate: CrateId, name: string, byExternCrate: boolean): LookupResult {
    const crate = this.crate(krate);
    const dependency = crate.dependencies.find((d) => d.name === name);
    const id = dependency?.crate ?? this.#sysrootCrate(krate, name, byExternCrate);
    if (id !== undefined) return { kind: "found", named: { kind: "module", module: this.rootModule(id) }, visibility: PUBLIC };
    const missing = this.graph.missing.get(krate)?.find((m) => m.name === name);
    if (missing !== undefined) return { kind: "unknown", problem: { kind: "missingCrate", message: missing.reason } };
    return NONE;
  }

  /**
   * `core` is always there, `std` unless `#![no_std]`, `proc_macro` in procedural macros (`--extern proc_macro`, which cargo says since
   * 1.42); the others have to be named by `extern crate`.
   */
  #sysrootCrate(krate: CrateId, name: string, byExternCrate: boolean): CrateId | undefined {
    const id = this.graph.sysroot.get(name);
    if (id === undefined || byExternCrate) return id;
    if (this.hasCrateAttr(krate, "no_core")) return undefined;
    if (name === "core" || (name === "proc_macro" && this.crate(krate).kind === "proc-macro")) return id;
    return name === "std" && !this.hasCrateAttr(krate, "no_std") ? id : undefined;
  }

  #readCrateAttrs(krate: CrateId): readonly string[] {
    const inner = this.rootAttributes(krate).filter((raw) => raw.kind === "innerAttributes");
    return effectiveAttrs(
      inner.flatMap((raw) => raw.attrs),
      this.crate(krate).cfg,
    ).map((attr) => attr.path);
  }
}

function inlineChildren(scope: ModuleScope | undefined, name: string, ordinal: number): ItemList {
  const module = scope?.names.get(name)?.find((d) => d.kind === "module" && d.ordinal === ordinal && d.raw.isInline);
  return module?.kind === "module" ? (module.children ?? []) : [];
}

/** The items of a crate's root that may say something of the whole crate. */
function bearers(items: ItemList): readonly RawItem[] {
  const out: RawItem[] = [];
  for (const { raw } of items) if (raw.kind === "innerAttributes" || (raw.kind === "use" && raw.attrs.length > 0)) out.push(raw);
  return out;
}
