/**
 * Token trees as flat tokens with an index: each delimiter knows its partner, so a whole tree is skipped in one step and
 * no nesting can overflow a stack.
 *
 * `f(a, [b])` → tokens `f` `(` `a` `,` `[` `b` `]` `)`, partners of 1 and 7 and of 4 and 6.
 *
 * Invariant: in `TokenTrees` every delimiter has its partner. Source: rustc_parse::lexer::tokentrees (1.95).
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { Token } from "./token.ts";
import { tokenAt } from "./token.ts";

export interface TokenTrees {
  readonly tokens: readonly Token[];
  /** The index of a delimiter's partner; meaningless for other tokens. */
  readonly partners: Int32Array;
}

/** The delimiter that closes another. */
export const CLOSER: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function closes(open: Token, close: Token): boolean {
  if (open.group !== undefined || close.group !== undefined) return open.group === close.group;
  return CLOSER[open.text] === close.text;
}

/** Pairs the delimiters of a token sequence; an error if they are not balanced. */
export function parseTokenTrees(tokens: readonly Token[]): Result<TokenTrees, MacroError> {
  const partners = new Int32Array(tokens.length);
  const open: number[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind === "open") open.push(at);
    else if (token?.kind === "close") {
      const from = open.pop();
      const opener = from === undefined ? undefined : tokens[from];
      if (from === undefined || opener === undefined || !closes(opener, token))
        return err(macroError("syntax", msg("unexpected closing delimiter `{text}`", { text: token.text }), token));
      partners[from] = at;
      partners[at] = from;
    }
  }
  const last = open.pop();
  if (last !== undefined)
    return err(macroError("syntax", msg("unclosed delimiter `{text}`", { text: tokens[last]?.text ?? "" }), tokens[last]));
  return ok({ tokens, partners });
}

/** The partner of the delimiter at `at`; `at` itself when out of range. */
export function partnerOf(trees: TokenTrees, at: number): number {
  return trees.partners[at] ?? at;
}

/** The index behind the token tree that begins at `at`. */
export function treeEnd(trees: TokenTrees, at: number): number {
  return trees.tokens[at]?.kind === "open" ? partnerOf(trees, at) + 1 : at + 1;
}

/** Replaces doc comments by `#[doc = r"…"]` (or `#![…]`), as rustc does for the arguments of a macro call. */
export function desugarDocComments(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some((token) => token.kind === "doc")) return tokens;
  const out: Token[] = [];
  for (const token of tokens) {
    if (token.kind === "doc") out.push(...desugarDoc(token));
    else out.push(token);
  }
  return out;
}

function desugarDoc(doc: Token): Token[] {
  const inner = doc.text.charAt(2) === "!";
  const body = doc.text.startsWith("/*") ? doc.text.slice(3, -2) : doc.text.slice(3).replace(/\r$/, "");
  const hashes = rawHashes(body);
  const make = (kind: Token["kind"], text: string): Token => tokenAt(doc, kind, text);
  return [
    make("punct", "#"),
    ...(inner ? [make("punct", "!")] : []),
    make("open", "["),
    make("ident", "doc"),
    make("punct", "="),
    make("literal", `r${hashes}"${body}"${hashes}`),
    make("close", "]"),
  ];
}

/** The hashes a raw string around `body` needs. */
function rawHashes(body: string): string {
  let longest = -1;
  for (const run of body.matchAll(/"(#*)/g)) longest = Math.max(longest, run[1]?.length ?? 0);
  return "#".repeat(longest + 1);
}
