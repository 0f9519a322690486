/**
 * Tokens → Rust text that a parser can read, with as few spaces as the tokens need.
 *
 * Invisible groups become nothing where the text means the same without them, else visible ones: `($e)` for `a + b` beside
 * `*`, `<$t>` for `Vec<u8>` before `::`, `($t)` for `dyn A + B` behind `&`, `{$e}` for `1 + 2` among generic arguments.
 * In the arguments of calls, which are read as tokens again, marks keep them (group-mark.ts).
 *
 * Invariant: reading the text again gives the visible tokens; `starts[i]` is the UTF-16 offset of token i in the text.
 * Source: ours; the precedences are the Reference's, "Expressions".
 */
import { markedGroup } from "./group-mark.ts";
import { groupText } from "./render-group.ts";
import type { Token } from "./token.ts";
import { withText } from "./token.ts";
import type { TokenTrees } from "./token-tree.ts";
import { partnerOf } from "./token-tree.ts";

export interface RenderedTokens {
  readonly text: string;
  /** The tokens in order; those of invisible groups carry the text they were given, perhaps "". */
  readonly tokens: readonly Token[];
  readonly starts: Int32Array;
}

/** Renders token trees. */
export function render(trees: TokenTrees): RenderedTokens {
  const tokens = withGroupTexts(trees);
  const starts = new Int32Array(tokens.length);
  let text = "";
  let previous = "";
  for (let at = 0; at < tokens.length; at++) {
    const piece = tokens[at]?.text ?? "";
    if (piece !== "") {
      if (previous !== "" && needsSpace(previous, piece)) text += " ";
      starts[at] = text.length;
      text += piece;
      previous = piece;
    } else starts[at] = text.length;
  }
  return { text, tokens, starts };
}

function withGroupTexts(trees: TokenTrees): readonly Token[] {
  const { tokens } = trees;
  let changed: Token[] | undefined;
  let callEnd = -1;
  for (let at = 0; at < tokens.length; at++) {
    const open = tokens[at];
    if (open?.kind !== "open") continue;
    const end = partnerOf(trees, at);
    if (open.group !== undefined) changed = withGroupText(trees, at, { changed, isInCall: at < callEnd });
    else if (at > callEnd && isCall(tokens, at)) callEnd = end;
  }
  return changed ?? tokens;
}

interface Texts {
  readonly changed: Token[] | undefined;
  readonly isInCall: boolean;
}

/** The tokens with the text of one group, in a copy if it is another than they carry. */
function withGroupText(trees: TokenTrees, at: number, { changed, isInCall }: Texts): Token[] | undefined {
  const end = partnerOf(trees, at);
  const [open, close] = [trees.tokens[at], trees.tokens[end]];
  if (open?.group === undefined || close === undefined) return changed;
  const plain = groupText(trees, at, end);
  const texts = isInCall ? markedGroup(open.group, plain) : plain;
  if (texts.open === open.text && texts.close === close.text) return changed;
  const out = changed ?? trees.tokens.slice();
  out[at] = withText(open, texts.open);
  out[end] = withText(close, texts.close);
  return out;
}

/** True for the delimiter of `m!(…)` and `macro_rules! m {…}`: what it holds is read as tokens again. */
function isCall(tokens: readonly Token[], open: number): boolean {
  const sign = tokens[open - 1]?.kind === "ident" ? open - 2 : open - 1;
  const name = tokens[sign - 1];
  return tokens[sign]?.text === "!" && (name?.kind === "ident" || (name?.kind === "close" && name.group !== undefined));
}

/** Pairs of characters that begin a longer operator or a comment. */
const GLUED = new Set("== => != <= >= << >> <- -> -= += *= /= // /* %= ^= && &= || |= .. .= ::".split(" "));

const WORD = 1;
const QUOTE = 2;
const OPERATOR = 4;
const HASH = 8;

/** What a character is for the question of spaces; beyond ASCII all are parts of words. */
const CLASSES = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code++) if (/\w/.test(String.fromCharCode(code))) table[code] = WORD;
  for (const char of "\"'") table[char.charCodeAt(0)] = QUOTE;
  for (const char of "=<>!&|+-*/%^.:") table[char.charCodeAt(0)] = OPERATOR;
  for (const char of "#$") table[char.charCodeAt(0)] = HASH;
  return table;
}

function classOf(code: number): number {
  return code < 128 ? (CLASSES[code] ?? 0) : WORD;
}

/** True if two tokens would read as something else when written together (`$` `x` shall read as a metavariable). */
function needsSpace(left: string, right: string): boolean {
  const last = left.charCodeAt(left.length - 1);
  const a = classOf(last);
  const b = classOf(right.charCodeAt(0));
  if ((a & (WORD | QUOTE)) !== 0) return (b & (WORD | QUOTE | HASH)) !== 0 || (right.charCodeAt(0) === 0x2e && isNumber(left));
  if (last === 0x23) return b === QUOTE;
  return a === OPERATOR && b === OPERATOR && GLUED.has(left.charAt(left.length - 1) + right.charAt(0));
}

function isNumber(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 0x30 && code <= 0x39;
}
