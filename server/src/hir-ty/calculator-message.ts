/**
 * The layout engine's refusals in the user's words.
 */
import { err } from "../base/result.ts";
import type { LayoutCalculatorError, LayoutResult } from "../layout/layout-calculator-error.ts";
import { displayTy } from "./display.ts";
import type { TyLayout } from "./layout-db.ts";
import type { Ty } from "./ty.ts";

/** The engine's refusal in the user's words. */
export function fromCalculator(result: LayoutResult, ty: Ty): TyLayout {
  return result.ok ? result : err({ kind: "layoutRejected", message: calculatorMessage(result.error, displayTy(ty)), culprit: undefined });
}

/** The engine's refusal in the user's words. */
function calculatorMessage(error: LayoutCalculatorError, name: string): string {
  switch (error.kind) {
    case "unexpectedUnsized":
      return `a field of \`${name}\` that is not the last has no size known at compile time`;
    case "sizeOverflow":
      return `\`${name}\` is too big for the target (limit ${error.bound} B)`;
    case "emptyUnion":
      return `union \`${name}\` has no fields`;
    case "reprConflict":
      return `the \`repr\` of \`${name}\` is not allowed`;
    case "zeroLengthSimdType":
      return `the SIMD type \`${name}\` has no lanes`;
    case "oversizedSimdType":
      return `the SIMD type \`${name}\` has more than ${error.maxLanes} lanes`;
    case "nonPrimitiveSimdType":
      return `the lanes of the SIMD type \`${name}\` are not scalars`;
    case "nonScalarValidRange":
      return `\`${name}\` does not begin with a scalar, so its range cannot be limited`;
  }
}
