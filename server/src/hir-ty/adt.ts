/**
 * Fields and variants of structs, enums and unions, for the crate's cfg, in terms of the definition's own parameters.
 *
 * Invariant: what may hide or add fields (a syntax error, a cfg that is not known, an attribute macro) is said in `why`.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import { stdDoubt } from "../db/std-doubt.ts";
import { cfgState, effectiveAttrs, unclearAttrs } from "../hir-def/attrs.ts";
import { isInertAttribute, isWithoutMeaning } from "../hir-def/builtin-attrs.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Attr, RawField, RawItem, RawVariant } from "../hir-def/item-tree.ts";
import type { PathRef, TypeRef } from "../hir-def/type-ref.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerTypeRef } from "./lower-ty.ts";
import type { Ty } from "./ty.ts";
import type { AdtDef, FieldDef, VariantDef } from "./ty-db.ts";
import { scopeOf, unknownAt } from "./type-scope.ts";
import type { Unknown } from "./unknown.ts";

/** A field or variant as written that exists for the crate's cfg. */
export interface ActiveParts<T> {
  readonly parts: readonly T[];
  readonly why: Unknown | undefined;
}

/** Resolves what an attribute that is not built in does. */
export type AttributeOracle = (def: DefId, attr: Attr) => Message | undefined;

/** The definition's variants and field types. */
export function computeAdt(db: LowerDb, def: DefId, oracle: AttributeOracle): AdtDef {
  const raw = db.defs.rawItem(def);
  if (raw?.kind === "struct" || raw?.kind === "union") {
    const fields = activeParts(db, def, raw.fields);
    const variant = { name: raw.name, shape: raw.shape, index: 0, fields: fieldDefs(fieldTypes(db, def), fields.parts) };
    return { def, variants: [variant], why: itemProblem(db, def, raw, oracle) ?? fields.why };
  }
  if (raw?.kind === "enum") {
    const active = activeParts(db, def, raw.variants);
    const typeOf = fieldTypes(db, def);
    const variants = active.parts.map((variant, index) => variantDef({ db, def, typeOf }, variant, index));
    const why = itemProblem(db, def, raw, oracle) ?? active.why ?? variants.find((v) => v.why !== undefined)?.why;
    return { def, variants: variants.map((v) => v.variant), why };
  }
  return { def, variants: [], why: unknownAt(scopeOf(def), "unresolvedName", msg("`{name}` is gone", { name: def.name }), undefined) };
}

type TypeOf = (ref: TypeRef) => Ty;

function variantDef(
  { db, def, typeOf }: { readonly db: LowerDb; readonly def: DefId; readonly typeOf: TypeOf },
  raw: RawVariant,
  index: number,
): { readonly variant: VariantDef; readonly why: Unknown | undefined } {
  const fields = activeParts(db, def, raw.fields);
  return { variant: { name: raw.name, shape: raw.shape, index, fields: fieldDefs(typeOf, fields.parts) }, why: fields.why };
}

/** The types of a definition's fields as written: a name that many fields have is looked up once. What is unknown says where. */
function fieldTypes(db: LowerDb, def: DefId): TypeOf {
  const scope = scopeOf(def);
  const named = new Map<string, Ty>();
  return (ref) => {
    const name = ref.kind === "path" ? plainName(ref.path) : undefined;
    const known = name === undefined ? undefined : named.get(name);
    if (known !== undefined) return known;
    const ty = lowerTypeRef(db, scope, ref);
    if (name !== undefined && !ty.flags.hasError) named.set(name, ty);
    return ty;
  };
}

/** The name that a path consists of. */
function plainName({ anchor, qualified, segments }: PathRef): string | undefined {
  const [only] = segments;
  if (anchor.kind !== "plain" || qualified !== undefined || segments.length !== 1) return undefined;
  return only?.args === undefined ? only?.name : undefined;
}

function fieldDefs(typeOf: TypeOf, fields: readonly RawField[]): readonly FieldDef[] {
  const isTuple = fields.every((field) => /^\d+$/.test(field.name));
  return fields.map((field, i) => ({
    name: isTuple ? String(i) : field.name,
    ty: typeOf(field.type),
    isUnsafe: field.isUnsafe === true,
  }));
}

/** Fields or variants that are compiled. */
export function activeParts<T extends { readonly attrs: readonly Attr[]; readonly name: string; readonly range: Attr["range"] }>(
  db: Pick<LowerDb, "defs">,
  def: DefId,
  all: readonly T[],
): ActiveParts<T> {
  if (all.every((part) => part.attrs.length === 0)) return { parts: all, why: undefined };
  const { cfg } = db.defs.crate(def.module.krate);
  let why: Unknown | undefined;
  const parts = all.filter((part) => {
    if (part.attrs.length === 0) return true;
    const state = cfgState(part.attrs, cfg);
    if (state.kind === "unknown")
      why ??= unknownAt(
        scopeOf(def),
        "cfg",
        msg("whether `{name}` is compiled is not known: {reason}", { name: part.name, reason: state.reason }),
        part.range,
      );
    return state.kind !== "inactive";
  });
  return { parts, why };
}

function itemProblem(db: LowerDb, def: DefId, raw: RawItem, oracle: AttributeOracle): Unknown | undefined {
  const scope = scopeOf(def);
  if (raw.hasError && raw.isTooDeep)
    return unknownAt(scope, "tooDeep", msg("`{name}` is nested too deeply", { name: raw.name }), raw.nameRange);
  if (raw.hasError) return unknownAt(scope, "syntaxError", msg("`{name}` has a syntax error", { name: raw.name }), raw.nameRange);
  const { cfg } = db.defs.crate(def.module.krate);
  const attrs = effectiveAttrs(raw.attrs, cfg);
  for (const { holds, reason, range } of unclearAttrs(attrs, cfg)) {
    const open = holds.find((attr) => !isWithoutMeaning(attr.path));
    if (open !== undefined)
      return unknownAt(scope, "cfg", msg("whether `#[{path}]` applies is not known: {reason}", { path: open.path, reason }), range);
  }
  const marked = attrs.find((attr) => attr.path === "stowplan_unknown");
  if (marked !== undefined)
    return unknownAt(scope, "stdModel", stdDoubt(marked.value ?? marked.args?.replace(/^"|"$/g, "") ?? ""), marked.range);
  for (const attr of attrs) {
    if (isInertAttribute(attr.path)) continue;
    const message = oracle(def, attr);
    if (message !== undefined) return unknownAt(scope, "procMacro", message, attr.range);
  }
  return undefined;
}
