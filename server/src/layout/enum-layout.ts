/**
 * Enums: picks the variants that matter, and the better of the two ways to tell them apart.
 *
 * Invariant: the smaller layout wins; of equal ones the niche-filling one only if it leaves strictly more niche values.
 * Mirrors `layout_of_struct_or_enum` and `layout_of_enum` of rustc_abi 1.95.
 *
 * Example: `Option<bool>` keeps `None` in the `bool` (size 1), `Option<u8>` needs a tag (size 2).
 */
import { at } from "../base/at.ts";
import { err, ok } from "../base/result.ts";
import type { EnumInput } from "./enum-variant.ts";
import { isAbsent } from "./enum-variant.ts";
import type { LayoutResult } from "./layout-calculator-error.ts";
import type { LayoutCx } from "./layout-cx.ts";
import type { LayoutData } from "./layout-data.ts";
import { availableIn } from "./niche.ts";
import { nicheFillingLayout } from "./niche-filling-layout.ts";
import type { ReprOptions } from "./repr-options.ts";
import { inhibitsEnumLayoutOpt } from "./repr-options.ts";
import { neverLayout } from "./simple.ts";
import { withScalarValidRange } from "./struct-layout.ts";
import { taggedLayout } from "./tagged-layout.ts";
import { ALWAYS_SIZED, univariant } from "./univariant.ts";

/** `enum E { .. }`. Fails on an unsized field, on `packed`, and at the target's object size bound. */
export function enumLayout(cx: LayoutCx, input: EnumInput): LayoutResult {
  const { variants, repr } = input;
  const keepsAbsent = keepsAbsentVariants(cx, repr);
  const present = variants.flatMap(({ fields }, index) => (!keepsAbsent && isAbsent(cx, fields) ? [] : [index]));
  const [first] = present;
  if (first === undefined) return ok(neverLayout());
  if (present.length === 1 && !inhibitsEnumLayoutOpt(repr)) return singleVariantLayout(cx, input, first);
  if (repr.pack !== undefined) return err({ kind: "reprConflict" });
  const niche = nicheFillingLayout(cx, input);
  const tagged = taggedLayout(cx, input);
  if (!tagged.ok || niche === undefined) return tagged;
  return prefersNicheFilling(tagged.value, niche) ? ok(niche) : tagged;
}

function keepsAbsentVariants(cx: LayoutCx, repr: ReprOptions): boolean {
  switch (cx.rules.absentDropped) {
    case "always":
      return false;
    case "unlessReprC":
      return repr.c;
    case "unlessLayoutInhibited":
      return inhibitsEnumLayoutOpt(repr);
  }
}

/** An enum with one present variant is laid out as a struct. */
function singleVariantLayout(cx: LayoutCx, { variants, repr }: EnumInput, index: number): LayoutResult {
  const result = univariant(cx, { fields: at(variants, index).fields, repr, kind: ALWAYS_SIZED, variant: index });
  if (!result.ok) return result;
  return withScalarValidRange(cx, result.value, undefined);
}

function prefersNicheFilling(tagged: LayoutData, niche: LayoutData): boolean {
  if (tagged.size !== niche.size) return tagged.size > niche.size;
  return availableIn(tagged.largestNiche) < availableIn(niche.largestNiche);
}
