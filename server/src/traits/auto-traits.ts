/**
 * Auto traits (Send, Sync, Unpin, UnwindSafe …): they hold for a type whose parts have them, unless an impl speaks of the type.
 *
 * Example: `struct A(Rc<u8>)` is not Send, since `impl !Send for Rc` says so of its part.
 * Invariant: an impl about the type's own head, positive or negative, decides alone; parts are then not looked at.
 * Source: Reference, "Auto traits"; rustc_trait_selection `assemble_candidates_from_auto_impls`, `constituent_types`.
 */
import type { DefId } from "../hir-def/def-id.ts";
import { substitute } from "../hir-ty/substitute.ts";
import type { GenericArg, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { FieldDef } from "../hir-ty/ty-db.ts";
import type { SolverDb } from "./solver-db.ts";
import { hasHiddenFields } from "./solver-db.ts";

/** A part of a type, with its name where it is a field. */
export interface Part {
  readonly field: string | undefined;
  readonly ty: Ty;
}

/** Whether impls of an auto trait exist for the head of a type, so that its parts do not count. */
export function hasImplForHead(db: SolverDb, trait: DefId, self: Ty): boolean {
  return db.implsOfTrait(trait, [self]).impls.some((impl) => hasSameHead(db.implHeader(impl).selfTy, self));
}

function hasSameHead(impl: Ty, self: Ty): boolean {
  switch (impl.kind) {
    case "adt":
    case "foreign":
      return self.kind === impl.kind && impl.def === self.def;
    case "ref":
    case "pointer":
      return self.kind === impl.kind && impl.mutable === self.mutable;
    case "int":
    case "float":
      return self.kind === impl.kind && impl.name === self.name;
    case "tuple":
      return self.kind === "tuple" && impl.elements.length === self.elements.length;
    case "dyn":
      return self.kind === "dyn" && impl.principal?.trait === self.principal?.trait;
    case "pattern":
      return self.kind === "pattern" && hasSameHead(impl.base, self.base);
    case "param":
      return true;
    default:
      return impl.kind === self.kind;
  }
}

/**
 * The types an auto trait is asked of in place of a type; undefined where they are not known (open types, definitions whose fields no
 * source shows).
 */
export function constituents(db: SolverDb, self: Ty): readonly Part[] | undefined {
  switch (self.kind) {
    case "adt":
      return adtParts(db, self);
    case "tuple":
      return self.elements.map((ty, i) => ({ field: String(i), ty }));
    case "array":
    case "slice":
      return [unnamed(self.element)];
    case "ref":
    case "pointer":
      return [unnamed(self.target)];
    case "pattern":
      return [unnamed(self.base)];
    case "bool":
    case "char":
    case "str":
    case "never":
    case "int":
    case "float":
    case "fnPtr":
    case "fnDef":
      return [];
    default:
      return undefined;
  }
}

function adtParts(db: SolverDb, self: Extract<Ty, { kind: "adt" }>): readonly Part[] | undefined {
  const { def, args } = self;
  if (db.langOf(def) === "phantom_data") return args.filter(isType).map(unnamed);
  if (hasHiddenFields(db, def)) return undefined;
  const { variants, why } = db.adt(def);
  if (why !== undefined) return undefined;
  return variants.flatMap((variant) =>
    variant.fields.map((field) => ({ field: field.name, ty: substitute(db.interner, field.ty, def, args) })),
  );
}

/**
 * The first field declared `unsafe`: a type with one has no unsafe auto trait (Send, Sync, Freeze) but by an impl of its own.
 * Source: rustc_trait_selection `assemble_candidates_from_auto_impls`, 1.95 (`has_unsafe_fields`).
 */
export function unsafeField(db: SolverDb, self: Ty): FieldDef | undefined {
  if (self.kind !== "adt") return undefined;
  return db
    .adt(self.def)
    .variants.flatMap(({ fields }) => fields)
    .find(({ isUnsafe }) => isUnsafe);
}

function isType(arg: GenericArg): arg is Ty {
  return !isConst(arg);
}

function unnamed(ty: Ty): Part {
  return { field: undefined, ty };
}
