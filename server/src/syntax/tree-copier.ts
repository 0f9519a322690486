/**
 * TreeCopier: a tree under a cursor → plain `SynNode`s.
 *
 * Example: the cursor on `a: u8` gives `field_declaration` with its name and type, without the `:`.
 *
 * Invariant: damage (errors, tokens the parser made up) is marked on the node and on all above it.
 */
import type { Language, TreeCursor } from "web-tree-sitter";
import { ITEM_WORD } from "./skeleton.ts";
import type { SynNode } from "./syntax-node.ts";

/** Anonymous tokens that carry no meaning of their own. */
export const PUNCTUATION = new Set([",", ";", "(", ")", "[", "]", "{", "}", ":", "::", "<", ">", "->", "=>", "#", "|", "'"]);

/** Frequent named nodes that are tokens: nothing is below them. */
const TOKENS = new Set([
  "identifier",
  "field_identifier",
  "type_identifier",
  "primitive_type",
  "mutable_specifier",
  "self",
  "crate",
  "super",
]);

/** Nesting beyond this is not copied: the node is an error that says so, whatever it holds is unknown. */
export const MAX_DEPTH = 400;

/** Whether the children of a node are copied, by kind and unit-relative range. */
export type Descend = (kind: string, start: number, end: number) => boolean;

export const copyAll: Descend = () => true;
export const copyModuleHeader: Descend = (kind) => kind !== "declaration_list";

/** The kinds of nodes whose children nobody looks at. */
const OPAQUE = new Set(["token_tree", "string_literal", "attribute"]);

/** Kinds of items of which a skeleton says no more than name, visibility and what is in front. */
const HEADS = new Set([
  "struct_item",
  "union_item",
  "enum_item",
  "function_item",
  "function_signature_item",
  "const_item",
  "static_item",
  "trait_item",
]);

/** What `pub(in a::b)` is made of, and where inner attributes stand. */
const IN_HEADS = new Set(["visibility_modifier", "scoped_identifier", "block", "declaration_list", "inner_attribute_item"]);

/** An attribute is copied without what it says, which its text tells. */
export const copyAttribute: Descend = (kind) => !OPAQUE.has(kind);

/** An item of a skeleton: of some kinds only the parts themselves are copied, visibility and inner attributes. */
export function copySkeleton(kind: string): Descend {
  if (kind === "impl_item") return copyImplHeader();
  if (!HEADS.has(kind)) return copyAttribute;
  return (part) => part === kind || IN_HEADS.has(part);
}

/** Of an impl's items only the kinds are copied. */
function copyImplHeader(): Descend {
  let implEnd: number | undefined;
  let body = Number.POSITIVE_INFINITY;
  return (part, start, end) => {
    implEnd ??= end;
    if (start > body) return false;
    if (part === "declaration_list" && end === implEnd) body = start;
    return !OPAQUE.has(part);
  };
}

/** An item is copied without token trees, and without bodies of functions that hold no items. */
export function copyItem(text: string): Descend {
  // A function ends where its body does; blocks elsewhere (array lengths, discriminants) are values that types need.
  const functionEnds = new Set<number>();
  return (kind, start, end) => {
    if (kind === "function_item") functionEnds.add(end);
    if (OPAQUE.has(kind)) return false;
    return kind !== "block" || !functionEnds.has(end) || ITEM_WORD.test(text.slice(start, end));
  };
}

export class TreeCopier {
  readonly #names: readonly string[];
  /** By kind: anonymous tokens without a meaning. */
  readonly #isPunctuation: readonly boolean[];
  /** By kind: nodes that are tokens. */
  readonly #isToken: readonly boolean[];
  readonly #fields: readonly (string | null)[];

  constructor(language: Language) {
    this.#names = Array.from({ length: language.nodeTypeCount }, (_, id) => language.nodeTypeForId(id) ?? "");
    this.#isPunctuation = this.#names.map((name, id) => !language.nodeTypeIsNamed(id) && PUNCTUATION.has(name));
    this.#isToken = this.#names.map((name, id) => !language.nodeTypeIsNamed(id) || TOKENS.has(name));
    this.#fields = Array.from({ length: language.fieldCount + 1 }, (_, id) => language.fieldNameForId(id));
  }

  /** The kind of the cursor's node; empty for what has none. */
  kindAt(cursor: TreeCursor): string {
    return this.#names[cursor.nodeTypeId] ?? "";
  }

  /** The node under the cursor; its offsets count from `base`. `isSound`: there is no damage in the tree, none is looked for. */
  copy(cursor: TreeCursor, base: number, descend: Descend, isSound: boolean): SynNode {
    return this.#copyNode({ cursor, base, descend, depth: 0, isSound }, cursor.nodeTypeId, cursor.currentFieldId);
  }

  #copyNode(at: Copying, id: number, fieldId: number): SynNode {
    const { cursor, base, descend, depth, isSound } = at;
    const kind = this.#names[id] ?? "ERROR";
    const field = this.#fields[fieldId] ?? undefined;
    const start = cursor.startIndex - base;
    const end = cursor.endIndex - base;
    const children: SynNode[] = [];
    if (depth > MAX_DEPTH) return { kind, field, start, end, children, hasError: true, isTooDeep: true };
    let hasError = kind === "ERROR" || kind === "" || (!isSound && start === end && cursor.nodeIsMissing);
    if (this.#isToken[id] !== true && descend(kind, start, end) && cursor.gotoFirstChild()) {
      const below = this.#copyChildren({ cursor, base, descend, depth: depth + 1, isSound }, children);
      hasError ||= below;
      cursor.gotoParent();
    }
    const node = { kind: kind === "" ? "ERROR" : kind, field, start, end, children, hasError };
    return hasError && children.some((child) => child.isTooDeep === true) ? { ...node, isTooDeep: true } : node;
  }

  /** Copies the cursor's node and its siblings; answers whether one of them is damaged. */
  #copyChildren(at: Copying, children: SynNode[]): boolean {
    const { cursor, isSound } = at;
    let hasError = false;
    do {
      const id = cursor.nodeTypeId;
      const fieldId = cursor.currentFieldId;
      if (fieldId === 0 && this.#isPunctuation[id] === true) {
        hasError ||= !isSound && isMissing(cursor);
        continue;
      }
      const node = this.#copyNode(at, id, fieldId);
      hasError ||= node.hasError;
      children.push(node);
    } while (cursor.gotoNextSibling());
    return hasError;
  }
}

/** Each question to the cursor is a call into wasm that costs more than all else here: none is asked twice. */
interface Copying {
  readonly cursor: TreeCursor;
  readonly base: number;
  readonly descend: Descend;
  readonly depth: number;
  readonly isSound: boolean;
}

/** A token the parser had to make up: only empty nodes can be one. */
function isMissing(cursor: TreeCursor): boolean {
  return cursor.startIndex === cursor.endIndex && cursor.nodeIsMissing;
}
