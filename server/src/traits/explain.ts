/**
 * Why a trait does not hold: the parts of a type that lead to the one that lacks it.
 *
 * Example: `struct A { jobs: Vec<Rc<u8>> }` is not Send: `jobs: Vec<Rc<u8>>`, then `Rc<u8>`.
 * Invariant: steps inside definitions of the standard library are left out unless they come to a type that the user has written (an
 * argument of the last shown type); a chain ends at the first type whose own impl, or lack of one, decides.
 */
import { displayTy } from "../hir-ty/display.ts";
import { shownTy } from "../hir-ty/shown-ty.ts";
import { substituteArgs } from "../hir-ty/substitute.ts";
import type { TraitRef, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { ParamEnv } from "../hir-ty/ty-db.ts";
import { forEachPart } from "../hir-ty/ty-interner.ts";
import { constituents, hasImplForHead, unsafeField } from "./auto-traits.ts";
import { InferCtx } from "./infer-ctx.ts";
import type { SolverDb } from "./solver-db.ts";

const MOST_STEPS = 400;

interface Step {
  readonly ref: TraitRef;
  readonly field: string | undefined;
}

interface Search {
  readonly db: SolverDb;
  readonly env: ParamEnv;
  /** What has been tried: a type met again adds nothing, so that chains do not end where they began. */
  readonly seen: Set<string>;
}

/** The parts from a type down to the culprit; empty where the type itself is. */
export function whyNot(db: SolverDb, ref: TraitRef, env: ParamEnv): readonly string[] {
  const self = selfOf(ref);
  const steps = self === undefined ? undefined : pathToCulprit({ db, env, seen: new Set() }, ref);
  if (self === undefined || steps === undefined) return [];
  return [...shownSteps(db, self, steps), ...unsafeFieldOf(db, steps.at(-1)?.ref ?? ref)];
}

/** An unsafe field is a culprit by being one, whatever its type. */
function unsafeFieldOf(db: SolverDb, ref: TraitRef): readonly string[] {
  const self = selfOf(ref);
  const { isAuto, isUnsafe } = db.traitDef(ref.trait);
  if (self === undefined || !isAuto || !isUnsafe || hasImplForHead(db, ref.trait, self)) return [];
  const culprit = unsafeField(db, self);
  return culprit === undefined ? [] : [`unsafe ${culprit.name}: ${displayTy(shownTy(db, culprit.ty))}`];
}

function shownSteps(db: SolverDb, self: Ty, steps: readonly Step[]): readonly string[] {
  const chain: string[] = [];
  let shown = self;
  let owner = self;
  for (const { ref, field } of steps) {
    const ty = selfOf(ref) ?? owner;
    const isDirect = owner === shown && !isStd(db, owner);
    if (isDirect || (ty !== shown && mentions(shown, ty))) {
      const text = displayTy(shownTy(db, ty));
      chain.push(field === undefined || !isDirect ? text : `${field}: ${text}`);
      shown = ty;
    }
    owner = ty;
  }
  return chain;
}

function isStd(db: SolverDb, ty: Ty): boolean {
  return ty.kind === "adt" && db.crate(ty.def.module.krate).kind === "std";
}

/** Depth first over what fails; undefined where everything leads back to what has been tried. */
function pathToCulprit(search: Search, ref: TraitRef): readonly Step[] | undefined {
  const key = `${ref.trait.key} ${ref.args.map((arg) => arg.id).join()}`;
  if (search.seen.has(key) || search.seen.size > MOST_STEPS) return undefined;
  search.seen.add(key);
  const steps = failing(search, ref);
  if (steps.length === 0) return [];
  for (const step of steps) {
    const rest = pathToCulprit(search, step.ref);
    if (rest !== undefined) return [step, ...rest];
  }
  return undefined;
}

function selfOf(ref: TraitRef): Ty | undefined {
  const [self] = ref.args;
  return self === undefined || isConst(self) ? undefined : self;
}

function mentions(ty: Ty, wanted: Ty): boolean {
  let found = false;
  forEachPart(ty, (part) => {
    found ||= part === wanted;
    return !found && !isConst(part) && SHOWN_THROUGH.has(part.kind);
  });
  return found;
}

const SHOWN_THROUGH: ReadonlySet<Ty["kind"]> = new Set(["adt", "tuple", "array", "slice", "ref", "pointer"]);

/** What fails of a type: its parts, or the where-clauses of the impl that would fit; nothing where the type itself decides. */
function failing(search: Search, ref: TraitRef): readonly Step[] {
  const { db } = search;
  const self = selfOf(ref);
  if (self === undefined) return [];
  const isAuto = db.traitDef(ref.trait).isAuto;
  if (isAuto && !hasImplForHead(db, ref.trait, self)) return failingParts(search, ref, self);
  const byImpl = failingClauses(search, ref);
  if (byImpl.length > 0 || isAuto) return byImpl;
  if (self.kind === "tuple" || self.kind === "array") return failingParts(search, ref, self);
  return self.kind === "adt" && db.derivedTraits(self.def).includes(ref.trait) ? failingArgs(search, ref, self) : [];
}

function failingParts(search: Search, ref: TraitRef, self: Ty): readonly Step[] {
  const { db, env } = search;
  return (constituents(db, self) ?? []).flatMap(({ field, ty }) =>
    ifFails(search, { ref: { trait: ref.trait, args: [db.normalize(ty, env)] }, field: self.kind === "adt" ? field : undefined }),
  );
}

function failingArgs(search: Search, ref: TraitRef, self: Extract<Ty, { kind: "adt" }>): readonly Step[] {
  return self.args.flatMap((arg) => (isConst(arg) ? [] : ifFails(search, { ref: { trait: ref.trait, args: [arg] }, field: undefined })));
}

function ifFails({ db, env }: Search, step: Step): readonly Step[] {
  return db.implements(step.ref, env).kind === "no" ? [step] : [];
}

/** The where-clauses that fail of impls that would fit. */
function failingClauses(search: Search, ref: TraitRef): readonly Step[] {
  const { db } = search;
  return db.implsOfTrait(ref.trait, ref.args).impls.flatMap((impl): readonly Step[] => {
    const { generics, traitRef, predicates, isNegative } = db.implHeader(impl);
    if (isNegative || traitRef === undefined) return [];
    const infer = new InferCtx(db.interner, (a, b) => a === b);
    const fresh = infer.freshArgs(impl, generics);
    if (infer.unifyArgs(substituteArgs(db.interner, traitRef.args, impl, fresh), ref.args) !== "same") return [];
    return predicates.flatMap((predicate) => {
      if (predicate.kind !== "trait") return [];
      const args = infer.resolveArgs(substituteArgs(db.interner, predicate.ref.args, impl, fresh));
      if (args.some((arg) => arg.flags.hasInfer)) return [];
      return ifFails(search, { ref: { trait: predicate.ref.trait, args }, field: undefined });
    });
  });
}
