/**
 * What the language itself says about traits: lang items, auto traits, derives. No name of a std type decides anything.
 *
 * Source: Reference, "Special types and traits"; rustc_trait_selection `assemble_candidates`.
 */
import type { DefId } from "../hir-def/def-id.ts";
import { substitute } from "../hir-ty/substitute.ts";
import type { GenericArg, TraitRef, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { Certainty } from "../hir-ty/ty-db.ts";
import { constituents, hasImplForHead } from "./auto-traits.ts";
import type { SolverDb } from "./solver-db.ts";

type Ask = (ref: TraitRef) => Certainty;

const YES: Certainty = { kind: "yes" };
const NO: Certainty = { kind: "no" };

/** The language's answer; undefined where impls decide. */
export function builtinAnswer(db: SolverDb, ref: TraitRef, ask: Ask): Certainty | undefined {
  const [self] = ref.args;
  if (self === undefined || isConst(self)) return NO;
  const lang = db.langOf(ref.trait);
  switch (lang) {
    case "sized":
      return sizedAnswer(db, self);
    case "meta_sized":
    case "pointee_sized":
    case "pointee_trait":
    case "discriminant_kind":
      return YES;
    case "copy":
    case "clone":
      return copyOrClone(ref, self, ask) ?? derived(db, ref, self, ask);
    case "fn":
    case "fn_mut":
    case "fn_once":
      return fnAnswer(self);
    default:
      return dynAnswer(db, ref, self) ?? derived(db, ref, self, ask) ?? autoAnswer(db, ref, self, ask);
  }
}

function sizedAnswer(db: SolverDb, self: Ty): Certainty {
  const known = db.sizedness(self);
  if (known === "sized") return YES;
  return known === "unsized"
    ? NO
    : { kind: "maybe", why: { kind: "traitSelection", message: "the type may be unsized", culprit: undefined } };
}

function copyOrClone(ref: TraitRef, self: Ty, ask: Ask): Certainty | undefined {
  switch (self.kind) {
    case "bool":
    case "char":
    case "int":
    case "float":
    case "never":
    case "pointer":
    case "fnPtr":
    case "fnDef":
    case "pattern":
      return YES;
    case "ref":
      return self.mutable ? NO : YES;
    case "str":
    case "slice":
    case "dyn":
    case "foreign":
      return NO;
    case "tuple":
      return all(self.elements, (element) => ask({ trait: ref.trait, args: [element] }));
    case "array":
      return ask({ trait: ref.trait, args: [self.element] });
    default:
      return undefined;
  }
}

/** A compiler's derive: holds if the trait holds for every type parameter (their associated types in fields are left to the compiler's check). */
function derived(db: SolverDb, ref: TraitRef, self: Ty, ask: Ask): Certainty | undefined {
  if (self.kind !== "adt" || !db.derivedTraits(self.def).includes(ref.trait)) return undefined;
  const types = self.args.filter((arg): arg is Ty => !isConst(arg));
  return all(types, (arg) => ask({ trait: ref.trait, args: [arg, ...selfArgs(ref, arg)] }));
}

/** `PartialEq<Self>` asks `PartialEq<T>` of the parameters. */
function selfArgs(ref: TraitRef, arg: Ty): readonly GenericArg[] {
  return ref.args.slice(1).map(() => arg);
}

function fnAnswer(self: Ty): Certainty | undefined {
  return self.kind === "fnPtr" || self.kind === "fnDef" ? YES : undefined;
}

/** A trait object has its principal, that one's supertraits, and its auto traits. */
function dynAnswer(db: SolverDb, ref: TraitRef, self: Ty): Certainty | undefined {
  if (self.kind !== "dyn") return undefined;
  if (self.autos.includes(ref.trait)) return YES;
  if (self.principal !== undefined && supertraitsOf(db, self.principal.trait).has(ref.trait)) return YES;
  return db.traitDef(ref.trait).isAuto ? NO : undefined;
}

/** A trait and all above it. */
function supertraitsOf(db: SolverDb, trait: DefId): ReadonlySet<DefId> {
  const seen = new Set<DefId>([trait]);
  for (const at of seen) {
    for (const predicate of db.traitDef(at).superPredicates) if (predicate.kind === "trait") seen.add(predicate.ref.trait);
  }
  return seen;
}

/** Auto traits: an explicit impl for the type's definition decides alone, else all parts must have the trait. */
function autoAnswer(db: SolverDb, ref: TraitRef, self: Ty, ask: Ask): Certainty | undefined {
  if (!db.traitDef(ref.trait).isAuto) return undefined;
  const { incomplete } = db.implsOfTrait(ref.trait, self);
  if (incomplete !== undefined || hasImplForHead(db, ref.trait, self)) return undefined;
  if (self.kind === "foreign") return NO;
  const parts = constituents(db, self);
  if (parts === undefined) return undefined;
  return all(
    parts.map((part) => part.ty),
    (part) => ask({ trait: ref.trait, args: [part] }),
  );
}

function all(parts: readonly Ty[], holds: (part: Ty) => Certainty): Certainty {
  let result: Certainty = YES;
  for (const part of parts) {
    const one = holds(part);
    if (one.kind === "no") return NO;
    if (one.kind === "maybe") result = one;
  }
  return result;
}

/** Projections the language itself defines. */
export function builtinProjection(db: SolverDb, ty: Extract<Ty, { kind: "projection" }>): Ty | undefined {
  const [self] = ty.args;
  if (self === undefined || isConst(self)) return undefined;
  switch (db.langOf(ty.trait)) {
    case "fn_once":
      if (self.kind === "fnPtr") return self.result;
      if (self.kind === "fnDef") return substitute(db.interner, db.signatureOf(self.def).result, self.def, self.args);
      return undefined;
    case "discriminant_kind":
      return discriminantType(db, self);
    case "pointee_trait":
      return metadataType(db, self);
    default:
      return undefined;
  }
}

const REPR_INT = /^(?:[iu](?:8|16|32|64|128|size))$/;

/** The integer of an enum's discriminants; `u8` for types that are no enums. */
function discriminantType(db: SolverDb, self: Ty): Ty | undefined {
  if (self.kind === "param" || self.kind === "projection" || self.kind === "opaque" || self.kind === "infer") return undefined;
  if (self.kind !== "adt" || self.def.kind !== "enum") return db.interner.u8;
  const words = (db.rawItem(self.def)?.attrs ?? [])
    .filter((attr) => attr.path === "repr")
    .flatMap((attr) => (attr.args ?? "").split(",").map((w) => w.trim()));
  const word = words.find((w) => REPR_INT.test(w));
  switch (word) {
    case "i8":
    case "i16":
    case "i32":
    case "i64":
    case "i128":
    case "isize":
    case "u8":
    case "u16":
    case "u32":
    case "u64":
    case "u128":
    case "usize":
      return db.interner.int(word);
    default:
      return db.interner.isize;
  }
}

function metadataType(db: SolverDb, self: Ty): Ty | undefined {
  if (self.kind === "slice" || self.kind === "str") return db.interner.usize;
  return db.sizedness(self) === "sized" ? db.interner.unit : undefined;
}
