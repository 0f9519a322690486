/**
 * `#[macro_export]`: macros that stand at the root of their crate wherever they are written.
 *
 * Invariants: the modules most likely to hold macros are looked at first and the search ends at the first find; files that cannot
 * hold the macro are not parsed; calls are expanded only where a text in the crate may make an exported macro.
 */
import type { DefId, ModuleId } from "./def-id.ts";
import { mentions } from "./lookup.ts";
import type { MacroHost } from "./macro-call.ts";
import type { MacroStage } from "./macro-items.ts";
import { expandListFor } from "./macro-items.ts";
import { STATEMENT_MACROS } from "./macro-scope.ts";
import type { ScopePart } from "./name-db.ts";

interface Search {
  readonly db: MacroHost;
  readonly name: string;
  readonly seen: Set<ModuleId>;
  /** Whether modules declared by macro calls are looked into, and by which. */
  readonly stage: MacroStage | undefined;
}

/** The exported macro of a name, searched from the crate's root. */
export function computeExportedMacro(db: MacroHost, root: ModuleId, name: string, stage: MacroStage): DefId | undefined {
  const written: Search = { db, name, seen: new Set(), stage };
  const found = writtenExport(db, root, name) ?? searchTree(written, root);
  if (found !== undefined || db.crate(root.krate).kind === "std") return found;
  for (const module of written.seen) {
    for (const part of db.scope(module).macroCalls.length === 0 ? [] : expandListFor(db, module, ["macro_export"], stage).parts) {
      const made = exportedIn(written, module, part);
      if (made !== undefined) return made;
    }
  }
  return undefined;
}

/** The same, without expanding anything. */
export function writtenExport(db: MacroHost, root: ModuleId, name: string): DefId | undefined {
  return searchTree({ db, name, seen: new Set(), stage: undefined }, root);
}

/** Breadth first; modules with `#[macro_use]` in front. In the standard library's model only they hold macros. */
function searchTree(search: Search, root: ModuleId): DefId | undefined {
  const { db } = search;
  const isModel = db.crate(root.krate).kind === "std";
  const queue: ModuleId[] = [root];
  for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
    if (search.seen.has(module) || !fileMayExport(db, module)) continue;
    search.seen.add(module);
    const scope = db.scope(module);
    const found = exportedIn(search, module, { scope, prefix: "" });
    if (found !== undefined) return found;
    queue.unshift(...scope.macroUseModules.map((declaration) => db.childModule(module, declaration)));
    if (!isModel) queue.push(...childModules(search, module));
  }
  return undefined;
}

/** Whether a module's file says `macro_export`, calls a macro that does, or declares a module. */
function fileMayExport(db: MacroHost, { origin, parent }: ModuleId): boolean {
  const facts = origin.kind === "file" && parent !== undefined ? db.source.textFacts(origin.path) : undefined;
  if (facts === undefined || parent === undefined || facts.mayDeclareFiles) return true;
  return mentions(facts.code, "macro_export") || facts.callsOthers || facts.calls.some((name) => !STATEMENT_MACROS.has(name));
}

function childModules({ db, stage }: Search, module: ModuleId): readonly ModuleId[] {
  const scope = db.scope(module);
  const parts: readonly ScopePart[] = [
    { scope, prefix: "" },
    ...(stage === undefined || scope.macroCalls.length === 0 ? [] : expandListFor(db, module, ["mod"], stage).parts),
  ];
  const out: ModuleId[] = [];
  for (const part of parts) {
    for (const declarations of part.scope.names.values()) {
      for (const declaration of declarations) if (declaration.kind === "module") out.push(db.childModule(module, declaration));
    }
  }
  return out;
}

function exportedIn(search: Search, module: ModuleId, part: ScopePart): DefId | undefined {
  const macro = part.scope.macroDefs.findLast((m) => m.isExported && m.raw.name === search.name);
  return macro === undefined ? undefined : search.db.itemId(module, part, { kind: "macro", name: macro.raw.name, ordinal: macro.ordinal });
}
