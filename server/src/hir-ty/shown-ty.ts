/**
 * Types as a user would have written them: arguments that are their parameter's default are left out, consts are their values.
 *
 * Example: `Vec<u8, Global>` is shown as `Vec<u8>`, `[u8; K * 2]` with `K = 4` as `[u8; 8]`.
 *
 * Invariant: for showing only; the result may stand for no type at all (arguments are missing). Each part is done once, however
 * often it is shared.
 */
import { foldTy, substituteArgs } from "./substitute.ts";
import type { Const, Ty } from "./ty.ts";
import { isConst } from "./ty.ts";
import type { TyDb } from "./ty-db.ts";

export type ShownDb = Pick<TyDb, "interner" | "genericsOf" | "paramDefault" | "evalConst">;

/** The type to be displayed in place of `written`. */
export function shownTy(db: ShownDb, written: Ty): Ty {
  const done = new Map<number, Ty>();
  const shown = (ty: Ty): Ty => {
    const known = done.get(ty.id);
    if (known !== undefined) return known;
    const short = ty.kind === "adt" ? withoutDefaults(db, ty) : ty;
    const out = foldTy({ interner: db.interner, ty: (part) => (part === short ? undefined : shown(part)), constant }, short);
    done.set(ty.id, out);
    return out;
  };
  const constant = (value: Const): Const => evaluated(db, value);
  return shown(written);
}

/** A const with its value in its place, where it has one. */
export function evaluated(db: ShownDb, value: Const): Const {
  if (value.kind !== "expr" || value.flags.hasParam) return value;
  const result = db.evalConst(value);
  return result.ok ? db.interner.constValue(result.value) : value;
}

function withoutDefaults(db: ShownDb, ty: Extract<Ty, { kind: "adt" }>): Ty {
  const { params } = db.genericsOf(ty.def);
  let count = ty.args.length;
  for (let i = count - 1; i >= 0; i--) {
    const param = params[i];
    const fallback = param?.hasDefault === true ? db.paramDefault(param) : undefined;
    const [value] = fallback === undefined ? [] : substituteArgs(db.interner, [fallback], ty.def, ty.args);
    const arg = ty.args[i];
    if (value === undefined || arg === undefined || !same(db, value, arg)) break;
    count = i;
  }
  return count === ty.args.length ? ty : db.interner.adt(ty.def, ty.args.slice(0, count));
}

function same(db: ShownDb, a: Ty | Const, b: Ty | Const): boolean {
  if (a === b) return true;
  return isConst(a) && isConst(b) && evaluated(db, a) === evaluated(db, b);
}
