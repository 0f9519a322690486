/**
 * TypeScope: where a written type stands – whose generic parameters are in scope, what `Self` is, from which module names start.
 */
import type { Message } from "../base/message.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { NameDb, NameProblem } from "../hir-def/name-db.ts";
import type { PathRef } from "../hir-def/type-ref.ts";
import { whyUnresolved } from "../hir-def/why-unresolved.ts";
import type { Unknown, UnknownKind } from "./unknown.ts";

export interface TypeScope {
  /** The definition the type is written in; undefined for a type that stands alone (the command line's). */
  readonly owner: DefId | undefined;
  readonly module: ModuleId;
  /** Path of the block inside the owner's body. */
  readonly block: readonly number[];
  /** Inside a body, where `_` is left to inference (an `infer` type of index -1), not an error. */
  readonly inferred?: true;
}

/** The scope of a definition's header and fields. */
export function scopeOf(owner: DefId): TypeScope {
  return { owner, module: owner.module, block: [] };
}

/** An unknown with its place in a scope. */
export function unknownAt(scope: TypeScope, kind: UnknownKind, message: Message, range: RelRange | undefined): Unknown {
  return { kind, message, culprit: { owner: scope.owner ?? scope.module, range } };
}

/** A path that was not resolved, with what can be said about why. */
export function unresolvedPath(defs: NameDb, scope: TypeScope, path: PathRef, problem: NameProblem): Unknown {
  const { kind, message } = whyUnresolved(defs, scope.module, path, problem);
  return unknownAt(scope, kind, message, path.range);
}
