/**
 * What memoised questions of a world answer when they lead back to themselves, and when two of their answers are the same.
 */
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { TyLayout } from "../hir-ty/layout-db.ts";
import type { AdtRecipe } from "../hir-ty/layout-of-adt.ts";
import type { Const, Ty } from "../hir-ty/ty.ts";
import type { AdtDef, ConstResult, Generics, SizeAlign, VariantDef } from "../hir-ty/ty-db.ts";
import { scopeOf, unknownAt } from "../hir-ty/type-scope.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { LayoutData } from "../layout/layout-data.ts";

export function recursive(ty: Ty): Unknown {
  return {
    kind: "recursiveWithoutIndirection",
    message:
      ty.kind === "adt"
        ? msg("`{name}` contains itself without indirection: its size would be infinite", { name: ty.def.name })
        : msg("`the type` contains itself without indirection: its size would be infinite"),
    culprit: ty.kind === "adt" ? { owner: ty.def, range: undefined } : undefined,
  };
}

export function discriminantCycle(def: DefId): Unknown {
  return {
    kind: "recursiveWithoutIndirection",
    message: msg("the discriminants of `{name}` depend on themselves", { name: def.name }),
    culprit: { owner: def, range: undefined },
  };
}

export function aliasCycle(def: DefId): Unknown {
  return unknownAt(scopeOf(def), "recursiveWithoutIndirection", msg("`{name}` is defined by itself", { name: def.name }), undefined);
}

/** What an alias of too many aliases stands for. */
export function aliasTooDeep({ name }: DefId): Unknown {
  return { kind: "tooDeep", message: msg("`{name}` is nested too deep in aliases", { name }), culprit: undefined };
}

/** A const parameter without a value. */
export function openConst({ name, owner }: Extract<Const, { kind: "param" }>): Unknown {
  return { kind: "generic", message: msg("depends on `{name}`", { name }), culprit: { owner, range: undefined } };
}

export function constCycle(): Unknown {
  return { kind: "constNotEvaluated", message: msg("a const is defined by itself"), culprit: undefined };
}

export function sameGenerics(a: Generics, b: Generics): boolean {
  return (
    a.parentCount === b.parentCount &&
    a.params.length === b.params.length &&
    a.params.every((p, i) => {
      const q = b.params[i];
      return (
        q !== undefined &&
        p.kind === q.kind &&
        p.name === q.name &&
        p.owner === q.owner &&
        p.index === q.index &&
        p.hasDefault === q.hasDefault
      );
    })
  );
}

export function sameAdt(a: AdtDef, b: AdtDef): boolean {
  return a.why === b.why && sameList(a.variants, b.variants, sameVariant);
}

function sameVariant(a: VariantDef, b: VariantDef): boolean {
  return (
    a.name === b.name &&
    a.shape === b.shape &&
    sameList(a.fields, b.fields, (f, g) => f.name === g.name && f.ty === g.ty && f.isUnsafe === g.isUnsafe)
  );
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return (
    a.length === b.length &&
    a.every((x, i) => {
      const y = b[i];
      return y !== undefined && same(x, y);
    })
  );
}

export function sameLayout(a: TyLayout, b: TyLayout): boolean {
  if (!a.ok || !b.ok) return !a.ok && !b.ok && a.error === b.error;
  return a.value === b.value;
}

/** Recipes that read the same; what says a range, hides a niche or has no fields that tell is rare, and new whenever it is read. */
export function sameRecipe(a: Result<AdtRecipe, Unknown>, b: Result<AdtRecipe, Unknown>): boolean {
  if (!a.ok || !b.ok) return !a.ok && !b.ok && a.error === b.error;
  const [x, y] = [a.value, b.value];
  if (!x.kind.ok || !y.kind.ok || x.kind.value !== y.kind.value || x.hidesNiche !== y.hidesNiche) return false;
  return x.repr === y.repr && x.scalarValidRange === y.scalarValidRange && x.opaque === y.opaque;
}

export function sameConst(a: ConstResult, b: ConstResult): boolean {
  if (!a.ok || !b.ok) return !a.ok && !b.ok && a.error === b.error;
  return a.value === b.value;
}

/** A layout's size and alignment; an error for a type without a size of its own. */
export function sizeAlignOf({ size, align, backendRepr }: LayoutData): Result<SizeAlign, Unknown> {
  if (backendRepr.kind === "memory" && !backendRepr.sized)
    return err({ kind: "unsized", message: msg("the type has no size known at compile time"), culprit: undefined });
  return ok({ size, align });
}
