/**
 * Layout facts: the single derivation of what users are told about a layout, used by hover, hints, diagnostics, assists and the
 * command line alike, so that they cannot disagree.
 *
 * Invariant: numbers are read off the `LayoutData` (or subtracted from each other), never estimated; where a part of the answer is
 * missing (a field without a layout), the fact is absent. Rows stand in memory order. Sizes and offsets are bytes.
 *
 * Example: `struct S { a: u8, b: u32 }` has the rows `b` at 0, `a` at 4 and 3 bytes of padding at 5; 3 of its 8 bytes are padding.
 */
import { lazily } from "../base/lazily.ts";
import type { Message } from "../base/message.ts";
import type { DefinitionKind, FieldModel, LayoutAnswer, Place, Semantics, TypeDefinition, TypeHandle, VariantModel } from "../hir/model.ts";
import type { LayoutData } from "../layout/layout-data.ts";
import { isSized } from "../layout/layout-data.ts";
import { alignTo, maxSize } from "../layout/size.ts";
import type { TargetDataLayout } from "../layout/target-data-layout.ts";
import { FileMemo } from "./file-memo.ts";
import { INTERNAL_ERROR, isolated } from "./isolated.ts";
import type { FieldFacts, FreeBytes, Row } from "./layout-rows.ts";
import { freeBytes, paddingOf, structRows, unionRows } from "./layout-rows.ts";
import type { NicheFacts } from "./niche-facts.ts";
import { nicheFacts } from "./niche-facts.ts";
import type { Body, VariantFacts } from "./variant-facts.ts";
import { tagFacts, variantFacts } from "./variant-facts.ts";

/** What is asked about: an answer, and the parts of the type it belongs to. */
export interface Subject {
  /** The definition's name, or the type as text. */
  readonly name: string;
  readonly kind: Exclude<DefinitionKind, "alias"> | "tuple" | "array" | "other";
  readonly answer: LayoutAnswer;
  readonly fields: readonly FieldModel[];
  readonly variants: readonly VariantModel[];
  /** The words of `#[repr(…)]`; undefined where there is no definition to add a field to. */
  readonly repr: readonly string[] | undefined;
}

export type LayoutFacts = ExactFacts | GenericFacts | UnknownFacts;

export interface ExactFacts {
  readonly status: "exact";
  readonly subject: Subject;
  readonly type: TypeHandle;
  readonly layout: LayoutData;
  /** Of an unsized type: the sized prefix. */
  readonly size: bigint;
  readonly align: bigint;
  readonly unsized: boolean;
  readonly uninhabited: boolean;
  /**
   * Bytes that no direct field or tag covers: of a struct or tuple; of an enum in the variant that sets the size; of a union its
   * size less its largest field. 0 for scalars, pointers and arrays; undefined where a field's size is not known.
   */
  readonly padding: bigint | undefined;
  readonly niche: NicheFacts | undefined;
  readonly body: Body;
  readonly free: FreeBytes | undefined;
}

export interface GenericFacts {
  readonly status: "generic";
  readonly subject: Subject;
  readonly atLeast: bigint;
  readonly minimumAlign: bigint;
  readonly open: readonly string[];
}

export interface UnknownFacts {
  readonly status: "unknown";
  readonly subject: Subject;
  readonly reason: Message;
  readonly culprit: Place | undefined;
}

const factsMemo = new FileMemo<LayoutFacts>();

/** The facts of a definition. */
export function definitionFacts(sema: Semantics, definition: TypeDefinition): LayoutFacts {
  const compute = (): LayoutFacts => layoutFacts(sema, definitionSubject(sema, definition));
  return factsMemo.get(sema, definition, undefined, () => isolated(sema, definition, compute, () => defectFacts(definition)));
}

function defectFacts({ name, kind }: TypeDefinition): UnknownFacts {
  const unknown = { status: "unknown", reason: INTERNAL_ERROR, culprit: undefined } as const;
  const subject: Subject = {
    name,
    kind: kind === "alias" ? "other" : kind,
    answer: unknown,
    fields: [],
    variants: [],
    repr: undefined,
  };
  return { ...unknown, subject };
}

/** The facts of a type written somewhere. */
export function typeFacts(sema: Semantics, name: string, answer: LayoutAnswer): LayoutFacts {
  return layoutFacts(sema, typeSubject(sema, name, answer));
}

function definitionSubject(sema: Semantics, definition: TypeDefinition): Subject {
  const answer = sema.layoutOf(definition);
  const { name, kind } = definition;
  if (kind === "alias") return typeSubject(sema, name, answer);
  return { name, kind, answer, fields: sema.fieldsOf(definition), variants: sema.variantsOf(definition), repr: definition.repr };
}

function typeSubject(sema: Semantics, name: string, answer: LayoutAnswer): Subject {
  const nothing = { kind: "other", fields: [], variants: [] } as const;
  const { kind, fields, variants } = answer.status === "exact" ? sema.partsOf(answer.type) : nothing;
  return { name, kind, answer, fields, variants, repr: undefined };
}

/** Derives the facts of a subject. */
export function layoutFacts(sema: Semantics, subject: Subject): LayoutFacts {
  const { answer } = subject;
  switch (answer.status) {
    case "exact":
      return exactFacts(sema, subject, answer);
    case "generic":
      return { status: "generic", subject, atLeast: answer.atLeast, minimumAlign: answer.minimumAlign, open: answer.open };
    case "unknown":
      return { status: "unknown", subject, reason: answer.reason, culprit: answer.culprit };
  }
}

function exactFacts(sema: Semantics, subject: Subject, answer: { readonly layout: LayoutData; readonly type: TypeHandle }): ExactFacts {
  const { layout, type } = answer;
  const body = bodyOf(sema.target, subject, layout);
  // Hints show neither.
  const niche = lazily(() => nicheFacts(sema, layout, body));
  const free = lazily(() =>
    body.kind === "fields" && subject.kind === "struct" && isSized(layout) ? freeBytes(subject.repr, layout, body.rows) : undefined,
  );
  return {
    status: "exact",
    subject,
    type,
    layout,
    size: layout.size,
    align: layout.align,
    unsized: !isSized(layout),
    uninhabited: layout.uninhabited,
    padding: paddingOfBody(subject, layout, body),
    body,
    get niche() {
      return niche();
    },
    get free() {
      return free();
    },
  };
}

function bodyOf(target: TargetDataLayout, subject: Subject, layout: LayoutData): Body {
  switch (subject.kind) {
    case "struct":
    case "tuple":
      return fieldsBody(structRows(layout, subject.fields), undefined);
    case "union":
      return fieldsBody(unionRows(layout, subject.fields), undefined);
    case "enum":
      return enumBody(target, subject, layout);
    case "array":
    case "other":
      return { kind: "none" };
  }
}

function fieldsBody(rows: readonly Row[] | undefined, variant: number | undefined): Body {
  return rows === undefined ? { kind: "none" } : { kind: "fields", rows, variant };
}

function enumBody(target: TargetDataLayout, subject: Subject, layout: LayoutData): Body {
  const { variants } = layout;
  switch (variants.kind) {
    case "empty":
      return { kind: "none" };
    case "single":
      return fieldsBody(structRows(layout, subject.variants[variants.index]?.fields ?? []), variants.index);
    case "multiple": {
      const tag = tagFacts(target, variants, subject.variants);
      const facts = variantFacts({ layout, tag, variants, models: subject.variants });
      return facts === undefined ? { kind: "none" } : { kind: "variants", tag, variants: facts };
    }
  }
}

function paddingOfBody(subject: Subject, layout: LayoutData, body: Body): bigint | undefined {
  switch (body.kind) {
    case "fields":
      return paddingOf(body.rows);
    case "variants": {
      const setter = largestVariant(body.variants);
      return setter === undefined ? undefined : setter.padding + setter.unused;
    }
    case "none":
      return subject.kind === "array" || subject.kind === "other" || layout.variants.kind === "empty" ? 0n : undefined;
  }
}

/** The variant that ends last, the first of equals; its bytes are what the enum's size is for. */
export function largestVariant(variants: readonly VariantFacts[]): VariantFacts | undefined {
  return variants.reduce<VariantFacts | undefined>((best, it) => (best === undefined || it.endsAt > best.endsAt ? it : best), undefined);
}

/** The variants with data that need the enum's full size: with one of them alone it could not be smaller. */
export function sizeSetters(facts: ExactFacts): readonly VariantFacts[] {
  if (facts.body.kind !== "variants") return [];
  return facts.body.variants.filter((variant) => variant.payload > 0n && alignTo(variant.endsAt, facts.align) === facts.size);
}

/** The facts of one field of a struct or union, or of a variant. */
export function fieldFacts(facts: ExactFacts, variant: number | undefined, field: number): FieldFacts | undefined {
  const { body } = facts;
  if (body.kind === "none") return undefined;
  const rows = body.kind === "fields" ? body.rows : (body.variants.find((it) => it.index === variant)?.rows ?? []);
  if (body.kind === "fields" && body.variant !== undefined && body.variant !== variant) return undefined;
  return rows.find((row): row is FieldFacts => row.kind === "field" && row.index === field);
}

/** Share of a part in percent, rounded to the nearest whole; 0 of nothing. */
export function percentOf(part: bigint, whole: bigint): bigint {
  return whole === 0n ? 0n : (part * 100n + whole / 2n) / whole;
}

/** The cache lines that bytes at an offset touch, counted from the start of the type. */
export function cacheLinesOf(
  at: { readonly offset: bigint; readonly size: bigint },
  line: bigint,
): { readonly first: bigint; readonly last: bigint } {
  const end = at.offset + maxSize(at.size, 1n) - 1n;
  return { first: at.offset / line, last: end / line };
}
