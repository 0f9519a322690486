/**
 * The integer behind a primitive type: of integers themselves, `bool` (1 byte, 0 or 1) and `char` (a scalar value in 32 bits).
 */
import type { Ty } from "../hir-ty/ty.ts";
import type { IntSpec } from "./int-ops.ts";
import { intSpec, specOf } from "./int-ops.ts";

/** Width and range used for a type's bits; types that are no integers get those of `u8`, which nobody reads. */
export function primitiveInt(ty: Ty, pointerBits: number): IntSpec {
  if (ty.kind === "int") return intSpec(ty.name, pointerBits);
  return ty.kind === "char" ? specOf(32, false) : specOf(8, false);
}
