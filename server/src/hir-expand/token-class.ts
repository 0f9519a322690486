/**
 * What a token can begin: rustc's tests that decide whether a fragment is tried at all.
 *
 * `struct` begins no expression, `if` does; a captured `$p:path` begins an expression and a type.
 *
 * Source: rustc_ast::token (1.95): can_begin_expr, can_begin_type, can_begin_pattern, can_begin_literal_maybe_minus;
 * the keywords are those of edition 2018 and later (`async`, `await`, `dyn`, `try` reserved).
 */
import type { FragmentKind, Token } from "./token.ts";

const RESERVED = new Set(
  (
    "_ as break const continue crate else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static " +
    "struct super trait true type unsafe use where while abstract become box do final macro override priv typeof unsized virtual yield " +
    "async await dyn try"
  ).split(" "),
);
const PATH_SEGMENT = new Set(["self", "Self", "super", "crate", "$crate"]);
const EXPR_KEYWORDS = new Set(
  "async do box break const continue false for gen if let loop match move return true try unsafe while yield safe static".split(" "),
);
const TYPE_KEYWORDS = new Set("_ for impl fn unsafe extern typeof dyn".split(" "));
const EXPR_PUNCT = new Set(["!", "-", "*", "|", "||", "&", "&&", "..", "...", "..=", "<", "<<", "::", "#"]);
const TYPE_PUNCT = new Set(["!", "*", "&", "&&", "?", "<", "<<", "::"]);
const PATTERN_PUNCT = new Set(["&", "&&", "-", "..", "...", "::", "<", "<<"]);
const EXPR_GROUPS = new Set<FragmentKind>(["block", "expr", "expr_2021", "literal", "path"]);
const PATTERN_GROUPS = new Set<FragmentKind>(["expr", "expr_2021", "literal", "meta", "pat", "pat_param", "path", "ty"]);

/** True for an identifier that is a keyword everywhere (`r#match` is not). */
export function isReserved(text: string): boolean {
  return RESERVED.has(text);
}

/** True for an identifier that can begin a path: a name, `self`, `crate`, … */
export function isPathIdent(token: Token | undefined): boolean {
  return token?.kind === "ident" && (!RESERVED.has(token.text) || PATH_SEGMENT.has(token.text));
}

function isOpen(token: Token, delimiters: string): boolean {
  return token.kind === "open" && token.group === undefined && delimiters.includes(token.text);
}

/** The fragment of an opening invisible delimiter. */
export function groupFragment(token: Token): FragmentKind | undefined {
  return token.kind === "open" ? token.group?.fragment : undefined;
}

/** True if an expression can begin with this token. */
export function canBeginExpr(token: Token): boolean {
  const group = groupFragment(token);
  if (group !== undefined) return EXPR_GROUPS.has(group);
  if (token.kind === "ident") return isPathIdent(token) || EXPR_KEYWORDS.has(token.text);
  if (token.kind === "punct") return EXPR_PUNCT.has(token.text);
  return token.kind === "literal" || token.kind === "lifetime" || isOpen(token, "([{");
}

/** True if a type can begin with this token. */
export function canBeginType(token: Token): boolean {
  const group = groupFragment(token);
  if (group !== undefined) return group === "ty" || group === "path";
  if (token.kind === "ident") return isPathIdent(token) || TYPE_KEYWORDS.has(token.text);
  if (token.kind === "punct") return TYPE_PUNCT.has(token.text);
  return token.kind === "lifetime" || isOpen(token, "([");
}

/** True if a pattern can begin with this token; a leading `|` only for `pat`, not for `pat_param`. */
export function canBeginPattern(token: Token, fragment: "pat" | "pat_param"): boolean {
  const group = groupFragment(token);
  if (group !== undefined) return PATTERN_GROUPS.has(group);
  if (token.kind === "punct") return PATTERN_PUNCT.has(token.text) || (token.text === "|" && fragment === "pat");
  return token.kind === "ident" || token.kind === "literal" || isOpen(token, "([");
}

/** True if a literal, perhaps with a minus, can begin with this token. */
export function canBeginLiteral(token: Token): boolean {
  if (token.group !== undefined) return token.kind === "open" && token.group.isLiteral;
  if (token.kind === "ident") return token.text === "true" || token.text === "false";
  return token.kind === "literal" || (token.kind === "punct" && token.text === "-");
}

const NEVER_IDENT = new Set<FragmentKind>(["item", "block", "vis"]);

function canBeginPath(token: Token): boolean {
  const group = groupFragment(token);
  if (group !== undefined) return !NEVER_IDENT.has(group);
  return token.kind === "ident" || (token.kind === "punct" && token.text === "::");
}

const BLOCK_GROUPS = new Set<FragmentKind>(["block", "stmt", "expr", "expr_2021", "literal"]);

function canBeginBlock(token: Token): boolean {
  const group = groupFragment(token);
  return group === undefined ? isOpen(token, "{") : BLOCK_GROUPS.has(group);
}

function canBeginExprFragment(token: Token, fragment: "expr" | "expr_2021"): boolean {
  const isIdent = token.kind === "ident";
  if (isIdent && token.text === "let") return false;
  if (fragment === "expr") return canBeginExpr(token) || (isIdent && token.text === "_");
  return canBeginExpr(token) && !(isIdent && token.text === "const");
}

/** True if the fragment's parser is tried at this token. Source: rustc_parse::parser::nonterminal::nt_may_be (1.95). */
export function mayBegin(fragment: FragmentKind, token: Token): boolean {
  switch (fragment) {
    case "expr":
    case "expr_2021":
      return canBeginExprFragment(token, fragment);
    case "ty":
      return canBeginType(token);
    case "ident":
      return token.kind === "ident" && token.text !== "_";
    case "lifetime":
      return token.kind === "lifetime";
    case "literal":
      return canBeginLiteral(token);
    case "vis":
      return token.kind === "ident" || token.text === "," || groupFragment(token) !== undefined || canBeginType(token);
    case "block":
      return canBeginBlock(token);
    case "path":
    case "meta":
      return canBeginPath(token);
    case "pat":
    case "pat_param":
      return canBeginPattern(token, fragment);
    case "item":
    case "stmt":
    case "tt":
      return token.kind !== "close";
  }
}

/** Words in front of the name that an item declares. */
export const DECLARING_WORDS = ["fn", "struct", "enum", "union", "mod", "type", "trait", "const", "static", "macro_rules"] as const;
