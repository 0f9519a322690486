/**
 * Which macro a call names.
 *
 * Textual scope first: `macro_rules!` in front of the call, in its own list of items, in modules with `#[macro_use]`, in what earlier
 * calls made, then the same around it up to the crate root. Then paths and imports, then `#[macro_use] extern crate`, then the
 * standard library.
 *
 * Example: `macro_rules! m { … } mod a { m!(); }` names the `m` above; in front of it, `m!()` would not.
 * Source: Reference, "Macros by example" (scoping); rustc_resolve::macros, `early_resolve_ident_in_lexical_scope`.
 */
import { msg } from "../base/message.ts";
import { isTextBuiltin } from "../hir-expand/builtin.ts";
import { effectiveAttrs, splitTopLevel } from "./attrs.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import type { RawItem } from "./item-tree.ts";
import type { ItemListId, MacroCallId, MacroHost, MacroTarget } from "./macro-call.ts";
import { listAround, prefixOf } from "./macro-call.ts";
import type { NameDb, Named, PathResolution } from "./name-db.ts";
import { PUBLIC } from "./name-db.ts";
import type { DeclaredExternCrate, DeclaredMacroDef, DeclaredModule, ModuleScope } from "./scope.ts";
import type { PathRef } from "./type-ref.ts";

/** A place in the order of the text: in front of the item with this index. */
export interface TextPosition {
  readonly list: ItemListId;
  readonly order: number;
}

/** Where a macro's path stands. */
interface MacroPlace {
  readonly module: ModuleId;
  readonly position: TextPosition;
}

/**
 * The macro a path names at a place in a module: by written names, else by those that macros with written names make (so that looking
 * for a macro never needs the macro itself).
 */
export function resolveMacroPath(db: MacroHost, at: MacroPlace, path: PathRef): MacroTarget {
  return resolveWrittenMacro(db, at, path) ?? resolveMadeMacro(db, at.module, path);
}

/** The macro a path names by names that macros make. */
export function resolveMadeMacro(db: MacroHost, module: ModuleId, path: PathRef): MacroTarget {
  const made = db.macroNames.resolvePath(module, path, "macros");
  return macroOf(db, made) ?? { kind: "problem", problem: problemOf(made, path.segments.at(-1)?.name ?? "") };
}

/** The macro a path names by textual scope and written names. */
export function resolveWrittenMacro(db: MacroHost, at: MacroPlace, path: PathRef): MacroTarget | undefined {
  const name = path.segments.at(-1)?.name ?? "";
  const isPlain = path.anchor.kind === "plain" && path.segments.length === 1;
  const textual = isPlain ? textualMacro(db, at.position, name) : undefined;
  if (textual !== undefined) return targetOf(db, textual);
  if (isPlain && STATEMENT_MACROS.has(name) && !isNamedAround(db, at.module, name)) return { kind: "std" };
  const found = writtenMacroTarget(db, at.module, path);
  if (found !== undefined) return found;
  const inner = isPlain ? innerMacroUse(db, at.module, name) : undefined;
  return inner === undefined ? undefined : targetOf(db, inner);
}

/** A macro called by the text of another one may be its neighbour: `macro` items, and `#[macro_export(local_inner_macros)]`. */
export function neighbourMacro(db: MacroHost, { module }: DefId, name: string): MacroTarget | undefined {
  const named = db.written.exportedMacro(module.krate, name) ?? textualMacro(db, { list: module, order: Number.POSITIVE_INFINITY }, name);
  return named === undefined ? undefined : { kind: "def", def: named };
}

/** The macro a path names among the written names, without regard to the order of the text. */
export function writtenMacroTarget(db: MacroHost, module: ModuleId, path: PathRef): MacroTarget | undefined {
  const name = path.segments.at(-1)?.name ?? "";
  const isPlain = path.anchor.kind === "plain" && path.segments.length === 1;
  const written = macroOf(db, db.written.resolvePath(module, path, "macros"));
  return written ?? (isPlain ? (fromMacroUseCrates(db, module, name) ?? fromStd(db, module, name)) : undefined);
}

/**
 * Macros of the standard library that stand for something to do or a value. Globs are not searched for others of the same name: the
 * ones there are (`defmt::*`, `tracing::*`) make no items either.
 */
export const STATEMENT_MACROS: ReadonlySet<string> = new Set(
  (
    "assert assert_eq assert_ne debug_assert debug_assert_eq debug_assert_ne panic unreachable todo unimplemented println print " +
    "eprintln eprint dbg format format_args write writeln vec matches concat stringify line column file module_path cfg env " +
    "option_env include_str include_bytes compile_error thread_local pin ready is_x86_feature_detected"
  ).split(" "),
);

function isNamedAround(db: MacroHost, module: ModuleId, name: string): boolean {
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent) {
    if (db.scope(at).names.has(name)) return true;
    if (at.origin.kind !== "block") return false;
  }
  return false;
}

function problemOf(resolved: PathResolution, name: string): Extract<MacroTarget, { kind: "problem" }>["problem"] {
  if (resolved.kind === "unresolved" && resolved.problem.kind !== "unresolvedName") return resolved.problem;
  return { kind: "macro", message: msg("macro `{name}!` was not found", { name }) };
}

function macroOf(db: MacroHost, resolved: PathResolution): MacroTarget | undefined {
  if (resolved.kind !== "found" || resolved.rest > 0 || resolved.named.kind !== "def") return undefined;
  const { def } = resolved.named;
  if (def.kind === "macro") return targetOf(db, def);
  return def.kind === "fn" && db.crate(def.module.krate).kind === "proc-macro"
    ? { kind: "proc", def, path: `${db.crate(def.module.krate).name}::${def.name}` }
    : undefined;
}

function targetOf(db: MacroHost, def: DefId): MacroTarget {
  if (db.crate(def.module.krate).kind !== "std") return { kind: "def", def };
  return isTextBuiltin(def.name) ? { kind: "builtin", name: def.name } : { kind: "std" };
}

/** `#[macro_use] extern crate x;` and `#[macro_use(a, b)] extern crate x;` at the crate root. */
function fromMacroUseCrates(db: MacroHost, module: ModuleId, name: string): MacroTarget | undefined {
  for (const named of macroUseNames(db, db.written, module, name)) {
    const target = macroOf(db, { kind: "found", named, visibility: PUBLIC, rest: 0 });
    if (target !== undefined) return target;
  }
  return undefined;
}

/** What crates that the root names with `#[macro_use]` export by a name of a macro, procedural ones included. */
export function macroUseNames(db: MacroHost, names: NameDb, module: ModuleId, name: string): readonly Named[] {
  const root = db.rootModule(module.krate);
  const scope = db.scope(root);
  return scope.macroUseCrates.flatMap((declaration) => {
    if (!namesMacro(db, module, declaration, name)) return [];
    const crate = db.declared(root, { scope, prefix: "" }, declaration, "types");
    if (crate.kind !== "found" || crate.named.kind !== "module") return [];
    const found = names.lookup(crate.named.module, name, "macros");
    return found.kind === "found" ? [found.named] : [];
  });
}

function namesMacro(db: MacroHost, module: ModuleId, declaration: DeclaredExternCrate, name: string): boolean {
  const attrs = effectiveAttrs(declaration.raw.attrs, db.crate(module.krate).cfg).filter((attr) => attr.path === "macro_use");
  return attrs.some((attr) => attr.args === undefined || splitTopLevel(attr.args).some((word) => word.trim() === name));
}

function fromStd(db: MacroHost, module: ModuleId, name: string): MacroTarget | undefined {
  const { sysroot } = db.graph;
  const crates = db.hasCrateAttr(module.krate, "no_std") ? ["core"] : ["std", "core", "alloc"];
  for (const crate of crates) {
    const id = sysroot.get(crate);
    const found = id === undefined ? undefined : db.written.lookup(db.rootModule(id), name, "macros");
    if (found?.kind === "found" && found.named.kind === "def") return targetOf(db, found.named.def);
  }
  return isTextBuiltin(name) ? { kind: "builtin", name } : undefined;
}

// --- textual scope ---

/** The `macro_rules!` of a name that is in scope at a place. */
export function textualMacro(db: MacroHost, from: TextPosition, name: string): DefId | undefined {
  let at: TextPosition | undefined = from;
  const budget = { left: MAX_LISTS };
  while (at !== undefined) {
    const found = lastInList(db, at, name, budget);
    if (found !== undefined) return found;
    const { list }: TextPosition = at;
    if (list.kind === "module") return db.macros.inherited(list, name);
    at =
      list.kind === "macroCall"
        ? { list: listAround(list), order: db.macros.declaredCall(list)?.order ?? Number.POSITIVE_INFINITY }
        : positionOfDef(db, list);
  }
  return undefined;
}

/** How many lists one search looks into: macros that make macros may multiply. */
const MAX_LISTS = 1000;

/** The last `macro_rules!` of a name in front of an index of a list. */
function lastInList(db: MacroHost, at: TextPosition, name: string, budget: { left: number }): DefId | undefined {
  budget.left -= 1;
  const scope = budget.left < 0 ? undefined : db.macros.scopeOf(at.list);
  if (scope === undefined) return undefined;
  for (const event of eventsBefore(db, at, scope, name)) {
    const found =
      event.list === undefined ? event.def : lastInList(db, { list: event.list, order: Number.POSITIVE_INFINITY }, name, budget);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Something in a list that is or may hold the macro. */
interface ScopeEvent {
  readonly order: number;
  readonly def: DefId | undefined;
  readonly list: ItemListId | undefined;
}

/** The nearest first. */
function eventsBefore(db: MacroHost, { list, order }: TextPosition, scope: ModuleScope, name: string): readonly ScopeEvent[] {
  const module = moduleOf(list);
  const defs = scope.macroDefs.filter(({ raw }) => raw.name === name && raw.style === "macroRules");
  const makers = db.macros.makers(list).filter((maker) => maker.order < order && db.macros.mayDefine(maker, name));
  const events: ScopeEvent[] = [
    ...defs.map((macro) => ({ order: macro.order, def: macroId(db, list, scope, macro), list: undefined })),
    ...scope.macroUseModules.map((used) => ({ order: used.order, def: undefined, list: db.childModule(module, used) })),
    ...makers.map((maker) => ({ order: maker.order, def: undefined, list: maker.call })),
  ];
  return events.filter((event) => event.order < order).sort((a, b) => b.order - a.order);
}

function macroId(db: MacroHost, list: ItemListId, scope: ModuleScope, macro: DeclaredMacroDef): DefId {
  return db.itemId(
    moduleOf(list),
    { scope, prefix: list.kind === "macroCall" ? list.prefix : "" },
    { kind: "macro", name: macro.raw.name, ordinal: macro.ordinal },
  );
}

function moduleOf(list: ItemListId): ModuleId {
  return list.kind === "module" ? list : list.module;
}

/**
 * A macro of a module whose file begins with `#![macro_use]`. Looked for last, since it means reading the files of all modules around;
 * the order of the text is not regarded.
 */
export function innerMacroUse(db: MacroHost, module: ModuleId, name: string): DefId | undefined {
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent) {
    for (const declaration of [...db.scope(at).names.values()].flat()) {
      if (declaration.kind !== "module" || declaration.raw.isInline) continue;
      const child = db.childModule(at, declaration);
      const found = hasInnerMacroUse(db, child) ? textualMacro(db, { list: child, order: Number.POSITIVE_INFINITY }, name) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function hasInnerMacroUse(db: MacroHost, module: ModuleId): boolean {
  const { origin } = module;
  const content = origin.kind === "file" ? db.source.content(origin.path) : undefined;
  // Most texts do not have the word: that is seen without the pattern, which tries every line.
  if (content?.kind !== "text" || !content.text.includes("macro_use")) return false;
  if (!/^\s*#!\[[^\]]*\bmacro_use\b/m.test(content.text)) return false;
  return effectiveAttrs(db.scope(module).innerAttrs, db.crate(module.krate).cfg).some((attr) => attr.path === "macro_use");
}

/** Where a module is declared; undefined for a crate root. */
export function positionOfModule(db: MacroHost, module: ModuleId): TextPosition | undefined {
  const { parent, origin } = module;
  if (parent === undefined) return undefined;
  if (origin.kind === "block")
    return parent.origin.kind === "block" ? { list: parent, order: Number.POSITIVE_INFINITY } : positionOfDef(db, origin.owner);
  const list = listOfModule(db, module, parent);
  return { list, order: declarationOfModule(db, module)?.order ?? Number.POSITIVE_INFINITY };
}

/** The `mod` that declares a module, inline or not; undefined for a crate root and a block. */
export function declarationOfModule(db: MacroHost, module: ModuleId): DeclaredModule | undefined {
  const { parent, origin, name } = module;
  if (parent === undefined || origin.kind === "block") return undefined;
  for (const declared of db.macros.scopeOf(listOfModule(db, module, parent))?.names.get(name) ?? [])
    if (declared.kind === "module" && (origin.kind !== "inline" || declared.ordinal === origin.ordinal)) return declared;
  return undefined;
}

function listOfModule(db: MacroHost, { prefix }: ModuleId, parent: ModuleId): ItemListId {
  return db.macros.calls.byPrefix(parent, prefix) ?? parent;
}

/** Where a definition stands in its list. */
export function positionOfDef(db: MacroHost, def: DefId): TextPosition {
  const place = def.container ?? def.module;
  const list: ItemListId = db.macros.calls.byPrefix(place, prefixOf(def.ordinal)) ?? place;
  const raw: RawItem | undefined = db.rawItem(def);
  const scope = db.macros.scopeOf(list);
  return { list, order: (raw === undefined || scope === undefined ? undefined : orderOf(scope, raw)) ?? Number.POSITIVE_INFINITY };
}

function orderOf(scope: ModuleScope, raw: RawItem): number | undefined {
  if (raw.kind === "impl") return scope.impls.find((impl) => impl.raw === raw)?.order;
  const named = raw.name === "_" ? scope.unnamed : scope.names.get(raw.name);
  return named?.find((d) => d.kind === "item" && d.raw === raw)?.order;
}

/** The place of a call in the order of the text. */
export function positionOfCall(db: MacroHost, call: MacroCallId): TextPosition {
  return { list: listAround(call), order: db.macros.declaredCall(call)?.order ?? Number.POSITIVE_INFINITY };
}
