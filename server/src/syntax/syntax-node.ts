/**
 * SynNode: a plain copy of the part of a syntax tree that lowering reads. Copying once with a cursor is several times faster
 * than asking the wasm tree node by node, and leaves no tree alive.
 *
 * Invariants: offsets are UTF-16 code units relative to `base` (the start of the unit that was copied), so that an unchanged
 * item is the same value wherever it stands; anonymous punctuation is left out unless it has a field name.
 */
export interface SynNode {
  /** The grammar's name of the node (`struct_item`, `type_identifier`, `mut`), `ERROR` for skipped text. */
  readonly kind: string;
  readonly field: string | undefined;
  /** Start and end, relative to the unit. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly SynNode[];
  /** True if text is missing or was skipped inside this node. */
  readonly hasError: boolean;
  /** Part of it was left out since it nests too deeply; it has an error then too. */
  readonly isTooDeep?: true;
}

/** The first child with a field name. */
export function field(node: SynNode, name: string): SynNode | undefined {
  return node.children.find((c) => c.field === name);
}

/** All children with a field name. */
export function fields(node: SynNode, name: string): readonly SynNode[] {
  return node.children.filter((c) => c.field === name);
}

/** The first child of a kind. */
export function child(node: SynNode, kind: string): SynNode | undefined {
  return node.children.find((c) => c.kind === kind);
}

/** Whether a child of a kind (often a keyword) is there. */
export function has(node: SynNode, kind: string): boolean {
  return node.children.some((c) => c.kind === kind);
}

/** A comment of any form; it has no meaning here. */
export function isComment(node: SynNode): boolean {
  return node.kind === "line_comment" || node.kind === "block_comment";
}
