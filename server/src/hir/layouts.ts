/**
 * Layouts of a world's types, memoised, with what they are made of: what definitions say besides their fields, discriminants, and how
 * generic definitions depend on their arguments.
 *
 * Invariant: a type whose instances must all be alike is laid out once (`hir-ty/layout-params.ts`); its layout stands for the others'
 * where there is one, and what a type lacks is told of the type itself.
 */
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err } from "../base/result.ts";
import { sameElements } from "../base/same-elements.ts";
import { Query } from "../db/query.ts";
import type { QueryRuntime } from "../db/query-runtime.ts";
import type { DefId } from "../hir-def/def-id.ts";
import { computeDiscriminants } from "../hir-ty/discriminants.ts";
import type { LayoutDb, TyLayout } from "../hir-ty/layout-db.ts";
import { computeLayout } from "../hir-ty/layout-of.ts";
import type { AdtRecipe } from "../hir-ty/layout-of-adt.ts";
import { computeRecipe } from "../hir-ty/layout-of-adt.ts";
import type { ParamUses } from "../hir-ty/layout-params.ts";
import { alikeTy, computeParamUses } from "../hir-ty/layout-params.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import { aliasCycle, discriminantCycle, recursive, sameLayout, sameRecipe } from "./world-values.ts";

/** More nested layouts than rustc's own query depth allows (recursion_limit 128 by default). */
const MAX_LAYOUT_DEPTH = 256;

/**
 * Of one type so many instances inside are laid out whose arguments are nested more than DEEP: definitions that hold two different
 * instances of the next one each come to 2^n, which no compiler gets through either.
 */
const MAX_DEEP_INSTANCES = 5000;
const DEEP = 12;

export class Layouts {
  readonly #runtime: QueryRuntime;
  readonly #db: LayoutDb;
  readonly #recipe: Query<DefId, Result<AdtRecipe, Unknown>>;
  readonly #discriminants: Query<DefId, Result<readonly bigint[], Unknown>>;
  readonly #paramUses: Query<DefId, ParamUses>;
  readonly #layout: Query<Ty, TyLayout>;
  #depth = 0;
  /** The type that was asked for last from outside, and the deep instances that were laid out for it in this revision. */
  #outermost: { readonly ty: Ty; readonly revision: number; deep: number } | undefined;

  constructor(runtime: QueryRuntime, db: LayoutDb) {
    this.#runtime = runtime;
    this.#db = db;
    this.#recipe = new Query(runtime, {
      name: "recipe",
      compute: (def) => computeRecipe(db, def),
      equals: sameRecipe,
      onCycle: (def) => err(aliasCycle(def)),
    });
    this.#discriminants = new Query(runtime, {
      name: "discriminants",
      compute: (def) => this.#computeDiscriminants(def),
      onCycle: (def) => err(discriminantCycle(def)),
    });
    this.#paramUses = new Query(runtime, {
      name: "paramUses",
      compute: (def) => computeParamUses(db, def),
      equals: sameElements,
      onCycle: () => [],
    });
    this.#layout = new Query(runtime, {
      name: "layout",
      compute: (ty) => this.#ofAlike(ty) ?? this.#multiplied(ty) ?? computeLayout(db, ty),
      equals: sameLayout,
      onCycle: (ty) => err(recursive(ty)),
    });
  }

  /** The layout of a type. */
  of(ty: Ty): TyLayout {
    const normal = this.#db.normalize(ty);
    if (this.#depth >= MAX_LAYOUT_DEPTH)
      return err({
        kind: "tooDeep",
        message: msg("types are nested more than {limit} deep", { limit: MAX_LAYOUT_DEPTH }),
        culprit: undefined,
      });
    if (this.#depth === 0) this.#begin(normal);
    this.#depth += 1;
    try {
      return this.#layout.get(normal);
    } finally {
      this.#depth -= 1;
    }
  }

  #begin(ty: Ty): void {
    const { revision } = this.#runtime;
    if (this.#outermost?.ty !== ty || this.#outermost.revision !== revision) this.#outermost = { ty, revision, deep: 0 };
  }

  /** Why an instance is not laid out: there are too many for one type. */
  #multiplied(ty: Ty): TyLayout | undefined {
    if (ty.kind !== "adt" || ty.depth <= DEEP || this.#outermost === undefined) return undefined;
    this.#outermost.deep += 1;
    if (this.#outermost.deep <= MAX_DEEP_INSTANCES) return undefined;
    this.#runtime.recordCut();
    const message = msg("the types inside it multiply: there are more than {limit}", { limit: MAX_DEEP_INSTANCES });
    return err({ kind: "tooDeep", message, culprit: undefined });
  }

  /** The layout of another type that must be alike; undefined where there is none, or it has none. */
  #ofAlike(ty: Ty): TyLayout | undefined {
    const alike = alikeTy(this.#db, ty);
    const layout = alike === ty ? undefined : this.#layout.get(alike);
    return layout?.ok === true ? layout : undefined;
  }

  /** What a definition says besides its fields: asked for once where it has no parameters, so that keeping it would be for nothing. */
  recipe(def: DefId): Result<AdtRecipe, Unknown> {
    return this.#db.lower.genericsOf(def).params.length === 0 ? computeRecipe(this.#db, def) : this.#recipe.get(def);
  }

  /** How the layout of a definition depends on its arguments. */
  paramUses(def: DefId): ParamUses {
    return this.#paramUses.get(def);
  }

  /** The discriminants of an enum. */
  discriminants(def: DefId): Result<readonly bigint[], Unknown> {
    return this.#discriminants.get(def);
  }

  #computeDiscriminants(def: DefId): Result<readonly bigint[], Unknown> {
    const recipe = this.recipe(def);
    return recipe.ok ? computeDiscriminants(this.#db, def, recipe.value.repr) : recipe;
  }
}
