/**
 * Structs, enums and unions → the layout engine: fields' layouts, repr, discriminants, language attributes.
 *
 * Example: `#[repr(C)] struct H { a: u8, b: u32 }` → structLayout over two scalars, source order.
 *
 * Invariant: only attributes and lang items decide, never a name (rustc_ty_utils::layout, ADT case).
 */
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { effectiveAttrs } from "../hir-def/attrs.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Attr } from "../hir-def/item-tree.ts";
import { simdLayout } from "../layout/array-like.ts";
import type { LayoutData } from "../layout/layout-data.ts";
import { isSized } from "../layout/layout-data.ts";
import type { ReprOptions } from "../layout/repr-options.ts";
import type { ScalarValidRange } from "../layout/struct-layout.ts";
import { fromCalculator } from "./calculator-message.ts";
import { displayTy } from "./display.ts";
import type { LayoutDb, TyLayout } from "./layout-db.ts";
import { opaqueLayout } from "./opaque-layout.ts";
import { numberAttr } from "./repr-of.ts";
import { reprFieldProblem, reprOptionsOf } from "./repr-options-of.ts";
import { substitute } from "./substitute.ts";
import { tailPlace } from "./tail-place.ts";
import type { Ty } from "./ty.ts";
import type { AdtDef, VariantDef } from "./ty-db.ts";
import { scopeOf, unknownAt } from "./type-scope.ts";
import type { Unknown } from "./unknown.ts";

type AdtTy = Extract<Ty, { kind: "adt" }>;

/** What a definition says besides its fields, for all its instances. */
export interface AdtRecipe {
  readonly repr: ReprOptions;
  /** Whether a struct's last field stays last. */
  readonly kind: Result<"alwaysSized" | "maybeUnsized", Unknown>;
  readonly scalarValidRange: ScalarValidRange | undefined;
  readonly hidesNiche: boolean;
  /** The layout where no fields tell it. */
  readonly opaque: TyLayout | undefined;
}

/** The layout of a struct, enum or union with its arguments. */
export function layoutOfAdt(db: LayoutDb, ty: AdtTy): TyLayout {
  const fields = fieldLayouts(db, ty);
  return fields.ok ? layoutOfAdtWith(db, ty, fields.value) : fields;
}

/** The same with other layouts for the fields: what boxing or reordering would give. */
export function layoutOfAdtWith(db: LayoutDb, ty: AdtTy, fields: readonly (readonly LayoutData[])[]): TyLayout {
  const found = db.recipe(ty.def);
  if (!found.ok) return found;
  const recipe = found.value;
  const problem = reprFieldProblem(db, ty.def, recipe.repr, fields);
  if (problem !== undefined) return err(problem);
  if (recipe.opaque !== undefined) return recipe.opaque;
  switch (ty.def.kind) {
    case "struct":
      return structOf(db, ty, recipe, fields[0] ?? []);
    case "union":
      return fromCalculator(db.laidOut.union({ fields: fields[0] ?? [], repr: recipe.repr }), ty);
    default:
      return enumOf(db, ty, recipe, fields);
  }
}

/** What a definition says of its layout: attributes and lang items. */
export function computeRecipe(db: LayoutDb, def: DefId): Result<AdtRecipe, Unknown> {
  const { defs } = db.lower;
  const attrs = effectiveAttrs(defs.rawItem(def)?.attrs ?? [], defs.crate(def.module.krate).cfg);
  const adt = db.adt(def);
  const repr = reprOptionsOf(db, adt, attrs);
  if (!repr.ok) return repr;
  const lang = attrs.find((attr) => attr.path === "lang")?.value;
  return ok({
    repr: lang === "owned_box" && db.rules.boxFields === "sourceOrder" ? { ...repr.value, linear: true } : repr.value,
    kind: def.kind === "struct" ? structKind(db, adt, def) : ok("alwaysSized"),
    scalarValidRange: validRange(attrs),
    hidesNiche: lang === "unsafe_cell" || lang === "unsafe_pinned",
    opaque: opaqueLayout(db, def, attrs),
  });
}

/** Layouts of all fields by variant. The first field without one is the culprit. */
export function fieldLayouts(db: LayoutDb, ty: AdtTy): Result<readonly (readonly LayoutData[])[], Unknown> {
  const adt = db.adt(ty.def);
  if (adt.why !== undefined) return err(adt.why);
  const out: LayoutData[][] = [];
  for (const variant of adt.variants) {
    const layouts = variantLayouts(db, ty, variant);
    if (!layouts.ok) return layouts;
    out.push(layouts.value);
  }
  return ok(out);
}

function variantLayouts(db: LayoutDb, ty: AdtTy, variant: VariantDef): Result<LayoutData[], Unknown> {
  const out: LayoutData[] = [];
  for (const [i, field] of variant.fields.entries()) {
    const layout = db.layoutOf(substitute(db.lower.interner, field.ty, ty.def, ty.args));
    if (!layout.ok) return err(withCulprit(layout.error, db, ty.def));
    const mayBeUnsized = ty.def.kind === "struct" && i === variant.fields.length - 1;
    if (!isSized(layout.value) && !mayBeUnsized) {
      return err(
        unknownAt(
          scopeOf(ty.def),
          "unsized",
          msg("field `{field}` of `{type}` has no size known at compile time", { field: field.name, type: ty.def.name }),
          undefined,
        ),
      );
    }
    out.push(layout.value);
  }
  return ok(out);
}

function withCulprit(why: Unknown, _db: LayoutDb, def: DefId): Unknown {
  return why.culprit === undefined ? { ...why, culprit: { owner: def, range: undefined } } : why;
}

function structOf(db: LayoutDb, ty: AdtTy, recipe: AdtRecipe, fields: readonly LayoutData[]): TyLayout {
  const { repr, kind, scalarValidRange, hidesNiche } = recipe;
  if (repr.simd) return simdOf(db, ty, repr, fields);
  if (!kind.ok) return kind;
  return fromCalculator(db.laidOut.struct({ fields, repr, kind: kind.value, scalarValidRange, hidesNiche }), ty);
}

/** Declared, not instantiated: generics are not substituted. */
function structKind(db: LayoutDb, adt: AdtDef, def: DefId): Result<"alwaysSized" | "maybeUnsized", Unknown> {
  const last = adt.variants[0]?.fields.at(-1);
  if (last === undefined) return ok("alwaysSized");
  switch (tailPlace(db, def, last.ty)) {
    case "free":
      return ok("alwaysSized");
    case "last":
      return ok("maybeUnsized");
    case "undecided": {
      const message = msg("whether `{field}` of `{owner}` stays last depends on lifetimes inside `{type}`", {
        field: last.name,
        owner: def.name,
        type: displayTy(last.ty),
      });
      return err(unknownAt(scopeOf(def), "traitSelection", message, undefined));
    }
  }
}

function validRange(attrs: readonly Attr[]): ScalarValidRange | undefined {
  const start = numberAttr(attrs, "rustc_layout_scalar_valid_range_start");
  const end = numberAttr(attrs, "rustc_layout_scalar_valid_range_end");
  return start === undefined && end === undefined ? undefined : { start, end };
}

function simdOf(db: LayoutDb, ty: AdtTy, repr: ReprOptions, fields: readonly LayoutData[]): TyLayout {
  const declared = db.adt(ty.def).variants[0]?.fields[0];
  const [only] = fields;
  if (declared === undefined || only === undefined || fields.length !== 1 || only.fields.kind !== "array") {
    const message = msg("a SIMD type has one array field, `{type}` has not", { type: displayTy(ty) });
    return err(unknownAt(scopeOf(ty.def), "invalidType", message, undefined));
  }
  const array = db.normalize(substitute(db.lower.interner, declared.ty, ty.def, ty.args));
  if (array.kind !== "array") return err(unknownAt(scopeOf(ty.def), "invalidType", msg("a SIMD type has one array field"), undefined));
  const element = db.layoutOf(array.element);
  if (!element.ok) return element;
  return fromCalculator(simdLayout(db.cx, { element: element.value, count: only.fields.count, repr }), ty);
}

function enumOf(db: LayoutDb, ty: AdtTy, { repr }: AdtRecipe, fields: readonly (readonly LayoutData[])[]): TyLayout {
  const discriminants = db.discriminants(ty.def);
  if (!discriminants.ok) return discriminants;
  const variants = fields.map((list, i) => ({ fields: list, discriminant: discriminants.value[i] ?? 0n }));
  return fromCalculator(db.laidOut.enum({ variants, repr }), ty);
}
