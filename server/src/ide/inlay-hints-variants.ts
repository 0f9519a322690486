/**
 * Hints on variants: the payload of the one that makes the enum large, or of all.
 *
 * Invariant: never on the line of a closing brace, where rust-analyzer has hints: a variant over several lines gets its hint on the first.
 *
 * Example: `Blob([u8; 1024]),` gets `1024 B`.
 */
import type { HintContext, InlayHint } from "./inlay-hint.ts";
import { hintOffset, labelBytes, plainHint, restOfLine } from "./inlay-hint.ts";
import type { ExactFacts } from "./layout-facts.ts";
import { oversizedVariant } from "./oversized-variant.ts";
import type { VariantFacts } from "./variant-facts.ts";

/** The hints on the variants of an enum, as the setting wants them. */
export function variantHints(context: HintContext, facts: ExactFacts): readonly InlayHint[] {
  if (facts.body.kind !== "variants") return [];
  const { variants, oversizedVariantThreshold, numbers } = context.config;
  const oversized = oversizedVariant(facts, oversizedVariantThreshold)?.variant;
  const largest = oversized === undefined ? [] : [oversized];
  const shown = { off: [], largest, all: facts.body.variants }[variants];
  return shown.flatMap((variant) => {
    const offset = variantOffset(context.text, variant);
    return offset === undefined ? [] : [plainHint(context, offset, labelBytes(variant.payload, numbers))];
  });
}

function variantOffset(text: string, { model }: VariantFacts): number | undefined {
  const { range, nameRange } = model;
  if (range === undefined || nameRange === undefined) return undefined;
  const isOneLine = !text.slice(nameRange.end, range.end).includes("\n");
  return isOneLine ? hintOffset(text, range.end) : nameRange.end + (restOfLine(text, nameRange.end)?.trimEnd().length ?? 0);
}
