/**
 * One type on several targets, side by side; targets that lay it out alike share a column.
 *
 * Invariant: columns say what the hover says on each target; two targets share one only if every number is the same.
 *
 * Example:
 *  A  64 B · align 8 · 5 B padding (8 %)
 *     x86_64-unknown-linux-gnu (in use), aarch64-apple-darwin
 *  B  48 B · align 4 · 1 B padding (2 %)
 *     i686-unknown-linux-gnu
 */
import type { Value } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Words } from "../base/words.ts";
import { inWords } from "../base/words.ts";
import type { ExactFacts, LayoutFacts } from "./layout-facts.ts";
import { columnsOf, rowText } from "./layout-table.ts";
import { headline } from "./layout-text.ts";
import { formatNumber, paragraph, renderPlaintext, truncate, visible } from "./markup.ts";
import type { Writing } from "./sentence.ts";

/** A type on a target; a message says why there is no answer. */
export interface TargetFacts {
  readonly target: string;
  readonly isInUse: boolean;
  readonly facts: LayoutFacts | Value;
}

interface Group {
  readonly letter: string;
  readonly targets: readonly TargetFacts[];
  readonly headline: string;
  readonly rows: readonly Cells[];
}

/** A row of a group's table: what it is about, and two numbers. */
interface Cells {
  readonly label: string;
  readonly numbers: readonly [string, string];
}

/** Lines of fixed pitch. */
export function compareTargets(name: string, all: readonly TargetFacts[], writing: Writing): readonly string[] {
  const groups = groupsOf(all, writing);
  const inUse = ` ${inWords(writing.words, msg("(in use)"))}`;
  const heads = groups.flatMap((group) => [
    ` ${group.letter}  ${group.headline}`,
    ...group.targets.map((it) => `    ${visible(it.target)}${it.isInUse ? inUse : ""}`),
  ]);
  return [visible(name), "", ...heads, ...sideBySide(groups, writing)];
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function groupsOf(all: readonly TargetFacts[], writing: Writing): readonly Group[] {
  const byLayout = new Map<string, TargetFacts[]>();
  for (const one of all) {
    const key = layoutKey(one.facts, writing);
    byLayout.set(key, [...(byLayout.get(key) ?? []), one]);
  }
  return [...byLayout.values()].map((targets, i) => {
    const facts = targets[0]?.facts ?? "";
    return { letter: LETTERS[i] ?? `${i + 1}`, targets, headline: headlineOf(facts, writing), rows: rowsOf(facts, writing) };
  });
}

/** Equal for equal layouts: everything that is shown, and the niche. */
function layoutKey(facts: TargetFacts["facts"], writing: Writing): string {
  const niche = exactOf(facts)?.niche;
  const spare = niche === undefined ? [] : [niche.offset, niche.size, niche.available].map(String);
  return JSON.stringify([headlineOf(facts, writing), spare, rowsOf(facts, writing)]);
}

function headlineOf(facts: TargetFacts["facts"], writing: Writing): string {
  const { words } = writing;
  if (typeof facts === "string" || !("status" in facts)) return visible(inWords(words, facts));
  if (facts.status !== "unknown") return renderPlaintext([paragraph(...headline(facts, writing))]).replaceAll("`", "");
  return visible(inWords(words, msg("unknown: {reason}", { reason: facts.reason })).replaceAll("`", ""));
}

function rowsOf(facts: TargetFacts["facts"], writing: Writing): readonly Cells[] {
  const exact = exactOf(facts);
  return exact === undefined ? [] : bodyRows(exact, writing);
}

function exactOf(facts: TargetFacts["facts"] | undefined): ExactFacts | undefined {
  return typeof facts === "object" && "status" in facts && facts.status === "exact" ? facts : undefined;
}

/** Fields in declaration order with offset and size; variants with where they end and what they leave unused. */
function bodyRows({ body, padding }: ExactFacts, { numbers, words }: Writing): readonly Cells[] {
  const cells = (label: string, a: bigint, b: bigint): Cells => ({ label, numbers: [formatNumber(a, numbers), formatNumber(b, numbers)] });
  switch (body.kind) {
    case "none":
      return [];
    case "fields": {
      const fields = body.rows.flatMap((row) => (row.kind === "field" ? [row] : [])).toSorted((a, b) => a.index - b.index);
      const gaps =
        padding === undefined ? [] : [{ label: inWords(words, msg("(padding)")), numbers: ["", formatNumber(padding, numbers)] } as const];
      return [...fields.map((field) => cells(rowText(field, words), field.offset, field.size)), ...gaps];
    }
    case "variants":
      return body.variants.map((variant) => cells(visible(variant.name), variant.endsAt, variant.unused));
  }
}

const MAX_LABEL = 40;

/** The tables of all groups that have one, in one. */
function sideBySide(groups: readonly Group[], { words }: Writing): readonly string[] {
  const shown = groups.filter((group) => group.rows.length > 0);
  if (shown.length === 0) return [];
  const labels = [...new Set(shown.flatMap((group) => group.rows.map((row) => row.label)))];
  const titles = titlesOf(shown, words);
  const width = Math.max(columnsOf(titles.label), ...labels.map((label) => columnsOf(truncate(label, MAX_LABEL))));
  const columns = shown.map((group) => columnOf(group, labels, titles.numbers));
  const cut = labels.map((label) => truncate(label, MAX_LABEL));
  const left = ["", titles.label, ...cut].map((text) => ` ${text}${" ".repeat(Math.max(0, width - columnsOf(text)))}`);
  return ["", ...left.map((text, i) => [text, ...columns.map((column) => column[i] ?? "")].join("   ").trimEnd())];
}

function titlesOf(groups: readonly Group[], words: Words): { readonly label: string; readonly numbers: readonly [string, string] } {
  const isEnum = groups.some(({ targets }) => exactOf(targets[0]?.facts)?.body.kind === "variants");
  const [label, first, second] = isEnum ? [msg("variant"), msg("ends at"), msg("unused")] : [msg("field"), msg("offset"), msg("size")];
  return { label: inWords(words, label), numbers: [inWords(words, first), inWords(words, second)] };
}

/** The two columns of a group: its letter, the titles, and a line for each label. */
function columnOf(group: Group, labels: readonly string[], titles: readonly [string, string]): readonly string[] {
  const byLabel = new Map(group.rows.map((row) => [row.label, row.numbers]));
  const cells = labels.map((label) => byLabel.get(label) ?? (["–", "–"] as const));
  const [first, second] = [0, 1].map((i) => Math.max(columnsOf(titles[i] ?? ""), ...cells.map((cell) => (cell[i] ?? "").length)));
  const line = (pair: readonly [string, string]): string => `${atRight(pair[0], first ?? 0)}  ${atRight(pair[1], second ?? 0)}`;
  const wide = (first ?? 0) + 2 + (second ?? 0);
  return [group.letter.padStart(wide), line(titles), ...cells.map(line)];
}

function atRight(content: string, width: number): string {
  return " ".repeat(Math.max(0, width - columnsOf(content))) + content;
}
