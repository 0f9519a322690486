/**
 * Traits and impls as trait selection sees them.
 */

import { msg } from "../base/message.ts";
import { stdDoubt } from "../db/std-doubt.ts";
import { effectiveAttrs } from "../hir-def/attrs.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerTraitRef } from "./lower-trait-ref.ts";
import { lowerTypeRef } from "./lower-ty.ts";
import { boundPredicates } from "./predicates.ts";
import type { TraitRef, Ty } from "./ty.ts";
import type { ImplHeader, Predicate, TraitDef } from "./ty-db.ts";
import { scopeOf } from "./type-scope.ts";

/** `#[lang = "…"]` of a definition. */
export function langOf(db: LowerDb, def: DefId): string | undefined {
  const attrs = db.defs.rawItem(def)?.attrs ?? [];
  return attrs.length === 0
    ? undefined
    : effectiveAttrs(attrs, db.defs.crate(def.module.krate).cfg).find((attr) => attr.path === "lang")?.value;
}

export function computeTraitDef(db: LowerDb, trait: DefId): TraitDef {
  const raw = db.defs.rawItem(trait);
  const generics = db.genericsOf(trait);
  const scope = scopeOf(trait);
  const self = db.interner.ty({ kind: "param", owner: trait, index: 0, name: "Self" });
  const bounds = raw?.kind === "trait" ? raw.supertraits : raw?.kind === "traitAlias" ? raw.bounds : [];
  const onSelf =
    raw !== undefined && "generics" in raw ? raw.generics.where.filter((clause) => lowerTypeRef(db, scope, clause.type) === self) : [];
  return {
    trait,
    generics,
    superPredicates: boundPredicates(db, scope, self, [...bounds, ...onSelf.flatMap((clause) => clause.bounds)]),
    isAuto: raw?.kind === "trait" && raw.isAuto,
    isUnsafe: raw?.kind === "trait" && raw.isUnsafe,
    lang: langOf(db, trait),
    items: db.defs.associatedItems(trait),
  };
}

export function implTraitRef(db: LowerDb, impl: DefId): TraitRef | undefined {
  const raw = db.defs.rawItem(impl);
  if (raw?.kind !== "impl" || raw.traitPath === undefined) return undefined;
  const ref = lowerTraitRef(db, scopeOf(impl), implSelfType(db, impl), raw.traitPath);
  return ref.ok ? ref.value : undefined;
}

export function implSelfType(db: LowerDb, impl: DefId): Ty {
  const raw = db.defs.rawItem(impl);
  if (raw?.kind !== "impl")
    return db.interner.error({ kind: "unresolvedName", message: msg("the impl is gone"), culprit: { owner: impl, range: undefined } });
  return lowerTypeRef(db, scopeOf(impl), raw.selfType);
}

export function computeImplHeader(db: LowerDb, impl: DefId, predicates: readonly Predicate[]): ImplHeader {
  const raw = db.defs.rawItem(impl);
  return {
    impl,
    generics: db.genericsOf(impl),
    traitRef: implTraitRef(db, impl),
    selfTy: implSelfType(db, impl),
    isNegative: raw?.kind === "impl" && raw.isNegative,
    predicates: [...predicates, ...doubt(db, impl)],
  };
}

/** An impl that is not in all models that answer together: whether it exists is not known. */
function doubt(db: LowerDb, impl: DefId): readonly Predicate[] {
  const attrs = db.defs.rawItem(impl)?.attrs ?? [];
  const marked = attrs.length === 0 ? undefined : attrs.find((attr) => attr.path === "stowplan_unknown");
  if (marked === undefined) return [];
  const message = stdDoubt(marked.value ?? marked.args?.replace(/^"|"$/g, "") ?? "");
  return [{ kind: "error", why: { kind: "stdModel", message, culprit: { owner: impl, range: undefined } } }];
}

/** Bounds declared on an associated type, about `<Self as Trait>::Name`. */
export function computeAssocBounds(db: LowerDb, assoc: DefId): readonly Predicate[] {
  const raw = db.defs.rawItem(assoc);
  const trait = assoc.container;
  if (raw?.kind !== "typeAlias" || trait === undefined) return [];
  const params = db.genericsOf(assoc).params.map((p) => {
    const { owner, index, name } = p;
    return p.kind === "const"
      ? db.interner.constant({ kind: "param", owner, index, name })
      : db.interner.ty({ kind: "param", owner, index, name });
  });
  const parentCount = db.genericsOf(assoc).parentCount;
  const self = db.interner.ty({
    kind: "projection",
    trait,
    args: params.slice(0, parentCount),
    name: assoc.name,
    ownArgs: params.slice(parentCount),
  });
  return boundPredicates(db, scopeOf(assoc), self, raw.bounds);
}
