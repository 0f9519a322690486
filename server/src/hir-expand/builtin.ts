/**
 * The builtin macros that make text or choose text: `concat!`, `stringify!`, `cfg!`, `env!`, `include!`, `line!`,
 * `cfg_select!`, ….
 *
 * `concat!("a", 1, stringify!(b))` → `"a1b"`; `include!(concat!(env!("OUT_DIR"), "/x.rs"))` → the path for the caller to read.
 *
 * Invariant: what depends on the crate (cfg, environment, place, calls inside of arguments) is asked from the caller; an
 * answer that is not known is an error value with its reason. Macros that make no text (`format_args!`, `asm!`) are not here.
 * Source: rustc_builtin_macros (1.95).
 */

import type { Message } from "../base/message.ts";
import { msg, verbatim } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { splitCommas, unwrapGroups } from "./builtin-args.ts";
import { selectCfgArm } from "./cfg-select.ts";
import { literalValue, quoted, stringValue } from "./literal-value.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import { stringifyTokens } from "./stringify.ts";
import type { Span, Token } from "./token.ts";
import { tokenAt } from "./token.ts";
import { parseTokenTrees, partnerOf } from "./token-tree.ts";

export type Known<T> = { readonly kind: "known"; readonly value: T } | { readonly kind: "unknown"; readonly reason: Message };

export interface BuiltinCall {
  /** The macro's name without path: `concat`. */
  readonly name: string;
  /** What stands between the delimiters. */
  readonly tokens: readonly Token[];
  readonly span: Span;
}

/** What the caller knows. */
export interface BuiltinContext {
  /** Evaluates a cfg predicate (`unix`, `all(a, feature = "b")`). */
  cfg(predicate: readonly Token[]): Known<boolean>;
  /** A variable of the crate's build environment; a known `undefined` is one that is not set. */
  env(name: string): Known<string | undefined>;
  /** Expands a call inside of arguments, as `concat!(stringify!(a))` needs; `path` is what stands before `!`. */
  expandCall(path: readonly Token[], call: BuiltinCall): Result<readonly Token[], MacroError>;
  /** Where the outermost call stands: 1-based line and column, the file as rustc names it, the module's path. */
  place(span: Span): { readonly line: number; readonly column: number; readonly file: string; readonly modulePath: string };
}

export type BuiltinExpansion =
  /** Tokens in place of the call. */
  | { readonly kind: "tokens"; readonly tokens: readonly Token[] }
  /** The content of a file, its path relative to the file of the call: as Rust text, a string or bytes. */
  | { readonly kind: "include"; readonly as: "source" | "str" | "bytes"; readonly path: string };

type Expander = (call: BuiltinCall, context: BuiltinContext) => Result<BuiltinExpansion, MacroError>;

const EXPANDERS: ReadonlyMap<string, Expander> = new Map<string, Expander>([
  ["concat", expandConcat],
  ["stringify", (call) => literal(call, quoted(stringifyTokens(call.tokens)))],
  ["cfg", expandCfg],
  ["env", expandEnv],
  ["option_env", expandOptionEnv],
  ["include", (call, context) => expandInclude(call, context, "source")],
  ["include_str", (call, context) => expandInclude(call, context, "str")],
  ["include_bytes", (call, context) => expandInclude(call, context, "bytes")],
  ["line", (call, context) => literal(call, `${context.place(call.span).line}u32`)],
  ["column", (call, context) => literal(call, `${context.place(call.span).column}u32`)],
  ["file", (call, context) => literal(call, quoted(context.place(call.span).file))],
  ["module_path", (call, context) => literal(call, quoted(context.place(call.span).modulePath))],
  ["concat_idents", expandConcatIdents],
  ["cfg_select", expandCfgSelect],
  ["compile_error", expandCompileError],
  ["global_asm", () => nothing()],
  ["trace_macros", () => nothing()],
  ["log_syntax", () => nothing()],
]);

/** True if `expandBuiltin` knows a builtin macro of this name. */
export function isTextBuiltin(name: string): boolean {
  return EXPANDERS.has(name);
}

/** Expands a builtin macro. The caller has made sure that the name means the builtin. */
export function expandBuiltin(call: BuiltinCall, context: BuiltinContext): Result<BuiltinExpansion, MacroError> {
  const expander = EXPANDERS.get(call.name);
  return expander === undefined
    ? err(macroError("unsupported", msg("the builtin macro `{name}!` is not expanded", { name: call.name }), call.span))
    : expander(call, context);
}

function literal(call: BuiltinCall, text: string): Result<BuiltinExpansion, MacroError> {
  return ok({ kind: "tokens", tokens: [tokenAt(call.span, "literal", text)] });
}

function nothing(): Result<BuiltinExpansion, MacroError> {
  return ok({ kind: "tokens", tokens: [] });
}

function failed(call: BuiltinCall, message: Message): { readonly ok: false; readonly error: MacroError } {
  return err(macroError("builtin", msg("`{name}!`: {reason}", { name: call.name, reason: message }), call.tokens[0] ?? call.span));
}

/** The literal an argument is or expands to: its tokens, perhaps a minus and a literal. */
function evaluateArg(arg: readonly Token[], call: BuiltinCall, context: BuiltinContext): Result<readonly Token[], MacroError> {
  const tokens = unwrapGroups(arg);
  const bang = tokens.findIndex((token) => token.text === "!" && token.kind === "punct");
  if (bang < 1) return ok(tokens);
  const trees = parseTokenTrees(tokens);
  const name = tokens[bang - 1];
  if (!trees.ok || name === undefined || partnerOf(trees.value, bang + 1) !== tokens.length - 1)
    return failed(call, msg("expected a literal"));
  const inner: BuiltinCall = { name: name.text, tokens: tokens.slice(bang + 2, -1), span: call.span };
  const expanded = context.expandCall(tokens.slice(0, bang), inner);
  return expanded.ok ? evaluateArg(expanded.value, call, context) : expanded;
}

function expandConcat(call: BuiltinCall, context: BuiltinContext): Result<BuiltinExpansion, MacroError> {
  let text = "";
  for (const arg of splitCommas(call.tokens)) {
    const tokens = evaluateArg(arg, call, context);
    if (!tokens.ok) return tokens;
    const piece = concatPiece(tokens.value);
    if (piece === undefined) return failed(call, msg("expected a literal"));
    text += piece;
  }
  return literal(call, quoted(text));
}

function concatPiece(tokens: readonly Token[]): string | undefined {
  const [first, second] = tokens;
  const isNegative = first?.text === "-" && first.kind === "punct";
  const token = isNegative ? second : first;
  const value = token === undefined || tokens.length > (isNegative ? 2 : 1) ? undefined : literalValue(token.text);
  const sign = isNegative ? "-" : "";
  switch (value?.kind) {
    case "str":
    case "char":
      return isNegative ? undefined : value.value;
    case "bool":
      return isNegative ? undefined : String(value.value);
    case "int":
      return `${sign}${value.value}`;
    case "float":
      return `${sign}${value.text}`;
    default:
      return undefined;
  }
}

/** The string a single argument is or expands to. */
function stringArg(call: BuiltinCall, context: BuiltinContext): Result<string, MacroError> {
  const tokens = evaluateArg(splitCommas(call.tokens)[0] ?? [], call, context);
  if (!tokens.ok) return tokens;
  const value = tokens.value.length === 1 ? stringValue(tokens.value[0]?.text ?? "") : undefined;
  return value === undefined ? failed(call, msg("expected a string literal")) : ok(value);
}

function expandCfg(call: BuiltinCall, context: BuiltinContext): Result<BuiltinExpansion, MacroError> {
  const value = context.cfg(splitCommas(call.tokens)[0] ?? []);
  if (value.kind === "unknown") return failed(call, value.reason);
  return ok({ kind: "tokens", tokens: [tokenAt(call.span, "ident", value.value ? "true" : "false")] });
}

function expandEnv(call: BuiltinCall, context: BuiltinContext): Result<BuiltinExpansion, MacroError> {
  const name = stringArg(call, context);
  if (!name.ok) return name;
  const value = context.env(name.value);
  if (value.kind === "unknown") return failed(call, value.reason);
  if (value.value === undefined) return failed(call, msg("environment variable `{name}` is not defined", { name: name.value }));
  return literal(call, quoted(value.value));
}

function expandOptionEnv(call: BuiltinCall, context: BuiltinContext): Result<BuiltinExpansion, MacroError> {
  const name = stringArg(call, context);
  if (!name.ok) return name;
  const value = context.env(name.value);
  if (value.kind === "unknown") return failed(call, value.reason);
  return ok({ kind: "tokens", tokens: optionTokens(call.span, value.value) });
}

/** `::core::option::Option::Some("…")` or `::core::option::Option::None::<&'static str>`. */
function optionTokens(span: Span, value: string | undefined): readonly Token[] {
  const path = ["core", "option", "Option"].flatMap((name) => [tokenAt(span, "punct", "::"), tokenAt(span, "ident", name)]);
  const separator = tokenAt(span, "punct", "::");
  if (value !== undefined)
    return [
      ...path,
      separator,
      tokenAt(span, "ident", "Some"),
      tokenAt(span, "open", "("),
      tokenAt(span, "literal", quoted(value)),
      tokenAt(span, "close", ")"),
    ];
  const generic = [
    tokenAt(span, "punct", "<"),
    tokenAt(span, "punct", "&"),
    tokenAt(span, "lifetime", "'static"),
    tokenAt(span, "ident", "str"),
    tokenAt(span, "punct", ">"),
  ];
  return [...path, separator, tokenAt(span, "ident", "None"), separator, ...generic];
}

function expandInclude(call: BuiltinCall, context: BuiltinContext, as: "source" | "str" | "bytes"): Result<BuiltinExpansion, MacroError> {
  const path = stringArg(call, context);
  return path.ok ? ok({ kind: "include", as, path: path.value }) : path;
}

function expandConcatIdents(call: BuiltinCall): Result<BuiltinExpansion, MacroError> {
  const names = splitCommas(call.tokens).map((arg) => unwrapGroups(arg)[0]);
  const text = names.map((token) => (token?.kind === "ident" ? token.text : "")).join("");
  if (text === "") return failed(call, msg("expected names"));
  return ok({ kind: "tokens", tokens: [tokenAt(names[0] ?? call.span, "ident", text)] });
}

function expandCfgSelect(call: BuiltinCall, context: BuiltinContext): Result<BuiltinExpansion, MacroError> {
  const arm = selectCfgArm(call.tokens, (predicate) => context.cfg(predicate));
  return arm.ok ? ok({ kind: "tokens", tokens: arm.value }) : arm;
}

function expandCompileError(call: BuiltinCall, context: BuiltinContext): Result<BuiltinExpansion, MacroError> {
  const message = stringArg(call, context);
  return failed(call, message.ok ? verbatim(message.value) : msg("the crate refuses to compile"));
}
