/**
 * Paths: what `a::b::C` means from inside a module.
 *
 * Example: in edition 2018, `serde::Serialize` starts with a name in scope or a crate; `::serde` with a crate only.
 *
 * Invariant: the part that names modules, items and variants is resolved here; what is left over (`Type::Assoc`) is counted in
 * `rest` for the type layer.
 * Source: Reference, "Paths" and "Name resolution"; preludes in the order of rustc_resolve's `resolve_ident_in_lexical_scope`.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import { writtenName } from "../hir-expand/local-hygiene.ts";
import type { ModuleId } from "./def-id.ts";
import { editionStart } from "./edition-paths.ts";
import type { LookupResult, NameDb, Named, NameProblem, PathResolution, Visibility } from "./name-db.ts";
import { NONE, PUBLIC } from "./name-db.ts";
import type { Namespace } from "./scope.ts";
import type { PathRef } from "./type-ref.ts";
import { nearestNamed } from "./visibility.ts";

/** Types every module has, unless something of the same name is in scope. */
const BUILTIN_TYPES = new Set([
  "bool",
  "char",
  "str",
  "i8",
  "i16",
  "i32",
  "i64",
  "i128",
  "isize",
  "u8",
  "u16",
  "u32",
  "u64",
  "u128",
  "usize",
  "f16",
  "f32",
  "f64",
  "f128",
]);

/** Resolves a path in a namespace. `isImport`: the path of a `use`, which in edition 2015 starts at the crate root. */
export function resolvePathIn(db: NameDb, from: ModuleId, path: PathRef, ns: Namespace): PathResolution {
  const start = startOf(db, from, path, ns);
  if (start.kind === "unresolved") return start;
  return follow(db, { from, path, ns }, start);
}

/** The same for the path of a `use` declaration. */
export function resolveImportPath(db: NameDb, from: ModuleId, path: PathRef, ns: Namespace): PathResolution {
  const { edition } = db.crate(from.krate);
  if (edition === 2015 && path.anchor.kind === "plain") {
    const rooted = resolvePathIn(db, from, { ...path, anchor: { kind: "crate" } }, ns);
    if (rooted.kind === "found" || rooted.problem.kind !== "unresolvedName") return rooted;
    return resolvePathIn(db, from, { ...path, anchor: { kind: "global" } }, ns);
  }
  return resolvePathIn(db, from, path, ns);
}

type Begin = { readonly kind: "start"; readonly named: Named; readonly visibility: Visibility; readonly taken: number };
type Start = Begin | { readonly kind: "unresolved"; readonly problem: NameProblem };

function startOf(db: NameDb, from: ModuleId, path: PathRef, ns: Namespace): Start {
  const { anchor } = path;
  switch (anchor.kind) {
    case "crate":
      return atModule(db.rootModule(from.krate));
    case "dollarCrate":
      return markedStart(db, { from, path, ns }, anchor.crate);
    case "self":
      return atModule(nearestNamed(from));
    case "super":
      return superModule(from, anchor.count);
    case "global":
      return globalStart(db, from, path, ns);
    case "plain":
      return plainStart(db, from, path, ns);
  }
}

/** A path that begins with `$crate`, or with the mark of a macro of another edition. */
function markedStart(db: NameDb, { from, path, ns }: Walk, mark: number): Start {
  const [first] = path.segments;
  const how = editionStart(mark);
  if (how === undefined || first === undefined) return atModule(db.rootModule(how === undefined ? mark : from.krate));
  if (how === "inScope") return plainStart(db, from, path, ns);
  if (how === "rootThenCrates") return rootThenCrates(db, from, path, ns);
  return started(db.externCrate(from.krate, first.name), first.name);
}

function atModule(module: ModuleId): Start {
  return { kind: "start", named: { kind: "module", module }, visibility: PUBLIC, taken: 0 };
}

function superModule(from: ModuleId, count: number): Start {
  let at = nearestNamed(from);
  for (let i = 0; i < count; i++) {
    const parent = at.parent;
    if (parent === undefined) return unresolved(msg("there are more `super` than modules around"));
    at = nearestNamed(parent);
  }
  return atModule(at);
}

function unresolved(message: Message): { readonly kind: "unresolved"; readonly problem: NameProblem } {
  return { kind: "unresolved", problem: { kind: "unresolvedName", message } };
}

function globalStart(db: NameDb, from: ModuleId, path: PathRef, ns: Namespace): Start {
  const [first] = path.segments;
  if (first === undefined) return atModule(db.rootModule(from.krate));
  const { edition } = db.crate(from.krate);
  return edition === 2015 ? rootThenCrates(db, from, path, ns) : started(db.externCrate(from.krate, first.name), first.name);
}

function rootThenCrates(db: NameDb, from: ModuleId, path: PathRef, ns: Namespace): Start {
  const name = path.segments[0]?.name ?? "";
  const inRoot = db.lookup(db.rootModule(from.krate), name, path.segments.length > 1 ? "types" : ns);
  return started(inRoot.kind === "none" ? db.externCrate(from.krate, name) : inRoot, name);
}

function started(result: LookupResult, name: string): Start {
  if (result.kind === "found") return { kind: "start", named: result.named, visibility: result.visibility, taken: 1 };
  if (result.kind === "unknown") return { kind: "unresolved", problem: result.problem };
  return unresolved(msg("`{name}` was not found", { name }));
}

function plainStart(db: NameDb, from: ModuleId, path: PathRef, ns: Namespace): Start {
  const [first] = path.segments;
  if (first === undefined) return unresolved(msg("this path could not be read"));
  const wanted = path.segments.length > 1 ? "types" : ns;
  const result = lookupLexically(db, from, first.name, wanted);
  return result.kind === "none" ? (brokenImport(db, from, first.name) ?? started(result, first.name)) : started(result, first.name);
}

/** For a name that is imported, but from somewhere that cannot be found: the import's path says more than the name. */
function brokenImport(db: NameDb, from: ModuleId, name: string): Start | undefined {
  const imported = db
    .scope(from)
    .names.get(name)
    ?.find((declaration) => declaration.kind === "import");
  if (imported?.kind !== "import") return undefined;
  return unresolved(msg("`{name}` was not found", { name: imported.import.path.segments.map((segment) => segment.name).join("::") }));
}

/** A name as code inside a module sees it: blocks outwards, the module, extern prelude, std prelude, built-in types. */
export function lookupLexically(db: NameDb, from: ModuleId, marked: string, ns: Namespace): LookupResult {
  const name = writtenName(marked);
  for (let at: ModuleId | undefined = from; at !== undefined; at = at.parent) {
    const result = db.lookup(at, name, ns);
    if (result.kind !== "none") return result;
    if (at.origin.kind !== "block") break;
    const made = ns === "macros" ? undefined : db.madeByMacro(at, name, "around a block");
    if (made !== undefined) return { kind: "unknown", problem: made };
  }
  if (ns === "types") {
    const crate = db.externCrate(from.krate, name);
    if (crate.kind !== "none") return crate;
  }
  const prelude = lookupInPrelude(db, from, name, ns);
  const made = prelude.kind === "found" && ns !== "macros" ? db.madeByMacro(from, name, "prelude") : undefined;
  return made === undefined ? prelude : { kind: "unknown", problem: made };
}

function lookupInPrelude(db: NameDb, from: ModuleId, name: string, ns: Namespace): LookupResult {
  const prelude = db.preludeModule(from.krate);
  if (prelude !== undefined && prelude !== from) {
    const result = db.lookup(prelude, name, ns);
    if (result.kind !== "none") return result;
  }
  if (ns === "types" && BUILTIN_TYPES.has(name)) return { kind: "found", named: { kind: "builtin", name }, visibility: PUBLIC };
  return NONE;
}

interface Walk {
  readonly from: ModuleId;
  readonly path: PathRef;
  readonly ns: Namespace;
}

function follow(db: NameDb, walk: Walk, { taken, ...start }: Begin): PathResolution {
  const { segments } = walk.path;
  const incomplete = incompleteCrate(db, start.named);
  let { named, visibility } = start;
  for (let i = taken; i < segments.length; i++) {
    const name = segments[i]?.name ?? "";
    const next = step(db, named, name, i === segments.length - 1 ? walk.ns : "types");
    if (next === undefined) return { kind: "found", named, visibility, rest: segments.length - i };
    if (next.kind !== "found") return next.kind === "none" && incomplete !== undefined ? incomplete : notFound(next, name, named);
    ({ named, visibility } = next);
  }
  return { kind: "found", named, visibility, rest: 0 };
}

/** The answer for names that are not found below a crate's root, where the crate is known in part only. */
function incompleteCrate(db: NameDb, start: Named): PathResolution | undefined {
  if (start.kind !== "module" || start.module.parent !== undefined) return undefined;
  const { incomplete } = db.crate(start.module.krate);
  return incomplete === undefined ? undefined : { kind: "unresolved", problem: { kind: "missingCrate", message: incomplete } };
}

/** What a name means inside a module or enum; undefined where the type layer has to go on. */
function step(db: NameDb, named: Named, name: string, ns: Namespace): LookupResult | undefined {
  if (named.kind === "module") return db.lookup(named.module, name, ns);
  if (named.kind !== "def" || named.def.kind !== "enum") return undefined;
  const variant = db.hasVariant(named.def, name);
  return variant.kind === "none" ? undefined : variant;
}

function notFound(result: LookupResult, name: string, inside: Named): PathResolution {
  if (result.kind === "unknown") return { kind: "unresolved", problem: result.problem };
  const isRoot = inside.kind !== "module" || inside.module.parent === undefined;
  if (isRoot) return unresolved(msg("`{name}` was not found in the crate", { name }));
  return unresolved(msg("`{name}` was not found in module `{module}`", { name, module: inside.module.name }));
}
