/**
 * Finds the blocks of a body that declare items, with the attributes in force between them and the block around.
 *
 * Example: in `match x { #[cfg(windows)] _ => { struct A; } }` the arm's block declares `A` under `#[cfg(windows)]`.
 *
 * Invariant: which blocks count is `block-scope.ts`'s rule.
 */
import type { SynNode } from "../syntax/syntax-node.ts";
import { declaresItems, isItemNode, isMacroStatement } from "./block-scope.ts";
import type { Attr, RawBlock, RawItem } from "./item-tree.ts";
import { lowerAttribute } from "./lower-attr.ts";
import type { TypeContext } from "./lower-type.ts";

type LowerItems = (nodes: readonly SynNode[]) => readonly RawItem[];

/** The blocks below a node that declare items, outermost first; nested items look after their own. */
export function blocksIn(ctx: TypeContext, node: SynNode, lowerItems: LowerItems, attrs: readonly Attr[] = []): readonly RawBlock[] {
  if (isItemNode(node)) return [];
  const isScope = node.kind === "block" && declaresItems(node);
  const below = childBlocks(ctx, node, lowerItems, isScope ? [] : attrs);
  if (!isScope) return below;
  const items = lowerItems(blockItems(node));
  return [{ range: { start: node.start, end: node.end }, items, blocks: below, attrs }];
}

/** Attributes stand in front of the statement or expression they belong to; in a match arm they belong to all of it. */
function childBlocks(ctx: TypeContext, node: SynNode, lowerItems: LowerItems, outer: readonly Attr[]): readonly RawBlock[] {
  const out: RawBlock[] = [];
  let attrs = outer;
  for (const part of node.children) {
    if (part.kind === "attribute_item") {
      const attr = lowerAttribute(ctx, part);
      if (attr !== undefined) attrs = [...attrs, attr];
      continue;
    }
    out.push(...blocksIn(ctx, part, lowerItems, attrs));
    if (node.kind !== "match_arm" && !part.kind.endsWith("comment")) attrs = outer;
  }
  return out;
}

/** Items of a block and the attributes in front of them. */
function blockItems(node: SynNode): readonly SynNode[] {
  const out: SynNode[] = [];
  let attributes: SynNode[] = [];
  for (const part of node.children) {
    if (part.kind === "attribute_item") attributes.push(part);
    else {
      if (isItemNode(part) || isMacroStatement(part)) out.push(...attributes, part);
      attributes = [];
    }
  }
  return out;
}
