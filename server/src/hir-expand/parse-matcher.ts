/**
 * The left side of a rule → matcher locations.
 *
 * `$($x:expr),*` → `sequence(after 5)` `var x` `separator ,` `again(1)` `end`; numbers are indices in the program.
 *
 * Invariant: repetitions that could match nothing forever are refused here. Source: rustc_expand::mbe::{quoted::parse,
 * macro_parser::compute_locs, macro_rules::check_lhs_no_empty_seq} (1.95).
 */

import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { MatcherLoc, MetaVar, RepeatOp } from "./macro-def.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import type { RepeatTail } from "./repeat-op.ts";
import { MAX_REPETITION_DEPTH, parseRepeatTail } from "./repeat-op.ts";
import type { Edition, FragmentKind } from "./token.ts";
import { FRAGMENT_KINDS } from "./token.ts";
import type { TokenTrees } from "./token-tree.ts";
import { partnerOf } from "./token-tree.ts";

export interface MatcherInput {
  readonly trees: TokenTrees;
  readonly from: number;
  readonly to: number;
  readonly edition: Edition;
}

/** Compiles a matcher; its metavariables are appended to `variables`. */
export function parseMatcher(input: MatcherInput, variables: MetaVar[]): Result<readonly MatcherLoc[], MacroError> {
  const parser: MatcherParser = { input, variables, locs: [], depth: 0 };
  const error = parseRange(parser, input.from, input.to);
  if (error !== undefined) return err(error);
  parser.locs.push({ kind: "end" });
  return ok(parser.locs);
}

interface MatcherParser {
  readonly input: MatcherInput;
  readonly variables: MetaVar[];
  readonly locs: MatcherLoc[];
  depth: number;
}

function parseRange(parser: MatcherParser, from: number, to: number): MacroError | undefined {
  const { tokens } = parser.input.trees;
  let at = from;
  while (at < to) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === "punct" && token.text === "$") {
      const next = parseDollar(parser, at, to);
      if (!next.ok) return next.error;
      at = next.value;
    } else {
      if (token.kind !== "doc") parser.locs.push({ kind: "token", tokenKind: token.kind, text: token.text });
      at++;
    }
  }
  return undefined;
}

/** Reads what `$` at `at` begins; the index behind it. */
function parseDollar(parser: MatcherParser, at: number, to: number): Result<number, MacroError> {
  const { tokens } = parser.input.trees;
  const next = at + 1 < to ? tokens[at + 1] : undefined;
  if (next === undefined || next.kind === "close") {
    parser.locs.push({ kind: "token", tokenKind: "punct", text: "$" });
    return ok(at + 1);
  }
  if (next.kind === "open" && next.text === "(" && next.group === undefined) return parseSequence(parser, at + 1);
  if (next.kind !== "ident") return err(macroError("definition", msg("expected a name or `(` after `$`"), next));
  if (next.text === "crate") {
    parser.locs.push({ kind: "token", tokenKind: "ident", text: "$crate" });
    return ok(at + 2);
  }
  const specifier = at + 3 < to && tokens[at + 2]?.text === ":" ? tokens[at + 3] : undefined;
  const fragment = specifier?.kind === "ident" ? fragmentKind(specifier.text, parser.input.edition) : undefined;
  if (fragment === undefined)
    return err(
      macroError(
        "definition",
        specifier === undefined
          ? msg("`{variable}` has no fragment specifier", { variable: `$${next.text}` })
          : msg("`{variable}` has an unknown fragment specifier", { variable: `$${next.text}` }),
        next,
      ),
    );
  const variable = parser.variables.length;
  parser.variables.push({ name: next.text, fragment, depth: parser.depth });
  parser.locs.push({ kind: "var", variable, fragment, depth: parser.depth });
  return ok(at + 4);
}

function parseSequence(parser: MatcherParser, open: number): Result<number, MacroError> {
  const { trees } = parser.input;
  const close = partnerOf(trees, open);
  const tail = parseRepeatTail(trees.tokens, close + 1);
  if (!tail.ok) return tail;
  if (parser.depth >= MAX_REPETITION_DEPTH) return err(macroError("limit", msg("repetitions nest too deeply"), trees.tokens[open]));
  const start = parser.locs.length;
  const firstVar = parser.variables.length;
  parser.locs.push({ kind: "end" });
  parser.depth++;
  const error = parseRange(parser, open + 1, close);
  parser.depth--;
  if (error !== undefined) return err(error);
  if (tail.value.separator === undefined && matchesNothing(parser.locs, start + 1))
    return err(macroError("definition", msg("repetition matches empty token tree"), trees.tokens[open]));
  closeSequence(parser, start, tail.value);
  const { op } = tail.value;
  const after = parser.locs.length;
  parser.locs[start] = { kind: "sequence", op, after, firstVar, endVar: parser.variables.length, depth: parser.depth };
  return ok(tail.value.next);
}

function closeSequence(parser: MatcherParser, start: number, tail: RepeatTail): void {
  if (tail.separator === undefined) parser.locs.push({ kind: "repeat", op: tail.op, first: start + 1 });
  else {
    parser.locs.push({ kind: "separator", tokenKind: tail.separator.kind, text: tail.separator.text });
    parser.locs.push({ kind: "again", first: start + 1 });
  }
}

/** True if the locations from `first` on can all match no token: only `vis` and repetitions that may be left out. */
function matchesNothing(locs: readonly MatcherLoc[], first: number): boolean {
  let at = first;
  while (at < locs.length) {
    const loc = locs[at];
    if (loc?.kind === "sequence" && mayBeEmpty(loc.op)) at = loc.after;
    else if (loc?.kind === "var" && loc.fragment === "vis") at++;
    else return false;
  }
  return true;
}

function mayBeEmpty(op: RepeatOp): boolean {
  return op !== "+";
}

const FRAGMENTS: ReadonlyMap<string, FragmentKind> = new Map(FRAGMENT_KINDS.map((fragment) => [fragment, fragment]));

/** What a specifier means in an edition: `pat` takes `A | B` from 2021 on, `expr` takes `_` and `const {}` from 2024 on. */
function fragmentKind(specifier: string, edition: Edition): FragmentKind | undefined {
  if (specifier === "pat" && edition < 2021) return "pat_param";
  if (specifier === "expr" && edition < 2024) return "expr_2021";
  return FRAGMENTS.get(specifier);
}
