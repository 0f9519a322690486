/**
 * The memory map: a type's bytes as lanes of pieces, what a picture of them shows. A struct has one lane, an enum one for each variant,
 * a union one for each field.
 *
 * Invariant: the pieces of a lane cover its bytes from 0 to the type's size exactly once, in order; only folding (`more`) hides any,
 * and says how many. Sizes and offsets are bytes, read off the facts.
 *
 * Example: `#[repr(C)] struct H { kind: u8, len: u32 }`: one lane of `kind` at 0, padding of 3 at 1, `len` at 4; no niche.
 */
import { msg } from "../base/message.ts";
import type { Words } from "../base/words.ts";
import { inWords } from "../base/words.ts";
import type { ExactFacts } from "./layout-facts.ts";
import type { FieldFacts, Row } from "./layout-rows.ts";
import { truncate, visible } from "./markup.ts";
import type { NicheFacts } from "./niche-facts.ts";
import type { TagFacts, VariantFacts } from "./variant-facts.ts";
import { largestFirst } from "./variant-facts.ts";

export interface MemoryMap {
  readonly size: bigint;
  /** Bytes of a cache line. */
  readonly cacheLine: bigint;
  readonly lanes: readonly Lane[];
  /** Lanes that are left out. */
  readonly moreLanes: number;
  /** The language of what is written in it. */
  readonly words: Words;
}

export interface Lane {
  /** Name of the variant or of the union's field; empty where there is one lane only. */
  readonly title: string;
  readonly pieces: readonly Piece[];
  /** The bytes of the type's largest niche, if they lie in this lane. */
  readonly niche: Span | undefined;
}

export interface Span {
  readonly offset: bigint;
  readonly size: bigint;
}

export interface Piece extends Span {
  /** `unused`: bytes between the end of a variant (or a union's field) and the end of the type. `more`: pieces folded into one. */
  readonly kind: "field" | "padding" | "tag" | "unused" | "more";
  /** The field's name (its type where it has none), or how many pieces were folded; empty for the rest. */
  readonly label: string;
  /** Number of the field in its lane, for its colour. */
  readonly place: number;
}

export interface MapLimits {
  readonly maxLanes: number;
  /** Most pieces of a lane. */
  readonly maxPieces: number;
}

/** What a map is made for. */
export interface MapOptions extends MapLimits {
  /** Bytes of a cache line. */
  readonly cacheLine: bigint;
  readonly words: Words;
}

/** The map of a type; undefined where there is nothing to see: no parts, or a single one. */
export function memoryMap(facts: ExactFacts, { cacheLine, words, ...limits }: MapOptions): MemoryMap | undefined {
  const { body, size } = facts;
  if (body.kind === "none" || facts.unsized || size === 0n) return undefined;
  const all = lanesOf(facts, body);
  const lanes = all.slice(0, limits.maxLanes).map((lane) => folded(lane(), limits.maxPieces, words));
  const parts = lanes.flatMap((lane) => lane.pieces.filter((piece) => piece.kind !== "tag" && piece.kind !== "unused"));
  if (parts.length < 2) return undefined;
  return { size, cacheLine, lanes, moreLanes: all.length - lanes.length, words };
}

/** Each lane is put together when it is drawn. */
function lanesOf(facts: ExactFacts, body: Exclude<ExactFacts["body"], { readonly kind: "none" }>): readonly (() => Lane)[] {
  const { size, niche, subject } = facts;
  if (body.kind === "variants") return variantLanes(body, { size, niche });
  if (subject.kind === "union") return body.rows.flatMap((row) => (row.kind === "field" ? [() => fieldLane(row, size)] : []));
  return [() => ({ title: "", pieces: piecesOf(body.rows, size), niche: niche === undefined ? undefined : spanOf(niche) })];
}

interface Whole {
  readonly size: bigint;
  readonly niche: NicheFacts | undefined;
}

/** Lanes of variants, the one that ends last first, as in the table. */
function variantLanes(body: { readonly tag: TagFacts; readonly variants: readonly VariantFacts[] }, whole: Whole): readonly (() => Lane)[] {
  return largestFirst(body.variants).map((variant) => () => ({
    title: visible(variant.name),
    pieces: piecesOf(variant.rows, whole.size),
    niche: hasNiche(body.tag, variant) && whole.niche !== undefined ? spanOf(whole.niche) : undefined,
  }));
}

/** A direct tag's spare values lie in every variant, others in the one that has no tag of its own. */
function hasNiche(tag: TagFacts, variant: VariantFacts): boolean {
  return tag.encoding === "direct" || tag.untagged === variant.index;
}

function fieldLane(row: FieldFacts, size: bigint): Lane {
  const pieces = piecesOf([row], size).map((piece) => (piece.kind === "field" ? { ...piece, label: visible(row.typeText) } : piece));
  return { title: visible(row.name), pieces, niche: undefined };
}

function spanOf({ offset, size }: Span): Span {
  return { offset, size };
}

function piecesOf(rows: readonly Row[], size: bigint): readonly Piece[] {
  const pieces: Piece[] = [];
  let fields = 0;
  let covered = 0n;
  for (const row of rows) {
    if (row.size === 0n) continue;
    const place = row.kind === "field" ? fields++ : 0;
    pieces.push({ kind: row.kind, offset: row.offset, size: row.size, label: row.kind === "field" ? fieldLabel(row) : "", place });
    covered = row.offset + row.size;
  }
  if (covered < size) pieces.push({ kind: "unused", offset: covered, size: size - covered, label: "", place: 0 });
  return pieces;
}

/** A name says more than a number: fields of tuples are called by their type. */
function fieldLabel(row: FieldFacts): string {
  return visible(/^\d+$/.test(row.name) ? row.typeText : row.name);
}

/** The lane with what exceeds the limit folded into a last piece. */
function folded(lane: Lane, maxPieces: number, words: Words): Lane {
  const { pieces } = lane;
  const rest = pieces.slice(maxPieces - 1);
  const [first] = rest;
  if (pieces.length <= maxPieces || first === undefined) return lane;
  const size = rest.reduce((sum, piece) => sum + piece.size, 0n);
  const label = inWords(words, msg("… {count} more", { count: rest.length }));
  const more: Piece = { kind: "more", offset: first.offset, size, label, place: 0 };
  return { ...lane, pieces: [...pieces.slice(0, maxPieces - 1), more] };
}

const LONGEST_NAME = 40;

/**
 * The same facts in words, for those who do not see the picture:
 * `8 bytes: kind 0, padding 1–3, len 4–7; cache lines of 64 bytes`.
 */
export function memoryMapText(map: MemoryMap): string {
  const { words, size, cacheLine, moreLanes } = map;
  const lanes = map.lanes.map((lane) => {
    const pieces = lane.pieces.map((piece) => `${pieceText(piece, words)} ${rangeText(piece)}`);
    const niche = lane.niche === undefined ? [] : [inWords(words, msg("niche in {range}", { range: rangeText(lane.niche) }))];
    const said = [...pieces, ...niche].join(", ");
    return lane.title === "" ? said : `${truncate(lane.title, LONGEST_NAME)}: ${said}`;
  });
  const more = moreLanes === 0 ? [] : [inWords(words, msg("{count} smaller", { count: moreLanes }))];
  const lines = size > cacheLine ? [inWords(words, msg("cache lines of {count} {count|one:byte|other:bytes}", { count: cacheLine }))] : [];
  return inWords(
    words,
    msg("{count} {count|one:byte|other:bytes}: {parts}", { count: size, parts: [...lanes, ...more, ...lines].join("; ") }),
  );
}

function pieceText({ kind, label }: Piece, words: Words): string {
  switch (kind) {
    case "field":
    case "more":
      return truncate(label, LONGEST_NAME);
    case "padding":
      return inWords(words, msg("padding"));
    case "tag":
      return inWords(words, msg("tag"));
    case "unused":
      return inWords(words, msg("unused"));
  }
}

/** `0–23`, the first and the last byte; one number for a single byte. */
function rangeText({ offset, size }: Span): string {
  return size === 1n ? `${offset}` : `${offset}–${offset + size - 1n}`;
}
