/**
 * Where a crate's impls are: by the last name of the trait as written.
 *
 * Invariants: a look-up parses only files whose text may hold such an impl. Crates of the standard library are asked file by file;
 * others are walked module by module, past files that neither say the name, nor call a macro that says it, nor declare other files.
 */
import type { FilePath } from "../base/path.ts";
import { dirname, relativePath } from "../base/path.ts";
import type { CrateId } from "../db/crate-graph.ts";
import { ITEM_WORD } from "../syntax/skeleton.ts";
import type { DefDb } from "./def-db.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import type { RawImpl, RawItem } from "./item-tree.ts";
import type { NameProblem, ScopePart } from "./name-db.ts";
import { implName } from "./scope-item.ts";
import { mayDeclare, textFacts } from "./text-facts.ts";

export interface IndexedImpl {
  readonly def: DefId;
  /** The last segment of the self type if it is a path, to rule candidates out cheaply (aliases keep their own name). */
  readonly raw: RawImpl;
}

export interface ImplIndex {
  readonly impls: readonly IndexedImpl[];
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

/** The impls of a trait (by its last name; empty: inherent impls) that are written in some modules. */
export function implsOfModules(db: DefDb, modules: readonly ModuleId[], trait: string): readonly IndexedImpl[] {
  return modules.flatMap((module) => implsOfPart(db, module, { scope: db.scope(module), prefix: "" }, trait));
}

/**
 * Walks the modules of a crate that may hold them, blocks of functions and consts included, for the impls of traits with a last name
 * (empty: inherent impls). Macro calls that mention neither the trait nor a module are not expanded.
 */
export function buildImplIndex(db: DefDb, krate: CrateId, trait: string): ImplIndex {
  const word = trait === "" ? "impl" : trait;
  const impls: IndexedImpl[] = [];
  const problems: ImplIndex["problems"][number][] = [];
  const aliases = new Set<string>();
  for (const module of allModules(db, krate, word)) {
    const found = db.partsFor(module, wordsFor(module, word));
    for (const part of found.parts) {
      impls.push(...implsOfPart(db, module, part, trait));
      addAliases(part, trait, aliases);
    }
    problems.push(...found.problems);
  }
  return { impls, aliases: [...aliases], problems };
}

function addAliases({ scope }: ScopePart, trait: string, aliases: Set<string>): void {
  for (const [name, declarations] of scope.names) {
    if (name === trait) continue;
    if (declarations.some((d) => d.kind === "import" && d.import.path.segments.at(-1)?.name === trait)) aliases.add(name);
  }
}

/** The impls of a trait (by its last name; empty: inherent impls) that stand in a module itself or are made by its macro calls. */
export function implsIn(db: DefDb, module: ModuleId, trait: string): readonly IndexedImpl[] {
  return db.partsFor(module, [trait]).parts.flatMap((part) => implsOfPart(db, module, part, trait));
}

function implsOfPart(db: DefDb, module: ModuleId, part: ScopePart, trait: string): readonly IndexedImpl[] {
  const wanted = part.scope.impls.filter(({ raw }) => raw.traitName === trait);
  return wanted.map(({ raw, ordinal }) => ({
    def: db.itemId(module, part, { kind: "impl", name: implName(raw.text, raw), ordinal }),
    raw,
  }));
}

/** The modules of a crate that may hold an impl with a word in it, breadth first, block modules of functions and consts with them. */
export function allModules(db: DefDb, krate: CrateId, word = "impl"): readonly ModuleId[] {
  const seen = new Set<ModuleId>();
  const queue: ModuleId[] = [db.rootModule(krate)];
  for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
    if (seen.has(module) || !fileMayHold(db, module, word)) continue;
    seen.add(module);
    queue.push(...childModules(db, module, word));
  }
  return [...seen];
}

/** What stands in the text of a macro that makes modules. */
const MAKES_MODULES = ["mod", "include"];

/** Whether a module's file may hold such an impl, or declare a module that does. */
function fileMayHold(db: DefDb, { origin, parent }: ModuleId, word: string): boolean {
  if (origin.kind !== "file" || parent === undefined) return true;
  const facts = db.source.textFacts(origin.path);
  return facts === undefined || facts.mayDeclareFiles || mayDeclare(db, { module: parent, facts }, word, MAKES_MODULES);
}

/** What stands in a text that makes impls or files; macros called in bodies rarely do. */
function wordsFor(module: ModuleId, word: string): readonly string[] {
  return module.origin.kind === "block" ? [word] : [word, ...MAKES_MODULES];
}

function childModules(db: DefDb, module: ModuleId, word: string): readonly ModuleId[] {
  const out: ModuleId[] = [];
  for (const part of db.partsFor(module, wordsFor(module, word)).parts)
    out.push(...namedChildren(db, module, part, word), ...unnamedChildren(db, module, part, word));
  return out;
}

/** Modules declared in a part, and those of blocks in its named items. */
function namedChildren(db: DefDb, module: ModuleId, part: ScopePart, word: string): readonly ModuleId[] {
  const out: ModuleId[] = [];
  for (const declarations of part.scope.names.values()) {
    for (const declaration of declarations) {
      if (declaration.kind === "module") out.push(db.childModule(module, declaration));
      if (declaration.kind !== "item" || !itemMayHold(db, module, declaration.raw, word)) continue;
      const { defKind: kind, raw, ordinal } = declaration;
      out.push(...blockModules(db, db.itemId(module, part, { kind, name: raw.name, ordinal })));
    }
  }
  return out;
}

/** Modules of blocks in a part's impls and items without names. */
function unnamedChildren(db: DefDb, module: ModuleId, part: ScopePart, word: string): readonly ModuleId[] {
  const out: ModuleId[] = [];
  for (const { defKind: kind, raw, ordinal } of part.scope.unnamed)
    if (itemMayHold(db, module, raw, word)) out.push(...blockModules(db, db.itemId(module, part, { kind, name: raw.name, ordinal })));
  for (const { raw, ordinal } of part.scope.impls) {
    if (!itemMayHold(db, module, raw, word)) continue;
    const def = db.itemId(module, part, { kind: "impl", name: implName(raw.text, raw), ordinal });
    for (const item of db.associatedItems(def)) out.push(...blockModules(db, item));
  }
  return out;
}

/** Whether the blocks in an item may hold such an impl: judged by the text first, so that what is deferred stays so. */
function itemMayHold(db: DefDb, module: ModuleId, raw: RawItem, word: string): boolean {
  const code = raw.text.slice(raw.kind === "impl" ? raw.selfRange.end : raw.nameRange.end);
  return ITEM_WORD.test(code) && mayDeclare(db, { module, facts: textFacts(code) }, word, []) && hasBlocks(raw);
}

/** Whether an item, or one below it, has blocks that declare items. A call in an impl may make some that have. */
function hasBlocks(item: RawItem): boolean {
  if (item.blocks.length > 0) return true;
  return (item.kind === "trait" || item.kind === "impl") && item.items.some((below) => below.kind === "macroCall" || hasBlocks(below));
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
