/**
 * NameDb: the questions of name resolution, which ask each other in circles (a name may come from an import, an import is a
 * path, a path starts with a name). Implemented by `DefDb`.
 */
import type { Message } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { CrateData, CrateId } from "../db/crate-graph.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import type { RawItem } from "./item-tree.ts";
import type { Declaration, ModuleScope, Namespace } from "./scope.ts";
import type { PathRef } from "./type-ref.ts";

/** What a name stands for. */
export type Named =
  | { readonly kind: "module"; readonly module: ModuleId }
  | { readonly kind: "def"; readonly def: DefId }
  | { readonly kind: "variant"; readonly owner: DefId; readonly name: string }
  /** A primitive type: `u8`, `str`, … */
  | { readonly kind: "builtin"; readonly name: string };

/** Why a name has no certain meaning. `kind` is one of hir-ty's UnknownKind. */
export interface NameProblem {
  readonly kind:
    | "unresolvedName"
    | "ambiguousName"
    | "missingCrate"
    | "macro"
    | "procMacro"
    | "cfg"
    | "buildScript"
    | "syntaxError"
    | "tooDeep"
    | "stdModel";
  readonly message: Message;
}

/** Visible everywhere, or inside a module and below it. */
export type Visibility = { readonly kind: "public" } | { readonly kind: "within"; readonly module: ModuleId };

export const PUBLIC: Visibility = { kind: "public" };

export type LookupResult =
  | { readonly kind: "found"; readonly named: Named; readonly visibility: Visibility }
  | { readonly kind: "none" }
  | { readonly kind: "unknown"; readonly problem: NameProblem };

export const NONE: LookupResult = { kind: "none" };

/** The end of a path: what its resolvable part means, from where that is visible, and how many segments are left over (associated items). */
export type PathResolution =
  | { readonly kind: "found"; readonly named: Named; readonly visibility: Visibility; readonly rest: number }
  | { readonly kind: "unresolved"; readonly problem: NameProblem };

/** Items of a module from one place: its own list, or the output of one macro call. */
export interface ScopePart {
  readonly scope: ModuleScope;
  /** What ordinals of its definitions start with: empty, or the macro call's key. */
  readonly prefix: string;
  /** The file whose items they are, where a macro call includes one. */
  readonly file?: FilePath | undefined;
}

export interface ExpandedScopes {
  readonly parts: readonly ScopePart[];
  /** Calls that could not be expanded, with the text they might make names from. */
  readonly problems: readonly { readonly text: string; readonly problem: NameProblem; readonly isOpenEnded: boolean }[];
}

export interface NameDb {
  crate(id: CrateId): CrateData;
  rootModule(krate: CrateId): ModuleId;
  /** Names the module's own text declares. */
  scope(module: ModuleId): ModuleScope;
  /** What those of its macro calls make that may make one of the words. */
  expandedFor(module: ModuleId, words: readonly string[]): ExpandedScopes;
  /** What those of its macro calls make that may import by a glob. */
  expandedGlobs(module: ModuleId): ExpandedScopes;
  /** Why a module has no contents (its file is missing). */
  moduleProblem(module: ModuleId): NameProblem | undefined;
  lookup(module: ModuleId, name: string, ns: Namespace): LookupResult;
  /** The meaning of a declaration in a namespace; `none` if it has none there. */
  declared(module: ModuleId, part: ScopePart, declaration: Declaration, ns: Namespace): LookupResult;
  resolvePath(from: ModuleId, path: PathRef, ns: Namespace): PathResolution;
  /** The same for the path of a `use` or of `pub(in …)`, which in edition 2015 starts at the crate root. */
  resolveImport(from: ModuleId, path: PathRef, ns: Namespace): PathResolution;
  /** A crate by the name a path starts with. */
  externCrate(krate: CrateId, name: string): LookupResult;
  /** The standard prelude of a crate, or undefined. */
  preludeModule(krate: CrateId): ModuleId | undefined;
  rawItem(def: DefId): RawItem | undefined;
  /** Names of an enum's variants that exist for the crate's cfg. */
  hasVariant(def: DefId, name: string): LookupResult;
  exportedMacro(krate: CrateId, name: string): DefId | undefined;
  /** Why a name that a module has from outside may be made in it by a procedural macro. */
  madeByMacro(module: ModuleId, name: string, from: Outside): NameProblem | undefined;
  /** Why a name is not found in a module, where a procedural macro is likely to make it. */
  notFoundBecause(module: ModuleId, name: string): NameProblem | undefined;
}

/** Where a name comes from that is not declared in a module. */
export type Outside = "glob" | "prelude" | "around a block";
