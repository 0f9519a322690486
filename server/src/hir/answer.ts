/**
 * Layouts as answers: exact, a lower bound for generic types, or unknown with reason and place.
 */

import { displayTy } from "../hir-ty/display.ts";
import type { TyLayout } from "../hir-ty/layout-db.ts";
import { shownTy } from "../hir-ty/shown-ty.ts";
import { substitute } from "../hir-ty/substitute.ts";
import type { Ty } from "../hir-ty/ty.ts";
import { forEachPart } from "../hir-ty/ty-interner.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import { steadyReason } from "./circle.ts";
import type { LayoutAnswer, TypeHandle } from "./model.ts";
import { placeOf } from "./places.ts";
import type { World } from "./world.ts";

/** The answer for a type. */
export function answerFor(world: World, ty: Ty): LayoutAnswer {
  return answer(world, ty, world.layoutOf(ty));
}

/** The answer for a layout computed otherwise (a variant boxed, fields reordered). */
export function answer(world: World, ty: Ty, layout: TyLayout): LayoutAnswer {
  if (layout.ok) return { status: "exact", layout: layout.value, type: handle(ty) };
  if (layout.error.kind === "generic") return genericAnswer(world, ty);
  return unknownAnswer(world, steadyReason(world, ty, layout.error));
}

export function unknownAnswer(world: World, why: Unknown): LayoutAnswer {
  return { status: "unknown", reason: why.message, culprit: placeOf(world, why.culprit) };
}

/** A handle for a type. */
export function handle(ty: Ty): TypeHandle {
  return { id: ty.id };
}

/** The text of a type as a user would have written it. */
export function shownText(world: World, ty: Ty): string {
  return displayTy(shownTy(world, ty));
}

function genericAnswer(world: World, ty: Ty): LayoutAnswer {
  const bound = lowerBound({ world, known: new Map() }, ty, 0);
  return { status: "generic", atLeast: bound.size, minimumAlign: bound.align, open: [...openParameters(ty)] };
}

function openParameters(ty: Ty): ReadonlySet<string> {
  const out = new Set<string>();
  forEachPart(ty, (part) => {
    if (part.kind === "param") out.add(part.name);
    return part.flags.hasParam;
  });
  return out;
}

interface Bound {
  readonly size: bigint;
  readonly align: bigint;
}

interface BoundWalk {
  readonly world: World;
  /** Bounds of types met before: they may be shared many times over. */
  readonly known: Map<Ty, Bound>;
}

/** So many types inside one are looked at; nothing is too much to say of the others. */
const MAX_BOUNDS = 500;

const NOTHING: Bound = { size: 0n, align: 1n };

/**
 * Bytes every instance has at least: the known fields one after another, rounded up to their alignment; for an enum the largest
 * variant, without a tag (a niche may hold it).
 */
function lowerBound(walk: BoundWalk, ty: Ty, depth: number): Bound {
  if (walk.known.size >= MAX_BOUNDS) return walk.known.get(ty) ?? NOTHING;
  const layout = walk.world.layoutOf(ty);
  if (layout.ok) return { size: layout.value.size, align: layout.value.align };
  const known = walk.known.get(ty);
  if (known !== undefined) return known;
  if (depth > 32) return NOTHING;
  // A type met inside itself has no size: its bound is that of nothing.
  walk.known.set(ty, NOTHING);
  const bound = boundOfParts(walk, ty, depth);
  walk.known.set(ty, bound);
  return bound;
}

function boundOfParts(walk: BoundWalk, ty: Ty, depth: number): Bound {
  const { world } = walk;
  const normal = world.normalize(ty);
  switch (normal.kind) {
    case "tuple":
      return sum(normal.elements.map((element) => lowerBound(walk, element, depth + 1)));
    case "array": {
      const length = world.evalConst(normal.length);
      const element = lowerBound(walk, normal.element, depth + 1);
      return length.ok ? { size: element.size * length.value, align: element.align } : { size: 0n, align: element.align };
    }
    case "ref":
    case "pointer":
      return { size: world.cx.target.pointer.size, align: world.cx.target.pointer.align };
    case "adt":
      return adtBound(walk, normal, depth);
    default:
      return NOTHING;
  }
}

function adtBound(walk: BoundWalk, ty: Extract<Ty, { kind: "adt" }>, depth: number): Bound {
  const { world } = walk;
  const adt = world.adt(ty.def);
  if (adt.why !== undefined) return NOTHING;
  const isPacked = world.attrsOf(ty.def).some((attr) => attr.path === "repr" && /packed/.test(attr.args ?? ""));
  const variants = adt.variants.map((variant) =>
    variant.fields.map((field) => lowerBound(walk, substitute(world.interner, field.ty, ty.def, ty.args), depth + 1)),
  );
  if (ty.def.kind === "union" || isPacked) {
    const all = variants.flat();
    const size =
      ty.def.kind === "union"
        ? max(
            all.map((b) => b.size),
            0n,
          )
        : all.reduce((total, b) => total + b.size, 0n);
    return { size, align: 1n };
  }
  const sums = variants.map(sum);
  return rounded({
    size: max(
      sums.map((b) => b.size),
      0n,
    ),
    align: max(
      sums.map((b) => b.align),
      1n,
    ),
  });
}

function sum(bounds: readonly Bound[]): Bound {
  return rounded({
    size: bounds.reduce((total, b) => total + b.size, 0n),
    align: max(
      bounds.map((b) => b.align),
      1n,
    ),
  });
}

function rounded({ size, align }: Bound): Bound {
  return { size: ((size + align - 1n) / align) * align, align };
}

/** The largest of some numbers and a least one. */
function max(values: readonly bigint[], least: bigint): bigint {
  let most = least;
  for (const value of values) if (value > most) most = value;
  return most;
}
