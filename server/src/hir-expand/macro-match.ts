/**
 * What a rule's metavariables stand for, as the matcher found them.
 *
 * `($($x:ident : $t:ty),*)` on `a: u8, b: [u8; 2]` → x: [a, b], t: [u8, [u8; 2]].
 *
 * Invariant: `matches[i]` belongs to the rule's `variables[i]` and nests as deep as the repetitions around it.
 * Source: rustc_expand::mbe::macro_parser::NamedMatch (1.95).
 */
import type { FragmentKind, Token } from "./token.ts";

export type Match = MatchLeaf | MatchSeq;

export interface MatchLeaf {
  readonly kind: "leaf";
  readonly fragment: FragmentKind;
  readonly tokens: readonly Token[];
}

export interface MatchSeq {
  readonly kind: "seq";
  readonly items: readonly Match[];
}

/** One step of a matcher thread, in a list shared between threads that have it in common. */
export type Capture =
  | {
      readonly kind: "leaf";
      readonly previous: Capture | undefined;
      readonly variable: number;
      readonly depth: number;
      readonly leaf: MatchLeaf;
    }
  /** All that a repetition of one variable took. */
  | {
      readonly kind: "run";
      readonly previous: Capture | undefined;
      readonly variable: number;
      readonly depth: number;
      readonly leaves: readonly MatchLeaf[];
    }
  /** A repetition was entered: its variables get an empty list, even if it never repeats. */
  | {
      readonly kind: "open";
      readonly previous: Capture | undefined;
      readonly firstVar: number;
      readonly endVar: number;
      readonly depth: number;
    };

interface OpenSeq {
  readonly kind: "seq";
  readonly items: (MatchLeaf | OpenSeq)[];
}

/** Builds the matches of `count` variables from a finished thread's captures. */
export function buildMatches(last: Capture | undefined, count: number): readonly Match[] {
  const captures: Capture[] = [];
  for (let at = last; at !== undefined; at = at.previous) captures.push(at);
  const roots: OpenSeq[] = Array.from({ length: count }, () => ({ kind: "seq", items: [] }));
  for (const capture of captures.reverse()) {
    if (capture.kind === "leaf") listAt(roots[capture.variable], capture.depth).push(capture.leaf);
    else if (capture.kind === "run") pushAll(listAt(roots[capture.variable], capture.depth), capture.leaves);
    else for (let v = capture.firstVar; v < capture.endVar; v++) listAt(roots[v], capture.depth).push({ kind: "seq", items: [] });
  }
  return roots.map((root) => root.items[0] ?? root);
}

function pushAll(list: (MatchLeaf | OpenSeq)[], leaves: readonly MatchLeaf[]): void {
  for (const leaf of leaves) list.push(leaf);
}

/** The list a capture at `depth` repetitions goes to: the last one at each level. */
function listAt(root: OpenSeq | undefined, depth: number): (MatchLeaf | OpenSeq)[] {
  let list = root?.items ?? [];
  for (let level = 0; level < depth; level++) {
    const last = list.at(-1);
    if (last?.kind !== "seq") break;
    list = last.items;
  }
  return list;
}
