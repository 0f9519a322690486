/**
 * A name in a module: its own items and imports first, then what its macro calls make, then globs.
 *
 * Example: `mod m { use super::*; struct A; }` – `A` in `m` is the struct, other names come from `super`.
 *
 * Invariants: lazy – only what a name needs is resolved; explicit names shadow globs; two globs that disagree are ambiguous; a
 * macro call that could not be expanded makes the names it mentions unknown.
 * Source: Reference, "Name resolution", "Use declarations"; rustc_resolve `resolve_ident_in_module`.
 */
import { msg, sameMessage } from "../base/message.ts";
import { isIdentContinueAt } from "../hir-expand/char-class.ts";
import type { ModuleId } from "./def-id.ts";
import type { LookupResult, NameDb, Named, NameProblem, PathResolution, ScopePart } from "./name-db.ts";
import { NONE, PUBLIC } from "./name-db.ts";
import { declaresPrimitive, declaringWord, isPrimitiveName } from "./primitive-names.ts";
import type { Declaration, DeclaredImport, ModuleScope, Namespace } from "./scope.ts";
import { isVisible, narrower, resolveVisibility } from "./visibility.ts";

/** Looks a name up in a module (not in what surrounds it). */
export function lookupInModule(db: NameDb, module: ModuleId, name: string, ns: Namespace): LookupResult {
  const problem = db.moduleProblem(module);
  if (problem !== undefined) return { kind: "unknown", problem };
  const own: ScopePart = { scope: db.scope(module), prefix: "" };
  const direct = lookupExplicit(db, module, own, { name, ns });
  if (direct.kind !== "none") return direct;
  const hidden = lookupExpanded(db, module, own.scope, { name, ns });
  if (hidden.kind !== "none") return hidden;
  const macro = ns === "macros" ? lookupProcMacro(db, module, own, name) : NONE;
  if (macro.kind !== "none") return macro;
  const glob = lookupGlobs(db, module, { name, ns });
  if (glob.kind === "found" && ns !== "macros") {
    const made = db.madeByMacro(module, name, "glob");
    if (made !== undefined) return { kind: "unknown", problem: made };
  }
  if (glob.kind !== "none") return glob;
  if (ns === "macros" && module.parent === undefined) return lookupExportedMacro(db, module, name);
  return own.scope.isCut ? { kind: "unknown", problem: cutModule(module) } : NONE;
}

interface Wanted {
  readonly name: string;
  readonly ns: Namespace;
}

function cutModule(module: ModuleId): NameProblem {
  return { kind: "tooDeep", message: msg("module `{name}` is nested too deeply", { name: module.name }) };
}

function lookupExplicit(db: NameDb, module: ModuleId, part: ScopePart, wanted: Wanted): LookupResult {
  let unknown: LookupResult = NONE;
  for (const declaration of part.scope.names.get(wanted.name) ?? []) {
    const result = db.declared(module, part, declaration, wanted.ns);
    if (result.kind === "none") continue;
    if (declaration.cfg.kind === "unknown") {
      unknown = {
        kind: "unknown",
        problem: {
          kind: "cfg",
          message: msg("whether `{name}` is compiled is not known: {reason}", { name: wanted.name, reason: declaration.cfg.reason }),
        },
      };
    } else if (result.kind === "found") {
      return result;
    } else if (unknown.kind === "none") {
      unknown = result;
    }
  }
  return unknown;
}

function lookupExpanded(db: NameDb, module: ModuleId, scope: ModuleScope, wanted: Wanted): LookupResult {
  if (scope.macroCalls.length === 0) return NONE;
  const isType = wanted.ns === "types";
  const { parts, problems } = db.expandedFor(module, [isType || !isPrimitiveName(wanted.name) ? declaringWord(wanted.name) : wanted.name]);
  for (const part of parts) {
    const result = lookupExplicit(db, module, part, wanted);
    if (result.kind !== "none") return result;
  }
  const mayDeclare = isType && isPrimitiveName(wanted.name) ? declaresPrimitive : mentions;
  const blocking = problems.find((p) => p.isOpenEnded || mayDeclare(p.text, wanted.name));
  return blocking === undefined ? NONE : { kind: "unknown", problem: blocking.problem };
}

/** Whether a word stands in a text. */
export function mentions(text: string, word: string): boolean {
  return placeOf(text, word) >= 0;
}

/** Where a word stands in a text from an offset on; -1 for nowhere. */
export function placeOf(text: string, word: string, from = 0): number {
  for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isIdentContinueAt(text, at - 1) && !isIdentContinueAt(text, at + word.length)) return at;
  }
  return -1;
}

function lookupGlobs(db: NameDb, module: ModuleId, wanted: Wanted): LookupResult {
  let found: LookupResult = NONE;
  const expanded = db.scope(module).macroCalls.length === 0 ? [] : db.expandedGlobs(module).parts;
  for (const glob of [...db.scope(module).globs, ...expanded.flatMap((part) => part.scope.globs)]) {
    const result = lookupInGlob(db, module, glob, wanted);
    if (result.kind === "none") continue;
    if (result.kind === "unknown") return found.kind === "found" ? found : result;
    if (found.kind === "found" && !sameNamed(found.named, result.named)) return ambiguous(wanted.name);
    // What two globs bring is visible where either makes it so.
    if (found.kind !== "found" || narrower(found.visibility, result.visibility) === found.visibility) found = result;
  }
  return found;
}

function ambiguous(name: string): LookupResult {
  const problem: NameProblem = { kind: "ambiguousName", message: msg("`{name}` is imported by two globs from different places", { name }) };
  return { kind: "unknown", problem };
}

function lookupInGlob(db: NameDb, module: ModuleId, glob: DeclaredImport, wanted: Wanted): LookupResult {
  const target = db.resolveImport(module, glob.import.path, "types");
  if (target.kind === "unresolved") return globProblem(db, target.problem);
  if (target.rest > 0) return NONE;
  const found = lookupInTarget(db, module, target.named, wanted);
  if (found.kind !== "found") return found;
  if (!isVisible(found.visibility, module)) return NONE;
  if (glob.cfg.kind === "unknown") return { kind: "unknown", problem: { kind: "cfg", message: glob.cfg.reason } };
  const visibility = narrower(resolveVisibility(db, module, glob.visibility), found.visibility);
  return { ...found, visibility };
}

/** A glob whose path leads nowhere adds no names in code that compiles; one that leads out of sight may hide any name. */
function globProblem(_db: NameDb, problem: NameProblem): LookupResult {
  return problem.kind === "unresolvedName" ? NONE : { kind: "unknown", problem };
}

function lookupInTarget(db: NameDb, from: ModuleId, target: Named, wanted: Wanted): LookupResult {
  if (target.kind === "module") return target.module === from ? NONE : db.lookup(target.module, wanted.name, wanted.ns);
  if (target.kind === "def" && target.def.kind === "enum" && wanted.ns !== "macros") return db.hasVariant(target.def, wanted.name);
  return NONE;
}

function lookupExportedMacro(db: NameDb, module: ModuleId, name: string): LookupResult {
  const def = db.exportedMacro(module.krate, name);
  const visibility = PUBLIC;
  return def === undefined ? NONE : { kind: "found", named: { kind: "def", def }, visibility };
}

const PROC_MACRO_ATTRS = ["proc_macro", "proc_macro_attribute", "proc_macro_derive"];

/** The function that is a procedural macro; one may be made by a macro (synstructure's `decl_derive!`). */
function lookupProcMacro(db: NameDb, module: ModuleId, own: ScopePart, name: string): LookupResult {
  if (db.crate(module.krate).kind !== "proc-macro") return NONE;
  for (const part of [own, ...(own.scope.macroCalls.length === 0 ? [] : db.expandedFor(module, [name]).parts)]) {
    const declaration = [...part.scope.names.values()].flat().find((candidate) => procMacroName(candidate) === name);
    if (declaration !== undefined) return db.declared(module, part, declaration, "values");
  }
  return NONE;
}

/** What a procedural macro is called by: its own name, a derive the name its attribute gives. */
function procMacroName(declaration: Declaration): string | undefined {
  if (declaration.kind !== "item" || declaration.defKind !== "fn") return undefined;
  const attr = declaration.raw.attrs.find((a) => PROC_MACRO_ATTRS.includes(a.path));
  if (attr?.path === "proc_macro_derive") return /^\s*(?:r#)?(\w+)/.exec(attr.args ?? "")?.[1] ?? "";
  return attr === undefined ? undefined : declaration.raw.name;
}

/** Whether two names stand for the same thing. */
export function sameNamed(a: Named, b: Named): boolean {
  switch (a.kind) {
    case "module":
      return b.kind === "module" && a.module === b.module;
    case "def":
      return b.kind === "def" && a.def === b.def;
    case "variant":
      return b.kind === "variant" && a.owner === b.owner && a.name === b.name;
    case "builtin":
      return b.kind === "builtin" && a.name === b.name;
  }
}

/** Whether two answers say the same, so that what asked needs not be asked again. */
export function sameLookup(a: LookupResult, b: LookupResult): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "unknown" && b.kind === "unknown") return sameProblem(a.problem, b.problem);
  if (a.kind !== "found" || b.kind !== "found") return true;
  return sameNamed(a.named, b.named) && a.visibility.kind === b.visibility.kind && sameVisibility(a, b);
}

/** Whether two paths lead to the same. */
export function sameResolution(a: PathResolution, b: PathResolution): boolean {
  if (a.kind === "unresolved" || b.kind === "unresolved")
    return a.kind === "unresolved" && b.kind === "unresolved" && sameProblem(a.problem, b.problem);
  return a.rest === b.rest && sameLookup(a, b);
}

function sameProblem(a: NameProblem, b: NameProblem): boolean {
  return a.kind === b.kind && sameMessage(a.message, b.message);
}

type Found = Extract<LookupResult, { kind: "found" }>;

function sameVisibility(a: Found, b: Found): boolean {
  return a.visibility.kind === "public" || (b.visibility.kind === "within" && a.visibility.module === b.visibility.module);
}
