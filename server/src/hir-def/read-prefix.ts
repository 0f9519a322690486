/**
 * Reads what stands in front of an item: attributes and visibility.
 *
 * Example: `#[repr(C)] /// text` and `pub(crate)` of `#[repr(C)] /// text pub(crate) struct A;`.
 *
 * Invariant: attributes and visibility are those of `lowerAttributes` and `lowerVisibility`; doc attributes are no more than comments.
 * Source: Reference, "Attributes", "Visibility and privacy".
 */
import { isIdentContinueAt } from "../hir-expand/char-class.ts";
import { endOfGroup } from "../syntax/item-ends.ts";
import type { Attr, RawVisibility } from "./item-tree.ts";
import { parseAttribute } from "./lower-attr.ts";
import type { TextReader } from "./text-reader.ts";

/** An item that is being read. */
export interface Prefix {
  /** Where its unit starts: its first attribute. */
  readonly start: number;
  /** Where the item itself starts. */
  readonly item: number;
  readonly attrs: readonly Attr[];
  readonly visibility: RawVisibility;
  /** The visibility is not read here: the item is parsed by itself. */
  readonly isOdd: boolean;
  /** Behind the visibility. */
  readonly end: number;
}

interface ReadAttribute {
  readonly isInner: boolean;
  readonly isDoc: boolean;
  /** None where it is a doc attribute, or cannot be read. */
  readonly attrs: readonly Attr[];
  readonly end: number;
}

const ATTRIBUTE = /#\s*(!?)\s*\[/y;
const DOC = /^#\s*!?\s*\[\s*doc\b/;
const RESTRICTED = /\s*\(\s*(crate|self|super)\s*\)/y;
const IN_PATH = /\s*\(\s*in\b/y;

export const PRIVATE: RawVisibility = { kind: "private" };

/** The attribute that begins at an offset, from where its ranges count unless one was read before. */
export function readAttribute(reader: TextReader, at: number, base = at): ReadAttribute | undefined {
  if (reader.text[at] !== "#") return undefined;
  ATTRIBUTE.lastIndex = at;
  const open = ATTRIBUTE.exec(reader.text);
  const inside = ATTRIBUTE.lastIndex;
  const end = open === null ? undefined : endOfGroup(reader.text, inside - 1);
  if (end === undefined) return undefined;
  const isInner = open?.[1] === "!";
  const isDoc = DOC.test(reader.text.slice(at, end));
  reader.base = base;
  const attr = isDoc ? undefined : parseAttribute(reader.text.slice(inside, end - 1), reader.relative(at, end));
  if (attr?.value === "") return undefined;
  return { isInner, isDoc, attrs: attr === undefined ? [] : [attr], end };
}

/** Attributes and visibility in front of an item; undefined where they cannot be read. Ranges count from the first attribute that counts. */
export function readPrefix(reader: TextReader, from: number): Prefix | undefined {
  const attrs: Attr[] = [];
  let start: number | undefined;
  let at = from;
  while (reader.text[at] === "#") {
    const read = readAttribute(reader, at, start);
    if (read === undefined || read.isInner) return undefined;
    if (!read.isDoc) start ??= at;
    attrs.push(...read.attrs);
    at = reader.trivia(read.end);
  }
  reader.base = start ?? at;
  return behindAttributes(reader, { start: start ?? at, item: at, attrs });
}

function behindAttributes(reader: TextReader, begun: Pick<Prefix, "start" | "item" | "attrs">): Prefix | undefined {
  const { start, item, attrs } = begun;
  const pub = item + "pub".length;
  if (!reader.text.startsWith("pub", item) || isIdentContinueAt(reader.text, pub))
    return { start, item, attrs, visibility: PRIVATE, isOdd: false, end: item };
  RESTRICTED.lastIndex = pub;
  const written = RESTRICTED.exec(reader.text);
  const behind = pub + (written?.[0].length ?? 0);
  IN_PATH.lastIndex = behind;
  const isOdd = IN_PATH.test(reader.text);
  const end = isOdd ? endOfGroup(reader.text, reader.text.indexOf("(", behind)) : behind;
  return end === undefined ? undefined : { start, item, attrs, visibility: visibilityOf(written?.[1]), isOdd, end };
}

function visibilityOf(written: string | undefined): RawVisibility {
  switch (written) {
    case "crate":
    case "self":
    case "super":
      return { kind: written };
    default:
      return { kind: "public" };
  }
}
