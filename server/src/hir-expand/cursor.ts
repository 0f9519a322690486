/**
 * A place in token trees, as rustc's parser holds it: a token, or the rest of one whose first characters are taken.
 *
 * In `<Vec<u8>>` the type `Vec<u8>` ends inside `>>`: `pos` stays on that token and `split` is 1.
 *
 * Invariant: the cursor never looks into the group it stands before unless told to; `depth` bounds recursion.
 * Source: rustc_parse::parser::Parser::break_and_eat (1.95).
 */
import type { Token, TokenKind } from "./token.ts";
import type { TokenTrees } from "./token-tree.ts";
import { treeEnd } from "./token-tree.ts";

export interface Cursor {
  readonly trees: TokenTrees;
  pos: number;
  /** Characters of the token at `pos` that are taken already. */
  split: number;
  /** Recursion of the fragment parsers. */
  depth: number;
}

/** Nesting beyond which a fragment is given up; rustc's own stack ends in the thousands. */
export const MAX_FRAGMENT_DEPTH = 400;

/** The token at the cursor, or `ahead` tokens behind it. */
export function peekToken(c: Cursor, ahead = 0): Token | undefined {
  return c.trees.tokens[c.pos + ahead];
}

/** The text at the cursor; "" at the end and for invisible delimiters. */
export function peekText(c: Cursor): string {
  const token = c.trees.tokens[c.pos];
  if (token === undefined || token.group !== undefined) return "";
  return c.split === 0 ? token.text : token.text.slice(c.split);
}

/** The text of a later token; "" at the end and for invisible delimiters. */
export function lookAhead(c: Cursor, ahead: number): string {
  const token = c.trees.tokens[c.pos + ahead];
  return token === undefined || token.group !== undefined ? "" : token.text;
}

/** The kind at the cursor; `invisible` for an opening invisible delimiter, `end` at the end. */
export function peekKind(c: Cursor): TokenKind | "invisible" | "end" {
  const token = c.trees.tokens[c.pos];
  if (token === undefined) return "end";
  return token.group !== undefined && token.kind === "open" ? "invisible" : token.kind;
}

/** Moves behind the current token. */
export function bump(c: Cursor): void {
  c.pos++;
  c.split = 0;
}

/** Moves behind the current token tree. */
export function bumpTree(c: Cursor): void {
  c.pos = treeEnd(c.trees, c.pos);
  c.split = 0;
}

/** Takes a token with exactly this text. */
export function eat(c: Cursor, text: string): boolean {
  if (peekText(c) !== text) return false;
  bump(c);
  return true;
}

/** Takes `text` from the front of a punctuation token, leaving the rest (`>` of `>>`). */
export function eatFront(c: Cursor, text: string): boolean {
  const current = peekText(c);
  if (current === text) bump(c);
  else if (peekKind(c) === "punct" && current.startsWith(text)) c.split += text.length;
  else return false;
  return true;
}

/** Takes a token of this kind. */
export function eatKind(c: Cursor, kind: TokenKind): boolean {
  if (peekKind(c) !== kind) return false;
  bump(c);
  return true;
}

/** Takes a visible group that opens with `open`. */
export function eatGroup(c: Cursor, open: "(" | "[" | "{"): boolean {
  if (peekKind(c) !== "open" || peekText(c) !== open) return false;
  bumpTree(c);
  return true;
}

/** Takes any visible group. */
export function eatAnyGroup(c: Cursor): boolean {
  if (peekKind(c) !== "open") return false;
  bumpTree(c);
  return true;
}
