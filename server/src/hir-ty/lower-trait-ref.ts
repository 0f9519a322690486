/**
 * Lowers a bound (`Iterator<Item = T>`, `Fn(A) -> B`) about a type to a trait reference and the projections it fixes.
 */
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { GenericArgsRef, PathRef } from "../hir-def/type-ref.ts";
import { lowerArgs } from "./lower-args.ts";
import type { LowerDb } from "./lower-db.ts";
import type { GenericArgs, TraitRef, Ty } from "./ty.ts";
import type { TypeScope } from "./type-scope.ts";
import { unknownAt, unresolvedPath } from "./type-scope.ts";
import type { Unknown } from "./unknown.ts";

/** The trait a path names. */
export function resolveTrait(db: LowerDb, scope: TypeScope, path: PathRef): Result<DefId, Unknown> {
  const resolved = db.defs.resolvePath(scope.module, path, "types");
  if (resolved.kind === "unresolved") return err(unresolvedPath(db.defs, scope, path, resolved.problem));
  const { named } = resolved;
  if (resolved.rest > 0 || named.kind !== "def" || (named.def.kind !== "trait" && named.def.kind !== "traitAlias")) {
    return err(unknownAt(scope, "invalidType", msg("`{name}` is not a trait", { name: path.segments.at(-1)?.name ?? "" }), path.range));
  }
  return ok(named.def);
}

/** The trait reference of a bound about `self`, without what it fixes of associated types (which may mention the bound itself). */
export function lowerTraitRef(db: LowerDb, scope: TypeScope, self: Ty, path: PathRef): Result<TraitRef, Unknown> {
  const trait = resolveTrait(db, scope, path);
  if (!trait.ok) return trait;
  const written = path.segments.at(-1)?.args;
  return ok({ trait: trait.value, args: traitArgs(db, scope, { trait: trait.value, self, written, path }) });
}

interface TraitUse {
  readonly trait: DefId;
  readonly self: Ty;
  readonly written: GenericArgsRef | undefined;
  readonly path: PathRef;
}

function traitArgs(db: LowerDb, scope: TypeScope, use: TraitUse): GenericArgs {
  const parenthesized = use.written?.parenthesized;
  if (parenthesized !== undefined) {
    const inputs = parenthesized.inputs.map((input) => db.lowerType(scope, input));
    return [use.self, db.interner.ty({ kind: "tuple", elements: inputs })];
  }
  return lowerArgs(db, scope, { def: use.trait, args: use.written, range: use.path.range, prefix: [use.self] });
}
