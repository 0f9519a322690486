/**
 * Trait selection and normalisation (rustc_trait_selection, in the part layouts and marker traits need).
 *
 * Example: `<u8 as ZeroablePrimitive>::NonZeroInner` → the impl for `u8` → `NonZeroU8Inner`.
 *
 * Invariants:
 * - where-clauses come before impls; an impl counts only if its own where-clauses can hold.
 * - several candidates that may apply are "maybe", with their names; one that is left is taken, since the code compiles.
 * - auto traits are coinductive: a cycle holds.
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { sameElements } from "../base/same-elements.ts";
import { Query } from "../db/query.ts";
import type { DefId } from "../hir-def/def-id.ts";
import { displayTy } from "../hir-ty/display.ts";
import { foldTy, substitute, substituteArgs } from "../hir-ty/substitute.ts";
import type { Const, GenericArgs, TraitRef, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { Certainty, ImplHeader, ParamEnv, Predicate } from "../hir-ty/ty-db.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import { builtinAnswer, builtinProjection } from "./builtin.ts";
import { isOnlyImpl } from "./coherence.ts";
import { unknownImplSource } from "./custom-derives.ts";
import { elaborate } from "./elaborate.ts";
import type { Goal, ProjectionGoal } from "./goals.ts";
import { Goals, sameCertainty, TooDeep } from "./goals.ts";
import type { Unified } from "./infer-ctx.ts";
import { InferCtx } from "./infer-ctx.ts";
import { boundsOf } from "./object-bounds.ts";
import type { SolverDb } from "./solver-db.ts";
import { maybe, notCertain, refText, selection, severalImpls } from "./unselected.ts";

const YES: Certainty = { kind: "yes" };
const NO: Certainty = { kind: "no" };
/** rustc's recursion limit by default. */
const MAX_DEPTH = 128;

interface Selected {
  readonly header: ImplHeader;
  readonly args: GenericArgs;
  /** Whether the impl applies for certain; else it is the only one that may. */
  readonly isCertain: boolean;
}

export class TraitSolver {
  readonly #db: SolverDb;
  readonly #goals: Goals;
  readonly #holdsQuery: Query<Goal, Certainty>;
  readonly #projectionQuery: Query<ProjectionGoal, Ty>;
  readonly #bounds: Query<Ty, readonly Predicate[]>;
  readonly #elaborated: Query<readonly Predicate[], readonly Predicate[]>;
  /** Traits of the goals in progress, outermost first. */
  readonly #stack: Goal[] = [];
  #depth = 0;

  constructor(db: SolverDb) {
    const { runtime } = db;
    this.#db = db;
    this.#goals = new Goals();
    this.#elaborated = new Query(runtime, { name: "elaborate", compute: (predicates) => elaborate(db, predicates), onCycle: (p) => p });
    this.#bounds = new Query(runtime, { name: "bounds", compute: (ty) => boundsOf(db, ty), onCycle: () => [] });
    this.#holdsQuery = new Query(runtime, {
      name: "implements",
      compute: (goal) => this.#compute(goal),
      equals: sameCertainty,
      onCycle: (goal) => this.#circle(goal),
      isBounded: true,
    });
    this.#projectionQuery = new Query(runtime, {
      name: "normalize",
      compute: ({ ty, env }) => this.#deeper(() => this.#resolveProjection(ty, env)),
      onCycle: ({ ty }) => this.#db.interner.error(selection(msg("`{type}` leads in a circle", { type: displayTy(ty) }))),
      isBounded: true,
    });
  }

  /** Every projection in a type resolved as far as certain; one about open parameters stays as it is. */
  normalize(ty: Ty, env: ParamEnv): Ty {
    if (!ty.flags.hasProjection) return ty;
    return foldTy(
      {
        interner: this.#db.interner,
        ty: (part) => {
          if (!part.flags.hasProjection) return part;
          return part.kind === "projection" ? this.#normalizeProjection(part, env) : undefined;
        },
        constant: (value) => value,
      },
      ty,
    );
  }

  /** Whether a type implements a trait. */
  implements(ref: TraitRef, env: ParamEnv): Certainty {
    const args = ref.args.map((arg) => (isConst(arg) ? arg : this.normalize(arg, env)));
    if (args.some((arg) => arg.flags.hasInfer)) return notCertain(ref);
    return this.#outermost(
      () => this.#holdsQuery.get(this.#goals.holds({ trait: ref.trait, args }, env)),
      () => ({ kind: "maybe", why: leadsTooDeep(ref) }),
    );
  }

  /** The item of the impl, or the trait's own default, with the provider's arguments. */
  resolveAssoc(
    ref: TraitRef,
    kind: "const" | "fn",
    name: string,
    env: ParamEnv,
  ): Result<{ readonly item: DefId; readonly args: GenericArgs }, Unknown> {
    const args = ref.args.map((arg) => (isConst(arg) ? arg : this.normalize(arg, env)));
    const selected = this.#select({ trait: ref.trait, args }, env);
    if (!selected.ok) return err(selected.error);
    if (selected.value !== undefined) {
      const item = this.#db.assocItem(selected.value.header.impl, kind, name);
      if (item !== undefined) return ok({ item, args: selected.value.args });
    }
    const fallback = this.#db.assocItem(ref.trait, kind, name);
    if (fallback === undefined) return err(selection(msg("`{trait}` has no `{name}`", { trait: ref.trait.name, name })));
    return ok({ item: fallback, args });
  }

  /** The impl that holds for a reference: undefined if none does for certain. */
  selectImpl(ref: TraitRef, env: ParamEnv): Result<Selected | undefined, Unknown> {
    return this.#select(ref, env);
  }

  #normalizeProjection(ty: Extract<Ty, { kind: "projection" }>, env: ParamEnv): Ty {
    const args = ty.args.map((arg) => (isConst(arg) ? arg : this.normalize(arg, env)));
    const ownArgs = ty.ownArgs.map((arg) => (isConst(arg) ? arg : this.normalize(arg, env)));
    const { interner } = this.#db;
    const projection = interner.ty({ kind: "projection", trait: ty.trait, args, name: ty.name, ownArgs });
    if (projection.kind !== "projection") return projection;
    const [self] = args;
    if (self !== undefined && !isConst(self) && self.kind === "error") return self;
    if (projection.flags.hasInfer) return this.#deeper(() => this.#resolveProjection(projection, env));
    return this.#outermost(
      () => this.#projectionQuery.get(this.#goals.projection(projection, env)),
      () => interner.error(selection(msg("`{type}` leads too deep", { type: displayTy(projection) }))),
    );
  }

  #resolveProjection(ty: Extract<Ty, { kind: "projection" }>, env: ParamEnv): Ty {
    const clauses = this.#clauses(env);
    const assumed = this.#assumed(ty, clauses) ?? this.#fromBounds(ty) ?? builtinProjection(this.#db, ty);
    if (assumed !== undefined) return assumed === ty ? ty : this.normalize(assumed, env);
    // A where-clause goes before all impls, whether or not it says what the type is (rustc `assemble_candidates_from_param_env`).
    if (ty.flags.hasParam && isAmong(clauses, ty)) return ty;
    const selected = this.#select({ trait: ty.trait, args: ty.args }, env);
    if (!selected.ok) return ty.flags.hasParam || ty.flags.hasInfer ? ty : this.#db.interner.error(selected.error);
    const value = this.#assocType(ty, selected.value);
    if (value !== undefined) return this.normalize(value, env);
    return ty;
  }

  #assocType(ty: Extract<Ty, { kind: "projection" }>, selected: Selected | undefined): Ty | undefined {
    const db = this.#db;
    if (selected !== undefined) {
      const item = db.assocItem(selected.header.impl, "typeAlias", ty.name);
      const type = item === undefined ? undefined : db.typeOf(item);
      if (item !== undefined && type !== undefined) return substitute(db.interner, type, item, [...selected.args, ...ty.ownArgs]);
    } else if (ty.flags.hasParam) {
      return undefined;
    }
    const fallback = db.assocItem(ty.trait, "typeAlias", ty.name);
    const type = fallback === undefined || selected === undefined ? undefined : db.typeOf(fallback);
    return fallback === undefined || type === undefined ? undefined : substitute(db.interner, type, fallback, [...ty.args, ...ty.ownArgs]);
  }

  #assumed(ty: Extract<Ty, { kind: "projection" }>, clauses: readonly Predicate[]): Ty | undefined {
    for (const predicate of clauses) {
      if (predicate.kind !== "projection") continue;
      const { projection } = predicate;
      if (
        projection.trait !== ty.trait ||
        projection.name !== ty.name ||
        !sameElements(projection.args, ty.args) ||
        !sameElements(projection.ownArgs, ty.ownArgs)
      )
        continue;
      return isConst(projection.term) ? undefined : projection.term;
    }
    return undefined;
  }

  #fromBounds(ty: Extract<Ty, { kind: "projection" }>): Ty | undefined {
    const [self] = ty.args;
    return self === undefined || isConst(self) ? undefined : this.#assumed(ty, this.#bounds.get(self));
  }

  #clauses(env: ParamEnv): readonly Predicate[] {
    return env.predicates.length === 0 ? env.predicates : this.#elaborated.get(env.predicates);
  }

  /** Runs the outermost question; one that needs more than MAX_DEPTH nested ones unwinds to it, so that nothing half known is kept. */
  #outermost<T>(ask: () => T, tooDeep: () => T): T {
    if (this.#depth > 0) return ask();
    try {
      return ask();
    } catch (error) {
      if (error instanceof TooDeep) return tooDeep();
      throw error;
    }
  }

  #deeper<T>(ask: () => T): T {
    if (this.#depth >= MAX_DEPTH) throw new TooDeep();
    this.#depth += 1;
    try {
      return ask();
    } finally {
      this.#depth -= 1;
    }
  }

  #compute(goal: Goal): Certainty {
    return this.#deeper(() => {
      this.#stack.push(goal);
      try {
        return this.#implements(goal.ref, goal.env);
      } finally {
        this.#stack.pop();
      }
    });
  }

  /** A cycle through auto traits alone holds; every other one is not known. */
  #circle(goal: Goal): Certainty {
    const cycle = this.#stack.slice(this.#stack.lastIndexOf(goal));
    if (cycle.every(({ ref }) => this.#isCoinductive(ref.trait))) return YES;
    return maybe(msg("whether `{goal}` holds leads in a circle", { goal: refText(goal.ref) }));
  }

  #isCoinductive(trait: DefId): boolean {
    const lang = this.#db.langOf(trait);
    return this.#db.traitDef(trait).isAuto || lang === "freeze" || lang === "sized";
  }

  #implements(ref: TraitRef, env: ParamEnv): Certainty {
    const [self] = ref.args;
    if (self === undefined || isConst(self)) return NO;
    if (self.kind === "error") return { kind: "maybe", why: self.why };
    if (isAmong(this.#clauses(env), ref) || isAmong(this.#bounds.get(self), ref)) return YES;
    return builtinAnswer(this.#db, ref, (inner) => this.implements(inner, env)) ?? this.#byImpl(ref, self, env);
  }

  #byImpl(ref: TraitRef, self: Ty, env: ParamEnv): Certainty {
    const selected = this.#select(ref, env);
    if (!selected.ok) return { kind: "maybe", why: selected.error };
    if (selected.value?.isCertain === false) return notCertain(ref);
    if (selected.value !== undefined) return selected.value.header.isNegative ? NO : YES;
    // What a hidden type implements beyond its bounds is not told; open parameters have their clauses only.
    const isHidden = self.kind === "opaque" || self.kind === "infer" || (self.kind === "projection" && !self.flags.hasParam);
    return isHidden ? notCertain(ref) : NO;
  }

  /** The impl that applies: `ok(undefined)` if none does, an error if it cannot be told which. */
  #select(ref: TraitRef, env: ParamEnv): Result<Selected | undefined, Unknown> {
    const [self] = ref.args;
    if (self === undefined || isConst(self)) return ok(undefined);
    if (self.depth > MAX_DEPTH) return err(leadsTooDeep(ref));
    const { applicable: all, incomplete } = this.#applicable(ref, env);
    const problem = incomplete ?? this.#unknownImpls(self, ref.trait);
    if (problem !== undefined && !all.some(({ isCertain }) => isCertain)) return err(problem);
    const [first] = all;
    if (all.length === 1 && first !== undefined) return ok(first);
    if (all.length === 0) return ok(undefined);
    const names = all.map(({ header }) => header.impl.name);
    return err(severalImpls(ref, names));
  }

  /** The impls that hold or may hold, the certain ones first; no more are looked for when one is known to be the only one. */
  #applicable(ref: TraitRef, env: ParamEnv): { readonly applicable: readonly Selected[]; readonly incomplete: Unknown | undefined } {
    const matches = new Map<DefId, Selected | undefined>();
    let incomplete: Unknown | undefined;
    let applicable: readonly Selected[] = [];
    for (const group of this.#db.implsNearestFirst(ref.trait, ref.args)) {
      incomplete ??= group.incomplete;
      for (const impl of group.impls) if (!matches.has(impl)) matches.set(impl, this.#match(impl, ref, env));
      applicable = [...matches.values()].flatMap((selected) => selected ?? []);
      const [only] = applicable;
      if (only?.isCertain === true && applicable.length === 1 && isOnlyImpl(this.#db, only.header.impl, ref)) break;
    }
    return { applicable: applicable.toSorted((a, b) => Number(b.isCertain) - Number(a.isCertain)), incomplete };
  }

  /** Impls that a derive or attribute macro may have written for a type. */
  #unknownImpls(self: Ty, trait: DefId): Unknown | undefined {
    const source = self.kind === "adt" ? unknownImplSource(this.#db, self.def, trait) : undefined;
    return source === undefined
      ? undefined
      : selection(msg("macro `{source}` may write impls for `{type}`", { source, type: displayTy(self) }));
  }

  /** An impl as it holds or may hold for a reference; undefined if it does not. */
  #match(impl: DefId, ref: TraitRef, env: ParamEnv): Selected | undefined {
    const db = this.#db;
    const header = db.implHeader(impl);
    const infer = new InferCtx(db.interner, (a, b) => this.#sameConst(a, b));
    const fresh = infer.freshArgs(impl, header.generics);
    const wanted = header.traitRef === undefined ? [] : substituteArgs(db.interner, header.traitRef.args, impl, fresh);
    const head = infer.unifyArgs(this.#normalizedArgs(wanted, env), ref.args);
    if (head === "different" || header.traitRef === undefined) return undefined;
    const nested = this.#nested(header, { infer, fresh, env });
    if (nested === "different") return undefined;
    return { header, args: infer.resolveArgs(fresh), isCertain: head === "same" && nested === "same" };
  }

  #normalizedArgs(args: GenericArgs, env: ParamEnv): GenericArgs {
    return args.map((arg) => (isConst(arg) || arg.flags.hasInfer ? arg : this.normalize(arg, env)));
  }

  /** Whether an impl's where-clauses hold; projections among them bind variables the header leaves open. */
  #nested(header: ImplHeader, at: { readonly infer: InferCtx; readonly fresh: GenericArgs; readonly env: ParamEnv }): Unified {
    const { infer, fresh } = at;
    const { interner } = this.#db;
    const put = (args: GenericArgs): GenericArgs => infer.resolveArgs(substituteArgs(interner, args, header.impl, fresh));
    let open = header.predicates;
    let result: Unified = "same";
    for (let before = Number.POSITIVE_INFINITY; open.length < before; ) {
      before = open.length;
      const left: Predicate[] = [];
      for (const predicate of open) {
        const one = this.#clauseHolds(predicate, put, at);
        if (one === "different") return "different";
        if (one === "open") left.push(predicate);
        else if (one === "unclear") result = "unclear";
      }
      open = left;
    }
    return open.length > 0 ? "unclear" : result;
  }

  /** One where-clause; `open` if it has variables that others may bind. */
  #clauseHolds(
    predicate: Predicate,
    put: (args: GenericArgs) => GenericArgs,
    at: { readonly infer: InferCtx; readonly env: ParamEnv },
  ): Unified | "open" {
    if (predicate.kind === "error") return "unclear";
    if (predicate.kind === "projection") return this.#projects(predicate, put, at);
    const args = put(predicate.ref.args);
    return args.some((arg) => arg.flags.hasInfer) ? "open" : this.#holds({ trait: predicate.ref.trait, args }, at.env);
  }

  #holds(ref: TraitRef, env: ParamEnv): Unified {
    const answer = this.implements(ref, env);
    return answer.kind === "yes" ? "same" : answer.kind === "no" ? "different" : "unclear";
  }

  #projects(
    predicate: Extract<Predicate, { kind: "projection" }>,
    put: (args: GenericArgs) => GenericArgs,
    at: { readonly infer: InferCtx; readonly env: ParamEnv },
  ): Unified | "open" {
    const { trait, name } = predicate.projection;
    const args = put(predicate.projection.args);
    if (args.some((arg) => arg.flags.hasInfer)) return "open";
    const [term] = this.#normalizedArgs(put([predicate.projection.term]), at.env);
    // `Item = U::Item` tells nothing before U is bound by another clause.
    if (term !== undefined && !isConst(term) && term.flags.hasProjection && term.flags.hasInfer) return "open";
    const projection = this.#db.interner.ty({ kind: "projection", trait, args, name, ownArgs: put(predicate.projection.ownArgs) });
    const [self] = args;
    if (self !== undefined && this.#holds({ trait, args }, at.env) === "different") return "different";
    const normal = this.normalize(projection, at.env);
    return term === undefined ? "unclear" : at.infer.unifyArg(normal, term);
  }

  #sameConst(a: Const, b: Const): boolean | undefined {
    const x = this.#db.evalConst(a);
    const y = this.#db.evalConst(b);
    if (x.ok && y.ok) return x.value === y.value;
    return undefined;
  }
}

/** An impl asks of its parts as a rule, so that a type nested deeper than the recursion limit overflows it (E0275). */
function leadsTooDeep(ref: TraitRef): Unknown {
  return selection(msg("`{goal}` leads too deep", { goal: refText(ref) }));
}

function isAmong(clauses: readonly Predicate[], ref: TraitRef): boolean {
  return clauses.some((p) => p.kind === "trait" && p.ref.trait === ref.trait && sameElements(p.ref.args, ref.args));
}
