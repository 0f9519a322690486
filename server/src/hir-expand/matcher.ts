/**
 * Matches the tokens of a call against one rule's matcher, as rustc does: all ways through the matcher are followed at
 * once, token by token; fragments are taken by their own parser and only when a single way asks for one.
 *
 * Invariant: a token is compared at most once per way; `steps` bounds the work. An ambiguity or a fragment that does not
 * parse ends the expansion, it does not lead to the next rule.
 * Source: rustc_expand::mbe::macro_parser::TtParser::parse_tt (1.95).
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Cursor } from "./cursor.ts";
import { bump, bumpTree, peekKind, peekText, peekToken } from "./cursor.ts";
import { fragmentMissing, skipFragment, tokensBetween } from "./fragment.ts";
import type { MatcherLoc } from "./macro-def.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { Capture, MatchLeaf } from "./macro-match.ts";
import type { FragmentKind, Token, TokenKind } from "./token.ts";
import { mayBegin } from "./token-class.ts";
import type { TokenTrees } from "./token-tree.ts";

/** Work that may still be done; shared by all rules of one expansion. */
export interface MatchBudget {
  steps: number;
}

export type MatchOutcome =
  | { readonly kind: "matched"; readonly captures: Capture | undefined }
  /** The input does not fit from token `at` on. */
  | { readonly kind: "failed"; readonly at: number }
  | { readonly kind: "error"; readonly error: MacroError };

interface Thread {
  readonly at: number;
  readonly captures: Capture | undefined;
}

interface Matching {
  readonly locs: readonly MatcherLoc[];
  readonly cursor: Cursor;
  readonly current: Thread[];
  next: Thread[];
  readonly fragments: Thread[];
  readonly ended: Thread[];
}

/** Matches `trees` against `locs`; `captures` are those of an earlier part of the same rule. */
export function matchTokens(
  locs: readonly MatcherLoc[],
  trees: TokenTrees,
  budget: MatchBudget,
  captures: Capture | undefined,
): MatchOutcome {
  const cursor: Cursor = { trees, pos: 0, split: 0, depth: 0 };
  const matching: Matching = { locs, cursor, current: [{ at: 0, captures }], next: [], fragments: [], ended: [] };
  for (;;) {
    const thread = matching.current.pop();
    if (thread !== undefined) {
      if (--budget.steps < 0) return failWith("limit", msg("matching this call takes too many steps"), cursor);
      if (!isAlone(matching) || !takeRun(matching, thread, budget)) step(matching, thread);
      continue;
    }
    const outcome = advance(matching);
    if (outcome !== undefined) return outcome;
  }
}

/** Whether the way that was just taken out is the only one there is. */
function isAlone({ current, next, fragments, ended }: Matching): boolean {
  return current.length + next.length + fragments.length + ended.length === 0;
}

/** What the only way can take without looking at each token anew: tokens that are written in the matcher, `$($x:tt)*` up to a delimiter. */
function takeRun(matching: Matching, thread: Thread, budget: MatchBudget): boolean {
  const { locs, cursor, current } = matching;
  const loc = locs[thread.at];
  if (loc?.kind === "token") {
    const from = cursor.pos;
    const at = takeTokens(matching, thread.at);
    if (at === thread.at) return false;
    budget.steps -= cursor.pos - from;
    current.push({ at, captures: thread.captures });
    return true;
  }
  if (loc?.kind !== "sequence" || !isTreeRun(locs, thread.at, loc) || cursor.split !== 0) return false;
  const { firstVar, endVar, depth, after } = loc;
  const leaves = takeTrees(cursor);
  budget.steps -= leaves.length;
  if (leaves.length === 0 && loc.op === "+") return false;
  const open: Capture = { kind: "open", previous: thread.captures, firstVar, endVar, depth };
  current.push({ at: after, captures: { kind: "run", previous: open, variable: firstVar, depth: depth + 1, leaves } });
  return true;
}

/** Takes tokens as long as the matcher asks for them; the first place behind them. */
function takeTokens({ locs, cursor }: Matching, from: number): number {
  let at = from;
  for (let loc = locs[at]; loc?.kind === "token" && fits(cursor, loc); loc = locs[at]) {
    bump(cursor);
    at += 1;
  }
  return at;
}

/** `$($x:tt)*` or `$($x:tt)+` in front of a closing delimiter or the end: nothing but it can take what comes before that. */
function isTreeRun(locs: readonly MatcherLoc[], at: number, loc: Extract<MatcherLoc, { readonly kind: "sequence" }>): boolean {
  const inside = locs[at + 1];
  const last = locs[at + 2];
  const behind = locs[loc.after];
  if (inside?.kind !== "var" || inside.fragment !== "tt" || last?.kind !== "repeat" || last.op === "?" || loc.op === "?") return false;
  return loc.after === at + 3 && (behind?.kind === "end" || (behind?.kind === "token" && behind.tokenKind === "close"));
}

function takeTrees(cursor: Cursor): readonly MatchLeaf[] {
  const { tokens } = cursor.trees;
  const leaves: MatchLeaf[] = [];
  for (let token = tokens[cursor.pos]; token !== undefined && token.kind !== "close"; token = tokens[cursor.pos]) {
    const from = cursor.pos;
    bumpTree(cursor);
    leaves.push({ kind: "leaf", fragment: "tt", tokens: cursor.pos === from + 1 ? [token] : tokens.slice(from, cursor.pos) });
  }
  return leaves;
}

function failWith(kind: MacroError["kind"], message: Message, cursor: Cursor): MatchOutcome {
  return { kind: "error", error: macroError(kind, message, peekToken(cursor)) };
}

/** All ways stand before the current token: ends, or moves on by one token or one fragment. */
function advance(matching: Matching): MatchOutcome | undefined {
  const { cursor, next, fragments, ended } = matching;
  if (peekKind(cursor) === "end") {
    if (ended.length > 1) return failWith("ambiguous", msg("several ways to match this call"), cursor);
    return ended[0] === undefined ? { kind: "failed", at: cursor.pos } : { kind: "matched", captures: ended[0].captures };
  }
  const fragment = fragments[0];
  if (fragment === undefined && next.length === 0) return { kind: "failed", at: cursor.pos };
  if (fragment === undefined) {
    bump(cursor);
    for (const thread of next) matching.current.push(thread);
    matching.next = [];
    return undefined;
  }
  if (fragments.length > 1 || next.length > 0) return failWith("ambiguous", msg("several ways to match this call"), cursor);
  fragments.pop();
  return takeFragment(matching, fragment);
}

function takeFragment(matching: Matching, thread: Thread): MatchOutcome | undefined {
  const { locs, cursor, current } = matching;
  const loc = locs[thread.at];
  if (loc?.kind !== "var") return undefined;
  const from = { pos: cursor.pos, split: cursor.split };
  const begin = peekToken(cursor);
  if (!skipFragment(cursor, loc.fragment)) return { kind: "error", error: macroError("fragment", fragmentMissing(loc.fragment), begin) };
  const leaf = { kind: "leaf", fragment: loc.fragment, tokens: tokensBetween(cursor, from) } as const;
  const { variable, depth } = loc;
  current.push({ at: thread.at + 1, captures: { kind: "leaf", previous: thread.captures, variable, depth, leaf } });
  return undefined;
}

/** Moves one way on without taking a token, or lines it up for the current token. */
function step(matching: Matching, thread: Thread): void {
  const { locs, cursor, current } = matching;
  const loc = locs[thread.at];
  const { captures } = thread;
  switch (loc?.kind) {
    case "token":
      if (fits(cursor, loc)) matching.next.push({ at: thread.at + 1, captures });
      break;
    case "sequence": {
      const entered: Capture = { kind: "open", previous: captures, firstVar: loc.firstVar, endVar: loc.endVar, depth: loc.depth };
      if (loc.op !== "+") current.push({ at: loc.after, captures: entered });
      current.push({ at: thread.at + 1, captures: entered });
      break;
    }
    case "repeat":
      current.push({ at: thread.at + 1, captures });
      if (loc.op !== "?") current.push({ at: loc.first, captures });
      break;
    case "separator":
      current.push({ at: thread.at + 2, captures });
      if (fits(cursor, loc)) matching.next.push({ at: thread.at + 1, captures });
      break;
    case "again":
      current.push({ at: loc.first, captures });
      break;
    case "var":
      if (asksFor(cursor, loc.fragment)) matching.fragments.push(thread);
      break;
    default:
      if (peekKind(cursor) === "end") matching.ended.push(thread);
  }
}

function fits(cursor: Cursor, loc: { readonly tokenKind: TokenKind; readonly text: string }): boolean {
  const token = peekToken(cursor);
  return token !== undefined && token.kind === loc.tokenKind && peekText(cursor) === loc.text && token.group === undefined;
}

function asksFor(cursor: Cursor, fragment: FragmentKind): boolean {
  const token = peekToken(cursor);
  return token !== undefined && mayBegin(fragment, cursor.split === 0 ? token : rest(token, cursor.split));
}

function rest(token: Token, split: number): Token {
  return { ...token, text: token.text.slice(split) };
}
