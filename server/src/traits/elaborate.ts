/**
 * Elaboration: what a where-clause implies through supertraits and bounds on associated types.
 *
 * Example: `T: DoubleEndedIterator` also says `T: Iterator`.
 */
import { english } from "../base/words.ts";
import { foldArgs, substitution } from "../hir-ty/substitute.ts";
import type { GenericArgs, TraitRef } from "../hir-ty/ty.ts";
import type { Predicate, TyDb } from "../hir-ty/ty-db.ts";

const MOST = 400;

/** The predicates and all they imply, each once. */
export function elaborate(db: TyDb, predicates: readonly Predicate[]): readonly Predicate[] {
  const seen = new Set<string>();
  const out: Predicate[] = [];
  const queue = [...predicates];
  for (let predicate = queue.shift(); predicate !== undefined && out.length < MOST; predicate = queue.shift()) {
    const key = predicateKey(predicate);
    if (seen.has(key)) continue;
    seen.add(key);
    out.push(predicate);
    if (predicate.kind === "trait") queue.push(...implied(db, predicate.ref));
  }
  return out;
}

function implied(db: TyDb, ref: TraitRef): readonly Predicate[] {
  const { superPredicates } = db.traitDef(ref.trait);
  const folder = substitution(db.interner, ref.trait, ref.args);
  const put = (args: GenericArgs): GenericArgs => foldArgs(folder, args);
  return superPredicates.map((predicate): Predicate => {
    if (predicate.kind === "trait") return { kind: "trait", ref: { trait: predicate.ref.trait, args: put(predicate.ref.args) } };
    if (predicate.kind === "error") return predicate;
    const { projection } = predicate;
    const [term = projection.term] = put([projection.term]);
    return { kind: "projection", projection: { ...projection, args: put(projection.args), ownArgs: put(projection.ownArgs), term } };
  });
}

function predicateKey(predicate: Predicate): string {
  switch (predicate.kind) {
    case "trait":
      return `${predicate.ref.trait.key}<${ids(predicate.ref.args)}`;
    case "projection": {
      const { trait, args, name, ownArgs, term } = predicate.projection;
      return `${trait.key}<${ids(args)}>${name}<${ids(ownArgs)}>=${term.id}`;
    }
    case "error":
      return `error ${english(predicate.why.message)}`;
  }
}

function ids(args: GenericArgs): string {
  return args.map((arg) => arg.id).join();
}
