/**
 * Captured fragments in the arguments of calls that stand in a macro's output, written so that they survive as text.
 *
 * `inner!($t)` with `$t:ty` = `u8` → `inner!(‹ty›u8‹/›)`, where the marks are comments: read as tokens again, `u8` is the type that was
 * captured, which the literal `u8` of a matcher does not match.
 *
 * Invariants: marks hold characters for private use only, so no word is found in them; the parser skips them as comments; a mark
 * that stands beside a visible delimiter of the group (`(`, `<`, `{`, `;`) says so, since the delimiter is no token.
 */
import type { FragmentGroup } from "./token.ts";
import { FRAGMENT_KINDS } from "./token.ts";

const OPEN = "\u{e000}";
const CLOSE = "\u{e001}";
const IS_LITERAL = "\u{e002}";
const IS_DELIMITED = "\u{e003}";
/** The character of the first kind. */
const FIRST_KIND = 0xe010;

interface Delimiters {
  readonly open: string;
  readonly close: string;
}

/** The text of a group's two delimiters with its marks. */
export function markedGroup(group: FragmentGroup, { open, close }: Delimiters): Delimiters {
  const kind = String.fromCharCode(FIRST_KIND + FRAGMENT_KINDS.indexOf(group.fragment));
  return {
    open: `/*${OPEN}${kind}${group.isLiteral ? IS_LITERAL : ""}${open === "" ? "" : IS_DELIMITED}*/${open}`,
    close: `/*${CLOSE}${close === "" ? "" : IS_DELIMITED}*/${close}`,
  };
}

/** A mark in a text. */
export interface GroupMark {
  readonly kind: "open" | "close";
  /** For `open`: what the group holds. */
  readonly group: FragmentGroup | undefined;
  /** Whether the next character is the group's visible delimiter. */
  readonly isDelimited: boolean;
}

/** What a comment marks; undefined for the comments people write. */
export function groupMark(comment: string): GroupMark | undefined {
  const first = comment.charAt(2);
  if (first !== OPEN && first !== CLOSE) return undefined;
  const fragment = FRAGMENT_KINDS[comment.charCodeAt(3) - FIRST_KIND];
  const group = first === CLOSE || fragment === undefined ? undefined : { fragment, isLiteral: comment.includes(IS_LITERAL) };
  return { kind: first === OPEN ? "open" : "close", group, isDelimited: comment.includes(IS_DELIMITED) };
}

const MARK = new RegExp(`/\\*[${OPEN}${CLOSE}][^*]*\\*/`, "gu");

/** The text with spaces in place of marks. */
export function withoutMarks(text: string): string {
  return text.includes(OPEN) ? text.replaceAll(MARK, (mark) => " ".repeat(mark.length)) : text;
}
