/**
 * The literals of the lexer: numbers, characters against lifetimes, strings of every prefix.
 *
 * Invariant: each function reads one token from `lexer.pos`, pushes it and moves on, or sets `lexer.error`.
 * Example: `1..2` is `1` `..` `2`; `1.foo()` is `1` `.` `foo`; `1.` and `1.0e-3f32` are one literal.
 * Source: rustc_lexer 1.95; Reference, "Tokens", "Literals".
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import { identEnd, isDigit, isIdentStartAt } from "./char-class.ts";
import type { MacroError } from "./macro-error.ts";
import type { SourceId, Token, TokenKind } from "./token.ts";

/** The lexer at work. */
export interface Lexer {
  /** Cut at the end of the part to read. */
  readonly text: string;
  readonly source: SourceId;
  pos: number;
  readonly out: Token[];
  error: MacroError | undefined;
}

function push(lexer: Lexer, kind: TokenKind, end: number): void {
  const text = lexer.text.slice(lexer.pos, end);
  lexer.out.push({ kind, text, source: lexer.source, start: lexer.pos, end, ctx: undefined, crate: undefined, group: undefined });
  lexer.pos = end;
}

function fail(lexer: Lexer, message: Message): void {
  lexer.error = { kind: "syntax", message, offset: lexer.pos, source: lexer.source };
}

/** True for what can stand before a quote or `#` as part of a literal or a raw identifier. */
export function isLiteralPrefix(prefix: string): boolean {
  return prefix === "r" || prefix === "b" || prefix === "br" || prefix === "c" || prefix === "cr";
}

/** Reads `r"…"`, `r#"…"#`, `r#ident`, `b'…'`, `b"…"`, `br#"…"#`, `c"…"`, `cr"…"`; `at` is the end of the prefix. */
export function lexPrefixed(lexer: Lexer, at: number): void {
  const { text, pos } = lexer;
  const isRaw = text.charCodeAt(at - 1) === 0x72;
  const next = text.charCodeAt(at);
  if (isRaw && next === 0x23 && isIdentStartAt(text, at + 1)) push(lexer, "ident", identEnd(text, at + 1));
  else if (isRaw && next !== 0x27) lexRawString(lexer, at);
  else if (next === 0x22) lexString(lexer, pos, at);
  else if (next === 0x27 && text.charAt(pos) === "b" && !isRaw) lexChar(lexer, at);
  else push(lexer, "ident", at);
}

function lexRawString(lexer: Lexer, at: number): void {
  const { text } = lexer;
  let open = at;
  while (text.charCodeAt(open) === 0x23) open++;
  if (text.charCodeAt(open) !== 0x22) {
    push(lexer, "ident", at);
    return;
  }
  const close = text.indexOf(`"${"#".repeat(open - at)}`, open + 1);
  if (close < 0) fail(lexer, msg("unterminated raw string"));
  else push(lexer, "literal", identEnd(text, close + 1 + open - at));
}

/** Reads a string with escapes whose quote stands at `quote`; the token begins at `from`. */
export function lexString(lexer: Lexer, from: number, quote: number): void {
  const { text } = lexer;
  lexer.pos = from;
  for (let at = quote + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) {
      push(lexer, "literal", identEnd(text, at + 1));
      return;
    }
  }
  fail(lexer, msg("unterminated string"));
}

/** Reads what begins with `'`: a lifetime or a character. */
export function lexQuote(lexer: Lexer): void {
  const { text, pos } = lexer;
  const first = text.codePointAt(pos + 1) ?? 0;
  const afterFirst = pos + 1 + (first > 0xffff ? 2 : 1);
  const canBeLifetime = text.charCodeAt(afterFirst) !== 0x27 && (isIdentStartAt(text, pos + 1) || isDigit(first));
  if (canBeLifetime) lexLifetime(lexer);
  else lexChar(lexer, pos);
}

function lexLifetime(lexer: Lexer): void {
  const { text, pos } = lexer;
  const end = identEnd(text, pos + 1);
  if (text.charCodeAt(end) === 0x27) push(lexer, "literal", end + 1);
  else if (text.slice(pos, end) === "'r" && text.charAt(end) === "#" && isIdentStartAt(text, end + 1))
    push(lexer, "lifetime", identEnd(text, end + 1));
  else push(lexer, "lifetime", end);
}

function lexChar(lexer: Lexer, quote: number): void {
  const { text } = lexer;
  for (let at = quote + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x0a && at > quote + 1) break;
    else if (code === 0x27 && at > quote + 1) {
      push(lexer, "literal", identEnd(text, at + 1));
      return;
    }
  }
  fail(lexer, msg("unterminated character literal"));
}

/** Reads a number with its suffix. */
export function lexNumber(lexer: Lexer): void {
  const { text, pos } = lexer;
  const second = text.charAt(pos + 1);
  const hasBase = text.charAt(pos) === "0" && (second === "x" || second === "o" || second === "b");
  if (hasBase) push(lexer, "literal", identEnd(text, pos + 2));
  else push(lexer, "literal", identEnd(text, exponentEnd(text, fractionEnd(text, digitsEnd(text, pos)))));
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at)) || text.charCodeAt(at) === 0x5f) at++;
  return at;
}

function fractionEnd(text: string, dot: number): number {
  if (text.charCodeAt(dot) !== 0x2e || text.charCodeAt(dot + 1) === 0x2e || isIdentStartAt(text, dot + 1)) return dot;
  return isDigit(text.charCodeAt(dot + 1)) ? digitsEnd(text, dot + 1) : dot + 1;
}

function exponentEnd(text: string, at: number): number {
  const letter = text.charAt(at);
  if (letter !== "e" && letter !== "E") return at;
  const sign = text.charAt(at + 1);
  const from = sign === "+" || sign === "-" ? at + 2 : at + 1;
  const end = digitsEnd(text, from);
  return end > from ? end : at;
}
