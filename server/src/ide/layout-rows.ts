/**
 * Rows: the fields of a struct, tuple, union or variant in memory order, with the padding between and behind them.
 *
 * Invariant: rows cover every byte from 0 to the end exactly once (unions excepted, whose fields overlap); a field of size 0 covers
 * none. A tag that a variant writes is a row of its own.
 *
 * Example: `#[repr(C)] struct H { kind: u8, len: u32 }`: `kind` at 0, padding of 3 at 1 (after `kind`), `len` at 4.
 */
import type { FieldModel } from "../hir/model.ts";
import type { LayoutData } from "../layout/layout-data.ts";
import { maxSize } from "../layout/size.ts";

export interface FieldFacts {
  readonly kind: "field";
  /** In declaration order. */
  readonly index: number;
  readonly name: string;
  readonly typeText: string;
  readonly offset: bigint;
  readonly size: bigint;
  readonly align: bigint;
  /** Bytes of padding that follow in memory. */
  readonly paddingAfter: bigint;
  readonly model: FieldModel;
}

export interface PaddingRow {
  readonly kind: "padding";
  readonly offset: bigint;
  readonly size: bigint;
  /** The field before it, in declaration order; undefined behind a tag or at the start. */
  readonly after: number | undefined;
}

export interface TagRow {
  readonly kind: "tag";
  readonly offset: bigint;
  readonly size: bigint;
}

export type Row = FieldFacts | PaddingRow | TagRow;

/** Room in the padding that a further field could take without making the type larger. */
export interface FreeBytes {
  readonly bytes: bigint;
  /** The largest alignment such a field may have. */
  readonly align: bigint;
  /** The field behind which it must stand; undefined where the compiler orders the fields. */
  readonly after: string | undefined;
}

/** What rows are made of: the fields, where they lie, and how far the type reaches. */
export interface RowsInput {
  readonly fields: readonly FieldModel[];
  readonly offsets: readonly bigint[];
  readonly inMemoryOrder: readonly number[];
  readonly tag: { readonly offset: bigint; readonly size: bigint } | undefined;
  /** Where the rows end; undefined for the end of the last field. */
  readonly end: bigint | undefined;
}

type Placed = FieldFacts | TagRow;

/** Rows of a struct, tuple or the only variant of an enum; undefined where a field's layout is not known. */
export function structRows(layout: LayoutData, fields: readonly FieldModel[]): readonly Row[] | undefined {
  if (layout.fields.kind !== "arbitrary") return fields.length === 0 ? [] : undefined;
  return rowsOf({ fields, ...layout.fields, tag: undefined, end: layout.size });
}

/** Rows of a union, largest field first; undefined where a field's layout is not known. */
export function unionRows(layout: LayoutData, fields: readonly FieldModel[]): readonly Row[] | undefined {
  const placed = fields.map((field, index) => placeField(field, index, 0n));
  if (placed.some((field) => field === undefined)) return undefined;
  const largestFirst = placed
    .filter((field) => field !== undefined)
    .sort((a, b) => (a.size === b.size ? a.index - b.index : a.size < b.size ? 1 : -1));
  const largest = largestFirst[0];
  const gap = layout.size - (largest?.size ?? 0n);
  const rows: Row[] = largestFirst.map((field, i) => ({ ...field, paddingAfter: i === 0 ? gap : 0n }));
  if (gap > 0n) rows.push({ kind: "padding", offset: largest?.size ?? 0n, size: gap, after: largest?.index });
  return rows;
}

/** Rows of fields at their offsets; undefined where a field's layout is not known. */
export function rowsOf(input: RowsInput): readonly Row[] | undefined {
  const placed = placedInOrder(input);
  if (placed === undefined) return undefined;
  const rows: Row[] = [];
  let covered = 0n;
  let last: number | undefined;
  for (const item of placed) {
    pushGap(rows, { from: covered, to: item.offset, after: last });
    rows.push(item);
    if (item.size > 0n) last = item.kind === "tag" ? undefined : item.index;
    covered = maxSize(covered, item.offset + item.size);
  }
  if (input.end !== undefined) pushGap(rows, { from: covered, to: input.end, after: last });
  return withPaddingAfter(rows);
}

function placedInOrder(input: RowsInput): readonly Placed[] | undefined {
  const { fields, offsets, inMemoryOrder, tag } = input;
  if (offsets.length !== fields.length) return undefined;
  const placed: Placed[] = tag === undefined ? [] : [{ kind: "tag", ...tag }];
  for (const index of inMemoryOrder) {
    const [field, offset] = [fields[index], offsets[index]];
    const item = field === undefined || offset === undefined ? undefined : placeField(field, index, offset);
    if (item === undefined) return undefined;
    placed.push(item);
  }
  // A tag in a niche can lie behind fields of size 0; the sort is stable, so the order in memory stays otherwise.
  if (tag === undefined || tag.offset === 0n) return placed;
  return placed.sort((a, b) => (a.offset === b.offset ? 0 : a.offset < b.offset ? -1 : 1));
}

/** What follows is not known yet. */
function placeField(field: FieldModel, index: number, offset: bigint): FieldFacts | undefined {
  if (field.layout.status !== "exact") return undefined;
  const { size, align } = field.layout.layout;
  return { kind: "field", index, name: field.name, typeText: field.typeText, offset, size, align, paddingAfter: 0n, model: field };
}

function pushGap(rows: Row[], gap: { readonly from: bigint; readonly to: bigint; readonly after: number | undefined }): void {
  if (gap.to > gap.from) rows.push({ kind: "padding", offset: gap.from, size: gap.to - gap.from, after: gap.after });
}

function withPaddingAfter(rows: readonly Row[]): readonly Row[] {
  if (!rows.some((row) => row.kind === "padding" && row.after !== undefined)) return rows;
  const gaps = new Map(rows.flatMap((row) => (row.kind === "padding" && row.after !== undefined ? [[row.after, row.size] as const] : [])));
  return rows.map((row) => {
    const gap = row.kind === "field" ? gaps.get(row.index) : undefined;
    return row.kind === "field" && gap !== undefined ? { ...row, paddingAfter: gap } : row;
  });
}

/** All padding in rows, in bytes. */
export function paddingOf(rows: readonly Row[]): bigint {
  return rows.reduce((sum, row) => (row.kind === "padding" ? sum + row.size : sum), 0n);
}

/**
 * The largest room for a further field of a struct. With `repr(Rust)` the compiler packs fields without gaps, so what lies behind the
 * last one is free wherever the field is written; with `repr(C)` a gap is free only for a field written at its place.
 */
export function freeBytes(repr: readonly string[] | undefined, layout: LayoutData, rows: readonly Row[]): FreeBytes | undefined {
  if (repr === undefined || repr.some((word) => word.startsWith("packed") || word === "transparent" || word === "simd")) return undefined;
  const gaps = rows.filter((row): row is PaddingRow => row.kind === "padding");
  const ordered = repr.includes("C");
  const [only] = gaps;
  if (!ordered && (gaps.length !== 1 || only !== rows.at(-1))) return undefined;
  const gap = gaps.reduce<PaddingRow | undefined>((best, it) => (best === undefined || it.size > best.size ? it : best), undefined);
  if (gap === undefined || (ordered && gap.after === undefined)) return undefined;
  const after = rows.find((row): row is FieldFacts => row.kind === "field" && row.index === gap.after);
  return { bytes: gap.size, align: lowestBit(gap.offset, layout.align), after: ordered ? after?.name : undefined };
}

/** The largest power of two that divides an offset, at most the type's alignment. */
function lowestBit(offset: bigint, align: bigint): bigint {
  const bit = offset & -offset;
  return bit === 0n || bit > align ? align : bit;
}
