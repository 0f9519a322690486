/**
 * Reads plain constants off an item's text: array lengths, discriminants, const arguments.
 *
 * Example: `3`, `-1isize`, `true`, `crate::N`, `1 << 3`, `A | B | C`.
 *
 * Invariant: what it reads is what `lowerConstExpr` makes of the parser's tree; other expressions are not read at all.
 */
import { isMessage } from "../base/message.ts";
import type { BinaryOp, Expr } from "./expr.ts";
import { ItemText } from "./item-text.ts";
import type { RawConst } from "./item-tree.ts";
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

/**
 * Takes integers, `true`, `false`, integers behind a minus, and paths of names, with one operator between them, if nothing else follows
 * in the expression.
 */
export function readConst(at: ItemText): Expr | undefined {
  const first = readOperand(at);
  const op = first === undefined || isEndOfExpr(at) ? undefined : readOperator(at);
  const expr = first === undefined || op === undefined ? first : readOperation(at, first, op);
  return expr === undefined || !isEndOfExpr(at) ? undefined : expr;
}

/** The value of a const or static, where it is plain. */
export function readConstBody({ text, body, hasError }: RawConst): Expr | undefined {
  if (body === undefined || hasError) return undefined;
  const at = new ItemText(text);
  at.at = body.start;
  const expr = readConst(at);
  return at.end === body.end ? expr : undefined;
}

/** Takes `op b op c` behind `a`: which of two operators binds closer is the parser's to say. */
function readOperation(at: ItemText, first: Expr, op: BinaryOp): Expr | undefined {
  let left = first;
  let operators = 0;
  do {
    at.take(op.length);
    const right = readOperand(at);
    operators += 1;
    if (right === undefined || operators > MAX_OPERATORS) return undefined;
    left = { kind: "binary", op, left, right, range: { start: first.range.start, end: right.range.end } };
  } while (readOperator(at) === op);
  return left;
}

/** Each nests one level deeper: what is too deep is the parser's to say. */
const MAX_OPERATORS = 64;
const OPERATOR = /(?:<<|>>|[-+*%|&^/])(?![-+*%|&^/=<>!])/y;
const OPERATORS: ReadonlyMap<string, BinaryOp> = new Map(
  (["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"] as const).map((op) => [op, op]),
);

/** The operator that is next. */
function readOperator(at: ItemText): BinaryOp | undefined {
  OPERATOR.lastIndex = at.at;
  return OPERATORS.get(OPERATOR.exec(at.text)?.[0] ?? "");
}

function readOperand(at: ItemText): Expr | undefined {
  return at.is("-") ? readConstArg(at) : (readLiteral(at) ?? readConstPath(at));
}

/** Takes an integer, `true`, `false`, or one of them behind a minus: what an argument may be without braces. */
export function readConstArg(at: ItemText): Expr | undefined {
  const start = at.at;
  if (!at.eat("-")) return readLiteral(at);
  const operand = readLiteral(at);
  return operand === undefined ? undefined : { kind: "unary", op: "-", operand, range: { start, end: at.end } };
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
