/**
 * Culprits as places in files.
 */
import type { ModuleId } from "../hir-def/def-id.ts";
import { fileOfModule } from "../hir-def/module-files.ts";
import type { Culprit } from "../hir-ty/unknown.ts";
import type { Place } from "./model.ts";
import { fileRange } from "./placement.ts";
import { includedFileOf } from "./source-map.ts";
import type { World } from "./world.ts";

/** Where a culprit stands; undefined where it has no text of its own (the std model, macro output). */
export function placeOf(world: World, culprit: Culprit | undefined): Place | undefined {
  if (culprit === undefined) return undefined;
  const { owner, range } = culprit;
  const module = owner.kind === "module" ? owner : owner.module;
  const root = fileModule(module);
  const file = (owner.kind === "module" ? undefined : includedFileOf(world.defs, owner)) ?? fileOfModule(module);
  if (file === undefined || root === undefined || world.crate(module.krate).kind === "std") return undefined;
  if (owner.kind === "module") return { file, start: range?.start ?? 0, end: range?.end ?? 0 };
  const placed = world.files.ofModule(root, file).byDef.get(owner);
  if (placed === undefined) return undefined;
  const at = range ?? placed.raw.nameRange;
  return { file, ...fileRange(placed, at) };
}

/** The module whose file a module's text stands in. */
export function fileModule(module: ModuleId): ModuleId | undefined {
  let at: ModuleId | undefined = module;
  while (at !== undefined && at.origin.kind !== "file") at = at.parent;
  return at;
}
