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
import type { ExactFacts, LayoutFacts } from "./layout-facts.ts";
import { columnsOf, rowText } from "./layout-table.ts";
import { headline } from "./layout-text.ts";
import type { NumberFormat } from "./markup.ts";
import { formatNumber, paragraph, renderPlaintext, truncate, visible } from "./markup.ts";

/** A type on a target; a text says why there is no answer. */
export interface TargetFacts {
  readonly target: string;
  readonly isInUse: boolean;
  readonly facts: LayoutFacts | string;
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
export function compareTargets(name: string, all: readonly TargetFacts[], numbers: NumberFormat): readonly string[] {
  const groups = groupsOf(all, numbers);
  const heads = groups.flatMap((group) => [
    ` ${group.letter}  ${group.headline}`,
    ...group.targets.map((it) => `    ${it.target}${it.isInUse ? " (in use)" : ""}`),
  ]);
  return [visible(name), "", ...heads, ...sideBySide(groups)];
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function groupsOf(all: readonly TargetFacts[], numbers: NumberFormat): readonly Group[] {
  const byLayout = new Map<string, TargetFacts[]>();
  for (const one of all) {
    const key = layoutKey(one.facts, numbers);
    byLayout.set(key, [...(byLayout.get(key) ?? []), one]);
  }
  return [...byLayout.values()].map((targets, i) => {
    const facts = targets[0]?.facts ?? "";
    return { letter: LETTERS[i] ?? `${i + 1}`, targets, headline: headlineOf(facts, numbers), rows: rowsOf(facts, numbers) };
  });
}

/** Equal for equal layouts: everything that is shown, and the niche. */
function layoutKey(facts: LayoutFacts | string, numbers: NumberFormat): string {
  const niche = typeof facts !== "string" && facts.status === "exact" ? facts.niche : undefined;
  const spare = niche === undefined ? [] : [niche.offset, niche.size, niche.available].map(String);
  return JSON.stringify([headlineOf(facts, numbers), spare, rowsOf(facts, numbers)]);
}

function headlineOf(facts: LayoutFacts | string, numbers: NumberFormat): string {
  if (typeof facts === "string") return visible(facts);
  if (facts.status === "unknown") return `unknown: ${visible(facts.reason.replaceAll("`", ""))}`;
  return renderPlaintext([paragraph(...headline(facts, numbers))]).replaceAll("`", "");
}

function rowsOf(facts: LayoutFacts | string, numbers: NumberFormat): readonly Cells[] {
  return typeof facts === "string" || facts.status !== "exact" ? [] : bodyRows(facts, numbers);
}

/** Fields in declaration order with offset and size; variants with where they end and what they leave unused. */
function bodyRows({ body, padding }: ExactFacts, numbers: NumberFormat): readonly Cells[] {
  const cells = (label: string, a: bigint, b: bigint): Cells => ({ label, numbers: [formatNumber(a, numbers), formatNumber(b, numbers)] });
  switch (body.kind) {
    case "none":
      return [];
    case "fields": {
      const fields = body.rows.flatMap((row) => (row.kind === "field" ? [row] : [])).toSorted((a, b) => a.index - b.index);
      const gaps = padding === undefined ? [] : [{ label: "(padding)", numbers: ["", formatNumber(padding, numbers)] } as const];
      return [...fields.map((field) => cells(rowText(field), field.offset, field.size)), ...gaps];
    }
    case "variants":
      return body.variants.map((variant) => cells(visible(variant.name), variant.endsAt, variant.unused));
  }
}

const MAX_LABEL = 40;

/** The tables of all groups that have one, in one. */
function sideBySide(groups: readonly Group[]): readonly string[] {
  const shown = groups.filter((group) => group.rows.length > 0);
  if (shown.length === 0) return [];
  const labels = [...new Set(shown.flatMap((group) => group.rows.map((row) => row.label)))];
  const titles = titlesOf(shown);
  const width = Math.max(titles.label.length, ...labels.map((label) => columnsOf(truncate(label, MAX_LABEL))));
  const columns = shown.map((group) => columnOf(group, labels, titles.numbers));
  const cut = labels.map((label) => truncate(label, MAX_LABEL));
  const left = ["", titles.label, ...cut].map((text) => ` ${text}${" ".repeat(Math.max(0, width - columnsOf(text)))}`);
  return ["", ...left.map((text, i) => [text, ...columns.map((column) => column[i] ?? "")].join("   ").trimEnd())];
}

function titlesOf(groups: readonly Group[]): { readonly label: string; readonly numbers: readonly [string, string] } {
  const isEnum = groups.some(({ targets }) => {
    const facts = targets[0]?.facts;
    return facts !== undefined && typeof facts !== "string" && facts.status === "exact" && facts.body.kind === "variants";
  });
  return isEnum ? { label: "variant", numbers: ["ends at", "unused"] } : { label: "field", numbers: ["offset", "size"] };
}

/** The two columns of a group: its letter, the titles, and a line for each label. */
function columnOf(group: Group, labels: readonly string[], titles: readonly [string, string]): readonly string[] {
  const byLabel = new Map(group.rows.map((row) => [row.label, row.numbers]));
  const cells = labels.map((label) => byLabel.get(label) ?? (["–", "–"] as const));
  const [first, second] = [0, 1].map((i) => Math.max((titles[i] ?? "").length, ...cells.map((cell) => (cell[i] ?? "").length)));
  const line = (pair: readonly [string, string]): string => `${pair[0].padStart(first ?? 0)}  ${pair[1].padStart(second ?? 0)}`;
  const wide = (first ?? 0) + 2 + (second ?? 0);
  return [group.letter.padStart(wide), line(titles), ...cells.map(line)];
}
