/**
 * The primitives a scalar can hold: integers, floats and pointers, with their sizes, and the alignments a target gives them.
 *
 * Invariant: `char` is a 4-byte unsigned integer and `bool` a 1-byte one. Mirrors `Primitive` of rustc_abi 1.95.
 *
 * Example: `u16` is `{ kind: "int", integer: "i16", signed: false }`.
 */
import type { Float, Integer, IntegerType } from "./integer.ts";
import { FLOAT_SIZE, INTEGER_SIZE } from "./integer.ts";
import type { Align, Size } from "./size.ts";
import type { PointerSpec, TargetDataLayout } from "./target-data-layout.ts";

/** What the bits of a scalar are. Pointers into different address spaces can differ in size (`fn` pointers on AVR). */
export type Primitive =
  | { readonly kind: "int"; readonly integer: Integer; readonly signed: boolean }
  | { readonly kind: "float"; readonly float: Float }
  | { readonly kind: "pointer"; readonly addressSpace: number };

/** The integer an integer type of `#[repr]` stands for on a target. Mirrors `Integer::from_attr`. */
export function integerOfType(target: TargetDataLayout, type: IntegerType): Integer {
  return type.kind === "fixed" ? type.integer : target.ptrSizedInteger;
}

/** The size of a primitive in bytes. */
export function primitiveSize(target: TargetDataLayout, primitive: Primitive): Size {
  switch (primitive.kind) {
    case "int":
      return INTEGER_SIZE[primitive.integer];
    case "float":
      return FLOAT_SIZE[primitive.float];
    case "pointer":
      return pointerSpec(target, primitive.addressSpace).size;
  }
}

/** The ABI alignment of a primitive in bytes. */
export function primitiveAlign(target: TargetDataLayout, primitive: Primitive): Align {
  switch (primitive.kind) {
    case "int":
      return target.integerAlign[primitive.integer];
    case "float":
      return target.floatAlign[primitive.float];
    case "pointer":
      return pointerSpec(target, primitive.addressSpace).align;
  }
}

/** Whether two primitives are the same in every respect. */
export function samePrimitive(left: Primitive, right: Primitive): boolean {
  switch (left.kind) {
    case "int":
      return right.kind === "int" && left.integer === right.integer && left.signed === right.signed;
    case "float":
      return right.kind === "float" && left.float === right.float;
    case "pointer":
      return right.kind === "pointer" && left.addressSpace === right.addressSpace;
  }
}

/** An address space without a specification of its own has the default pointer's. */
function pointerSpec(target: TargetDataLayout, addressSpace: number): PointerSpec {
  return target.addressSpaces.get(addressSpace) ?? target.pointer;
}
