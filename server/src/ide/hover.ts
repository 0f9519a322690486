/**
 * Hover: what is said about the definition, field, variant or type under the cursor.
 *
 * Invariant: a definition gets header, table and sentences; a use of a type one line; where there is no number, the reason.
 * Links go only to commands that the client has. Nothing here needs resolving later.
 *
 * Example: on the name of `struct Session { … }`: `**Layout** 64 B · align 8 · 5 B padding (8 %)` and its fields in memory order.
 */
import type { Element, Place, Semantics, TypeDefinition } from "../hir/model.ts";
import type { HoverConfig } from "./config.ts";
import { cacheLineOf } from "./config.ts";
import type { LayoutFacts } from "./layout-facts.ts";
import { cacheLinesOf, definitionFacts, fieldFacts, typeFacts } from "./layout-facts.ts";
import type { FieldFacts } from "./layout-rows.ts";
import { inARow, layoutSentences } from "./layout-sentences.ts";
import { layoutTable, notedLine } from "./layout-table.ts";
import { headline, oneLine, openText } from "./layout-text.ts";
import type { Block, Inline, Markup } from "./markup.ts";
import { formatBytes, formatNumber, paragraph, prose, strong, text } from "./markup.ts";
import { memoryPicture } from "./memory-map-svg.ts";

export interface HoverResult {
  readonly place: Place;
  readonly markup: Markup;
}

type ElementOf<K extends Element["kind"]> = Extract<Element, { readonly kind: K }>;

/** What to say about the element at an offset (UTF-16); undefined where there is nothing to say. */
export function hover(
  sema: Semantics,
  at: { readonly file: string; readonly offset: number },
  config: HoverConfig,
): HoverResult | undefined {
  if (!config.enable) return undefined;
  const element = sema.elementAt(at.file, at.offset);
  if (element === undefined) return undefined;
  const markup = elementMarkup(sema, element, config);
  return markup === undefined ? undefined : { place: element.place, markup };
}

function elementMarkup(sema: Semantics, element: Element, config: HoverConfig): Markup | undefined {
  switch (element.kind) {
    case "definition":
      return definitionHover(sema, element.definition, config);
    case "variant":
      return variantHover(sema, element, config);
    case "field":
      return fieldHover(sema, element, config);
    case "type":
      return typeHover(sema, element, config);
  }
}

/** The hover of a definition; also the tooltip of its hints. */
export function definitionHover(sema: Semantics, definition: TypeDefinition, config: HoverConfig): Markup {
  if (definition.inactive !== undefined) return [inactive(definition.inactive)];
  const facts = definitionFacts(sema, definition);
  if (definition.kind === "alias") return [paragraph(...oneLine(facts, config.numbers))];
  if (facts.status === "unknown") return [paragraph(...oneLine(facts, config.numbers)), footer(sema, facts, { definition, config })];
  const header = paragraph(strong("Layout"), text(" "), ...headline(facts, config.numbers));
  return [
    header,
    ...picture(sema, facts, config),
    ...details(sema, facts, { definition, config }),
    footer(sema, facts, { definition, config }),
  ];
}

/** The bytes as a picture, where the client can show one. */
function picture(sema: Semantics, facts: LayoutFacts, { pictures, cacheLine }: HoverConfig): readonly Block[] {
  const drawn = pictures && facts.status === "exact" ? memoryPicture(facts, cacheLineOf(cacheLine, sema.targetName)) : undefined;
  return drawn === undefined ? [] : [{ kind: "picture", ...drawn }];
}

/** `inactive: cfg(…)`, with the condition as written. */
function inactive(cfg: string): Block {
  return paragraph(text("inactive: "), { kind: "code", text: cfg.startsWith("cfg(") ? cfg : `cfg(${cfg})` });
}

interface DefinitionContext {
  readonly definition: TypeDefinition | undefined;
  readonly config: HoverConfig;
}

/** Most variants in a table: the large ones matter. */
const MAX_VARIANTS = 10;

/** Table and sentences. */
function details(sema: Semantics, facts: LayoutFacts, { definition, config }: DefinitionContext): readonly Block[] {
  const { table, numbers, maxRows } = config;
  const lines =
    table && facts.status === "exact" ? layoutTable(facts, { numbers, maxRows, maxVariants: Math.min(maxRows, MAX_VARIANTS) }) : undefined;
  const said = layoutSentences(sema, facts, { definition, numbers });
  return [
    ...(lines === undefined ? [] : [{ kind: "table" as const, lines: lines.map(notedLine) }]),
    ...(said.length === 0 ? [] : [paragraph(...inARow(said))]),
  ];
}

/** Commands that a definition's hover links to, where the client has them. */
const LINKS = [
  { command: "stowplan.openLayout", title: "Open Layout" },
  { command: "stowplan.compareTargets", title: "Compare Targets" },
] as const;

/** Target, compiler, the data that stand for std, and links. */
function footer(sema: Semantics, facts: LayoutFacts, { definition, config }: DefinitionContext): Block {
  const ordered = facts.status === "exact" && facts.body.kind === "fields" && facts.body.rows.length > 0 && config.table;
  const words = [
    sema.targetName,
    `rustc ${shortVersion(sema.rustcVersion)}`,
    stdWords(sema.stdLabel),
    ...(definition?.isTest === true ? ["compiled for tests"] : []),
    ...(ordered ? ["fields in memory order"] : []),
  ];
  const argument =
    definition === undefined ? undefined : encodeURIComponent(JSON.stringify([{ file: definition.file, key: definition.key }]));
  const links = argument === undefined ? [] : LINKS.filter(({ command }) => config.commands.includes(command));
  return paragraph(
    text(words.join(" · ")),
    ...links.map(
      ({ command, title }): Inline => ({ kind: "link", text: title, target: `command:${command}?${argument}`, separator: " · " }),
    ),
  );
}

/** `std bundled 1.96`; where there is none, the reason says so itself. */
function stdWords(label: string): string {
  return /^std\b/.test(label) ? label : `std ${label}`;
}

/** `1.95` for `1.95.0`: a patch release never changes a layout. */
function shortVersion(version: string): string {
  return version.replace(/^(\d+\.\d+)\.\d+/, "$1");
}

/** `offset 41 · 17 B · align 1 · cache line 0, then 3 B padding`. */
function fieldHover(sema: Semantics, element: ElementOf<"field">, config: HoverConfig): Markup {
  const { definition, field, variant, fieldIndex } = element;
  if (definition.inactive !== undefined) return [inactive(definition.inactive)];
  const facts = definitionFacts(sema, definition);
  const row = facts.status === "exact" ? fieldFacts(facts, variant?.index, fieldIndex) : undefined;
  if (row !== undefined) return [paragraph(strong("Layout"), text(` ${fieldText(sema, row, config)}`))];
  const own = typeFacts(sema, field.typeText, field.layout);
  const line = paragraph(...(own.status === "unknown" ? [] : [strong("Layout"), text(" ")]), ...oneLine(own, config.numbers));
  return [line, ...whyNoOffset(facts, own)];
}

function fieldText(sema: Semantics, row: FieldFacts, config: HoverConfig): string {
  const { numbers } = config;
  const { first, last } = cacheLinesOf(row, cacheLineOf(config.cacheLine, sema.targetName));
  const lines = first === last ? `cache line ${first}` : `cache lines ${first}–${last}`;
  const words = [
    `offset ${formatNumber(row.offset, numbers)}`,
    formatBytes(row.size, numbers),
    `align ${formatNumber(row.align, numbers)}`,
    lines,
  ];
  const gap = row.paddingAfter > 0n ? `, then ${formatBytes(row.paddingAfter, numbers)} padding` : "";
  return words.join(" · ") + gap;
}

/** Why a field has no offset, where its own layout is known: the whole type's is not. */
function whyNoOffset(facts: LayoutFacts, own: LayoutFacts): readonly Block[] {
  if (own.status !== "exact") return [];
  if (facts.status === "unknown") return [paragraph(text("Offset unknown: "), ...prose(facts.reason))];
  if (facts.status === "generic" && facts.open.length > 0) return [paragraph(text(`Offset depends on ${openText(facts)}.`))];
  return [];
}

const SHOWN_FIELDS = 8;

/** `12 of 1032 B · x at 4, y at 8`. */
function variantHover(sema: Semantics, element: ElementOf<"variant">, config: HoverConfig): Markup {
  const { definition, variant } = element;
  if (definition.inactive !== undefined) return [inactive(definition.inactive)];
  const facts = definitionFacts(sema, definition);
  if (facts.status === "unknown") return [paragraph(...oneLine(facts, config.numbers))];
  return [paragraph(strong("Layout"), text(" "), ...variantText(facts, variant.index, config))];
}

function variantText(facts: Exclude<LayoutFacts, { readonly status: "unknown" }>, index: number, config: HoverConfig): readonly Inline[] {
  if (facts.status === "generic") return oneLine(facts, config.numbers);
  const { body, layout } = facts;
  const absent = layout.variants.kind === "empty" || (layout.variants.kind === "single" && layout.variants.index !== index);
  if (absent) return [text("no value of this variant can exist")];
  const variant = body.kind === "variants" ? body.variants.find((it) => it.index === index) : undefined;
  const rows = body.kind === "fields" ? body.rows : variant?.rows;
  if (rows === undefined) return oneLine(facts, config.numbers);
  const endsAt = variant?.endsAt ?? facts.size;
  const size = `${formatNumber(endsAt, config.numbers)} of ${formatBytes(facts.size, config.numbers)}`;
  const fields = rows.filter((row): row is FieldFacts => row.kind === "field").sort((a, b) => a.index - b.index);
  const places = fields.slice(0, SHOWN_FIELDS).map((row) => `${row.name} at ${formatNumber(row.offset, config.numbers)}`);
  const rest = fields.length > SHOWN_FIELDS ? [`… ${fields.length - SHOWN_FIELDS} more`] : [];
  return [text([size, [...places, ...rest].join(", ")].filter((part) => part !== "").join(" · "))];
}

/** A type that is written somewhere: one line, or all there is to say. */
export function typeHover(sema: Semantics, element: ElementOf<"type">, config: HoverConfig): Markup | undefined {
  if (config.references === "off") return undefined;
  const facts = typeFacts(sema, element.text, element.layout);
  if (config.references === "oneLine" || facts.status !== "exact") return [paragraph(...oneLine(facts, config.numbers))];
  const header = paragraph(strong("Layout"), text(" "), ...headline(facts, config.numbers));
  const context = { definition: undefined, config };
  return [header, ...details(sema, facts, context), footer(sema, facts, context)];
}
