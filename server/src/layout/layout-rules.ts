/**
 * The layout rules that changed between compiler versions, as data: one named choice per change.
 *
 * Invariant: nothing else in this layer looks at a version; a new change is a new field here and a row in `layoutRules`.
 * Covers rustc 1.60 to 1.97 and what is merged after it; older versions get the rules of 1.60.
 *
 * Example: up to 1.96 `Option<char>` stores `None` as 0x110000, from 1.97 on as 0xFFFF_FFFF (`nicheReserve`).
 */
import type { CompilerVersion } from "./compiler-version.ts";
import { isAtLeast } from "./compiler-version.ts";
import type { Size } from "./size.ts";

export interface LayoutRules {
  /**
   * 1.74 (PR 115277): zero-sized fields no longer stand before all others, no longer stay behind when a variant moves past a niche, and
   * make an uninhabited variant absent only with alignment 1.
   */
  readonly zeroSizedFields: "special" | "likeOthers";
  /** 1.67 (PR 102750): fields sort by alignment only, or by the alignment their size would allow. */
  readonly fieldGroup: "align" | "sizeDerived";
  /** Within a group: nothing; about 1.69: larger niches last; 1.71 (PR 108106): by the bias of the pass. */
  readonly nicheOrder: "none" | "ascending" | "biased";
  /** 1.71 (PR 108106): a niche in the middle makes a second attempt with niches at the end. */
  readonly nichePasses: "startOnly" | "startThenEnd";
  /** 1.80 (PR 125360): `packed(1)` no longer keeps source order. */
  readonly packedOne: "sourceOrder" | "reordered";
  /** 1.64 (PR 99011): `UnsafeCell` hides the niche of its scalar too, not only its own. */
  readonly unsafeCell: "hidesOwnNiche" | "hidesAllNiches";
  /** 1.65 (PR 94075): several variants may hold data; 1.83 (PR 130508): the niche is the one the variant itself remembers. */
  readonly nicheFilling: "oneDataVariant" | "largestFieldNiche" | "variantNiche";
  /** Which enums forget absent variants: 1.81 (PR 123043) not `repr(C)`, 1.96 (issue 146984) not `repr(u8)` and the like either. */
  readonly absentDropped: "always" | "unlessReprC" | "unlessLayoutInhibited";
  /** 1.81 (PR 123043): the tag of a `repr(C)` enum has room for uninhabited variants. */
  readonly reprCDiscriminants: "inhabited" | "all";
  /** 1.91 (PR 144577): tag ranges may wrap around the largest gap; 1.99 (PR 159509): the narrowest range of the tag's values. */
  readonly tagRange: "minMax" | "largestGap" | "narrowest";
  /** 1.97 (PR 155473): a single reserved value is the one nearest to zero. */
  readonly nicheReserve: "includeZero" | "nearestZero";
  /** 1.86 (PR 133702): being uninhabited leaves the backend representation alone. */
  readonly uninhabitedRepr: "opaque" | "kept";
  /** 1.64 (PR 99959): the size of a niche-filled enum is rounded up to the alignment of all its variants. */
  readonly nicheFilledSize: "ofUntagged" | "aligned";
  /** About 1.78 (PR 121668): variants share a scalar although their signs differ, or one is a pointer and one an integer. */
  readonly commonPrimitive: "equal" | "alike";
  /** 1.75 (PR 117277): a struct's padded size is held against the bound too, not only where its fields end. */
  readonly structSizeCheck: "fields" | "fieldsAndPadding";
  /** About 1.68 (PR 106450; seen in 1.63 and 1.85): the fields of `Box` keep their source order, before they were sorted like all others. */
  readonly boxFields: "sorted" | "sourceOrder";
  /** Exclusive bound of object sizes with 64-bit pointers; 1.83 (PR 127546). */
  readonly maxObjectSize64: Size;
}

/** The rules of a compiler version. */
export function layoutRules(version: CompilerVersion): LayoutRules {
  const from = <T>(steps: readonly (readonly [minor: number, rule: T])[], oldest: T): T =>
    steps.find(([minor]) => isAtLeast(version, minor))?.[1] ?? oldest;
  return {
    zeroSizedFields: from([[74, "likeOthers"]], "special"),
    boxFields: from([[68, "sourceOrder"]], "sorted"),
    fieldGroup: from([[67, "sizeDerived"]], "align"),
    nicheOrder: from(
      [
        [71, "biased"],
        [69, "ascending"],
      ],
      "none",
    ),
    nichePasses: from([[71, "startThenEnd"]], "startOnly"),
    packedOne: from([[80, "reordered"]], "sourceOrder"),
    unsafeCell: from([[64, "hidesAllNiches"]], "hidesOwnNiche"),
    nicheFilling: from(
      [
        [83, "variantNiche"],
        [65, "largestFieldNiche"],
      ],
      "oneDataVariant",
    ),
    absentDropped: from(
      [
        [96, "unlessLayoutInhibited"],
        [81, "unlessReprC"],
      ],
      "always",
    ),
    reprCDiscriminants: from([[81, "all"]], "inhabited"),
    tagRange: from(
      [
        [99, "narrowest"],
        [91, "largestGap"],
      ],
      "minMax",
    ),
    nicheReserve: from([[97, "nearestZero"]], "includeZero"),
    uninhabitedRepr: from([[86, "kept"]], "opaque"),
    nicheFilledSize: from([[64, "aligned"]], "ofUntagged"),
    commonPrimitive: from([[78, "alike"]], "equal"),
    structSizeCheck: from([[75, "fieldsAndPadding"]], "fields"),
    maxObjectSize64: from([[83, 1n << 61n]], 1n << 47n),
  };
}
