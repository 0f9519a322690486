/**
 * The report for people: each type's source with sizes, offsets and padding behind its lines, and its layout card below.
 *
 * Invariant: what stands behind the lines are the inlay hints of the editor with every kind turned on; the cards say what hovers say.
 *
 * Example:
 *    3 │ struct Pair {          8 B · 3 pad
 *    4 │     a: u8,             @4 · 1 B  +3 pad
 */
import { finished } from "../base/resumed.ts";
import type { Semantics } from "../hir/model.ts";
import type { InlayHintsConfig } from "./config.ts";
import { DEFAULT_INLAY_HINTS } from "./config.ts";
import { inlayHints } from "./inlay-hints.ts";
import type { CardOptions } from "./layout-card.ts";
import { layoutCard } from "./layout-card.ts";
import { columnsOf } from "./layout-table.ts";
import { visible } from "./markup.ts";
import type { Paint } from "./paint.ts";
import type { ReportFile, ReportItem } from "./report.ts";
import { lineAt, lineStarts } from "./report.ts";

const EVERY_HINT: InlayHintsConfig = { ...DEFAULT_INLAY_HINTS, fields: true, aliases: true, variants: "all", minimumSize: 0 };
const MAX_SOURCE_LINES = 60;
/** Notes stand behind the longest line of a type, but not farther right than this. */
const MAX_NOTE_COLUMN = 64;

/** The annotated sources and cards of the items, in their order. */
export function annotatedSource(sema: Semantics, items: readonly ReportItem[], options: CardOptions): readonly string[] {
  const annotations = new Map<ReportFile, SourceLines>();
  const out: string[] = [];
  let file: ReportFile | undefined;
  for (const item of items) {
    if (item.file !== file) out.push(options.paint.strong(visible(item.file.shown)), "");
    file = item.file;
    const lines = annotations.get(file) ?? annotate(sema, file, options);
    annotations.set(file, lines);
    out.push(...sourceLines(lines, item, options.paint), "");
    out.push(...layoutCard(sema, item, options).map((line) => (line === "" ? "" : `    ${line}`)), "");
  }
  return out;
}

/** The lines of a file and the notes behind them, by line number from 1. */
interface SourceLines {
  readonly lines: readonly string[];
  readonly notes: ReadonlyMap<number, readonly string[]>;
  readonly starts: readonly number[];
}

function annotate(sema: Semantics, file: ReportFile, { numbers, words }: CardOptions): SourceLines {
  const starts = lineStarts(file.text);
  const notes = new Map<number, string[]>();
  const request = { file: file.path, text: file.text, start: 0, end: file.text.length };
  for (const hint of finished(inlayHints(sema, request, { ...EVERY_HINT, numbers, words }))) {
    const line = lineAt(starts, hint.offset);
    const note = hint.parts.map((part) => part.text).join("");
    const known = notes.get(line);
    if (known === undefined) notes.set(line, [note]);
    else known.push(note);
  }
  return { lines: file.text.split("\n").map(shownLine), notes, starts };
}

function shownLine(line: string): string {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
  return indent.replaceAll("\t", "    ") + visible(line.slice(indent.length)).trimEnd();
}

/** The lines of one definition, with their numbers and notes. */
function sourceLines({ lines, notes, starts }: SourceLines, { definition }: ReportItem, paint: Paint): readonly string[] {
  const first = lineAt(starts, definition.range.start);
  const last = lineAt(starts, Math.max(definition.range.start, definition.range.end - 1));
  const end = Math.min(last, first + MAX_SOURCE_LINES - 1);
  const shown = Array.from({ length: end - first + 1 }, (_, i) => ({ number: first + i, text: lines[first + i - 1] ?? "" }));
  const noted = shown.filter(({ number }) => notes.has(number));
  const column = Math.min(MAX_NOTE_COLUMN, Math.max(0, ...noted.map(({ text }) => columnsOf(text))) + 4);
  const gutter = Math.max(4, end.toString().length);
  const out = shown.map(({ number, text }) => {
    const note = (notes.get(number) ?? []).join("  ");
    const gap = " ".repeat(Math.max(2, column - columnsOf(text)));
    return `${paint.dim(`${number.toString().padStart(gutter)} │`)} ${text}${note === "" ? "" : gap + paint.note(note)}`.trimEnd();
  });
  return last > end ? [...out, paint.dim(`${" ".repeat(gutter)} │ … ${last - end} more lines`)] : out;
}
