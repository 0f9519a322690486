/**
 * MadeNames: whether a procedural macro may make a name in a module, which would go before what a glob import, a prelude or the
 * language has by that name. Nothing is run; the macro's text and its call decide.
 *
 * Example: `use shapes::*; make!(A);` of a macro that says `format_ident!("{}Builder", name)` may make `ABuilder`, so `ABuilder` is not
 * what `shapes` has by that name; `#[derive(Build)] struct A;` of such a derive may, too.
 *
 * Invariants: asked only for names that would otherwise be taken from outside of the module; a macro makes names that its own text
 * declares, that are put together from its call and its strings, or, if it reads files, any.
 * Source: Reference, "Name resolution": items go before globs and preludes, whether or not a macro makes them.
 */
import { msg } from "../base/message.ts";
import type { CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import { functionLikeMacroEffect } from "../hir-expand/proc-macros.ts";
import { effectiveAttrs } from "./attrs.ts";
import { isBuiltinDerive } from "./builtin-attrs.ts";
import type { DefDb } from "./def-db.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import { procMacro, writtenDerives } from "./derive-macro.ts";
import { itemMacroPaths, pathsIn } from "./item-macro-text.ts";
import type { RawItem } from "./item-tree.ts";
import { declaredModules } from "./macro-export.ts";
import { codeOf } from "./macro-reach.ts";
import { quotedText } from "./macro-words.ts";
import type { NameProblem, Outside } from "./name-db.ts";
import type { ModuleScope } from "./scope.ts";
import { pathOfText } from "./written-path.ts";

/** What the text of a procedural macro's crate, and of those it writes tokens with, says. */
interface MacroText {
  readonly code: string;
  /** What of it stands in macro calls and strings. */
  readonly quoted: string;
  /** What stands in a string behind and in front of a gap. */
  readonly endings: ReadonlySet<string>;
  readonly beginnings: ReadonlySet<string>;
  /** Strings that are words: most are names of attributes, some a piece of a name. */
  readonly words: ReadonlySet<string>;
}

interface ProcCall {
  readonly macro: DefId;
  readonly args: string;
}

/** A derive or attribute macro on an item. */
interface ItemMacro {
  readonly path: string;
  readonly macro: DefId;
}

/** A call of a module that may make items with derives or attribute macros on them. */
interface MakingCall {
  readonly macros: readonly ItemMacro[];
  /** What its items may be called. */
  readonly names: ReadonlySet<string>;
}

const TOKEN_LIBRARIES: ReadonlySet<string> = new Set(["proc_macro2", "quote", "syn"]);
const MAX_FILES = 400;
const READS_FILES = /\bfs\s*::|\bFile\s*::\s*open\b|\bread_to_string\b/;
const STRING = /"((?:[^"\\]|\\.)*)"/g;
const GAP = /\{\w*(?::[^}]*)?\}/;

export class MadeNames {
  readonly #db: DefDb;
  readonly #calls: Query<ModuleId, readonly ProcCall[]>;
  readonly #texts: Query<CrateId, MacroText | undefined>;
  readonly #onItems: Query<ModuleId, readonly ItemMacro[]>;
  readonly #mayUse: Query<CrateId, boolean>;
  readonly #making: Query<ModuleId, readonly MakingCall[]>;

  constructor(db: DefDb) {
    this.#db = db;
    const { runtime } = db;
    this.#calls = new Query(runtime, { name: "procCalls", compute: (module) => procCalls(db, module), onCycle: () => [] });
    this.#texts = new Query(runtime, { name: "macroText", compute: (krate) => macroText(db, krate), onCycle: () => undefined });
    this.#mayUse = new Query(runtime, { name: "mayUseProcMacros", compute: (krate) => mayUse(db, krate), onCycle: () => true });
    this.#making = new Query(runtime, { name: "makingCalls", compute: (module) => this.#makingCalls(module), onCycle: () => [] });
    this.#onItems = new Query(runtime, { name: "itemMacros", compute: (module) => this.#macrosOnItems(module), onCycle: () => [] });
  }

  /** Why a name from outside of a module may mean something else in it; undefined if no macro makes it. */
  problem(module: ModuleId, name: string, from: Outside): NameProblem | undefined {
    if (this.#db.crate(module.krate).kind === "std") return undefined;
    const call = this.#calls.get(module).find((candidate) => this.#callMakes(candidate, name, from));
    const macro = call === undefined ? this.#itemMacroFor(module, name, from) : `${call.macro.name}!`;
    if (macro === undefined) return undefined;
    return { kind: "procMacro", message: msg("macro `{macro}` may make `{name}` here", { macro, name }) };
  }

  /** Why a name is not found in a module, where a macro is likely to make it. */
  notFound(module: ModuleId, name: string): NameProblem | undefined {
    const call = this.#calls.get(module)[0];
    const macro = this.#itemMacro(module, name, () => true) ?? (call === undefined ? undefined : `${call.macro.name}!`);
    if (macro === undefined) return undefined;
    return { kind: "procMacro", message: msg("`{name}` was not found; macro `{macro}` may make it", { name, macro }) };
  }

  #callMakes({ macro, args }: ProcCall, name: string, from: Outside): boolean {
    // Calls in bodies are mostly expressions.
    if (from === "around a block") return false;
    const text = this.#texts.get(macro.module.krate);
    if (from === "prelude") return text !== undefined && declares(text.code, name);
    if (text === undefined || READS_FILES.test(text.code) || declares(text.code, name)) return true;
    const { words } = text;
    return wordsOf(args).some((word) => isComposed(text, name, word) || isComposed({ beginnings: words, endings: words }, name, word));
  }

  #itemMacroFor(module: ModuleId, name: string, from: Outside): string | undefined {
    if (from === "prelude") return undefined;
    const composed = this.#itemMacro(module, name, ({ macro }, item) => {
      const text = this.#texts.get(macro.module.krate);
      if (text === undefined) return true;
      return isComposed(text, name, item) && (plain(name) !== plain(item) || declaresGiven(text.code, name));
    });
    return composed ?? this.#onItems.get(module).find(({ macro }) => this.#writesItem(macro, name))?.path;
  }

  /** Whether a macro may write an item of a name, whatever it stands on. */
  #writesItem({ module }: DefId, name: string): boolean {
    return declares(this.#texts.get(module.krate)?.quoted ?? "", name);
  }

  /** The macros on the items of a module, each once. */
  #macrosOnItems(module: ModuleId): readonly ItemMacro[] {
    const found = new Map<DefId, ItemMacro>();
    const own = this.#db.scope(module);
    // Among what may import by a glob is all that may hold what no text says: included files.
    const made = own.macroCalls.length === 0 ? [] : this.#db.expandedGlobs(module).parts.map(({ scope }) => scope);
    const onItems = [own, ...made].flatMap((scope) =>
      [...attributedItems(scope), ...scope.impls.map(({ raw }) => raw)].flatMap((raw) => this.#macrosOn(module, raw)),
    );
    const inCalls = this.#making.get(module).flatMap(({ macros }) => macros);
    for (const one of [...onItems, ...inCalls]) if (!found.has(one.macro)) found.set(one.macro, one);
    return [...found.values()];
  }

  /**
   * The calls of a module that may make items with procedural macros on them: those that the arguments and the macros' texts say. No call
   * is expanded for that.
   */
  #makingCalls(module: ModuleId): readonly MakingCall[] {
    const { macroCalls } = this.#db.scope(module);
    if (macroCalls.length === 0 || !this.#mayUse.get(module.krate)) return [];
    return macroCalls.flatMap((call) => {
      const code = codeOf(call.raw);
      const { onItems, fillsMacros, texts } = this.#db.macros.reachOfCall(this.#db.macros.idOf(module, call));
      const paths = new Set([...itemMacroPaths(code), ...onItems, ...(fillsMacros ? pathsIn(code) : [])]);
      const macros = [...paths].flatMap((path) => this.#macroInCall(module, path));
      const names = new Set([...wordsOf(code).filter(isTypeName), ...[code, ...texts].flatMap(itemNames)]);
      return macros.length === 0 ? [] : [{ macros, names }];
    });
  }

  /** A derive or attribute macro on an item of the module that may make a name out of the item's, as it is written. */
  #itemMacro(module: ModuleId, name: string, makes: (macro: ItemMacro, item: string) => boolean): string | undefined {
    const items = attributedItems(this.#db.scope(module)).filter((raw) => partsAround(name, raw.name).length > 0);
    for (const raw of items.toSorted((x, y) => y.name.length - x.name.length)) {
      const macro = this.#macrosOn(module, raw).find((candidate) => makes(candidate, raw.name));
      if (macro !== undefined) return macro.path;
    }
    for (const { macros, names } of this.#making.get(module)) {
      const parts = [...names].filter((item) => partsAround(name, item).length > 0);
      const macro = macros.find((candidate) => parts.some((part) => makes(candidate, part)));
      if (macro !== undefined) return macro.path;
    }
    return undefined;
  }

  #macrosOn(module: ModuleId, raw: RawItem): readonly ItemMacro[] {
    const attrs = effectiveAttrs(raw.attrs, this.#db.crate(module.krate).cfg);
    const paths = [...writtenDerives(attrs), ...attrs.map(({ path }) => path)];
    return paths.flatMap((path) => itemMacro(path, procMacro(this.#db, module, pathOfText(path), this.#db.macroNames)));
  }

  /**
   * The procedural macro of a path in a call: looked for among what macros make only if nothing that is written is called so, and no single
   * name in small letters, which most often is the helper of a derive (`#[pin]`).
   */
  #macroInCall(module: ModuleId, path: string): readonly ItemMacro[] {
    const parsed = pathOfText(path);
    const macro = procMacro(this.#db, module, parsed, this.#db.written);
    // A derive of std is another macro only where one is imported by that name.
    const isPlain = /^\w+$/.test(path) && (isBuiltinDerive(path) || /^\p{Ll}/u.test(path));
    return itemMacro(path, macro !== undefined || isPlain ? macro : procMacro(this.#db, module, parsed, this.#db.macroNames));
  }
}

function itemMacro(path: string, macro: DefId | undefined): readonly ItemMacro[] {
  return macro === undefined ? [] : [{ path, macro }];
}

/** The calls of procedural macros, in the place of items, whose output is not known. */
function procCalls(db: DefDb, module: ModuleId): readonly ProcCall[] {
  return db.scope(module).macroCalls.flatMap((call) => {
    const target = db.macros.writtenTarget(db.macros.idOf(module, call));
    const isKnown = target?.kind !== "proc" || functionLikeMacroEffect(target.path).kind !== "rewrites";
    return isKnown ? [] : [{ macro: target.def, args: call.raw.args }];
  });
}

function wordsOf(code: string): readonly string[] {
  return code.match(/\w+/g) ?? [];
}

/** Whether a word in a call that declares nothing plainly may become the name of a type; one in small letters is a field's or a keyword. */
function isTypeName(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

/** The names of the items that a text declares. */
function itemNames(code: string): readonly string[] {
  return Array.from(code.matchAll(/\b(?:struct|enum|union|trait|mod|type|fn)\s+(\w+)/g), ([, name = ""]) => name);
}

const attributed = new WeakMap<ModuleScope, readonly RawItem[]>();

function attributedItems(scope: ModuleScope): readonly RawItem[] {
  let items = attributed.get(scope);
  if (items === undefined) {
    items = [...scope.names.values()]
      .flat()
      .flatMap((d) => ((d.kind === "item" || d.kind === "module") && d.raw.attrs.length > 0 ? [d.raw] : []));
    attributed.set(scope, items);
  }
  return items;
}

/** Whether a text declares an item of a name: by its keyword, or by the making of an identifier. */
function declares(code: string, name: string): boolean {
  if (!code.includes(name)) return false;
  const keyword = "(?:struct|enum|union|trait|mod|(?:pub(?:\\s*\\([^)]*\\))?|#\\w+)\\s+type)\\s+(?:r#)?";
  return new RegExp(`(?:\\b${keyword}|\\b(?:Ident::new|format_ident!)\\s*\\(\\s*")${name}\\b`).test(code);
}

/** Whether a text declares items that are called what it is given: modules for a name in small letters, types for others. */
function declaresGiven(code: string, name: string): boolean {
  return (/^\p{Ll}/u.test(name) ? /\bmod\s+[#{]/ : /\b(?:struct|enum|union|trait|type)\s+[#{]/).test(code);
}

/** A name as macros compare it that change its case. */
function plain(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

/** What may stand in front of and behind a part in a name that is longer than it or written otherwise. */
function partsAround(name: string, part: string): readonly (readonly [string, string])[] {
  if (name === part || !canHold(name, part)) return [];
  const whole = plain(name);
  const inner = plain(part);
  const found: [string, string][] = [];
  for (let at = whole.indexOf(inner); inner !== "" && at >= 0; at = whole.indexOf(inner, at + 1))
    found.push([whole.slice(0, at), whole.slice(at + inner.length)]);
  return found;
}

/** False for most names at once. */
function canHold(name: string, part: string): boolean {
  return part.replaceAll("_", "").length <= name.length;
}

function isComposed({ beginnings, endings }: Pick<MacroText, "beginnings" | "endings">, name: string, part: string): boolean {
  return partsAround(name, part).some(
    ([before, behind]) => (before === "" || beginnings.has(before)) && (behind === "" || endings.has(behind)),
  );
}

/** Whether a crate may name procedural macros: one is among the crates it depends on, directly or not, or not all are known. */
function mayUse(db: DefDb, krate: CrateId): boolean {
  const found = new Set<CrateId>([krate]);
  for (const at of found) {
    const { kind, dependencies, incomplete, unknownDependencies } = db.crate(at);
    if (kind === "proc-macro" || incomplete !== undefined || unknownDependencies !== undefined) return true;
    if (kind !== "std") for (const { crate } of dependencies) found.add(crate);
  }
  return false;
}

/** undefined if it cannot be read whole. */
function macroText(db: DefDb, krate: CrateId): MacroText | undefined {
  const codes: string[] = [];
  for (const writer of tokenWriters(db, krate)) if (!addCode(db, writer, codes)) return undefined;
  const code = codes.join("\n");
  const beginnings = new Set<string>();
  const endings = new Set<string>();
  const words = new Set<string>();
  for (const [, text = ""] of code.matchAll(STRING)) {
    if (/^\w+$/.test(text)) words.add(plain(text));
    else addPieces(text, beginnings, endings);
  }
  return { code, quoted: quotedText(code), beginnings, endings, words };
}

/** The text of a crate's files; false if one is missing or there are too many. */
function addCode(db: DefDb, krate: CrateId, codes: string[]): boolean {
  const queue: ModuleId[] = [db.rootModule(krate)];
  for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
    if (db.moduleProblem(module) !== undefined || codes.length > MAX_FILES) return false;
    if (module.origin.kind === "file") codes.push(db.source.textFacts(module.origin.path)?.code ?? "");
    queue.push(...declaredModules(db, module, db.scope(module)));
  }
  return true;
}

function addPieces(text: string, beginnings: Set<string>, endings: Set<string>): void {
  const pieces = text.split(GAP);
  for (const [i, piece] of pieces.entries()) {
    if (i > 0) endings.add(plain(/^\w*/.exec(piece)?.[0] ?? ""));
    if (i < pieces.length - 1) beginnings.add(plain(/\w*$/.exec(piece)?.[0] ?? ""));
  }
}

/** The crate of a macro and those it uses that write tokens, too. */
function tokenWriters(db: DefDb, krate: CrateId): readonly CrateId[] {
  const found = new Set<CrateId>([krate]);
  for (const at of found) {
    for (const { crate } of db.crate(at).dependencies) {
      const { name, kind, dependencies } = db.crate(crate);
      const isWriter = dependencies.some((dependency) => TOKEN_LIBRARIES.has(db.crate(dependency.crate).name));
      if (kind !== "proc-macro" && kind !== "std" && isWriter && !TOKEN_LIBRARIES.has(name)) found.add(crate);
    }
  }
  return [...found];
}
