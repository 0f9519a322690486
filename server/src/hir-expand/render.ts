/**
 * Tokens → Rust text that a parser can read, with as few spaces as the tokens need.
 *
 * Invisible groups become nothing where the text means the same without them, else visible ones: `($e)` for `a + b` beside
 * `*`, `<$t>` for `Vec<u8>` before `::`, `($t)` for `dyn A + B` behind `&`, `{$e}` for `1 + 2` among generic arguments.
 *
 * Invariant: reading the text again gives the visible tokens; `starts[i]` is the UTF-16 offset of token i in the text.
 * Source: ours; the precedences are the Reference's, "Expressions".
 */
import { groupText } from "./render-group.ts";
import type { Token } from "./token.ts";
import type { TokenTrees } from "./token-tree.ts";

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
  const parts: string[] = [];
  let length = 0;
  let previous = "";
  for (const [at, token] of tokens.entries()) {
    const { text } = token;
    if (text !== "") {
      if (previous !== "" && needsSpace(previous, text)) {
        parts.push(" ");
        length++;
      }
      parts.push(text);
      previous = text;
    }
    starts[at] = length;
    length += text.length;
  }
  return { text: parts.join(""), tokens, starts };
}

function withGroupTexts(trees: TokenTrees): readonly Token[] {
  if (!trees.tokens.some((token) => token.group !== undefined)) return trees.tokens;
  const tokens = [...trees.tokens];
  for (const [at, token] of trees.tokens.entries()) {
    if (token.group === undefined || token.kind !== "open") continue;
    const end = trees.partners[at] ?? at;
    const close = tokens[end];
    const texts = groupText(trees, at, end);
    if (close === undefined || (texts.open === token.text && texts.close === close.text)) continue;
    tokens[at] = { ...token, text: texts.open };
    tokens[end] = { ...close, text: texts.close };
  }
  return tokens;
}

const OPERATOR_CHARS = "=<>!&|+-*/%^.:";

/** True if two tokens would read as something else when written together (`$` `x` shall read as a metavariable). */
function needsSpace(left: string, right: string): boolean {
  const a = left.charCodeAt(left.length - 1);
  const b = right.charCodeAt(0);
  if (isWordCode(a) || isQuote(a)) return isWordCode(b) || isQuote(b) || b === 0x23 || b === 0x24 || (b === 0x2e && isNumber(left));
  if (a === 0x23) return isQuote(b);
  return OPERATOR_CHARS.includes(right.charAt(0)) && OPERATOR_CHARS.includes(left.charAt(left.length - 1));
}

function isQuote(code: number): boolean {
  return code === 0x22 || code === 0x27;
}

function isWordCode(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f || code >= 0x80
  );
}

function isNumber(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 0x30 && code <= 0x39;
}
