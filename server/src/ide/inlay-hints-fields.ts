/**
 * Hints on fields: the padding that follows in memory, and where each field lies.
 *
 * Invariant: fields of structs, unions and struct variants only: elements of tuples share their line with others.
 *
 * Example: `flags: u8,` in a `repr(C)` struct before a `u64` gets `+7 pad`.
 */
import type { HintContext, InlayHint } from "./inlay-hint.ts";
import { hintOffset, labelBytes, labelFormat, paddingLabel, plainHint } from "./inlay-hint.ts";
import type { ExactFacts } from "./layout-facts.ts";
import { sizeSetters } from "./layout-facts.ts";
import type { FieldFacts, Row } from "./layout-rows.ts";
import { formatNumber } from "./markup.ts";
import type { VariantFacts } from "./variant-facts.ts";

/** `+7 pad` behind fields that are followed by a gap. */
export function paddingHints(context: HintContext, facts: ExactFacts): readonly InlayHint[] {
  if (!context.config.padding) return [];
  const tail = tailOfEnum(facts);
  const mayHave = (variant: VariantFacts): boolean => variant.padding > 0n || (tail !== undefined && variant === tail.variant);
  const gaps = namedFields(facts, mayHave).map((field) => ({
    field,
    padding: field.paddingAfter + (field === tail?.field ? tail.padding : 0n),
  }));
  const followed = gaps.filter(({ padding }) => padding > 0n);
  return followed.flatMap(({ field, padding }) => atField(context, field, `+${paddingLabel(context.config, padding)}`));
}

/** `@41 · 17 B` behind every field. */
export function fieldHints(context: HintContext, facts: ExactFacts): readonly InlayHint[] {
  if (!context.config.fields) return [];
  const { numbers } = context.config;
  return namedFields(facts, () => true).flatMap((field) => {
    return atField(context, field, `@${formatNumber(field.offset, labelFormat(numbers))} · ${labelBytes(field.size, numbers)}`);
  });
}

function atField(context: HintContext, field: FieldFacts, label: string): readonly InlayHint[] {
  const { range } = field.model;
  return range === undefined ? [] : [plainHint(context, hintOffset(context.text, range.end), label)];
}

/** Of the variants of an enum those of some only. */
function namedFields({ body }: ExactFacts, isWanted: (variant: VariantFacts) => boolean): readonly FieldFacts[] {
  switch (body.kind) {
    case "fields":
      return fieldsOf(body.rows);
    case "variants":
      return body.variants.flatMap((variant) => (variant.model.shape === "record" && isWanted(variant) ? fieldsOf(variant.rows) : []));
    case "none":
      return [];
  }
}

function fieldsOf(rows: readonly Row[]): readonly FieldFacts[] {
  return rows.filter((row): row is FieldFacts => row.kind === "field" && !/^\d/.test(row.model.name));
}

/** What is left behind the last field of the one variant that sets the enum's size; in other variants it is not padding. */
function tailOfEnum(
  facts: ExactFacts,
): { readonly variant: VariantFacts; readonly field: FieldFacts; readonly padding: bigint } | undefined {
  const [setter, second] = sizeSetters(facts);
  if (setter === undefined || second !== undefined || setter.unused === 0n) return undefined;
  const field = fieldsOf(setter.rows).find((row) => row.size > 0n && row.offset + row.size === setter.endsAt);
  return field === undefined ? undefined : { variant: setter, field, padding: setter.unused };
}
