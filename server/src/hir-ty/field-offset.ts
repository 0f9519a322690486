/**
 * Offsets of fields by name, through nested structs, tuples and unions: what `offset_of!` asks.
 */
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { LayoutDb } from "./layout-db.ts";
import { substitute } from "./substitute.ts";
import type { Ty } from "./ty.ts";
import type { Unknown } from "./unknown.ts";

/** The offset in bytes of `a.b.0` in a type. */
export function fieldOffset(db: LayoutDb, ty: Ty, path: readonly string[]): Result<bigint, Unknown> {
  const [name, ...rest] = path;
  if (name === undefined) return ok(0n);
  const field = namedField(db, db.normalize(ty), name);
  if (!field.ok) return field;
  const inner = fieldOffset(db, field.value.ty, rest);
  return inner.ok ? ok(field.value.offset + inner.value) : inner;
}

function namedField(db: LayoutDb, ty: Ty, name: string): Result<{ readonly ty: Ty; readonly offset: bigint }, Unknown> {
  const layout = db.layoutOf(ty);
  if (!layout.ok) return layout;
  const fields = namedFields(db, ty);
  const index = fields.findIndex((one) => one.name === name);
  const field = fields[index];
  const { fields: shape } = layout.value;
  const offset = shape.kind === "union" ? 0n : shape.kind === "arbitrary" ? shape.offsets[index] : undefined;
  if (field === undefined || offset === undefined)
    return err({
      kind: "constNotEvaluated",
      message: msg("there is no field `{name}` to take the offset of", { name }),
      culprit: undefined,
    });
  return ok({ ty: field.ty, offset });
}

function namedFields(db: LayoutDb, ty: Ty): readonly { readonly name: string; readonly ty: Ty }[] {
  if (ty.kind === "tuple") return ty.elements.map((element, i) => ({ name: String(i), ty: element }));
  if (ty.kind !== "adt" || ty.def.kind === "enum") return [];
  const { def, args } = ty;
  const fields = db.adt(def).variants[0]?.fields ?? [];
  return fields.map((field) => ({ name: field.name, ty: db.normalize(substitute(db.lower.interner, field.ty, def, args)) }));
}
