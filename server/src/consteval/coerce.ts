/**
 * Coercions: what an expression's type may become without a cast where another type is wanted.
 *
 * Example: `&[1, 2, 3]` where `&[u8]` is wanted → unsize; `return` where `u8` is wanted → neverToAny.
 *
 * Invariant: a type that cannot be made to fit is a trap with both types, never ignored.
 * Source: Reference, "Type coercions"; rustc_hir_typeck `coercion.rs`.
 */
import { msg } from "../base/message.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { Thir } from "./thir.ts";
import type { Tc } from "./typeck-context.ts";
import { node, structural, trapMessage } from "./typeck-context.ts";

/** The expression as one of the type wanted. */
export function coerce(tc: Tc, expr: Thir, wanted: Ty): Thir {
  const from = structural(tc, expr.ty);
  const to = structural(tc, wanted);
  if (from === to) return expr;
  if (expr.kind === "trap") return expr;
  if (from.kind === "never") return node({ kind: "neverToAny", operand: expr }, to, expr.range);
  const pointer = coercePointer(tc, expr, { from, to });
  if (pointer !== undefined) return pointer;
  if (to.kind === "fnPtr" && (from.kind === "fnDef" || from.kind === "opaque")) return reify(tc, expr, to);
  if (tc.table.unify(from, to)) return expr;
  return trapMessage(tc, msg("the types of this expression could not be worked out"), expr.range);
}

type PointerTy = Extract<Ty, { kind: "ref" | "pointer" }>;

function isPointerTy(ty: Ty): ty is PointerTy {
  return ty.kind === "ref" || ty.kind === "pointer";
}

function coercePointer(tc: Tc, expr: Thir, types: { readonly from: Ty; readonly to: Ty }): Thir | undefined {
  const { from, to } = types;
  if (!isPointerTy(from) || !isPointerTy(to) || (to.mutable && !from.mutable) || (from.kind === "pointer" && to.kind === "ref"))
    return undefined;
  const source = structural(tc, from.target);
  const target = structural(tc, to.target);
  if (source.kind === "array" && target.kind === "slice") {
    if (!tc.table.unify(source.element, target.element)) return undefined;
    return node({ kind: "unsize", operand: expr }, to, expr.range);
  }
  if (tc.table.probe(() => tc.table.unify(source, target))) return retyped(expr, from, to);
  if (to.kind !== "ref" || source.kind !== "ref") return undefined;
  // `&&T` where `&T` is wanted.
  const inner = node({ kind: "deref", operand: expr }, source, expr.range);
  return coerce(tc, inner, to);
}

function retyped(expr: Thir, from: PointerTy, to: PointerTy): Thir {
  if (from.kind === to.kind && from.mutable === to.mutable) return expr;
  return node({ kind: "reborrow", operand: expr }, to, expr.range);
}

function reify(tc: Tc, expr: Thir, to: Extract<Ty, { kind: "fnPtr" }>): Thir {
  const from = structural(tc, expr.ty);
  if (from.kind === "fnDef") {
    const { params, result } = tc.db.signatureOf(from.def);
    const own = [...params, result].map((ty) => tc.db.ty.substitute(ty, from.def, from.args));
    tc.table.unifyArgs(own, [...to.params, to.result]);
  }
  return node({ kind: "reify", operand: expr }, to, expr.range);
}
