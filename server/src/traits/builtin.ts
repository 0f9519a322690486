/**
 * What the language itself says about traits: lang items, auto traits, derives. No name of a std type decides anything.
 *
 * Source: Reference, "Special types and traits"; rustc_trait_selection `assemble_candidates`.
 */
import { msg } from "../base/message.ts";
import { substitute } from "../hir-ty/substitute.ts";
import type { GenericArg, TraitRef, Ty, TyKind } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { Certainty } from "../hir-ty/ty-db.ts";
import { forEachPart } from "../hir-ty/ty-interner.ts";
import { constituents, hasImplForHead, unsafeField } from "./auto-traits.ts";
import { holdsMoved } from "./copy.ts";
import { mayWriteAutoTrait, pinnedFields, unpinByMacro } from "./custom-derives.ts";
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
    case "destruct":
      return YES;
    case "copy":
      return copyOrClone(ref, self, ask) ?? derived(db, ref, self, ask) ?? movedAnswer(db, ref, self);
    case "clone":
      return copyOrClone(ref, self, ask) ?? derived(db, ref, self, ask);
    case "fn":
    case "fn_mut":
    case "fn_once":
      return fnAnswer(db, ref, self, ask);
    case "tuple":
    case "tuple_trait":
      return structural(self, self.kind === "tuple");
    case "fn_ptr_trait":
      return structural(self, self.kind === "fnPtr");
    default:
      return derived(db, ref, self, ask) ?? autoAnswer(db, ref, self, ask);
  }
}

function sizedAnswer(db: SolverDb, self: Ty): Certainty {
  const known = db.sizedness(self);
  if (known === "sized") return YES;
  return known === "unsized"
    ? NO
    : { kind: "maybe", why: { kind: "traitSelection", message: msg("the type may be unsized"), culprit: undefined } };
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

/** Of a type that holds what is not `Copy` no impl is looked for. */
function movedAnswer(db: SolverDb, ref: TraitRef, self: Ty): Certainty | undefined {
  return self.kind === "adt" && holdsMoved(db, self, ref.trait) ? NO : undefined;
}

/** A compiler's derive: holds if the trait holds for every type parameter and for their associated types in fields. */
function derived(db: SolverDb, ref: TraitRef, self: Ty, ask: Ask): Certainty | undefined {
  if (self.kind !== "adt" || !db.derivedTraits(self.def).includes(ref.trait)) return undefined;
  const types = self.args.filter((arg): arg is Ty => !isConst(arg));
  const projected = db.adt(self.def).variants.flatMap((variant) => variant.fields.flatMap((field) => projectionsIn(field.ty)));
  const asked = [...types, ...projected.map((ty) => substitute(db.interner, ty, self.def, self.args))];
  return all(asked, (arg) => ask({ trait: ref.trait, args: [arg, ...selfArgs(ref, arg)] }));
}

/** Associated types of parameters in a field's type: a derive asks the trait of them too. */
function projectionsIn(ty: Ty): readonly Ty[] {
  const found: Ty[] = [];
  forEachPart(ty, (part) => {
    if (isConst(part) || !part.flags.hasProjection || !part.flags.hasParam) return false;
    if (part.kind !== "projection") return true;
    const [self] = part.args;
    if (self?.kind === "param" && !isConst(self)) found.push(part);
    return false;
  });
  return found;
}

/** `PartialEq<Self>` asks `PartialEq<T>` of the parameters. */
function selfArgs(ref: TraitRef, arg: Ty): readonly GenericArg[] {
  return ref.args.slice(1).map(() => arg);
}

/** A trait that is decided by how a type is built; open types are left to their bounds. */
function structural(self: Ty, holds: boolean): Certainty | undefined {
  if (self.kind === "param" || self.kind === "projection" || self.kind === "opaque" || self.kind === "error") return undefined;
  return holds ? YES : NO;
}

/** Functions and safe pointers to them, and references to what can be called. */
function fnAnswer(db: SolverDb, ref: TraitRef, self: Ty, ask: Ask): Certainty | undefined {
  if (self.kind === "ref") {
    const wanted = self.mutable ? "fn_mut" : "fn";
    if (self.mutable && db.langOf(ref.trait) === "fn") return NO;
    const trait = db.langItem(wanted, ref.trait.module.krate);
    return trait === undefined ? undefined : ask({ trait, args: [self.target, ...ref.args.slice(1)] });
  }
  const params = callParams(db, self);
  if (params === undefined) return undefined;
  if (self.kind === "fnPtr" && (self.isUnsafe || self.isVariadic)) return NO;
  const [, args] = ref.args;
  return args === db.interner.ty({ kind: "tuple", elements: params }) ? YES : differentArgs(args);
}

function callParams(db: SolverDb, self: Ty): readonly Ty[] | undefined {
  if (self.kind === "fnPtr") return self.params;
  if (self.kind !== "fnDef") return undefined;
  return db.signatureOf(self.def).params.map((param) => substitute(db.interner, param, self.def, self.args));
}

/** Other arguments are other types, unless parts of them are not resolved yet. */
function differentArgs(args: GenericArg | undefined): Certainty {
  const flags = args?.flags;
  if (flags === undefined || (!flags.hasProjection && !flags.hasError && !flags.hasUnevaluated && !flags.hasInfer)) return NO;
  return { kind: "maybe", why: { kind: "traitSelection", message: msg("the arguments of a function are not known"), culprit: undefined } };
}

/** Auto traits: an explicit impl for the type's definition decides alone, else all parts must have the trait. */
function autoAnswer(db: SolverDb, ref: TraitRef, self: Ty, ask: Ask): Certainty | undefined {
  if (!db.traitDef(ref.trait).isAuto) return undefined;
  if (self.kind === "dyn") return db.implsOfTrait(ref.trait, ref.args).impls.length > 0 ? undefined : NO;
  const { incomplete } = db.implsOfTrait(ref.trait, ref.args);
  if (incomplete !== undefined || hasImplForHead(db, ref.trait, self)) return undefined;
  if (self.kind === "foreign") return NO;
  return self.kind === "adt" && db.langOf(ref.trait) !== "freeze" ? ofAdt(db, ref, self, ask) : ofParts(db, ref, self, ask);
}

function ofAdt(db: SolverDb, ref: TraitRef, self: Extract<Ty, { kind: "adt" }>, ask: Ask): Certainty | undefined {
  const unpin = db.langOf(ref.trait) === "unpin" ? unpinByMacro(db, self.def) : undefined;
  if (unpin === "never") return NO;
  // What a macro may have written is as good as an impl: the search tells what it is.
  if (mayWriteAutoTrait(db, self.def, ref.trait)) return undefined;
  return unpin === "pinned" ? ofPinned(db, ref, self, ask) : ofParts(db, ref, self, ask);
}

function ofParts(db: SolverDb, ref: TraitRef, self: Ty, ask: Ask): Certainty | undefined {
  const made = constituents(db, self);
  if (made === undefined) return undefined;
  if (db.traitDef(ref.trait).isUnsafe && unsafeField(db, self) !== undefined) return NO;
  return all(
    made.map((part) => part.ty),
    (part) => ask({ trait: ref.trait, args: [part] }),
  );
}

/** A type whose Unpin is that of its fields with `#[pin]`. */
function ofPinned(db: SolverDb, ref: TraitRef, self: Extract<Ty, { kind: "adt" }>, ask: Ask): Certainty | undefined {
  const pinned = constituents(db, self) === undefined ? undefined : pinnedFields(db, self.def);
  if (pinned === undefined) return undefined;
  return all(
    pinned.map((ty) => substitute(db.interner, ty, self.def, self.args)),
    (part) => ask({ trait: ref.trait, args: [part] }),
  );
}

function all(types: readonly Ty[], holds: (part: Ty) => Certainty): Certainty {
  let result: Certainty = YES;
  for (const part of types) {
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
      if (self.kind === "ref") return db.interner.ty({ ...projectionKind(ty), args: [self.target, ...ty.args.slice(1)] });
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

function projectionKind({ trait, args, name, ownArgs }: Extract<Ty, { kind: "projection" }>): Extract<TyKind, { kind: "projection" }> {
  return { kind: "projection", trait, args, name, ownArgs };
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
