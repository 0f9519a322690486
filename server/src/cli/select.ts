/**
 * Which types a report lists, and in which order.
 *
 * Invariant: without `--sort` the order is by file, line, module and name, as it comes.
 */
import type { ReportItem } from "../ide/report.ts";
import type { ReportOptions, SortKey } from "./args.ts";

/** The items that pass `--min-size`, sorted as `--sort` says (largest first; names from a to z). */
export function selectItems(items: readonly ReportItem[], options: Pick<ReportOptions, "sort" | "minSize">): readonly ReportItem[] {
  const { sort, minSize } = options;
  const kept = items.filter((item) => minSize === 0n || sizeOf(item) >= minSize);
  return sort === undefined ? kept : [...kept].sort((a, b) => compareBy(sort, a, b));
}

/** `module::Name`. */
export function pathOf({ definition }: ReportItem): string {
  return definition.module === "" ? definition.name : `${definition.module}::${definition.name}`;
}

/** Size in bytes; the lower bound of a generic type, -1 for an unknown one. */
export function sizeOf({ facts }: ReportItem): bigint {
  switch (facts.status) {
    case "exact":
      return facts.size;
    case "generic":
      return facts.atLeast;
    case "unknown":
      return -1n;
  }
}

/** Padding in bytes; -1 where it is not known. */
export function paddingOf({ facts }: ReportItem): bigint {
  return facts.status === "exact" ? (facts.padding ?? -1n) : -1n;
}

function compareBy(key: SortKey, a: ReportItem, b: ReportItem): number {
  switch (key) {
    case "name":
      return compareNames(a, b);
    case "size":
      return descending(sizeOf(a), sizeOf(b)) || compareNames(a, b);
    case "padding":
      return descending(paddingOf(a), paddingOf(b)) || compareNames(a, b);
  }
}

function descending(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? 1 : -1;
}

function compareNames(a: ReportItem, b: ReportItem): number {
  const [left, right] = [a.definition.name, b.definition.name];
  return left === right ? 0 : left < right ? -1 : 1;
}
