/**
 * The configuration predicate of `#[cfg(..)]`, `cfg!(..)` and cargo's `[target.'cfg(..)']`: its form, a parser from text, and
 * a three-valued evaluation over the `CfgOptions` of one crate.
 *
 * Invariant: neither parsing nor evaluation fails; what cannot be read is an `invalid` predicate, which is `unknown`.
 * `target(os = "linux", arch = "x86")` is read as `all(target_os = "linux", target_arch = "x86")`.
 *
 * Example: `all(unix, not(feature = "std"))`.
 * Source: Reference, "Conditional compilation"; rustc_attr_parsing `cfg.rs`, 1.95 (`version`, `target(..)`, `true`, `false`).
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import { WordPattern } from "../base/word-pattern.ts";
import type { CfgOptions } from "./cfg.ts";

export type CfgExpr =
  | { readonly kind: "flag"; readonly name: string }
  | { readonly kind: "keyValue"; readonly key: string; readonly value: string }
  | { readonly kind: "literal"; readonly value: boolean }
  | { readonly kind: "not"; readonly operand: CfgExpr }
  | { readonly kind: "all"; readonly operands: readonly CfgExpr[] }
  | { readonly kind: "any"; readonly operands: readonly CfgExpr[] }
  /** `version("1.80")`: true from that compiler on. */
  | { readonly kind: "version"; readonly minimum: string }
  /** Not a predicate Stowplan can read; `reason` is for the user. */
  | { readonly kind: "invalid"; readonly reason: Message };

/** A predicate's truth; an unknown one says why. */
export type CfgAnswer = { readonly truth: "true" } | { readonly truth: "false" } | { readonly truth: "unknown"; readonly reason: Message };

/** Nesting beyond this is refused rather than followed (the parser and the evaluator recurse). */
const MAX_DEPTH = 200;

const TRUE: CfgAnswer = { truth: "true" };
const FALSE: CfgAnswer = { truth: "false" };

/**
 * Names only the compiler or cargo sets; a build script cannot set them unnoticed (lint `explicit_builtin_cfgs_in_flags`,
 * deny by default). Source: rustc_session `config/cfg.rs` `CheckCfg::fill_well_known`, 1.95.
 */
const BUILTIN_NAMES: ReadonlySet<string> = new Set(
  (
    "clippy debug_assertions doc docsrs doctest feature fmt_debug miri overflow_checks panic proc_macro relocation_model rustfmt sanitize " +
    "sanitizer_cfi_generalize_pointers sanitizer_cfi_normalize_integers target_abi target_arch target_endian target_env target_family " +
    "target_feature target_has_atomic target_has_atomic_equal_alignment target_has_atomic_load_store target_has_atomic_primitive_alignment " +
    "target_has_reliable_f16 target_has_reliable_f16_math target_has_reliable_f128 target_has_reliable_f128_math target_object_format " +
    "target_os target_pointer_width target_thread_local target_vendor test ub_checks unix windows"
  ).split(" "),
);

/** Whether the compiler or cargo, and nobody else, sets this cfg name. */
export function isBuiltinCfgName(name: string): boolean {
  return BUILTIN_NAMES.has(name);
}

/** Reads one predicate, without the `cfg(` `)` around it. Anything after it (but a comma) makes it `invalid`. */
export function parseCfgExpr(text: string): CfgExpr {
  let expr = known.get(text);
  if (expr === undefined) {
    expr = readCfgExpr(text);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, expr);
  }
  return expr;
}

/** A crate says the same few predicates thousands of times. */
const known = new Map<string, CfgExpr>();
const MAX_KNOWN = 1000;

function readCfgExpr(text: string): CfgExpr {
  const tokens = tokenize(text);
  if (tokens === undefined) return invalid(text);
  const parser: Parser = { tokens, at: 0, text, isTooDeep: false };
  const expr = predicate(parser, 0);
  if (parser.isTooDeep)
    return { kind: "invalid", reason: msg("the predicate `{predicate}` is nested too deeply", { predicate: shown(text) }) };
  if (parser.tokens[parser.at]?.text === ",") parser.at += 1;
  return parser.at === tokens.length ? expr : invalid(text);
}

/** Reads `cfg(PREDICATE)` as cargo writes it in `[target.'cfg(..)']`; undefined when the text is no such thing (a triple). */
export function parseCargoCfg(text: string): CfgExpr | undefined {
  const inner = /^\s*cfg\s*\((.*)\)\s*$/s.exec(text)?.[1];
  return inner === undefined ? undefined : parseCfgExpr(inner);
}

/** The truth of a predicate for a crate with these options. */
export function evaluateCfg(expr: CfgExpr, options: CfgOptions): CfgAnswer {
  switch (expr.kind) {
    case "literal":
      return expr.value ? TRUE : FALSE;
    case "flag":
      return options.flags.has(expr.name) ? TRUE : unset(expr.name, expr.name, options);
    case "keyValue":
      if (options.values.get(expr.key)?.has(expr.value) === true) return TRUE;
      return unset(expr.key, `${expr.key} = "${expr.value}"`, options);
    case "not":
      return negate(evaluateCfg(expr.operand, options));
    case "all":
      return combine(expr.operands, options, FALSE);
    case "any":
      return combine(expr.operands, options, TRUE);
    case "version":
      return evaluateVersion(expr.minimum, options.rustVersion);
    case "invalid":
      return { truth: "unknown", reason: expr.reason };
  }
}

function unset(name: string, atom: string, options: CfgOptions): CfgAnswer {
  const own = options.unknownNames?.get(name) ?? options.unknownAtoms?.get(atom.replace(" = ", "="));
  if (own !== undefined) return { truth: "unknown", reason: msg("`{cfg}`: {reason}", { cfg: atom, reason: own }) };
  if (options.unknownReason === undefined || !couldBeSet(name, options)) return FALSE;
  return { truth: "unknown", reason: msg("`{cfg}`: {reason}", { cfg: atom, reason: options.unknownReason }) };
}

/** Scripts do set cargo's own names now and then (`rustc-cfg=feature="fast"`): believed where their text shows it. */
function couldBeSet(name: string, { unknownOnly }: CfgOptions): boolean {
  return unknownOnly === undefined ? !BUILTIN_NAMES.has(name) : unknownOnly.has(name);
}

function negate(answer: CfgAnswer): CfgAnswer {
  if (answer.truth === "unknown") return answer;
  return answer.truth === "true" ? FALSE : TRUE;
}

/** `decisive` is what one operand suffices for: false in `all`, true in `any`. */
function combine(operands: readonly CfgExpr[], options: CfgOptions, decisive: CfgAnswer): CfgAnswer {
  let unknown: CfgAnswer | undefined;
  for (const operand of operands) {
    const answer = evaluateCfg(operand, options);
    if (answer.truth === decisive.truth) return decisive;
    if (answer.truth === "unknown") unknown ??= answer;
  }
  return unknown ?? negate(decisive);
}

/** A literal that is no `1.80` or `1.80.1` is taken for a future version, hence false (rustc's lint text says the same). */
function evaluateVersion(minimum: string, rustVersion: string | undefined): CfgAnswer {
  if (rustVersion === undefined)
    return { truth: "unknown", reason: msg("`{cfg}`: the compiler's version is not known", { cfg: `version("${minimum}")` }) };
  const wanted = numbers(minimum);
  const have = numbers(rustVersion.split("-")[0] ?? "");
  if (wanted === undefined || have === undefined) return FALSE;
  for (const [index, part] of wanted.entries()) {
    const own = have[index] ?? 0;
    if (own !== part) return own > part ? TRUE : FALSE;
  }
  return TRUE;
}

function numbers(version: string): readonly number[] | undefined {
  return /^\d+\.\d+(\.\d+)?$/.test(version) ? version.split(".").map(Number) : undefined;
}

interface Token {
  readonly kind: "name" | "string" | "punctuation";
  readonly text: string;
  /** True for `r#name`, which is never a keyword. */
  readonly raw: boolean;
}

interface Parser {
  readonly tokens: readonly Token[];
  readonly text: string;
  at: number;
  isTooDeep: boolean;
}

const TOKEN = new WordPattern(
  String.raw`\s+|\/\/[^\n]*|\/\*.*?\*\/|(r#)?([\p{XID_Start}_][\p{XID_Continue}]*)(?!["#])|"((?:[^"\\]|\\.)*)"|r(#*)"(.*?)"\4|([(),=])`,
  "sy",
);

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = TOKEN.for(text);
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null || match[0] === "") return undefined;
    at = pattern.lastIndex;
    const token = tokenOf(match);
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

function tokenOf(match: RegExpExecArray): Token | undefined {
  const [, raw, name, string, , rawString, punctuation] = match;
  if (name !== undefined) return { kind: "name", text: name, raw: raw !== undefined };
  if (string !== undefined) return { kind: "string", text: unescapeString(string), raw: false };
  if (rawString !== undefined) return { kind: "string", text: rawString, raw: false };
  if (punctuation !== undefined) return { kind: "punctuation", text: punctuation, raw: false };
  return undefined;
}

/** The escapes that occur in cfg values; others stay as they are and match nothing. */
function unescapeString(text: string): string {
  return text.includes("\\") ? text.replace(/\\(["\\'])/g, "$1") : text;
}

function predicate(parser: Parser, depth: number): CfgExpr {
  const name = parser.tokens[parser.at];
  parser.isTooDeep ||= depth > MAX_DEPTH;
  if (name?.kind !== "name" || parser.isTooDeep) return invalid(parser.text);
  parser.at += 1;
  if (accept(parser, "=")) return keyValue(parser, name.text);
  if (accept(parser, "(")) return call(parser, name, depth);
  if (!name.raw && (name.text === "true" || name.text === "false")) return { kind: "literal", value: name.text === "true" };
  return { kind: "flag", name: name.text };
}

function keyValue(parser: Parser, key: string): CfgExpr {
  const value = parser.tokens[parser.at];
  if (value?.kind !== "string") return invalid(parser.text);
  parser.at += 1;
  return { kind: "keyValue", key, value: value.text };
}

function call(parser: Parser, name: Token, depth: number): CfgExpr {
  if (name.text === "version" && parser.tokens[parser.at]?.kind === "string") {
    const minimum = parser.tokens[parser.at]?.text ?? "";
    parser.at += 1;
    return closed(parser) ? { kind: "version", minimum } : invalid(parser.text);
  }
  const operands = list(parser, depth);
  if (operands === undefined) return invalid(parser.text);
  switch (name.text) {
    case "all":
      return { kind: "all", operands };
    case "any":
      return { kind: "any", operands };
    case "not": {
      const [operand] = operands;
      return operand !== undefined && operands.length === 1 ? { kind: "not", operand } : invalid(parser.text);
    }
    case "target":
      return { kind: "all", operands: operands.map((operand) => targetShorthand(operand, parser.text)) };
    default:
      return { kind: "invalid", reason: msg("`cfg({name}(..))` is not known to Stowplan", { name: name.text }) };
  }
}

function targetShorthand(operand: CfgExpr, text: string): CfgExpr {
  return operand.kind === "keyValue" ? { ...operand, key: `target_${operand.key}` } : invalid(text);
}

function list(parser: Parser, depth: number): CfgExpr[] | undefined {
  const operands: CfgExpr[] = [];
  while (!accept(parser, ")")) {
    if (parser.at >= parser.tokens.length) return undefined;
    const operand = predicate(parser, depth + 1);
    if (operand.kind === "invalid" && parser.tokens[parser.at] === undefined) return undefined;
    operands.push(operand);
    if (!accept(parser, ",") && parser.tokens[parser.at]?.text !== ")") return undefined;
  }
  return operands;
}

function closed(parser: Parser): boolean {
  accept(parser, ",");
  return accept(parser, ")");
}

function accept(parser: Parser, punctuation: string): boolean {
  const token = parser.tokens[parser.at];
  if (token?.kind !== "punctuation" || token.text !== punctuation) return false;
  parser.at += 1;
  return true;
}

function invalid(text: string): CfgExpr {
  return { kind: "invalid", reason: msg("the predicate `{predicate}` cannot be read", { predicate: shown(text) }) };
}

function shown(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
