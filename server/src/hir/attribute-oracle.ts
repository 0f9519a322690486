/**
 * What an attribute that is not built in does to the item it stands on: found by who defines it.
 *
 * Example: with `use pin_project::pin_project;`, `#[pin_project]` is `pin_project::pin_project`, which keeps the item; a name that
 * nobody imports is a helper of one of the item's derives.
 *
 * Invariant: nothing is run; the table of known macros is data (`hir-expand/proc-macros.ts`), all others may rewrite the item.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import { deriveMacro, isCustomDerive, procMacro, writtenDerives } from "../hir-def/derive-macro.ts";
import type { Attr } from "../hir-def/item-tree.ts";
import { pathOfNames } from "../hir-def/written-path.ts";
import { attributeMacroEffect } from "../hir-expand/proc-macros.ts";
import type { World } from "./world.ts";

/** The same for an item without derives, of a module. */
export function itemAttributeEffect(world: World, module: ModuleId, attr: Attr): Message | undefined {
  const names = attr.path.split("::").filter((name) => name !== "");
  const effects = macroPaths(world, module, names).map((path) => attributeMacroEffect(path));
  const { flags } = world.crate(module.krate).cfg;
  // What makes another type of a type leaves other items alone.
  if (effects.some((effect) => effect.kind === "becomes" || (effect.kind === "keeps" && !flags.has(effect.unless ?? "")))) return undefined;
  const [first] = effects;
  return first?.kind === "rewrites" ? first.reason : msg("attribute macro `{name}` may rewrite this item", { name: attr.path });
}

/** undefined if the item stays as it is, else why it may not. */
export function attributeEffect(world: World, def: DefId, attr: Attr): Message | undefined {
  const names = attr.path.split("::").filter((name) => name !== "");
  const hasCustomDerive = writtenDerives(world.attrsOf(def)).some((derive) => isCustomDerive(world.defs, def.module, derive));
  if (hasCustomDerive && isDeclarative(world, def.module, names)) return undefined;
  const paths = macroPaths(world, def.module, names);
  if (paths.length === 0) {
    // An attribute macro has to be imported or named by path; what is neither belongs to a derive.
    return hasCustomDerive && names.length === 1 ? undefined : msg("attribute macro `{name}` may rewrite this item", { name: attr.path });
  }
  const effects = paths.map((path) => attributeMacroEffect(path));
  const [first] = effects;
  const { flags } = world.crate(def.module.krate).cfg;
  const isKept = effects.some((effect) => effect.kind === "keeps" && !flags.has(effect.unless ?? ""));
  if (first === undefined || isKept) return undefined;
  if (hasCustomDerive && names.length === 1 && isHelper(world, def, attr.path)) return undefined;
  return first.kind === "rewrites" || first.kind === "becomes"
    ? first.reason
    : msg("attribute macro `{name}` may rewrite this item", { name: attr.path });
}

/** Whether a single name is a `macro_rules!` macro (`tracing::error`): those are no attributes, so a derive's helper is meant. */
function isDeclarative(world: World, module: ModuleId, names: readonly string[]): boolean {
  if (names.length !== 1) return false;
  const resolved = world.defs.resolvePath(module, pathOfNames(names), "macros");
  return resolved.kind === "found" && resolved.named.kind === "def" && resolved.named.def.kind === "macro";
}

/** Whether a derive on the item declares the name as its helper: that comes before any macro or crate of the name that is imported. */
function isHelper(world: World, def: DefId, name: string): boolean {
  return writtenDerives(world.attrsOf(def)).some((derive) => helpersOf(world, def.module, derive).includes(name));
}

/** The helper attributes of a derive macro: `#[proc_macro_derive(Name, attributes(a, b))]`. */
function helpersOf(world: World, module: ModuleId, derive: string): readonly string[] {
  const macro = deriveMacro(world.defs, module, derive);
  const declared = (macro === undefined ? undefined : world.rawItem(macro))?.attrs.find(({ path }) => path === "proc_macro_derive");
  const helpers = /\battributes\s*\(([^)]*)\)/.exec(declared?.args ?? "")?.[1] ?? "";
  return helpers.split(",").map((helper) => helper.trim());
}

/** `crate::macro` for every crate the attribute may come from. */
function macroPaths(world: World, module: ModuleId, names: readonly string[]): readonly string[] {
  const [first] = names;
  const last = names.at(-1);
  if (first === undefined || last === undefined) return [];
  const made = macroName(world, module, names);
  const written =
    names.length > 1 ? crateOf(world, module, names.slice(0, -1)).map((krate) => `${krate}::${last}`) : importedFrom(world, module, first);
  return [...new Set(made === undefined ? written : [...written, made])];
}

/** The procedural macro the names lead to: `crate::name` of where it is defined. */
function macroName(world: World, module: ModuleId, names: readonly string[]): string | undefined {
  const macro = procMacro(world.defs, module, pathOfNames(names));
  return macro === undefined ? undefined : `${world.crate(macro.module.krate).name}::${macro.name}`;
}

/** The crates a prefix may lead to: by resolution, or by its own first name where it cannot be resolved. */
function crateOf(world: World, module: ModuleId, prefix: readonly string[]): readonly string[] {
  const resolved = world.defs.resolveImport(module, pathOfNames(prefix), "types");
  const written = prefix[0] ?? "";
  if (resolved.kind !== "found" || resolved.named.kind !== "module") return [written];
  return [...new Set([world.crate(resolved.named.module.krate).name, written])];
}

/** Where a single name is imported from, in the module or the blocks around; `#[macro_use] extern crate` counts. */
function importedFrom(world: World, module: ModuleId, name: string): readonly string[] {
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent) {
    for (const declaration of world.defs.scope(at).names.get(name) ?? []) {
      if (declaration.kind !== "import") continue;
      const { segments } = declaration.import.path;
      const target = segments.at(-1)?.name ?? name;
      const prefix = segments.slice(0, -1).map((segment) => segment.name);
      if (prefix.length > 0) return crateOf(world, at, prefix).map((krate) => `${krate}::${target}`);
    }
    if (at.origin.kind !== "block") break;
  }
  const root = world.defs.rootModule(module.krate);
  const crates = world.defs.scope(root).macroUseCrates.map((crate) => crate.raw.crateName);
  return crates.filter((crate) => mayExport(world, module, crate, name)).map((crate) => `${crate}::${name}`);
}

/** False if the macros of a crate are known and none of this name is a procedural one: `macro_rules!` makes no attributes. */
function mayExport(world: World, module: ModuleId, crate: string, name: string): boolean {
  const found = world.defs.externCrate(module.krate, crate);
  if (found.kind !== "found" || found.named.kind !== "module") return true;
  const root = found.named.module;
  const macro = world.defs.lookup(root, name, "macros");
  if (macro.kind === "found" && macro.named.kind === "def" && macro.named.def.kind === "macro") return false;
  return macro.kind !== "none" || world.crate(root.krate).incomplete !== undefined;
}
