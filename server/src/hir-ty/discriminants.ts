/**
 * Discriminants of an enum: explicit values evaluated, implicit ones counted on by the layout engine's rule.
 *
 * Example: `enum E { A, B = 5, C }` → 0, 5, 6.
 * Source: Reference, "Enumerations"; errors E0081, E0370, E0732.
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { DiscriminantError } from "../layout/discriminants.ts";
import { assignDiscriminants } from "../layout/discriminants.ts";
import type { IntegerType } from "../layout/integer.ts";
import type { ReprOptions } from "../layout/repr-options.ts";
import { discriminantType } from "../layout/repr-options.ts";
import { activeParts } from "./adt.ts";
import { MAX_DISCRIMINANT_STEPS, stepsOf } from "./const-steps.ts";
import type { LayoutDb } from "./layout-db.ts";
import { lowerConst, plainValue } from "./lower-const.ts";
import type { IntTy, Ty } from "./ty.ts";
import { scopeOf, unknownAt } from "./type-scope.ts";
import type { Unknown } from "./unknown.ts";

/** The values in order of the variants that are compiled. */
export function computeDiscriminants(db: LayoutDb, def: DefId, repr: ReprOptions): Result<readonly bigint[], Unknown> {
  const raw = db.lower.defs.rawItem(def);
  if (raw?.kind !== "enum") return ok([]);
  const { parts } = activeParts(db.lower, def, raw.variants);
  const type = discriminantTy(db, discriminantType(repr));
  const written: (bigint | undefined)[] = [];
  let steps = 0;
  for (const variant of parts) {
    const plain = variant.discriminant === undefined ? undefined : plainValue(variant.discriminant, type);
    if (variant.discriminant === undefined || plain !== undefined) {
      written.push(plain);
      continue;
    }
    const value = db.evalConst(lowerConst(db.lower, scopeOf(def), variant.discriminant, type));
    if (!value.ok) return value;
    steps += stepsOf(value);
    if (steps > MAX_DISCRIMINANT_STEPS)
      return err(
        unknownAt(
          scopeOf(def),
          "constNotEvaluated",
          msg("the discriminants of `{name}` take too many steps", { name: def.name }),
          variant.range,
        ),
      );
    written.push(value.value);
  }
  const assigned = assignDiscriminants(db.cx, repr, written);
  if (assigned.ok) return assigned;
  const culprit = parts[assigned.error.variant];
  return err(unknownAt(scopeOf(def), "layoutRejected", errorMessage(culprit?.name ?? def.name, assigned.error), culprit?.range));
}

/**
 * The value of one variant, without a look at those behind it.
 * Source: rustc_middle 1.95 `AdtDef::discriminant_def_for_variant`.
 */
export function variantDiscriminant(db: LayoutDb, def: DefId, variant: number, repr: ReprOptions): Result<bigint, Unknown> {
  const raw = db.lower.defs.rawItem(def);
  const parts = raw?.kind === "enum" ? activeParts(db.lower, def, raw.variants).parts.slice(0, variant + 1) : [];
  const explicit = parts.findLastIndex((part) => part.discriminant !== undefined);
  const written = parts[explicit]?.discriminant;
  if (written === undefined) return ok(BigInt(variant));
  const value = db.evalConst(lowerConst(db.lower, scopeOf(def), written, discriminantTy(db, discriminantType(repr))));
  return value.ok ? ok(value.value + BigInt(variant - explicit)) : value;
}

function errorMessage(name: string, error: DiscriminantError): Message {
  switch (error.kind) {
    case "overflow":
      return msg("the discriminant of `{name}` would be too large for its type (E0370)", { name });
    case "outOfRange":
      return msg("the discriminant of `{name}` does not fit its type", { name });
    case "duplicate":
      return msg("`{name}` has the discriminant of another variant (E0081)", { name });
  }
}

const NAMES: Readonly<Record<Extract<IntegerType, { kind: "fixed" }>["integer"], readonly [IntTy, IntTy]>> = {
  i8: ["u8", "i8"],
  i16: ["u16", "i16"],
  i32: ["u32", "i32"],
  i64: ["u64", "i64"],
  i128: ["u128", "i128"],
};

/** The integer type of an enum's discriminants. */
function discriminantTy(db: LayoutDb, repr: IntegerType): Ty {
  const { interner } = db.lower;
  if (repr.kind === "pointer") return repr.signed ? interner.isize : interner.usize;
  const [unsigned, signed] = NAMES[repr.integer];
  return interner.int(repr.signed ? signed : unsigned);
}
