/**
 * Visibility as modules: public, or inside a module and all below it.
 *
 * Source: Reference, "Visibility and privacy".
 */
import type { ModuleId } from "./def-id.ts";
import type { RawVisibility } from "./item-tree.ts";
import type { NameDb, Visibility } from "./name-db.ts";
import { PUBLIC } from "./name-db.ts";

/** The visibility written on an item of a module. A `pub(in path)` that cannot be resolved counts as private. */
export function resolveVisibility(db: NameDb, module: ModuleId, written: RawVisibility): Visibility {
  switch (written.kind) {
    case "public":
      return PUBLIC;
    case "crate":
      return { kind: "within", module: db.rootModule(module.krate) };
    case "super":
      return { kind: "within", module: nearestNamed(module).parent ?? module };
    case "in": {
      const target = db.resolveImport(module, written.path, "types");
      const found = target.kind === "found" && target.named.kind === "module" ? target.named.module : module;
      return { kind: "within", module: found };
    }
    case "self":
    case "private":
      return { kind: "within", module: nearestNamed(module) };
  }
}

/** The module a block stands in, or the module itself. */
export function nearestNamed(module: ModuleId): ModuleId {
  let at = module;
  while (at.origin.kind === "block" && at.parent !== undefined) at = at.parent;
  return at;
}

/** Whether something can be seen from a module. */
export function isVisible(visibility: Visibility, from: ModuleId): boolean {
  return visibility.kind === "public" || isWithin(from, visibility.module);
}

/** Whether a module is another or lies below it. */
export function isWithin(module: ModuleId, ancestor: ModuleId): boolean {
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** The smaller of two visibilities. */
export function narrower(a: Visibility, b: Visibility): Visibility {
  if (a.kind === "public") return b;
  if (b.kind === "public") return a;
  return isWithin(a.module, b.module) ? a : b;
}
