/**
 * `paste!` of the `paste` crate (and `pastey`), a proc macro whose rules are fixed: it joins names between `[<` and `>]`.
 *
 * `paste! { struct [<Foo $name:camel>]; }` with `$name` = `my_type` → `struct FooMyType;`.
 *
 * Invariant: everything outside of `[< >]` and `#[doc = …]` lists passes unchanged; a form that is not known is an error
 * value. Source: the documentation of paste 1.0.15 ("Pasting identifiers", "Case conversion", "Pasting documentation strings").
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { literalValue, quoted } from "./literal-value.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { Token } from "./token.ts";
import { tokenAt } from "./token.ts";
import type { TokenTrees } from "./token-tree.ts";
import { desugarDocComments, parseTokenTrees, partnerOf, treeEnd } from "./token-tree.ts";

/** Expands the arguments of a `paste!` call. */
export function expandPaste(tokens: readonly Token[]): Result<readonly Token[], MacroError> {
  const trees = parseTokenTrees(desugarDocComments(tokens));
  if (!trees.ok) return trees;
  const out: Token[] = [];
  let at = 0;
  while (at < trees.value.tokens.length) {
    const next = isPasteGroup(trees.value, at) ? pasteGroup(trees.value, at, out) : copyToken(trees.value, at, out);
    if (!next.ok) return next;
    at = next.value;
  }
  return ok(out);
}

/** What may put a name together from parts: `[<a $b>]`, but not `[<]` or `[<=]`; `${concat(a, $b)}`. */
const JOINED = /\[\s*<\s*[^\]=<\s-]|\$\{\s*concat/;

/** Whether the code of a macro may put names together. */
export function mayJoinNames(code: string): boolean {
  return JOINED.test(code);
}

/** True at `[<` … `>]` with something between and no other `>`: not at `[<T as X>::Y; 2]`. */
function isPasteGroup(trees: TokenTrees, at: number): boolean {
  const { tokens } = trees;
  if (tokens[at]?.text !== "[" || tokens[at]?.kind !== "open" || tokens[at + 1]?.text !== "<") return false;
  const close = partnerOf(trees, at);
  if (close <= at + 3 || tokens[close - 1]?.text !== ">") return false;
  return !tokens.slice(at + 2, close - 1).some((token) => token.kind === "punct" && token.text.includes(">"));
}

function copyToken(trees: TokenTrees, at: number, out: Token[]): Result<number, MacroError> {
  const token = trees.tokens[at];
  if (token !== undefined) out.push(token);
  if (token?.text === "=" && trees.tokens[at - 1]?.text === "doc") return joinDoc(trees, at + 1, out);
  return ok(at + 1);
}

/** `#[doc = "a " $x " b"]` → one string. */
function joinDoc(trees: TokenTrees, from: number, out: Token[]): Result<number, MacroError> {
  let text = "";
  let at = from;
  for (; trees.tokens[at] !== undefined && trees.tokens[at]?.kind !== "close"; at++) {
    const token = trees.tokens[at];
    if (token === undefined || token.group !== undefined || token.kind === "open") return ok(from);
    const value = literalValue(token.text);
    text += value?.kind === "str" ? value.value : token.text;
  }
  const first = trees.tokens[from];
  if (first === undefined || at === from + 1) return ok(from);
  out.push(tokenAt(first, "literal", quoted(text)));
  return ok(at);
}

function pasteGroup(trees: TokenTrees, open: number, out: Token[]): Result<number, MacroError> {
  const close = partnerOf(trees, open);
  const place = trees.tokens[open];
  let text = "";
  let at = open + 2;
  while (at < close - 1) {
    const segment = readSegment(trees, at, close - 1);
    if (!segment.ok) return segment;
    text += segment.value.text;
    at = segment.value.next;
  }
  if (place === undefined || text === "") return err(macroError("builtin", msg("`paste!`: nothing between `[<` and `>]`"), place));
  out.push(tokenAt(place, text.startsWith("'") ? "lifetime" : "ident", text));
  return ok(close + 1);
}

interface Segment {
  readonly text: string;
  readonly next: number;
}

/** A name, number, string or lifetime with its modifiers; invisible delimiters around it do not count. */
function readSegment(trees: TokenTrees, from: number, to: number): Result<Segment, MacroError> {
  const start = behindGroups(trees, from, to);
  const token = trees.tokens[start];
  if (start >= to) return ok({ text: "", next: to });
  let text = token === undefined ? undefined : segmentText(token);
  if (text === undefined) return err(macroError("builtin", msg("`paste!`: unexpected `{token}`", { token: token?.text ?? "" }), token));
  let at = behindGroups(trees, treeEnd(trees, start), to);
  while (at < to && trees.tokens[at]?.text === ":") {
    text = modify(text, trees.tokens[at + 1]?.text ?? "");
    if (text === undefined) return err(macroError("builtin", msg("`paste!`: unknown modifier"), trees.tokens[at + 1]));
    at = behindGroups(trees, at + 2, to);
  }
  return ok({ text, next: at });
}

/** The first place from `at` on that is no invisible delimiter. */
function behindGroups(trees: TokenTrees, at: number, to: number): number {
  let place = at;
  while (place < to && trees.tokens[place]?.group !== undefined) place++;
  return place;
}

function segmentText(token: Token): string | undefined {
  if (token.kind === "ident") return token.text.replace(/^r#/, "");
  if (token.kind === "lifetime") return token.text;
  if (token.kind !== "literal") return undefined;
  const value = literalValue(token.text);
  if (value?.kind === "str" || value?.kind === "char") return value.value.replaceAll("-", "_");
  return token.text.replaceAll("-", "_");
}

function modify(text: string, modifier: string): string | undefined {
  switch (modifier) {
    case "lower":
      return text.toLowerCase();
    case "upper":
      return text.toUpperCase();
    case "snake":
      return snakeCase(text);
    case "camel":
      return camelCase(text);
    default:
      return undefined;
  }
}

/** An underscore before each upper-case letter that follows another character, then all lower case. */
function snakeCase(text: string): string {
  let out = "";
  let previous = "_";
  for (const char of text) {
    if (isUpper(char) && previous !== "_") out += "_";
    out += char;
    previous = char;
  }
  return out.toLowerCase();
}

function camelCase(text: string): string {
  let out = "";
  let previous = "_";
  for (const char of text) {
    if (char !== "_") {
      if (previous === "_") out += char.toUpperCase();
      else out += isUpper(previous) ? char.toLowerCase() : char;
    }
    previous = char;
  }
  return out;
}

function isUpper(char: string): boolean {
  return char !== char.toLowerCase();
}
