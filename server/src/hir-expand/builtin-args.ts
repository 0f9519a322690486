/**
 * The arguments of builtin macros.
 *
 * `a, (b, c),` → `a` and `(b, c)`.
 */
import type { Token } from "./token.ts";

/** Splits at the commas outside of delimiters; a trailing comma makes no argument. */
export function splitCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const args: Token[][] = [];
  let current: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === "open") depth++;
    else if (token.kind === "close") depth--;
    if (depth === 0 && token.kind === "punct" && token.text === ",") {
      args.push(current);
      current = [];
    } else current.push(token);
  }
  if (current.length > 0) args.push(current);
  return args;
}

/** The tokens without invisible delimiters. */
export function unwrapGroups(tokens: readonly Token[]): readonly Token[] {
  return tokens.some((token) => token.group !== undefined) ? tokens.filter((token) => token.group === undefined) : tokens;
}
