/**
 * Tokens of macro calls and definitions: from the file, or from the expansion they stand in.
 *
 * Output of a macro is parsed as text, where `$crate` is written `$crate_12` (12 names the crate); tokens taken out of an expansion
 * get the plain `$crate` with its mark back.
 *
 * Invariant: tokens read from a unit's text have offsets in that text, and as source the id of the call or definition they belong
 * to; tokens taken from an expansion keep their own.
 */
import type { Result } from "../base/result.ts";
import { ok } from "../base/result.ts";
import type { Expansion } from "../hir-expand/expansion.ts";
import { expansionOf, tokensInRange } from "../hir-expand/expansion.ts";
import { lex } from "../hir-expand/lexer.ts";
import { separateLocals, writtenName } from "../hir-expand/local-hygiene.ts";
import type { MacroError } from "../hir-expand/macro-error.ts";
import type { Token } from "../hir-expand/token.ts";
import { withText } from "../hir-expand/token.ts";
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { EditionClasses } from "./edition-paths.ts";
import { markEditionPaths, withoutEditionMarks } from "./edition-paths.ts";
import type { RawItem } from "./item-tree.ts";
import { identifierText } from "./names.ts";
import type { PathRef } from "./type-ref.ts";

/** A list of units and the expansion whose text they stand in. */
export interface UnitText {
  readonly units: readonly PlacedUnit<RawItem>[];
  readonly expansion: Expansion | undefined;
}

/** A piece of a unit's text: the unit's index in its list, UTF-16 offsets in the unit's text. */
export interface TextPiece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The index of the unit among those of the list; undefined where the list has no units of its own (blocks, impls). */
  readonly order: number | undefined;
}

/** The tokens of a piece of a unit; `source` names the text where it has to be read. */
export function tokensOf(piece: TextPiece, around: UnitText | undefined, source: string): Result<readonly Token[], MacroError> {
  const unit = piece.order === undefined ? undefined : around?.units[piece.order];
  if (around?.expansion !== undefined && unit !== undefined) {
    const found = tokensInRange(around.expansion, unit.start + piece.start, unit.start + piece.end);
    return ok(withoutEditionMarks(found).map(asWritten));
  }
  const tokens = lex({ text: piece.text, source, start: piece.start, end: piece.end });
  return tokens.ok ? ok(joinCrateMarks(tokens.value)) : tokens;
}

function asWritten(token: Token): Token {
  if (token.text === BOUND_DYN) return withText(token, "dyn");
  if (token.crate !== undefined) return withText(token, "$crate");
  const text = token.kind === "ident" ? writtenName(token.text) : token.text;
  return text === token.text ? token : withText(token, text);
}

/** `dyn` in front of `$crate_12::Trait`, where the grammar takes a bare `dyn` for a name. An empty binder says the same. */
const BOUND_DYN = "dyn for<>";

/** `$` `crate_12` of output text that is read again is the one token `$crate` with its mark. */
function joinCrateMarks(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some((token) => token.text === "$")) return tokens;
  const out: Token[] = [];
  for (const token of tokens) {
    const crate = token.kind === "ident" ? /^crate_(\d+)$/.exec(token.text)?.[1] : undefined;
    const dollar = out.at(-1);
    if (crate === undefined || dollar?.text !== "$") out.push(token);
    else out.splice(-1, 1, { ...token, text: "$crate", start: dollar.start, crate: Number(crate) });
  }
  return out;
}

/**
 * Tokens as text, with `$crate` written as `$crate_12`, numbers on locals of one name (local-hygiene.ts) and marks on paths of another
 * edition (edition-paths.ts).
 */
export function markedExpansion(written: readonly Token[], is2015: EditionClasses): Result<Expansion, MacroError> {
  const tokens = markEditionPaths(separateLocals(written), is2015);
  if (!tokens.some((token) => token.crate !== undefined)) return expansionOf(tokens);
  return expansionOf(tokens.map((token, i) => withMarkedCrate(tokens, token, i)));
}

function withMarkedCrate(tokens: readonly Token[], token: Token, at: number): Token {
  if (token.crate !== undefined) return withText(token, `$crate_${token.crate}`);
  return token.text === "dyn" && token.kind === "ident" && isCrateNext(tokens, at + 1) ? withText(token, BOUND_DYN) : token;
}

function isCrateNext(tokens: readonly Token[], from: number): boolean {
  let at = from;
  while (tokens[at]?.group !== undefined) at++;
  return tokens[at]?.crate !== undefined;
}

const ANCHORS: ReadonlyMap<string, PathRef["anchor"]> = new Map([
  ["crate", { kind: "crate" }],
  ["self", { kind: "self" }],
  ["::", { kind: "global" }],
]);

/** The path in front of a `!`. */
export function pathOfTokens(tokens: readonly Token[]): PathRef {
  const range = { start: 0, end: 0 };
  const first = tokens[0];
  const marked: PathRef["anchor"] | undefined = first?.crate === undefined ? undefined : { kind: "dollarCrate", crate: first.crate };
  const anchor = marked ?? ANCHORS.get(first?.text ?? "");
  const names = (anchor === undefined ? tokens : tokens.slice(1)).filter((token) => token.kind === "ident");
  return {
    anchor: anchor ?? { kind: "plain" },
    qualified: undefined,
    segments: names.map((token) => ({ name: identifierText(token.text), args: undefined, range })),
    range,
  };
}
