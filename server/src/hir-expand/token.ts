/**
 * Tokens of macro input and output, and where they come from.
 *
 * A token remembers where it was written (`source`, `start`, `end`) and through which expansions it went (`ctx`), so a chain
 * of expansions needs no map of its own: `m!(struct A;)` yields the very token `A` of the call, and a token of the macro's
 * definition gets a context whose outermost expansion is that call.
 *
 * Invariant: multi-character punctuation is one token (`>>=`), as rustc's parser sees it; delimiters are tokens of kind
 * `open` and `close`; one that carries a `group` is invisible to the language: it wraps a captured fragment.
 * Source: rustc_ast::token, rustc_span::hygiene (1.95).
 */

/** Names a text (a file, a std model); chosen by the caller and only handed back. */
export type SourceId = number | string;

/** Names a crate for `$crate`; chosen by the caller and only handed back. */
export type CrateMark = number;

export type Edition = 2015 | 2018 | 2021 | 2024;

export type TokenKind = "ident" | "lifetime" | "literal" | "punct" | "open" | "close" | "doc";

/** The fragment specifiers, `pat` and `expr` resolved by the edition of the definition. */
export const FRAGMENT_KINDS = [
  "block",
  "expr",
  "expr_2021",
  "ident",
  "item",
  "lifetime",
  "literal",
  "meta",
  "pat",
  "pat_param",
  "path",
  "stmt",
  "tt",
  "ty",
  "vis",
] as const;

export type FragmentKind = (typeof FRAGMENT_KINDS)[number];

/** What an invisible group holds: a captured fragment stays one unit, whatever stands beside it. */
export interface FragmentGroup {
  readonly fragment: FragmentKind;
  /** For expressions: it is a literal, perhaps with a minus, and may be matched as one again. */
  readonly isLiteral: boolean;
}

export interface Span {
  readonly source: SourceId;
  /** UTF-16 offsets in the source's text. */
  readonly start: number;
  readonly end: number;
  /** Undefined: written where it stands, by no macro. */
  readonly ctx: SyntaxContext | undefined;
}

export interface Token extends Span {
  readonly kind: TokenKind;
  /** As written (`r#type`, `'a`, `1u8`, `>>=`); `$crate` is one identifier; a doc comment keeps its slashes. */
  readonly text: string;
  /** The crate a `$crate` identifier means. */
  readonly crate: CrateMark | undefined;
  /** Set on the two delimiters of an invisible group. */
  readonly group: FragmentGroup | undefined;
}

/** One expansion: what tokens of the macro's definition are marked with. */
export interface ExpnData {
  readonly macroName: string;
  readonly kind: "macro_rules" | "macro";
  /** The crate of the definition. */
  readonly crate: CrateMark;
  readonly callSite: Span;
}

/** The expansions a token went through as part of a definition; `outer` is the latest. */
export interface SyntaxContext {
  readonly parent: SyntaxContext | undefined;
  readonly outer: ExpnData;
}

/** True if `next` stands right behind `token` in the same text (`<<` written as `<` `<` is not joint). */
export function isJoint(token: Token, next: Token): boolean {
  return token.end === next.start && token.source === next.source && token.ctx === next.ctx;
}

/** A copy of a token with another text. */
export function withText(token: Token, text: string): Token {
  const { kind, source, start, end, ctx, crate, group } = token;
  return { kind, text, source, start, end, ctx, crate, group };
}

/** A punctuation or other token with the place of `at`. */
export function tokenAt(at: Span, kind: TokenKind, text: string): Token {
  return { kind, text, source: at.source, start: at.start, end: at.end, ctx: at.ctx, crate: undefined, group: undefined };
}

/**
 * The place in written source that stands for a span: its own, or that of the call that made it (rustc's
 * `Span::source_callsite`): a name from a macro's definition is placed at the call in the file.
 */
export function sourceCallsite(span: Span): Span {
  let at = span;
  while (at.ctx !== undefined) at = at.ctx.outer.callSite;
  return at;
}
