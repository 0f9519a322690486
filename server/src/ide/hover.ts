/**
 * Hover: what is said about the definition, field, variant or type under the cursor.
 *
 * Invariant: a definition gets header, table and sentences; a use of a type one line; where there is no number, the reason.
 * Links go only to commands that the client has. Nothing here needs resolving later.
 *
 * Example: on the name of `struct Session { … }`: `**Layout** 64 B · align 8 · 5 B padding (8 %)` and its fields in memory order.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Words } from "../base/words.ts";
import { english, inWords } from "../base/words.ts";
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
import { formatBytes, formatNumber, paragraph, strong, text } from "./markup.ts";
import { memoryPicture } from "./memory-map-svg.ts";
import { sentence } from "./sentence.ts";

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
  if (definition.inactive !== undefined) return [inactive(definition.inactive, config.words)];
  const facts = definitionFacts(sema, definition);
  if (definition.kind === "alias") return [paragraph(...oneLine(facts, config))];
  if (facts.status === "unknown") return [paragraph(...oneLine(facts, config)), footer(sema, facts, { definition, config })];
  const header = paragraph(...title(config.words), ...headline(facts, config));
  return [
    header,
    ...picture(sema, facts, config),
    ...details(sema, facts, { definition, config }),
    footer(sema, facts, { definition, config }),
  ];
}

/** The bytes as a picture, where the client can show one. */
function picture(sema: Semantics, facts: LayoutFacts, config: HoverConfig): readonly Block[] {
  const { pictures, cacheLine, words } = config;
  const drawn = pictures && facts.status === "exact" ? memoryPicture(facts, cacheLineOf(cacheLine, sema.targetName), words) : undefined;
  return drawn === undefined ? [] : [{ kind: "picture", ...drawn }];
}

/** `inactive: cfg(…)`, with the condition as written. */
function inactive(cfg: string, words: Words): Block {
  return paragraph(...sentence(words, msg("inactive: `{cfg}`", { cfg: cfg.startsWith("cfg(") ? cfg : `cfg(${cfg})` })));
}

/** The word before everything that is said of a layout. */
function title(words: Words): readonly Inline[] {
  return [strong(inWords(words, msg("Layout"))), text(" ")];
}

interface DefinitionContext {
  readonly definition: TypeDefinition | undefined;
  readonly config: HoverConfig;
}

/** Most variants in a table: the large ones matter. */
const MAX_VARIANTS = 10;

/** Table and sentences. */
function details(sema: Semantics, facts: LayoutFacts, { definition, config }: DefinitionContext): readonly Block[] {
  const { table, maxRows } = config;
  const lines =
    table && facts.status === "exact"
      ? layoutTable(facts, { writing: config, maxRows, maxVariants: Math.min(maxRows, MAX_VARIANTS) })
      : undefined;
  const said = layoutSentences(sema, facts, { definition, writing: config });
  return [
    ...(lines === undefined ? [] : [{ kind: "table" as const, lines: lines.map(notedLine) }]),
    ...(said.length === 0 ? [] : [paragraph(...inARow(said))]),
  ];
}

/** Commands that a definition's hover links to, where the client has them. */
const LINKS = [
  { command: "stowplan.openLayout", title: msg("Open Layout") },
  { command: "stowplan.compareTargets", title: msg("Compare Targets") },
] as const;

/** Target, compiler, the data that stand for std, and links. */
function footer(sema: Semantics, facts: LayoutFacts, { definition, config }: DefinitionContext): Block {
  const ordered = facts.status === "exact" && facts.body.kind === "fields" && facts.body.rows.length > 0 && config.table;
  const { words } = config;
  const said = [
    sema.targetName,
    `rustc ${shortVersion(sema.rustcVersion)}`,
    stdWords(sema.stdLabel, words),
    ...(definition?.isTest === true ? [inWords(words, msg("compiled for tests"))] : []),
    ...(ordered ? [inWords(words, msg("fields in memory order"))] : []),
  ];
  const argument =
    definition === undefined ? undefined : encodeURIComponent(JSON.stringify([{ file: definition.file, key: definition.key }]));
  const links = argument === undefined ? [] : LINKS.filter(({ command }) => config.commands.includes(command));
  return paragraph(
    text(said.join(" · ")),
    ...links.map(
      ({ command, title: name }): Inline => ({
        kind: "link",
        text: inWords(words, name),
        target: `command:${command}?${argument}`,
        separator: " · ",
      }),
    ),
  );
}

/** `std bundled 1.96`; where there is none, the reason says so itself. */
function stdWords(label: Message, words: Words): string {
  return inWords(words, /^std\b/.test(english(label)) ? label : msg("std {data}", { data: label }));
}

/** `1.95` for `1.95.0`: a patch release never changes a layout. */
function shortVersion(version: string): string {
  return version.replace(/^(\d+\.\d+)\.\d+/, "$1");
}

/** `offset 41 · 17 B · align 1 · cache line 0, then 3 B padding`. */
function fieldHover(sema: Semantics, element: ElementOf<"field">, config: HoverConfig): Markup {
  const { definition, field, variant, fieldIndex } = element;
  if (definition.inactive !== undefined) return [inactive(definition.inactive, config.words)];
  const facts = definitionFacts(sema, definition);
  const row = facts.status === "exact" ? fieldFacts(facts, variant?.index, fieldIndex) : undefined;
  if (row !== undefined) return [paragraph(...title(config.words), text(fieldText(sema, row, config)))];
  const own = typeFacts(sema, field.typeText, field.layout);
  const line = paragraph(...(own.status === "unknown" ? [] : title(config.words)), ...oneLine(own, config));
  return [line, ...whyNoOffset(facts, own, config.words)];
}

function fieldText(sema: Semantics, row: FieldFacts, config: HoverConfig): string {
  const { numbers, words } = config;
  const { first, last } = cacheLinesOf(row, cacheLineOf(config.cacheLine, sema.targetName));
  const lines = first === last ? msg("cache line {line}", { line: first }) : msg("cache lines {first}–{last}", { first, last });
  const gap =
    row.paddingAfter > 0n ? msg("{line}, then {bytes} padding", { line: lines, bytes: formatBytes(row.paddingAfter, numbers) }) : lines;
  const parts: readonly (Message | string)[] = [
    msg("offset {offset}", { offset: formatNumber(row.offset, numbers) }),
    formatBytes(row.size, numbers),
    msg("align {align}", { align: formatNumber(row.align, numbers) }),
    gap,
  ];
  return parts.map((part) => inWords(words, part)).join(" · ");
}

/** Why a field has no offset, where its own layout is known: the whole type's is not. */
function whyNoOffset(facts: LayoutFacts, own: LayoutFacts, words: Words): readonly Block[] {
  if (own.status !== "exact") return [];
  if (facts.status === "unknown") return [paragraph(...sentence(words, msg("Offset unknown: {reason}", { reason: facts.reason })))];
  if (facts.status === "generic" && facts.open.length > 0)
    return [paragraph(...sentence(words, msg("Offset depends on {open}.", { open: openText(facts) })))];
  return [];
}

const SHOWN_FIELDS = 8;

/** `12 of 1032 B · x at 4, y at 8`. */
function variantHover(sema: Semantics, element: ElementOf<"variant">, config: HoverConfig): Markup {
  const { definition, variant } = element;
  if (definition.inactive !== undefined) return [inactive(definition.inactive, config.words)];
  const facts = definitionFacts(sema, definition);
  if (facts.status === "unknown") return [paragraph(...oneLine(facts, config))];
  return [paragraph(...title(config.words), ...variantText(facts, variant.index, config))];
}

function variantText(facts: Exclude<LayoutFacts, { readonly status: "unknown" }>, index: number, config: HoverConfig): readonly Inline[] {
  if (facts.status === "generic") return oneLine(facts, config);
  const { body, layout } = facts;
  const absent = layout.variants.kind === "empty" || (layout.variants.kind === "single" && layout.variants.index !== index);
  if (absent) return sentence(config.words, msg("no value of this variant can exist"));
  const variant = body.kind === "variants" ? body.variants.find((it) => it.index === index) : undefined;
  const rows = body.kind === "fields" ? body.rows : variant?.rows;
  if (rows === undefined) return oneLine(facts, config);
  const endsAt = variant?.endsAt ?? facts.size;
  const fields = rows.filter((row): row is FieldFacts => row.kind === "field").sort((a, b) => a.index - b.index);
  return [text([variantSize(endsAt, facts.size, config), fieldPlaces(fields, config)].filter((part) => part !== "").join(" · "))];
}

function variantSize(endsAt: bigint, whole: bigint, { numbers, words }: HoverConfig): string {
  return inWords(words, msg("{end} of {size}", { end: formatNumber(endsAt, numbers), size: formatBytes(whole, numbers) }));
}

/** `x at 4, y at 8`, of many fields the first. */
function fieldPlaces(fields: readonly FieldFacts[], { numbers, words }: HoverConfig): string {
  const places = fields
    .slice(0, SHOWN_FIELDS)
    .map((row) => inWords(words, msg("{field} at {offset}", { field: row.name, offset: formatNumber(row.offset, numbers) })));
  const rest = fields.length - SHOWN_FIELDS;
  return [...places, ...(rest > 0 ? [inWords(words, msg("… {count} more", { count: rest }))] : [])].join(", ");
}

/** A type that is written somewhere: one line, or all there is to say. */
export function typeHover(sema: Semantics, element: ElementOf<"type">, config: HoverConfig): Markup | undefined {
  if (config.references === "off") return undefined;
  const facts = typeFacts(sema, element.text, element.layout);
  if (config.references === "oneLine" || facts.status !== "exact") return [paragraph(...oneLine(facts, config))];
  const header = paragraph(...title(config.words), ...headline(facts, config));
  const context = { definition: undefined, config };
  return [header, ...details(sema, facts, context), footer(sema, facts, context)];
}
