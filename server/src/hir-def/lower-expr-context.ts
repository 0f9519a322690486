/**
 * What expression, statement and pattern lowering share: the caller's context, each other (through `Lowering`, so that the files
 * need not import one another in a circle) and small questions about nodes.
 *
 * Invariant: everything here is a function of nodes and the unit's text.
 */
import type { Message } from "../base/message.ts";
import type { SynNode } from "../syntax/syntax-node.ts";
import { isComment } from "../syntax/syntax-node.ts";
import type { BlockScopes } from "./block-scope.ts";
import type { Block, Expr, Pat, RelRange } from "./expr.ts";
import type { GenericArgsRef, PathRef, TypeRef } from "./type-ref.ts";

/** What the caller brings: the unit's text (node offsets index into it) and the lowering of types. */
export interface ExprContext {
  readonly text: string;
  /** The text's blocks that declare items; in a detached text such items are `missing`. */
  readonly scopes: BlockScopes;
  readonly lowerType: (node: SynNode) => TypeRef;
  readonly lowerPath: (node: SynNode) => PathRef;
  /** A `type_arguments` node. */
  readonly lowerGenericArgs: (node: SynNode) => GenericArgsRef;
}

export interface Lowering extends ExprContext {
  readonly expr: (node: SynNode) => Expr;
  readonly pat: (node: SynNode) => Pat;
  readonly block: (node: SynNode) => Block;
}

/** An expression or pattern that cannot be evaluated. */
export function missing(reason: Message): { readonly kind: "missing"; readonly reason: Message } {
  return { kind: "missing", reason };
}

export function rangeOf(node: SynNode): RelRange {
  return { start: node.start, end: node.end };
}

export function textOf(ctx: ExprContext, node: SynNode): string {
  return ctx.text.slice(node.start, node.end);
}

/** Anonymous tokens are named by their text; a node's name is a word of several letters with `_`, or one of these. */
const ONE_WORD_NODES = new Set(["identifier", "block", "self", "super", "crate", "metavariable", "parameter", "_"]);

/** The children that are expressions, patterns or the like: no comments, attributes, labels, keywords or operators. */
export function parts(node: SynNode): readonly SynNode[] {
  return node.children.filter((c) => isPart(c));
}

function isPart(node: SynNode): boolean {
  if (isComment(node)) return false;
  switch (node.kind) {
    case "attribute_item":
    case "inner_attribute_item":
    case "mutable_specifier":
      return false;
    default:
      return ONE_WORD_NODES.has(node.kind) || node.kind.includes("_");
  }
}

/** The outer attributes (text between `#[` and `]`) that stand directly in front of a child. */
export function attributesBefore(ctx: ExprContext, parent: SynNode, part: SynNode): readonly string[] {
  const at = parent.children.indexOf(part);
  const out: string[] = [];
  for (let i = at - 1; i >= 0; i--) {
    const before = parent.children[i];
    if (before === undefined || isComment(before)) continue;
    if (before.kind !== "attribute_item") break;
    out.unshift(attributeText(ctx, before));
  }
  return out;
}

function attributeText(ctx: ExprContext, node: SynNode): string {
  const attribute = node.children.find((c) => c.kind === "attribute");
  return attribute === undefined ? "" : textOf(ctx, attribute);
}
