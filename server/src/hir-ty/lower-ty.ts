/**
 * Lowers written types to Ty: names resolved, generic arguments and defaults in place, projections not yet normalised.
 *
 * Example: in `struct S<T>(Option<T>)`, `Option<T>` → adt Option [param T].
 *
 * Invariant: what cannot be resolved is an `error` type with its reason and place.
 */
import { msg } from "../base/message.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { TypeRef } from "../hir-def/type-ref.ts";
import { lowerConst } from "./lower-const.ts";
import type { LowerDb } from "./lower-db.ts";
import { lowerDyn, lowerImplTrait } from "./lower-dyn.ts";
import { lowerPathType } from "./lower-path.ts";
import { patternType } from "./pattern-type.ts";
import type { Ty } from "./ty.ts";
import type { TypeScope } from "./type-scope.ts";
import { unknownAt } from "./type-scope.ts";

/** A written type in its scope → Ty. */
export function lowerTypeRef(db: LowerDb, scope: TypeScope, ref: TypeRef): Ty {
  const { interner } = db;
  switch (ref.kind) {
    case "path":
      return lowerPathType(db, scope, ref.path);
    case "tuple":
      return interner.ty({ kind: "tuple", elements: ref.elements.map((element) => lowerTypeRef(db, scope, element)) });
    case "array":
      return interner.ty({
        kind: "array",
        element: lowerTypeRef(db, scope, ref.element),
        length: lowerConst(db, scope, ref.length, interner.usize),
      });
    case "slice":
      return interner.ty({ kind: "slice", element: lowerTypeRef(db, scope, ref.element) });
    case "ref":
    case "pointer":
      return interner.ty({ kind: ref.kind, mutable: ref.mutable, target: lowerTypeRef(db, scope, ref.target) });
    case "never":
      return interner.never;
    case "fnPtr":
      return interner.ty({
        kind: "fnPtr",
        params: ref.params.map((param) => lowerTypeRef(db, scope, param)),
        result: ref.result === undefined ? interner.unit : lowerTypeRef(db, scope, ref.result),
        abi: ref.abi ?? "Rust",
        isUnsafe: ref.isUnsafe,
        isVariadic: ref.isVariadic,
      });
    case "dyn":
      return lowerDyn(db, scope, ref.bounds, ref.range);
    case "impl":
      return lowerImplTrait(db, scope, ref.bounds, ref.range);
    case "macroCall":
      return lowerMacroType(db, scope, ref);
    case "infer":
      if (scope.inferred) return interner.ty({ kind: "infer", index: -1 });
      return interner.error(unknownAt(scope, "invalidType", msg("the type `_` is inferred from code"), ref.range));
    case "error":
      return interner.error(unknownAt(scope, "syntaxError", ref.reason, ref.range));
  }
}

function lowerMacroType(db: LowerDb, scope: TypeScope, ref: Extract<TypeRef, { kind: "macroCall" }> & { readonly range: RelRange }): Ty {
  const name = ref.path.segments.at(-1)?.name ?? "";
  // `pattern_type!` is the compiler's own syntax for `base is pattern`, spelled as a macro (core::pattern_type, built in).
  if (name === "pattern_type") return patternType(db, scope, ref, (text) => lowerTypeRef(db, scope, db.parseType(text)));
  const call = { path: ref.path, args: ref.args, range: ref.range };
  const expanded = db.expandTypeMacro(scope, call, (made) => lowerTypeRef(db, scope, made));
  if ("problem" in expanded) return db.interner.error(unknownAt(scope, "macro", expanded.problem, ref.range));
  return expanded;
}
