/**
 * Where a type, a path or bounds end: skip-parsers that move a cursor as rustc's parser would move.
 *
 * `&'a mut Vec<Box<dyn A + B>>, x` → behind `>>`; `fn(u8) -> dyn A + B` ends before `+`.
 *
 * Invariant: groups are skipped unread and generic arguments by counting `<` and `>` (`->` and `=>` are tokens of their
 * own, other comparisons cannot stand there unbraced), so nesting costs no stack. False: no type begins here.
 * Source: rustc_parse::parser::{ty, path} (1.95).
 */
import type { Cursor } from "./cursor.ts";
import {
  bump,
  bumpTree,
  eat,
  eatAnyGroup,
  eatFront,
  eatGroup,
  eatKind,
  lookAhead,
  MAX_FRAGMENT_DEPTH,
  peekKind,
  peekText,
  peekToken,
} from "./cursor.ts";
import { groupFragment, isPathIdent, isReserved } from "./token-class.ts";

/** Whether `A + B` is taken: yes for `$t:ty`, no behind `&`, `as` and the `->` of a function pointer. */
export type AllowPlus = "plus" | "noPlus";

/** Moves behind `<…>` at the cursor. */
export function skipAngles(c: Cursor): boolean {
  let depth = 0;
  for (;;) {
    const kind = peekKind(c);
    if (kind === "end" || kind === "close") return false;
    const step = kind === "punct" ? angleStep(peekText(c)) : 0;
    depth += step;
    if (step === 0) bumpTree(c);
    else if (!eatFront(c, step > 0 ? "<" : ">") || depth === 0) return depth === 0;
  }
}

/** 1 for a token that begins with `<`, -1 for one that begins with `>`. */
function angleStep(text: string): 0 | 1 | -1 {
  if (text.startsWith("<")) return 1;
  return text.startsWith(">") ? -1 : 0;
}

/** Moves behind a type. */
export function skipType(c: Cursor, allowPlus: AllowPlus): boolean {
  if (c.depth > MAX_FRAGMENT_DEPTH) return false;
  c.depth++;
  const found = skipTypeInner(c, allowPlus);
  c.depth--;
  return found;
}

function skipTypeInner(c: Cursor, allowPlus: AllowPlus): boolean {
  let plus = allowPlus;
  while (skipTypePrefix(c)) plus = "noPlus";
  switch (peekText(c)) {
    case "(":
      bumpTree(c);
      return plus === "noPlus" || peekText(c) !== "+" || skipMoreBounds(c);
    case "[":
      bumpTree(c);
      return true;
    case "!":
    case "_":
      bump(c);
      return true;
    case "?":
      return skipBounds(c, plus);
    case "impl":
      bump(c);
      return skipBounds(c, plus);
    case "for":
      bump(c);
      return skipAngles(c) && skipTypeInner(c, plus);
    case "typeof":
      bump(c);
      return eatGroup(c, "(");
    case "unsafe":
    case "extern":
    case "fn":
      return skipFnPointer(c);
    default:
      return skipNamedType(c, plus);
  }
}

function skipTypePrefix(c: Cursor): boolean {
  const text = peekText(c);
  if (text === "&" || text === "&&") {
    bump(c);
    eatKind(c, "lifetime");
    if (peekText(c) === "pin" && (lookAhead(c, 1) === "mut" || lookAhead(c, 1) === "const")) bump(c);
    if (!eat(c, "mut") && peekText(c) === "const") bump(c);
    return true;
  }
  if (text !== "*") return false;
  bump(c);
  if (!eat(c, "const")) eat(c, "mut");
  return true;
}

function skipFnPointer(c: Cursor): boolean {
  if (eat(c, "unsafe") && peekText(c) === "<") return skipAngles(c) && skipType(c, "noPlus");
  if (eat(c, "extern")) eatKind(c, "literal");
  if (!eat(c, "fn")) return false;
  return eatGroup(c, "(") && skipReturnType(c);
}

/** Moves behind `-> T`, if it is there. */
export function skipReturnType(c: Cursor): boolean {
  return !eat(c, "->") || skipType(c, "noPlus");
}

/** True if `dyn` at the cursor is the keyword, not a name of edition 2015. */
function isDynKeyword(c: Cursor): boolean {
  if (peekText(c) !== "dyn") return false;
  const next = peekToken(c, 1);
  if (next === undefined) return false;
  if (next.kind === "ident") return isPathIdent(next) || next.text === "for" || next.text === "async";
  return next.kind === "lifetime" || next.group !== undefined || ["?", "~", "(", "<", "::", "*", "["].includes(next.text);
}

function skipNamedType(c: Cursor, plus: AllowPlus): boolean {
  if (peekKind(c) === "lifetime") return skipBounds(c, plus);
  if (isDynKeyword(c)) {
    bump(c);
    eat(c, "*");
    return skipBounds(c, plus);
  }
  if (isTypeGroup(c)) {
    bumpTree(c);
    return !eat(c, "::") || skipTypeSegments(c);
  }
  if (!skipTypePath(c)) return false;
  if (peekText(c) === "!" && peekToken(c, 1)?.kind === "open") {
    bump(c);
    return eatAnyGroup(c);
  }
  return plus === "noPlus" || !peekText(c).startsWith("+") || skipMoreBounds(c);
}

function isTypeGroup(c: Cursor): boolean {
  const token = peekToken(c);
  return token !== undefined && groupFragment(token) === "ty";
}

function skipMoreBounds(c: Cursor): boolean {
  eatFront(c, "+");
  return !canBeginBound(c) || skipBounds(c, "plus");
}

function canBeginBound(c: Cursor): boolean {
  const token = peekToken(c);
  if (token === undefined || token.kind === "close") return false;
  if (token.kind === "lifetime" || token.group !== undefined) return true;
  if (token.kind === "ident") return isPathIdent(token) || token.text === "for" || token.text === "use" || !isReserved(token.text);
  return ["?", "~", "(", "<", "::", "[", "!"].includes(peekText(c));
}

/** Moves behind `A + ?B + 'a + for<'b> C<'b>`. */
export function skipBounds(c: Cursor, plus: AllowPlus): boolean {
  for (;;) {
    if (!skipBound(c)) return false;
    if (plus === "noPlus" || !peekText(c).startsWith("+")) return true;
    eatFront(c, "+");
    if (!canBeginBound(c)) return true;
  }
}

function skipBound(c: Cursor): boolean {
  if (eatKind(c, "lifetime") || eatGroup(c, "(")) return true;
  if (eat(c, "use")) return skipAngles(c);
  if (peekText(c) === "for") {
    bump(c);
    if (!skipAngles(c)) return false;
  }
  if (peekText(c) === "[") bumpTree(c);
  while (["?", "~", "!", "const", "async"].includes(peekText(c))) bump(c);
  if (peekText(c) === "for") {
    bump(c);
    if (!skipAngles(c)) return false;
  }
  return skipTypePath(c);
}

/** Moves behind a path in type style: `a::B<C>`, `<T as X>::Y`, `Fn(A) -> B`. */
export function skipTypePath(c: Cursor): boolean {
  if (c.depth > MAX_FRAGMENT_DEPTH) return false;
  if (peekKind(c) === "invisible") {
    bumpTree(c);
    return !eat(c, "::") || skipTypeSegments(c);
  }
  if (peekText(c).startsWith("<")) {
    if (!skipAngles(c)) return false;
    return eat(c, "::") && skipTypeSegments(c);
  }
  eat(c, "::");
  return skipTypeSegments(c);
}

function skipTypeSegments(c: Cursor): boolean {
  do {
    if (!eatKind(c, "ident")) return false;
    const args = skipTypeArgs(c);
    if (args !== "done") return args === "last";
  } while (eat(c, "::"));
  return true;
}

/** Arguments of a path segment, if any: `<…>`, `::<…>`, `(A, B) -> C`, which ends the path. */
function skipTypeArgs(c: Cursor): "done" | "last" | "bad" {
  if (peekText(c) === "::" && startsArgs(lookAhead(c, 1))) bump(c);
  if (peekText(c).startsWith("<") && !skipAngles(c)) return "bad";
  if (!eatGroup(c, "(") || !eat(c, "->")) return "done";
  return skipType(c, "noPlus") ? "last" : "bad";
}

function startsArgs(text: string): boolean {
  return text.startsWith("<") || text === "(";
}

/** Moves behind a path in expression style, where arguments need a turbofish: `a::b::<C>`. */
export function skipExprPath(c: Cursor): boolean {
  if (peekKind(c) === "invisible") bumpTree(c);
  else if (peekText(c).startsWith("<")) {
    if (!skipAngles(c)) return false;
  } else {
    eat(c, "::");
    if (!eatKind(c, "ident")) return false;
  }
  while (eat(c, "::")) {
    if (peekText(c).startsWith("<")) {
      if (!skipAngles(c)) return false;
    } else if (!eatKind(c, "ident")) return false;
  }
  return true;
}

/** Moves behind a path without arguments, of attributes and visibilities: `a::b`. */
export function skipModPath(c: Cursor): boolean {
  if (peekKind(c) === "invisible") {
    bumpTree(c);
    return true;
  }
  eat(c, "::");
  if (!eatKind(c, "ident")) return false;
  while (peekText(c) === "::" && peekToken(c, 1)?.kind === "ident") {
    bump(c);
    bump(c);
  }
  return true;
}
