/**
 * TyInterner: makes types and consts, each only once.
 *
 * Invariants: the key of a type names its parts by their ids, so interning costs one map look-up whatever the depth; no type is
 * deeper than MAX_TYPE_DEPTH. A type may share its parts, so that it is far larger written out than here (`type B = (A, A)`, …).
 */
import { msg } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Expr } from "../hir-def/expr.ts";
import type { Const, ConstKind, FloatTy, GenericArg, IntTy, Ty, TyFlags, TyKind } from "./ty.ts";

import { isConst, NO_FLAGS } from "./ty.ts";
import type { Unknown } from "./unknown.ts";

/** Deeper types are errors: walks over types may recurse. rustc's own questions about types end at its recursion limit, 128 by default. */
export const MAX_TYPE_DEPTH = 256;

const TOO_DEEP: Unknown = {
  kind: "tooDeep",
  message: msg("types are nested more than {limit} deep", { limit: MAX_TYPE_DEPTH }),
  culprit: undefined,
};

const NO_ARGS: readonly GenericArg[] = [];

export class TyInterner {
  readonly #types = new Map<string, Ty>();
  readonly #consts = new Map<string, Const>();
  readonly #withoutArgs = new Map<DefId, Ty>();
  readonly #objectIds = new WeakMap<object, number>();
  #nextObject = 1;
  /** Of all interners, so that what belongs to one world is never taken for another's. */
  static #nextId = 1;

  readonly unit: Ty = this.ty({ kind: "tuple", elements: [] });
  readonly never: Ty = this.ty({ kind: "never" });
  readonly bool: Ty = this.ty({ kind: "bool" });
  readonly char: Ty = this.ty({ kind: "char" });
  readonly str: Ty = this.ty({ kind: "str" });
  readonly usize: Ty = this.ty({ kind: "int", name: "usize" });
  readonly isize: Ty = this.ty({ kind: "int", name: "isize" });
  readonly u8: Ty = this.ty({ kind: "int", name: "u8" });

  /** The one type of this shape. */
  ty(kind: TyKind): Ty {
    if (kind.kind === "adt" && kind.args.length === 0) return this.#plain(kind);
    const key = this.#tyKey(kind);
    const known = this.#types.get(key);
    if (known !== undefined) return known;
    const depth = depthOf(parts(kind));
    const ty: Ty = depth > MAX_TYPE_DEPTH ? this.error(TOO_DEEP) : { ...kind, id: TyInterner.#nextId++, depth, flags: tyFlags(kind) };
    this.#types.set(key, ty);
    return ty;
  }

  /** A struct, enum or union without arguments: most types are, and its definition says which. */
  #plain(kind: Extract<TyKind, { kind: "adt" }>): Ty {
    let ty = this.#withoutArgs.get(kind.def);
    if (ty === undefined) {
      ty = { kind: "adt", def: kind.def, args: NO_ARGS, id: TyInterner.#nextId++, depth: 0, flags: NO_FLAGS };
      this.#withoutArgs.set(kind.def, ty);
    }
    return ty;
  }

  /** The one const of this shape. */
  constant(kind: ConstKind): Const {
    const key = this.#constKey(kind);
    const known = this.#consts.get(key);
    if (known !== undefined) return known;
    const depth = kind.kind === "expr" ? depthOf([...kind.args, kind.type]) : 0;
    if (depth > MAX_TYPE_DEPTH) return this.constError(TOO_DEEP);
    const value: Const = { ...kind, isConst: true, id: TyInterner.#nextId++, depth, flags: constFlags(kind) };
    this.#consts.set(key, value);
    return value;
  }

  int(name: IntTy): Ty {
    return this.ty({ kind: "int", name });
  }

  float(name: FloatTy): Ty {
    return this.ty({ kind: "float", name });
  }

  adt(def: DefId, args: readonly GenericArg[]): Ty {
    return this.ty({ kind: "adt", def, args });
  }

  error(why: Unknown): Ty {
    return this.ty({ kind: "error", why });
  }

  constError(why: Unknown): Const {
    return this.constant({ kind: "error", why });
  }

  constValue(value: bigint): Const {
    return this.constant({ kind: "value", value });
  }

  #object(value: DefId | Expr | Unknown): number {
    let id = this.#objectIds.get(value);
    if (id === undefined) {
      id = this.#nextObject++;
      this.#objectIds.set(value, id);
    }
    return id;
  }

  #tyKey(ty: TyKind): string {
    switch (ty.kind) {
      case "bool":
      case "char":
      case "str":
      case "never":
        return ty.kind;
      case "int":
      case "float":
        return ty.name;
      case "adt":
      case "fnDef":
        return `${ty.kind}${this.#object(ty.def)}<${ids(ty.args)}`;
      case "foreign":
        return `foreign${this.#object(ty.def)}`;
      case "tuple":
        return `(${ids(ty.elements)}`;
      case "array":
        return `[${ty.element.id};${ty.length.id}`;
      case "slice":
        return `[${ty.element.id}`;
      case "ref":
      case "pointer":
        return `${ty.kind}${ty.mutable ? "m" : "c"}${ty.target.id}`;
      default:
        return this.#rareKey(ty);
    }
  }

  #rareKey(ty: Extract<TyKind, { kind: "fnPtr" | "dyn" | "param" | "projection" | "opaque" | "pattern" | "infer" | "error" }>): string {
    switch (ty.kind) {
      case "fnPtr":
        return `fn${ty.isUnsafe ? "u" : ""}${ty.isVariadic ? "v" : ""}"${ty.abi}"(${ids(ty.params)})${ty.result.id}`;
      case "dyn": {
        const principal = ty.principal === undefined ? "" : `${this.#object(ty.principal.trait)}<${ids(ty.principal.args)}>`;
        const projections = ty.projections.map((p) => `${this.#object(p.trait)}<${ids(p.args)}>${p.name}=${p.term.id}`);
        return `dyn ${principal}|${projections.join()}|${ty.autos.map((auto) => this.#object(auto)).join()}`;
      }
      case "param":
        return `param${this.#object(ty.owner)}.${ty.index}`;
      case "projection":
        return `proj${this.#object(ty.trait)}<${ids(ty.args)}>${ty.name}<${ids(ty.ownArgs)}`;
      case "opaque":
        return `opaque ${ty.key}`;
      case "pattern":
        return `pat${ty.base.id} ${ty.start}..=${ty.end}`;
      case "infer":
        return `?${ty.index}`;
      case "error":
        return `error ${this.#object(ty.why)}`;
    }
  }

  #constKey(value: ConstKind): string {
    switch (value.kind) {
      case "value":
        return `${value.value}`;
      case "param":
        return `param${this.#object(value.owner)}.${value.index}`;
      case "expr":
        return `expr${this.#object(value.expr)}@${this.#object(value.scope.owner)}{${value.scope.block.join(".")}}<${ids(value.args)}>${value.type.id}`;
      case "infer":
        return `?${value.index}`;
      case "error":
        return `error ${this.#object(value.why)}`;
    }
  }
}

function ids(list: readonly { readonly id: number; readonly isConst?: true }[]): string {
  return list.map((part) => part.id).join();
}

function tyFlags(ty: TyKind): TyFlags {
  switch (ty.kind) {
    case "param":
      return { ...NO_FLAGS, hasParam: true };
    case "infer":
      return { ...NO_FLAGS, hasInfer: true };
    case "error":
      return { ...NO_FLAGS, hasError: true };
    case "projection":
      return { ...union([...ty.args, ...ty.ownArgs]), hasProjection: true };
    default:
      return union(parts(ty));
  }
}

/** The types and consts a type is made of (not those behind its definition). */
export function parts(ty: TyKind): readonly GenericArg[] {
  switch (ty.kind) {
    case "adt":
    case "fnDef":
      return ty.args;
    case "tuple":
      return ty.elements;
    case "array":
      return [ty.element, ty.length];
    case "slice":
      return [ty.element];
    case "ref":
    case "pointer":
      return [ty.target];
    case "fnPtr":
      return [...ty.params, ty.result];
    case "dyn":
      return [...(ty.principal?.args ?? []), ...ty.projections.flatMap((p) => [...p.args, p.term])];
    case "projection":
      return [...ty.args, ...ty.ownArgs];
    case "opaque":
      return ty.bounds.flatMap((bound) => bound.args);
    case "pattern":
      return [ty.base];
    default:
      return [];
  }
}

/** Every part inside a type and the type itself, each once however often it is shared; `enter` says whether to look inside. */
export function forEachPart(ty: Ty, enter: (part: GenericArg) => boolean): void {
  const seen = new Set<GenericArg>();
  const visit = (part: GenericArg): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (enter(part) && !isConst(part)) for (const inner of parts(part)) visit(inner);
  };
  visit(ty);
}

function depthOf(all: readonly GenericArg[]): number {
  let depth = 0;
  for (const part of all) if (part.depth >= depth) depth = part.depth + 1;
  return depth;
}

function constFlags(value: ConstKind): TyFlags {
  switch (value.kind) {
    case "value":
      return NO_FLAGS;
    case "param":
      return { ...NO_FLAGS, hasParam: true };
    case "infer":
      return { ...NO_FLAGS, hasInfer: true };
    case "error":
      return { ...NO_FLAGS, hasError: true };
    case "expr":
      return { ...union(value.args), hasUnevaluated: true };
  }
}

function union(all: readonly GenericArg[]): TyFlags {
  let flags = NO_FLAGS;
  for (const part of all) {
    if (part.flags === NO_FLAGS || part.flags === flags) continue;
    flags = merge(flags, part.flags);
  }
  return flags;
}

function merge(a: TyFlags, b: TyFlags): TyFlags {
  return {
    hasParam: a.hasParam || b.hasParam,
    hasInfer: a.hasInfer || b.hasInfer,
    hasProjection: a.hasProjection || b.hasProjection,
    hasError: a.hasError || b.hasError,
    hasUnevaluated: a.hasUnevaluated || b.hasUnevaluated,
  };
}
