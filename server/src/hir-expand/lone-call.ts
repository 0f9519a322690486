/**
 * Output of a macro that is nothing but one more call, as that of macros that take their input apart step by step.
 *
 * `m! { @step [a] b c }` → path `m`, arguments `@step [a] b c`; not `m! { a } m! { b }`, `#[cfg(x)] m! {}` or `m!().x`.
 *
 * Invariant: the arguments are balanced.
 */
import type { Token } from "./token.ts";

export interface LoneCall {
  readonly path: readonly Token[];
  readonly args: readonly Token[];
}

/** The longest path that is looked at, in tokens. */
const LONGEST_PATH = 16;

/** The call that tokens are, if they are one call and nothing else. */
export function loneCall(tokens: readonly Token[]): LoneCall | undefined {
  const length = pathLength(tokens);
  const open = tokens[length + 1];
  if (length === 0 || tokens[length]?.text !== "!" || open?.kind !== "open" || open.group !== undefined) return undefined;
  const end = tokens.at(-1)?.text === ";" && open.text !== "{" ? tokens.length - 2 : tokens.length - 1;
  return closeOf(tokens, length + 1) === end ? { path: tokens.slice(0, length), args: tokens.slice(length + 2, end) } : undefined;
}

/** How many tokens in front are names with `::` between them. */
function pathLength(tokens: readonly Token[]): number {
  let at = tokens[0]?.text === "::" ? 1 : 0;
  while (at < LONGEST_PATH && tokens[at]?.kind === "ident") {
    at += 1;
    if (tokens[at]?.text !== "::") return at;
    at += 1;
  }
  return 0;
}

function closeOf(tokens: readonly Token[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const kind = tokens[at]?.kind;
    if (kind === "open") depth += 1;
    else if (kind === "close" && --depth === 0) return at;
  }
  return undefined;
}
