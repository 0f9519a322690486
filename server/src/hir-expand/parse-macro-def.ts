/**
 * Reads the definition of a declarative macro: rules of `matcher => transcriber`.
 *
 * `macro_rules! m { ($x:ty) => { … }; … }` is given by what stands behind the name, with or without the outer delimiters;
 * `macro m($x:ty) { … }` and `macro m { (…) => { … }, … }` by what stands behind the name.
 *
 * Invariant: a definition rustc refuses may be accepted here (follow sets are not checked); one it accepts is read the same.
 * Source: rustc_expand::mbe::macro_rules::compile_declarative_macro (1.95); Reference, "Macros by example".
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { lex } from "./lexer.ts";
import type { MacroDef, MacroDefOptions, MacroRule, MatcherLoc, MetaVar } from "./macro-def.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import { parseMatcher } from "./parse-matcher.ts";
import { parseTranscriber } from "./parse-transcriber.ts";
import type { SourceId, Token } from "./token.ts";
import type { TokenTrees } from "./token-tree.ts";
import { parseTokenTrees, partnerOf } from "./token-tree.ts";

/** Reads a definition from its tokens (of a file, or of an expansion, whose marks they keep). */
export function parseMacroDef(tokens: readonly Token[], options: MacroDefOptions): Result<MacroDef, MacroError> {
  const trees = parseTokenTrees(tokens.filter((token) => token.kind !== "doc" || options.kind !== "macro"));
  if (!trees.ok) return trees;
  const body = definitionBody(trees.value);
  const rules = body === undefined ? parseShortMacro(trees.value, options) : parseRules(trees.value, options, body);
  return rules.ok ? ok({ ...options, rules: rules.value }) : rules;
}

/** Reads a definition from text. */
export function parseMacroDefText(input: { text: string; source: SourceId }, options: MacroDefOptions): Result<MacroDef, MacroError> {
  const tokens = lex(input);
  return tokens.ok ? parseMacroDef(tokens.value, options) : tokens;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where the rules stand: inside the one outer group, or all of it; undefined for `(matcher) { transcriber }`. */
function definitionBody(trees: TokenTrees): Range | undefined {
  const { tokens } = trees;
  if (tokens[0]?.kind !== "open") return { from: 0, to: tokens.length };
  const close = partnerOf(trees, 0);
  if (close === tokens.length - 1) return { from: 1, to: close };
  return tokens[close + 1]?.text === "=>" ? { from: 0, to: tokens.length } : undefined;
}

/** `macro m($x:ty) { … }`. */
function parseShortMacro(trees: TokenTrees, options: MacroDefOptions): Result<readonly MacroRule[], MacroError> {
  const parser: RuleParser = { trees, options, pos: 0, to: trees.tokens.length };
  const rule = parseRuleBody(parser, "bang");
  return rule.ok ? ok([rule.value]) : rule;
}

interface RuleParser {
  readonly trees: TokenTrees;
  readonly options: MacroDefOptions;
  pos: number;
  readonly to: number;
}

function parseRules(trees: TokenTrees, options: MacroDefOptions, range: Range): Result<readonly MacroRule[], MacroError> {
  const parser: RuleParser = { trees, options, pos: range.from, to: range.to };
  const rules: MacroRule[] = [];
  while (parser.pos < parser.to) {
    const rule = parseRule(parser);
    if (!rule.ok) return rule;
    rules.push(rule.value);
    const separator = trees.tokens[parser.pos];
    if (parser.pos < parser.to && separator?.text !== ";" && separator?.text !== ",")
      return err(macroError("definition", msg("expected `;` between the rules of `{name}!`", { name: options.name }), separator));
    parser.pos++;
  }
  return ok(rules);
}

function parseRule(parser: RuleParser): Result<MacroRule, MacroError> {
  const { tokens } = parser.trees;
  if (tokens[parser.pos]?.text === "unsafe") parser.pos++;
  const word = tokens[parser.pos]?.text;
  if (word !== "attr" && word !== "derive") return parseRuleBody(parser, "bang");
  parser.pos++;
  return parseRuleBody(parser, word);
}

interface Group extends Range {
  readonly at: Token;
}

/** The group at the parser's place, which moves behind it. */
function takeGroup(parser: RuleParser, missing: Message): Result<Group, MacroError> {
  const { trees, pos, to } = parser;
  const open = pos < to ? trees.tokens[pos] : undefined;
  if (open?.kind !== "open") return err(macroError("definition", missing, open ?? trees.tokens[to - 1]));
  const close = partnerOf(trees, pos);
  parser.pos = close + 1;
  return ok({ from: pos + 1, to: close, at: open });
}

function parseRuleBody(parser: RuleParser, form: MacroRule["form"]): Result<MacroRule, MacroError> {
  const variables: MetaVar[] = [];
  const args = form === "bang" ? ok(undefined) : takeMatcher(parser, variables);
  if (!args.ok) return args;
  const matcher = takeMatcher(parser, variables);
  if (!matcher.ok) return matcher;
  if (parser.trees.tokens[parser.pos]?.text === "=>") parser.pos++;
  const group = takeGroup(parser, msg("expected the right side of a rule in `{name}!`", { name: parser.options.name }));
  if (!group.ok) return group;
  const transcriber = parseTranscriber(
    { trees: parser.trees, ...group.value, callsOwnCrate: parser.options.callsOwnCrate === true },
    variables,
  );
  if (!transcriber.ok) return transcriber;
  const argsMatcher = form === "attr" ? args.value : undefined;
  return ok({ form, variables, argsMatcher, matcher: matcher.value, transcriber: transcriber.value });
}

function takeMatcher(parser: RuleParser, variables: MetaVar[]): Result<readonly MatcherLoc[], MacroError> {
  const group = takeGroup(parser, msg("expected the left side of a rule in `{name}!`", { name: parser.options.name }));
  if (!group.ok) return group;
  return parseMatcher({ trees: parser.trees, ...group.value, edition: parser.options.edition }, variables);
}
