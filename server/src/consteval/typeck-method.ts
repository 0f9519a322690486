/**
 * Method calls: which function a name means for a receiver, and how the receiver is adjusted.
 *
 * Example: `a.first()` with `a: [u8; 4]` → built-in `first` of slices, receiver `unsize(&a)`.
 *
 * Invariant: for each step of auto-deref by value, then by reference, then by mutable reference; at one step built-in methods,
 * inherent ones, then those of traits in scope.
 * Source: Reference, "Method-call expressions"; rustc_hir_typeck `method/probe.rs`.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { GenericArgsRef } from "../hir-def/type-ref.ts";
import type { GenericArgs, TraitRef, Ty } from "../hir-ty/ty.ts";
import type { PrimitiveFn } from "./primitive-fn.ts";
import { primitiveFn } from "./primitive-table.ts";
import type { Thir } from "./thir.ts";
import type { Tc } from "./typeck-context.ts";
import { EMPTY_ENV, freshArgs, node, refTo, structural, substituted } from "./typeck-context.ts";
import { chooseInherent, inherentImpls } from "./typeck-inherent.ts";
import { matchImpl, withOwnArgs } from "./typeck-path.ts";

export interface MethodName {
  readonly name: string;
  readonly written: GenericArgsRef | undefined;
  readonly range: RelRange;
}

/** The method found, with the receiver ready to be its first argument. */
export type Method =
  | { readonly kind: "primitive"; readonly fn: PrimitiveFn; readonly self: Ty; readonly receiver: Thir }
  | { readonly kind: "fn"; readonly def: DefId; readonly args: GenericArgs; readonly receiver: Thir }
  | { readonly kind: "trait"; readonly item: DefId; readonly ref: TraitRef; readonly ownArgs: GenericArgs; readonly receiver: Thir };

type Adjust = "value" | "ref" | "refMut";

/** One type the receiver can be looked at as, and the place or value that is it. */
interface Step {
  readonly ty: Ty;
  readonly place: Thir;
  /** The place is an array; as a reference it becomes one to a slice. */
  readonly unsize: boolean;
}

/** The method a call means, or undefined if none is found. */
export function probeMethod(tc: Tc, receiver: Thir, method: MethodName): Method | undefined {
  for (const step of autoderef(tc, receiver)) {
    const found = primitiveMethod(tc, step, method) ?? inherentMethod(tc, step, method) ?? traitMethod(tc, step, method);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The receiver, what it refers to, and so on; an array also as a slice. */
function autoderef(tc: Tc, receiver: Thir): readonly Step[] {
  const steps: Step[] = [];
  let place = receiver;
  let ty = structural(tc, receiver.ty);
  for (let i = 0; i < 16; i++) {
    steps.push({ ty, place, unsize: false });
    if (ty.kind !== "ref") break;
    place = node({ kind: "deref", operand: place }, ty.target, receiver.range);
    ty = structural(tc, ty.target);
  }
  if (ty.kind === "array") steps.push({ ty: tc.interner.ty({ kind: "slice", element: ty.element }), place, unsize: true });
  return steps;
}

function adjusted(tc: Tc, step: Step, adjust: Adjust): Thir {
  if (adjust === "value") return step.place;
  const { range } = step.place;
  const mutable = adjust === "refMut";
  const taken = node({ kind: "ref", operand: step.place }, refTo(tc, step.place.ty, mutable), range);
  return step.unsize ? node({ kind: "unsize", operand: taken }, refTo(tc, step.ty, mutable), range) : taken;
}

function primitiveMethod(tc: Tc, step: Step, method: MethodName): Method | undefined {
  const fn = primitiveFn(step.ty, method.name);
  if (fn === undefined || fn.self === "none" || (step.unsize && fn.self === "value")) return undefined;
  return { kind: "primitive", fn, self: step.ty, receiver: adjusted(tc, step, fn.self) };
}

function inherentMethod(tc: Tc, step: Step, method: MethodName): Method | undefined {
  const items = inherentImpls(tc, step.ty).flatMap((candidate) => {
    const item = tc.db.ty.assocItem(candidate, "fn", method.name);
    return item === undefined ? [] : [{ impl: candidate, item }];
  });
  if (items.length === 0) return undefined;
  const isShadowed = tc.db.names.traitsInScope(tc.scope).some((trait) => tc.db.ty.assocItem(trait, "fn", method.name) !== undefined);
  const choice = chooseInherent(tc, items, { self: step.ty, env: EMPTY_ENV }, isShadowed);
  if (choice.kind !== "found") return undefined;
  const { impl, item: def } = choice.found;
  const implArgs = matchImpl(tc, impl, step.ty);
  if (implArgs === undefined) return undefined;
  const args = withOwnArgs(tc, def, implArgs, method.written);
  const adjust = adjustFor(tc, step, selfTy(tc, def, args));
  return adjust && { kind: "fn", def, args, receiver: adjusted(tc, step, adjust) };
}

function selfTy(tc: Tc, fn: DefId, args: GenericArgs): Ty | undefined {
  const raw = tc.db.ty.rawItem(fn);
  if (raw?.kind !== "fn" || raw.selfParam === "none") return undefined;
  const [first] = tc.db.signatureOf(fn).params;
  return first === undefined ? undefined : substituted(tc, first, fn, args);
}

/** How the step's type becomes the method's `self`. */
function adjustFor(tc: Tc, step: Step, wanted: Ty | undefined): Adjust | undefined {
  if (wanted === undefined) return undefined;
  const fits = (ty: Ty): boolean => tc.table.probe(() => tc.table.unify(ty, wanted));
  if (!step.unsize && fits(step.ty)) return "value";
  if (fits(refTo(tc, step.ty, false))) return "ref";
  return fits(refTo(tc, step.ty, true)) ? "refMut" : undefined;
}

function traitMethod(tc: Tc, step: Step, method: MethodName): Method | undefined {
  if (step.ty.kind === "infer" || step.ty.kind === "error") return undefined;
  for (const trait of tc.db.names.traitsInScope(tc.scope)) {
    const item = tc.db.ty.assocItem(trait, "fn", method.name);
    if (item === undefined) continue;
    const found = traitCandidate(tc, step, { trait, item, method });
    if (found !== undefined) return found;
  }
  return undefined;
}

function traitCandidate(
  tc: Tc,
  step: Step,
  candidate: { readonly trait: DefId; readonly item: DefId; readonly method: MethodName },
): Method | undefined {
  const { trait, item, method } = candidate;
  const args = [step.ty, ...freshArgs(tc, trait).slice(1)];
  const ref: TraitRef = { trait, args: tc.table.resolveArgs(args) };
  if (tc.db.ty.implements(ref, EMPTY_ENV).kind !== "yes") return undefined;
  const all = withOwnArgs(tc, item, args, method.written);
  const adjust = adjustFor(tc, step, selfTy(tc, item, all));
  if (adjust === undefined) return undefined;
  return { kind: "trait", item, ref: { trait, args }, ownArgs: all.slice(args.length), receiver: adjusted(tc, step, adjust) };
}
