/**
 * Why a trait does not hold: the parts of a type that lead to the one that lacks it.
 *
 * Example: `struct A { jobs: Vec<Rc<u8>> }` is not Send: `jobs: Vec<Rc<u8>>`, then `Rc<u8>`.
 * Invariant: steps inside definitions of the standard library are left out unless they come to a type that the user has written (an
 * argument of the last shown type); a chain ends at the first type whose own impl, or lack of one, decides.
 */
import { displayTy } from "../hir-ty/display.ts";
import { substituteArgs } from "../hir-ty/substitute.ts";
import type { TraitRef, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { ParamEnv } from "../hir-ty/ty-db.ts";
import { constituents, hasImplForHead } from "./auto-traits.ts";
import { InferCtx } from "./infer-ctx.ts";
import type { SolverDb } from "./solver-db.ts";

const MOST_STEPS = 64;

interface Step {
  readonly ref: TraitRef;
  readonly field: string | undefined;
}

/** The parts from a type down to the culprit; empty where the type itself is. */
export function whyNot(db: SolverDb, ref: TraitRef, env: ParamEnv): readonly string[] {
  const chain: string[] = [];
  const seen = new Set<Ty>();
  let at = ref;
  let shown = selfOf(ref);
  for (let self = shown; self !== undefined && !seen.has(self) && seen.size < MOST_STEPS; self = selfOf(at)) {
    seen.add(self);
    const next = nextStep(db, at, env);
    const ty = next === undefined ? undefined : selfOf(next.ref);
    if (next === undefined || ty === undefined) break;
    at = next.ref;
    if (shown === undefined || !isVisible(db, self, { shown, ty })) continue;
    chain.push(next.field === undefined ? displayTy(ty) : `${next.field}: ${displayTy(ty)}`);
    shown = ty;
  }
  return chain;
}

function selfOf(ref: TraitRef): Ty | undefined {
  const [self] = ref.args;
  return self === undefined || isConst(self) ? undefined : self;
}

function isVisible(db: SolverDb, owner: Ty, { shown, ty }: { readonly shown: Ty; readonly ty: Ty }): boolean {
  if (owner.kind !== "adt" || db.crate(owner.def.module.krate).kind !== "std") return owner === shown;
  return ty !== shown && mentions(shown, ty);
}

function mentions(ty: Ty, wanted: Ty): boolean {
  if (ty === wanted) return true;
  switch (ty.kind) {
    case "adt":
      return ty.args.some((arg) => !isConst(arg) && mentions(arg, wanted));
    case "tuple":
      return ty.elements.some((element) => mentions(element, wanted));
    case "array":
    case "slice":
      return mentions(ty.element, wanted);
    case "ref":
    case "pointer":
      return mentions(ty.target, wanted);
    default:
      return false;
  }
}

function nextStep(db: SolverDb, ref: TraitRef, env: ParamEnv): Step | undefined {
  const self = selfOf(ref);
  if (self === undefined) return undefined;
  const isAuto = db.traitDef(ref.trait).isAuto;
  if (isAuto && !hasImplForHead(db, ref.trait, self)) return failingPart(db, ref, self, env);
  const byImpl = failingClause(db, ref, self, env);
  if (byImpl !== undefined || isAuto) return byImpl;
  if (self.kind === "tuple" || self.kind === "array") return failingPart(db, ref, self, env);
  return self.kind === "adt" && db.derivedTraits(self.def).includes(ref.trait) ? failingArg(db, ref, self, env) : undefined;
}

function failingPart(db: SolverDb, ref: TraitRef, self: Ty, env: ParamEnv): Step | undefined {
  for (const { field, ty } of constituents(db, self) ?? []) {
    const part: TraitRef = { trait: ref.trait, args: [db.normalize(ty, env)] };
    if (db.implements(part, env).kind === "no") return { ref: part, field: self.kind === "adt" ? field : undefined };
  }
  return undefined;
}

function failingArg(db: SolverDb, ref: TraitRef, self: Extract<Ty, { kind: "adt" }>, env: ParamEnv): Step | undefined {
  for (const arg of self.args) {
    const part: TraitRef = { trait: ref.trait, args: [arg] };
    if (!isConst(arg) && db.implements(part, env).kind === "no") return { ref: part, field: undefined };
  }
  return undefined;
}

/** The first where-clause that fails of an impl that would fit. */
function failingClause(db: SolverDb, ref: TraitRef, self: Ty, env: ParamEnv): Step | undefined {
  for (const impl of db.implsOfTrait(ref.trait, self).impls) {
    const { generics, traitRef, predicates, isNegative } = db.implHeader(impl);
    if (isNegative || traitRef === undefined) continue;
    const infer = new InferCtx(db.interner, (a, b) => a === b);
    const fresh = infer.freshArgs(impl, generics);
    if (infer.unifyArgs(substituteArgs(db.interner, traitRef.args, impl, fresh), ref.args) !== "same") continue;
    for (const predicate of predicates) {
      if (predicate.kind !== "trait") continue;
      const args = infer.resolveArgs(substituteArgs(db.interner, predicate.ref.args, impl, fresh));
      const clause: TraitRef = { trait: predicate.ref.trait, args };
      if (!args.some((arg) => arg.flags.hasInfer) && db.implements(clause, env).kind === "no") return { ref: clause, field: undefined };
    }
  }
  return undefined;
}
