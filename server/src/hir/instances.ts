/**
 * Concrete instances of a generic definition: its defaults, and what its file writes.
 *
 * Example: for `struct A<T = u16>(T)` in a file with `A<u64>`: T = u16, T = u64.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { RawItem } from "../hir-def/item-tree.ts";
import { displayArg } from "../hir-ty/display.ts";
import { evaluated, shownTy } from "../hir-ty/shown-ty.ts";
import { foldArg, substitution } from "../hir-ty/substitute.ts";
import type { GenericArg, GenericArgs, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import { forEachPart } from "../hir-ty/ty-interner.ts";
import type { PlacedDef } from "./source-map.ts";
import type { World } from "./world.ts";

export interface Instance {
  readonly ty: Ty;
  /** `T = u64, N = 4` */
  readonly text: string;
}

const MOST = 4;

/** At most four instances without open parameters, the defaults first. */
export function instantiations(world: World, def: DefId, placed: readonly PlacedDef[]): readonly Instance[] {
  const found = new Map<string, Instance>();
  const add = (args: GenericArgs): void => {
    const ty = world.interner.adt(def, args);
    const { hasParam, hasError, hasInfer } = ty.flags;
    if (hasParam || hasError || hasInfer || found.size >= MOST) return;
    const text = describe(world, def, args);
    if (!found.has(text)) found.set(text, { ty, text });
  };
  const defaults = defaultArgs(world, def);
  if (defaults !== undefined) add(defaults);
  for (const other of placed) for (const ty of writtenTypes(world, other)) collect(ty, def, add);
  return [...found.values()];
}

function defaultArgs(world: World, def: DefId): GenericArgs | undefined {
  const out: GenericArg[] = [];
  for (const param of world.genericsOf(def).params) {
    const value = world.paramDefault(param);
    if (value === undefined) return undefined;
    out.push(foldArg(substitution(world.interner, def, out), value));
  }
  return out;
}

function describe(world: World, def: DefId, args: GenericArgs): string {
  return world
    .genericsOf(def)
    .params.map((param, i) => `${param.name} = ${args[i] === undefined ? "_" : shownArg(world, args[i])}`)
    .join(", ");
}

function shownArg(world: World, arg: GenericArg): string {
  return displayArg(isConst(arg) ? evaluated(world, arg) : shownTy(world, arg));
}

/** Field types and alias targets of a definition. */
function writtenTypes(world: World, { def, raw }: { readonly def: DefId; readonly raw: RawItem }): readonly Ty[] {
  if (raw.kind === "typeAlias") return [world.typeOf(def)].filter((ty) => ty !== undefined);
  if (raw.kind !== "struct" && raw.kind !== "enum" && raw.kind !== "union") return [];
  return world.adt(def).variants.flatMap((variant) => variant.fields.map((field) => field.ty));
}

function collect(ty: Ty, def: DefId, add: (args: GenericArgs) => void): void {
  forEachPart(ty, (part) => {
    if (!isConst(part) && part.kind === "adt" && part.def === def) add(part.args);
    return true;
  });
}
