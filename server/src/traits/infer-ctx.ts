/**
 * Inference variables of one selection and unification of types with them.
 *
 * Example: unifying `Vec<?0>` with `Vec<u8>` binds ?0 to `u8`.
 *
 * Invariants: three answers – the types are the same, they differ, or it cannot be told (a projection that is not resolved, an
 * error type); variables belong to one context and never leave it (`resolve` before).
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { Folder } from "../hir-ty/substitute.ts";
import { foldArg, foldTy } from "../hir-ty/substitute.ts";
import type { Const, GenericArg, GenericArgs, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { Generics } from "../hir-ty/ty-db.ts";
import type { TyInterner } from "../hir-ty/ty-interner.ts";
import { parts } from "../hir-ty/ty-interner.ts";

export type Unified = "same" | "different" | "unclear";

/** Whether two consts are equal, evaluated where needed; undefined where that is not known. */
export type ConstEquality = (a: Const, b: Const) => boolean | undefined;

export class InferCtx {
  readonly #interner: TyInterner;
  readonly #sameConst: ConstEquality;
  #bindings = new Map<number, GenericArg>();
  /** Pairs of types found to be the same, so that parts which types share are compared once. */
  readonly #same = new Set<number>();
  #next = 0;

  constructor(interner: TyInterner, sameConst: ConstEquality) {
    this.#interner = interner;
    this.#sameConst = sameConst;
  }

  /** Fresh variables for all parameters of a definition. */
  freshArgs(_def: DefId, generics: Generics): GenericArgs {
    return generics.params.map((param) => {
      const index = this.#next++;
      return param.kind === "const" ? this.#interner.constant({ kind: "infer", index }) : this.#interner.ty({ kind: "infer", index });
    });
  }

  /** The state to come back to with `rollback`. */
  snapshot(): ReadonlyMap<number, GenericArg> {
    return new Map(this.#bindings);
  }

  rollback(to: ReadonlyMap<number, GenericArg>): void {
    this.#bindings = new Map(to);
    this.#same.clear();
  }

  /** Variables replaced by what they are bound to. */
  resolve(ty: Ty): Ty {
    return ty.flags.hasInfer ? foldTy(this.#folder(), ty) : ty;
  }

  resolveArg(arg: GenericArg): GenericArg {
    return arg.flags.hasInfer ? foldArg(this.#folder(), arg) : arg;
  }

  resolveArgs(args: GenericArgs): GenericArgs {
    return args.map((arg) => this.resolveArg(arg));
  }

  unifyArgs(a: GenericArgs, b: GenericArgs): Unified {
    if (a.length !== b.length) return "different";
    return this.#all(a.length, (i) => {
      const x = a[i];
      const y = b[i];
      return x === undefined || y === undefined ? "different" : this.unifyArg(x, y);
    });
  }

  unifyArg(a: GenericArg, b: GenericArg): Unified {
    if (isConst(a)) return isConst(b) ? this.#unifyConst(a, b) : "different";
    return isConst(b) ? "different" : this.unify(a, b);
  }

  unify(left: Ty, right: Ty): Unified {
    const a = this.#shallow(left);
    const b = this.#shallow(right);
    if (a === b) return "same";
    if (a.kind === "infer") return this.#bind(a.index, b);
    if (b.kind === "infer") return this.#bind(b.index, a);
    if (a.kind === "error" || b.kind === "error" || a.kind === "projection" || b.kind === "projection") return "unclear";
    if (!a.flags.hasInfer && !b.flags.hasInfer && !mayHide(a) && !mayHide(b)) return "different";
    const pair = a.id * 2 ** 26 + b.id;
    if (this.#same.has(pair)) return "same";
    const found = this.#structural(a, b);
    if (found === "same") this.#same.add(pair);
    return found;
  }

  #structural(a: Ty, b: Ty): Unified {
    if (a.kind === "dyn" && b.kind === "dyn") return this.#unifyDyn(a, b);
    return sameHead(a, b) ? this.unifyArgs(parts(a), parts(b)) : "different";
  }

  #unifyDyn(a: Extract<Ty, { kind: "dyn" }>, b: Extract<Ty, { kind: "dyn" }>): Unified {
    if (a.principal?.trait !== b.principal?.trait || a.autos.join() !== b.autos.join() || a.autos.some((auto, i) => auto !== b.autos[i]))
      return "different";
    const args = this.unifyArgs(a.principal?.args ?? [], b.principal?.args ?? []);
    if (args !== "same" || a.projections.length !== b.projections.length) return args === "same" ? "different" : args;
    return this.unifyArgs(
      a.projections.map((p) => p.term),
      b.projections.map((p) => p.term),
    );
  }

  #all(count: number, at: (i: number) => Unified): Unified {
    let result: Unified = "same";
    for (let i = 0; i < count; i++) {
      const one = at(i);
      if (one === "different") return "different";
      if (one === "unclear") result = "unclear";
    }
    return result;
  }

  #unifyConst(left: Const, right: Const): Unified {
    const a = left.kind === "infer" ? this.#boundConst(left) : left;
    const b = right.kind === "infer" ? this.#boundConst(right) : right;
    if (a === b) return "same";
    if (a.kind === "infer") return this.#bind(a.index, b);
    if (b.kind === "infer") return this.#bind(b.index, a);
    const same = this.#sameConst(a, b);
    return same === undefined ? "unclear" : same ? "same" : "different";
  }

  #boundConst(value: Extract<Const, { kind: "infer" }>): Const {
    const bound = this.#bindings.get(value.index);
    return bound !== undefined && isConst(bound) ? bound : value;
  }

  #shallow(ty: Ty): Ty {
    let at = ty;
    for (let i = 0; at.kind === "infer" && i < 100; i++) {
      const bound = this.#bindings.get(at.index);
      if (bound === undefined || isConst(bound)) return at;
      at = bound;
    }
    return at;
  }

  #bind(index: number, to: GenericArg): Unified {
    this.#bindings.set(index, to);
    return "same";
  }

  #folder(known = new Map<Ty, Ty>(), depth = 0): Folder {
    const deeper = (ty: Ty): Ty => (depth > 50 || !ty.flags.hasInfer ? ty : foldTy(this.#folder(known, depth + 1), ty));
    return {
      interner: this.#interner,
      known,
      ty: (ty) => {
        if (!ty.flags.hasInfer) return ty;
        if (ty.kind !== "infer") return undefined;
        const bound = this.#bindings.get(ty.index);
        return bound === undefined || isConst(bound) ? ty : deeper(bound);
      },
      constant: (value) => {
        if (value.kind !== "infer") return value.flags.hasInfer ? undefined : value;
        const bound = this.#bindings.get(value.index);
        return bound !== undefined && isConst(bound) ? bound : value;
      },
    };
  }
}

/** Whether two types are built the same way, their parts aside. */
function sameHead(a: Ty, b: Ty): boolean {
  switch (a.kind) {
    case "adt":
    case "fnDef":
      return b.kind === a.kind && a.def === b.def;
    case "ref":
    case "pointer":
      return b.kind === a.kind && a.mutable === b.mutable;
    case "pattern":
      return b.kind === "pattern" && a.start === b.start && a.end === b.end;
    case "fnPtr":
      return b.kind === "fnPtr" && a.abi === b.abi && a.isUnsafe === b.isUnsafe && a.isVariadic === b.isVariadic;
    case "tuple":
    case "array":
    case "slice":
      return b.kind === a.kind;
    default:
      return false;
  }
}

/** Types that may turn out equal though they are not the same object: a part is not resolved or not evaluated yet. */
function mayHide(ty: Ty): boolean {
  return ty.flags.hasProjection || ty.flags.hasError || ty.flags.hasUnevaluated;
}
