/**
 * Reads plain constants off an item's text: array lengths, discriminants, const arguments.
 *
 * Example: `3`, `-1isize`, `true`, `crate::N`.
 *
 * Invariant: what it reads is what `lowerConstExpr` makes of the parser's tree; other expressions are not read at all.
 */
import { isMessage } from "../base/message.ts";
import type { Expr } from "./expr.ts";
import type { ItemText } from "./item-text.ts";
import { parseLiteral } from "./lower-literal.ts";

const NUMBER = /(?:0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+|[0-9][0-9_]*)(?:[a-zA-Z_]\w*)?(?![\w.'"\u0080-\uffff])/y;

/** Whether a const argument that is no name is next. */
export function isConst(at: ItemText): boolean {
  return /[-0-9]/.test(at.sign) || isBool(at);
}

function isBool(at: ItemText): boolean {
  const word = at.is("true") || at.is("false") ? at.word()?.text : undefined;
  return word === "true" || word === "false";
}

/** Takes an integer, `true`, `false`, one of them behind a minus, or a path of names, if nothing else follows in the expression. */
export function readConst(at: ItemText): Expr | undefined {
  const start = at.at;
  if (at.eat("-")) {
    const operand = readLiteral(at);
    return operand === undefined || !isEndOfExpr(at) ? undefined : { kind: "unary", op: "-", operand, range: { start, end: at.end } };
  }
  const expr = readLiteral(at) ?? readConstPath(at);
  return expr === undefined || !isEndOfExpr(at) ? undefined : expr;
}

function isEndOfExpr(at: ItemText): boolean {
  return at.sign !== "" && ",;]}>".includes(at.sign);
}

function readLiteral(at: ItemText): Expr | undefined {
  const start = at.at;
  NUMBER.lastIndex = start;
  const written = isBool(at) ? at.word()?.text : NUMBER.exec(at.text)?.[0];
  const literal = written === undefined ? undefined : parseLiteral(written);
  if (written === undefined || literal === undefined || isMessage(literal) || literal.kind === "float") return undefined;
  at.take(written.length);
  return { kind: "literal", literal, range: { start, end: at.end } };
}

function readConstPath(at: ItemText): Expr | undefined {
  const start = at.at;
  const path = at.plainPath();
  return path === undefined ? undefined : { kind: "path", path, range: { start, end: at.end } };
}
