/**
 * What a macro call may make, judged by text alone, so that looking a name up does not expand calls that cannot matter.
 *
 * Example: `cfg_rt! { mod a; }` may make `a`; for any other name the text of `cfg_rt` and of the macros it calls decides.
 *
 * Invariant: `false` is certain as long as names are not put together; a macro that can do that (`paste!`, `include!`, a procedural
 * macro, a macro that could not be found) may make anything.
 */
import { WordPattern } from "../base/word-pattern.ts";
import { mayJoinNames } from "../hir-expand/paste.ts";
import { functionLikeMacroEffect } from "../hir-expand/proc-macros.ts";
import { isReserved } from "../hir-expand/token-class.ts";
import { codeOnly } from "../syntax/code-text.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import { fillsMacros, itemMacroPaths } from "./item-macro-text.ts";
import type { RawMacroCall } from "./item-tree.ts";
import { mentions } from "./lookup.ts";
import type { ItemListId, MacroCallId, MacroHost, MacroTarget } from "./macro-call.ts";
import { innerMacroUse, STATEMENT_MACROS, writtenMacroTarget } from "./macro-scope.ts";
import { mayDeclare } from "./may-declare.ts";
import { declaredName, declaresPrimitive, isPrimitiveName, takesNames } from "./primitive-names.ts";
import type { DeclaredMacroCall } from "./scope.ts";
import type { PathRef } from "./type-ref.ts";
import { pathOfText } from "./written-path.ts";

/** The texts a macro's output is made of, besides the call's arguments. */
export interface MacroReach {
  readonly texts: readonly string[];
  /** The output may hold words that stand in no text. */
  readonly isOpen: boolean;
  /** It calls a macro named in its arguments. */
  readonly callsArguments: boolean;
  /** What derives and attributes its items may have, besides those in its arguments: paths. */
  readonly onItems: readonly string[];
  /** Any path in its arguments may be one of a derive or an attribute. */
  readonly fillsMacros: boolean;
}

export const CLOSED: MacroReach = { texts: [], isOpen: false, callsArguments: false, onItems: [], fillsMacros: false };
const OPEN: MacroReach = { ...CLOSED, isOpen: true };
const CALLS_ARGUMENTS: MacroReach = { ...CLOSED, callsArguments: true };
const MAX_TEXTS = 60;

/** A call inside a text: the path in front of `!` and an opening delimiter, or a variable that may hold delimited tokens. */
const CALL = new WordPattern(
  String.raw`((?:\$?[\p{XID_Start}_][\p{XID_Continue}]*\s*::\s*)*)(\$?[\p{XID_Start}_][\p{XID_Continue}]*)\s*!\s*[(\{[$]`,
  "g",
);

/** A call of a macro whose path is put together by a repetition: `$($part)::+! { … }`. */
const CALL_OF_PARTS = /\)\s*(?:::)?\s*[*+?]\s*!\s*[({[$]/;

/** What may name a macro. */
const NAMED = new WordPattern(String.raw`((?:\$?[\p{XID_Start}_][\p{XID_Continue}]*\s*::\s*)*)([\p{XID_Start}_][\p{XID_Continue}]*)`, "g");

/** Whether a call may make something that has one of the words, or declares what a word says. */
export function mayMake(db: MacroHost, list: ItemListId, call: DeclaredMacroCall, words: readonly string[]): boolean {
  const code = codeOf(call.raw);
  const id = db.macros.idOf(list, call);
  return words.some((word) => {
    const name = declaredName(word);
    if (name !== undefined) return mayMakeName(db, { id, code }, name);
    if (holds(code, word)) return true;
    const reach = db.macros.reachOfCall(id);
    return reach.isOpen || reach.texts.some((text) => holds(text, word));
  });
}

function mayMakeName(db: MacroHost, { id, code }: { readonly id: MacroCallId; readonly code: string }, name: string): boolean {
  const isPrimitive = isPrimitiveName(name);
  if (isPrimitive && declaresPrimitive(code, name)) return true;
  const reach = db.macros.reachOfCall(id);
  if (reach.isOpen) return true;
  if (!isPrimitive) return mayDeclare(db, { id, code, reach }, name);
  return reach.texts.some((text) => declaresPrimitive(text, name)) || (mentions(code, name) && reach.texts.some(takesNames));
}

/** The code of a call's arguments: no word of a comment or a string becomes a name, unless a macro puts names together. */
export function codeOf(raw: RawMacroCall | undefined): string {
  if (raw === undefined) return "";
  let code = codes.get(raw);
  if (code === undefined) {
    code = codeOnly(raw.args);
    codes.set(raw, code);
  }
  return code;
}

const codes = new WeakMap<RawMacroCall, string>();

/** Stands for an import by a glob among the words asked for. */
export const GLOB = "::*";

/** `a::*;`, `a::{b, *}`, or an argument `a::*`; not the `,*` of a repetition, which stands behind `)`. */
const GLOB_TEXT = /(?:::|\{|(?<!\)\s*),)\s*\*\s*(?:[,;)\]}]|$)/;

function holds(text: string, word: string): boolean {
  return word === GLOB ? GLOB_TEXT.test(text) : mentions(text, word);
}

/** What a call may make besides the words of its own arguments. */
export function computeReach(db: MacroHost, call: MacroCallId): MacroReach {
  const args = codeOf(db.macros.declaredCall(call)?.raw);
  const target = db.macros.writtenTarget(call);
  const reach = join([target === undefined ? OPEN : targetReach(db, target), textReach(db, call.module, args)]);
  return reach.callsArguments ? join([reach, argumentsReach(db, call.module, args)]) : reach;
}

/** What a macro may make that calls macros named in its arguments. */
export function argumentsReach(db: MacroHost, module: ModuleId, args: string): MacroReach {
  return callsMadeMacro(db, module, args) ? OPEN : namedReach(db, module, args, new Set());
}

/** Whether a word of a text may be a macro that a macro makes. */
function callsMadeMacro(db: MacroHost, module: ModuleId, text: string): boolean {
  const words = new Set(text.match(/[A-Za-z_]\w*/g) ?? []);
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent) {
    for (const { call } of db.macros.makers(at)) {
      const args = codeOf(db.macros.declaredCall(call)?.raw);
      const named = args.includes("macro_rules") ? /macro_rules\s*!\s*(\w+)/g : /([A-Za-z_]\w*)/g;
      for (const [, word = ""] of args.matchAll(named)) if (words.has(word)) return true;
    }
  }
  return false;
}

/** What a macro's own text and the macros it calls may make. */
export function computeDefReach(db: MacroHost, def: DefId): MacroReach {
  const raw = db.rawItem(def);
  if (raw?.kind !== "macroDef") return CLOSED;
  const code = codeOnly(raw.body);
  const onItems = itemMacroPaths(code, def.module.krate);
  const own = { texts: [code], isOpen: mayJoinNames(code), callsArguments: false, onItems, fillsMacros: fillsMacros(code) };
  return join([own, textReach(db, def.module, code, def.name)]);
}

/** What the macros called in a text may make. */
function textReach(db: MacroHost, module: ModuleId, text: string, self?: string): MacroReach {
  if (!text.includes("!")) return CLOSED;
  const found: MacroReach[] = CALL_OF_PARTS.test(text) ? [OPEN] : [];
  const seen = new Set<string>(self === undefined ? [] : [self]);
  for (const [, prefix = "", name = ""] of text.matchAll(CALL.for(text))) {
    // `super::m!` is another macro than the `m!` whose text this is.
    const called = /^(?:\$crate(?:_\d+)?\s*::\s*)?$/.test(prefix) ? name : prefix + name;
    // `if !(a)` calls nothing.
    if (seen.has(called) || STATEMENT_MACROS.has(name) || name === "macro_rules" || isReserved(name)) continue;
    seen.add(called);
    found.push(name.startsWith("$") && prefix === "" ? CALLS_ARGUMENTS : calledReach(db, module, prefix, name));
  }
  const called = join(found);
  return called.callsArguments ? join([called, namedReach(db, module, text, seen)]) : called;
}

/** Whether a path begins with what a call puts there: `$path::` . */
function isFilledIn(prefix: string): boolean {
  return prefix.includes("$") && !/^\$crate(?:_\d+)?\s*::[^$]*$/.test(prefix);
}

/** What a macro called in a text may make. */
function calledReach(db: MacroHost, module: ModuleId, prefix: string, name: string): MacroReach {
  if (name.startsWith("$") || isFilledIn(prefix)) return OPEN;
  const path = pathOfText(prefix + name, module.krate);
  const found = namedMacros(db, module, path);
  if (found.length > 0) return join(found);
  const target = writtenMacroTarget(db, module, path);
  if (target !== undefined) return targetReach(db, target);
  const inner = prefix === "" ? innerMacroUse(db, module, name) : undefined;
  return inner === undefined ? OPEN : db.macros.reachOfDef(inner);
}

/** What the macros of a path may make: which of several is meant depends on the order of the text, which is not looked at. */
function namedMacros(db: MacroHost, module: ModuleId, path: PathRef): readonly MacroReach[] {
  const name = path.segments.at(-1)?.name ?? "";
  const isPlain = path.anchor.kind === "plain" && path.segments.length === 1;
  const isOwn = isPlain || path.anchor.kind === "dollarCrate";
  const near = (isOwn ? nearbyMacros(db, module, name) : []).map((def) => db.macros.reachOfDef(def));
  if (isPlain && (near.length === 0 ? !mayImport(db, module, name) : !db.scope(module).names.has(name))) return near;
  const target = writtenMacroTarget(db, module, path);
  return target === undefined ? near : [...near, targetReach(db, target)];
}

/** Whether a macro may come from elsewhere into a module or a block: by an import, a glob, `#[macro_use] extern crate`. */
function mayImport(db: MacroHost, module: ModuleId, name: string): boolean {
  if (db.scope(db.rootModule(module.krate)).macroUseCrates.length > 0) return true;
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.origin.kind === "block" ? at.parent : undefined) {
    const { names, globs } = db.scope(at);
    if (names.has(name) || globs.length > 0) return true;
  }
  return false;
}

function targetReach(db: MacroHost, target: MacroTarget): MacroReach {
  switch (target.kind) {
    case "std":
    case "problem":
      return CLOSED;
    case "builtin":
      return target.name === "include" ? OPEN : CLOSED;
    case "proc":
      return functionLikeMacroEffect(target.path).kind === "expanded" ? OPEN : CLOSED;
    case "def":
      return db.macros.reachOfDef(target.def);
  }
}

/** A macro that calls one of its arguments (`$callback! { … }`): any macro named there may be meant. */
function namedReach(db: MacroHost, module: ModuleId, text: string, seen: ReadonlySet<string>): MacroReach {
  const found: MacroReach[] = [];
  const known = new Set<string>();
  for (const [path, prefix = "", name = ""] of text.matchAll(NAMED.for(text))) {
    if (known.has(path) || (prefix === "" && (seen.has(name) || STATEMENT_MACROS.has(name)))) continue;
    known.add(path);
    if (isFilledIn(prefix)) found.push(OPEN);
    else found.push(...namedMacros(db, module, pathOfText(path, module.krate)));
  }
  return join(found);
}

function join(reaches: readonly MacroReach[]): MacroReach {
  const texts = [...new Set(reaches.flatMap((reach) => reach.texts))];
  return {
    texts: texts.slice(0, MAX_TEXTS),
    isOpen: texts.length > MAX_TEXTS || reaches.some((reach) => reach.isOpen),
    callsArguments: reaches.some((reach) => reach.callsArguments),
    onItems: [...new Set(reaches.flatMap((reach) => reach.onItems))],
    fillsMacros: reaches.some((reach) => reach.fillsMacros),
  };
}

/** The macros of a name written in a module, in those around it and in their `#[macro_use]` modules. */
export function nearbyMacros(db: MacroHost, module: ModuleId, name: string): readonly DefId[] {
  const found: DefId[] = [];
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent)
    found.push(...(db.macros.writtenMacros(at).get(name) ?? []));
  return found;
}

/** The macros written in a module and in its `#[macro_use]` modules. */
export function computeWrittenMacros(db: MacroHost, module: ModuleId): ReadonlyMap<string, readonly DefId[]> {
  const scope = db.scope(module);
  const used = scope.macroUseModules.flatMap((one) => [...db.macros.writtenMacros(db.childModule(module, one))]);
  const own = scope.macroDefs.map(({ raw, ordinal }): [string, readonly DefId[]] => [
    raw.name,
    [db.itemId(module, { scope, prefix: "" }, { kind: "macro", name: raw.name, ordinal })],
  ]);
  const out = new Map<string, readonly DefId[]>();
  for (const [name, defs] of [...used, ...own]) out.set(name, [...(out.get(name) ?? []), ...defs]);
  return out;
}

/** A call that may define `macro_rules!`, and its index in its list. */
export interface MacroMaker {
  readonly call: MacroCallId;
  readonly order: number;
}

/** The calls of a list that may define macros. Judged by the arguments, by macros of that name that are written nearby or imported; `include!` may. */
export function computeMakers(db: MacroHost, list: ItemListId): readonly MacroMaker[] {
  const scope = db.macros.scopeOf(list);
  const module = list.kind === "module" ? list : list.module;
  return (scope?.macroCalls ?? [])
    .filter((call) => mayDefineMacros(db, module, call))
    .map((call) => ({ call: db.macros.idOf(list, call), order: call.order }));
}

const DEFINES = /\bmacro_rules\b|\bmacro_use\b/;

function mayDefineMacros(db: MacroHost, module: ModuleId, call: DeclaredMacroCall): boolean {
  if (DEFINES.test(codeOf(call.raw))) return true;
  const name = call.raw.path.segments.at(-1)?.name ?? "";
  if (STATEMENT_MACROS.has(name)) return false;
  if (name === "include") return true;
  const reach = join(namedMacros(db, module, call.raw.path));
  const all = reach.callsArguments ? join([reach, namedReach(db, module, codeOf(call.raw), new Set())]) : reach;
  return all.texts.some((text) => DEFINES.test(text));
}

/** Whether a maker may define a macro of a name: its texts say `macro_rules! name`, or `macro_rules! $name`. */
export function mayDefine(db: MacroHost, { call }: MacroMaker, name: string): boolean {
  const reach = db.macros.reachOfCall(call);
  const texts = [codeOf(db.macros.declaredCall(call)?.raw), ...reach.texts];
  return reach.isOpen || texts.some((text) => /\bmacro_use\b/.test(text) || definesName(text, name));
}

function definesName(text: string, name: string): boolean {
  for (const [, defined = ""] of text.matchAll(/\bmacro_rules\s*!\s*(\$?\w+)/g))
    if (defined === name || defined.startsWith("$")) return true;
  return false;
}
