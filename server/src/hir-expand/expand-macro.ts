/**
 * Expands one call of a declarative macro: the first rule that matches is transcribed.
 *
 * `vec![1, 2]` with `($($x:expr),*) => { <[_]>::into_vec(box_new([$($x),*])) }` → `<[_]>::into_vec(box_new([1,2]))`.
 *
 * Invariant: pure; the work is bounded by `limits`; calls inside the result are not expanded (that is the resolver's).
 * Source: rustc_expand::mbe::macro_rules::expand_macro (1.95).
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { MacroDef, MacroRule } from "./macro-def.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { Match } from "./macro-match.ts";
import { buildMatches } from "./macro-match.ts";
import type { MatchBudget, MatchOutcome } from "./matcher.ts";
import { matchTokens } from "./matcher.ts";
import type { Span, Token } from "./token.ts";
import type { TokenTrees } from "./token-tree.ts";
import { desugarDocComments, parseTokenTrees } from "./token-tree.ts";
import { transcribe } from "./transcriber.ts";

export interface MacroCall {
  /** What stands between the delimiters; for an attribute or a derive the item. */
  readonly tokens: readonly Token[];
  /** The call as a whole, in the text it stands in: where tokens of the definition are shown. */
  readonly span: Span;
  /** `bang` for `m!(…)`. */
  readonly form?: "bang" | "attr" | "derive";
  /** For `attr`: the attribute's arguments. */
  readonly args?: readonly Token[];
}

export interface ExpansionLimits {
  /** The largest number of tokens of the result. */
  readonly maxTokens: number;
  /** The largest number of matcher steps. */
  readonly maxSteps: number;
}

/** Enough for the largest macros seen (a libc's, a bindings crate's); reached within 200 ms. */
export const DEFAULT_LIMITS: ExpansionLimits = { maxTokens: 500_000, maxSteps: 1_000_000 };

/** Expands a call. Every error is a value; `offset` points into the call where it can. */
export function expandMacro(
  def: MacroDef,
  call: MacroCall,
  limits: ExpansionLimits = DEFAULT_LIMITS,
): Result<readonly Token[], MacroError> {
  const body = parseTokenTrees(desugarDocComments(call.tokens));
  if (!body.ok) return body;
  const args = parseTokenTrees(desugarDocComments(call.args ?? []));
  if (!args.ok) return args;
  const selected = selectRule(def, { call, body: body.value, args: args.value }, { steps: limits.maxSteps });
  if (!selected.ok) return selected;
  const expn = { macroName: def.name, kind: def.kind, crate: def.crate, callSite: call.span };
  const { tokens, error } = transcribe({ def, ...selected.value, expn, maxTokens: limits.maxTokens });
  return error === undefined ? ok(tokens) : err(error);
}

interface Input {
  readonly call: MacroCall;
  readonly body: TokenTrees;
  readonly args: TokenTrees;
}

interface Selected {
  readonly rule: MacroRule;
  readonly matches: readonly Match[];
}

/** The first rule that matches, with what its variables stand for. */
function selectRule(def: MacroDef, input: Input, budget: MatchBudget): Result<Selected, MacroError> {
  const form = input.call.form ?? "bang";
  let furthest = 0;
  for (const rule of def.rules) {
    if (rule.form !== form) continue;
    const outcome = matchRule(rule, input, budget);
    if (outcome.kind === "error")
      return err({ ...outcome.error, message: msg("`{name}!`: {reason}", { name: def.name, reason: outcome.error.message }) });
    if (outcome.kind === "matched") return ok({ rule, matches: buildMatches(outcome.captures, rule.variables.length) });
    furthest = Math.max(furthest, outcome.at);
  }
  if (!def.rules.some((rule) => rule.form === form))
    return err(macroError("unsupported", msg("`{name}` has no rule for this kind of call", { name: def.name }), input.call.span));
  const culprit = input.body.tokens[furthest] ?? input.call.span;
  return err(macroError("noRule", msg("no rule of `{name}!` matches this call", { name: def.name }), culprit));
}

function matchRule(rule: MacroRule, input: Input, budget: MatchBudget): MatchOutcome {
  if (rule.argsMatcher === undefined) return matchTokens(rule.matcher, input.body, budget, undefined);
  const args = matchTokens(rule.argsMatcher, input.args, budget, undefined);
  return args.kind === "matched" ? matchTokens(rule.matcher, input.body, budget, args.captures) : args;
}
