/**
 * The result of an expansion: text for the parser, and for each of its tokens where it came from.
 *
 * A call found in the text at an offset is expanded with `tokensInRange` (not by reading the text again), so places,
 * hygiene, `$crate` and captured fragments survive any chain of expansions.
 *
 * Invariant: tokens are in text order; offsets are UTF-16 offsets of `text`; the tokens of an invisible group carry the text they
 * were given, perhaps none.
 */

import type { Result } from "../base/result.ts";
import { ok } from "../base/result.ts";
import type { MacroError } from "./macro-error.ts";
import { render } from "./render.ts";
import type { CrateMark, Span, Token } from "./token.ts";
import { sourceCallsite } from "./token.ts";
import type { TokenTable } from "./token-table.ts";
import { indexAtOffset, packTokens, tokenAtIndex } from "./token-table.ts";
import { parseTokenTrees } from "./token-tree.ts";

export interface Expansion {
  readonly text: string;
  readonly tokens: TokenTable;
}

/** Makes an expansion of tokens, as of a builtin macro or a file of tokens. */
export function expansionOf(tokens: readonly Token[]): Result<Expansion, MacroError> {
  const trees = parseTokenTrees(tokens);
  if (!trees.ok) return trees;
  const rendered = render(trees.value);
  return ok({ text: rendered.text, tokens: packTokens(rendered.text, rendered.tokens, rendered.starts) });
}

/** The index of the visible token that covers `offset`. */
function indexCovering(table: TokenTable, offset: number): number | undefined {
  for (let at = indexAtOffset(table, offset + 1) - 1; at >= 0; at--) {
    const end = table.ends[at] ?? 0;
    if (end !== table.starts[at]) return offset < end ? at : undefined;
  }
  return undefined;
}

/** The visible token that covers `offset`. */
export function tokenAtOffset(expansion: Expansion, offset: number): Token | undefined {
  const at = indexCovering(expansion.tokens, offset);
  return at === undefined ? undefined : tokenAtIndex(expansion.tokens, at);
}

/** All tokens. */
export function allTokens(expansion: Expansion): readonly Token[] {
  return tokensInRange(expansion, 0, expansion.text.length);
}

/**
 * The tokens of a range of the text, as of a call's or a definition's body. Give the range without its delimiters (or with
 * both); invisible groups that only begin or only end in it are left out.
 */
export function tokensInRange(expansion: Expansion, start: number, end: number): readonly Token[] {
  const table = expansion.tokens;
  const found: Token[] = [];
  for (let at = indexAtOffset(table, start); at < table.length; at++) {
    if ((table.ends[at] ?? 0) > end) break;
    const token = tokenAtIndex(table, at);
    if (token !== undefined) found.push(token);
  }
  return withoutHalfGroups(found);
}

function withoutHalfGroups(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ group }) => group !== undefined)) return tokens;
  const open: number[] = [];
  const half = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    if (token.group === undefined) continue;
    if (token.kind === "open") open.push(at);
    else if (open.pop() === undefined) half.add(at);
  }
  for (const at of open) half.add(at);
  return half.size === 0 ? tokens : tokens.filter((_, at) => !half.has(at));
}

/** Where a piece of expanded text is written. */
export interface Origin {
  /** `call`: written in the arguments of the calls the user sees; `def`: by a definition somewhere on the way. */
  readonly kind: "call" | "def";
  /** The token as written, in the call's text or the definition's. */
  readonly written: Span;
  /** The place to show in the user's file: the token's own, or that of the call that made it. */
  readonly shown: Span;
}

/** The origin of the token at an offset of the text. */
export function originAt(expansion: Expansion, offset: number): Origin | undefined {
  const token = tokenAtOffset(expansion, offset);
  if (token === undefined) return undefined;
  return { kind: token.ctx === undefined ? "call" : "def", written: token, shown: sourceCallsite(token) };
}

/** All `$crate` of the text, in order. */
export function crateMarks(expansion: Expansion): readonly { readonly offset: number; readonly crate: CrateMark }[] {
  const { tokens } = expansion;
  const marks: { offset: number; crate: CrateMark }[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const crate = tokens.origins[tokens.originIndices[at] ?? -1]?.crate;
    if (crate !== undefined) marks.push({ offset: tokens.starts[at] ?? 0, crate });
  }
  return marks;
}
