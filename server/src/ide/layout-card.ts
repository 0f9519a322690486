/**
 * The layout card: all there is to say about a type, as lines for the terminal: headline, fields in memory order with the byte map
 * beside them, or variants with their lanes, and the sentences below.
 *
 * Invariant: the same facts and sentences as in the hover, from the same functions.
 *
 * Example:
 *   Pair · 8 B · align 4 · 3 B padding (38 %)
 *      offset  size  field
 *   a       0     4  b: u32       0  aaaab···
 *   b       4     1  a: u8
 *   ·       5     3  (padding)
 */
import type { Semantics, TypeDefinition } from "../hir/model.ts";
import type { Letters } from "./byte-map.ts";
import { byteMap, lane, lettersOf, markOf } from "./byte-map.ts";
import type { ExactFacts, LayoutFacts } from "./layout-facts.ts";
import type { Row } from "./layout-rows.ts";
import { layoutSentences } from "./layout-sentences.ts";
import type { TableLine } from "./layout-table.ts";
import { columnsOf, layoutTable, rowText } from "./layout-table.ts";
import { headline } from "./layout-text.ts";
import type { Inline } from "./markup.ts";
import { visible } from "./markup.ts";
import type { Paint } from "./paint.ts";
import { PLAIN_PAINT } from "./paint.ts";
import type { Writing } from "./sentence.ts";
import type { VariantFacts } from "./variant-facts.ts";

export interface CardOptions extends Writing {
  readonly paint: Paint;
}

const MAX_ROWS = 64;
/** Enums up to this size have one character a byte in their lanes. */
const LANE_BYTES = 48n;
const BAR_WIDTH = 32n;

/** The card of a definition, or of a type that is only written somewhere. */
export function layoutCard(
  sema: Semantics,
  of: { readonly facts: LayoutFacts; readonly definition: TypeDefinition | undefined },
  options: CardOptions,
): readonly string[] {
  const { facts, definition } = of;
  const name = options.paint.strong(visible(facts.subject.name));
  const inlines = headline(facts, options);
  const head =
    facts.status === "unknown" ? options.paint.warning(terminalText(inlines, PLAIN_PAINT)) : terminalText(inlines, options.paint);
  const sentences = layoutSentences(sema, facts, { definition, writing: options });
  return [`${name}  ${head}`, ...bodyLines(facts, options), ...sentences.map((sentence) => terminalText(sentence, options.paint))];
}

/** Inlines for the terminal. */
export function terminalText(inlines: readonly Inline[], paint: Paint): string {
  return inlines.map((inline) => inlineText(inline, paint)).join("");
}

function inlineText(inline: Inline, paint: Paint): string {
  switch (inline.kind) {
    case "text":
      return visible(inline.text);
    case "strong":
      return paint.strong(visible(inline.text));
    case "code":
      return `\`${paint.strong(visible(inline.text))}\``;
    case "link":
      return "";
  }
}

function bodyLines(facts: LayoutFacts, options: CardOptions): readonly string[] {
  if (facts.status !== "exact") return [];
  switch (facts.body.kind) {
    case "none":
      return [];
    case "fields":
      return facts.subject.kind === "union" ? unionLines(facts, facts.body.rows, options) : fieldLines(facts, facts.body.rows, options);
    case "variants":
      return variantLines(facts, options);
  }
}

/** The table with a letter before each row, and the byte map to its right. */
function fieldLines(facts: ExactFacts, rows: readonly Row[], options: CardOptions): readonly string[] {
  const letters = lettersOf(rows);
  const left = tableOf(facts, options).map(({ text, row }): Line => {
    const mark = row === undefined ? " " : markOf(row, letters, options.paint);
    return {
      text: `${mark} ${row === undefined ? text : paintRow(text, row, { letters, options })}`,
      columns: columnsOf(text) + 2,
    };
  });
  return beside(left, ["", ...byteMap(rows, letters, options.paint)]);
}

/** A union's fields lie over each other: each has a lane of its own. */
function unionLines(facts: ExactFacts, rows: readonly Row[], options: CardOptions): readonly string[] {
  const letters = lettersOf(rows);
  const table = tableOf(facts, options);
  const isDrawn = facts.size <= LANE_BYTES;
  const lanes = table.map(({ row }) => (isDrawn && row?.kind === "field" ? lane([row], letters, options.paint) : ""));
  return beside(
    table.map(({ text }) => indented(text)),
    lanes,
  );
}

/** The table of variants, each with a lane of its bytes (or a bar, where the enum is large), then its note. */
function variantLines(facts: ExactFacts, options: CardOptions): readonly string[] {
  const table = tableOf(facts, options);
  const lanes = table.map(({ variant }) => (variant === undefined ? EMPTY : variantLane(facts, variant, options.paint)));
  const width = Math.max(0, ...lanes.map((it) => it.columns));
  const right = lanes.map(({ text, columns }, i) => {
    const note = table[i]?.note;
    return note === undefined ? text : `${text}${" ".repeat(width - columns)}  ${options.paint.dim(visible(note))}`;
  });
  return beside(
    table.map(({ text }) => indented(text)),
    right,
  );
}

function tableOf(facts: ExactFacts, writing: CardOptions): readonly TableLine[] {
  return layoutTable(facts, { writing, maxRows: MAX_ROWS, maxVariants: MAX_ROWS }) ?? [];
}

function variantLane(facts: ExactFacts, variant: VariantFacts, paint: Paint): Line {
  if (facts.size <= LANE_BYTES) return { text: lane(variant.rows, lettersOf(variant.rows), paint), columns: Number(variant.endsAt) };
  const columns = Number((variant.endsAt * BAR_WIDTH + facts.size - 1n) / facts.size);
  return { text: paint.field(variant.index, "█".repeat(columns)), columns };
}

/** The field's text at the end of a line in its colour. */
function paintRow(line: string, row: Row, { letters, options }: { readonly letters: Letters; readonly options: CardOptions }): string {
  const { paint, words } = options;
  if (row.kind === "padding") return paint.padding(line);
  const end = rowText(row, words);
  const place = row.kind === "field" ? letters.get(row.index)?.place : undefined;
  return place === undefined || !line.endsWith(end) ? line : line.slice(0, -end.length) + paint.field(place, end);
}

interface Line {
  readonly text: string;
  /** Columns it takes, colours apart. */
  readonly columns: number;
}

const EMPTY: Line = { text: "", columns: 0 };

function indented(text: string): Line {
  return { text: `  ${text}`, columns: columnsOf(text) + 2 };
}

/** Two columns of lines. */
function beside(left: readonly Line[], right: readonly string[]): readonly string[] {
  const width = Math.max(0, ...left.map((line) => line.columns));
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const [start, end] = [left[i] ?? { text: "", columns: 0 }, right[i] ?? ""];
    return end === "" ? start.text : `${start.text}${" ".repeat(width - start.columns)}    ${end}`;
  });
}
