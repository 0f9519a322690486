/**
 * Why a macro could not be read or expanded: a value, with a sentence for the user and the place it points at.
 *
 * Example: `{ kind: "noRule", message: "no rule of `vec!` matches this call", offset: 120 }`.
 */
import type { Message } from "../base/message.ts";
import type { SourceId, Span } from "./token.ts";

export type MacroErrorKind =
  /** The text is not a sequence of Rust tokens, or its delimiters are not balanced. */
  | "syntax"
  /** The macro's definition is malformed. */
  | "definition"
  /** Understood, but not done. */
  | "unsupported"
  | "noRule"
  | "ambiguous"
  /** A fragment (`$x:expr`) does not parse. rustc gives up there too, without trying the next rule. */
  | "fragment"
  /** Repetitions of different lengths, a variable used at the wrong depth. */
  | "repetition"
  | "limit"
  /** A builtin macro's arguments are not what it takes, or its answer is not known. */
  | "builtin";

export interface MacroError {
  readonly kind: MacroErrorKind;
  readonly message: Message;
  /** Where, in UTF-16 offsets of `source`; undefined for a place at the end of the input. */
  readonly offset: number | undefined;
  readonly source: SourceId | undefined;
}

/** An error placed at a token, or nowhere when the input ended. */
export function macroError(kind: MacroErrorKind, message: Message, at: Span | undefined): MacroError {
  return { kind, message, offset: at?.start, source: at?.source };
}
