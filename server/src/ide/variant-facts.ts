/**
 * Facts about enums with several variants: the tag, and each variant's bytes.
 *
 * Invariant: offsets count from the start of the enum. A variant's bytes end behind its last field, or behind the tag it writes;
 * `payload` is the plain sum of its fields, as clippy's `large_enum_variant` counts.
 *
 * Example: `enum M { Ping, Blob([u8; 1024]), Text(String) }`: `Blob` ends at 1025 and leaves 7 of 1032 bytes unused.
 */
import type { VariantModel } from "../hir/model.ts";
import type { LayoutData, MultipleVariants } from "../layout/layout-data.ts";
import { primitiveSize } from "../layout/primitive.ts";
import { maxSize } from "../layout/size.ts";
import type { TargetDataLayout } from "../layout/target-data-layout.ts";
import type { WrappingRange } from "../layout/wrapping-range.ts";
import type { Row } from "./layout-rows.ts";
import { paddingOf, rowsOf } from "./layout-rows.ts";

export type TagFacts = {
  readonly offset: bigint;
  /** In bytes. */
  readonly size: bigint;
} & (
  | { readonly encoding: "direct"; readonly values: WrappingRange; readonly signed: boolean }
  /** The tag lies in a niche of the untagged variant. */
  | { readonly encoding: "niche"; readonly untagged: number; readonly untaggedName: string }
);

export interface VariantFacts {
  readonly index: number;
  readonly name: string;
  /** The sum of the sizes of its fields, in bytes. */
  readonly payload: bigint;
  /** Where its bytes end. */
  readonly endsAt: bigint;
  /** From there to the end of the enum. */
  readonly unused: bigint;
  /** Padding before `endsAt`. */
  readonly padding: bigint;
  readonly rows: readonly Row[];
  readonly model: VariantModel;
}

/** The inside of a type with an exact layout. */
export type Body =
  /** Structs, tuples, unions, and enums with a single variant that can exist (its index then). */
  | { readonly kind: "fields"; readonly rows: readonly Row[]; readonly variant: number | undefined }
  | { readonly kind: "variants"; readonly tag: TagFacts; readonly variants: readonly VariantFacts[] }
  /** Scalars, pointers, arrays, empty enums, and types whose parts are not known. */
  | { readonly kind: "none" };

/** The facts of a tag. */
export function tagFacts(target: TargetDataLayout, variants: MultipleVariants, models: readonly VariantModel[]): TagFacts {
  const { tag, tagEncoding } = variants;
  const place = { offset: variants.tagOffset, size: primitiveSize(target, tag.value) };
  if (tagEncoding.kind === "niche") {
    const untagged = tagEncoding.untaggedVariant;
    return { ...place, encoding: "niche", untagged, untaggedName: models[untagged]?.name ?? `${untagged}` };
  }
  const values = tag.kind === "initialized" ? tag.validRange : { start: 0n, end: (1n << (place.size * 8n)) - 1n };
  return { ...place, encoding: "direct", values, signed: tag.value.kind === "int" && tag.value.signed };
}

/** The facts of all variants in source order; undefined where a field's layout is not known. */
export function variantFacts(input: {
  readonly layout: LayoutData;
  readonly tag: TagFacts;
  readonly variants: MultipleVariants;
  readonly models: readonly VariantModel[];
}): readonly VariantFacts[] | undefined {
  const facts = input.models.map((model) => {
    const layout = input.variants.variants[model.index];
    return layout === undefined ? undefined : oneVariant(input.layout.size, input.tag, { model, layout });
  });
  const known = facts.filter((it) => it !== undefined);
  return known.length === facts.length ? known : undefined;
}

function oneVariant(
  enumSize: bigint,
  tag: TagFacts,
  { model, layout }: { model: VariantModel; layout: LayoutData },
): VariantFacts | undefined {
  const writesTag = tag.encoding === "direct" || tag.untagged !== model.index;
  const placed = layout.fields.kind === "arbitrary" ? layout.fields : { offsets: [], inMemoryOrder: [] };
  const rows = rowsOf({ fields: model.fields, ...placed, tag: writesTag ? tag : undefined, end: undefined });
  if (rows === undefined) return undefined;
  const endsAt = rows.reduce((end, row) => (row.kind === "padding" ? end : maxSize(end, row.offset + row.size)), 0n);
  const payload = rows.reduce((sum, row) => (row.kind === "field" ? sum + row.size : sum), 0n);
  return { index: model.index, name: model.name, payload, endsAt, unused: enumSize - endsAt, padding: paddingOf(rows), rows, model };
}
