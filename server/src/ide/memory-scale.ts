/**
 * From byte offsets to places in a picture: one scale for all lanes, in which every byte is wide enough to be seen.
 *
 * Invariant: monotone; stretches between edges (where a piece begins or ends) keep one scale, except those that are longer than fits:
 * they are drawn shorter and listed as breaks, so that no picture passes for true to scale where it is not.
 *
 * Example: with edges at 0, 1 and 1024 on 400 units, the byte at 0 gets 5 units, the 1023 others 395 and a break.
 */
import { minSize } from "../layout/size.ts";

export interface Scale {
  /** The place of an edge, in units from the start. */
  at(offset: bigint): number;
  /** Stretches that are drawn shorter than the scale wants: their first and last edge. */
  readonly breaks: readonly { readonly start: bigint; readonly end: bigint }[];
}

/** The scale for edges (any order, 0 among them), on `width` units, with `least` units for a byte where that can be. */
export function scaleOf(edges: readonly bigint[], width: number, least: number): Scale {
  const sorted = [...new Set(edges)].sort((a, b) => (a < b ? -1 : 1));
  const stretches = sorted.slice(1).map((end, i) => ({ start: sorted[i] ?? 0n, end, length: end - (sorted[i] ?? 0n) }));
  const longest = longestDrawn(
    stretches.map((stretch) => stretch.length),
    Math.floor(width / least),
  );
  const total = stretches.reduce((sum, { length }) => sum + Number(minSize(length, longest)), 0);
  const places = new Map<bigint, number>([[sorted[0] ?? 0n, 0]]);
  let drawn = 0;
  for (const { end, length } of stretches) {
    drawn += Number(minSize(length, longest));
    places.set(end, (drawn / total) * width);
  }
  return {
    at: (offset) => places.get(offset) ?? 0,
    breaks: stretches.flatMap(({ start, end, length }) => (length > longest ? [{ start, end }] : [])),
  };
}

/** The longest stretch such that all together, cut to it, take at most `room` bytes; at least 1. */
function longestDrawn(lengths: readonly bigint[], room: number): bigint {
  const sorted = [...lengths].sort((a, b) => (a < b ? -1 : 1));
  let left = BigInt(room);
  for (const [i, length] of sorted.entries()) {
    const share = left / BigInt(sorted.length - i);
    if (length > share) return share > 1n ? share : 1n;
    left -= length;
  }
  return sorted.at(-1) ?? 1n;
}
