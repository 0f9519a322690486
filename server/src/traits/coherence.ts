/**
 * What coherence tells a selection: one impl of a trait that holds is the only one.
 *
 * Example: `impl<T> Storage for *mut T` in the trait's crate answers for `*mut Task`; no module of `Task`'s crate has to be read.
 * Source: Reference, "Trait implementation coherence"; rustc_trait_selection `coherence::overlapping_impls`.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { TraitRef } from "../hir-ty/ty.ts";
import type { SolverDb } from "./solver-db.ts";

/** `default fn`, `default type`, `default impl`: a more special impl may stand elsewhere (unstable `specialization`). */
const SPECIALIZABLE = /\bdefault\s+(?:(?:unsafe|const|async)\s+)*(?:fn|type|const|impl)\b/;

/** Whether an impl that holds for a reference is the only one: not where variables are open, or where it may be specialised. */
export function isOnlyImpl(db: SolverDb, impl: DefId, ref: TraitRef): boolean {
  if (ref.args.some((arg) => arg.flags.hasInfer)) return false;
  return !SPECIALIZABLE.test(db.defs.rawItem(impl)?.text ?? "default impl");
}
