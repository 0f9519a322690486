/**
 * Why a path leads nowhere, where more can be said than that.
 *
 * Example: `config::SIZE` in a crate with `mod config { include!(concat!(env!("OUT_DIR"), "/config.rs")); }` whose build script has
 * not been run: the reason is the script, not the name. `KindIter` beside `#[derive(EnumIter)] enum Kind`: the reason is the derive. `serde::Value` in a package whose manifest cannot be read: the reason is that.
 *
 * Invariant: asked for names that were not found only; says nothing about names that were.
 */
import { msg } from "../base/message.ts";
import type { ModuleId } from "./def-id.ts";
import type { NameDb, NameProblem } from "./name-db.ts";
import type { PathRef } from "./type-ref.ts";

/** How many imports in a row are followed. */
const MAX_IMPORTS = 8;

/** The problem of a path that was not resolved, or what is behind it. */
export function whyUnresolved(db: NameDb, from: ModuleId, path: PathRef, problem: NameProblem): NameProblem {
  if (problem.kind !== "unresolvedName") return problem;
  const modules = new Set<ModuleId>();
  addModules(db, { from, path, depth: MAX_IMPORTS }, modules);
  for (const module of modules) {
    const missing = missingInclude(db, module);
    if (missing !== undefined) return missing;
  }
  return unlistedCrate(db, { from, path, depth: MAX_IMPORTS }) ?? madeElsewhere(db, modules, path) ?? problem;
}

/** The macro that is likely to make what a path names: a derive `Iter` on `Kind` makes `KindIter`. */
function madeElsewhere(db: NameDb, modules: ReadonlySet<ModuleId>, path: PathRef): NameProblem | undefined {
  for (const module of modules) {
    for (const { name } of path.segments) {
      const made = db.notFoundBecause(module, name);
      if (made !== undefined) return made;
    }
  }
  return undefined;
}

/** Why the crate that a path, or an import of its first name, begins with is not known. */
function unlistedCrate(db: NameDb, { from, path, depth }: Wanted): NameProblem | undefined {
  const { unknownDependencies } = db.crate(from.krate);
  const [first] = path.segments;
  if (unknownDependencies === undefined || first === undefined || depth === 0) return undefined;
  const isNamed = path.anchor.kind === "plain" || path.anchor.kind === "global";
  const imported = importsOf(db, from, { ...path, segments: [first] });
  if (imported.length === 0 && isNamed && isUnknownStart(db, from, path))
    return { kind: "missingCrate", message: msg("`{name}` was not found: {reason}", { name: first.name, reason: unknownDependencies }) };
  for (const target of imported) {
    const problem = unlistedCrate(db, { from, path: target, depth: depth - 1 });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isUnknownStart(db: NameDb, from: ModuleId, path: PathRef): boolean {
  const start = db.resolveImport(from, { ...path, segments: path.segments.slice(0, 1) }, "types");
  return start.kind === "unresolved" && start.problem.kind === "unresolvedName";
}

interface Wanted {
  readonly from: ModuleId;
  readonly path: PathRef;
  readonly depth: number;
}

/** The modules the name might stand in: those along the path, those it is imported from, and those all names are taken from. */
function addModules(db: NameDb, { from, path, depth }: Wanted, out: Set<ModuleId>): void {
  addWithGlobs(db, from, out);
  for (let count = 1; count < path.segments.length; count++) {
    const prefix = db.resolvePath(from, { ...path, segments: path.segments.slice(0, count) }, "types");
    if (prefix.kind === "found" && prefix.rest === 0 && prefix.named.kind === "module") addWithGlobs(db, prefix.named.module, out);
  }
  if (depth === 0) return;
  for (const module of [...out])
    for (const imported of importsOf(db, module, path)) addModules(db, { from: module, path: imported, depth: depth - 1 }, out);
}

/** The paths that a module imports names of a path from. */
function importsOf(db: NameDb, module: ModuleId, path: PathRef): readonly PathRef[] {
  const declarations = path.segments.flatMap(({ name }) => db.scope(module).names.get(name) ?? []);
  return declarations.flatMap((declaration) => (declaration.kind === "import" ? [declaration.import.path] : []));
}

function addWithGlobs(db: NameDb, module: ModuleId, out: Set<ModuleId>): void {
  if (out.has(module)) return;
  out.add(module);
  for (const glob of db.scope(module).globs) {
    const target = db.resolveImport(module, glob.import.path, "types");
    if (target.kind === "found" && target.rest === 0 && target.named.kind === "module") out.add(target.named.module);
  }
}

/** Why the file of an `include!` in a module is not known. */
function missingInclude(db: NameDb, module: ModuleId): NameProblem | undefined {
  if (db.scope(module).macroCalls.length === 0) return undefined;
  return db.expandedFor(module, ["include"]).problems.find(({ problem }) => problem.kind === "buildScript")?.problem;
}
