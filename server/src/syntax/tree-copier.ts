/**
 * TreeCopier: a tree under a cursor → plain `SynNode`s.
 *
 * Example: the cursor on `a: u8` gives `field_declaration` with its name and type, without the `:`.
 *
 * Invariant: damage (errors, tokens the parser made up) is marked on the node and on all above it.
 */
import type { Language, TreeCursor } from "web-tree-sitter";
import type { SynNode } from "./syntax-node.ts";

/** Anonymous tokens that carry no meaning of their own. */
export const PUNCTUATION = new Set([",", ";", "(", ")", "[", "]", "{", "}", ":", "::", "<", ">", "->", "=>", "#", "|", "'"]);

/** Nesting beyond this is not copied: the node is an error, whatever it holds is unknown. */
export const MAX_DEPTH = 400;

/** Whether the children of a node are copied, by kind and unit-relative range. */
export type Descend = (kind: string, start: number, end: number) => boolean;

export const copyAll: Descend = () => true;
export const copyModuleHeader: Descend = (kind) => kind !== "declaration_list";

/** An item is copied without token trees, and without bodies of functions that hold no items. */
export function copyItem(text: string): Descend {
  const itemWord = /\b(?:struct|enum|union|type|impl|const|static|use|macro_rules|macro|mod|trait|extern)\b|!\s*[{([]/;
  // A function ends where its body does; blocks elsewhere (array lengths, discriminants) are values that types need.
  const functionEnds = new Set<number>();
  return (kind, start, end) => {
    if (kind === "function_item") functionEnds.add(end);
    if (kind === "token_tree" || kind === "string_literal") return false;
    return kind !== "block" || !functionEnds.has(end) || itemWord.test(text.slice(start, end));
  };
}

export class TreeCopier {
  readonly #names: readonly string[];
  readonly #named: readonly boolean[];
  readonly #fields: readonly (string | null)[];

  constructor(language: Language) {
    this.#names = Array.from({ length: language.nodeTypeCount }, (_, id) => language.nodeTypeForId(id) ?? "");
    this.#named = this.#names.map((_, id) => language.nodeTypeIsNamed(id));
    this.#fields = Array.from({ length: language.fieldCount + 1 }, (_, id) => language.fieldNameForId(id));
  }

  /** The kind of the cursor's node; empty for what has none. */
  kindAt(cursor: TreeCursor): string {
    return this.#names[cursor.nodeTypeId] ?? "";
  }

  /** The node under the cursor; its offsets count from `base`. */
  copy(cursor: TreeCursor, base: number, descend: Descend, depth = 0): SynNode {
    const id = cursor.nodeTypeId;
    const kind = this.#names[id] ?? "ERROR";
    const field = this.#fields[cursor.currentFieldId] ?? undefined;
    const start = cursor.startIndex - base;
    const end = cursor.endIndex - base;
    const children: SynNode[] = [];
    let hasError = kind === "ERROR" || kind === "" || depth > MAX_DEPTH || isMissing(cursor);
    if (depth <= MAX_DEPTH && descend(kind, start, end) && cursor.gotoFirstChild()) {
      const below = this.#copyChildren({ cursor, base, descend, depth: depth + 1 }, children);
      hasError ||= below;
      cursor.gotoParent();
    }
    return { kind: kind === "" ? "ERROR" : kind, field, start, end, children, hasError };
  }

  /** Copies the cursor's node and its siblings; answers whether one of them is damaged. */
  #copyChildren(
    at: { readonly cursor: TreeCursor; readonly base: number; readonly descend: Descend; readonly depth: number },
    children: SynNode[],
  ): boolean {
    const { cursor, base, descend, depth } = at;
    let hasError = false;
    do {
      if (this.#isPunctuation(cursor)) {
        hasError ||= isMissing(cursor);
        continue;
      }
      const node = this.copy(cursor, base, descend, depth);
      hasError ||= node.hasError;
      children.push(node);
    } while (cursor.gotoNextSibling());
    return hasError;
  }

  #isPunctuation(cursor: TreeCursor): boolean {
    const id = cursor.nodeTypeId;
    return this.#named[id] === false && cursor.currentFieldId === 0 && PUNCTUATION.has(this.#names[id] ?? "");
  }
}

/** A token the parser had to make up: only empty nodes can be one. */
function isMissing(cursor: TreeCursor): boolean {
  return cursor.startIndex === cursor.endIndex && cursor.nodeIsMissing;
}
