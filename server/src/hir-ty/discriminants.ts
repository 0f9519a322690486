/**
 * Discriminants of an enum: explicit values evaluated, implicit ones counted on.
 *
 * Example: `enum E { A, B = 5, C }` → 0, 5, 6.
 * Source: Reference, "Enumerations"; errors E0081, E0370, E0732.
 */
import { err, ok, type Result } from "../base/result.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { RawVariant } from "../hir-def/item-tree.ts";
import { type IntegerType, INTEGER_SIZE } from "../layout/integer.ts";
import { activeParts } from "./adt.ts";
import { identityArgs } from "./generics.ts";
import type { LayoutDb } from "./layout-db.ts";
import { lowerConst } from "./lower-const.ts";
import type { IntTy, Ty } from "./ty.ts";
import { scopeOf, unknownAt } from "./type-scope.ts";
import type { Unknown } from "./unknown.ts";

/** The values in order of the variants that are compiled. `repr`: the integer type of the enum. */
export function computeDiscriminants(db: LayoutDb, def: DefId, repr: IntegerType): Result<readonly bigint[], Unknown> {
  const raw = db.lower.defs.rawItem(def);
  if (raw?.kind !== "enum") return ok([]);
  const { parts } = activeParts(db.lower, def, raw.variants);
  const range = valueRange(db, repr);
  const out: bigint[] = [];
  let next = 0n;
  for (const variant of parts) {
    const value = variant.discriminant === undefined ? ok(next) : evaluate(db, def, variant, repr);
    if (!value.ok) return value;
    if (value.value < range.min || value.value > range.max) return err(outOfRange(def, variant));
    out.push(value.value);
    next = value.value + 1n;
  }
  if (new Set(out).size !== out.length) return err(unknownAt(scopeOf(def), "layoutRejected", `two variants of \`${def.name}\` have the same discriminant (E0081)`, raw.nameRange));
  return ok(out);
}

function evaluate(db: LayoutDb, def: DefId, variant: RawVariant, repr: IntegerType): Result<bigint, Unknown> {
  if (variant.discriminant === undefined) return ok(0n);
  return db.evalConst(lowerConst(db.lower, scopeOf(def), variant.discriminant, discriminantTy(db, repr)));
}

function outOfRange(def: DefId, variant: RawVariant): Unknown {
  return unknownAt(scopeOf(def), "layoutRejected", `the discriminant of \`${variant.name}\` does not fit its type`, variant.range);
}

function valueRange(db: LayoutDb, repr: IntegerType): { readonly min: bigint; readonly max: bigint } {
  const bytes = repr.kind === "pointer" ? db.cx.target.pointer.size : INTEGER_SIZE[repr.integer];
  const bits = bytes * 8n;
  return repr.signed ? { min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n } : { min: 0n, max: (1n << bits) - 1n };
}

/** The integer type of an enum's discriminants. */
export function discriminantTy(db: LayoutDb, repr: IntegerType): Ty {
  const { interner } = db.lower;
  if (repr.kind === "pointer") return repr.signed ? interner.isize : interner.usize;
  const names: Record<string, readonly [IntTy, IntTy]> = { i8: ["u8", "i8"], i16: ["u16", "i16"], i32: ["u32", "i32"], i64: ["u64", "i64"], i128: ["u128", "i128"] };
  const pair = names[repr.integer];
  return pair === undefined ? interner.isize : interner.int(repr.signed ? pair[1] : pair[0]);
}

/** The parameters of an enum as its own arguments. */
export function ownArgs(db: LayoutDb, def: DefId): ReturnType<typeof identityArgs> {
  return identityArgs(db.lower.interner, db.lower.genericsOf(def));
}
