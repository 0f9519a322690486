/**
 * The context of every layout question: for which target, and by which compiler's rules.
 *
 * Invariant: a layout is a function of its inputs and this context, nothing else. Stands for rustc_abi's `LayoutCalculator`.
 */
import type { LayoutRules } from "./layout-rules.ts";
import type { Size } from "./size.ts";
import type { TargetDataLayout } from "./target-data-layout.ts";

export interface LayoutCx {
  readonly target: TargetDataLayout;
  readonly rules: LayoutRules;
}

/**
 * The exclusive bound of object sizes in bytes: 2^15, 2^31 or, with 64-bit pointers, 2^61 (2^47 before 1.83, PR 127546).
 * Mirrors `TargetDataLayout::obj_size_bound`.
 */
export function objSizeBound(cx: LayoutCx): Size {
  if (cx.target.pointer.size === 8n) return cx.rules.maxObjectSize64;
  return cx.target.pointer.size === 4n ? 1n << 31n : 1n << 15n;
}
