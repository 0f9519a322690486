/**
 * What a macro call may make, judged by text alone, so that looking a name up does not expand calls that cannot matter.
 *
 * Example: `cfg_rt! { mod a; }` may make `a`; for any other name the text of `cfg_rt` and of the macros it calls decides.
 *
 * Invariant: `false` is certain as long as names are not put together; a macro that can do that (`paste!`, `include!`, a procedural
 * macro, a macro that could not be found) may make anything.
 */
import type { DefId, ModuleId } from "./def-id.ts";
import { mentions } from "./lookup.ts";
import type { ItemListId, MacroCallId, MacroHost } from "./macro-call.ts";
import { STATEMENT_MACROS } from "./macro-scope.ts";
import type { DeclaredMacroCall, DeclaredMacroDef, ModuleScope } from "./scope.ts";

/** The texts a macro's output is made of, besides the call's arguments. */
export interface MacroReach {
  readonly texts: readonly string[];
  /** The output may hold words that stand in no text. */
  readonly isOpen: boolean;
}

const CLOSED: MacroReach = { texts: [], isOpen: false };
const OPEN: MacroReach = { texts: [], isOpen: true };
const MAX_TEXTS = 60;

/** A call inside a text: the path in front of `!` and an opening delimiter. */
const CALL = /((?:\$crate\s*::\s*|[A-Za-z_]\w*\s*::\s*)*)([A-Za-z_]\w*|\$\w+)\s*!\s*[({[]/g;

/** Whether a call may make something that has one of the words. */
export function mayMake(db: MacroHost, list: ItemListId, call: DeclaredMacroCall, words: readonly string[]): boolean {
  if (words.some((word) => mentions(call.raw.args, word))) return true;
  const reach = db.macros.reachOfCall(db.macros.idOf(list, call));
  return reach.isOpen || reach.texts.some((text) => words.some((word) => mentions(text, word)));
}

/** What a call may make besides the words of its own arguments. */
export function computeReach(db: MacroHost, call: MacroCallId): MacroReach {
  const target = db.macros.resolve(call);
  const args = db.macros.declaredCall(call)?.raw.args ?? "";
  switch (target.kind) {
    case "std":
    case "problem":
      return CLOSED;
    case "builtin":
      return target.name === "include" ? OPEN : textReach(db, call.module, args);
    case "proc":
      return OPEN;
    case "def":
      return join([db.macros.reachOfDef(target.def), textReach(db, call.module, args)]);
  }
}

/** What a macro's own text and the macros it calls may make. */
export function computeDefReach(db: MacroHost, def: DefId): MacroReach {
  const raw = db.rawItem(def);
  if (raw?.kind !== "macroDef") return CLOSED;
  const isOpen = /\[\s*</.test(raw.body) || /\$\{\s*concat/.test(raw.body);
  return join([{ texts: [raw.body], isOpen }, textReach(db, def.module, raw.body, def.name)]);
}

/** What the macros called in a text may make. */
function textReach(db: MacroHost, module: ModuleId, text: string, self?: string): MacroReach {
  if (!text.includes("!")) return CLOSED;
  const found: MacroReach[] = [];
  const seen = new Set<string>(self === undefined ? [] : [self]);
  for (const [, , name = ""] of text.matchAll(CALL)) {
    if (seen.has(name) || STATEMENT_MACROS.has(name) || name === "macro_rules") continue;
    seen.add(name);
    const def = name.startsWith("$") ? undefined : nearbyMacro(db, module, name);
    found.push(def === undefined ? OPEN : db.macros.reachOfDef(def));
    if (def === undefined) break;
  }
  return join(found);
}

function join(reaches: readonly MacroReach[]): MacroReach {
  const texts = [...new Set(reaches.flatMap((reach) => reach.texts))];
  return { texts: texts.slice(0, MAX_TEXTS), isOpen: texts.length > MAX_TEXTS || reaches.some((reach) => reach.isOpen) };
}

/** A macro of a name written in a module, in those around it or in their `#[macro_use]` modules: which of several does not matter here. */
function nearbyMacro(db: MacroHost, module: ModuleId, name: string): DefId | undefined {
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent) {
    const found = writtenMacro(db, at, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function writtenMacro(db: MacroHost, module: ModuleId, name: string): DefId | undefined {
  const scope = db.scope(module);
  const written = scope.macroDefs.findLast((macro) => macro.raw.name === name);
  if (written !== undefined) return idOfMacro(db, module, scope, written);
  for (const used of scope.macroUseModules) {
    const found = writtenMacro(db, db.childModule(module, used), name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function idOfMacro(db: MacroHost, module: ModuleId, scope: ModuleScope, macro: DeclaredMacroDef): DefId {
  return db.itemId(module, { scope, prefix: "" }, { kind: "macro", name: macro.raw.name, ordinal: macro.ordinal });
}

/** A call that may define `macro_rules!`, and its index in its list. */
export interface MacroMaker {
  readonly call: MacroCallId;
  readonly order: number;
}

/** The calls of a list that may define macros. Judged without resolving: by the arguments, and by macros of that name nearby. */
export function computeMakers(db: MacroHost, list: ItemListId): readonly MacroMaker[] {
  const scope = db.macros.scopeOf(list);
  const module = list.kind === "module" ? list : list.module;
  return (scope?.macroCalls ?? [])
    .filter((call) => mayDefineMacros(db, module, call))
    .map((call) => ({ call: db.macros.idOf(list, call), order: call.order }));
}

const DEFINES = /\bmacro_rules\b|\bmacro_use\b/;

function mayDefineMacros(db: MacroHost, module: ModuleId, call: DeclaredMacroCall): boolean {
  if (DEFINES.test(call.raw.args)) return true;
  const def = nearbyMacro(db, module, call.raw.path.segments.at(-1)?.name ?? "");
  return def !== undefined && db.macros.reachOfDef(def).texts.some((text) => DEFINES.test(text));
}
