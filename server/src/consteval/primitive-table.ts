/**
 * Which built-in functions a primitive type has.
 *
 * Example: `primitiveFn(usize, "pow")` is the row of integers; `primitiveFn([u8], "trim_ascii")` one that only `[u8]` has.
 */
import type { Ty } from "../hir-ty/ty.ts";
import { FLOAT } from "./primitive-float.ts";
import type { PrimitiveFn, PrimitiveTable } from "./primitive-fn.ts";
import { primitiveTable } from "./primitive-fn.ts";
import { INT_ARITHMETIC } from "./primitive-int-arithmetic.ts";
import { INT_BITS } from "./primitive-int-bits.ts";
import { ARRAY, POINTER, SLICE } from "./primitive-slice.ts";
import { BOOL, BYTE_TEXT, CHAR, STR, U8 } from "./primitive-text.ts";

const INT = primitiveTable([...INT_ARITHMETIC, ...INT_BITS]);
const BYTE = primitiveTable(U8);
const TABLES: Readonly<Partial<Record<Ty["kind"], PrimitiveTable>>> = {
  int: INT,
  float: primitiveTable(FLOAT),
  bool: primitiveTable(BOOL),
  char: primitiveTable(CHAR),
  str: primitiveTable(STR),
  slice: primitiveTable(SLICE),
  array: primitiveTable(ARRAY),
  pointer: primitiveTable(POINTER),
};
const BYTE_SLICE = primitiveTable(BYTE_TEXT);

/** All tables there are. */
export function primitiveTables(): readonly PrimitiveTable[] {
  return [...Object.values(TABLES), BYTE, BYTE_SLICE];
}

/** The built-in method or associated const of a type. */
export function primitiveFn(ty: Ty, name: string): PrimitiveFn | undefined {
  const found = TABLES[ty.kind]?.get(name);
  if (found !== undefined) return found;
  if (ty.kind === "int" && ty.name === "u8") return BYTE.get(name);
  if (ty.kind === "slice" && ty.element.kind === "int" && ty.element.name === "u8") return BYTE_SLICE.get(name);
  return undefined;
}
