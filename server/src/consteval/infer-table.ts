/**
 * InferTable: the inference variables of one body – union-find over types and consts, with integer and float variables for
 * literals.
 *
 * Example: `let mut i = 0; while i < n { i += 1 }` with `n: usize`: the variable of `0` is united with usize.
 *
 * Invariants: a variable is bound once; `resolve` puts in what is known; variables of literals left open at the end are i32 and
 * f64 (rustc's fallback), any other open variable stays and whoever needs it fails.
 * Source: rustc_infer `InferCtxt`, rustc_hir_typeck fallback.
 */

import type { Folder } from "../hir-ty/substitute.ts";
import { foldArgs, foldConst, foldTy } from "../hir-ty/substitute.ts";
import type { Const, ConstKind, GenericArg, GenericArgs, Ty, TyKind } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { TyInterner } from "../hir-ty/ty-interner.ts";
import { parts } from "../hir-ty/ty-interner.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import { HOLE } from "./const-db.ts";

type VarKind = "general" | "int" | "float";

interface TyVar {
  readonly kind: VarKind;
  bound: Ty | undefined;
}

export class InferTable {
  readonly #interner: TyInterner;
  readonly #types: TyVar[] = [];
  readonly #consts: (Const | undefined)[] = [];
  readonly #resolver: Folder & { readonly known: Map<Ty, Ty> };
  readonly #holes: Folder;
  /** Pairs of types that were made equal, so that parts which types share are compared once. */
  readonly #same = new Set<number>();
  /** The value of an unevaluated const, so that `[T; N]` and `[T; 4]` unite. */
  readonly #evaluate: (value: Const) => Const;

  constructor(interner: TyInterner, evaluate: (value: Const) => Const) {
    this.#interner = interner;
    this.#evaluate = evaluate;
    this.#resolver = {
      interner,
      known: new Map(),
      ty: (ty) => (ty.flags.hasInfer ? (ty.kind === "infer" ? this.#chase(ty) : undefined) : ty),
      constant: (value) => (value.flags.hasInfer ? (value.kind === "infer" ? this.resolveConst(value) : undefined) : value),
    };
    this.#holes = {
      interner,
      isFresh: true,
      ty: (ty) => (ty.flags.hasInfer ? (ty.kind === "infer" && ty.index === HOLE ? this.freshTy("general") : undefined) : ty),
      constant: (value) =>
        value.flags.hasInfer ? (value.kind === "infer" && value.index === HOLE ? this.freshConst() : undefined) : value,
    };
  }

  freshTy(kind: VarKind): Ty {
    this.#types.push({ kind, bound: undefined });
    return this.#interner.ty({ kind: "infer", index: this.#types.length - 1 });
  }

  freshConst(): Const {
    this.#consts.push(undefined);
    return this.#interner.constant({ kind: "infer", index: this.#consts.length - 1 });
  }

  /** Every hole becomes a variable of its own. */
  fillHoles(ty: Ty): Ty {
    return foldTy(this.#holes, ty);
  }

  fillHolesIn(args: GenericArgs): GenericArgs {
    return foldArgs(this.#holes, args);
  }

  /** The head of a type as far as it is known. */
  shallow(ty: Ty): Ty {
    let at = ty;
    while (at.kind === "infer") {
      const { bound } = this.#types[at.index] ?? { bound: undefined };
      if (bound === undefined) return at;
      at = bound;
    }
    return at;
  }

  /** A type with all known variables put in. */
  resolve(ty: Ty): Ty {
    return ty.flags.hasInfer ? foldTy(this.#resolver, ty) : ty;
  }

  resolveArgs(args: GenericArgs): GenericArgs {
    return args.some((arg) => arg.flags.hasInfer) ? foldArgs(this.#resolver, args) : args;
  }

  resolveConst(value: Const): Const {
    let at = value;
    while (at.kind === "infer") {
      const bound = this.#consts[at.index];
      if (bound === undefined) return at;
      at = bound;
    }
    return at.flags.hasInfer ? foldConst(this.#resolver, at) : at;
  }

  #chase(ty: Ty): Ty {
    const head = this.shallow(ty);
    return head.kind === "infer" ? head : foldTy(this.#resolver, head);
  }

  /** Which kind of variable an open type is; undefined for a type that is known. */
  openKind(ty: Ty): VarKind | undefined {
    const head = this.shallow(ty);
    return head.kind === "infer" ? (this.#types[head.index]?.kind ?? "general") : undefined;
  }

  /** Makes two types equal; false (and partly done) if they cannot be. */
  unify(a: Ty, b: Ty): boolean {
    const left = this.shallow(a);
    const right = this.shallow(b);
    if (left === right) return true;
    if (left.kind === "infer") return this.#bind(left.index, right);
    if (right.kind === "infer") return this.#bind(right.index, left);
    // What could not be typed gives no information and no contradiction.
    if (left.kind === "error" || right.kind === "error") return true;
    const pair = left.id * 2 ** 26 + right.id;
    if (this.#same.has(pair)) return true;
    const united = this.#unifyKinds(left, right);
    if (united) this.#same.add(pair);
    return united;
  }

  #setBound(variable: TyVar, to: Ty): void {
    variable.bound = to;
    this.#resolver.known.clear();
  }

  #bind(index: number, ty: Ty): boolean {
    const variable = this.#types[index];
    if (variable === undefined) return false;
    if (ty.kind === "infer") return this.#bindVariables(variable, index, ty);
    if (variable.kind === "int" && ty.kind !== "int" && ty.kind !== "error") return false;
    if (variable.kind === "float" && ty.kind !== "float" && ty.kind !== "error") return false;
    if (ty.flags.hasInfer && this.#mentions(ty, index)) return false;
    this.#setBound(variable, ty);
    return true;
  }

  #bindVariables(variable: TyVar, index: number, other: Extract<Ty, { kind: "infer" }>): boolean {
    const target = this.#types[other.index];
    if (target === undefined) return false;
    if (variable.kind === "general") {
      this.#setBound(variable, other);
      return true;
    }
    if (target.kind !== "general" && target.kind !== variable.kind) return false;
    this.#setBound(target, this.#interner.ty({ kind: "infer", index }));
    return true;
  }

  /** Whether a type holds a variable, also through what other variables are bound to. */
  #mentions(ty: Ty, index: number): boolean {
    const seen = new Set<Ty>();
    const mentions = (part: GenericArg): boolean => {
      if (isConst(part) || !part.flags.hasInfer) return false;
      const head = this.shallow(part);
      if (head.kind === "infer") return head.index === index;
      if (seen.has(head)) return false;
      seen.add(head);
      return parts(head).some(mentions);
    };
    return mentions(ty);
  }

  #unifyKinds(a: TyKind, b: TyKind): boolean {
    switch (a.kind) {
      case "adt":
        return b.kind === "adt" && a.def === b.def && this.unifyArgs(a.args, b.args);
      case "fnDef":
        return b.kind === "fnDef" && a.def === b.def && this.unifyArgs(a.args, b.args);
      case "tuple":
        return b.kind === "tuple" && this.unifyArgs(a.elements, b.elements);
      case "array":
        return b.kind === "array" && this.unify(a.element, b.element) && this.unifyConst(a.length, b.length);
      case "slice":
        return b.kind === "slice" && this.unify(a.element, b.element);
      case "ref":
      case "pointer":
        return b.kind === a.kind && a.mutable === b.mutable && this.unify(a.target, b.target);
      case "fnPtr":
        return b.kind === "fnPtr" && this.unifyArgs([...a.params, a.result], [...b.params, b.result]);
      case "projection":
        return b.kind === "projection" && a.trait === b.trait && a.name === b.name && this.unifyArgs(a.args, b.args);
      default:
        return false;
    }
  }

  unifyArgs(a: readonly GenericArg[], b: readonly GenericArg[]): boolean {
    if (a.length !== b.length) return false;
    return a.every((left, i) => {
      const right = b[i];
      if (right === undefined) return false;
      if (isConst(left)) return isConst(right) && this.unifyConst(left, right);
      return !isConst(right) && this.unify(left, right);
    });
  }

  unifyConst(a: Const, b: Const): boolean {
    const left = this.evaluated(a);
    const right = this.evaluated(b);
    if (left === right) return true;
    if (left.kind === "infer") return this.#bindConst(left.index, right);
    if (right.kind === "infer") return this.#bindConst(right.index, left);
    return left.kind === "error" || right.kind === "error" || left.kind === "expr" || right.kind === "expr";
  }

  #bindConst(index: number, value: ConstKind & Const): boolean {
    this.#consts[index] = value;
    this.#resolver.known.clear();
    return true;
  }

  /** A const with its value where that is known by now. */
  evaluated(value: Const): Const {
    const known = this.resolveConst(value);
    return known.kind === "expr" ? this.#evaluate(known) : known;
  }

  /** Runs `attempt`; if it says no, every binding it made is taken back. */
  probe(attempt: () => boolean): boolean {
    const types = this.#types.map((variable) => variable.bound);
    const consts = [...this.#consts];
    if (attempt()) return true;
    this.#types.length = types.length;
    this.#consts.length = consts.length;
    for (const [i, variable] of this.#types.entries()) variable.bound = types[i];
    for (const [i, bound] of consts.entries()) this.#consts[i] = bound;
    this.#resolver.known.clear();
    this.#same.clear();
    return false;
  }

  /** Literals whose type nothing decided are i32 and f64. */
  fallback(): void {
    for (const variable of this.#types) {
      if (variable.bound !== undefined || variable.kind === "general") continue;
      this.#setBound(variable, variable.kind === "int" ? this.#interner.int("i32") : this.#interner.float("f64"));
    }
  }
}

/** Arguments with the unknown in place of each that holds something that is still open. */
export function withoutInfer(interner: TyInterner, args: GenericArgs, why: Unknown): GenericArgs {
  return args.map((arg) => {
    if (!arg.flags.hasInfer) return arg;
    return isConst(arg) ? interner.constant({ kind: "error", why }) : interner.error(why);
  });
}
