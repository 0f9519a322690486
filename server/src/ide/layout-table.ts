/**
 * The table of a layout as lines of fixed pitch: fields in memory order, or variants with the largest first.
 *
 * Invariant: no line is longer than `MAX_COLUMNS`, except for the note on a variant, which stands behind it and is left out where it
 * would reach beyond `MAX_NOTE_COLUMNS`. No box-drawing: a screen reader reads the lines one by one.
 *
 * Example:
 *  offset  size  field
 *       0     4  b: u32
 *       4     1  a: u8
 *       5     3  (padding)
 */
import { msg } from "../base/message.ts";
import type { Words } from "../base/words.ts";
import { inWords } from "../base/words.ts";
import type { ExactFacts } from "./layout-facts.ts";
import type { FieldFacts, PaddingRow, Row } from "./layout-rows.ts";
import { formatBytes, formatNumber, truncate, visible } from "./markup.ts";
import type { Writing } from "./sentence.ts";
import type { VariantFacts } from "./variant-facts.ts";
import { largestFirst } from "./variant-facts.ts";

export interface TableOptions {
  readonly writing: Writing;
  /** Most rows of fields and of variants; what is left out is counted in a last line. */
  readonly maxRows: number;
  readonly maxVariants: number;
}

/** A line of a table, and what it is about; undefined for the titles and the count of what is left out. */
export interface TableLine {
  readonly text: string;
  /** What stands behind it, where there is room. */
  readonly note: string | undefined;
  readonly row: Row | undefined;
  readonly variant: VariantFacts | undefined;
}

const MAX_COLUMNS = 60;
const MAX_NOTE_COLUMNS = 76;
/** Padding inside a variant that is worth a note; up to 3 bytes stand behind nearly every one-byte tag. */
const NOTABLE_PADDING = 4n;

/** The table of a type's body; undefined where there is nothing to list. */
export function layoutTable(facts: ExactFacts, options: TableOptions): readonly TableLine[] | undefined {
  const { body } = facts;
  switch (body.kind) {
    case "none":
      return undefined;
    case "fields":
      return body.rows.length === 0 ? undefined : fieldTable(body.rows, options);
    case "variants":
      return body.variants.some((variant) => variant.model.fields.length > 0) ? variantTable(body.variants, options) : undefined;
  }
}

function plainLine(text: string): TableLine {
  return { text, note: undefined, row: undefined, variant: undefined };
}

/** Rows of fields and padding: offset, size, `name: Type`. */
function fieldTable(rows: readonly Row[], { writing: { numbers, words }, maxRows }: TableOptions): readonly TableLine[] {
  const shown = rows.length <= maxRows ? rows : rows.slice(0, Math.max(1, maxRows - 1));
  const offsets = column(
    inWords(words, msg("offset")),
    shown.map((row) => formatNumber(row.offset, numbers)),
  );
  const sizes = column(
    inWords(words, msg("size")),
    shown.map((row) => formatNumber(row.size, numbers)),
  );
  const room = MAX_COLUMNS - (1 + offsets.width + 2 + sizes.width + 2);
  const lines = shown.map((row, i): TableLine => {
    return {
      text: ` ${offsets.cell(i)}  ${sizes.cell(i)}  ${truncate(rowText(row, words), room)}`,
      note: undefined,
      row,
      variant: undefined,
    };
  });
  const rest = rows.length - shown.length;
  const titles = plainLine(` ${offsets.title}  ${sizes.title}  ${inWords(words, msg("field"))}`);
  return [titles, ...lines, ...(rest > 0 ? [plainLine(` ${inWords(words, msg("… {count} more", { count: rest }))}`)] : [])];
}

/** What stands in the last column of a row. */
export function rowText(row: Row, words: Words): string {
  switch (row.kind) {
    case "field":
      return `${visible(row.name)}: ${visible(row.typeText)}`;
    case "padding":
      return inWords(words, msg("(padding)"));
    case "tag":
      return inWords(words, msg("(tag)"));
  }
}

/** Rows of variants: name, where its bytes end, how many of the enum's are unused, and a note on large padding inside. */
function variantTable(variants: readonly VariantFacts[], { writing: { numbers, words }, maxVariants }: TableOptions): readonly TableLine[] {
  const sorted = largestFirst(variants);
  const shown = sorted.slice(0, maxVariants);
  const ends = column(
    inWords(words, msg("ends at")),
    shown.map((variant) => formatNumber(variant.endsAt, numbers)),
  );
  const unused = column(
    inWords(words, msg("unused")),
    shown.map((variant) => formatNumber(variant.unused, numbers)),
  );
  const room = MAX_COLUMNS - 1 - 3 - ends.width - 2 - unused.width;
  const names = shown.map((variant) => truncate(visible(variant.name), room));
  const title = inWords(words, msg("variant"));
  const width = Math.max(columnsOf(title), ...names.map(columnsOf));
  const lines = shown.map((variant, i): TableLine => {
    const line = ` ${pad(names[i] ?? "", width)}   ${ends.cell(i)}  ${unused.cell(i)}`;
    return { text: line, note: paddingNote(variant, { numbers, words }), row: undefined, variant };
  });
  const rest = sorted.length - shown.length;
  const titles = plainLine(` ${pad(title, width)}   ${ends.title}  ${unused.title}`);
  return [titles, ...lines, ...(rest > 0 ? [plainLine(` ${inWords(words, msg("… {count} smaller", { count: rest }))}`)] : [])];
}

/** A line with its note, unless that would make it too long. */
export function notedLine({ text, note }: TableLine): string {
  if (note === undefined) return text;
  const full = `${text}   ${note}`;
  return columnsOf(full) <= MAX_NOTE_COLUMNS ? full : text;
}

/** `String at offset 8, 7 B padding before it`: the largest gap inside a variant. */
function paddingNote(variant: VariantFacts, { numbers, words }: Writing): string | undefined {
  const gaps = variant.rows.filter((row): row is PaddingRow => row.kind === "padding" && row.size >= NOTABLE_PADDING);
  const gap = gaps.reduce<PaddingRow | undefined>((best, it) => (best === undefined || it.size > best.size ? it : best), undefined);
  if (gap === undefined) return undefined;
  const next = variant.rows.find((row): row is FieldFacts => row.kind === "field" && row.offset === gap.offset + gap.size);
  if (next === undefined) return undefined;
  const what = variant.model.shape === "record" ? next.name : next.typeText;
  const values = { field: visible(what), offset: formatNumber(next.offset, numbers), bytes: formatBytes(gap.size, numbers) };
  return inWords(words, msg("{field} at offset {offset}, {bytes} padding before it", values));
}

interface Column {
  readonly title: string;
  readonly width: number;
  cell(row: number): string;
}

/** A column of numbers, set to the right. */
function column(title: string, cells: readonly string[]): Column {
  const width = Math.max(columnsOf(title), ...cells.map((cell) => cell.length));
  return { title: " ".repeat(width - columnsOf(title)) + title, width, cell: (row) => (cells[row] ?? "").padStart(width) };
}

function pad(content: string, width: number): string {
  return content + " ".repeat(Math.max(0, width - columnsOf(content)));
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns a text takes in a font of fixed pitch: East Asian wide characters take two, combining marks none. */
export function columnsOf(content: string): number {
  let columns = 0;
  for (const char of content.replace(/\p{M}/gu, "")) columns += WIDE.test(char) ? 2 : 1;
  return columns;
}
