/**
 * `#[repr]` as written: reading single hints, checking that they go together and with their item, and merging them.
 *
 * Invariant: `checkReprHints` and `checkReprFields` name every rejection by rustc's error code; what they pass, the calculator can lay
 * out. Hints of all `#[repr]` attributes of an item come as one list in source order. Follows rustc_attr_parsing, rustc_passes
 * (`check_repr`) and rustc_hir_analysis (`check_packed`, `check_transparent`, `check_enum`) 1.95.
 *
 * Example: `#[repr(packed, align(4))]` is E0587, `#[repr(u8)] enum E {}` E0084.
 */
import type { IntegerType } from "./integer.ts";
import type { FieldLocation } from "./layout-calculator-error.ts";
import type { LayoutCx } from "./layout-cx.ts";
import type { LayoutData } from "./layout-data.ts";
import { isOneAlignedZst } from "./layout-data.ts";
import type { ReprOptions } from "./repr-options.ts";
import { REPR_RUST } from "./repr-options.ts";
import type { Align } from "./size.ts";
import { isPowerOfTwo } from "./size.ts";

export type ReprHint =
  | { readonly kind: "Rust" | "C" | "transparent" | "simd" }
  | { readonly kind: "int"; readonly type: IntegerType }
  | { readonly kind: "align" | "packed"; readonly value: bigint };

/** What hints stand on. */
export type ReprItem =
  | { readonly kind: "struct" | "union"; readonly hints: readonly ReprHint[] }
  | { readonly kind: "enum"; readonly hints: readonly ReprHint[]; readonly variants: number; readonly fieldless: boolean };

export type ReprErrorCode = "E0084" | "E0517" | "E0566" | "E0587" | "E0588" | "E0589" | "E0634" | "E0690" | "E0692" | "E0731";

export interface ReprError {
  readonly code: ReprErrorCode;
  /** `lint`: rustc denies it by default, but `#[allow]` or the cap on dependencies' lints lets it pass, and the type has a layout. */
  readonly level: "error" | "lint";
  /** The guilty hint, as an index into the item's hints; undefined where a field or the item is to blame. */
  readonly hint: number | undefined;
  readonly field: FieldLocation | undefined;
}

const INTEGER_TYPES: ReadonlyMap<string, IntegerType> = new Map([
  ["u8", { kind: "fixed", integer: "i8", signed: false }],
  ["u16", { kind: "fixed", integer: "i16", signed: false }],
  ["u32", { kind: "fixed", integer: "i32", signed: false }],
  ["u64", { kind: "fixed", integer: "i64", signed: false }],
  ["u128", { kind: "fixed", integer: "i128", signed: false }],
  ["usize", { kind: "pointer", signed: false }],
  ["i8", { kind: "fixed", integer: "i8", signed: true }],
  ["i16", { kind: "fixed", integer: "i16", signed: true }],
  ["i32", { kind: "fixed", integer: "i32", signed: true }],
  ["i64", { kind: "fixed", integer: "i64", signed: true }],
  ["i128", { kind: "fixed", integer: "i128", signed: true }],
  ["isize", { kind: "pointer", signed: true }],
]);

/** The largest alignment an attribute may ask for. */
const MAX_REPR_ALIGN: Align = 1n << 29n;

/** One hint: `C`, `u8`, `align` with its argument, `packed` with or without one. Undefined for anything else (E0552, E0693). */
export function parseReprHint(name: string, argument: bigint | undefined): ReprHint | undefined {
  switch (name) {
    case "Rust":
    case "C":
    case "transparent":
    case "simd":
      return argument === undefined ? { kind: name } : undefined;
    case "align":
      return argument === undefined ? undefined : { kind: "align", value: argument };
    case "packed":
      return { kind: "packed", value: argument ?? 1n };
    default: {
      const type = INTEGER_TYPES.get(name);
      return type === undefined || argument !== undefined ? undefined : { kind: "int", type };
    }
  }
}

/** The hints together: the largest `align`, the smallest `packed`, the last integer. Mirrors `repr_options_of_def`. */
export function mergeReprHints(hints: readonly ReprHint[]): ReprOptions {
  let repr: ReprOptions = REPR_RUST;
  for (const hint of hints) repr = withHint(repr, hint);
  return repr;
}

function withHint(repr: ReprOptions, hint: ReprHint): ReprOptions {
  switch (hint.kind) {
    case "Rust":
      return repr;
    case "C":
      return { ...repr, c: true };
    case "transparent":
      return { ...repr, transparent: true };
    case "simd":
      return { ...repr, simd: true };
    case "int":
      return { ...repr, int: hint.type };
    case "align":
      return { ...repr, align: repr.align === undefined || repr.align < hint.value ? hint.value : repr.align };
    case "packed":
      return { ...repr, pack: repr.pack === undefined || hint.value < repr.pack ? hint.value : repr.pack };
  }
}

/** Every rejection of an item's hints that needs no field: wrong item, wrong numbers, hints that do not go together. */
export function checkReprHints(cx: LayoutCx, item: ReprItem): ReprError[] {
  const errors: ReprError[] = [];
  const report = (code: ReprErrorCode, hint: number): void => {
    if (hint >= 0) errors.push({ code, level: "error", hint, field: undefined });
  };
  for (const [index, hint] of item.hints.entries()) {
    if (!suitsItem(hint, item)) report("E0517", index);
    if ((hint.kind === "align" || hint.kind === "packed") && !isValidAlign(cx, hint.value)) report("E0589", index);
  }
  report("E0692", transparentAmongOthers(item.hints));
  report("E0566", conflictingWithRust(item.hints));
  report("E0587", packedAndAligned(item.hints));
  report("E0634", differentlyPacked(item.hints));
  if (item.kind === "enum" && item.variants === 0 && item.hints.length > 0) report("E0084", 0);
  const denied = deniedTogether(item);
  if (denied >= 0) errors.push({ code: "E0566", level: "lint", hint: denied, field: undefined });
  return errors;
}

function suitsItem(hint: ReprHint, item: ReprItem): boolean {
  switch (hint.kind) {
    case "int":
      return item.kind === "enum";
    case "packed":
      return item.kind !== "enum";
    case "simd":
      return item.kind === "struct";
    case "Rust":
    case "C":
    case "transparent":
    case "align":
      return true;
  }
}

/** A power of two up to 2^29 that fits `isize` too: up to 2^14 with 16-bit pointers. */
function isValidAlign(cx: LayoutCx, value: bigint): boolean {
  const isizeMax = (1n << (cx.target.pointer.size * 8n - 1n)) - 1n;
  return isPowerOfTwo(value) && value <= MAX_REPR_ALIGN && value <= isizeMax;
}

function transparentAmongOthers(hints: readonly ReprHint[]): number {
  return hints.length > 1 ? hints.findIndex((hint) => hint.kind === "transparent") : -1;
}

/** `Rust` with `C`, `simd` or an integer: the later of the two. */
function conflictingWithRust(hints: readonly ReprHint[]): number {
  return firstOf([bothIn(hints, "Rust", "C"), bothIn(hints, "Rust", "int"), bothIn(hints, "Rust", "simd")]);
}

/** What the lint `conflicting_repr_hints` denies: two integers, `simd` with `C`, `C` with an integer on an enum without fields. */
function deniedTogether(item: ReprItem): number {
  const ints = item.hints.flatMap((hint, index) => (hint.kind === "int" ? [index] : []));
  const fieldless = item.kind === "enum" && item.fieldless;
  return firstOf([ints[1] ?? -1, bothIn(item.hints, "simd", "C"), fieldless ? bothIn(item.hints, "C", "int") : -1]);
}

/** The index of the later of two kinds of hints, or -1. */
function bothIn(hints: readonly ReprHint[], one: ReprHint["kind"], other: ReprHint["kind"]): number {
  const first = hints.findIndex((hint) => hint.kind === one);
  const second = hints.findIndex((hint) => hint.kind === other);
  return first < 0 || second < 0 ? -1 : Math.max(first, second);
}

function firstOf(indices: readonly number[]): number {
  return indices.find((index) => index >= 0) ?? -1;
}

function packedAndAligned(hints: readonly ReprHint[]): number {
  return hints.some((hint) => hint.kind === "packed") ? hints.findIndex((hint) => hint.kind === "align") : -1;
}

function differentlyPacked(hints: readonly ReprHint[]): number {
  let first: bigint | undefined;
  for (const [index, hint] of hints.entries()) {
    if (hint.kind !== "packed") continue;
    if (first !== undefined && hint.value !== first) return index;
    first = hint.value;
  }
  return -1;
}

/** What is known of a field for `checkReprFields`. */
export interface ReprField {
  readonly layout: LayoutData;
  /**
   * The field's declared type is a struct or union with `repr(align)`, or one whose declared fields contain such a one. Enums, arrays,
   * tuples, pointers and type arguments are not looked into: that is rustc's rule.
   */
  readonly containsReprAlign: boolean;
}

/** Every rejection of an item's fields by its repr: E0588 (packed around aligned), E0690 and E0731 (transparent). */
export function checkReprFields(item: {
  readonly kind: "struct" | "union" | "enum";
  readonly repr: ReprOptions;
  readonly variants: readonly (readonly ReprField[])[];
}): ReprError[] {
  const errors: ReprError[] = [];
  const { repr, variants } = item;
  if (repr.transparent && item.kind === "enum" && variants.length !== 1)
    errors.push({ code: "E0731", level: "error", hint: undefined, field: undefined });
  for (const [variant, fields] of variants.entries()) {
    const aligned = repr.pack === undefined ? -1 : fields.findIndex((field) => field.containsReprAlign);
    if (aligned >= 0) errors.push({ code: "E0588", level: "error", hint: undefined, field: { variant, field: aligned } });
    const extra = repr.transparent ? secondNonTrivial(fields) : -1;
    if (extra >= 0) errors.push({ code: "E0690", level: "error", hint: undefined, field: { variant, field: extra } });
  }
  return errors;
}

/** The second field that is not a zero-sized one of alignment 1. */
function secondNonTrivial(fields: readonly ReprField[]): number {
  const nonTrivial = fields.flatMap((field, index) => (isOneAlignedZst(field.layout) ? [] : [index]));
  return nonTrivial[1] ?? -1;
}
