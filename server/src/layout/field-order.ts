/**
 * The order of fields in memory: sorted to keep padding small and to bring the largest niche to an end of the type.
 *
 * Invariant: the sort is stable, so equal fields keep source order; a tail that may be unsized stays last and does not influence
 * the others, so that every instance of a generic struct agrees. The keys are rustc's, odd ones included; each is explained where it
 * is computed. Mirrors the sort in `univariant_biased` of rustc_abi 1.95; older keys are chosen by `LayoutRules`.
 *
 * Example: in `struct S(u8, u32, u16)` memory order is 1, 2, 0.
 */
import type { LayoutCx } from "./layout-cx.ts";
import type { LayoutData } from "./layout-data.ts";
import { isZst } from "./layout-data.ts";
import { availableIn } from "./niche.ts";
import type { ReprOptions } from "./repr-options.ts";
import { inhibitsFieldReordering } from "./repr-options.ts";
import type { Align } from "./size.ts";
import { maxSize, minSize, trailingZeros } from "./size.ts";

/** Which end of the type a pass pulls the largest niche towards. */
export type NicheBias = "start" | "end";

/** What is sorted, and where the fields will stand. */
export interface FieldOrderInput {
  readonly fields: readonly LayoutData[];
  readonly repr: ReprOptions;
  /** `prefixed`: behind the tag of an enum. `maybeUnsized`: the last field stays last. */
  readonly kind: "alwaysSized" | "maybeUnsized" | "prefixed";
  readonly bias: NicheBias;
}

/** The keys of one field: the group decides first, then the niche keys, smaller before larger. */
interface SortKey {
  readonly field: number;
  readonly group: number;
  readonly niche: bigint;
  readonly nicheOffset: bigint;
}

/** Indices of the fields by increasing offset. */
export function inMemoryOrder(cx: LayoutCx, input: FieldOrderInput): number[] {
  const { fields, kind, repr } = input;
  const order = fields.map((_, field) => field);
  if (fields.length < 2 || inhibitsFieldReordering(repr, cx.rules)) return order;
  const movable = kind === "maybeUnsized" ? fields.slice(0, -1) : fields;
  const keys = sortKeys(cx, input, movable);
  keys.sort(compareKeys);
  for (let position = 0; position < keys.length; position++) {
    const key = keys[position];
    if (key !== undefined) order[position] = key.field;
  }
  return order;
}

function compareKeys(left: SortKey, right: SortKey): number {
  if (left.group !== right.group) return left.group - right.group;
  if (left.niche !== right.niche) return left.niche < right.niche ? -1 : 1;
  if (left.nicheOffset !== right.nicheOffset) return left.nicheOffset < right.nicheOffset ? -1 : 1;
  return 0;
}

function sortKeys(cx: LayoutCx, input: FieldOrderInput, movable: readonly LayoutData[]): SortKey[] {
  const limits = limitsOf(movable);
  const prefixed = input.kind === "prefixed";
  return movable.map((layout, field) => {
    const group = groupOf(cx, input, limits, layout);
    if (prefixed) return { field, group, niche: nicheKey(cx, "end", layout), nicheOffset: 0n };
    return {
      field,
      group: cx.rules.zeroSizedFields === "special" && isZst(layout) ? BEFORE_ALL_GROUPS - group : -group,
      niche: nicheKey(cx, input.bias, layout),
      nicheOffset: nicheOffsetKey(cx, input.bias, layout),
    };
  });
}

/** Where zero-sized fields stand in versions that place them first; no group reaches 2^30. */
const BEFORE_ALL_GROUPS = -(2 ** 30);

interface Limits {
  /** Binary logarithm of the largest alignment. */
  readonly maxAlign: number;
  /** Values available in the largest niche; 0 without niches. */
  readonly maxNiche: bigint;
}

function limitsOf(movable: readonly LayoutData[]): Limits {
  let maxAlign: Align = 1n;
  let maxNiche = 0n;
  for (const layout of movable) {
    maxAlign = maxSize(maxAlign, layout.align);
    maxNiche = maxSize(maxNiche, availableIn(layout.largestNiche));
  }
  return { maxAlign: trailingZeros(maxAlign), maxNiche };
}

/**
 * The alignment group as a binary logarithm (of `packed` types in bytes, which only ever compare among themselves).
 * The size counts like an alignment, so that `[u8; 4]` stands with 4-aligned fields and `[u8; 6]` with 2-aligned ones; with niches
 * around, an array may not push a niche away from the start, and the largest niche itself keeps its plain alignment at the end.
 */
function groupOf(cx: LayoutCx, { repr, bias }: FieldOrderInput, limits: Limits, layout: LayoutData): number {
  if (repr.pack !== undefined) return Number(minSize(layout.align, repr.pack));
  const align = trailingZeros(layout.align);
  if (cx.rules.fieldGroup === "align") return align;
  const group = trailingZeros(maxSize(layout.align, layout.size));
  if (limits.maxNiche === 0n) return group;
  if (bias === "start") return Math.min(limits.maxAlign, group);
  return availableIn(layout.largestNiche) === limits.maxNiche ? align : group;
}

function nicheKey(cx: LayoutCx, bias: NicheBias, layout: LayoutData): bigint {
  if (cx.rules.nicheOrder === "none") return 0n;
  const available = availableIn(layout.largestNiche);
  return cx.rules.nicheOrder === "biased" && bias === "start" ? -available : available;
}

/** Larger than the space behind any niche, so that in an end pass fields without one (0) sort before those with one. */
const MAX_TAIL = 1n << 64n;

/** Start: niches near the front of their field first; end: niches near the back of their field last. */
function nicheOffsetKey(cx: LayoutCx, bias: NicheBias, layout: LayoutData): bigint {
  const niche = layout.largestNiche;
  if (cx.rules.nicheOrder !== "biased" || niche === undefined) return 0n;
  return bias === "start" ? niche.offset : MAX_TAIL - (layout.size - niche.size - niche.offset);
}
