/**
 * The layout engine's refusals in the user's words.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
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
function calculatorMessage(error: LayoutCalculatorError, name: string): Message {
  switch (error.kind) {
    case "unexpectedUnsized":
      return msg("a field of `{name}` that is not the last has no size known at compile time", { name });
    case "sizeOverflow":
      return msg("`{name}` is too big for the target (limit {bound} B)", { name, bound: error.bound });
    case "emptyUnion":
      return msg("union `{name}` has no fields", { name });
    case "reprConflict":
      return msg("the `repr` of `{name}` is not allowed", { name });
    case "zeroLengthSimdType":
      return msg("the SIMD type `{name}` has no lanes", { name });
    case "oversizedSimdType":
      return msg("the SIMD type `{name}` has more than {limit} lanes", { name, limit: error.maxLanes });
    case "nonPrimitiveSimdType":
      return msg("the lanes of the SIMD type `{name}` are not scalars", { name });
    case "nonScalarValidRange":
      return msg("`{name}` does not begin with a scalar, so its range cannot be limited", { name });
  }
}
