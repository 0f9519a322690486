/**
 * Folding types: rebuilding a type with some of its parts replaced, and substitution of generic arguments.
 *
 * Example: substituting [u8] for `struct V<T>` in `Option<T>` gives `Option<u8>`.
 *
 * Invariants: a part without anything to replace is returned as it is (flags tell without looking); a part that a deep type shares
 * is folded once.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { Const, GenericArg, GenericArgs, Ty, TyKind } from "./ty.ts";
import { isConst } from "./ty.ts";
import type { TyInterner } from "./ty-interner.ts";

/** What a fold does to the types and consts it meets; `undefined` goes on into the parts. */
export interface Folder {
  readonly interner: TyInterner;
  readonly ty: (ty: Ty) => Ty | undefined;
  readonly constant: (value: Const) => Const | undefined;
  /** What parts were folded to, for folders that give the same answer every time; a deep type gets one of its own when left out. */
  readonly known?: Map<Ty, Ty>;
  /** Each occurrence of a part may be folded to something else (a fresh variable). */
  readonly isFresh?: true;
}

/** Types less deep are folded without remembering their parts: they are small, and most types are such. */
const SHALLOW = 6;

/** Rebuilds a type bottom-up where the folder replaces something. */
export function foldTy(folder: Folder, ty: Ty): Ty {
  const { known } = folder;
  if (known === undefined) {
    if (ty.depth <= SHALLOW || folder.isFresh === true) return rebuilt(folder, ty);
    return foldTy({ ...folder, known: new Map() }, ty);
  }
  const before = known.get(ty);
  if (before !== undefined) return before;
  const folded = rebuilt(folder, ty);
  known.set(ty, folded);
  return folded;
}

function rebuilt(folder: Folder, ty: Ty): Ty {
  const replaced = folder.ty(ty);
  if (replaced !== undefined) return replaced;
  const kind = foldParts(folder, ty);
  return kind === undefined ? ty : folder.interner.ty(kind);
}

export function foldConst(folder: Folder, value: Const): Const {
  const replaced = folder.constant(value);
  if (replaced !== undefined) return replaced;
  if (value.kind !== "expr") return value;
  const args = foldArgs(folder, value.args);
  const type = foldTy(folder, value.type);
  if (args === value.args && type === value.type) return value;
  return folder.interner.constant({ kind: "expr", expr: value.expr, scope: value.scope, args, type });
}

export function foldArg(folder: Folder, arg: GenericArg): GenericArg {
  return isConst(arg) ? foldConst(folder, arg) : foldTy(folder, arg);
}

/** The same array if nothing changed. */
export function foldArgs(folder: Folder, args: GenericArgs): GenericArgs {
  let changed = false;
  const out = args.map((arg) => {
    const folded = foldArg(folder, arg);
    changed ||= folded !== arg;
    return folded;
  });
  return changed ? out : args;
}

function foldTypes(folder: Folder, types: readonly Ty[]): readonly Ty[] {
  let changed = false;
  const out = types.map((ty) => {
    const folded = foldTy(folder, ty);
    changed ||= folded !== ty;
    return folded;
  });
  return changed ? out : types;
}

/** undefined if no part changed. */
function foldParts(folder: Folder, ty: Ty): TyKind | undefined {
  switch (ty.kind) {
    case "adt":
    case "fnDef": {
      const args = foldArgs(folder, ty.args);
      return args === ty.args ? undefined : { kind: ty.kind, def: ty.def, args };
    }
    case "tuple": {
      const elements = foldTypes(folder, ty.elements);
      return elements === ty.elements ? undefined : { kind: "tuple", elements };
    }
    case "array":
      return foldArray(folder, ty);
    case "slice": {
      const element = foldTy(folder, ty.element);
      return element === ty.element ? undefined : { kind: "slice", element };
    }
    case "ref":
    case "pointer": {
      const target = foldTy(folder, ty.target);
      return target === ty.target ? undefined : { kind: ty.kind, mutable: ty.mutable, target };
    }
    case "pattern": {
      const base = foldTy(folder, ty.base);
      return base === ty.base ? undefined : { kind: "pattern", base, start: ty.start, end: ty.end };
    }
    default:
      return foldRareParts(folder, ty);
  }
}

function foldArray(folder: Folder, ty: Extract<Ty, { kind: "array" }>): TyKind | undefined {
  const element = foldTy(folder, ty.element);
  const length = foldConst(folder, ty.length);
  return element === ty.element && length === ty.length ? undefined : { kind: "array", element, length };
}

function foldRareParts(folder: Folder, ty: Ty): TyKind | undefined {
  switch (ty.kind) {
    case "fnPtr": {
      const params = foldTypes(folder, ty.params);
      const result = foldTy(folder, ty.result);
      if (params === ty.params && result === ty.result) return undefined;
      return { kind: "fnPtr", params, result, abi: ty.abi, isUnsafe: ty.isUnsafe, isVariadic: ty.isVariadic };
    }
    case "dyn": {
      const principal = ty.principal === undefined ? undefined : { trait: ty.principal.trait, args: foldArgs(folder, ty.principal.args) };
      const projections = ty.projections.map((p) => ({ ...p, args: foldArgs(folder, p.args), term: foldTy(folder, p.term) }));
      return { kind: "dyn", principal, projections, autos: ty.autos };
    }
    case "projection": {
      const args = foldArgs(folder, ty.args);
      const ownArgs = foldArgs(folder, ty.ownArgs);
      return args === ty.args && ownArgs === ty.ownArgs ? undefined : { kind: "projection", trait: ty.trait, args, name: ty.name, ownArgs };
    }
    case "opaque":
      return {
        kind: "opaque",
        key: ty.key,
        bounds: ty.bounds.map((b) => ({ trait: b.trait, args: foldArgs(folder, b.args) })),
        why: ty.why,
      };
    default:
      return undefined;
  }
}

/** A folder that puts `args` for the parameters of `owner` and of its container (whose parameters come first in the list). */
export function substitution(interner: TyInterner, owner: DefId, args: GenericArgs): Folder {
  const argFor = (param: { readonly owner: DefId; readonly index: number }): GenericArg | undefined =>
    param.owner === owner || param.owner === owner.container ? args[param.index] : undefined;
  return {
    interner,
    ty: (ty) => {
      if (!ty.flags.hasParam) return ty;
      if (ty.kind !== "param") return undefined;
      const arg = argFor(ty);
      return arg === undefined || isConst(arg) ? ty : arg;
    },
    constant: (value) => {
      if (!value.flags.hasParam) return value;
      if (value.kind !== "param") return undefined;
      const arg = argFor(value);
      return arg === undefined || !isConst(arg) ? value : arg;
    },
  };
}

/** A type of `owner` with its parameters replaced. */
export function substitute(interner: TyInterner, ty: Ty, owner: DefId, args: GenericArgs): Ty {
  if (!ty.flags.hasParam || args.length === 0) return ty;
  return foldTy(substitution(interner, owner, args), ty);
}

/** Arguments of `owner` with its parameters replaced. */
export function substituteArgs(interner: TyInterner, list: GenericArgs, owner: DefId, args: GenericArgs): GenericArgs {
  if (args.length === 0) return list;
  return foldArgs(substitution(interner, owner, args), list);
}
