/**
 * Derives as they are written, and the procedural macros they name.
 *
 * Example: `#[derive(Clone, serde::Serialize)]` → `Clone`, `serde::Serialize`; the second is a function of `serde_derive`.
 */
import { splitTopLevel } from "./attrs.ts";
import { isBuiltinDerive } from "./builtin-attrs.ts";
import type { DefDb } from "./def-db.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import type { Attr } from "./item-tree.ts";
import { macroUseNames } from "./macro-scope.ts";
import type { NameDb, Named } from "./name-db.ts";
import type { PathRef } from "./type-ref.ts";
import { pathOfText } from "./written-path.ts";

/** What the `derive` attributes name, in order. */
export function writtenDerives(attrs: readonly Attr[]): readonly string[] {
  const lists = attrs.filter(({ path }) => path === "derive").flatMap(({ args }) => splitTopLevel(args ?? ""));
  return lists.map((derive) => derive.trim()).filter((derive) => derive !== "");
}

/** Whether a derive is not the compiler's: another may be called like one of those, by its path or an import (`derive_more::Debug`). */
export function isCustomDerive(defs: DefDb, module: ModuleId, derive: string): boolean {
  if (!isBuiltinDerive(derive)) return true;
  const isOwn = !derive.includes("::") && !defs.scope(module).names.has(derive);
  return !isOwn && deriveMacro(defs, module, derive) !== undefined;
}

/** The function that is the procedural macro of a derive; undefined if none is found by that name. */
export function deriveMacro(defs: DefDb, module: ModuleId, derive: string): DefId | undefined {
  return procMacro(defs, module, pathOfText(derive));
}

/** The function that is the procedural macro a path leads to by whatever imports, globs and `#[macro_use] extern crate` included. */
export function procMacro(defs: DefDb, module: ModuleId, path: PathRef, names: NameDb = defs): DefId | undefined {
  const resolved = names.resolvePath(module, path, "macros");
  if (resolved.kind === "found") return macroFunction(resolved.named);
  const [first, ...more] = path.segments;
  if (first === undefined || more.length > 0 || path.anchor.kind !== "plain") return undefined;
  return macroUseNames(defs, names, module, first.name)
    .map(macroFunction)
    .find((macro) => macro !== undefined);
}

function macroFunction(named: Named): DefId | undefined {
  return named.kind === "def" && named.def.kind === "fn" ? named.def : undefined;
}
