/**
 * Lowers const expressions in types (array lengths, const arguments): literals and parameters at once, the rest is left to
 * const evaluation.
 *
 * Example: `3` → value 3; `N` → the parameter; `N * 2` → an expression over the owner's parameters.
 */
import { msg } from "../base/message.ts";
import type { Expr } from "../hir-def/expr.ts";
import type { GenericArgRef, PathRef } from "../hir-def/type-ref.ts";
import { identityArgs } from "./generics.ts";
import { literalArithmetic } from "./literal-arithmetic.ts";
import type { LowerDb } from "./lower-db.ts";
import type { Const, Ty } from "./ty.ts";
import type { TypeScope } from "./type-scope.ts";
import { unknownAt } from "./type-scope.ts";

/** An expression that must have a type → Const. */
export function lowerConst(db: LowerDb, scope: TypeScope, expr: Expr, type: Ty): Const {
  const { interner } = db;
  const value = plainValue(expr, type);
  if (value !== undefined) return interner.constValue(value);
  const param = expr.kind === "path" ? constParam(db, scope, expr.path) : undefined;
  if (param !== undefined) return param;
  if (expr.kind === "block" && expr.block.statements.length === 0 && expr.block.tail !== undefined && expr.block.scope === undefined) {
    return lowerConst(db, scope, expr.block.tail, type);
  }
  if (expr.kind === "missing") return interner.constError(unknownAt(scope, "syntaxError", expr.reason, expr.range));
  // A type that stands alone (the command line's) has no definition around: its names are looked up as a nameless const's would be.
  const owner = scope.owner ?? db.defs.ids.def({ module: scope.module, container: undefined }, "const", "", "alone");
  const args = identityArgs(interner, db.genericsOf(owner));
  return interner.constant({ kind: "expr", expr, scope: { owner, block: scope.block }, args, type });
}

/** The value of an expression that must have a type, where literals alone tell it. */
export function plainValue(expr: Expr, type: Ty): bigint | undefined {
  const value = literalValue(expr);
  return value !== undefined && mayFit(value, type) ? value : literalArithmetic(expr, type);
}

/** The value of an integer, bool or char literal, negated or in braces. */
function literalValue(expr: Expr): bigint | undefined {
  if (expr.kind === "unary" && expr.op === "-") {
    const value = literalValue(expr.operand);
    return value === undefined ? undefined : -value;
  }
  if (expr.kind !== "literal") return undefined;
  const { literal } = expr;
  switch (literal.kind) {
    case "int":
      return literal.value;
    case "bool":
      return literal.value ? 1n : 0n;
    case "char":
    case "byte":
      return BigInt(literal.value);
    default:
      return undefined;
  }
}

/** Whether a literal is surely not out of its type's range, where evaluation takes its low bits (lint `overflowing_literals`). */
function mayFit(value: bigint, type: Ty): boolean {
  if (type.kind !== "int") return true;
  const bits = type.name.endsWith("size") ? 64 : Number(type.name.slice(1));
  return (type.name.startsWith("u") ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value)) === value;
}

/** A const parameter by its name. */
export function constParam(db: LowerDb, scope: TypeScope, path: PathRef): Const | undefined {
  const [only] = path.segments;
  if (scope.owner === undefined || only === undefined || path.segments.length !== 1 || path.anchor.kind !== "plain") return undefined;
  const param = db.genericsOf(scope.owner).params.findLast((p) => p.kind === "const" && p.name === only.name);
  if (param === undefined) return undefined;
  return db.interner.constant({ kind: "param", owner: param.owner, index: param.index, name: param.name });
}

/** A generic argument in a place that wants a const: a path written like a type may be a const's name. */
export function lowerConstArg(db: LowerDb, scope: TypeScope, arg: GenericArgRef, type: Ty): Const {
  if (arg.kind === "const") return lowerConst(db, scope, arg.expr, type);
  if (arg.kind === "type" && arg.type.kind === "path") {
    return lowerConst(db, scope, { kind: "path", path: arg.type.path, range: arg.type.range }, type);
  }
  const range = arg.kind === "type" ? arg.type.range : undefined;
  return db.interner.constError(unknownAt(scope, "invalidType", msg("a type stands where a const argument is wanted"), range));
}
