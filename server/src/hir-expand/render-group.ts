/**
 * What an invisible group becomes in text: nothing, or delimiters that keep it one unit.
 *
 * `$a * 2` with `$a:expr` = `1 + 2` → `(1 + 2) * 2`; `f($a)` → `f(1 + 2)`; `$t::MAX` with `$t:ty` = `Vec<u8>` → `<Vec<u8>>::MAX`.
 *
 * Invariant: too many parentheses are harmless, too few are wrong; types get none where the grammar knows none.
 */
import type { FragmentKind, Token } from "./token.ts";
import type { TokenTrees } from "./token-tree.ts";
import { partnerOf, treeEnd } from "./token-tree.ts";

export interface GroupText {
  readonly open: string;
  readonly close: string;
}

const NOTHING: GroupText = { open: "", close: "" };
const PARENS: GroupText = { open: "(", close: ")" };
const ANGLES: GroupText = { open: "<", close: ">" };
const BRACES: GroupText = { open: "{", close: "}" };
const SEMI: GroupText = { open: "", close: ";" };

interface Group {
  readonly trees: TokenTrees;
  /** Indices of the invisible delimiters. */
  readonly open: number;
  readonly close: number;
  readonly before: Token | undefined;
  readonly after: Token | undefined;
}

/** The text of the invisible delimiters at `open` and `close`. */
export function groupText(trees: TokenTrees, open: number, close: number): GroupText {
  const fragment = trees.tokens[open]?.group?.fragment;
  if (fragment === undefined || close === open + 1) return NOTHING;
  const group: Group = { trees, open, close, before: visible(trees, open, -1), after: visible(trees, close, 1) };
  return RENDERERS[fragment]?.(group) ?? NOTHING;
}

const RENDERERS: Readonly<Partial<Record<FragmentKind, (group: Group) => GroupText>>> = {
  expr: exprText,
  expr_2021: exprText,
  literal: exprText,
  ty: typeText,
  pat: patternText,
  stmt: stmtText,
};

/** The nearest token that is no invisible delimiter. */
function visible(trees: TokenTrees, from: number, step: 1 | -1): Token | undefined {
  for (let at = from + step; ; at += step) {
    const token = trees.tokens[at];
    if (token?.group === undefined) return token;
  }
}

const BEFORE_EXPR = new Set([",", ";", "=", "=>", "return", "in"]);
const AFTER_EXPR = new Set([",", ";", "=>"]);

function exprText(group: Group): GroupText {
  const { before, after } = group;
  const opens = before === undefined || before.kind === "open" || before.text === "}" || BEFORE_EXPR.has(before.text);
  const closes = after === undefined || after.kind === "close" || AFTER_EXPR.has(after.text);
  if (isAtomicExpr(group) || isBlockStatement(group)) return NOTHING;
  if (isGenericArgument(group)) return BRACES;
  return opens && closes ? NOTHING : PARENS;
}

const BLOCK_WORDS = new Set(["if", "match", "while", "for", "loop", "unsafe", "{"]);

/** True for `{ … }`, `if … {}` and their like where a statement begins: parentheses would ask for a `;`. */
function isBlockStatement(group: Group): boolean {
  const { trees, open, before, after } = group;
  const begins = before === undefined || before.text === "{" || before.text === "}" || before.text === ";";
  return begins && BLOCK_WORDS.has(trees.tokens[open + 1]?.text ?? "") && after?.text !== "." && after?.text !== "?";
}

/** True behind `<` or between commas where `<` stands in the same group: perhaps an argument of a type. */
function isGenericArgument(group: Group): boolean {
  const before = group.before?.text;
  const after = group.after?.text ?? "";
  if (before === "<" || (before === "," && after.startsWith(">"))) return true;
  return before === "," && after === "," && hasAngleBefore(group);
}

/** How far `<` is looked for; farther away, braces are put to be safe. */
const ANGLE_REACH = 100;

function hasAngleBefore(group: Group): boolean {
  const { trees } = group;
  let at = group.open - 1;
  for (let seen = 0; seen < ANGLE_REACH; seen++) {
    const token = trees.tokens[at];
    if (token === undefined || (token.kind === "open" && token.group === undefined)) return false;
    if (token.text === "<" || token.text === ";") return token.text === "<";
    at = (token.kind === "close" ? partnerOf(trees, at) : at) - 1;
  }
  return true;
}

const EXPR_WORDS = new Set(
  "if match while for loop unsafe const async move return break continue yield let static become box do try".split(" "),
);

/** True for a literal, a path without arguments, a group, and what calls, fields, indices and `?` make of them. */
function isAtomicExpr(group: Group): boolean {
  const { trees, open, close, after } = group;
  const first = trees.tokens[open + 1];
  if (first?.text === "-")
    return close === open + 3 && trees.tokens[open + 2]?.kind === "literal" && ![".", "?"].includes(after?.text ?? "");
  const from = atomEnd(trees, open + 1);
  return from !== undefined && isPostfixRun(trees, from, close);
}

/** The index behind a literal, a name or a group in parentheses or brackets. */
function atomEnd(trees: TokenTrees, at: number): number | undefined {
  const first = trees.tokens[at];
  if (first?.kind === "open") return first.text === "{" ? undefined : partnerOf(trees, at) + 1;
  if (first?.kind === "literal" || (first?.kind === "ident" && !EXPR_WORDS.has(first.text))) return at + 1;
  return first?.text === "::" ? at : undefined;
}

function isPostfixRun(trees: TokenTrees, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    const end = postfixEnd(trees, at);
    if (end === undefined) return false;
    at = end;
  }
  return true;
}

/** The index behind `::name`, `.name`, `?`, `!(…)`, `(…)` or `[…]`. */
function postfixEnd(trees: TokenTrees, at: number): number | undefined {
  const token = trees.tokens[at];
  const next = trees.tokens[at + 1];
  switch (token?.text) {
    case "::":
    case ".":
      return next?.kind === "ident" || next?.kind === "literal" ? at + 2 : undefined;
    case "?":
      return at + 1;
    case "!":
      return next?.kind === "open" ? treeEnd(trees, at + 1) : undefined;
    case "(":
    case "[":
      return token.group === undefined ? treeEnd(trees, at) : undefined;
    default:
      return undefined;
  }
}

const BEFORE_SUM = new Set(["&", "&&", "mut", "const", "->", "as", "dyn", "impl", "+"]);

function typeText(group: Group): GroupText {
  const after = group.after?.text ?? "";
  if (after === "::") return isPlainPath(group) ? NOTHING : ANGLES;
  const before = group.before;
  if (before?.text === "as" && after.startsWith("<")) return PARENS;
  const needsParens = before !== undefined && (BEFORE_SUM.has(before.text) || before.kind === "lifetime");
  return needsParens && hasTopLevel(group, "+") ? PARENS : NOTHING;
}

function isPlainPath(group: Group): boolean {
  for (let at = group.open + 1; at < group.close; at++) {
    const token = group.trees.tokens[at];
    if (token?.kind !== "ident" && token?.text !== "::") return false;
  }
  return true;
}

/** True if a token with this text stands in the group outside of delimiters and generic arguments. */
function hasTopLevel(group: Group, text: string): boolean {
  const { trees } = group;
  let angles = 0;
  for (let at = group.open + 1; at < group.close; at = treeEnd(trees, at)) {
    const token = trees.tokens[at];
    if (angles === 0 && token?.text === text) return true;
    if (token?.kind === "punct") angles += angleDepth(token.text);
  }
  return false;
}

function angleDepth(text: string): number {
  if (text.startsWith("<")) return text.startsWith("<<") ? 2 : 1;
  if (text.startsWith(">")) return text.startsWith(">>") ? -2 : -1;
  return 0;
}

function patternText(group: Group): GroupText {
  return hasTopLevel(group, "|") && group.before?.text !== "|" ? PARENS : NOTHING;
}

/** A captured `let` comes without its `;`. */
function stmtText(group: Group): GroupText {
  const isLet = group.trees.tokens[group.open + 1]?.text === "let";
  return isLet && group.after?.text !== ";" ? SEMI : NOTHING;
}
