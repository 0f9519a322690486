/**
 * A declarative macro in the form the matcher and the transcriber run: per rule a flat program of matcher locations and a
 * tree of transcriber operations.
 *
 * `($($x:expr),*) => { [$($x),*] }` → matcher `sequence` `var x` `separator ,` `again` `end`; transcriber `[` `sequence(x)` `]`.
 *
 * Invariant: a repetition of the matcher never matches nothing (rustc refuses such definitions), so matching ends.
 * Source: rustc_expand::mbe (1.95): macro_parser::MatcherLoc, mbe::TokenTree.
 */
import type { CrateMark, Edition, FragmentKind, Token, TokenKind } from "./token.ts";

export type RepeatOp = "*" | "+" | "?";

/** A metavariable of a rule's matcher. */
export interface MetaVar {
  readonly name: string;
  readonly fragment: FragmentKind;
  /** How many repetitions it stands in. */
  readonly depth: number;
}

/** One place of the matcher. Delimiters are ordinary tokens. */
export type MatcherLoc =
  | { readonly kind: "token"; readonly tokenKind: TokenKind; readonly text: string }
  /** Enters a repetition, or skips it to `after` when it may be empty. */
  | {
      readonly kind: "sequence";
      readonly op: RepeatOp;
      readonly after: number;
      /** The metavariables inside are `firstVar` to `endVar` (exclusive); the repetition stands at `depth`. */
      readonly firstVar: number;
      readonly endVar: number;
      readonly depth: number;
    }
  /** The end of a repetition without separator: leaves it or begins again at `first`. */
  | { readonly kind: "repeat"; readonly op: RepeatOp; readonly first: number }
  /** The end of a repetition with a separator: leaves it (two places on), or takes the separator. */
  | { readonly kind: "separator"; readonly tokenKind: TokenKind; readonly text: string }
  /** Behind a separator: begins again at `first`. */
  | { readonly kind: "again"; readonly first: number }
  | { readonly kind: "var"; readonly variable: number; readonly fragment: FragmentKind; readonly depth: number }
  | { readonly kind: "end" };

/** One operation of the transcriber. */
export type TranscribeOp =
  | { readonly kind: "token"; readonly token: Token }
  | { readonly kind: "var"; readonly variable: number; readonly token: Token }
  | { readonly kind: "crate"; readonly token: Token }
  | {
      readonly kind: "sequence";
      readonly ops: readonly TranscribeOp[];
      readonly separator: Token | undefined;
      readonly op: RepeatOp;
      /** The metavariables that decide how often it repeats. */
      readonly variables: readonly number[];
      readonly token: Token;
    }
  | { readonly kind: "metaExpr"; readonly expr: MetaVarExpr; readonly token: Token };

/** `${…}` in a transcriber. Source: RFC 3086, rustc_expand::mbe::metavar_expr. */
export type MetaVarExpr =
  | { readonly kind: "count"; readonly variable: number; readonly depth: number | undefined }
  | { readonly kind: "index" | "len"; readonly depth: number }
  | { readonly kind: "ignore"; readonly variable: number }
  | { readonly kind: "concat"; readonly parts: readonly ConcatPart[] };

/** A part of `${concat(…)}`: text as written, or a variable's. */
export type ConcatPart = { readonly kind: "text"; readonly text: string } | { readonly kind: "var"; readonly variable: number };

export interface MacroRule {
  /** What kind of call the rule serves: `attr(…)` and `derive()` arms serve no `m!(…)` call. */
  readonly form: "bang" | "attr" | "derive";
  /** The variables of `matcher` (and of `argsMatcher`, which come first). */
  readonly variables: readonly MetaVar[];
  /** For `attr` arms: what the attribute's own arguments must match. */
  readonly argsMatcher: readonly MatcherLoc[] | undefined;
  readonly matcher: readonly MatcherLoc[];
  readonly transcriber: readonly TranscribeOp[];
}

export interface MacroDefOptions {
  readonly name: string;
  /** Of the crate whose text the definition is: decides what `pat` and `expr` take. */
  readonly edition: Edition;
  /** What `$crate` means. */
  readonly crate: CrateMark;
  /** `macro_rules! m { … }`, or `macro m(…) { … }` with its other hygiene. */
  readonly kind: "macro_rules" | "macro";
  /** `#[macro_export(local_inner_macros)]`: what it calls by a single name is a macro of its crate. */
  readonly callsOwnCrate?: boolean | undefined;
}

export interface MacroDef extends MacroDefOptions {
  readonly rules: readonly MacroRule[];
}
