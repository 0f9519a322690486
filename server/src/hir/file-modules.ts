/**
 * From a file to the module it is, in the crates that compile it.
 */
import type { FilePath } from "../base/path.ts";
import { dirname, relativePath } from "../base/path.ts";
import type { CrateId } from "../db/crate-graph.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { ModuleId } from "../hir-def/def-id.ts";
import { includedFiles } from "./source-map.ts";

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
  for (const part of defs.partsFor(module, [name]).parts) {
    for (const declaration of part.scope.names.get(name) ?? [])
      if (declaration.kind === "module") return defs.childModule(module, declaration);
  }
  return undefined;
}

/** A file's module that is configured out, and the condition. */
export interface InactiveModule {
  readonly module: ModuleId;
  readonly cfg: string;
}

/** The module a file would be if it, or one it stands in, were not configured out; found along the folders of the file's path. */
export function inactiveModuleByPath(defs: DefDb, krate: CrateId, file: FilePath): InactiveModule | undefined {
  const dir = dirname(defs.crate(krate).root);
  const relative = relativePath(dir, file);
  if (relative === file) return undefined;
  let at = defs.rootModule(krate);
  let cfg: string | undefined;
  for (const name of relative.replace(/(?:\/mod)?\.rs$/, "").split("/")) {
    const active = childNamed(defs, at, name);
    const inactive = active === undefined ? inactiveChild(defs, at, name) : undefined;
    const next = active ?? inactive?.module;
    if (next === undefined) return undefined;
    cfg ??= inactive?.cfg;
    at = next;
  }
  return cfg !== undefined && at.origin.kind === "file" && at.origin.path === file ? { module: at, cfg } : undefined;
}

function inactiveChild(defs: DefDb, module: ModuleId, name: string): InactiveModule | undefined {
  for (const part of defs.partsFor(module, [name]).parts) {
    for (const declaration of part.scope.inactiveModules) {
      if (declaration.raw.name === name && declaration.cfg.kind === "inactive")
        return { module: defs.childModule(module, declaration), cfg: declaration.cfg.cfg };
    }
  }
  return undefined;
}

/** The same, looking through all modules of the crate. */
export function moduleByWalk(defs: DefDb, krate: CrateId, file: FilePath): ModuleId | undefined {
  return filesOfCrate(defs, krate).find((entry) => entry.file === file)?.module;
}

/** All files of a crate that are modules or included in one. */
export function filesOfCrate(defs: DefDb, krate: CrateId): readonly { readonly file: FilePath; readonly module: ModuleId }[] {
  return [...walkModules(defs, krate)].flatMap((module) => {
    const own = module.origin.kind === "file" ? [{ file: module.origin.path, module }] : [];
    return [...own, ...includedFiles(defs, module).map((file) => ({ file, module }))];
  });
}

/** All modules but those in bodies, breadth first: a module's items are read when the next is asked for. */
export function* walkModules(defs: DefDb, krate: CrateId): Generator<ModuleId, void> {
  const seen = new Set<ModuleId>([defs.rootModule(krate)]);
  for (const module of seen) {
    yield module;
    for (const part of defs.partsFor(module, ["mod"]).parts) {
      for (const declaration of [...part.scope.names.values()].flat()) {
        if (declaration.kind === "module") seen.add(defs.childModule(module, declaration));
      }
    }
  }
}
