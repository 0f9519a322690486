/**
 * Splits the header of an impl into its trait and its self type, by the text.
 *
 * Example: `impl<T> fmt::Debug for Vec<T> where T: X {` → trait `fmt::Debug` (`Debug`), self type `Vec<T>`.
 *
 * Invariant: only headers of this plain form; what is negative, const, or has comments in it is left to the parser.
 * Source: Reference, "Implementations".
 */

import { WordPattern } from "../base/word-pattern.ts";
import { isIdentStartAt } from "../hir-expand/char-class.ts";
import { endOfLiteral } from "../syntax/code-text.ts";
import { endOfAngles, endOfGroup } from "../syntax/item-ends.ts";
import type { RelRange } from "./expr.ts";
import { identifierText } from "./names.ts";
import type { TextReader } from "./text-reader.ts";

export interface ImplParts {
  readonly traitName: string;
  readonly traitRange: RelRange | undefined;
  readonly selfRange: RelRange;
}

/** What ends the trait's path or the self type, and what has to be stepped over on the way. */
const SIGN =
  /\/[/*]|["']|\b[bc]?r#*"|->|[<>({[;=]|(?<![\w#]|[^\0-\x7f\s\x85\u200e\u200f])(?:for|where)(?!\w|[^\0-\x7f\s\x85\u200e\u200f])/g;
const LAST_NAME = new WordPattern(String.raw`(?:^|::)\s*((?:r#)?[\p{XID_Start}_][\p{XID_Continue}]*)\s*(?:::\s*)?$`);
/** Behind the `for` of `for<'a> fn(&'a u8)`; `impl A for <B as C>::D` is none. */
const HIGHER_RANKED = /\s*<\s*['>]/y;

/** The parts of the header behind the word `impl`, up to the body's `{`; undefined for another form. */
export function splitImpl(reader: TextReader, from: number, body: number): ImplParts | undefined {
  const { text } = reader;
  const generics = reader.trivia(from);
  const behind = text[generics] === "<" ? endOfAngles(text, generics) : generics;
  if (behind === undefined || (behind > generics && /\bas\b/.test(text.slice(generics, behind)))) return undefined;
  const start = reader.trivia(behind);
  if (!isIdentStartAt(text, start) && !/[$:&*([<]/.test(text[start] ?? "")) return undefined;
  if (reader.word(start)?.text === "const") return undefined;
  const first = nextWord(text, start, body);
  if (first === undefined) return undefined;
  if (first.word !== "for") return { traitName: "", traitRange: undefined, selfRange: trimmed(reader, start, first.at) };
  const traitRange = trimmed(reader, start, first.at);
  const traitName = lastName(text.slice(start, start + traitRange.end - traitRange.start));
  const self = reader.trivia(first.at + "for".length);
  const second = nextWord(text, self, body);
  if (traitName === undefined || second === undefined || second.word === "for") return undefined;
  return { traitName, traitRange, selfRange: trimmed(reader, self, second.at) };
}

interface MetWord {
  /** Empty for the body's `{`. */
  readonly word: string;
  readonly at: number;
}

/** The next `for` or `where` outside of brackets, or the body. */
function nextWord(text: string, from: number, body: number): MetWord | undefined {
  let angles = 0;
  for (let at: number | undefined = from; at !== undefined; ) {
    SIGN.lastIndex = at;
    const match = SIGN.exec(text);
    if (match === null || match.index >= body) break;
    const [found] = match;
    if (angles === 0 && isSplit(text, found, SIGN.lastIndex)) return { word: found, at: match.index };
    angles += angleOf(found);
    at = behindSign(text, match.index, found);
    if (at === undefined) return undefined;
  }
  return angles === 0 ? { word: "", at: body } : undefined;
}

function angleOf(found: string): number {
  return found === "<" ? 1 : found === ">" ? -1 : 0;
}

/** Whether what was found ends a trait's path or a self type. */
function isSplit(text: string, found: string, end: number): boolean {
  return found === "where" || (found === "for" && !isHigherRanked(text, found, end));
}

function isHigherRanked(text: string, word: string, end: number): boolean {
  HIGHER_RANKED.lastIndex = end;
  return word === "for" && HIGHER_RANKED.test(text);
}

function behindSign(text: string, start: number, found: string): number | undefined {
  if ("({[".includes(found)) return endOfGroup(text, start);
  if (/["']$/.test(found)) return endOfLiteral(text, start, found);
  return /^[/;=]/.test(found) ? undefined : start + found.length;
}

function trimmed(reader: TextReader, start: number, end: number): RelRange {
  return reader.relative(start, start + reader.text.slice(start, end).trimEnd().length);
}

/** `C` of `a::b<X>::C<Y>`; undefined for what is no such path. */
function lastName(path: string): string | undefined {
  const open = path.indexOf("<");
  const plain = open < 0 ? path : path.slice(0, open);
  if (open >= 0 && endOfAngles(path, open) !== path.length) return undefined;
  const name = LAST_NAME.for(plain).exec(plain)?.[1];
  return name === undefined ? undefined : identifierText(name);
}
