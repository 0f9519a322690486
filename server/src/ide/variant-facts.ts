/**
 * Facts about enums with several variants: the tag, and each variant's bytes.
 *
 * Invariant: offsets count from the start of the enum. A variant's bytes end behind its last field, or behind the tag it writes;
 * `payload` is the plain sum of its fields, as clippy's `large_enum_variant` counts.
 *
 * Example: `enum M { Ping, Blob([u8; 1024]), Text(String) }`: `Blob` ends at 1025 and leaves 7 of 1032 bytes unused.
 */
import type { VariantModel } from "../hir/model.ts";
import type { FieldsShape, LayoutData, MultipleVariants } from "../layout/layout-data.ts";
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

/** Variants in the order in which they are shown: the one that ends last first. */
export function largestFirst(variants: readonly VariantFacts[]): readonly VariantFacts[] {
  return [...variants].sort((a, b) => (a.endsAt === b.endsAt ? a.index - b.index : a.endsAt < b.endsAt ? 1 : -1));
}

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
  const { tag, models, variants } = input;
  const known: Known = { withTag: new Map(), withoutTag: new Map() };
  const facts: VariantFacts[] = [];
  for (const model of models) {
    const layout = variants.variants[model.index];
    if (layout === undefined) return undefined;
    const at: VariantPlace = { model, fields: layout.fields, tag: isUntagged(tag, model.index) ? undefined : tag };
    const ends = knownEnds(known, at);
    if (ends === undefined) return undefined;
    const rows = ends.of === at && models.length <= FEW ? ends.rows : undefined;
    facts.push(new PlacedVariant(at, { ends, rows }, input.layout.size));
  }
  return facts;
}

/** The variant that is told by what its niche holds writes no tag. */
function isUntagged(tag: TagFacts, index: number): boolean {
  return tag.encoding === "niche" && tag.untagged === index;
}

interface VariantPlace {
  readonly model: VariantModel;
  readonly fields: FieldsShape;
  /** Where it writes one. */
  readonly tag: TagFacts | undefined;
}

/** Of so many variants the rows that were put together to find their ends are kept. */
const FEW = 32;

interface Ends extends Pick<VariantFacts, "payload" | "endsAt" | "padding"> {
  /** The variant whose rows these are. */
  readonly of: VariantPlace;
  readonly rows: readonly Row[];
}

/** By where fields lie: variants that share that have the same fields. */
interface Known {
  readonly withTag: Map<FieldsShape, Ends>;
  readonly withoutTag: Map<FieldsShape, Ends>;
}

function knownEnds(known: Known, at: VariantPlace): Ends | undefined {
  const alike = at.tag === undefined ? known.withoutTag : known.withTag;
  const ends = alike.get(at.fields) ?? endsOf(at);
  if (ends !== undefined) alike.set(at.fields, ends);
  return ends;
}

function endsOf(at: VariantPlace): Ends | undefined {
  const rows = rowsOfVariant(at);
  if (rows === undefined) return undefined;
  const endsAt = rows.reduce((end, row) => (row.kind === "padding" ? end : maxSize(end, row.offset + row.size)), 0n);
  const payload = rows.reduce((sum, row) => (row.kind === "field" ? sum + row.size : sum), 0n);
  return { payload, endsAt, padding: paddingOf(rows), of: at, rows };
}

function rowsOfVariant({ model, fields, tag }: VariantPlace): readonly Row[] | undefined {
  const placed = fields.kind === "arbitrary" ? fields : { offsets: [], inMemoryOrder: [] };
  return rowsOf({ fields: model.fields, ...placed, tag, end: undefined });
}

/** A variant's facts; its rows are put together when someone asks, unless they are at hand: an enum may have thousands of variants, of which few are shown. */
class PlacedVariant implements VariantFacts {
  readonly #at: VariantPlace;
  #rows: readonly Row[] | undefined;
  readonly payload: bigint;
  readonly endsAt: bigint;
  readonly unused: bigint;
  readonly padding: bigint;

  constructor(at: VariantPlace, known: { readonly ends: Ends; readonly rows: readonly Row[] | undefined }, enumSize: bigint) {
    const { payload, endsAt, padding } = known.ends;
    this.#at = at;
    this.#rows = known.rows;
    this.payload = payload;
    this.endsAt = endsAt;
    this.unused = enumSize - endsAt;
    this.padding = padding;
  }

  get model(): VariantModel {
    return this.#at.model;
  }

  get index(): number {
    return this.#at.model.index;
  }

  get name(): string {
    return this.#at.model.name;
  }

  get rows(): readonly Row[] {
    this.#rows ??= rowsOfVariant(this.#at) ?? [];
    return this.#rows;
  }
}
