/**
 * Rust's lexer, for macro input: text → tokens with UTF-16 offsets, comments and spaces left out, doc comments kept.
 *
 * `x.0 >>= 'a: 'b' /// c` → `x` `.` `0` `>>=` `'a` `:` `'b'` doc. Punctuation is taken as long as possible, as rustc's
 * parser glues it; whether two tokens were joint can be read off their offsets (`isJoint`).
 *
 * Invariant: linear and iterative, whatever the nesting. An unterminated literal or a foreign character is an error value.
 * Source: rustc_lexer, rustc_parse::lexer (1.95); Reference, "Tokens".
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { identEnd, isDigit, isIdentStartAt, isSpace } from "./char-class.ts";
import type { GroupMark } from "./group-mark.ts";
import { groupMark } from "./group-mark.ts";
import type { Lexer } from "./lexer-literals.ts";
import { isLiteralPrefix, lexNumber, lexPrefixed, lexQuote, lexString } from "./lexer-literals.ts";
import type { MacroError } from "./macro-error.ts";
import type { FragmentGroup, SourceId, Token, TokenKind } from "./token.ts";

export interface LexInput {
  readonly text: string;
  /** Names the text in the tokens. */
  readonly source: SourceId;
  /** UTF-16 offsets of the part to read; the whole text by default. */
  readonly start?: number;
  readonly end?: number;
}

/** The tokens of a text or of a part of it. */
export function lex(input: LexInput): Result<readonly Token[], MacroError> {
  const end = input.end ?? input.text.length;
  const text = end === input.text.length ? input.text : input.text.slice(0, end);
  const lexer: Lexer = { text, source: input.source, pos: input.start ?? 0, out: [], error: undefined };
  if (lexer.pos === 0) skipShebang(lexer);
  while (lexer.pos < end && lexer.error === undefined) lexOne(lexer);
  return lexer.error === undefined ? ok(lexer.out) : err(lexer.error);
}

/** `#!/usr/bin/env …` on the first line, unless it is an inner attribute `#![…]`. */
function skipShebang(lexer: Lexer): void {
  if (!lexer.text.startsWith("#!") || /^#!\s*\[/.test(lexer.text)) return;
  const newline = lexer.text.indexOf("\n");
  lexer.pos = newline < 0 ? lexer.text.length : newline;
}

function lexOne(lexer: Lexer): void {
  const { text, pos } = lexer;
  const code = text.charCodeAt(pos);
  if (isSpace(code)) lexer.pos++;
  else if (isIdentStartAt(text, pos)) lexIdent(lexer);
  else if (isDigit(code)) lexNumber(lexer);
  else if (code === 0x22) lexString(lexer, pos, pos);
  else if (code === 0x27) lexQuote(lexer);
  else if (code === 0x2f && text.charCodeAt(pos + 1) === 0x2f) lexLineComment(lexer);
  else if (code === 0x2f && text.charCodeAt(pos + 1) === 0x2a) lexBlockComment(lexer);
  else lexPunct(lexer, code);
}

function push(lexer: Lexer, kind: TokenKind, end: number): void {
  const { pos, source } = lexer;
  const text = lexer.text.slice(pos, end);
  lexer.out.push({ kind, text, source, start: pos, end, ctx: undefined, crate: undefined, group: undefined });
  lexer.pos = end;
}

function lexIdent(lexer: Lexer): void {
  const { text, pos } = lexer;
  const end = identEnd(text, pos);
  const next = text.charCodeAt(end);
  const isQuoteOrHash = next === 0x22 || next === 0x27 || next === 0x23;
  if (isQuoteOrHash && end - pos <= 2 && isLiteralPrefix(text.slice(pos, end))) lexPrefixed(lexer, end);
  else push(lexer, "ident", end);
}

function lexLineComment(lexer: Lexer): void {
  const { text, pos } = lexer;
  const newline = text.indexOf("\n", pos);
  const end = newline < 0 ? text.length : newline;
  const third = text.charCodeAt(pos + 2);
  const isDoc = third === 0x21 || (third === 0x2f && text.charCodeAt(pos + 3) !== 0x2f);
  if (isDoc) push(lexer, "doc", end);
  lexer.pos = end;
}

const BLOCK_EDGE = /\/\*|\*\//g;

function lexBlockComment(lexer: Lexer): void {
  const { text, pos } = lexer;
  let depth = 0;
  BLOCK_EDGE.lastIndex = pos;
  let end = -1;
  while (end < 0) {
    const edge = BLOCK_EDGE.exec(text);
    if (edge === null) {
      lexer.error = { kind: "syntax", message: msg("unterminated block comment"), offset: pos, source: lexer.source };
      return;
    }
    depth += edge[0] === "/*" ? 1 : -1;
    if (depth === 0) end = BLOCK_EDGE.lastIndex;
  }
  const third = text.charAt(pos + 2);
  const mark = groupMark(text.slice(pos, Math.min(end, pos + LONGEST_MARK)));
  if (mark !== undefined) {
    pushGroup(lexer, mark, mark.isDelimited ? end + 1 : end);
    return;
  }
  const isDoc = third === "!" || (third === "*" && text.charAt(pos + 3) !== "*" && end - pos > 4);
  if (isDoc) push(lexer, "doc", end);
  lexer.pos = end;
}

/** The length of a mark with everything in it. */
const LONGEST_MARK = 8;

/** A delimiter of a captured fragment; that of the end has the group of the last one that is open. */
function pushGroup(lexer: Lexer, mark: GroupMark, end: number): void {
  const group = mark.kind === "open" ? mark.group : openGroup(lexer.out);
  const { pos, source } = lexer;
  if (group !== undefined) lexer.out.push({ kind: mark.kind, text: "", source, start: pos, end, ctx: undefined, crate: undefined, group });
  lexer.pos = end;
}

function openGroup(tokens: readonly Token[]): FragmentGroup | undefined {
  let depth = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token?.group === undefined) continue;
    depth += token.kind === "open" ? 1 : -1;
    if (depth > 0) return token.group;
  }
  return undefined;
}

/** Longer punctuation by its first character, longest first. */
const LONG_PUNCT: ReadonlyMap<number, readonly string[]> = new Map(
  [
    ["<<=", "<<", "<=", "<-"],
    [">>=", ">>", ">="],
    ["..=", "...", ".."],
    ["==", "=>"],
    ["!="],
    ["&&", "&="],
    ["||", "|="],
    ["+="],
    ["->", "-="],
    ["*="],
    ["/="],
    ["%="],
    ["^="],
    ["::"],
  ].map((list) => [list[0]?.charCodeAt(0) ?? 0, list] as const),
);

const SINGLE_PUNCT = new Set([..."<>.=!&|+-*/%^:,;@#$?~"].map((char) => char.charCodeAt(0)));

function lexPunct(lexer: Lexer, code: number): void {
  const { text, pos } = lexer;
  if (code === 0x28 || code === 0x5b || code === 0x7b) push(lexer, "open", pos + 1);
  else if (code === 0x29 || code === 0x5d || code === 0x7d) push(lexer, "close", pos + 1);
  else if (SINGLE_PUNCT.has(code)) push(lexer, "punct", pos + punctLength(text, pos, code));
  else {
    const char = String.fromCodePoint(text.codePointAt(pos) ?? 0);
    lexer.error = { kind: "syntax", message: msg("`{char}` is not a Rust token", { char }), offset: pos, source: lexer.source };
  }
}

function punctLength(text: string, pos: number, code: number): number {
  for (const long of LONG_PUNCT.get(code) ?? []) if (text.startsWith(long, pos)) return long.length;
  return 1;
}
