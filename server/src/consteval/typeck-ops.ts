/**
 * Types operators: unary, binary, assignment, cast, reference and dereference.
 *
 * Example: `a << 1` → the result has the type of `a`, the `1` a type of its own (i32 if nothing else says).
 *
 * Source: Reference, "Operator expressions"; rustc_hir_typeck `op.rs` (`enforce_builtin_binop_types`), `cast.rs`.
 */
import { msg } from "../base/message.ts";
import type { BinaryOp, Expr } from "../hir-def/expr.ts";
import type { Ty } from "../hir-ty/ty.ts";
import { coerce } from "./coerce.ts";
import type { Thir } from "./thir.ts";
import { callOperator } from "./typeck-call.ts";
import type { Expect, Tc } from "./typeck-context.ts";
import { expectTy, intern, NO_EXPECT, newLocal, node, refTo, structural, trapMessage } from "./typeck-context.ts";

/** `-a`, `!a`, `*a` */
export function checkUnary(tc: Tc, expr: Extract<Expr, { kind: "unary" }>, expect: Expect): Thir {
  if (expr.op === "*") return checkDeref(tc, expr);
  const operand = tc.expr(expr.operand, expect);
  if (operand.kind === "trap") return operand;
  if (expr.op === "-" && operand.kind === "scalar" && expr.operand.kind === "literal") {
    return node({ kind: "scalar", value: -operand.value }, operand.ty, expr.range);
  }
  if (isScalar(tc, operand.ty)) return node({ kind: "unary", op: expr.op, operand }, operand.ty, expr.range);
  const [lang, method] = expr.op === "-" ? ["neg", "neg"] : ["not", "not"];
  return callOperator(tc, { lang, method, operands: [operand] }, expr.range);
}

function checkDeref(tc: Tc, expr: Extract<Expr, { kind: "unary" }>): Thir {
  const operand = tc.expr(expr.operand, NO_EXPECT);
  if (operand.kind === "trap") return operand;
  const ty = structural(tc, operand.ty);
  if (ty.kind === "ref" || ty.kind === "pointer") return node({ kind: "deref", operand }, ty.target, expr.range);
  if (ty.kind !== "adt") return trapMessage(tc, msg("what is dereferenced here is no reference"), expr.range);
  const taken = node({ kind: "ref", operand }, refTo(tc, ty, false), expr.range);
  const target = callOperator(tc, { lang: "deref", method: "deref", operands: [taken] }, expr.range);
  const result = structural(tc, target.ty);
  return result.kind === "ref"
    ? node({ kind: "deref", operand: target }, result.target, expr.range)
    : trapMessage(tc, msg("dereferencing this type is not evaluated"), expr.range);
}

/** Integers, floats, bool, char, and literals whose type is still open. */
function isScalar(tc: Tc, ty: Ty): boolean {
  const head = structural(tc, ty);
  switch (head.kind) {
    case "int":
    case "float":
    case "bool":
    case "char":
      return true;
    case "infer":
      return true;
    default:
      return false;
  }
}

function isPointerLike(tc: Tc, ty: Ty): boolean {
  const { kind } = structural(tc, ty);
  return kind === "pointer" || kind === "fnPtr";
}

const OPERATOR_TRAITS: Readonly<Record<string, readonly [lang: string, method: string]>> = {
  "+": ["add", "add"],
  "-": ["sub", "sub"],
  "*": ["mul", "mul"],
  "/": ["div", "div"],
  "%": ["rem", "rem"],
  "&": ["bitand", "bitand"],
  "|": ["bitor", "bitor"],
  "^": ["bitxor", "bitxor"],
  "<<": ["shl", "shl"],
  ">>": ["shr", "shr"],
  "==": ["eq", "eq"],
  "!=": ["eq", "ne"],
  "<": ["partial_ord", "lt"],
  "<=": ["partial_ord", "le"],
  ">": ["partial_ord", "gt"],
  ">=": ["partial_ord", "ge"],
};

const COMPARISONS: ReadonlySet<BinaryOp> = new Set<BinaryOp>(["==", "!=", "<", "<=", ">", ">="]);

export function checkBinary(tc: Tc, expr: Extract<Expr, { kind: "binary" }>): Thir {
  const { op } = expr;
  if (op === "&&" || op === "||") {
    const left = coerce(tc, tc.expr(expr.left, expectTy(tc.interner.bool)), tc.interner.bool);
    const right = coerce(tc, tc.expr(expr.right, expectTy(tc.interner.bool)), tc.interner.bool);
    return node({ kind: "logic", op, left, right }, tc.interner.bool, expr.range);
  }
  const left = tc.expr(expr.left, NO_EXPECT);
  const isShift = op === "<<" || op === ">>";
  const right = tc.expr(expr.right, isShift || !isScalar(tc, left.ty) ? NO_EXPECT : expectTy(left.ty));
  if (left.kind === "trap") return left;
  if (right.kind === "trap") return right;
  return typedBinary(tc, { op, left, right }, expr);
}

interface Operation {
  readonly op: Exclude<BinaryOp, "&&" | "||">;
  readonly left: Thir;
  readonly right: Thir;
}

function typedBinary(tc: Tc, operation: Operation, expr: Expr): Thir {
  const { op, left, right } = operation;
  const isComparison = COMPARISONS.has(op);
  const builtIn = (isScalar(tc, left.ty) && isScalar(tc, right.ty)) || (isComparison && isPointerLike(tc, left.ty));
  if (!builtIn) return overloadedBinary(tc, operation, expr);
  const isShift = op === "<<" || op === ">>";
  if (!isShift && !tc.table.unify(left.ty, right.ty))
    return trapMessage(tc, msg("the operands of this operator have different types"), expr.range);
  return node({ kind: "binary", op, left, right }, isComparison ? tc.interner.bool : left.ty, expr.range);
}

function overloadedBinary(tc: Tc, operation: Operation, expr: Expr): Thir {
  const { op, left, right } = operation;
  const [lang, method] = OPERATOR_TRAITS[op] ?? ["", ""];
  const operands = COMPARISONS.has(op)
    ? [left, right].map((side) => node({ kind: "ref", operand: side }, refTo(tc, side.ty, false), side.range))
    : [left, right];
  const call = callOperator(tc, { lang, method, operands }, expr.range);
  if (call.kind !== "call" || call.callee.kind !== "traitFn") return call;
  // The trait's arguments are the operands' own types, not those of the references that comparisons take.
  return { ...call, callee: { ...call.callee, args: [left.ty, right.ty] }, ty: COMPARISONS.has(op) ? tc.interner.bool : call.ty };
}

export function checkAssign(tc: Tc, expr: Extract<Expr, { kind: "assign" }>): Thir {
  if (expr.op !== undefined && expr.op !== "&&" && expr.op !== "||") return checkAssignOp(tc, expr, expr.op);
  return assignTo(tc, expr.target, (expect) => tc.expr(expr.value, expect), expr);
}

/** `target = value`; `_`, tuples and arrays of targets are taken apart. */
function assignTo(tc: Tc, target: Expr, value: (expect: Expect) => Thir, at: Expr): Thir {
  const { unit } = tc.interner;
  if (isUnderscore(target)) {
    const dropped = value(NO_EXPECT);
    return node({ kind: "block", statements: [{ kind: "expr", expr: dropped }], tail: undefined, target: undefined }, unit, at.range);
  }
  if (target.kind === "tuple" || target.kind === "array") return assignParts(tc, target.elements, value(NO_EXPECT), at);
  const place = tc.expr(target, NO_EXPECT);
  if (place.kind === "trap") return place;
  const assigned = coerce(tc, value(expectTy(place.ty)), place.ty);
  return node({ kind: "assign", target: place, value: assigned }, unit, at.range);
}

function isUnderscore(expr: Expr): boolean {
  return expr.kind === "path" && expr.path.segments.length === 1 && expr.path.segments[0]?.name === "_";
}

function assignParts(tc: Tc, targets: readonly Expr[], value: Thir, at: Expr): Thir {
  const ty = structural(tc, value.ty);
  const partTy = (index: number): Ty | undefined =>
    ty.kind === "tuple" ? ty.elements[index] : ty.kind === "array" ? ty.element : undefined;
  if (ty.kind !== "tuple" && ty.kind !== "array")
    return trapMessage(tc, msg("the types of this assignment could not be worked out"), at.range);
  const local = newLocal(tc, ty);
  const whole = node({ kind: "local", local }, ty, at.range);
  const parts = targets.map((target, index) => {
    const part = node({ kind: "field", operand: whole, index }, partTy(index) ?? tc.interner.unit, at.range);
    return { kind: "expr", expr: assignTo(tc, target, () => part, at) } as const;
  });
  const pattern = { kind: "bind", local, mode: "copy", sub: undefined, ty, range: at.range } as const;
  const statements = [{ kind: "let", pattern, value, otherwise: undefined } as const, ...parts];
  return node({ kind: "block", statements, tail: undefined, target: undefined }, tc.interner.unit, at.range);
}

function checkAssignOp(tc: Tc, expr: Extract<Expr, { kind: "assign" }>, op: Operation["op"]): Thir {
  const target = tc.expr(expr.target, NO_EXPECT);
  const isShift = op === "<<" || op === ">>";
  const value = tc.expr(expr.value, isShift || !isScalar(tc, target.ty) ? NO_EXPECT : expectTy(target.ty));
  if (target.kind === "trap") return target;
  if (value.kind === "trap") return value;
  if (!isScalar(tc, target.ty) || !isScalar(tc, value.ty))
    return trapMessage(tc, msg("this operator is not evaluated for operands of these types"), expr.range);
  if (!isShift && !tc.table.unify(target.ty, value.ty))
    return trapMessage(tc, msg("the operands of this operator have different types"), expr.range);
  return node({ kind: "assignOp", op, target, value }, tc.interner.unit, expr.range);
}

/** `operand as type`: what can be coerced is, the rest is a cast whose kind the types tell. */
export function checkCast(tc: Tc, expr: Extract<Expr, { kind: "cast" }>, expect: Expect): Thir {
  const written = intern(tc, tc.db.names.lowerType(expr.type, tc.scope));
  if (structural(tc, written).kind === "infer" && expect.kind === "has") tc.table.unify(written, expect.ty);
  const operand = tc.expr(expr.operand, { kind: "cast", ty: written });
  if (operand.kind === "trap") return operand;
  const to = structural(tc, written);
  if (to.kind === "error") return trapMessage(tc, to.why.message, expr.range);
  if (to.kind === "ref" || to.kind === "pointer" || to.kind === "fnPtr") {
    const coerced = coerce(tc, operand, to);
    if (coerced.kind !== "trap") return coerced;
  }
  return node({ kind: "cast", operand }, to, expr.range);
}

/** `&a`, `&mut a`, `&raw const a` */
export function checkRef(tc: Tc, expr: Extract<Expr, { kind: "ref" }>, expect: Expect): Thir {
  const wanted = expect.kind === "has" ? structural(tc, expect.ty) : undefined;
  const operand = tc.expr(expr.operand, wanted?.kind === "ref" || wanted?.kind === "pointer" ? refExpect(tc, wanted.target) : NO_EXPECT);
  if (operand.kind === "trap") return operand;
  const kind = expr.raw ? "pointer" : "ref";
  return node({ kind: "ref", operand }, tc.interner.ty({ kind, mutable: expr.mutable, target: operand.ty }), expr.range);
}

/** `&[1, 2]` where `&[u8]` is wanted: the elements are u8, the length is not known from there. */
function refExpect(tc: Tc, target: Ty): Expect {
  const head = structural(tc, target);
  if (head.kind !== "slice") return expectTy(head);
  return expectTy(tc.interner.ty({ kind: "array", element: head.element, length: tc.table.freshConst() }));
}
