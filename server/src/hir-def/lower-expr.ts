/**
 * Lowers syntax of expressions, blocks and patterns to `Expr`, `Block` and `Pat`.
 *
 * Example: the node of `x.len() + 1` → binary(+, methodCall(path x, len), literal 1).
 *
 * Invariants: never fails; what cannot be evaluated anyway (`async`, `await`, `yield`) or has a syntax error is `missing` with
 * the reason; recursion is as deep as the syntax, which the parser bounds; `Block.scope` follows block-scope.ts.
 */

import { isMessage, msg } from "../base/message.ts";
import { writtenName } from "../hir-expand/local-hygiene.ts";
import { damageOf } from "../syntax/damage.ts";
import type { SynNode } from "../syntax/syntax-node.ts";
import { child, field } from "../syntax/syntax-node.ts";
import type { BinaryOp, Block, Expr, ExprKind, FieldInit, Pat } from "./expr.ts";
import type { ExprContext, Lowering } from "./lower-expr-context.ts";
import { attributesBefore, missing, parts, rangeOf, textOf } from "./lower-expr-context.ts";
import { lowerBlockExpr, lowerBlockNode, lowerIf, lowerLoop, lowerMatch } from "./lower-expr-control.ts";
import { parseLiteral } from "./lower-literal.ts";
import { lowerPatNode } from "./lower-pat.ts";
import { identifierText } from "./names.ts";
import type { PathRef } from "./type-ref.ts";

/** An expression node → Expr. */
export function lowerExpr(ctx: ExprContext, node: SynNode): Expr {
  return lowering(ctx).expr(node);
}

/** A pattern node → Pat. */
export function lowerPat(ctx: ExprContext, node: SynNode): Pat {
  return lowering(ctx).pat(node);
}

/** A `block` node, or the root of a parsed list of statements → Block. */
export function lowerBlock(ctx: ExprContext, node: SynNode): Block {
  return lowering(ctx).block(node);
}

function lowering(ctx: ExprContext): Lowering {
  const self: Lowering = {
    ...ctx,
    expr: (node) => ({ ...exprKind(self, node), range: rangeOf(node) }),
    pat: (node) => lowerPatNode(self, node),
    block: (node) => lowerBlockNode(self, node),
  };
  return self;
}

/** Whether the damage is in this node itself: below it, the rest is as good as ever. */
function isDamaged(node: SynNode): boolean {
  if (!node.hasError) return false;
  return node.kind === "ERROR" || node.children.some((c) => c.kind === "ERROR") || node.children.every((c) => !c.hasError);
}

function exprKind(ctx: Lowering, node: SynNode): ExprKind {
  if (isDamaged(node) && node.kind !== "block") return missing(damageOf(node, "expression"));
  switch (node.kind) {
    case "integer_literal":
    case "float_literal":
    case "boolean_literal":
    case "char_literal":
    case "string_literal":
    case "raw_string_literal":
      return literal(ctx, node);
    case "identifier":
    case "scoped_identifier":
    case "self":
    case "metavariable":
      return pathKind(ctx.lowerPath(node));
    case "generic_function":
      return genericPath(ctx, node);
    case "parenthesized_expression":
      return onlyPart(ctx, node);
    case "unit_expression":
      return { kind: "tuple", elements: [] };
    case "macro_invocation":
      return macroCall(ctx, node);
    default:
      return operatorKind(ctx, node);
  }
}

function operatorKind(ctx: Lowering, node: SynNode): ExprKind {
  switch (node.kind) {
    case "unary_expression":
    case "negative_literal":
      return unary(ctx, node);
    case "binary_expression":
      return binary(ctx, node);
    case "assignment_expression":
      return { kind: "assign", op: undefined, target: fieldExpr(ctx, node, "left"), value: fieldExpr(ctx, node, "right") };
    case "compound_assignment_expr":
      return compoundAssign(ctx, node);
    case "type_cast_expression":
      return cast(ctx, node);
    case "reference_expression":
      return reference(ctx, node);
    case "try_expression":
      return { kind: "try", operand: firstPart(ctx, node) };
    case "range_expression":
      return range(ctx, node);
    case "call_expression":
      return call(ctx, node);
    case "field_expression":
      return { kind: "field", operand: fieldExpr(ctx, node, "value"), name: fieldName(ctx, node) };
    case "index_expression":
      return index(ctx, node);
    default:
      return compoundKind(ctx, node);
  }
}

function compoundKind(ctx: Lowering, node: SynNode): ExprKind {
  switch (node.kind) {
    case "tuple_expression":
      return { kind: "tuple", elements: list(ctx, node) };
    case "array_expression":
      return array(ctx, node);
    case "struct_expression":
      return structKind(ctx, node);
    case "block":
    case "unsafe_block":
    case "const_block":
      return lowerBlockExpr(ctx, node);
    case "if_expression":
    case "let_condition":
    case "let_chain":
      return lowerIf(ctx, node);
    case "match_expression":
      return lowerMatch(ctx, node);
    case "loop_expression":
    case "while_expression":
    case "for_expression":
    case "break_expression":
    case "continue_expression":
    case "return_expression":
      return lowerLoop(ctx, node);
    case "closure_expression":
      return closure(ctx, node);
    case "attributed_expression":
      return withAttributes(ctx, node);
    default:
      return missing(msg("an expression of this form (`{kind}`) cannot be evaluated", { kind: node.kind }));
  }
}

function literal(ctx: Lowering, node: SynNode): ExprKind {
  const value = parseLiteral(textOf(ctx, node));
  return isMessage(value) ? missing(value) : { kind: "literal", literal: value };
}

function pathKind(path: PathRef): ExprKind {
  const isEmpty = path.segments.length === 0 && path.anchor.kind !== "self";
  return isEmpty ? missing(msg("this path cannot be read")) : { kind: "path", path };
}

/** `path::<Args>`: the arguments belong to the last segment. */
function genericPath(ctx: Lowering, node: SynNode): ExprKind {
  const callee = field(node, "function");
  const args = field(node, "type_arguments");
  if (callee === undefined || args === undefined) return missing(msg("this path cannot be read"));
  const path = ctx.lowerPath(callee);
  const last = path.segments.length - 1;
  const segments = path.segments.map((segment, i) => (i === last ? { ...segment, args: ctx.lowerGenericArgs(args) } : segment));
  return pathKind({ ...path, segments, range: rangeOf(node) });
}

function fieldExpr(ctx: Lowering, node: SynNode, name: string): Expr {
  const part = field(node, name);
  return part === undefined ? { ...missing(damageOf(node, "expression")), range: rangeOf(node) } : ctx.expr(part);
}

function firstPart(ctx: Lowering, node: SynNode): Expr {
  const [part] = parts(node);
  return part === undefined ? { ...missing(damageOf(node, "expression")), range: rangeOf(node) } : ctx.expr(part);
}

function onlyPart(ctx: Lowering, node: SynNode): ExprKind {
  const { range: _, ...kind } = firstPart(ctx, node);
  return kind;
}

function macroCall(ctx: Lowering, node: SynNode): ExprKind {
  const name = field(node, "macro");
  const args = child(node, "token_tree");
  if (name === undefined || args === undefined) return missing(damageOf(node, "macro call"));
  return { kind: "macroCall", path: ctx.lowerPath(name), args: ctx.text.slice(args.start + 1, args.end - 1), argsStart: args.start + 1 };
}

function unary(ctx: Lowering, node: SynNode): ExprKind {
  const op = node.children[0]?.kind;
  const operand = parts(node).at(-1);
  if (operand === undefined || (op !== "-" && op !== "!" && op !== "*")) return missing(damageOf(node, "expression"));
  return { kind: "unary", op, operand: ctx.expr(operand) };
}

const BINARY_OPS: ReadonlyMap<string, BinaryOp> = new Map(
  (["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "==", "!=", "<", "<=", ">", ">=", "&&", "||"] as const).map((op) => [op, op]),
);

function binary(ctx: Lowering, node: SynNode): ExprKind {
  const op = BINARY_OPS.get(field(node, "operator")?.kind ?? "");
  if (op === undefined) return missing(damageOf(node, "expression"));
  return { kind: "binary", op, left: fieldExpr(ctx, node, "left"), right: fieldExpr(ctx, node, "right") };
}

function compoundAssign(ctx: Lowering, node: SynNode): ExprKind {
  const op = BINARY_OPS.get((field(node, "operator")?.kind ?? "").slice(0, -1));
  if (op === undefined) return missing(damageOf(node, "expression"));
  return { kind: "assign", op, target: fieldExpr(ctx, node, "left"), value: fieldExpr(ctx, node, "right") };
}

function cast(ctx: Lowering, node: SynNode): ExprKind {
  const type = field(node, "type");
  if (type === undefined) return missing(damageOf(node, "expression"));
  return { kind: "cast", operand: fieldExpr(ctx, node, "value"), type: ctx.lowerType(type) };
}

function reference(ctx: Lowering, node: SynNode): ExprKind {
  return {
    kind: "ref",
    mutable: child(node, "mutable_specifier") !== undefined,
    raw: child(node, "raw") !== undefined,
    operand: fieldExpr(ctx, node, "value"),
  };
}

function range(ctx: Lowering, node: SynNode): ExprKind {
  const all = node.children;
  const dots = all.findIndex((c) => c.kind === ".." || c.kind === "..=" || c.kind === "...");
  const [from] = parts({ ...node, children: all.slice(0, dots) });
  const [to] = parts({ ...node, children: all.slice(dots + 1) });
  return {
    kind: "range",
    from: from === undefined ? undefined : ctx.expr(from),
    to: to === undefined ? undefined : ctx.expr(to),
    inclusive: all[dots]?.kind !== "..",
  };
}

function call(ctx: Lowering, node: SynNode): ExprKind {
  const callee = field(node, "function");
  const args = field(node, "arguments");
  if (callee === undefined || args === undefined) return missing(damageOf(node, "call"));
  const values = list(ctx, args);
  if (isBareJump(callee)) return jumpWith(ctx, callee, { args, values });
  const generic = callee.kind === "generic_function" ? callee : undefined;
  const inner = generic === undefined ? callee : field(generic, "function");
  if (inner?.kind !== "field_expression") return { kind: "call", callee: ctx.expr(callee), args: values };
  const typeArgs = generic === undefined ? undefined : field(generic, "type_arguments");
  return {
    kind: "methodCall",
    receiver: fieldExpr(ctx, inner, "value"),
    method: fieldName(ctx, inner),
    genericArgs: typeArgs === undefined ? undefined : ctx.lowerGenericArgs(typeArgs),
    args: values,
  };
}

/** `break (1, 2)` is read as a call of `break` by some versions of the grammar. */
function isBareJump(node: SynNode): boolean {
  return (node.kind === "break_expression" || node.kind === "return_expression") && parts(node).length === 0;
}

function jumpWith(ctx: Lowering, node: SynNode, given: { readonly args: SynNode; readonly values: readonly Expr[] }): ExprKind {
  const { args, values } = given;
  const jump = lowerLoop(ctx, node);
  if (jump.kind !== "break" && jump.kind !== "return") return jump;
  const [only] = values;
  const last = parts(args).at(-1);
  const isTuple = values.length !== 1 || (last !== undefined && ctx.text.slice(last.end, args.end).includes(","));
  const value: Expr = only !== undefined && !isTuple ? only : { kind: "tuple", elements: values, range: rangeOf(args) };
  return { ...jump, value };
}

function fieldName(ctx: Lowering, node: SynNode): string {
  const name = field(node, "field");
  return name === undefined ? "" : identifierText(textOf(ctx, name));
}

function index(ctx: Lowering, node: SynNode): ExprKind {
  const [operand, at] = parts(node);
  if (operand === undefined || at === undefined) return missing(damageOf(node, "expression"));
  return { kind: "index", operand: ctx.expr(operand), index: ctx.expr(at) };
}

/** The expressions among the children, each with the attributes in front of it. */
function list(ctx: Lowering, node: SynNode): readonly Expr[] {
  return parts(node).map((part) => attributed(ctx, node, part));
}

/** `#[cfg(a)] value`: attributes of attributed expressions inside come behind. */
function withAttributes(ctx: Lowering, node: SynNode): ExprKind {
  const part = parts(node).at(-1);
  if (part === undefined) return missing(damageOf(node, "expression"));
  const attributes = attributesBefore(ctx, node, part);
  const expr = ctx.expr(part);
  if (expr.kind !== "attributed") return { kind: "attributed", attributes, expr };
  return { kind: "attributed", attributes: [...attributes, ...expr.attributes], expr: expr.expr };
}

function attributed(ctx: Lowering, parent: SynNode, part: SynNode): Expr {
  const expr = ctx.expr(part);
  const attributes = attributesBefore(ctx, parent, part);
  return attributes.length === 0 ? expr : { kind: "attributed", attributes, expr, range: expr.range };
}

function array(ctx: Lowering, node: SynNode): ExprKind {
  const count = field(node, "length");
  if (count === undefined) return { kind: "array", elements: list(ctx, node) };
  return { kind: "repeat", element: firstPart(ctx, node), count: ctx.expr(count) };
}

function structKind(ctx: Lowering, node: SynNode): ExprKind {
  const name = field(node, "name");
  const body = field(node, "body");
  if (name === undefined || body === undefined) return missing(damageOf(node, "expression"));
  const base = child(body, "base_field_initializer");
  return {
    kind: "struct",
    path: ctx.lowerPath(name),
    fields: body.children.flatMap((part) => fieldInit(ctx, part)),
    // `..` alone asks for default field values, which are not evaluated: the fields stay incomplete.
    base: base === undefined || parts(base).length === 0 ? undefined : lastPart(ctx, base),
  };
}

function lastPart(ctx: Lowering, node: SynNode): Expr {
  const part = parts(node).at(-1);
  return part === undefined ? { ...missing(damageOf(node, "expression")), range: rangeOf(node) } : ctx.expr(part);
}

function fieldInit(ctx: Lowering, node: SynNode): readonly FieldInit[] {
  const written = node.kind === "shorthand_field_initializer" ? child(node, "identifier") : field(node, "field");
  if (written === undefined) return [];
  const attributes = attributesBefore(ctx, node, written);
  const name = writtenName(identifierText(textOf(ctx, written)));
  const value = node.kind === "field_initializer" ? fieldExpr(ctx, node, "value") : ctx.expr(written);
  return [{ name, value, attributes }];
}

function closure(ctx: Lowering, node: SynNode): ExprKind {
  const body = field(node, "body");
  if (body === undefined || child(node, "async") !== undefined) return missing(msg("a closure of this form cannot be evaluated"));
  const params = parts(field(node, "parameters") ?? { ...node, children: [] });
  const result = field(node, "return_type");
  return {
    kind: "closure",
    params: params.map((param) => ctx.pat(param.kind === "parameter" ? (field(param, "pattern") ?? param) : param)),
    paramTypes: params.map((param) => {
      const type = param.kind === "parameter" ? field(param, "type") : undefined;
      return type === undefined ? undefined : ctx.lowerType(type);
    }),
    result: result === undefined ? undefined : ctx.lowerType(result),
    body: ctx.expr(body),
  };
}
