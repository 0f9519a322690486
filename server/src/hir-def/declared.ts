/**
 * What a declaration means in a namespace: a definition, a module, a crate, or what an import leads to.
 *
 * Invariant: `names` answers for the paths of imports; it may be a view that leaves out what macros make.
 */
import type { CrateId } from "../db/crate-graph.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import type { MacroHost } from "./macro-call.ts";
import { textualMacro } from "./macro-scope.ts";
import type { LookupResult, NameDb, PathResolution, ScopePart, Visibility } from "./name-db.ts";
import { NONE } from "./name-db.ts";
import type { Declaration, Namespace } from "./scope.ts";
import { hasNameIn } from "./scope.ts";
import { isVisible, narrower, resolveVisibility } from "./visibility.ts";

export interface DeclarationHost extends MacroHost {
  /** A crate by name; `byExternCrate`: all crates of the sysroot can be named. */
  dependency(krate: CrateId, name: string, byExternCrate: boolean): LookupResult;
}

/** Where a declaration stands. */
export interface DeclaredAt {
  readonly module: ModuleId;
  readonly part: ScopePart;
}

/** The meaning of a declaration in a namespace; `none` if it has none there. */
export function meaningOf(
  host: DeclarationHost,
  names: NameDb,
  at: DeclaredAt,
  what: { readonly declaration: Declaration; readonly ns: Namespace },
): LookupResult {
  const { module, part } = at;
  const { declaration, ns } = what;
  const visibility = (): ReturnType<typeof resolveVisibility> => resolveVisibility(names, module, declaration.visibility);
  switch (declaration.kind) {
    case "item": {
      if (!hasNameIn(declaration, ns)) return NONE;
      const def = host.itemId(module, part, { kind: declaration.defKind, name: declaration.raw.name, ordinal: declaration.ordinal });
      return { kind: "found", named: { kind: "def", def }, visibility: visibility() };
    }
    case "module":
      if (ns !== "types") return NONE;
      return { kind: "found", named: { kind: "module", module: host.childModule(module, declaration) }, visibility: visibility() };
    case "import":
      return meaningOfImport(host, names, at, { declaration, ns });
    case "externCrate":
      return ns === "types" ? meaningOfExternCrate(host, names, module, declaration) : NONE;
  }
}

function meaningOfImport(
  host: DeclarationHost,
  names: NameDb,
  at: DeclaredAt,
  { declaration, ns }: { readonly declaration: Extract<Declaration, { kind: "import" }>; readonly ns: Namespace },
): LookupResult {
  const visibility = (): ReturnType<typeof resolveVisibility> => resolveVisibility(names, at.module, declaration.visibility);
  const macro = ns === "macros" ? importedTextual(host, at, declaration) : undefined;
  if (macro !== undefined) return { kind: "found", named: { kind: "def", def: macro }, visibility: visibility() };
  const resolved = names.resolveImport(at.module, declaration.import.path, ns);
  if (resolved.kind === "found") return imported(at.module, resolved, visibility);
  return resolved.problem.kind === "unresolvedName" ? NONE : { kind: "unknown", problem: resolved.problem };
}

/**
 * What an import adds to a namespace: nothing where that is out of its sight (`use memchr::memchr` of a function that stands beside a
 * private module), and for no more eyes than it has itself, but for a crate.
 *
 * Source: rustc_resolve `resolve_ident_in_module`, `new_import_decl`.
 */
function imported(
  from: ModuleId,
  { named, visibility, rest }: Extract<PathResolution, { kind: "found" }>,
  written: () => Visibility,
): LookupResult {
  if (rest > 0 || !isVisible(visibility, from)) return NONE;
  const isCrate = named.kind === "module" && named.module.parent === undefined;
  return { kind: "found", named, visibility: isCrate ? written() : narrower(written(), visibility) };
}

function meaningOfExternCrate(
  host: DeclarationHost,
  names: NameDb,
  module: ModuleId,
  declaration: Extract<Declaration, { kind: "externCrate" }>,
): LookupResult {
  const visibility = resolveVisibility(names, module, declaration.visibility);
  if (declaration.raw.crateName === "self")
    return { kind: "found", named: { kind: "module", module: host.rootModule(module.krate) }, visibility };
  const found = host.dependency(module.krate, declaration.raw.crateName, true);
  return found.kind === "found" ? { ...found, visibility } : found;
}

/** `use m;` of a `macro_rules! m` that is in textual scope there. */
function importedTextual(host: DeclarationHost, at: DeclaredAt, declaration: Extract<Declaration, { kind: "import" }>): DefId | undefined {
  const { path } = declaration.import;
  const [segment] = path.segments;
  if (segment === undefined || path.segments.length > 1 || (path.anchor.kind !== "plain" && path.anchor.kind !== "self")) return undefined;
  const list = host.macros.calls.byPrefix(at.module, at.part.prefix) ?? at.module;
  return textualMacro(host, { list, order: declaration.order }, segment.name);
}

/** `extern crate name;` in the crate's root adds to the names a path may start with. */
export function declaredCrate(names: NameDb, krate: CrateId, name: string): LookupResult {
  const root = names.rootModule(krate);
  const scope = names.scope(root);
  const made = scope.macroCalls.length === 0 ? [] : names.expandedFor(root, [name]).parts;
  for (const part of [{ scope, prefix: "" }, ...made]) {
    const declaration = part.scope.names.get(name)?.find(({ kind }) => kind === "externCrate");
    if (declaration !== undefined) return names.declared(root, part, declaration, "types");
  }
  return NONE;
}
