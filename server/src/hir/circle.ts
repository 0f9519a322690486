/**
 * Which type of a circle of types without indirection is named in the reason: the first that is met again from the type asked about,
 * whatever was asked before. (The layouts' queries cut the circle where they happened to come in.)
 *
 * Example: with `struct A(B); struct B(A); struct C(A);` it is `A` for `A` and `C`, and `B` for `B`.
 */
import { substitute } from "../hir-ty/substitute.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { World } from "./world.ts";
import { recursive } from "./world-values.ts";

/** So many types are looked at. */
const MAX_TYPES = 1000;

/** The reason why a type has no layout, the same whatever was asked before. */
export function steadyReason(world: World, ty: Ty, why: Unknown): Unknown {
  if (why.kind !== "recursiveWithoutIndirection") return why;
  const again = metAgain({ world, around: [], seen: new Set() }, ty);
  return again === undefined ? why : recursive(again);
}

interface Walk {
  readonly world: World;
  /** The types the walk is in, by definition. */
  readonly around: Extract<Ty, { kind: "adt" }>[];
  readonly seen: Set<Ty>;
}

/** The first type that a type holds itself and that is met inside itself. */
function metAgain(walk: Walk, ty: Ty): Ty | undefined {
  if (ty.kind === "array") return metAgain(walk, ty.element);
  if (ty.kind === "tuple") return firstOf(walk, ty.elements);
  if (ty.kind !== "adt") return undefined;
  const around = walk.around.find(({ def }) => def === ty.def);
  if (around !== undefined || walk.seen.has(ty) || walk.seen.size >= MAX_TYPES) return around;
  walk.seen.add(ty);
  walk.around.push(ty);
  const { interner } = walk.world;
  const fields = walk.world.adt(ty.def).variants.flatMap((variant) => variant.fields);
  const found = firstOf(
    walk,
    fields.map((field) => walk.world.normalize(substitute(interner, field.ty, ty.def, ty.args))),
  );
  walk.around.pop();
  return found;
}

function firstOf(walk: Walk, types: readonly Ty[]): Ty | undefined {
  for (const ty of types) {
    const found = metAgain(walk, ty);
    if (found !== undefined) return found;
  }
  return undefined;
}
