/**
 * The text `stringify!` makes of tokens: spaces as written where tokens stand side by side in a source, else rustc's rules.
 *
 * `stringify!(a+b, x . y)` → `a+b, x.y`; captured names print as they are.
 *
 * Invariant: deterministic; for names, paths and literals it is rustc's text. Source: rustc_ast_pretty::pprust::state::
 * {print_tts, space_between} (1.95).
 */

import type { Token } from "./token.ts";
import { isJoint } from "./token.ts";
import { isReserved } from "./token-class.ts";

/** The tokens as text. */
export function stringifyTokens(tokens: readonly Token[]): string {
  let text = "";
  let previous: Token | undefined;
  for (const token of tokens) {
    if (token.group !== undefined) continue;
    if (previous !== undefined && isSpaced(previous, token)) text += " ";
    text += token.text;
    previous = token;
  }
  return text;
}

function isSpaced(left: Token, right: Token): boolean {
  if (isJoint(left, right)) return false;
  if (left.kind === "open") return left.text === "{" && right.kind !== "close";
  if (right.kind === "close") return right.text === "}";
  if (left.text === "." && right.kind !== "punct") return false;
  if (left.kind !== "punct" && (right.text === "," || right.text === ";" || right.text === ".")) return false;
  if (left.text === "#" && right.text === "[") return false;
  return !(right.text === "(" && left.kind === "ident" && isCallable(left.text));
}

function isCallable(name: string): boolean {
  return !isReserved(name) || name === "fn" || name === "Self" || name === "pub";
}
