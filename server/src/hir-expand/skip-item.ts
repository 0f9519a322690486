/**
 * Where an item or a statement ends.
 *
 * `pub struct A<const N: usize = { 1 }> where [u8; N]: Copy;` → behind `;`; `fn f() {}` → behind `}`; a statement
 * `let x = 1` → before `;`.
 *
 * Invariant: heads are skipped token by token with `<`…`>` as units, so a brace in generics is no body; bodies are skipped
 * unread. False: nothing begins here. Source: rustc_parse::parser::{item, stmt} (1.95).
 */
import type { Cursor } from "./cursor.ts";
import { bump, bumpTree, eat, eatAnyGroup, eatGroup, eatKind, lookAhead, peekKind, peekText, peekToken } from "./cursor.ts";
import { skipExpr } from "./skip-expr.ts";
import { skipPattern } from "./skip-pattern.ts";
import { skipAngles, skipModPath, skipType } from "./skip-type.ts";
import type { Token } from "./token.ts";

/** Moves behind `#[…]` and `#![…]`. */
export function skipAttributes(c: Cursor): void {
  while (peekText(c) === "#") {
    bump(c);
    eat(c, "!");
    if (!eatGroup(c, "[")) return;
  }
}

const VIS_SCOPES = new Set(["crate", "self", "super"]);

/** Moves behind a visibility, which may be empty. In `pub (A, B)` only `pub` is one. */
export function skipVisibility(c: Cursor): void {
  const token = peekToken(c);
  if (token?.group?.fragment === "vis" && token.kind === "open") {
    bumpTree(c);
    return;
  }
  if (!eat(c, "pub")) return;
  if (peekText(c) !== "(" || peekKind(c) !== "open") return;
  const isScope = VIS_SCOPES.has(lookAhead(c, 1)) && lookAhead(c, 2) === ")";
  if (isScope || lookAhead(c, 1) === "in") bumpTree(c);
}

/** Words that may stand before the one that says what an item is. */
const QUALIFIERS = new Set(["default", "unsafe", "async", "gen", "const", "safe", "auto", "extern"]);
/** Items that end at `;`, whatever groups stand before. */
const SEMI_ITEMS = new Set(["const", "static", "type", "use"]);
/** Items that end at their first brace group, or at `;`. */
const BRACE_ITEMS = new Set(["fn", "struct", "enum", "union", "trait", "impl", "mod"]);

/** Moves behind an item with its attributes and visibility. */
export function skipItem(c: Cursor): boolean {
  skipAttributes(c);
  if (peekKind(c) === "invisible" && peekToken(c)?.group?.fragment === "item") {
    bumpTree(c);
    return true;
  }
  skipVisibility(c);
  const word = itemWord(c);
  if (SEMI_ITEMS.has(word) || word === "externCrate") return skipToSemi(c);
  if (BRACE_ITEMS.has(word)) return skipHeadAndBody(c);
  if (word === "macro") return skipMacroDef(c);
  return word === "call" && skipMacroCall(c);
}

/** The word that says what item stands at the cursor; "" if none does. The cursor stays. */
export function itemWord(c: Cursor): string {
  let ahead = 0;
  while (isQualifier(c, ahead)) {
    const word = itemKeyword(c, ahead);
    if (word !== "") return word;
    ahead++;
  }
  if (peekToken(c, ahead)?.kind === "open" && isExternBlock(c, ahead)) return "mod";
  const word = peekToken(c, ahead)?.kind === "ident" ? itemKeyword(c, ahead) : "";
  return word === "" && isMacroCall(c) ? "call" : word;
}

/** True for `unsafe`, `extern`, … and the ABI behind `extern`. */
function isQualifier(c: Cursor, ahead: number): boolean {
  const token = peekToken(c, ahead);
  if (token?.kind === "literal") return lookAhead(c, ahead - 1) === "extern";
  return token?.kind === "ident" && QUALIFIERS.has(token.text);
}

function isExternBlock(c: Cursor, ahead: number): boolean {
  if (lookAhead(c, ahead) !== "{") return false;
  return lookAhead(c, ahead - 1) === "extern" || (lookAhead(c, ahead - 2) === "extern" && peekToken(c, ahead - 1)?.kind === "literal");
}

/** Words that begin an item only with a name behind them. */
const NAMED_WORDS = new Set(["union", "macro", "type", "mod", "trait", "struct", "enum"]);

function itemKeyword(c: Cursor, ahead: number): string {
  const text = lookAhead(c, ahead);
  const next = peekToken(c, ahead + 1);
  const nextIsName = next?.kind === "ident";
  if (NAMED_WORDS.has(text)) return nextIsName ? text : "";
  switch (text) {
    case "const":
      return isConstItem(next) ? "const" : "";
    case "static":
      return nextIsName && next.text !== "move" ? "static" : "";
    case "extern":
      return next?.text === "crate" ? "externCrate" : "";
    case "fn":
    case "use":
    case "impl":
      return text;
    case "macro_rules":
      return next?.text === "!" && peekToken(c, ahead + 2)?.kind === "ident" ? "macro" : "";
    default:
      return "";
  }
}

/** True if a token behind `const` makes it `const NAME`, not `const fn`, `const unsafe fn`, `const trait`, `const {`. */
function isConstItem(next: Token | undefined): boolean {
  if (next?.kind !== "ident") return next?.text === "<";
  return !QUALIFIERS.has(next.text) && !BRACE_ITEMS.has(next.text);
}

function skipToSemi(c: Cursor): boolean {
  for (;;) {
    const kind = peekKind(c);
    if (kind === "end" || kind === "close") return false;
    if (eat(c, ";")) return true;
    bumpTree(c);
  }
}

function skipHeadAndBody(c: Cursor): boolean {
  while (peekKind(c) !== "end" && peekKind(c) !== "close") {
    if (isBody(c)) {
      bumpTree(c);
      return true;
    }
    if (peekText(c) === "=") return skipToSemi(c);
    if (peekKind(c) !== "punct" || !peekText(c).startsWith("<")) bumpTree(c);
    else if (!skipAngles(c)) return false;
  }
  return false;
}

/** What ends an item: its `;`, its braces, a captured block. */
function isBody(c: Cursor): boolean {
  const text = peekText(c);
  return text === ";" || text === "{" || (peekKind(c) === "invisible" && peekToken(c)?.group?.fragment === "block");
}

/** `macro_rules! m { … }`, `macro m(…) { … }`. */
function skipMacroDef(c: Cursor): boolean {
  const isRules = peekText(c) === "macro_rules";
  while (peekKind(c) !== "open") {
    if (peekKind(c) === "end" || peekKind(c) === "close") return false;
    bump(c);
  }
  const isBraced = peekText(c) === "{";
  bumpTree(c);
  if (isBraced) return true;
  return isRules ? eat(c, ";") : eatGroup(c, "{");
}

function isMacroCall(c: Cursor): boolean {
  const probe = { ...c };
  return skipModPath(probe) && peekText(probe) === "!" && peekToken(probe, 1)?.kind === "open";
}

/** `path! { … }` or `path!(…);`. */
function skipMacroCall(c: Cursor): boolean {
  skipModPath(c);
  bump(c);
  const isBraced = peekText(c) === "{";
  eatAnyGroup(c);
  if (!isBraced) eat(c, ";");
  return true;
}

/** Moves behind a statement, without the `;` of a `let` or an expression. */
export function skipStmt(c: Cursor): boolean {
  const start = { ...c };
  skipAttributes(c);
  if (peekText(c) === "let") return skipLet(c);
  if (peekKind(c) === "invisible" && peekToken(c)?.group?.fragment === "stmt") {
    bumpTree(c);
    return true;
  }
  if (eat(c, ";")) return true;
  const probe = { ...c };
  skipVisibility(probe);
  const word = itemWord(probe);
  if (word !== "" && word !== "call") {
    c.pos = start.pos;
    c.split = start.split;
    return skipItem(c);
  }
  return skipExpr(c, "stmt");
}

function skipLet(c: Cursor): boolean {
  bump(c);
  if (!skipPattern(c)) return false;
  if (eat(c, ":") && !skipType(c, "plus")) return false;
  if (!eat(c, "=")) return true;
  if (!skipExpr(c, "any")) return false;
  return !eat(c, "else") || eatGroup(c, "{");
}

/** Moves behind the inside of an attribute: `path`, `path(…)`, `path = expr`, `unsafe(path …)`. */
export function skipMeta(c: Cursor): boolean {
  if (peekKind(c) === "invisible" && peekToken(c)?.group?.fragment === "meta") {
    bumpTree(c);
    return true;
  }
  if (peekText(c) === "unsafe" && lookAhead(c, 1) === "(") {
    bump(c);
    return eatGroup(c, "(");
  }
  if (!skipModPath(c)) return false;
  if (eatAnyGroup(c)) return true;
  return !eat(c, "=") || skipExpr(c, "any");
}

/** Moves behind a literal, perhaps with a minus. */
export function skipLiteral(c: Cursor): boolean {
  eat(c, "-");
  if (peekKind(c) === "invisible") {
    bumpTree(c);
    return true;
  }
  return eatKind(c, "literal") || eat(c, "true") || eat(c, "false");
}
