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

/**
 * Whether a derive is not the compiler's: another may be called like one of those (`derive_more::Debug`), and one of those otherwise
 * (`use std::clone::Clone as C`). Where no macro is found by the name, the name decides.
 */
export function isCustomDerive(defs: DefDb, module: ModuleId, derive: string): boolean {
  if (builtinMacro(defs, module, derive) !== undefined) return false;
  return !isBuiltinDerive(derive) || deriveMacro(defs, module, derive) !== undefined;
}

/**
 * The trait that a derive of the compiler's own implements, called like it and beside it or around it; undefined if the name leads to none
 * of those, or to one of the others (`ConstParamTy`, `CoercePointee`), which write impls of traits that are no markers.
 * Source: rustc_builtin_macros::deriving.
 */
export function builtinDeriveTrait(defs: DefDb, module: ModuleId, derive: string): DefId | undefined {
  const macro = builtinMacro(defs, module, derive);
  if (macro === undefined || !isBuiltinDerive(macro.name)) return undefined;
  for (let at: ModuleId | undefined = macro.module; at !== undefined; at = at.parent) {
    const found = defs.lookup(at, macro.name, "types");
    if (found.kind === "found" && found.named.kind === "def" && found.named.def.kind === "trait") return found.named.def;
  }
  return undefined;
}

/** The macro a path leads to, if it is one that the compiler itself expands. */
function builtinMacro(defs: DefDb, module: ModuleId, derive: string): DefId | undefined {
  const resolved = defs.resolvePath(module, pathOfText(derive), "macros");
  if (resolved.kind !== "found" || resolved.named.kind !== "def" || resolved.named.def.kind !== "macro") return undefined;
  const macro = resolved.named.def;
  return defs.rawItem(macro)?.attrs.some(({ path }) => path === "rustc_builtin_macro") === true ? macro : undefined;
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
