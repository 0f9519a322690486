/**
 * Lowers blocks and statements, conditions, `match`, loops and jumps. Part of lower-expr.ts, which is the way in.
 *
 * Example: `if let Some(x) = y && x > 1 { a } else { b }` → if(binary(&&, let(Some(x), y), binary(>, x, 1)), a, b).
 *
 * Invariants: items inside a block are left out (item lowering has them); the tail of a block is what stands last without `;`.
 */
import { msg } from "../base/message.ts";
import { damageOf } from "../syntax/damage.ts";
import type { SynNode } from "../syntax/syntax-node.ts";
import { child, field, fields, isComment } from "../syntax/syntax-node.ts";
import { isItemNode } from "./block-scope.ts";
import type { Block, Expr, ExprKind, MatchArm, Statement } from "./expr.ts";
import type { Lowering } from "./lower-expr-context.ts";
import { attributesBefore, missing, parts, rangeOf, textOf } from "./lower-expr-context.ts";

/** A `block` node, or a `source_file` of statements. */
export function lowerBlockNode(ctx: Lowering, node: SynNode): Block {
  const statements: Statement[] = [];
  let tail: Expr | undefined;
  const all = node.children.filter((c) => !isComment(c));
  const last = all.findLast((c) => c.kind !== "}");
  for (const [i, part] of all.entries()) {
    const lowered = statement(ctx, node, part);
    if (lowered === undefined) continue;
    const isOpen = lowered.kind === "expr" && isTail(ctx, part) && all[i + 1]?.kind !== "empty_statement";
    if (lowered.kind !== "expr" || !isOpen) statements.push(lowered);
    else if (part === last) tail = attributedTail(lowered);
    else statements.push({ ...lowered, isOpen });
  }
  return { range: rangeOf(node), statements, tail, scope: ctx.scopes.ordinalOf(node) };
}

function isTail(ctx: Lowering, part: SynNode): boolean {
  return part.kind !== "ERROR" && ctx.text.charAt(part.end - 1) !== ";";
}

/** A statement as the tail of its block. */
export function attributedTail(lowered: Extract<Statement, { kind: "expr" }>): Expr {
  const { expr, attributes } = lowered;
  return attributes.length === 0 ? expr : { kind: "attributed", attributes, expr, range: expr.range };
}

function statement(ctx: Lowering, block: SynNode, node: SynNode): Statement | undefined {
  if (node.kind === "ERROR")
    return { kind: "expr", expr: { ...missing(damageOf(node, "block")), range: rangeOf(node) }, attributes: [], isOpen: false };
  if (isItemNode(node)) return ctx.scopes.isDetached ? itemInMacro(node) : undefined;
  if (isComment(node)) return undefined;
  const attributes = attributesBefore(ctx, block, node);
  switch (node.kind) {
    case "let_declaration":
      return letStatement(ctx, node, attributes);
    case "expression_statement": {
      const [inner] = parts(node);
      return { kind: "expr", expr: ctx.expr(inner ?? node), attributes, isOpen: false };
    }
    case "empty_statement":
    case "label":
      return undefined;
    default: {
      const [only] = parts({ ...node, children: [node] });
      return only === undefined ? undefined : { kind: "expr", expr: ctx.expr(only), attributes, isOpen: false };
    }
  }
}

function itemInMacro(node: SynNode): Statement {
  const reason = msg("an item that a macro call declares inside a body is not looked up");
  return { kind: "expr", expr: { ...missing(reason), range: rangeOf(node) }, attributes: [], isOpen: false };
}

function letStatement(ctx: Lowering, node: SynNode, attributes: readonly string[]): Statement {
  const pattern = field(node, "pattern");
  const type = field(node, "type");
  const value = field(node, "value");
  const otherwise = field(node, "alternative");
  if (pattern === undefined || node.children.some((c) => c.kind === "ERROR")) {
    return { kind: "expr", expr: { ...missing(damageOf(node, "statement")), range: rangeOf(node) }, attributes, isOpen: false };
  }
  const pat = ctx.pat(pattern);
  const isMutable = child(node, "mutable_specifier") !== undefined;
  return {
    kind: "let",
    pattern: isMutable && pat.kind === "bind" ? { ...pat, mutable: true } : pat,
    type: type === undefined ? undefined : ctx.lowerType(type),
    value: value === undefined ? undefined : ctx.expr(value),
    otherwise: otherwise === undefined ? undefined : ctx.block(otherwise),
    attributes,
  };
}

/** `{ … }`, `unsafe { … }`, `const { … }`, with a label or without. */
export function lowerBlockExpr(ctx: Lowering, node: SynNode): ExprKind {
  const block = node.kind === "block" ? node : (field(node, "body") ?? child(node, "block"));
  if (block === undefined) return missing(damageOf(node, "block"));
  return { kind: "block", block: ctx.block(block), label: labelOf(ctx, block) };
}

function labelOf(ctx: Lowering, node: SynNode): string | undefined {
  const label = child(node, "label");
  if (label === undefined) return undefined;
  const name = child(label, "identifier");
  return textOf(ctx, name ?? label);
}

/** `if`, and the conditions only it and `while` know. */
export function lowerIf(ctx: Lowering, node: SynNode): ExprKind {
  switch (node.kind) {
    case "let_condition":
      return letCondition(ctx, node);
    case "let_chain":
      return letChain(ctx, node);
    default:
      return ifKind(ctx, node);
  }
}

function ifKind(ctx: Lowering, node: SynNode): ExprKind {
  const condition = field(node, "condition");
  const thenBranch = field(node, "consequence");
  const alternative = field(node, "alternative");
  if (condition === undefined || thenBranch === undefined) return missing(damageOf(node, "`if`"));
  const [otherwise] = alternative === undefined ? [] : parts(alternative);
  return {
    kind: "if",
    condition: ctx.expr(condition),
    thenBranch: ctx.expr(thenBranch),
    elseBranch: otherwise === undefined ? undefined : ctx.expr(otherwise),
  };
}

function letCondition(ctx: Lowering, node: SynNode): ExprKind {
  const pattern = field(node, "pattern");
  const value = field(node, "value");
  if (pattern === undefined || value === undefined) return missing(damageOf(node, "condition"));
  return { kind: "let", pattern: ctx.pat(pattern), value: ctx.expr(value) };
}

function letChain(ctx: Lowering, node: SynNode): ExprKind {
  const [first, ...rest] = parts(node).map((part) => ctx.expr(part));
  if (first === undefined) return missing(damageOf(node, "condition"));
  const start = first.range.start;
  return rest.reduce<Expr>((left, right) => ({ kind: "binary", op: "&&", left, right, range: { start, end: right.range.end } }), first);
}

export function lowerMatch(ctx: Lowering, node: SynNode): ExprKind {
  const value = field(node, "value");
  const body = field(node, "body");
  if (value === undefined || body === undefined || body.children.some((c) => c.kind === "ERROR")) {
    return missing(damageOf(node, "`match`"));
  }
  return {
    kind: "match",
    scrutinee: ctx.expr(value),
    arms: body.children.filter((c) => c.kind === "match_arm").map((arm) => matchArm(ctx, arm)),
  };
}

function matchArm(ctx: Lowering, node: SynNode): MatchArm {
  const damage = { ...missing(damageOf(node, "arm")), range: rangeOf(node) };
  const head = field(node, "pattern");
  const value = field(node, "value");
  const [pattern] = head === undefined ? [] : parts(head);
  if (head === undefined || value === undefined || pattern === undefined || node.children.some((c) => c.kind === "ERROR")) {
    return { pattern: damage, guard: undefined, body: damage, attributes: [] };
  }
  const guard = field(head, "condition");
  return {
    pattern: ctx.pat(pattern),
    guard: guard === undefined ? undefined : ctx.expr(guard),
    body: ctx.expr(value),
    attributes: attributesBefore(ctx, node, head),
  };
}

/** Loops and the jumps out of them. */
export function lowerLoop(ctx: Lowering, node: SynNode): ExprKind {
  const label = labelOf(ctx, node);
  switch (node.kind) {
    case "break_expression": {
      const value = parts(node).find((part) => part.kind !== "label");
      return { kind: "break", label, value: value === undefined ? undefined : ctx.expr(value) };
    }
    case "continue_expression":
      return { kind: "continue", label };
    case "return_expression": {
      const [value] = parts(node);
      return { kind: "return", value: value === undefined ? undefined : ctx.expr(value) };
    }
    default:
      return loopKind(ctx, node, label);
  }
}

function loopKind(ctx: Lowering, node: SynNode, label: string | undefined): ExprKind {
  const bodyNode = fields(node, "body").at(-1);
  if (bodyNode === undefined) return missing(damageOf(node, "loop"));
  const body = (): Block => ctx.block(bodyNode);
  if (node.kind === "loop_expression") return { kind: "loop", body: body(), label };
  const head = field(node, node.kind === "while_expression" ? "condition" : "value");
  if (head === undefined) return missing(damageOf(node, "loop"));
  if (node.kind === "while_expression") return { kind: "while", condition: ctx.expr(head), body: body(), label };
  const pattern = field(node, "pattern");
  if (pattern === undefined) return missing(damageOf(node, "loop"));
  return { kind: "for", pattern: ctx.pat(pattern), iterable: ctx.expr(head), body: body(), label };
}
