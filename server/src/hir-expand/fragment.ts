/**
 * Takes one fragment (`$x:expr`, `$t:ty`, …) from the input, as rustc's parser would take it.
 *
 * Invariant: on success the cursor stands behind the fragment, perhaps inside a `>>`; on failure rustc reports an error too.
 * Source: rustc_parse::parser::nonterminal::parse_nonterminal (1.95).
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Cursor } from "./cursor.ts";
import { bump, bumpTree, eatGroup, peekKind, peekToken } from "./cursor.ts";
import { skipExpr } from "./skip-expr.ts";
import { skipItem, skipLiteral, skipMeta, skipStmt, skipVisibility } from "./skip-item.ts";
import { skipPattern, skipPatternNoAlt } from "./skip-pattern.ts";
import { skipType, skipTypePath } from "./skip-type.ts";
import type { FragmentKind, Token } from "./token.ts";

/** Moves the cursor behind a fragment; false if none begins there. */
export function skipFragment(c: Cursor, fragment: FragmentKind): boolean {
  switch (fragment) {
    case "block":
      return skipBlockFragment(c);
    case "expr":
    case "expr_2021":
      return skipExpr(c, "any");
    case "ident":
    case "lifetime":
      bump(c);
      return true;
    case "tt":
      bumpTree(c);
      return true;
    case "item":
      return skipItem(c);
    case "literal":
      return skipLiteral(c);
    case "meta":
      return skipMeta(c);
    case "pat":
      return skipPattern(c);
    case "pat_param":
      return skipPatternNoAlt(c);
    case "path":
      return skipTypePath(c);
    case "stmt":
      return skipStmt(c);
    case "ty":
      return skipType(c, "plus");
    case "vis":
      skipVisibility(c);
      return true;
  }
}

function skipBlockFragment(c: Cursor): boolean {
  if (peekKind(c) !== "invisible") return eatGroup(c, "{");
  bumpTree(c);
  return true;
}

/** What is said where a fragment is not found. */
export function fragmentMissing(fragment: FragmentKind): Message {
  return FRAGMENT_MISSING[fragment];
}

const FRAGMENT_MISSING: Readonly<Record<FragmentKind, Message>> = {
  block: msg("expected a block here"),
  expr: msg("expected an expression here"),
  expr_2021: msg("expected an expression here"),
  ident: msg("expected an identifier here"),
  item: msg("expected an item here"),
  lifetime: msg("expected a lifetime here"),
  literal: msg("expected a literal here"),
  meta: msg("expected an attribute here"),
  pat: msg("expected a pattern here"),
  pat_param: msg("expected a pattern here"),
  path: msg("expected a path here"),
  stmt: msg("expected a statement here"),
  tt: msg("expected a token here"),
  ty: msg("expected a type here"),
  vis: msg("expected a visibility here"),
};

/** The tokens between two places of a cursor's trees, with the parts of split tokens at both ends. */
export function tokensBetween(c: Cursor, from: { readonly pos: number; readonly split: number }): readonly Token[] {
  const tokens = c.trees.tokens.slice(from.pos, c.pos);
  const first = tokens[0];
  if (first !== undefined && from.split > 0) tokens[0] = part(first, from.split, first.text.length);
  const last = peekToken(c);
  if (c.split > 0 && last !== undefined) tokens.push(part(last, from.pos === c.pos ? from.split : 0, c.split));
  return tokens;
}

function part(token: Token, from: number, to: number): Token {
  return { ...token, text: token.text.slice(from, to), start: token.start + from, end: token.start + to };
}
