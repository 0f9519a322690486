/**
 * Lowers syntax of patterns to `Pat`. Part of lower-expr.ts, which is the way in.
 *
 * Example: `Some(x @ 1..=9)` → tupleStruct(Some, [bind x (range 1..=9)]); a lone identifier is `bind`, whatever it names.
 *
 * Invariant: never fails; what is not understood is `missing` with a reason.
 */

import { isMessage, msg } from "../base/message.ts";
import { writtenName } from "../hir-expand/local-hygiene.ts";
import { damageOf } from "../syntax/damage.ts";
import type { SynNode } from "../syntax/syntax-node.ts";
import { child, field, fields } from "../syntax/syntax-node.ts";
import type { Expr, Pat, PatKind } from "./expr.ts";
import type { Lowering } from "./lower-expr-context.ts";
import { missing, parts, rangeOf, textOf } from "./lower-expr-context.ts";
import { parseLiteral } from "./lower-literal.ts";
import { identifierText } from "./names.ts";

/** A pattern node. */
export function lowerPatNode(ctx: Lowering, node: SynNode): Pat {
  return { ...patKind(ctx, node), range: rangeOf(node) };
}

function patKind(ctx: Lowering, node: SynNode): PatKind {
  if (node.kind === "ERROR" || node.children.some((c) => c.kind === "ERROR")) return missing(damageOf(node, "pattern"));
  switch (node.kind) {
    case "_":
      return { kind: "wildcard" };
    case "remaining_field_pattern":
      return { kind: "rest" };
    case "identifier":
    case "self":
      return binding(ctx, node);
    case "scoped_identifier":
      return { kind: "path", path: ctx.lowerPath(node) };
    case "generic_pattern":
      return genericPattern(ctx, node);
    case "integer_literal":
    case "float_literal":
    case "boolean_literal":
    case "char_literal":
    case "string_literal":
    case "raw_string_literal":
    case "negative_literal":
      return { kind: "literal", expr: literalExpr(ctx, node) };
    case "range_pattern":
      return rangePattern(ctx, node);
    default:
      return compoundPattern(ctx, node);
  }
}

function compoundPattern(ctx: Lowering, node: SynNode): PatKind {
  switch (node.kind) {
    case "tuple_pattern":
      return tuplePattern(ctx, node);
    case "tuple_struct_pattern":
      return tupleStruct(ctx, node);
    case "struct_pattern":
      return structPattern(ctx, node);
    case "slice_pattern":
      return { kind: "slice", elements: parts(node).map((part) => ctx.pat(part)) };
    case "reference_pattern":
      return { kind: "ref", mutable: child(node, "mutable_specifier") !== undefined, pattern: innerPattern(ctx, node) };
    case "or_pattern":
      return { kind: "or", alternatives: alternatives(node).map((part) => ctx.pat(part)) };
    case "const_block": {
      const body = field(node, "body");
      return body === undefined ? missing(damageOf(node, "pattern")) : { kind: "const", block: ctx.block(body) };
    }
    case "macro_invocation":
      return macroPattern(ctx, node);
    case "ref_pattern":
    case "mut_pattern":
    case "captured_pattern":
      return modifiedBinding(ctx, node);
    default:
      return missing(msg("a pattern of this form (`{kind}`) is not understood", { kind: node.kind }));
  }
}

function binding(ctx: Lowering, node: SynNode): Extract<PatKind, { kind: "bind" }> | { readonly kind: "wildcard" } {
  const name = identifierText(textOf(ctx, node));
  if (name === "_") return { kind: "wildcard" };
  return { kind: "bind", name, byRef: false, mutable: false, sub: undefined };
}

function genericPattern(ctx: Lowering, node: SynNode): PatKind {
  const args = field(node, "type_arguments");
  const [head] = parts(node).filter((part) => part !== args);
  if (head === undefined || args === undefined) return missing(damageOf(node, "pattern"));
  const path = ctx.lowerPath(head);
  const last = path.segments.length - 1;
  const segments = path.segments.map((segment, i) => (i === last ? { ...segment, args: ctx.lowerGenericArgs(args) } : segment));
  return { kind: "path", path: { ...path, segments } };
}

function literalExpr(ctx: Lowering, node: SynNode): Expr {
  const range = rangeOf(node);
  if (node.kind === "negative_literal") {
    const [digits] = parts(node);
    if (digits !== undefined) return { kind: "unary", op: "-", operand: literalExpr(ctx, digits), range };
  }
  const value = parseLiteral(textOf(ctx, node));
  return isMessage(value) ? { ...missing(value), range } : { kind: "literal", literal: value, range };
}

function rangePattern(ctx: Lowering, node: SynNode): PatKind {
  const left = field(node, "left");
  const [right] = fields(node, "right");
  const bound = (part: SynNode): Expr => (part.kind.endsWith("_literal") ? literalExpr(ctx, part) : ctx.expr(part));
  return {
    kind: "range",
    from: left === undefined ? undefined : bound(left),
    to: right === undefined ? undefined : bound(right),
    inclusive: node.children.some((c) => c.kind === "..=" || c.kind === "..."),
  };
}

/** `(p)` is `p`, `(p,)` and `(..)` are tuples. */
function tuplePattern(ctx: Lowering, node: SynNode): PatKind {
  const elements = parts(node);
  const [only] = elements;
  const isParenthesis =
    only !== undefined &&
    elements.length === 1 &&
    only.kind !== "remaining_field_pattern" &&
    !ctx.text.slice(only.end, node.end).includes(",");
  if (!isParenthesis) return { kind: "tuple", elements: elements.map((part) => ctx.pat(part)) };
  const { range: _, ...kind } = ctx.pat(only);
  return kind;
}

function tupleStruct(ctx: Lowering, node: SynNode): PatKind {
  const type = field(node, "type");
  if (type === undefined) return missing(damageOf(node, "pattern"));
  const elements = parts(node).filter((part) => part !== type);
  return { kind: "tupleStruct", path: ctx.lowerPath(type), elements: elements.map((part) => ctx.pat(part)) };
}

function structPattern(ctx: Lowering, node: SynNode): PatKind {
  const type = field(node, "type");
  if (type === undefined) return missing(damageOf(node, "pattern"));
  return { kind: "struct", path: ctx.lowerPath(type), fields: node.children.flatMap((part) => fieldPattern(ctx, part)) };
}

function fieldPattern(ctx: Lowering, node: SynNode): readonly { readonly name: string; readonly pattern: Pat }[] {
  const written = field(node, "name");
  if (node.kind !== "field_pattern" || written === undefined) return [];
  const name = identifierText(textOf(ctx, written));
  const pattern = field(node, "pattern");
  if (pattern !== undefined) return [{ name: writtenName(name), pattern: ctx.pat(pattern) }];
  const byRef = child(node, "ref") !== undefined;
  const mutable = child(node, "mutable_specifier") !== undefined;
  return [{ name: writtenName(name), pattern: { kind: "bind", name, byRef, mutable, sub: undefined, range: rangeOf(written) } }];
}

function innerPattern(ctx: Lowering, node: SynNode): Pat {
  const inner = parts(node).at(-1);
  return inner === undefined ? { ...missing(damageOf(node, "pattern")), range: rangeOf(node) } : ctx.pat(inner);
}

/** `a | b | c` nests to the left; its alternatives in order. */
function alternatives(node: SynNode): readonly SynNode[] {
  return parts(node).flatMap((part) => (part.kind === "or_pattern" ? alternatives(part) : [part]));
}

function macroPattern(ctx: Lowering, node: SynNode): PatKind {
  const name = field(node, "macro");
  const args = child(node, "token_tree");
  if (name === undefined || args === undefined) return missing(damageOf(node, "macro call"));
  return { kind: "macroCall", path: ctx.lowerPath(name), args: ctx.text.slice(args.start + 1, args.end - 1), argsStart: args.start + 1 };
}

/** `ref x`, `mut x`, `ref mut x` and `x @ p`. */
function modifiedBinding(ctx: Lowering, node: SynNode): PatKind {
  if (node.kind === "captured_pattern") {
    const [name, sub] = parts(node);
    if (name === undefined || sub === undefined) return missing(damageOf(node, "pattern"));
    return { kind: "bind", name: identifierText(textOf(ctx, name)), byRef: false, mutable: false, sub: ctx.pat(sub) };
  }
  const inner = innerPattern(ctx, node);
  if (inner.kind !== "bind") return missing(damageOf(node, "pattern"));
  const { range: _, ...bound } = inner;
  if (node.kind === "ref_pattern") return { ...bound, byRef: true };
  return { ...bound, mutable: true };
}
