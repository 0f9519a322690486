/**
 * Excess padding: a `repr(C)` struct of which a good part is padding that another order of its fields would not need.
 *
 * Invariant: the size in another order is computed by the layout engine, never estimated. Other reprs are not reported on: rustc orders
 * their fields itself, or packs them.
 *
 * Example: `#[repr(C)] struct Header { kind: u8, len: u32, flags: u8, ts: u64 }` has 10 bytes of padding in 24; 16 would do.
 */
import type { Semantics, TypeDefinition } from "../hir/model.ts";
import type { DiagnosticsConfig } from "./config.ts";
import { definitionFacts, percentOf } from "./layout-facts.ts";

export interface ExcessPadding {
  readonly size: bigint;
  readonly padding: bigint;
  /** The size with the fields in the best order. */
  readonly reordered: bigint;
}

/** The padding of a definition, if it exceeds the limits and reordering helps. */
export function excessPadding(sema: Semantics, definition: TypeDefinition, config: DiagnosticsConfig): ExcessPadding | undefined {
  const { kind, repr, inactive, ignoredCodes } = definition;
  const isOrdered = repr.includes("C") && !repr.some((word) => word.startsWith("packed"));
  if (kind !== "struct" || !isOrdered || inactive !== undefined || ignoredCodes.includes("padding")) return undefined;
  const facts = definitionFacts(sema, definition);
  if (facts.status !== "exact" || facts.unsized || facts.padding === undefined) return undefined;
  const { size, padding, body } = facts;
  const isLittle = padding < BigInt(config.paddingMinimumBytes) || percentOf(padding, size) < BigInt(config.paddingMinimumPercent);
  if (isLittle || body.kind !== "fields") return undefined;
  const fields = body.rows.flatMap((row) => (row.kind === "field" ? [row] : []));
  const order = fields.toSorted((a, b) => (a.align === b.align ? a.index - b.index : a.align < b.align ? 1 : -1)).map((row) => row.index);
  const other = sema.layoutWithFieldOrder(definition, order);
  if (other.status !== "exact" || other.layout.size >= size) return undefined;
  return { size, padding, reordered: other.layout.size };
}
