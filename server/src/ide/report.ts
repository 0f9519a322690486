/**
 * The JSON report: layout facts as plain data for other programs, in the form of the command line's `--format json`.
 *
 * Invariant: keys stand in a fixed order and entries by file, line, module, name, so that equal inputs give equal bytes. Integers up
 * to 2^53 - 1 are JSON numbers, larger ones decimal strings; values of niches and discriminants always are strings.
 *
 * Example: `{ "file": "src/lib.rs", "line": 3, "name": "S", "module": "", "kind": "struct", "status": "exact", "size": 8, … }`.
 */

import type { FilePath } from "../base/path.ts";
import { english } from "../base/words.ts";
import type { LayoutAnswer, Place, Semantics, TypeDefinition, TypeTraits } from "../hir/model.ts";
import type { FieldsShape, MultipleVariants } from "../layout/layout-data.ts";
import { primitiveSize } from "../layout/primitive.ts";
import type { TargetDataLayout } from "../layout/target-data-layout.ts";
import { INTERNAL_ERROR, isolated } from "./isolated.ts";
import type { ExactFacts, LayoutFacts } from "./layout-facts.ts";
import { definitionFacts, typeFacts } from "./layout-facts.ts";
import type { NicheFacts } from "./niche-facts.ts";

/** A number that JSON readers hold exactly, or its decimal digits. */
export type JsonInteger = number | string;

export interface ReportEntry {
  readonly file: string;
  /** 1-based line of the item's name. */
  readonly line: number;
  readonly name: string;
  readonly module: string;
  readonly kind: string;
  readonly alias?: true;
  readonly local?: true;
  readonly in_macro?: string;
  readonly status: LayoutFacts["status"];
  readonly [fact: string]: unknown;
}

/** The JSON entry of a type expression. */
export interface TypeEntry {
  readonly type: string;
  readonly kind: string;
  readonly status: LayoutFacts["status"];
  readonly [fact: string]: unknown;
}

/** A file of the report: how it is shown, and its text, for line numbers. */
export interface ReportFile {
  readonly path: FilePath;
  /** Relative to the package's root, with `/`. */
  readonly shown: string;
  readonly text: string;
}

export interface ReportInput {
  readonly files: readonly ReportFile[];
  /** A file that is not reported on but holds a culprit. */
  file(path: FilePath): ReportFile | undefined;
}

/** A definition with its facts and place, as the command line lists it. */
export interface ReportItem {
  readonly definition: TypeDefinition;
  readonly file: ReportFile;
  readonly line: number;
  readonly facts: LayoutFacts;
}

/**
 * Every definition of the files that a report lists: structs, enums, unions and concrete aliases that are not configured out, by file,
 * line, module and name.
 */
export function reportItems(sema: Semantics, input: ReportInput): readonly ReportItem[] {
  const items = input.files.flatMap((file) => {
    const lines = lineStarts(file.text);
    return sema.definitions(file.path).flatMap((definition): ReportItem[] => {
      if (definition.inactive !== undefined) return [];
      if (definition.kind === "alias" && definition.openParameters.length > 0) return [];
      return [{ definition, file, line: lineAt(lines, definition.nameRange.start), facts: definitionFacts(sema, definition) }];
    });
  });
  return items.sort(compareItems);
}

/** The entry of a listed definition. */
export function reportEntry(sema: Semantics, item: ReportItem, input: ReportInput): ReportEntry {
  const { definition, facts } = item;
  return {
    file: item.file.shown,
    line: item.line,
    name: definition.name,
    module: definition.module,
    kind: definition.kind === "alias" ? facts.subject.kind : definition.kind,
    ...(definition.kind === "alias" ? { alias: true as const } : {}),
    ...(definition.isLocal ? { local: true as const } : {}),
    ...(definition.inMacro === undefined ? {} : { in_macro: definition.inMacro }),
    ...isolated(
      sema,
      definition,
      () => factsEntry(sema, facts, input),
      (): FactsEntry => ({ status: "unknown", reason: english(INTERNAL_ERROR) }),
    ),
  };
}

/** The entry of a type expression; `written` is the expression as it was given. */
export function typeEntry(
  sema: Semantics,
  written: string,
  asked: { readonly answer: LayoutAnswer; readonly input: ReportInput },
): TypeEntry {
  const facts = typeFacts(sema, written, asked.answer);
  return { type: written, kind: facts.subject.kind, ...factsEntry(sema, facts, asked.input) };
}

/** An integer as JSON holds it. */
export function jsonInteger(value: bigint): JsonInteger {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(value) : value.toString();
}

type FactsEntry = { readonly status: LayoutFacts["status"] } & Readonly<Record<string, unknown>>;

function factsEntry(sema: Semantics, facts: LayoutFacts, input: ReportInput): FactsEntry {
  switch (facts.status) {
    case "exact":
      return { ...exactEntry(sema.target, facts), ...traitsEntry(sema.traitsOf(facts.type)) };
    case "generic":
      return { status: "generic", at_least: jsonInteger(facts.atLeast) };
    case "unknown":
      return { status: "unknown", reason: english(facts.reason), ...culpritEntry(facts.culprit, input) };
  }
}

function culpritEntry(
  culprit: Place | undefined,
  input: ReportInput,
): { readonly culprit?: { readonly file: string; readonly line: number } } {
  const file = culprit === undefined ? undefined : (input.files.find((it) => it.path === culprit.file) ?? input.file(culprit.file));
  if (culprit === undefined || file === undefined) return {};
  return { culprit: { file: file.shown, line: lineAt(lineStarts(file.text), culprit.start) } };
}

function exactEntry(target: TargetDataLayout, facts: ExactFacts): FactsEntry {
  const { padding } = facts;
  return {
    status: "exact",
    size: jsonInteger(facts.size),
    align: jsonInteger(facts.align),
    ...(facts.unsized ? { unsized: true } : {}),
    uninhabited: facts.uninhabited,
    ...(padding === undefined ? {} : { padding: jsonInteger(padding) }),
    niche: nicheEntry(facts.niche),
    ...partsEntry(target, facts),
  };
}

/** The traits that are certain, and the chains to the culprits of those that do not hold. */
function traitsEntry({ holds, reasons }: TypeTraits): Readonly<Record<string, unknown>> {
  return {
    ...(holds.size === 0 ? {} : { traits: Object.fromEntries(holds) }),
    ...(reasons.size === 0 ? {} : { trait_reasons: Object.fromEntries(reasons) }),
  };
}

function nicheEntry(niche: NicheFacts | undefined): unknown {
  if (niche === undefined) return null;
  const { start, end } = niche.validRange;
  return { offset: jsonInteger(niche.offset), bits: Number(niche.size) * 8, start: start.toString(), end: end.toString() };
}

function partsEntry(target: TargetDataLayout, facts: ExactFacts): Readonly<Record<string, unknown>> {
  const { subject, layout } = facts;
  switch (subject.kind) {
    case "struct":
    case "union":
    case "tuple":
      return fieldsEntry(layout.fields, subject.fields);
    case "enum":
      return enumEntry(target, facts);
    case "array":
    case "other":
      return {};
  }
}

function fieldsEntry(shape: FieldsShape, fields: readonly { readonly name: string }[]): Readonly<Record<string, unknown>> {
  return { fields: offsetsOf(shape).map(jsonInteger), field_names: fields.map((field) => field.name) };
}

function offsetsOf(shape: FieldsShape): readonly bigint[] {
  switch (shape.kind) {
    case "arbitrary":
      return shape.offsets;
    case "union":
      return Array.from({ length: shape.count }, () => 0n);
    case "primitive":
    case "array":
      return [];
  }
}

function enumEntry(target: TargetDataLayout, { layout, subject }: ExactFacts): Readonly<Record<string, unknown>> {
  const { variants } = layout;
  const nameOf = (index: number): { readonly name: string; readonly fields: readonly { readonly name: string }[] } =>
    subject.variants[index] ?? { name: `${index}`, fields: [] };
  const entry = (index: number, at: { readonly size: bigint; readonly fields: FieldsShape }): unknown => {
    const { name, fields } = nameOf(index);
    return { index, name, size: jsonInteger(at.size), ...fieldsEntry(at.fields, fields) };
  };
  switch (variants.kind) {
    case "empty":
      return { tag: null, variants: [] };
    case "single":
      return { tag: null, variants: [entry(variants.index, layout)] };
    case "multiple":
      return { tag: tagEntry(target, variants), variants: variants.variants.map((variant, index) => entry(index, variant)) };
  }
}

function tagEntry(target: TargetDataLayout, { tag, tagOffset, tagEncoding }: MultipleVariants): unknown {
  const place = { offset: jsonInteger(tagOffset), bits: Number(primitiveSize(target, tag.value)) * 8 };
  if (tagEncoding.kind === "direct") return { encoding: "direct", ...place };
  const { untaggedVariant, nicheVariants, nicheStart } = tagEncoding;
  return {
    encoding: "niche",
    ...place,
    untagged: untaggedVariant,
    niche_variants: [nicheVariants.start, nicheVariants.end],
    niche_start: nicheStart.toString(),
  };
}

function compareItems(a: ReportItem, b: ReportItem): number {
  return (
    compare(a.file.shown, b.file.shown) ||
    a.line - b.line ||
    compare(a.definition.module, b.definition.module) ||
    compare(a.definition.name, b.definition.name)
  );
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** UTF-16 offsets at which lines start. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The 1-based line of an offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
