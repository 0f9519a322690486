/**
 * Which range of a file holds an offset. Invariant: the end of a range belongs to it, so that a cursor behind a name is on it.
 */
import type { RelRange } from "../hir-def/expr.ts";
import type { FieldModel } from "./model.ts";

/** The length of a range that holds the offset. */
export function lengthAround(range: RelRange | undefined, offset: number): number | undefined {
  return range !== undefined && range.start <= offset && offset <= range.end ? range.end - range.start : undefined;
}

/** Whether a range holds the offset, its end included. */
export function contains(range: RelRange | undefined, offset: number): boolean {
  return range !== undefined && range.start <= offset && offset <= range.end;
}

/** The range, or an empty one. */
export function rangeOr(range: RelRange | undefined): RelRange {
  return range ?? { start: 0, end: 0 };
}

/** A named field under the offset; tuple fields have no name, their type answers. */
export function fieldAt(
  fields: readonly FieldModel[],
  offset: number,
): { readonly field: FieldModel; readonly fieldIndex: number } | undefined {
  const fieldIndex = fields.findIndex(({ name, nameRange }) => !/^\d+$/.test(name) && contains(nameRange, offset));
  const field = fields[fieldIndex];
  return field === undefined ? undefined : { field, fieldIndex };
}
