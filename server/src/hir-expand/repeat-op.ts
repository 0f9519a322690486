/**
 * The tail of a repetition, in matchers and transcribers alike: `$( … ) sep op`.
 *
 * `$(…),*` → separator `,`, op `*`; `$(…)+` → no separator, op `+`.
 * Source: rustc_expand::mbe::quoted::parse_sep_and_kleene_op (1.95).
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { RepeatOp } from "./macro-def.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { Token } from "./token.ts";

/** How deep repetitions may nest; deeper ones are refused, so that the transcriber's recursion is bounded. */
export const MAX_REPETITION_DEPTH = 64;

export interface RepeatTail {
  readonly separator: Token | undefined;
  readonly op: RepeatOp;
  /** The index behind the operator. */
  readonly next: number;
}

function repeatOp(token: Token | undefined): RepeatOp | undefined {
  if (token?.kind !== "punct") return undefined;
  return token.text === "*" || token.text === "+" || token.text === "?" ? token.text : undefined;
}

/** Reads separator and operator behind the `)` of a repetition. */
export function parseRepeatTail(tokens: readonly Token[], at: number): Result<RepeatTail, MacroError> {
  const first = tokens[at];
  const op = repeatOp(first);
  if (op !== undefined) return ok({ separator: undefined, op, next: at + 1 });
  const second = repeatOp(tokens[at + 1]);
  if (first === undefined || second === undefined || first.kind === "open" || first.kind === "close")
    return err(macroError("definition", msg("expected one of: `*`, `+`, or `?`"), first));
  return ok({ separator: first, op: second, next: at + 2 });
}
