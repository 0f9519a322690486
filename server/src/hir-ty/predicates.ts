/**
 * Predicates of definitions: bounds and where-clauses as trait and projection predicates, with the implicit `Sized`.
 *
 * Example: `struct S<T: Iterator<Item = u8> + ?Sized>` → T: Iterator, <T as Iterator>::Item == u8 (no Sized).
 * Source: rustc_hir_analysis::collect::predicates_of.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { BoundRef } from "../hir-def/type-ref.ts";
import { identityArgs, ownParams, rawGenerics } from "./generics.ts";
import { lowerTraitBound } from "./lower-bound.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerTypeRef } from "./lower-ty.ts";
import type { Ty } from "./ty.ts";
import type { Predicate, TyDb } from "./ty-db.ts";
import type { TypeScope } from "./type-scope.ts";
import { scopeOf } from "./type-scope.ts";

/** The predicates of a definition: its container's, a trait's own, the written ones. */
export function computePredicates(db: LowerDb & Pick<TyDb, "langItem" | "predicatesOf">, def: DefId): readonly Predicate[] {
  const own = writtenPredicates(db, def, db.langItem("sized", def.module.krate));
  const container = def.container === undefined ? [] : db.predicatesOf(def.container);
  return [...container, ...selfPredicate(db, def), ...own];
}

function writtenPredicates(db: LowerDb, def: DefId, sized: DefId | undefined): readonly Predicate[] {
  const scope = scopeOf(def);
  const out: Predicate[] = [];
  const unsizedParams = maybeUnsized(db, def);
  for (const param of db.genericsOf(def).params) {
    if (param.owner !== def || param.kind !== "type" || param.name === "Self") continue;
    const ty = db.interner.ty({ kind: "param", owner: def, index: param.index, name: param.name });
    if (sized !== undefined && !unsizedParams.has(param.name)) out.push({ kind: "trait", ref: { trait: sized, args: [ty] } });
    const raw = ownParams(db.defs, def).find((p) => p.kind === "type" && p.name === param.name);
    if (raw?.kind === "type") out.push(...boundPredicates(db, scope, ty, raw.bounds));
  }
  for (const clause of rawGenerics(db.defs.rawItem(def)).where) {
    out.push(...boundPredicates(db, scope, lowerTypeRef(db, scope, clause.type), clause.bounds));
  }
  return out;
}

/** Inside a trait, `Self: Trait` holds. */
function selfPredicate(db: LowerDb, def: DefId): readonly Predicate[] {
  if (def.kind !== "trait") return [];
  return [{ kind: "trait", ref: { trait: def, args: identityArgs(db.interner, db.genericsOf(def)) } }];
}

/** Type parameters with `?Sized`, written at the parameter or in a where-clause. */
export function maybeUnsized(db: LowerDb, def: DefId): ReadonlySet<string> {
  const out = new Set<string>();
  for (const param of ownParams(db.defs, def)) if (param.kind === "type" && param.bounds.some(isMaybe)) out.add(param.name);
  for (const clause of rawGenerics(db.defs.rawItem(def)).where) {
    const name = clause.type.kind === "path" && clause.type.path.segments.length === 1 ? clause.type.path.segments[0]?.name : undefined;
    if (name !== undefined && clause.bounds.some(isMaybe)) out.add(name);
  }
  return out;
}

/** `?Sized`, and since 1.90 `PointeeSized`/`MetaSized`, which also mean "not known to be sized". */
function isMaybe(bound: BoundRef): boolean {
  if (bound.kind !== "trait") return false;
  const name = bound.path.segments.at(-1)?.name;
  return bound.maybe || name === "PointeeSized" || name === "MetaSized";
}

/** Bounds about one type. */
export function boundPredicates(db: LowerDb, scope: TypeScope, self: Ty, bounds: readonly BoundRef[]): readonly Predicate[] {
  const out: Predicate[] = [];
  for (const bound of bounds) {
    if (bound.kind !== "trait" || bound.maybe) continue;
    const lowered = lowerTraitBound(db, scope, self, bound.path);
    if (!lowered.ok) {
      out.push({ kind: "error", why: lowered.error });
      continue;
    }
    const { ref, projections, assocBounds } = lowered.value;
    out.push({ kind: "trait", ref });
    for (const projection of projections) out.push({ kind: "projection", projection });
    for (const inner of assocBounds) {
      const assoc = db.interner.ty({ kind: "projection", ...inner.assoc });
      out.push(...boundPredicates(db, scope, assoc, inner.bounds));
    }
  }
  return out;
}
