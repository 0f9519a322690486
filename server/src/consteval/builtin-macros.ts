/**
 * Macros of the standard library in bodies: what a call of one of them stands for.
 *
 * Example: `assert!(N > 0, "empty")` → an assertion of `N > 0`; `matches!(x, Some(1))` → a `match` with `true` and `false`.
 *
 * Invariant: the caller has made sure that the name means std's macro; what depends on more than the call (`line!()`) is unknown.
 * Source: Reference, "Macros"; std documentation of each macro, Rust 1.95.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { splitTopLevel } from "../hir-def/attrs.ts";
import { DETACHED } from "../hir-def/block-scope.ts";
import type { Expr, Literal } from "../hir-def/expr.ts";
import { lowerBlock, lowerExpr } from "../hir-def/lower-expr.ts";
import type { ExprContext } from "../hir-def/lower-expr-context.ts";
import { exprContext, lowerType } from "../hir-def/lower-type.ts";
import { selectCfgArm } from "../hir-expand/cfg-select.ts";
import { withoutMarks } from "../hir-expand/group-mark.ts";
import { lex } from "../hir-expand/lexer.ts";
import type { Token } from "../hir-expand/token.ts";
import type { ConstScope } from "../hir-ty/ty.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { SynNode } from "../syntax/syntax-node.ts";
import { child, field } from "../syntax/syntax-node.ts";
import type { MacroCall, MacroExpansion } from "./const-db.ts";

/** What macros may ask of their surroundings. */
export interface MacroEnv {
  readonly scope: ConstScope;
  /** Parses text; offsets of nodes are those in the text plus `offset`. */
  readonly parse: (text: string, offset: number) => SynNode;
  /** An environment variable of the crate's compilation. */
  readonly env: (name: string) => string | undefined;
  /** The text of a file whose path counts from the file of the body; why it cannot be read. */
  readonly included: (path: string) => Result<string, Message>;
  readonly isEnabled: (attributes: readonly string[]) => Result<boolean, Unknown>;
}

type Expansion = Result<MacroExpansion, Unknown>;
type Expander = (call: MacroCall, context: MacroEnv) => Expansion;

/** What a call of one of std's macros stands for. */
export function builtinMacro(call: MacroCall, context: MacroEnv): Expansion {
  const name = call.path.segments.at(-1)?.name ?? "";
  // These read their arguments as text.
  const expanded = EXPANDERS.get(name)?.({ ...call, args: withoutMarks(call.args) }, context);
  return expanded ?? unknownMacro(call, context, msg("macro `{name}!` is not expanded", { name }));
}

function unknownMacro(call: MacroCall, context: MacroEnv, message: Message): Result<never, Unknown> {
  return err({ kind: "macro", message, culprit: { owner: context.scope.owner, range: call.range } });
}

function expression(expr: Expr): Expansion {
  return ok({ kind: "expr", expr });
}

/** An expression from text that stands at an offset of the unit. */
function parseExpr(context: MacroEnv, text: string, at: number): Expr {
  const { node, ctx } = parseValue(context, text, at);
  const range = { start: at, end: at + text.length };
  if (node === undefined) return { kind: "missing", reason: msg("the arguments of this macro call cannot be read"), range };
  return lowerExpr(ctx, node);
}

/** The node of an expression's text that stands at an offset of the unit, and what it is lowered in. */
function parseValue(context: MacroEnv, text: string, at: number): { readonly node: SynNode | undefined; readonly ctx: ExprContext } {
  const prefix = "const _: u8 = ";
  const pad = Math.max(0, at - prefix.length);
  const source = `${prefix}${text};`;
  const item = child(context.parse(source, pad), "const_item");
  const ctx = exprContext({ text: " ".repeat(pad) + source, scopes: DETACHED });
  return { node: item === undefined ? undefined : field(item, "value"), ctx };
}

/** The arguments at the top level with their offsets; a trailing comma makes no argument. */
function argumentsOf(call: MacroCall): readonly { readonly text: string; readonly at: number }[] {
  let at = call.argsStart;
  const out: { readonly text: string; readonly at: number }[] = [];
  for (const text of splitTopLevel(call.args)) {
    if (text.trim() !== "") out.push({ text, at });
    at += text.length + 1;
  }
  return out;
}

function firstArgument(call: MacroCall, context: MacroEnv): Expr {
  const [first] = argumentsOf(call);
  return first === undefined
    ? { kind: "missing", reason: msg("this macro call has no arguments"), range: call.range }
    : parseExpr(context, first.text, first.at);
}

/** The text of a panic: a plain message as it is written. */
function messageOf(call: MacroCall, context: MacroEnv, index: number): string | undefined {
  const argument = argumentsOf(call)[index];
  if (argument === undefined) return undefined;
  const expr = parseExpr(context, argument.text, argument.at);
  return expr.kind === "literal" && expr.literal.kind === "string" ? expr.literal.value : undefined;
}

function panics(fallback: Message): Expander {
  return (call, context) => {
    const message = messageOf(call, context, 0);
    return ok({ kind: "panic", message: message === undefined ? fallback : msg("the program panics here: {message}", { message }) });
  };
}

const assertion: Expander = (call, context) => {
  const message = messageOf(call, context, 1);
  return ok({
    kind: "assert",
    condition: firstArgument(call, context),
    message: message === undefined ? msg("assertion failed") : msg("assertion failed: {message}", { message }),
  });
};

/** `matches!(value, pattern if guard)` */
const matches: Expander = (call, context) => {
  const [first, ...rest] = splitTopLevel(call.args);
  if (first === undefined || rest.length === 0) return unknownMacro(call, context, msg("the arguments of `matches!` cannot be read"));
  const pattern = rest.join(",").trim().replace(/,$/, "");
  return expression(parseExpr(context, `match ${first} { ${pattern} => true, _ => false }`, Math.max(0, call.argsStart - "match ".length)));
};

/** The literal an expression is, macro calls that are texts included. */
function literalOf(expr: Expr, context: MacroEnv): Literal | undefined {
  if (expr.kind === "literal") return expr.literal;
  if (expr.kind === "unary" && expr.op === "-") {
    const inner = literalOf(expr.operand, context);
    return inner?.kind === "int"
      ? { ...inner, value: -inner.value }
      : inner?.kind === "float"
        ? { ...inner, text: `-${inner.text}` }
        : undefined;
  }
  if (expr.kind !== "macroCall") return undefined;
  const expanded = builtinMacro({ path: expr.path, args: expr.args, argsStart: expr.argsStart, range: expr.range }, context);
  return expanded.ok && expanded.value.kind === "expr" ? literalOf(expanded.value.expr, context) : undefined;
}

/** A literal as `concat!` writes it. */
function literalText(literal: Literal): string | undefined {
  switch (literal.kind) {
    case "string":
      return literal.value;
    case "int":
    case "bool":
      return `${literal.value}`;
    case "char":
      return String.fromCodePoint(literal.value);
    case "float":
      return literal.text;
    default:
      return undefined;
  }
}

const concat: Expander = (call, context) => {
  const texts = argumentsOf(call).map(({ text, at }) => {
    const literal = literalOf(parseExpr(context, text, at), context);
    return literal === undefined ? undefined : literalText(literal);
  });
  if (texts.some((text) => text === undefined))
    return unknownMacro(call, context, msg("`concat!` of something that is no literal is not evaluated"));
  return expression({ kind: "literal", literal: { kind: "string", value: texts.join("") }, range: call.range });
};

/** Texts whose tokens cannot be written with other spaces. */
const stringify: Expander = (call, context) => {
  const text = call.args.trim();
  if (!/^[\p{L}\p{N}_:]*$/u.test(text)) return unknownMacro(call, context, msg("the spacing of what `stringify!` makes is not known"));
  return expression({ kind: "literal", literal: { kind: "string", value: text }, range: call.range });
};

const env: Expander = (call, context) => {
  const name = messageOf(call, context, 0) ?? "";
  const value = context.env(name);
  if (value === undefined) return unknownMacro(call, context, msg("the environment variable `{name}` is not known", { name }));
  return expression({ kind: "literal", literal: { kind: "string", value }, range: call.range });
};

/** `include!` of an expression. */
const include: Expander = (call, context) => {
  const path = literalOf(firstArgument(call, context), context);
  if (path?.kind !== "string") return unknownMacro(call, context, msg("the arguments of this macro call cannot be read"));
  const text = context.included(path.value);
  if (!text.ok) return unknownMacro(call, context, msg("macro `{name}!`: {reason}", { name: "include", reason: text.error }));
  const { node, ctx } = parseValue(context, `${text.value}\n`, 0);
  return node === undefined
    ? unknownMacro(call, context, msg("what macro `{name}!` makes could not be read", { name: "include" }))
    : expression(lowerExpr(ctx, node));
};

const cfg: Expander = (call, context) => {
  const on = context.isEnabled([`cfg(${call.args})`]);
  return on.ok ? expression({ kind: "literal", literal: { kind: "bool", value: on.value }, range: call.range }) : on;
};

/** The arm that holds, as statements of the block around: `let`s in its braces are seen behind the call. */
const cfgSelect: Expander = (call, context) => {
  const tokens = lex({ text: call.args, source: "cfg_select" });
  const arm = tokens.ok
    ? selectCfgArm(tokens.value, (predicate) => {
        const on = context.isEnabled([`cfg(${textOf(predicate, call.args)})`]);
        return on.ok ? { kind: "known", value: on.value } : { kind: "unknown", reason: on.error.message };
      })
    : tokens;
  if (!arm.ok) return unknownMacro(call, context, arm.error.message);
  const at = call.argsStart + (arm.value[0]?.start ?? 0);
  const { node, ctx } = parseValue(context, `{${textOf(arm.value, call.args)}\n}`, at - 1);
  if (node?.kind !== "block") return unknownMacro(call, context, msg("the arguments of this macro call cannot be read"));
  const block = lowerBlock(ctx, node);
  return ok({ kind: "statements", statements: block.statements, tail: block.tail, hidden: new Set() });
};

/** The text that tokens stand in. */
function textOf(tokens: readonly Token[], text: string): string {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first === undefined || last === undefined ? "" : text.slice(first.start, last.end);
}

function addressOf(mutable: boolean): Expander {
  return (call, context) => expression({ kind: "ref", mutable, raw: true, operand: firstArgument(call, context), range: call.range });
}

/** `offset_of!(Type, field.inner)` */
const offsetOf: Expander = (call, context) => {
  const [typeText, fieldText] = splitTopLevel(call.args);
  const source = `type X = ${typeText ?? ""};`;
  const item = child(context.parse(source, 0), "type_item");
  const type = item === undefined ? undefined : field(item, "type");
  if (type === undefined || fieldText === undefined)
    return unknownMacro(call, context, msg("the arguments of `offset_of!` cannot be read"));
  const fields = fieldText.split(".").map((name) => name.trim().replace(/^r#/, ""));
  return ok({ kind: "offsetOf", type: lowerType({ text: source, scopes: DETACHED }, type), fields });
};

const EXPANDERS: ReadonlyMap<string, Expander> = new Map<string, Expander>([
  ["panic", panics(msg("the program panics here"))],
  ["unreachable", panics(msg("code that must not be reached is reached"))],
  ["todo", panics(msg("code that is not written yet is reached"))],
  ["unimplemented", panics(msg("code that is not implemented is reached"))],
  ["compile_error", panics(msg("`compile_error!` is reached"))],
  ["assert", assertion],
  ["debug_assert", assertion],
  ["matches", matches],
  ["concat", concat],
  ["stringify", stringify],
  ["env", env],
  ["include", include],
  ["cfg", cfg],
  ["cfg_select", cfgSelect],
  ["addr_of", addressOf(false)],
  ["addr_of_mut", addressOf(true)],
  ["offset_of", offsetOf],
]);
