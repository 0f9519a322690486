/**
 * Marker traits of a type, as users are told them: Send, Sync, Copy, Clone, Unpin, Freeze, UnwindSafe, RefUnwindSafe, and whether it
 * needs drop; for a trait that does not hold, the chain of parts to the culprit.
 *
 * Example: `struct A { jobs: Vec<Rc<u8>> }` → send: false, because of `jobs: Vec<Rc<u8>>`, `Rc<u8>`.
 * Invariant: what is not certain is left out.
 */
import type { CrateId } from "../db/crate-graph.ts";
import type { DefId } from "../hir-def/def-id.ts";
import { pathOfNames } from "../hir-def/written-path.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { ParamEnv } from "../hir-ty/ty-db.ts";
import { whyNot } from "./explain.ts";
import { isFreeze, needsDrop } from "./needs-drop.ts";
import type { SolverDb } from "./solver-db.ts";

export type MarkerTrait = "send" | "sync" | "copy" | "clone" | "unpin" | "freeze" | "needs_drop" | "unwind_safe" | "ref_unwind_safe";

export interface MarkerTraits {
  /** The traits that are certain. */
  readonly holds: ReadonlyMap<MarkerTrait, boolean>;
  /** For traits that do not hold: the parts that lead to the culprit, outermost first, as `field: Type` or `Type`. */
  readonly reasons: ReadonlyMap<MarkerTrait, readonly string[]>;
}

const TRAITS: readonly { readonly name: MarkerTrait; readonly path: readonly string[] }[] = [
  { name: "send", path: ["marker", "Send"] },
  { name: "sync", path: ["marker", "Sync"] },
  { name: "copy", path: ["marker", "Copy"] },
  { name: "clone", path: ["clone", "Clone"] },
  { name: "unpin", path: ["marker", "Unpin"] },
  { name: "unwind_safe", path: ["panic", "UnwindSafe"] },
  { name: "ref_unwind_safe", path: ["panic", "RefUnwindSafe"] },
];

/** The marker traits of a type in an environment, asked with the core library that a crate sees. */
export function markerTraits(db: SolverDb, ty: Ty, env: ParamEnv, from: CrateId): MarkerTraits {
  const holds = new Map<MarkerTrait, boolean>();
  const reasons = new Map<MarkerTrait, readonly string[]>();
  for (const { name, path } of TRAITS) {
    const trait = coreTrait(db, path, from);
    if (trait === undefined) continue;
    const answer = db.implements({ trait, args: [ty] }, env);
    if (answer.kind === "maybe") continue;
    holds.set(name, answer.kind === "yes");
    if (answer.kind === "no") setReason(reasons, name, whyNot(db, { trait, args: [ty] }, env));
  }
  const freeze = isFreeze(db, ty, env);
  if (freeze !== undefined) holds.set("freeze", freeze);
  const drop = needsDrop(db, ty, env);
  if (drop !== undefined) holds.set("needs_drop", drop);
  return { holds, reasons };
}

function setReason(reasons: Map<MarkerTrait, readonly string[]>, name: MarkerTrait, chain: readonly string[]): void {
  if (chain.length > 0) reasons.set(name, chain);
}

/** A trait of the core library by its path in it. */
function coreTrait(db: SolverDb, path: readonly string[], from: CrateId): DefId | undefined {
  const krate = db.defs.graph.sysroot.get("core") ?? from;
  const resolved = db.defs.resolvePath(db.defs.rootModule(krate), pathOfNames(path, { kind: "crate" }), "types");
  return resolved.kind === "found" && resolved.rest === 0 && resolved.named.kind === "def" && resolved.named.def.kind === "trait"
    ? resolved.named.def
    : undefined;
}
