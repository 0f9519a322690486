/**
 * Where an expression ends.
 *
 * Precedence does not matter for the extent, so an expression is a run of operands joined by operators; what matters is
 * where a struct literal may stand (`if a { … }`), how statements end (`{ … } - 1` are two) and what is optional (`a..`).
 *
 * Invariant: groups are skipped unread; recursion only for conditions, scrutinees and types, bounded by `depth`.
 * False: no expression begins here. Source: rustc_parse::parser::expr (1.95).
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
import { skipPattern } from "./skip-pattern.ts";
import { skipAngles, skipExprPath, skipType } from "./skip-type.ts";
import { canBeginExpr } from "./token-class.ts";

/** `noStruct`: a condition or scrutinee, where `a {` is no struct literal; `stmt`: a block-like expression ends a statement. */
export type ExprMode = "any" | "noStruct" | "stmt";

const BINARY = new Set("+ - * / % ^ & | && || << >> == != < > <= >= = += -= *= /= %= ^= &= |= <<= >>= <-".split(" "));
const RANGES = new Set(["..", "..=", "..."]);

/** Moves behind an expression. */
export function skipExpr(c: Cursor, mode: ExprMode): boolean {
  if (c.depth > MAX_FRAGMENT_DEPTH) return false;
  c.depth++;
  const found = skipOperands(c, mode);
  c.depth--;
  return found;
}

function skipOperands(c: Cursor, mode: ExprMode): boolean {
  const inner = mode === "stmt" ? "any" : mode;
  let first = mode;
  for (;;) {
    const operand = skipOperand(c, first);
    if (operand === "none" || operand === "statement") return operand === "statement";
    first = inner;
    const operator = skipOperator(c, inner);
    if (operator !== "operand") return operator === "end";
  }
}

/** Casts and the operator behind an operand; `operand` if another operand follows. */
function skipOperator(c: Cursor, mode: ExprMode): "operand" | "end" | "bad" {
  while (eat(c, "as")) if (!skipType(c, "noPlus")) return "bad";
  const operator = peekKind(c) === "punct" ? peekText(c) : "";
  const isRange = RANGES.has(operator);
  if (!isRange && !BINARY.has(operator)) return "end";
  bump(c);
  return isRange && !operandFollows(c, mode) ? "end" : "operand";
}

/** True if something that can be an operand follows, for `a..`, `return`, `break`. */
function operandFollows(c: Cursor, mode: ExprMode): boolean {
  const token = peekToken(c);
  if (token === undefined || !canBeginExpr(token)) return false;
  return mode !== "noStruct" || token.text !== "{" || token.group !== undefined;
}

type Operand = "none" | "done" | "statement";

/** Prefixes, one primary expression and its postfixes. `statement`: it ended a statement. */
function skipOperand(c: Cursor, mode: ExprMode): Operand {
  const start = c.pos;
  for (;;) {
    const prefix = skipPrefix(c);
    if (prefix === "bad") return "none";
    if (prefix === "none") break;
    if (prefix === "optional" && !operandFollows(c, mode)) return "done";
  }
  const isFirst = c.pos === start;
  const primary = skipPrimary(c, mode);
  if (primary === "none") return "none";
  if (primary === "blockLike" && mode === "stmt" && isFirst && peekText(c) !== "." && peekText(c) !== "?") return "statement";
  return skipPostfix(c) ? "done" : "none";
}

type Prefix = "none" | "taken" | "optional" | "bad";

function skipPrefix(c: Cursor): Prefix {
  if (peekKind(c) === "punct") return skipPunctPrefix(c);
  return peekKind(c) === "ident" ? skipWordPrefix(c) : "none";
}

function skipPunctPrefix(c: Cursor): Prefix {
  switch (peekText(c)) {
    case "-":
    case "!":
    case "*":
      bump(c);
      return "taken";
    case "&":
    case "&&":
      bump(c);
      if (peekText(c) === "raw" && (lookAhead(c, 1) === "const" || lookAhead(c, 1) === "mut")) bump(c);
      if (!eat(c, "mut") && peekText(c) === "const" && lookAhead(c, 1) !== "{") bump(c);
      return "taken";
    case "..":
    case "..=":
    case "...":
      bump(c);
      return "optional";
    case "#":
      bump(c);
      eat(c, "!");
      return eatGroup(c, "[") ? "taken" : "bad";
    case "|":
    case "||":
      return skipClosureHead(c);
    default:
      return "none";
  }
}

function skipWordPrefix(c: Cursor): Prefix {
  switch (peekText(c)) {
    case "return":
    case "yield":
    case "become":
      bump(c);
      return "optional";
    case "break":
      bump(c);
      if (peekKind(c) === "lifetime" && lookAhead(c, 1) !== ":") bump(c);
      return "optional";
    case "box":
      bump(c);
      return "taken";
    case "do":
      bump(c);
      return eat(c, "yeet") ? "optional" : "bad";
    case "let":
      bump(c);
      return skipPattern(c) && eat(c, "=") ? "taken" : "bad";
    default:
      return isClosureHead(c) ? skipClosureHead(c) : "none";
  }
}

const CLOSURE_WORDS = new Set(["const", "static", "async", "gen", "move", "use"]);

/** True at `move |`, `async move |`, `static ||`, `for<'a> |`. */
function isClosureHead(c: Cursor): boolean {
  if (peekText(c) === "for") return lookAhead(c, 1) === "<";
  let ahead = 0;
  while (CLOSURE_WORDS.has(lookAhead(c, ahead))) ahead++;
  return ahead > 0 && (lookAhead(c, ahead) === "|" || lookAhead(c, ahead) === "||");
}

/** Moves behind `for<'a> async move |a: T, b| -> R`; the body is the operand that follows. */
function skipClosureHead(c: Cursor): Prefix {
  if (eat(c, "for") && !skipAngles(c)) return "bad";
  while (CLOSURE_WORDS.has(peekText(c))) bump(c);
  if (!eat(c, "||")) {
    if (!eat(c, "|")) return "bad";
    while (!eatFront(c, "|")) {
      if (peekKind(c) === "end" || peekKind(c) === "close") return "bad";
      bumpTree(c);
    }
  }
  return !eat(c, "->") || skipType(c, "plus") ? "taken" : "bad";
}

type Primary = "none" | "plain" | "blockLike";

function skipPrimary(c: Cursor, mode: ExprMode): Primary {
  switch (peekKind(c)) {
    case "literal":
      bump(c);
      return "plain";
    case "lifetime":
      bump(c);
      return eat(c, ":") ? skipPrimary(c, mode) : "plain";
    case "open": {
      const isBlock = peekText(c) === "{";
      bumpTree(c);
      return isBlock ? "blockLike" : "plain";
    }
    case "ident":
      return skipWordPrimary(c, mode);
    case "invisible":
    case "punct":
      return skipPathPrimary(c, mode);
    default:
      return "none";
  }
}

function skipWordPrimary(c: Cursor, mode: ExprMode): Primary {
  switch (peekText(c)) {
    case "if":
      return blockLike(skipIf(c));
    case "match":
    case "while":
      bump(c);
      return blockLike(skipExpr(c, "noStruct") && eatGroup(c, "{"));
    case "for":
      bump(c);
      return blockLike(skipPattern(c) && eat(c, "in") && skipExpr(c, "noStruct") && eatGroup(c, "{"));
    case "loop":
      bump(c);
      return blockLike(eatGroup(c, "{"));
    case "unsafe":
    case "const":
    case "try":
    case "async":
    case "gen":
      return skipWordBlock(c) ? "blockLike" : skipPathPrimary(c, mode);
    case "_":
    case "continue":
      bump(c);
      eatKind(c, "lifetime");
      return "plain";
    case "builtin":
      return skipBuiltin(c, mode);
    default:
      return skipPathPrimary(c, mode);
  }
}

function blockLike(found: boolean): Primary {
  return found ? "blockLike" : "none";
}

function skipIf(c: Cursor): boolean {
  for (;;) {
    bump(c);
    if (!skipExpr(c, "noStruct") || !skipBlock(c)) return false;
    if (!eat(c, "else")) return true;
    if (peekText(c) !== "if") return skipBlock(c);
  }
}

/** A block, or a captured one. */
function skipBlock(c: Cursor): boolean {
  if (peekKind(c) !== "invisible") return eatGroup(c, "{");
  bumpTree(c);
  return true;
}

/** `unsafe {`, `const {`, `async move {`, …; the cursor stays if it is none. */
function skipWordBlock(c: Cursor): boolean {
  let ahead = 1;
  while (lookAhead(c, ahead) === "move" || lookAhead(c, ahead) === "gen" || lookAhead(c, ahead) === "use") ahead++;
  const next = peekToken(c, ahead);
  if (next?.kind !== "open" || (next.group === undefined && next.text !== "{")) return false;
  c.pos += ahead;
  bumpTree(c);
  return true;
}

function skipBuiltin(c: Cursor, mode: ExprMode): Primary {
  if (lookAhead(c, 1) !== "#") return skipPathPrimary(c, mode);
  bump(c);
  bump(c);
  bump(c);
  return eatGroup(c, "(") ? "plain" : "none";
}

/** A path, a macro call, a struct literal. */
function skipPathPrimary(c: Cursor, mode: ExprMode): Primary {
  if (!skipExprPath(c)) return "none";
  if (peekText(c) === "!" && peekToken(c, 1)?.kind === "open") {
    bump(c);
    const isBraced = peekText(c) === "{";
    eatAnyGroup(c);
    return isBraced ? "blockLike" : "plain";
  }
  if (mode !== "noStruct") eatGroup(c, "{");
  return "plain";
}

/** `.name`, `.0`, `.await`, `.m::<T>`, `.match {}`, calls, indices and `?`. */
function skipPostfix(c: Cursor): boolean {
  for (;;) {
    const text = peekText(c);
    if (text === ".") {
      bump(c);
      if (!skipMember(c)) return false;
    } else if (text === "?") bump(c);
    else if (peekKind(c) === "open" && text !== "{") bumpTree(c);
    else return true;
  }
}

function skipMember(c: Cursor): boolean {
  if (peekKind(c) === "invisible") {
    bumpTree(c);
    return true;
  }
  if (peekText(c) === "match" && lookAhead(c, 1) === "{") {
    bump(c);
    return eatGroup(c, "{");
  }
  if (!eatKind(c, "ident") && !eatKind(c, "literal")) return false;
  if (peekText(c) !== "::") return true;
  bump(c);
  return skipAngles(c);
}
