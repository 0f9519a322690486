/**
 * Locals of different expansions that share a name, told apart in the text of an expansion.
 *
 * `let $x = 4; let x = 9; $x + x` with `$x` = `x` → `let x = 4; let x‹1› = 9; x + x‹1›`.
 *
 * Invariants: only names that some pattern of the tokens binds and that come from more than one expansion change; fields, methods,
 * parts of paths, attributes and names of items never do. A changed name that is no local after all means the item of its written
 * name. Source: Reference, "Macros By Example", "Hygiene" (locals and labels are looked up where the macro is defined).
 */
import type { SyntaxContext, Token } from "./token.ts";
import { withText } from "./token.ts";
import { DECLARING_WORDS, isReserved } from "./token-class.ts";

/** In front of the number: a letter that may continue a name (U+A9CF, a Javanese sign) and that nobody writes. */
const SIGN = "\ua9cf";
const MARKED_NAME = /\ua9cf\d+$/;

/** The name as it was written. */
export function writtenName(text: string): string {
  return text.includes(SIGN) ? text.replace(MARKED_NAME, "") : text;
}

/** The tokens with numbers on the names of locals that would be mixed up. */
export function separateLocals(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some((token) => token.ctx !== undefined)) return tokens;
  const bound = boundNames(tokens);
  const mixed = mixedNames(tokens, bound);
  if (mixed.size === 0) return tokens;
  const attributes = attributeTokens(tokens);
  return tokens.map((token, at) => {
    const number = mixed.get(token.text)?.get(token.ctx) ?? 0;
    if (number === 0 || attributes.has(at) || !isLocalPlace(tokens, at)) return token;
    return withText(token, `${token.text}${SIGN}${number}`);
  });
}

/** The tokens of attributes. */
function attributeTokens(tokens: readonly Token[]): ReadonlySet<number> {
  const found = new Set<number>();
  let end = -1;
  tokens.forEach((token, at) => {
    const isBehindSign = tokens[at - 1]?.text === "#" || (tokens[at - 1]?.text === "!" && tokens[at - 2]?.text === "#");
    if (token.text === "[" && isBehindSign && at > end) end = closeOf(tokens, at);
    if (at < end) found.add(at);
  });
  return found;
}

function closeOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const { kind, group } = tokens[at] ?? {};
    if (group === undefined && kind === "open") depth += 1;
    else if (group === undefined && kind === "close" && --depth === 0) return at;
  }
  return tokens.length;
}

/** Bound names that come from several expansions: a number for each, 0 for the call's own. */
function mixedNames(
  tokens: readonly Token[],
  bound: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlyMap<SyntaxContext | undefined, number>> {
  const found = new Map<string, Map<SyntaxContext | undefined, number>>();
  if (bound.size === 0) return found;
  const given = highestNumber(tokens);
  for (const token of tokens) {
    if (token.kind !== "ident" || !bound.has(token.text)) continue;
    const contexts = found.get(token.text) ?? new Map<SyntaxContext | undefined, number>();
    found.set(token.text, contexts);
    if (!contexts.has(token.ctx)) contexts.set(token.ctx, token.ctx === undefined ? 0 : given + contexts.size + 1);
  }
  for (const [name, contexts] of found) if (contexts.size < 2) found.delete(name);
  return found;
}

/** The highest number given before, as in a call inside an expansion. */
function highestNumber(tokens: readonly Token[]): number {
  let highest = 0;
  for (const { text } of tokens) if (text.includes(SIGN)) highest = Math.max(highest, Number(text.slice(text.lastIndexOf(SIGN) + 1)) || 0);
  return highest;
}

/** Names that patterns bind: behind `let` and `for`, in front of `=>`, between the bars of a closure, parameters of functions. */
function boundNames(tokens: readonly Token[]): ReadonlySet<string> {
  const bound = new Set<string>();
  tokens.forEach((token, at) => {
    if (token.text === "let" || (token.text === "for" && !isOfImpl(tokens, at))) bindForward(tokens, at + 1, bound, PATTERN_ENDS);
    else if (token.text === "=>") bindBackward(tokens, at - 1, bound);
    else if (token.text === "|" && BEFORE_CLOSURE.has(tokens[at - 1]?.text ?? "(")) bindForward(tokens, at + 1, bound, CLOSURE_ENDS);
    else if (token.text === "fn") bindParameters(tokens, at + 1, bound);
  });
  return bound;
}

/** `impl A for B`, `impl A<B> for C`, `for<'a>`: no loop begins behind a name. */
function isOfImpl(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (tokens[at + 1]?.text === "<") return true;
  return before !== undefined && ((before.kind === "ident" && !isReserved(before.text)) || before.text === ">");
}

const PATTERN_ENDS = new Set(["=", ";", "in", "else", "let"]);
const CLOSURE_ENDS = new Set(["|", ";"]);
const BEFORE_CLOSURE = new Set(["(", ",", "=", "move", "{", ";", "return", "=>", "const"]);

/** How many tokens of a pattern are looked at. */
const LONGEST_PATTERN = 200;

function bindForward(tokens: readonly Token[], from: number, bound: Set<string>, ends: ReadonlySet<string>): void {
  for (let at = from; at < tokens.length && at < from + LONGEST_PATTERN; at++) {
    if (ends.has(tokens[at]?.text ?? "")) return;
    bind(tokens, at, bound);
  }
}

/** A pattern in front of `=>`, back to where its arm begins. */
function bindBackward(tokens: readonly Token[], from: number, bound: Set<string>): void {
  let depth = 0;
  for (let at = from; at >= 0 && at > from - LONGEST_PATTERN; at--) {
    const token = tokens[at];
    if (token === undefined) return;
    depth += depthOf(token);
    if (depth < 0 || (depth === 0 && token.text === ",") || (depth === 1 && endsArm(tokens, at))) return;
    bind(tokens, at, bound);
  }
}

/** What a delimiter adds to the depth on the way back. */
function depthOf({ kind, group }: Token): number {
  if (group !== undefined || (kind !== "open" && kind !== "close")) return 0;
  return kind === "close" ? 1 : -1;
}

/** Whether a brace ends the arm before, as one of a struct pattern does not. */
function endsArm(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.text === "}" && !BEHIND_PATTERN.has(tokens[at + 1]?.text ?? "");
}

const BEHIND_PATTERN = new Set(["=>", "|", "if", ")", ",", "@"]);

function bindParameters(tokens: readonly Token[], from: number, bound: Set<string>): void {
  for (let at = from; at < tokens.length && at < from + LONGEST_PATTERN; at++) {
    const { text, kind } = tokens[at] ?? {};
    if (kind === "open" && text === "{") return;
    if (text === ";") return;
    if (tokens[at + 1]?.text === ":") bind(tokens, at, bound);
  }
}

function bind(tokens: readonly Token[], at: number, bound: Set<string>): void {
  const token = tokens[at];
  if (token?.kind === "ident" && /^[\p{Ll}_]/u.test(token.text) && !KEYWORDS.has(token.text) && isLocalPlace(tokens, at))
    bound.add(token.text);
}

const KEYWORDS: ReadonlySet<string> = new Set(
  "as async await bool break char const continue crate dyn else enum extern f32 f64 false fn for i128 i16 i32 i64 i8 if impl in isize let loop match mod move mut pub ref return self static str struct super trait true type u128 u16 u32 u64 u8 union unsafe use usize where while _".split(
    " ",
  ),
);

const BEFORE_OTHERS = new Set([".", "::", "$", ...DECLARING_WORDS]);
const BEHIND_OTHERS = new Set(["::", "!"]);

/** False for fields, methods, parts of paths and names of items. */
function isLocalPlace(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? "";
  const behind = tokens[at + 1]?.text ?? "";
  if (BEFORE_OTHERS.has(before) || BEHIND_OTHERS.has(behind)) return false;
  return behind !== ":" || !(before === "{" || before === ",") || !isInBraces(tokens, at);
}

function isInBraces(tokens: readonly Token[], at: number): boolean {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    const { kind, group, text } = tokens[i] ?? {};
    if (group !== undefined) continue;
    if (kind === "close") depth += 1;
    if (kind === "open" && --depth < 0) return text === "{";
  }
  return false;
}
