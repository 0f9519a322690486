/**
 * What layout needs to know of a target: sizes and alignments of pointers, integers, floats and vectors, read from LLVM's
 * data layout string.
 *
 * Invariant: numbers in the string are bits, here bytes; only ABI alignments count, an alignment of 0 bits is 1 byte. Items that
 * do not matter for layout (`m:e`, `n8:16`, `S128`, `ni:7`, …) are skipped. Mirrors `TargetDataLayout` of rustc_abi 1.95.
 *
 * Example: `e-m:e-p:32:32-i64:64-v128:64:128-a:0:32-n32-S64` (thumbv7em) has 4-byte pointers and an 8-aligned `u64`.
 */
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { Float, Integer } from "./integer.ts";
import { integerOfSize } from "./integer.ts";
import type { Align, Size } from "./size.ts";

export interface PointerSpec {
  readonly size: Size;
  readonly align: Align;
  /** Size of the offset part; `usize` has this size. */
  readonly indexSize: Size;
}

export interface TargetDataLayout {
  readonly endian: "little" | "big";
  readonly integerAlign: Readonly<Record<Integer, Align>>;
  readonly floatAlign: Readonly<Record<Float, Align>>;
  readonly aggregateAlign: Align;
  /** Alignments of SIMD vectors by their size in bytes; another size is aligned to the next power of two of it. */
  readonly vectorAlign: ReadonlyMap<Size, Align>;
  /** Pointers into address space 0. */
  readonly pointer: PointerSpec;
  /** Address spaces with pointers of their own. */
  readonly addressSpaces: ReadonlyMap<number, PointerSpec>;
  /** The address space `fn` pointers point into; 1 on AVR. */
  readonly instructionAddressSpace: number;
  /** The integer of `usize` and `isize`. */
  readonly ptrSizedInteger: Integer;
  /** The narrowest tag of a `repr(C)` enum. */
  readonly cEnumMinSize: Integer;
}

/** A data layout string that cannot be read: the item at fault and why. */
export interface TargetDataLayoutError {
  readonly kind: "invalidItem" | "invalidPointerSize" | "invalidCEnumMin";
  readonly item: string;
}

interface Draft {
  endian: "little" | "big";
  readonly integerAlign: Record<Integer, Align>;
  readonly floatAlign: Record<Float, Align>;
  aggregateAlign: Align;
  readonly vectorAlign: Map<Size, Align>;
  pointer: PointerSpec;
  readonly addressSpaces: Map<number, PointerSpec>;
  instructionAddressSpace: number;
  /** Bits of the widest `iN` item seen that can speak for `i128`. */
  i128Source: bigint;
}

const ITEM = /^([a-zA-Z]+)(\d*)((?::-?\d*)*)$/;
const INTEGER_OF_BITS: ReadonlyMap<bigint, Integer> = new Map([
  [8n, "i8"],
  [16n, "i16"],
  [32n, "i32"],
  [64n, "i64"],
  [128n, "i128"],
]);
const FLOAT_OF_BITS: ReadonlyMap<bigint, Float> = new Map([
  [16n, "f16"],
  [32n, "f32"],
  [64n, "f64"],
  [128n, "f128"],
]);

/**
 * Reads LLVM's data layout string together with the narrowest C enum in bits. An unreadable item or a pointer that is not 2, 4
 * or 8 bytes is an error. Mirrors `TargetDataLayout::parse_from_llvm_datalayout_string`.
 */
export function parseTargetDataLayout(dataLayout: string, cEnumMinBits: number): Result<TargetDataLayout, TargetDataLayoutError> {
  const draft = defaults();
  for (const item of dataLayout.split("-")) {
    if (!readItem(draft, item)) return err({ kind: "invalidItem", item });
  }
  const ptrSizedInteger = integerOfSize(draft.pointer.indexSize);
  if (ptrSizedInteger === undefined || ![2n, 4n, 8n].includes(draft.pointer.size)) {
    return err({ kind: "invalidPointerSize", item: `${draft.pointer.size * 8n}` });
  }
  const cEnumMinSize = INTEGER_OF_BITS.get(BigInt(cEnumMinBits));
  if (cEnumMinSize === undefined) return err({ kind: "invalidCEnumMin", item: `${cEnumMinBits}` });
  const { i128Source: _, ...layout } = draft;
  return ok({ ...layout, ptrSizedInteger, cEnumMinSize });
}

function defaults(): Draft {
  return {
    endian: "big",
    integerAlign: { i8: 1n, i16: 2n, i32: 4n, i64: 4n, i128: 4n },
    floatAlign: { f16: 2n, f32: 4n, f64: 8n, f128: 16n },
    aggregateAlign: 1n,
    vectorAlign: new Map([
      [8n, 8n],
      [16n, 16n],
    ]),
    pointer: { size: 8n, align: 8n, indexSize: 8n },
    addressSpaces: new Map(),
    instructionAddressSpace: 0,
    i128Source: 64n,
  };
}

/** Takes one item into account; false when it is unreadable. */
function readItem(draft: Draft, item: string): boolean {
  const match = ITEM.exec(item);
  if (match === null) return true;
  const [, letter, digits = "", tail = ""] = match;
  const numbers = tail.split(":").slice(1);
  switch (letter) {
    case "e":
    case "E":
      if (item.length === 1) draft.endian = letter === "e" ? "little" : "big";
      return true;
    case "P":
      draft.instructionAddressSpace = Number(digits);
      return true;
    case "p":
    case "pf":
      return readPointer(draft, Number(digits), numbers);
    case "a":
    case "i":
    case "f":
    case "v":
      return readAlign(draft, { letter, bits: BigInt(digits), align: parseAlign(numbers[0]) });
    default:
      return true;
  }
}

function readPointer(draft: Draft, addressSpace: number, numbers: readonly string[]): boolean {
  const size = parseSize(numbers[0]);
  const align = parseAlign(numbers[1]);
  const indexSize = numbers[3] === undefined ? size : parseSize(numbers[3]);
  if (size === undefined || align === undefined || indexSize === undefined) return false;
  const spec = { size, align, indexSize };
  if (addressSpace === 0) draft.pointer = spec;
  else draft.addressSpaces.set(addressSpace, spec);
  return true;
}

interface AlignItem {
  readonly letter: "a" | "i" | "f" | "v";
  readonly bits: bigint;
  readonly align: Align | undefined;
}

function readAlign(draft: Draft, item: AlignItem): boolean {
  if (item.align === undefined) return false;
  switch (item.letter) {
    case "a":
      draft.aggregateAlign = item.align;
      return true;
    case "i":
      readIntegerAlign(draft, item.bits, item.align);
      return true;
    case "f": {
      const float = FLOAT_OF_BITS.get(item.bits);
      if (float !== undefined) draft.floatAlign[float] = item.align;
      return true;
    }
    case "v":
      draft.vectorAlign.set(item.bits / 8n, item.align);
      return true;
  }
}

/** The widest integer with an alignment of its own, 64 bits at least, speaks for `i128` too. */
function readIntegerAlign(draft: Draft, bits: bigint, align: Align): void {
  const integer = INTEGER_OF_BITS.get(bits);
  if (integer !== undefined) draft.integerAlign[integer] = align;
  if (bits < draft.i128Source || bits > 128n) return;
  draft.i128Source = bits;
  draft.integerAlign.i128 = align;
}

function parseSize(bits: string | undefined): Size | undefined {
  return bits === undefined || bits === "" ? undefined : BigInt(bits) / 8n;
}

function parseAlign(bits: string | undefined): Align | undefined {
  const bytes = parseSize(bits);
  return bytes === 0n ? 1n : bytes;
}
