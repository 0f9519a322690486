/**
 * Where a pattern ends.
 *
 * `Some(x @ 1..=9) | None => …` → before `=>` with alternatives, before `|` without.
 *
 * Invariant: groups are skipped unread; false: no pattern begins here. Source: rustc_parse::parser::pat (1.95).
 */
import type { Cursor } from "./cursor.ts";
import { bump, bumpTree, eat, eatAnyGroup, eatGroup, eatKind, lookAhead, peekKind, peekText, peekToken } from "./cursor.ts";
import { skipExprPath } from "./skip-type.ts";
import { isPathIdent } from "./token-class.ts";

/** Moves behind a pattern with alternatives at its top: `| A | B`. */
export function skipPattern(c: Cursor): boolean {
  eat(c, "|");
  for (;;) {
    if (!skipPatternNoAlt(c)) return false;
    if (!eat(c, "|")) return true;
  }
}

/** Moves behind a pattern without alternatives at its top. */
export function skipPatternNoAlt(c: Cursor): boolean {
  for (;;) {
    while (skipPatternPrefix(c));
    if (!skipBarePattern(c)) return false;
    if (!eat(c, "@")) return true;
  }
}

/** A pattern without `&`, `ref`, `mut` before and `@` behind it. */
function skipBarePattern(c: Cursor): boolean {
  switch (peekKind(c)) {
    case "open":
      return peekText(c) !== "{" && eatAnyGroup(c) && skipRangeTail(c);
    case "punct":
      return skipPunctPattern(c);
    case "literal":
      bump(c);
      return skipRangeTail(c);
    case "ident":
    case "invisible":
      return skipNamedPattern(c);
    default:
      return false;
  }
}

function skipPatternPrefix(c: Cursor): boolean {
  const text = peekText(c);
  const isBox = text === "box" && (isPathIdent(peekToken(c, 1)) || lookAhead(c, 1) === "(");
  if (text !== "&" && text !== "&&" && text !== "mut" && text !== "ref" && !isBox) return false;
  bump(c);
  return true;
}

function skipPunctPattern(c: Cursor): boolean {
  const text = peekText(c);
  if (text === "-") {
    bump(c);
    return (eatKind(c, "literal") || skipInvisible(c)) && skipRangeTail(c);
  }
  if (text === "..=" || text === ".." || text === "...") {
    skipRangeTail(c);
    return true;
  }
  if (text === "!") {
    bump(c);
    return true;
  }
  return skipNamedPattern(c);
}

function skipInvisible(c: Cursor): boolean {
  if (peekKind(c) !== "invisible") return false;
  bumpTree(c);
  return true;
}

/** A name, path, struct, tuple struct, macro call or `const { … }`, perhaps the begin of a range. */
function skipNamedPattern(c: Cursor): boolean {
  if (eat(c, "_")) return true;
  if (peekText(c) === "const" && lookAhead(c, 1) === "{") {
    bump(c);
    bumpTree(c);
    return skipRangeTail(c);
  }
  if (!skipExprPath(c)) return false;
  if (peekText(c) === "!" && peekToken(c, 1)?.kind === "open") {
    bump(c);
    return eatAnyGroup(c);
  }
  if (eatGroup(c, "(") || eatGroup(c, "{")) return true;
  return skipRangeTail(c);
}

/** `..=b`, `..b`, `...b`, `..` behind a pattern, if there; always true. */
function skipRangeTail(c: Cursor): boolean {
  if (!eat(c, "..=") && !eat(c, "..") && !eat(c, "...")) return true;
  if (peekText(c) === "-") bump(c);
  if (eatKind(c, "literal") || skipInvisible(c)) return true;
  if (peekText(c) === "const" && lookAhead(c, 1) === "{") {
    bump(c);
    bumpTree(c);
  } else if (isRangeEnd(c)) skipExprPath(c);
  return true;
}

function isRangeEnd(c: Cursor): boolean {
  const text = peekText(c);
  return isPathIdent(peekToken(c)) || text === "true" || text === "false" || text === "::" || text === "<";
}
