/**
 * The tokens of an expansion, packed: expansions are kept for long and most tokens are never looked at again.
 *
 * 22 bytes a token in typed arrays, against some 110 as objects; texts are slices of the expansion's text, and what many
 * tokens share (source, context, crate, group) stands once in `origins`.
 *
 * Invariant: `tokenAtIndex` gives back an equal token, with the identical context and group objects.
 */
import type { CrateMark, FragmentGroup, SourceId, SyntaxContext, Token, TokenKind } from "./token.ts";

interface TokenOrigin {
  readonly source: SourceId;
  readonly ctx: SyntaxContext | undefined;
  readonly crate: CrateMark | undefined;
  readonly group: FragmentGroup | undefined;
}

export interface TokenTable {
  readonly length: number;
  readonly text: string;
  /** UTF-16 offsets in `text`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
  /** Offsets in the source each token is written in. */
  readonly writtenStarts: Int32Array;
  readonly writtenEnds: Int32Array;
  readonly originIndices: Int32Array;
  readonly origins: readonly TokenOrigin[];
}

const KINDS: readonly TokenKind[] = ["ident", "lifetime", "literal", "punct", "open", "close", "doc"];
const KIND_CODES: ReadonlyMap<TokenKind, number> = new Map(KINDS.map((kind, code) => [kind, code] as const));

/** Packs tokens that stand at `starts` in `text`. */
export function packTokens(text: string, tokens: readonly Token[], starts: Int32Array): TokenTable {
  const { length } = tokens;
  const ends = new Int32Array(length);
  const kinds = new Uint8Array(length);
  const writtenStarts = new Int32Array(length);
  const writtenEnds = new Int32Array(length);
  const originIndices = new Int32Array(length);
  const origins: TokenOrigin[] = [];
  for (let at = 0; at < length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    ends[at] = (starts[at] ?? 0) + token.text.length;
    kinds[at] = KIND_CODES.get(token.kind) ?? 0;
    writtenStarts[at] = token.start;
    writtenEnds[at] = token.end;
    originIndices[at] = originIndex(origins, token);
  }
  return { length, text, starts, ends, kinds, writtenStarts, writtenEnds, originIndices, origins };
}

/** How many origins back an equal one is looked for. */
const ORIGIN_REACH = 8;

function originIndex(origins: TokenOrigin[], token: Token): number {
  for (let at = origins.length - 1; at >= 0 && at >= origins.length - ORIGIN_REACH; at--) {
    const origin = origins[at];
    if (
      origin !== undefined &&
      origin.source === token.source &&
      origin.ctx === token.ctx &&
      origin.crate === token.crate &&
      origin.group === token.group
    )
      return at;
  }
  origins.push({ source: token.source, ctx: token.ctx, crate: token.crate, group: token.group });
  return origins.length - 1;
}

/** The token at an index. */
export function tokenAtIndex(table: TokenTable, at: number): Token | undefined {
  const origin = table.origins[table.originIndices[at] ?? -1];
  const kind = KINDS[table.kinds[at] ?? -1];
  if (origin === undefined || kind === undefined) return undefined;
  const { source, ctx, crate, group } = origin;
  const text = table.text.slice(table.starts[at], table.ends[at]);
  return { kind, text, source, start: table.writtenStarts[at] ?? 0, end: table.writtenEnds[at] ?? 0, ctx, crate, group };
}

/** What kind of token stands at an index; invisible delimiters are none. */
export function visibleKindAt(table: TokenTable, at: number): TokenKind | undefined {
  return table.origins[table.originIndices[at] ?? -1]?.group === undefined ? KINDS[table.kinds[at] ?? -1] : undefined;
}

/** The text of the token at an index. */
export function textAt(table: TokenTable, at: number): string {
  return table.text.slice(table.starts[at], table.ends[at]);
}

/** The index of the first token that begins at `offset` or behind it. */
export function indexAtOffset(table: TokenTable, offset: number): number {
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((table.starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
