/**
 * From a file to the module it is, in the crates that compile it.
 */
import type { FilePath } from "../base/path.ts";
import { dirname, relativePath } from "../base/path.ts";
import type { CrateId } from "../db/crate-graph.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { ModuleId } from "../hir-def/def-id.ts";
import { allModules } from "../hir-def/impl-index.ts";

/** The module of a crate whose text is the file, found along the folders of its path; those placed by `#[path]` are not. */
export function moduleByPath(defs: DefDb, krate: CrateId, file: FilePath): ModuleId | undefined {
  const root = defs.rootModule(krate);
  if (defs.crate(krate).root === file) return root;
  const dir = dirname(defs.crate(root.krate).root);
  const relative = relativePath(dir, file);
  if (relative === file) return undefined;
  const names = relative.replace(/(?:\/mod)?\.rs$/, "").split("/");
  let at: ModuleId | undefined = root;
  for (const name of names) at = at === undefined ? undefined : childNamed(defs, at, name);
  return at?.origin.kind === "file" && at.origin.path === file ? at : undefined;
}

function childNamed(defs: DefDb, module: ModuleId, name: string): ModuleId | undefined {
  for (const part of defs.parts(module)) {
    for (const declaration of part.scope.names.get(name) ?? [])
      if (declaration.kind === "module") return defs.childModule(module, declaration);
  }
  return undefined;
}

/** The same, looking through all modules of the crate. */
export function moduleByWalk(defs: DefDb, krate: CrateId, file: FilePath): ModuleId | undefined {
  return allModules(defs, krate).find((module) => module.origin.kind === "file" && module.origin.path === file);
}

/** All files of a crate that are modules. */
export function filesOfCrate(defs: DefDb, krate: CrateId): readonly { readonly file: FilePath; readonly module: ModuleId }[] {
  return allModules(defs, krate).flatMap((module) => (module.origin.kind === "file" ? [{ file: module.origin.path, module }] : []));
}
