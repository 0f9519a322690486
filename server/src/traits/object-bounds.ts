/**
 * What trait objects, opaque types and unresolved projections promise by their bounds alone.
 *
 * Example: `dyn Sub` with `trait Sub: Iterator<Item = u8>` is an Iterator whose Item is u8.
 * Source: Reference, "Trait objects", "Supertraits"; rustc_trait_selection `assemble_candidates_from_object_ty`.
 */
import { substitute, substituteArgs } from "../hir-ty/substitute.ts";
import type { GenericArgs, TraitRef, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { Predicate } from "../hir-ty/ty-db.ts";
import { elaborate } from "./elaborate.ts";
import type { SolverDb } from "./solver-db.ts";

type Dyn = Extract<Ty, { kind: "dyn" }>;
type Projection = Extract<Ty, { kind: "projection" }>;

/** The predicates about a type that its bounds say, with all that they imply; none for other types. */
export function boundsOf(db: SolverDb, self: Ty): readonly Predicate[] {
  switch (self.kind) {
    case "dyn":
      return elaborate(db, dynPredicates(self));
    case "opaque":
      return elaborate(
        db,
        self.bounds.map((bound): Predicate => ({ kind: "trait", ref: { trait: bound.trait, args: [self, ...bound.args.slice(1)] } })),
      );
    case "projection":
      return elaborate(db, itemBounds(db, self));
    default:
      return [];
  }
}

function dynPredicates(self: Dyn): readonly Predicate[] {
  const { principal, projections, autos } = self;
  return [
    ...(principal === undefined ? [] : [trait({ trait: principal.trait, args: [self, ...principal.args] })]),
    ...autos.map((auto) => trait({ trait: auto, args: [self] })),
    ...projections.map(
      ({ trait: of, args, name, term }): Predicate => ({
        kind: "projection",
        projection: { trait: of, args: [self, ...args], name, ownArgs: [], term },
      }),
    ),
  ];
}

function trait(ref: TraitRef): Predicate {
  return { kind: "trait", ref };
}

/** The bounds that the trait declares on an associated type. */
function itemBounds(db: SolverDb, self: Projection): readonly Predicate[] {
  const assoc = db.assocItem(self.trait, "typeAlias", self.name);
  if (assoc === undefined) return [];
  const args = [...self.args, ...self.ownArgs];
  const put = (list: GenericArgs): GenericArgs => substituteArgs(db.interner, list, assoc, args);
  return db.assocTypeBounds(assoc).map((bound): Predicate => {
    if (bound.kind === "error") return bound;
    if (bound.kind === "trait") return trait({ trait: bound.ref.trait, args: put(bound.ref.args) });
    const { projection } = bound;
    const { term } = projection;
    return {
      kind: "projection",
      projection: {
        ...projection,
        args: put(projection.args),
        ownArgs: put(projection.ownArgs),
        term: isConst(term) ? term : substitute(db.interner, term, assoc, args),
      },
    };
  });
}
