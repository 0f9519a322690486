/**
 * The module whose names are in scope everywhere in a crate: what `#[prelude_import]` names, else `std`'s (or `core`'s, under
 * `#![no_std]`) for the crate's edition.
 *
 * Source: Reference, "Preludes"; rustc 1.95 `rustc_builtin_macros/standard_library_imports.rs`.
 */
import type { CrateId } from "../db/crate-graph.ts";
import type { DefDb } from "./def-db.ts";
import type { ModuleId } from "./def-id.ts";
import type { LookupResult, PathResolution } from "./name-db.ts";

/** The prelude of a crate; the crates of the bundled model write all paths in full and have none. */
export function preludeOf(db: DefDb, krate: CrateId): ModuleId | undefined {
  const { kind, edition } = db.crate(krate);
  if (kind === "std") return undefined;
  const own = db.rootAttributes(krate).find((raw) => raw.kind === "use" && raw.attrs.some(({ path }) => path === "prelude_import"));
  const [imported] = own?.kind === "use" ? own.imports : [];
  if (imported !== undefined) return moduleIn(db.resolveImport(db.rootModule(krate), imported.path, "types"));
  if (db.hasCrateAttr(krate, "no_core") || db.hasCrateAttr(krate, "no_implicit_prelude")) return undefined;
  const { sysroot } = db.graph;
  const base = sysroot.get(db.hasCrateAttr(krate, "no_std") ? "core" : "std") ?? sysroot.get("core");
  const preludes = base === undefined ? undefined : moduleIn(db.lookup(db.rootModule(base), "prelude", "types"));
  if (preludes === undefined) return undefined;
  return moduleIn(db.lookup(preludes, `rust_${edition}`, "types")) ?? moduleIn(db.lookup(preludes, "v1", "types"));
}

function moduleIn(found: LookupResult | PathResolution): ModuleId | undefined {
  return found.kind === "found" && found.named.kind === "module" ? found.named.module : undefined;
}
