/**
 * How the layout of a generic type depends on its arguments, so that instances that must be alike are laid out once.
 *
 * `Box<T>` holds a pointer to a `T`: all boxes of sized types have one layout. So does `Vec<T>`, and `Option<Box<T>>` with it: an argument
 * that fields hold as it is may be replaced by another type with the same layout.
 *
 * Invariants: only declared field types decide; what a projection, a const or the end of a pointee's last fields may make of a parameter
 * counts as any dependence; so does what stands in a circle.
 *
 * Example: of `struct S<A, B, C: Iterator> { a: *const A, b: B, c: C::Item }` the first is `thin`, the second `held`, the third `any`.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { LayoutDb } from "./layout-db.ts";
import { pointerMetadata } from "./layout-of.ts";
import { lastPart } from "./sizedness.ts";
import type { GenericArg, Ty } from "./ty.ts";
import { isConst } from "./ty.ts";
import { parts } from "./ty-interner.ts";

/**
 * `thin`: nothing but whether pointers to it are thin counts. `held`: its layout counts, and that. `any`: anything may.
 */
export type ParamUse = "thin" | "held" | "any";

type AdtTy = Extract<Ty, { kind: "adt" }>;

/** By the index of the parameter; what is left out is `any`. */
export type ParamUses = readonly ParamUse[];

/** How a definition's fields use its parameters. */
export function computeParamUses(db: LayoutDb, def: DefId): ParamUses {
  const uses = db.lower.genericsOf(def).params.map((): ParamUse => "thin");
  const walk = new UseWalk(db, uses);
  for (const variant of db.adt(def).variants) for (const field of variant.fields) walk.held(field.ty);
  return uses;
}

class UseWalk {
  readonly #db: LayoutDb;
  readonly #uses: ParamUse[];

  constructor(db: LayoutDb, uses: ParamUse[]) {
    this.#db = db;
    this.#uses = uses;
  }

  /** A type that stands in memory as it is. */
  held(ty: Ty): void {
    if (!ty.flags.hasParam) return;
    switch (ty.kind) {
      case "param":
        if (this.#uses[ty.index] === "thin") this.#uses[ty.index] = "held";
        return;
      case "tuple":
        for (const element of ty.elements) this.held(element);
        return;
      case "array":
        this.held(ty.element);
        this.#any(ty.length);
        return;
      case "slice":
        this.held(ty.element);
        return;
      case "pattern":
        this.held(ty.base);
        return;
      case "ref":
      case "pointer":
        this.#pointedTo(ty.target);
        return;
      case "fnPtr":
      case "fnDef":
        return;
      case "adt":
        this.#instance(ty);
        return;
      default:
        this.#any(ty);
    }
  }

  #instance(ty: AdtTy): void {
    const uses = this.#db.paramUses(ty.def);
    for (const [i, arg] of ty.args.entries()) {
      const use = uses[i] ?? "any";
      if (use === "any" || isConst(arg)) this.#any(arg);
      else if (use === "held") this.held(arg);
      else this.#pointedTo(arg);
    }
  }

  /** Whether pointers to it are thin must follow from the parameters' being so. */
  #pointedTo(ty: Ty): void {
    if (ty.flags.hasParam && !hasPlainTail(this.#db, ty)) this.#any(ty);
  }

  #any(arg: GenericArg): void {
    if (!arg.flags.hasParam) return;
    if (arg.kind === "param") this.#uses[arg.index] = "any";
    else if (!isConst(arg)) for (const part of parts(arg)) this.#any(part);
    else if (arg.kind === "expr") for (const part of [...arg.args, arg.type]) this.#any(part);
  }
}

/** Whether the last fields of a declared type lead to its end without a projection. */
function hasPlainTail(db: LayoutDb, ty: Ty): boolean {
  let at: Ty | undefined = ty;
  for (let depth = 0; depth < 64 && at !== undefined; depth++) {
    if (["projection", "error", "opaque", "infer"].includes(at.kind)) return false;
    at = lastPart(db, at);
  }
  return at === undefined;
}

/**
 * A type with the same layout, and pointers as wide, that other types come to as well; the type itself where there is none or it is not
 * known. `Box<S>` comes to `Box<()>`.
 */
export function alikeTy(db: LayoutDb, ty: Ty): Ty {
  const { interner } = db.lower;
  switch (ty.kind) {
    case "adt": {
      if (ty.args.length === 0) return ty;
      const uses = db.paramUses(ty.def);
      const args = ty.args.map((arg, i) => alikeArg(db, arg, uses[i] ?? "any"));
      return args.every((arg, i) => arg === ty.args[i]) ? ty : interner.adt(ty.def, args);
    }
    case "ref":
    case "pointer":
      return isThin(db, ty.target) ? interner.ty({ kind: ty.kind, mutable: ty.mutable, target: interner.unit }) : ty;
    default:
      return ty;
  }
}

function alikeArg(db: LayoutDb, arg: GenericArg, use: ParamUse): GenericArg {
  if (use === "any" || isConst(arg)) return arg;
  if (use === "held") return alikeTy(db, arg);
  return isThin(db, arg) ? db.lower.interner.unit : arg;
}

function isThin(db: LayoutDb, target: Ty): boolean {
  return target === db.lower.interner.unit || pointerMetadata(db, target) === "none";
}
