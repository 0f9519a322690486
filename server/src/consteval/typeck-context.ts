/**
 * Tc: the state of typing one body, and what all parts of typeck use – names of locals, fresh variables, substitution and
 * normalisation of types, coercions.
 *
 * Invariants: `scope` follows the blocks; a rib is pushed and popped with each block, arm and body; types handed out are in terms
 * of inference variables of `table` and no parameter of the owner that has an argument.
 */

import type { Message } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Expr, Pat, RelRange } from "../hir-def/expr.ts";
import { MAX_MACRO_CALLS } from "../hir-def/macro-budget.ts";
import { foldTy } from "../hir-ty/substitute.ts";
import type { Const, ConstScope, GenericArg, GenericArgs, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { ParamEnv } from "../hir-ty/ty-db.ts";
import type { TyInterner } from "../hir-ty/ty-interner.ts";
import type { Unknown, UnknownKind } from "../hir-ty/unknown.ts";
import type { ConstDb } from "./const-db.ts";
import type { InferTable } from "./infer-table.ts";
import type { JumpTarget, LocalId, Thir, ThirKind, TPat } from "./thir.ts";

/** Everything is concrete, so nothing need be assumed. */
export const EMPTY_ENV: ParamEnv = { id: "", predicates: [] };

/** What is known of the type an expression should have (rustc's `Expectation`). */
export type Expect =
  | { readonly kind: "none" }
  | { readonly kind: "has"; readonly ty: Ty }
  /** It is cast to this: a literal takes the type if it can. */
  | { readonly kind: "cast"; readonly ty: Ty };

export const NO_EXPECT: Expect = { kind: "none" };

export function expectTy(ty: Ty): Expect {
  return { kind: "has", ty };
}

/** Binding of a pattern when references are looked through (rustc's default binding modes). */
export type BindMode = "move" | "ref" | "refMut";

export interface Tc {
  readonly db: ConstDb;
  readonly interner: TyInterner;
  readonly table: InferTable;
  /** The definition whose parameters `args` are values for. */
  readonly owner: DefId;
  readonly args: GenericArgs;
  result: Ty;
  scope: ConstScope;
  readonly locals: Ty[];
  /** How many blocks with items are around each local's declaration: an item of a block further in shadows it. */
  readonly localDepths: number[];
  ribs: ReadonlyMap<string, LocalId>[];
  /** Names bound by the pattern being checked. */
  bindings: Map<string, LocalId>;
  readonly targets: JumpTarget[];
  nextTarget: number;
  /** Targets that some `break` leaves. */
  readonly broken: Set<number>;
  macroDepth: number;
  /** How many calls the outermost one has led to. */
  macroCalls: number;
  /** The outermost macro call whose output is being checked: what stands in it has no place of its own. */
  macroRange: RelRange | undefined;
  /** Projections that could not be normalised yet, and the variables that stand for them. */
  readonly pending: { readonly projection: Ty; readonly variable: Ty }[];
  readonly expr: (expr: Expr, expect: Expect) => Thir;
  readonly pat: (pat: Pat, expected: Ty, mode: BindMode) => TPat;
}

/** Why something cannot be evaluated, at a place of the body. */
export function unknown(tc: Tc, message: Message, range: RelRange, kind: UnknownKind = "constNotEvaluated"): Unknown {
  return { kind, message, culprit: { owner: tc.scope.owner, range: tc.macroRange ?? range } };
}

/** An expression that fails when it is reached; it fits any type. */
export function trap(tc: Tc, why: Unknown, range: RelRange): Thir {
  return { kind: "trap", why, ty: tc.table.freshTy("general"), range };
}

/** An expression that fails with a message when it is reached. */
export function trapMessage(tc: Tc, message: Message, range: RelRange): Thir {
  return trap(tc, unknown(tc, message, range), range);
}

export function node(kind: ThirKind, ty: Ty, range: RelRange): Thir {
  return { ...kind, ty, range };
}

export function refTo(tc: Tc, target: Ty, mutable: boolean): Ty {
  return tc.interner.ty({ kind: "ref", mutable, target });
}

export function newLocal(tc: Tc, ty: Ty): LocalId {
  tc.localDepths.push(tc.scope.block.length);
  return tc.locals.push(ty) - 1;
}

/** Runs `body` with more names in scope. */
export function inRib<T>(tc: Tc, rib: ReadonlyMap<string, LocalId>, body: () => T): T {
  const saved = tc.ribs;
  tc.ribs = [...saved, rib];
  const result = body();
  tc.ribs = saved;
  return result;
}

/** In a rib: the name is no local from here on. */
export const NO_LOCAL = -1;

export function findLocal(tc: Tc, name: string): LocalId | undefined {
  for (let i = tc.ribs.length - 1; i >= 0; i--) {
    const local = tc.ribs[i]?.get(name);
    if (local !== undefined) return local === NO_LOCAL ? undefined : local;
  }
  return undefined;
}

/** A type in terms of the scope's parameters → one for this body: arguments put in, holes made variables, projections resolved. */
export function intern(tc: Tc, ty: Ty): Ty {
  return norm(tc, tc.table.fillHoles(tc.db.ty.substitute(ty, tc.owner, tc.args)));
}

/** The same for generic arguments. */
export function internArgs(tc: Tc, args: GenericArgs): GenericArgs {
  return args.map((arg) => internArg(tc, arg));
}

function internArg(tc: Tc, arg: GenericArg): GenericArg {
  if (!isConst(arg)) return intern(tc, arg);
  return internConst(tc, arg);
}

/** A const of the scope with the arguments put in and its value, if it has one already. */
export function internConst(tc: Tc, value: Const): Const {
  // A const has no substitution of its own; it rides on an array type.
  const carrier = tc.interner.ty({ kind: "array", element: tc.interner.u8, length: value });
  const filled = tc.table.fillHoles(tc.db.ty.substitute(carrier, tc.owner, tc.args));
  return filled.kind === "array" ? evaluatedConst(tc.db, filled.length) : value;
}

/** A const's value where its expression can be evaluated by now. */
export function evaluatedConst(db: ConstDb, value: Const): Const {
  if (value.kind !== "expr" || value.flags.hasInfer) return value;
  const result = db.ty.evalConst(value);
  return result.ok ? db.ty.interner.constValue(result.value) : db.ty.interner.constError(result.error);
}

/** A type of a definition with arguments for its parameters. */
export function substituted(tc: Tc, ty: Ty, def: DefId, args: GenericArgs): Ty {
  return norm(tc, tc.db.ty.substitute(ty, def, args));
}

/** Resolves projections; one that depends on a variable becomes a variable itself until that is known. */
export function norm(tc: Tc, ty: Ty): Ty {
  const known = tc.table.resolve(ty);
  if (!known.flags.hasProjection) return known;
  if (!known.flags.hasInfer) return tc.db.ty.normalize(known, EMPTY_ENV);
  return foldTy(
    {
      interner: tc.interner,
      ty: (part) => {
        if (!part.flags.hasProjection) return part;
        if (part.kind !== "projection") return undefined;
        if (!part.flags.hasInfer) return tc.db.ty.normalize(part, EMPTY_ENV);
        const variable = tc.table.freshTy("general");
        tc.pending.push({ projection: part, variable });
        return variable;
      },
      constant: (value) => value,
    },
    known,
  );
}

/** Tries the projections that were waiting for a type. */
export function settlePending(tc: Tc): void {
  for (let i = tc.pending.length - 1; i >= 0; i--) {
    const entry = tc.pending[i];
    if (entry === undefined) continue;
    const projection = tc.table.resolve(entry.projection);
    if (projection.flags.hasInfer) continue;
    tc.pending.splice(i, 1);
    tc.table.unify(entry.variable, tc.db.ty.normalize(projection, EMPTY_ENV));
  }
}

/** The head of a type, after everything that may tell it. */
export function structural(tc: Tc, ty: Ty): Ty {
  const head = tc.table.shallow(ty);
  if (head.kind !== "infer" || tc.pending.length === 0) return head;
  settlePending(tc);
  return tc.table.shallow(ty);
}

/** One fresh variable for each parameter of a definition. */
export function freshArgs(tc: Tc, def: DefId): GenericArgs {
  return tc.db.ty.genericsOf(def).params.map((param) => (param.kind === "type" ? tc.table.freshTy("general") : tc.table.freshConst()));
}

/** rustc's default `recursion_limit`. */
const MAX_MACRO_DEPTH = 128;

/** Whether one more macro call may be expanded here; counts it. */
export function mayExpand(tc: Tc): boolean {
  tc.macroCalls = tc.macroDepth === 0 ? 1 : tc.macroCalls + 1;
  return tc.macroDepth < MAX_MACRO_DEPTH && tc.macroCalls <= MAX_MACRO_CALLS;
}
