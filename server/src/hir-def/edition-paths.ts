/**
 * Paths that a macro of edition 2015 writes in a crate of a later one, or the other way round: where such a path begins is a matter of
 * the edition of the macro's crate.
 *
 * Example: `::core::option::Option` of a macro of 2021 means the crate `core` in a crate of 2015 too, whatever its root calls `core`.
 *
 * Invariant: in the text of an expansion such a path begins with a mark of the form of `$crate_12`, whose number names no crate; tokens
 * taken out of the expansion have none.
 * Source: Reference, "Paths" and "Use declarations"; rustc_resolve `resolve_path_with_ribs` (`PathRoot`) and
 * `build_reduced_graph_for_use_tree`, 1.95: the edition is that of the `::`, or of the first name of a `use` without one.
 */
import type { CrateId } from "../db/crate-graph.ts";
import type { CrateMark, SyntaxContext, Token } from "../hir-expand/token.ts";
import { tokenAt } from "../hir-expand/token.ts";

/** `::a` since 2018, in a crate of 2015: crates only. */
const CRATES: CrateMark = 1_000_000_000;
/** `::a` and `use a` of 2015, in a later crate: the root's names, then crates. */
const ROOT_THEN_CRATES: CrateMark = 1_000_000_001;
/** `use a` since 2018, in a crate of 2015: a name in scope. */
const IN_SCOPE: CrateMark = 1_000_000_002;

/** Where a path with such a mark begins; undefined for the mark of a crate. */
export function editionStart(mark: CrateMark): "crates" | "rootThenCrates" | "inScope" | undefined {
  if (mark === CRATES) return "crates";
  if (mark === ROOT_THEN_CRATES) return "rootThenCrates";
  return mark === IN_SCOPE ? "inScope" : undefined;
}

/** Tells the edition class of crates: whether it is 2015. */
export interface EditionClasses {
  readonly home: boolean;
  of(crate: CrateId): boolean;
}

/** The tokens with marks where paths of the other edition class begin. */
export function markEditionPaths(tokens: readonly Token[], is2015: EditionClasses): readonly Token[] {
  const isForeign = foreignContexts(is2015);
  return hasForeign(tokens, isForeign) ? withMarks(tokens, is2015, isForeign) : tokens;
}

type IsForeign = (ctx: SyntaxContext | undefined) => boolean;

function withMarks(tokens: readonly Token[], is2015: EditionClasses, isForeign: IsForeign): readonly Token[] {
  const marks = new Map<number, CrateMark>();
  for (const [at, token] of tokens.entries()) {
    if (token.text === "::" && isForeign(token.ctx) && startsPath(tokens, at)) marks.set(at, is2015.home ? CRATES : ROOT_THEN_CRATES);
    if (!startsUse(tokens, at)) continue;
    for (const name of firstNames(tokens, at + 1).filter((first) => isForeign(tokens[first]?.ctx)))
      marks.set(name, is2015.home ? IN_SCOPE : ROOT_THEN_CRATES);
  }
  return marks.size === 0 ? tokens : tokens.flatMap((token, at) => markedToken(token, marks.get(at)));
}

function hasForeign(tokens: readonly Token[], isForeign: IsForeign): boolean {
  let last: SyntaxContext | undefined;
  for (const { ctx } of tokens) {
    if (ctx === last) continue;
    if (isForeign(ctx)) return true;
    last = ctx;
  }
  return false;
}

/** False for `use<'a>` of bounds and `x.use`. */
function startsUse(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.text === "use" && tokens[at + 1]?.text !== "<" && tokens[at - 1]?.text !== ".";
}

/** Tokens as they were before they were marked. */
export function withoutEditionMarks(tokens: readonly Token[]): readonly Token[] {
  const isMark = (token: Token | undefined): boolean => token?.crate !== undefined && editionStart(token.crate) !== undefined;
  if (!tokens.some(isMark)) return tokens;
  return tokens.filter((token, at) => !isMark(token) && !(isMark(tokens[at - 1]) && token.start === token.end));
}

function foreignContexts(is2015: EditionClasses): IsForeign {
  const known = new Map<CrateMark, boolean>();
  return (ctx) => {
    if (ctx === undefined) return false;
    const { crate } = ctx.outer;
    let isForeign = known.get(crate);
    if (isForeign === undefined) {
      isForeign = is2015.of(crate) !== is2015.home;
      known.set(crate, isForeign);
    }
    return isForeign;
  };
}

/** Words behind which a path may begin; behind any other word `::` goes on. */
const BEFORE_PATHS: ReadonlySet<string> = new Set(
  "as break const crate dyn else for if impl in let match move mut ref return static unsafe use where while yield".split(" "),
);

function startsPath(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (before === undefined) return true;
  if (before.kind === "ident") return before.text !== "crate" && BEFORE_PATHS.has(before.text);
  if (before.kind === "close") return before.text === ")" || before.text === "}" || before.text === "]";
  return before.text !== ">" && before.text !== ">>";
}

const ANCHOR_WORDS: ReadonlySet<string> = new Set(["crate", "self", "super", "$crate"]);

/** The first names of the leaves of a `use` tree that begins at an index, but for those behind a prefix. */
function firstNames(tokens: readonly Token[], from: number): readonly number[] {
  const found: number[] = [];
  for (let at = from; at < tokens.length; at++) {
    const { text, kind } = tokens[at] ?? {};
    if (text === "{" || text === ",") continue;
    if (kind === "ident" && text !== undefined && !ANCHOR_WORDS.has(text)) found.push(at);
    at = behindLeaf(tokens, at);
    if (tokens[at]?.text === ";") break;
  }
  return found;
}

/** The index of the `,` or `;` that ends a leaf, or of the brace that closes the list around it. */
function behindLeaf(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const { text } = tokens[at] ?? {};
    if (text === ";" || (depth === 0 && text === ",")) return at;
    if (text === "{") depth += 1;
    if (text === "}" && depth > 0) depth -= 1;
  }
  return tokens.length;
}

function markedToken(token: Token, mark: CrateMark | undefined): readonly Token[] {
  if (mark === undefined) return [token];
  const crate: Token = { ...tokenAt(token, "ident", "$crate"), crate: mark };
  return token.text === "::" ? [crate, token] : [crate, { ...tokenAt(token, "punct", "::"), end: token.start }, token];
}
