/**
 * Which inherent impl gives an associated item: the one whose self type fits and whose where-clauses may hold.
 *
 * Example: with `impl<T: Send> Of<T> { const SEND: bool = true; }` and a trait that gives every `Of<T>` a `SEND` of false,
 * `Of::<Rc<u8>>::SEND` is the trait's.
 *
 * Invariants: what a path in a generic body means is decided before its parameters have values, with the body's own clauses; where
 * nothing else has an item of the name, its only impl is taken, since the code compiles.
 * Source: rustc_hir_typeck `method/probe.rs`, `consider_probe`.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { GenericArgs, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { ParamEnv, Predicate } from "../hir-ty/ty-db.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { Tc } from "./typeck-context.ts";
import { freshArgs, substituted } from "./typeck-context.ts";

/** An impl with an item of the wanted name. */
export interface InherentItem {
  readonly impl: DefId;
  readonly item: DefId;
}

export type InherentChoice =
  | { readonly kind: "found"; readonly found: InherentItem }
  | { readonly kind: "none" }
  | { readonly kind: "unclear"; readonly why: Unknown | undefined };

/** The type an item is looked for on, and what is known of its parameters. */
export interface Subject {
  readonly self: Ty;
  readonly env: ParamEnv;
}

/** Impls of a user's type; those of primitive types are built in (primitive-table.ts), so std need not be searched for them. */
export function inherentImpls(tc: Tc, self: Ty): readonly DefId[] {
  const isNominal = self.kind === "adt" || self.kind === "foreign" || self.kind === "dyn";
  return isNominal ? tc.db.ty.inherentImpls(tc.table.resolve(self)).impls : [];
}

/** Chooses among impls; `isShadowed` says whether a trait in scope has an item of the name too. */
export function chooseInherent(tc: Tc, items: readonly InherentItem[], subject: Subject, isShadowed: boolean): InherentChoice {
  const [only] = items;
  if (only === undefined) return { kind: "none" };
  if (items.length === 1 && !isShadowed) return { kind: "found", found: only };
  const left: InherentItem[] = [];
  let why: Unknown | undefined;
  for (const item of items) {
    const verdict = mayApply(tc, item.impl, subject);
    if (verdict === "no") continue;
    left.push(item);
    if (verdict !== "may") why ??= verdict;
  }
  const [first] = left;
  if (first === undefined) return { kind: "none" };
  return left.length === 1 && why === undefined ? { kind: "found", found: first } : { kind: "unclear", why };
}

/** Whether an impl fits; a reason where that cannot be told. Binds no variable. */
function mayApply(tc: Tc, impl: DefId, { self, env }: Subject): "may" | "no" | Unknown {
  const header = tc.db.ty.implHeader(impl);
  let verdict: "may" | "no" | Unknown = "no";
  tc.table.probe(() => {
    const args = freshArgs(tc, impl);
    if (tc.table.unify(substituted(tc, header.selfTy, impl, args), self)) verdict = clausesHold(tc, header.predicates, { impl, args, env });
    return false;
  });
  return verdict;
}

interface Instance {
  readonly impl: DefId;
  readonly args: GenericArgs;
  readonly env: ParamEnv;
}

function clausesHold(tc: Tc, predicates: readonly Predicate[], at: Instance): "may" | "no" | Unknown {
  let unclear: Unknown | undefined;
  for (const predicate of predicates) {
    const verdict = predicate.kind === "error" ? predicate.why : clauseHolds(tc, predicate, at);
    if (verdict === "no") return "no";
    if (verdict !== "may") unclear ??= verdict;
  }
  return unclear ?? "may";
}

function clauseHolds(tc: Tc, predicate: Exclude<Predicate, { kind: "error" }>, at: Instance): "may" | "no" | Unknown {
  const { ty } = tc.db;
  const isTrait = predicate.kind === "trait";
  const { trait } = isTrait ? predicate.ref : predicate.projection;
  const refArgs = argsAt(tc, trait, isTrait ? predicate.ref.args : predicate.projection.args, at);
  if (refArgs.some((arg) => arg.flags.hasInfer)) return "may";
  const holds = ty.implements({ trait, args: refArgs }, at.env);
  if (holds.kind === "no") return "no";
  if (holds.kind === "maybe") return holds.why;
  if (isTrait) return "may";
  const { name, ownArgs, term } = predicate.projection;
  const [wanted, ...own] = argsAt(tc, trait, [term, ...ownArgs], at);
  if (wanted === undefined || isConst(wanted)) return "may";
  const normal = ty.normalize(tc.interner.ty({ kind: "projection", trait, args: refArgs, name, ownArgs: own }), at.env);
  return tc.table.unify(normal, wanted) ? "may" : "no";
}

/** Arguments in terms of the impl's instance. They have no substitution of their own and ride on a function's type. */
function argsAt(tc: Tc, def: DefId, args: GenericArgs, { impl, args: values }: Instance): GenericArgs {
  const carrier = substituted(tc, tc.interner.ty({ kind: "fnDef", def, args }), impl, values);
  return carrier.kind === "fnDef" ? tc.table.resolveArgs(carrier.args) : args;
}
