/**
 * Where a crate's impls are: by the last name of the trait as written.
 *
 * Invariants: crates of the standard library are asked file by file, by text, so that a look-up parses only files that mention
 * the trait; other crates are walked module by module once.
 */
import type { FilePath } from "../base/path.ts";
import { dirname, relativePath } from "../base/path.ts";
import type { CrateId } from "../db/crate-graph.ts";
import type { DefDb } from "./def-db.ts";
import { implName } from "./def-db.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import type { RawImpl, RawItem } from "./item-tree.ts";
import type { NameProblem, ScopePart } from "./name-db.ts";

export interface IndexedImpl {
  readonly def: DefId;
  /** The last segment of the self type if it is a path, to rule candidates out cheaply (aliases keep their own name). */
  readonly raw: RawImpl;
}

export interface ImplIndex {
  /** By the trait's last name; inherent impls under the empty name. */
  readonly byTrait: ReadonlyMap<string, readonly IndexedImpl[]>;
  /** Other names that imports of the crate give the trait: `use std::marker::Send as S`. */
  readonly aliases: readonly string[];
  /** Macro calls that might make more, with their text. */
  readonly problems: readonly { readonly text: string; readonly problem: NameProblem; readonly isOpenEnded: boolean }[];
}

/** The modules that some files of a crate are, found by their paths (the std model places no file by `#[path]`). */
export function modulesOfFiles(db: DefDb, krate: CrateId, files: readonly FilePath[]): readonly ModuleId[] {
  const root = db.rootModule(krate);
  const prefix = dirname(db.crate(krate).root);
  return files.flatMap((file) => {
    const names = relativePath(prefix, file)
      .replace(/(?:(?:^|\/)(?:mod|lib))?\.rs$/, "")
      .split("/");
    let at: ModuleId | undefined = root;
    for (const name of names) if (name !== "") at = at === undefined ? undefined : childNamed(db, at, name);
    return at === undefined ? [] : [at];
  });
}

function childNamed(db: DefDb, module: ModuleId, name: string): ModuleId | undefined {
  const declaration = db
    .scope(module)
    .names.get(name)
    ?.find((d) => d.kind === "module");
  return declaration?.kind === "module" ? db.childModule(module, declaration) : undefined;
}

/** The impls written in some modules, by the trait's last name. */
export function implsOfModules(db: DefDb, modules: readonly ModuleId[]): ImplIndex["byTrait"] {
  const byTrait = new Map<string, IndexedImpl[]>();
  for (const module of modules) addImpls(db, module, { scope: db.scope(module), prefix: "" }, byTrait);
  return byTrait;
}

/**
 * Walks all modules of a crate, blocks of functions and consts included, for the impls of traits with a last name (empty: inherent
 * impls). Macro calls that mention neither the trait nor a module are not expanded.
 */
export function buildImplIndex(db: DefDb, krate: CrateId, trait: string): ImplIndex {
  const word = trait === "" ? "impl" : trait;
  const byTrait = new Map<string, IndexedImpl[]>();
  const problems: ImplIndex["problems"][number][] = [];
  const aliases = new Set<string>();
  for (const module of allModules(db, krate, word)) {
    const own: ScopePart = { scope: db.scope(module), prefix: "" };
    const made = own.scope.macroCalls.length === 0 ? undefined : db.expandedFor(module, wordsFor(module, word));
    for (const part of [own, ...(made?.parts ?? [])]) {
      addImpls(db, module, part, byTrait);
      addAliases(part, trait, aliases);
    }
    if (made !== undefined) problems.push(...made.problems);
  }
  return { byTrait, aliases: [...aliases], problems };
}

function addAliases({ scope }: ScopePart, trait: string, aliases: Set<string>): void {
  for (const [name, declarations] of scope.names) {
    if (name === trait) continue;
    if (declarations.some((d) => d.kind === "import" && d.import.path.segments.at(-1)?.name === trait)) aliases.add(name);
  }
}

function addImpls(db: DefDb, module: ModuleId, part: ScopePart, byTrait: Map<string, IndexedImpl[]>): void {
  for (const { raw, ordinal } of part.scope.impls) {
    const name = raw.traitPath === undefined ? "" : (raw.traitPath.segments.at(-1)?.name ?? "");
    const entry: IndexedImpl = { def: db.itemId(module, part, { kind: "impl", name: implName(raw.text, raw), ordinal }), raw };
    const known = byTrait.get(name);
    if (known === undefined) byTrait.set(name, [entry]);
    else known.push(entry);
  }
}

/** All modules of a crate that may hold an impl with a word in it, breadth first, block modules of functions and consts with them. */
export function allModules(db: DefDb, krate: CrateId, word = "impl"): readonly ModuleId[] {
  const seen = new Set<ModuleId>();
  const queue: ModuleId[] = [db.rootModule(krate)];
  for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
    if (seen.has(module)) continue;
    seen.add(module);
    queue.push(...childModules(db, module, word));
  }
  return [...seen];
}

/** What stands in a text that makes impls or files; macros called in bodies rarely do. */
function wordsFor(module: ModuleId, word: string): readonly string[] {
  return module.origin.kind === "block" ? [word] : [word, "mod", "include"];
}

function childModules(db: DefDb, module: ModuleId, word: string): readonly ModuleId[] {
  const out: ModuleId[] = [];
  const own: ScopePart = { scope: db.scope(module), prefix: "" };
  const made = own.scope.macroCalls.length === 0 ? [] : db.expandedFor(module, wordsFor(module, word)).parts;
  for (const part of [own, ...made]) out.push(...namedChildren(db, module, part), ...unnamedChildren(db, module, part));
  return out;
}

/** Modules declared in a part, and those of blocks in its named items. */
function namedChildren(db: DefDb, module: ModuleId, part: ScopePart): readonly ModuleId[] {
  return [...part.scope.names.values()].flat().flatMap((declaration): readonly ModuleId[] => {
    if (declaration.kind === "module") return [db.childModule(module, declaration)];
    if (declaration.kind !== "item") return [];
    return blockModules(
      db,
      db.itemId(module, part, { kind: declaration.defKind, name: declaration.raw.name, ordinal: declaration.ordinal }),
    );
  });
}

/** Modules of blocks in a part's impls and items without names. */
function unnamedChildren(db: DefDb, module: ModuleId, part: ScopePart): readonly ModuleId[] {
  const out: ModuleId[] = [];
  for (const block of part.scope.unnamed)
    out.push(...blockModules(db, db.itemId(module, part, { kind: block.defKind, name: block.raw.name, ordinal: block.ordinal })));
  for (const impl of part.scope.impls) {
    const def = db.itemId(module, part, { kind: "impl", name: implName(impl.raw.text, impl.raw), ordinal: impl.ordinal });
    if (impl.raw.items.some(hasBlocks)) for (const item of db.associatedItems(def)) out.push(...blockModules(db, item));
  }
  return out;
}

function hasBlocks(item: RawItem): boolean {
  return item.blocks.length > 0;
}

/** The block modules of a definition's body and of constants in its header. */
export function blockModules(db: DefDb, def: DefId): readonly ModuleId[] {
  if (def.kind === "trait") return db.associatedItems(def).flatMap((item) => blockModules(db, item));
  const raw = db.rawItem(def);
  if (raw === undefined) return [];
  const out: ModuleId[] = [];
  const visit = (blocks: typeof raw.blocks, path: readonly number[]): void => {
    blocks.forEach((block, i) => {
      out.push(db.blockModule(def, [...path, i]));
      visit(block.blocks, [...path, i]);
    });
  };
  visit(raw.blocks, []);
  return out;
}
