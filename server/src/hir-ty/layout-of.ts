/**
 * Type → layout: every kind of type but structs, enums and unions (rustc_ty_utils::layout `layout_of_uncached`).
 *
 * Example: `&[u8]` → two words, niche at null.
 *
 * Invariant: a layout or the reason why there is none, with the culprit; nothing is guessed.
 */
import { msg } from "../base/message.ts";
import { err, ok } from "../base/result.ts";
import { sliceLayout, strLayout } from "../layout/array-like.ts";
import type { LayoutData } from "../layout/layout-data.ts";
import { patternTypeLayout } from "../layout/pattern-type.ts";
import type { PointerMetadata } from "../layout/simple.ts";
import { fnPointerLayout, neverLayout, opaqueUnsizedLayout, unitLayout } from "../layout/simple.ts";
import { fromCalculator } from "./calculator-message.ts";
import { displayTy } from "./display.ts";
import type { LayoutDb, TyLayout } from "./layout-db.ts";
import { layoutOfAdt } from "./layout-of-adt.ts";
import { structTail } from "./sizedness.ts";
import type { Ty } from "./ty.ts";
import type { Unknown } from "./unknown.ts";

/** The layout of a normalised type. */
export function computeLayout(db: LayoutDb, ty: Ty): TyLayout {
  switch (ty.kind) {
    case "bool":
    case "char":
      return ok(db.laidOut.primitive(ty.kind));
    case "int":
    case "float":
      return ok(db.laidOut.primitive(ty.name));
    case "never":
      return ok(neverLayout());
    case "str":
      return ok(strLayout(db.cx));
    case "dyn":
    case "foreign":
      return ok(opaqueUnsizedLayout());
    case "fnPtr":
      return ok(fnPointerLayout(db.cx));
    case "fnDef":
      return ok(unitLayout());
    case "ref":
    case "pointer":
      return pointerLayout(db, ty);
    case "tuple":
      return layoutOfTuple(db, ty);
    case "array":
      return layoutOfArray(db, ty);
    case "slice": {
      const element = db.layoutOf(ty.element);
      return element.ok ? ok(sliceLayout(element.value)) : element;
    }
    case "adt":
      return layoutOfAdt(db, ty);
    default:
      return layoutOfRare(db, ty);
  }
}

function layoutOfRare(
  db: LayoutDb,
  ty: Extract<Ty, { kind: "param" | "projection" | "opaque" | "pattern" | "infer" | "error" }>,
): TyLayout {
  switch (ty.kind) {
    case "pattern": {
      const base = db.layoutOf(ty.base);
      if (!base.ok) return base;
      const bits = (1n << (base.value.size * 8n)) - 1n;
      const end = ty.end === undefined ? bits : ty.end & bits;
      return fromCalculator(patternTypeLayout(db.cx, base.value, { start: ty.start & bits, end }), ty);
    }
    case "error":
      return err(ty.why);
    case "opaque":
      return err(ty.why);
    case "param":
      return err({
        kind: "generic",
        message: msg("depends on `{name}`", { name: ty.name }),
        culprit: { owner: ty.owner, range: undefined },
      });
    case "projection":
      if (ty.flags.hasParam)
        return err({ kind: "generic", message: msg("depends on `{type}`", { type: displayTy(ty) }), culprit: undefined });
      return err({
        kind: "traitSelection",
        message: msg("which type `{type}` stands for is not known", { type: displayTy(ty) }),
        culprit: undefined,
      });
    case "infer":
      return err({ kind: "invalidType", message: msg("the type is inferred from code"), culprit: undefined });
  }
}

function pointerLayout(db: LayoutDb, ty: Extract<Ty, { kind: "ref" | "pointer" }>): TyLayout {
  const metadata = pointerMetadata(db, ty.target);
  if (typeof metadata !== "string") return err(metadata);
  return ok(ty.kind === "ref" ? db.laidOut.reference(metadata) : db.laidOut.rawPointer(metadata));
}

/** What a pointer to a type holds besides the address. */
export function pointerMetadata(db: LayoutDb, target: Ty): PointerMetadata | Unknown {
  const tail = structTail(db, target);
  switch (tail.kind) {
    case "slice":
    case "str":
      return "length";
    case "dyn":
      return "vtable";
    case "error":
      return unsizedError(tail.why);
    case "param":
    case "projection":
      return openTail(db, tail);
    default:
      return "none";
  }
}

/** A tail nobody knows may be sized or not, and so may the pointer be thin or wide. */
function unsizedError(why: Unknown): Unknown {
  return why;
}

function openTail(db: LayoutDb, tail: Extract<Ty, { kind: "param" | "projection" }>): PointerMetadata | Unknown {
  if (db.isKnownSized(tail)) return "none";
  const message = msg("`{type}` may be unsized", { type: displayTy(tail) });
  return { kind: tail.flags.hasParam ? "generic" : "traitSelection", message, culprit: undefined };
}

function layoutOfTuple(db: LayoutDb, ty: Extract<Ty, { kind: "tuple" }>): TyLayout {
  const elements: LayoutData[] = [];
  for (const element of ty.elements) {
    const layout = db.layoutOf(element);
    if (!layout.ok) return layout;
    elements.push(layout.value);
  }
  return fromCalculator(db.laidOut.tuple(elements), ty);
}

function layoutOfArray(db: LayoutDb, ty: Extract<Ty, { kind: "array" }>): TyLayout {
  const element = db.layoutOf(ty.element);
  if (!element.ok) return element;
  const length = db.evalConst(ty.length);
  if (!length.ok) return err(length.error);
  if (length.value < 0n) return err({ kind: "invalidType", message: msg("an array has a negative length"), culprit: undefined });
  if (element.value.backendRepr.kind === "memory" && !element.value.backendRepr.sized) return err(unsizedElement(ty));
  const { interner } = db.lower;
  const shown = interner.ty({ kind: "array", element: ty.element, length: interner.constValue(length.value) });
  return fromCalculator(db.laidOut.array(element.value, length.value), shown);
}

function unsizedElement(ty: Ty): Unknown {
  return {
    kind: "unsized",
    message: msg("`{type}` is not allowed: its element has no size known at compile time", { type: displayTy(ty) }),
    culprit: undefined,
  };
}
