/**
 * Which blocks declare items, and how they are numbered. Item lowering (RawBlock) and expression lowering (`Block.scope`) must
 * agree, or a name in a const fn's body would be looked up in the wrong block; so both use this one rule.
 *
 * Example: in `fn f() -> [u8; { const N: usize = 1; N }] { { const A: u8 = 1; } { struct B; { struct C; } } }` the body declares
 * nothing; the block of `N` is 0, that of `A` is 1, that of `B` is 2 and that of `C`, inside it, is again 0 (its path is `[2, 0]`).
 *
 * Invariants: numbered in the order of the source per nesting level, over the whole item with its header; blocks inside a
 * nested item belong to that item; macro calls in statement position count, since they may declare items.
 */
import type { SynNode } from "../syntax/syntax-node.ts";

/** Nodes that declare something in the block they stand in. */
const ITEM_KINDS = new Set([
  "const_item",
  "delegation_item",
  "enum_item",
  "extern_crate_declaration",
  "foreign_mod_item",
  "function_item",
  "function_signature_item",
  "impl_item",
  "macro_definition",
  "macro_item",
  "mod_item",
  "static_item",
  "struct_item",
  "trait_alias_item",
  "trait_item",
  "type_item",
  "associated_type",
  "union_item",
  "use_declaration",
]);

/** Whether a node is an item (which has blocks of its own). */
export function isItemNode(node: SynNode): boolean {
  return ITEM_KINDS.has(node.kind);
}

/** Whether a child of a block is a macro call standing as a statement (or as the tail), which may expand to items. */
export function isMacroStatement(node: SynNode): boolean {
  return node.kind === "macro_invocation" || (node.kind === "expression_statement" && node.children[0]?.kind === "macro_invocation");
}

/** Whether a block declares items or calls a macro that may declare some. */
export function declaresItems(block: SynNode): boolean {
  return block.children.some((child) => isItemNode(child) || isMacroStatement(child));
}

/** The numbers of the blocks in a text. */
export interface BlockScopes {
  /** The ordinal of a block that declares items, among those at its nesting level in its item. */
  readonly ordinalOf: (block: SynNode) => number | undefined;
  /** The text stands in no item (it is a macro's output or argument): items in it are in no scope. */
  readonly isDetached: boolean;
}

/** For text that stands in no item. */
export const DETACHED: BlockScopes = { ordinalOf: () => undefined, isDetached: true };

/** The numbers of the blocks below a node, whose items are numbered each by itself; nothing is walked before one is asked for. */
export function blockScopes(root: SynNode): BlockScopes {
  let scopes: Map<SynNode, number> | undefined;
  const ordinalOf = (block: SynNode): number | undefined => {
    if (scopes === undefined) {
      scopes = new Map();
      numberBlocks(root, { next: 0 }, scopes);
    }
    return scopes.get(block);
  };
  return { ordinalOf, isDetached: false };
}

function numberBlocks(node: SynNode, level: { next: number }, scopes: Map<SynNode, number>): void {
  let inner = isItemNode(node) ? { next: 0 } : level;
  if (node.kind === "block" && declaresItems(node)) {
    scopes.set(node, level.next++);
    inner = { next: 0 };
  }
  for (const child of node.children) numberBlocks(child, inner, scopes);
}
