/**
 * The innermost type written under an offset, in headers and bodies alike.
 *
 * Invariant: the item's text is parsed again on demand, so nothing is kept for bodies nobody asks about.
 */

import { blockScopes } from "../hir-def/block-scope.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { RawBlock, RawItem } from "../hir-def/item-tree.ts";
import { lowerType } from "../hir-def/lower-type.ts";
import type { TypeRef } from "../hir-def/type-ref.ts";
import type { ConstScope } from "../hir-ty/ty.ts";
import type { RustParser } from "../syntax/parser.ts";
import type { SynNode } from "../syntax/syntax-node.ts";

export interface WrittenType {
  readonly ref: TypeRef;
  readonly text: string;
  /** Relative to the item's unit. */
  readonly start: number;
  readonly end: number;
}

const TYPE_NODES: ReadonlySet<string> = new Set([
  "type_identifier",
  "scoped_type_identifier",
  "generic_type",
  "generic_type_with_turbofish",
  "primitive_type",
  "reference_type",
  "pointer_type",
  "unit_type",
  "tuple_type",
  "array_type",
  "never_type",
  "function_type",
  "dynamic_type",
  "abstract_type",
  "bounded_type",
]);

/** Nodes whose name child is a type's, not a type of its own. */
const WRAPPERS: ReadonlySet<string> = new Set(["generic_type", "scoped_type_identifier", "generic_type_with_turbofish"]);

/** The type at an offset relative to the item's unit. */
export function typeAt(parser: RustParser, raw: RawItem, offset: number): WrittenType | undefined {
  const root = parser.parseSnippet(raw.text);
  const path = nodePath(root, offset);
  for (let i = path.length - 1; i >= 0; i--) {
    const node = path[i];
    // What the arguments of a call mean is its macro's to say.
    if (node?.kind === "token_tree") return undefined;
    if (node !== undefined && isWholeType(node, path[i - 1])) return writtenType(raw, root, node);
  }
  return undefined;
}

/** The smallest type of an item made by a macro whose written place holds an offset of the file. */
export function typeWritten(parser: RustParser, raw: RawItem, covers: (node: SynNode) => number | undefined): WrittenType | undefined {
  const root = parser.parseSnippet(raw.text);
  let best: SynNode | undefined;
  let length = Number.POSITIVE_INFINITY;
  const visit = (node: SynNode, parent: SynNode | undefined): void => {
    const size = isWholeType(node, parent) ? covers(node) : undefined;
    if (size !== undefined && size <= length) {
      best = node;
      length = size;
    }
    for (const part of node.children) visit(part, node);
  };
  visit(root, undefined);
  return best === undefined ? undefined : writtenType(raw, root, best);
}

function writtenType(raw: RawItem, root: SynNode, node: SynNode): WrittenType {
  const ref = lowerType({ text: raw.text, scopes: blockScopes(root) }, node);
  return { ref, text: raw.text.slice(node.start, node.end), start: node.start, end: node.end };
}

/** Whether a node is a type, not the name in one: `Vec` of `Vec<u8>` and `b` of `a::b` mean the whole path. */
export function isWholeType(node: SynNode, parent: SynNode | undefined): boolean {
  if (!isType(node, parent)) return false;
  return parent === undefined || !WRAPPERS.has(parent.kind) || (node.field !== "type" && node.field !== "name");
}

function isType(node: SynNode, parent: SynNode | undefined): boolean {
  if (node.field === "name" && parent !== undefined && /_item$|^type_parameter$|^associated_type$|^type_binding$/.test(parent.kind))
    return false;
  if (TYPE_NODES.has(node.kind)) return true;
  // The type in `Type::function(…)`.
  return (node.kind === "identifier" || node.kind === "scoped_identifier") && node.field === "path" && parent?.kind === "scoped_identifier";
}

function nodePath(root: SynNode, offset: number): readonly SynNode[] {
  const out: SynNode[] = [];
  let node: SynNode | undefined = root;
  while (node !== undefined) {
    out.push(node);
    node = node.children.find(
      (c) => c.start <= offset && offset <= c.end && (offset < c.end || !node?.children.some((d) => d.start === offset)),
    );
  }
  return out;
}

/** The blocks with items around an offset, as the path of a scope. */
export function scopeAt(owner: DefId, raw: RawItem, offset: number): ConstScope {
  return { owner, block: blockPath(raw.blocks, offset) };
}

function blockPath(blocks: readonly RawBlock[], offset: number): readonly number[] {
  const index = blocks.findIndex(({ range }) => range.start <= offset && offset <= range.end);
  const block = blocks[index];
  return block === undefined ? [] : [index, ...blockPath(block.blocks, offset)];
}
