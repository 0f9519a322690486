/**
 * Whether a struct's last field may move: not when it is declared as a projection that rustc does not see through.
 *
 * rustc asks `is_sized` of the declared type. For `<u8 as Tr<'a>>::Out`, which an impl resolves, the old trait solver finds no proof of
 * `Sized` once the projection mentions a lifetime or an open parameter, and keeps the field last; without either it does find one.
 * A projection that stays open (`T::Out` under `T: Tr`) is sized by the bounds of its declaration.
 *
 * Example: `struct S(u16, <u8 as Tr<'static>>::Out)` with `Out = u32` → the fields stay at 0 and 4.
 * Source: rustc_ty_utils::layout (`maybe_unsized`), checked with rustc 1.95 and nightly 1.97.
 */
import type { DefId } from "../hir-def/def-id.ts";
import { ownParams } from "./generics.ts";
import type { SizedDb } from "./sizedness.ts";
import { sizedness } from "./sizedness.ts";
import { supertraitWithAssoc } from "./supertraits.ts";
import type { GenericArg, TraitRef, Ty } from "./ty.ts";
import { isConst } from "./ty.ts";
import type { ParamEnv } from "./ty-db.ts";

type Projection = Extract<Ty, { kind: "projection" }>;

/** `undecided`: lifetimes inside a function pointer's types, of which some count and some do not, and which are not kept. */
export type TailPlace = "free" | "last" | "undecided";

/** How the declared type of a struct's last field binds it to its place; generics are not substituted. */
export function tailPlace(db: SizedDb, owner: DefId, last: Ty): TailPlace {
  if (sizedness(db, last) !== "sized") return "last";
  if (last.kind !== "projection" || staysOpen(db, last, db.paramEnv(owner))) return "free";
  if (last.flags.hasParam) return "last";
  switch (regions(db, last)) {
    case "none":
      return "free";
    case "free":
      return "last";
    case "inFnPtr":
      return "undecided";
  }
}

/** A clause about the trait comes before impls, unless another clause says what the associated type is. */
function staysOpen(db: SizedDb, ty: Projection, env: ParamEnv): boolean {
  const told = env.predicates.some(
    (predicate) => predicate.kind === "projection" && predicate.projection.name === ty.name && isTraitOf(ty, predicate.projection),
  );
  if (!told && env.predicates.some((predicate) => predicate.kind === "trait" && assumes(db, ty, predicate.ref))) return true;
  return db.normalize(ty, env) === ty;
}

function assumes(db: SizedDb, ty: Projection, ref: TraitRef): boolean {
  if (ref.args[0] !== ty.args[0]) return false;
  const declaring = supertraitWithAssoc(db.lower, ref, ty.name);
  return declaring !== undefined && isTraitOf(ty, declaring);
}

function isTraitOf(ty: Projection, ref: TraitRef): boolean {
  return ref.trait === ty.trait && ref.args.length === ty.args.length && ref.args.every((arg, i) => arg === ty.args[i]);
}

type Regions = "none" | "inFnPtr" | "free";

/** Which lifetimes a type mentions; those of function pointers' own types may be bound by the pointer type itself. */
function regions(db: SizedDb, ty: Ty): Regions {
  const known = new Map<Ty, Regions>();
  const of = (part: Ty): Regions => {
    let found = known.get(part);
    if (found === undefined) {
      found = regionsOfParts(db, part, of);
      known.set(part, found);
    }
    return found;
  };
  return of(ty);
}

function regionsOfParts(db: SizedDb, ty: Ty, of: (part: Ty) => Regions): Regions {
  switch (ty.kind) {
    case "ref":
    case "dyn":
      return "free";
    case "pointer":
      return of(ty.target);
    case "slice":
    case "array":
      return of(ty.element);
    case "tuple":
      return ofAll(of, ty.elements);
    case "adt":
    case "fnDef":
      return hasLifetimes(db, ty.def) ? "free" : ofAll(of, ty.args);
    case "projection": {
      const assoc = db.lower.defs.associatedItems(ty.trait).find((item) => item.kind === "typeAlias" && item.name === ty.name);
      if (hasLifetimes(db, ty.trait) || (assoc !== undefined && hasLifetimes(db, assoc))) return "free";
      return ofAll(of, [...ty.args, ...ty.ownArgs]);
    }
    case "fnPtr":
      return ofAll(of, [...ty.params, ty.result]) === "none" ? "none" : "inFnPtr";
    default:
      return "none";
  }
}

function ofAll(of: (part: Ty) => Regions, args: readonly GenericArg[]): Regions {
  const found = args.map((arg) => (isConst(arg) ? "none" : of(arg)));
  if (found.includes("free")) return "free";
  return found.includes("inFnPtr") ? "inFnPtr" : "none";
}

function hasLifetimes(db: SizedDb, def: DefId): boolean {
  return ownParams(db.lower.defs, def).some((param) => param.kind === "lifetime");
}
