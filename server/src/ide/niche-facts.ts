/**
 * Facts about the niche: how many values a type leaves to enums around it, and in which field they lie.
 *
 * Invariant: only the largest niche counts, as for rustc. The field is named through types that are written in a source; the
 * insides of library types are not.
 *
 * Example: in `struct S { id: u64, name: String }` the niche lies in `name`, whose capacity has 2^63 values to spare.
 */
import type { FieldModel, Semantics } from "../hir/model.ts";
import type { LayoutData } from "../layout/layout-data.ts";
import type { WrappingRange } from "../layout/wrapping-range.ts";
import type { FieldFacts, Row } from "./layout-rows.ts";
import { rowsOf } from "./layout-rows.ts";
import type { Body } from "./variant-facts.ts";

export interface NicheFacts {
  readonly offset: bigint;
  readonly size: bigint;
  /** How many values are left for enums around the type. */
  readonly available: bigint;
  /** Valid values, as rustc prints them. */
  readonly validRange: WrappingRange;
  readonly carrier: NicheCarrier;
}

export type NicheCarrier =
  | { readonly kind: "tag" }
  /** The path of field names, through fields that are written in a source: `conn.name`; in a variant of an enum its name too. */
  | { readonly kind: "field"; readonly path: string; readonly variant: string | undefined }
  /** The type itself is the scalar. */
  | { readonly kind: "self" };

/** The facts of a type's largest niche. */
export function nicheFacts(sema: Semantics, layout: LayoutData, body: Body): NicheFacts | undefined {
  const niche = layout.largestNiche;
  if (niche === undefined || niche.available === 0n) return undefined;
  const { offset, size, available, validRange } = niche;
  return { offset, size, available, validRange, carrier: carrierOf(sema, offset, body) };
}

function carrierOf(sema: Semantics, offset: bigint, body: Body): NicheCarrier {
  switch (body.kind) {
    case "none":
      return { kind: "self" };
    case "fields":
      return fieldCarrier(sema, offset, body.rows, undefined) ?? { kind: "self" };
    case "variants": {
      const { tag } = body;
      if (tag.encoding === "direct") return { kind: "tag" };
      const carrier = body.variants.find((variant) => variant.index === tag.untagged);
      const found = carrier === undefined ? undefined : fieldCarrier(sema, offset, carrier.rows, carrier.name);
      return found ?? { kind: "tag" };
    }
  }
}

function fieldCarrier(sema: Semantics, offset: bigint, rows: readonly Row[], variant: string | undefined): NicheCarrier | undefined {
  const row = fieldAt(rows, offset);
  if (row === undefined) return undefined;
  return { kind: "field", path: [row.name, ...innerPath(sema, row, offset - row.offset)].join("."), variant };
}

function fieldAt(rows: readonly Row[], offset: bigint): FieldFacts | undefined {
  return rows.find((row): row is FieldFacts => row.kind === "field" && row.offset <= offset && offset < row.offset + row.size);
}

/** Names of the fields inside a field's type, as long as they are written in a source: a library's insides help nobody. */
function innerPath(sema: Semantics, row: FieldFacts, offset: bigint): readonly string[] {
  const { type, layout } = row.model;
  if (type === undefined || layout.status !== "exact" || layout.layout.fields.kind !== "arbitrary") return [];
  const { kind, fields } = sema.partsOf(type);
  if (kind !== "struct" || !fields.every(isWritten)) return [];
  const rows = rowsOf({ fields, ...layout.layout.fields, tag: undefined, end: undefined });
  const inner = rows === undefined ? undefined : fieldAt(rows, offset);
  return inner === undefined ? [] : [inner.name, ...innerPath(sema, inner, offset - inner.offset)];
}

function isWritten(field: FieldModel): boolean {
  return field.nameRange !== undefined;
}
