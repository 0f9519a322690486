/**
 * Whether dropping a value runs code, and whether a value has no interior mutability outside of pointers.
 *
 * Example: `(u8, String)` needs drop, `ManuallyDrop<String>` and `[String; 0]` do not; `&Cell<u8>` is freeze, `Cell<u8>` is not.
 * Invariant: true and false are certain; undefined is not known (open parameters, hidden fields, unexpanded macros).
 * Source: rustc_ty_utils::needs_drop, rustc_middle `needs_drop_components`; core's impls of Freeze.
 */
import type { Ty } from "../hir-ty/ty.ts";
import type { ParamEnv } from "../hir-ty/ty-db.ts";
import { constituents, unsafeField } from "./auto-traits.ts";
import { dropByMacro, unknownImplSource } from "./custom-derives.ts";
import type { SolverDb } from "./solver-db.ts";

/** A yes or no about a type, undefined where it is not certain. */
type Known = boolean | undefined;

interface Walk {
  readonly db: SolverDb;
  readonly env: ParamEnv;
  /** Types that were or are being looked at: one that contains itself behind a pointer adds nothing new. */
  readonly seen: Set<Ty>;
}

/** Whether a value's drop does something (`std::mem::needs_drop`, without its licence to say yes too often). */
export function needsDrop(db: SolverDb, ty: Ty, env: ParamEnv): Known {
  return dropOf({ db, env, seen: new Set() }, ty);
}

function dropOf(walk: Walk, written: Ty): Known {
  const ty = walk.db.normalize(written, walk.env);
  switch (ty.kind) {
    case "dyn":
      return true;
    case "adt":
      return dropOfAdt(walk, ty);
    case "array": {
      const length = walk.db.evalConst(ty.length);
      if (length.ok && length.value === 0n) return false;
      const element = dropOf(walk, ty.element);
      return element === true && !length.ok ? undefined : element;
    }
    case "slice":
      return dropOf(walk, ty.element);
    case "tuple":
      // What was looked at adds nothing new, and tuples may share their elements many times over.
      if (walk.seen.has(ty)) return false;
      walk.seen.add(ty);
      return any(ty.elements, (element) => dropOf(walk, element));
    case "param":
    case "projection":
    case "opaque":
      return isCopy(walk, ty) === true ? false : undefined;
    case "infer":
    case "error":
      return undefined;
    default:
      return false;
  }
}

function isCopy({ db, env }: Walk, ty: Ty): Known {
  const copy = ty.kind === "param" ? db.langItem("copy", ty.owner.module.krate) : undefined;
  if (copy === undefined) return undefined;
  return db.implements({ trait: copy, args: [ty] }, env).kind === "yes" ? true : undefined;
}

function dropOfAdt(walk: Walk, ty: Extract<Ty, { kind: "adt" }>): Known {
  const { db, seen } = walk;
  const lang = db.langOf(ty.def);
  if (lang === "manually_drop" || lang === "phantom_data") return false;
  // The compiler drops a box's target and frees it.
  if (lang === "owned_box") return true;
  const trait = db.langItem("drop", ty.def.module.krate);
  if (trait === undefined) return undefined;
  const { impls, incomplete } = db.implsOfTrait(trait, [ty]);
  const own = impls.map((impl) => db.implHeader(impl)).filter(({ selfTy }) => selfTy.kind === "adt" && selfTy.def === ty.def);
  if (own.some(({ predicates }) => !predicates.some((p) => p.kind === "error"))) return true;
  if (dropByMacro(db, ty.def) === true) return true;
  const isUnsure = own.length > 0 || incomplete !== undefined || unknownImplSource(db, ty.def, trait) !== undefined;
  const fields = dropOfFields(walk, ty);
  seen.add(ty);
  return fields === true ? true : isUnsure ? undefined : fields;
}

function dropOfFields(walk: Walk, ty: Extract<Ty, { kind: "adt" }>): Known {
  if (ty.def.kind === "union") return false;
  if (walk.seen.has(ty)) return false;
  walk.seen.add(ty);
  const parts = constituents(walk.db, ty);
  if (parts === undefined) return undefined;
  return any(
    parts.map((part) => part.ty),
    (part) => dropOf(walk, part),
  );
}

/** Whether a value can be put in read-only memory: no `UnsafeCell` in it, pointers not followed. */
export function isFreeze(db: SolverDb, ty: Ty, env: ParamEnv): Known {
  return freezeOf({ db, env, seen: new Set() }, ty);
}

function freezeOf(walk: Walk, written: Ty): Known {
  const ty = walk.db.normalize(written, walk.env);
  switch (ty.kind) {
    case "ref":
    case "pointer":
      return true;
    case "dyn":
    case "foreign":
      return false;
    case "param":
    case "projection":
    case "opaque":
    case "infer":
    case "error":
      return undefined;
    default:
      return freezeOfParts(walk, ty);
  }
}

function freezeOfParts(walk: Walk, ty: Ty): Known {
  const lang = ty.kind === "adt" ? walk.db.langOf(ty.def) : undefined;
  if (lang === "unsafe_cell" || lang === "unsafe_pinned") return false;
  if (lang === "phantom_data" || walk.seen.has(ty)) return true;
  walk.seen.add(ty);
  const parts = constituents(walk.db, ty);
  if (parts === undefined) return undefined;
  if (unsafeField(walk.db, ty) !== undefined) return false;
  const isCell = any(
    parts.map((part) => part.ty),
    (part) => not(freezeOf(walk, part)),
  );
  return not(isCell);
}

function not(known: Known): Known {
  return known === undefined ? undefined : !known;
}

function any(parts: readonly Ty[], holds: (part: Ty) => Known): Known {
  let result: Known = false;
  for (const part of parts) {
    const one = holds(part);
    if (one === true) return true;
    if (one === undefined) result = undefined;
  }
  return result;
}
