/**
 * The model of a variant. An enum may have thousands of which a question needs few: fields, places and values are found when someone
 * asks for them.
 *
 * Invariant: asked in the revision it was made in, or what it says is that of another one; whoever keeps a model keeps it no longer.
 */
import type { RawField, RawItem } from "../hir-def/item-tree.ts";
import type { VariantDef } from "../hir-ty/ty-db.ts";
import type { FieldModel, VariantModel } from "./model.ts";
import { writtenRange } from "./placement.ts";
import type { PlacedDef } from "./source-map.ts";

/** A variant as written; a struct or union has one. */
export interface WrittenVariant {
  readonly nameRange: RawField["nameRange"];
  readonly range: RawField["range"];
  /** Those that are configured out included. */
  readonly fields: readonly RawField[];
}

/** What the models of one definition's variants are made with. */
export interface VariantSource {
  /** Where the definition stands; undefined for one without source. */
  readonly place: PlacedDef | undefined;
  fields(variant: VariantDef, written: WrittenVariant | undefined): readonly FieldModel[];
  discriminant(variant: VariantDef): bigint | undefined;
}

export class LazyVariantModel implements VariantModel {
  readonly #source: VariantSource;
  readonly #variant: VariantDef;
  readonly #written: WrittenVariant | undefined;
  #fields: readonly FieldModel[] | undefined;

  constructor(source: VariantSource, variant: VariantDef, written: WrittenVariant | undefined) {
    this.#source = source;
    this.#variant = variant;
    this.#written = written;
  }

  get name(): string {
    return this.#variant.name;
  }

  get index(): number {
    return this.#variant.index;
  }

  get shape(): VariantModel["shape"] {
    return this.#variant.shape;
  }

  get nameRange(): VariantModel["nameRange"] {
    return this.#placed(this.#written?.nameRange);
  }

  get range(): VariantModel["range"] {
    return this.#placed(this.#written?.range);
  }

  get fields(): readonly FieldModel[] {
    this.#fields ??= this.#source.fields(this.#variant, this.#written);
    return this.#fields;
  }

  get discriminant(): bigint | undefined {
    return this.#source.discriminant(this.#variant);
  }

  #placed(range: RawField["range"] | undefined): VariantModel["range"] {
    const { place } = this.#source;
    return range === undefined || place === undefined ? undefined : writtenRange(place, range);
  }
}

/** Whether a macro has put other fields in the place of those that are written. */
export function isRewritten(made: RawItem | undefined, { fields }: Extract<RawItem, { kind: "struct" | "union" }>): boolean {
  if (made?.kind !== "struct") return false;
  return made.fields.length !== fields.length || made.fields.some(({ name }, i) => name !== fields[i]?.name);
}
