/**
 * Thir: a body with types, resolved names and explicit adjustments (rustc's THIR, cut down to what consts may do). Made by
 * typeck, turned into code by codegen.
 *
 * Example: `x.len()` with `x: [u8; 4]` → call(slice len, [unsize(ref(local x))]).
 *
 * Invariants: monomorphic – made for one set of generic arguments; types may be inference variables until the body is done and
 * are read through `InferTable.resolve`; what is not supported is a `trap` that fails only when it is reached.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { BinaryOp, RelRange } from "../hir-def/expr.ts";
import type { Const, GenericArgs, Ty } from "../hir-ty/ty.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { PrimitiveFn } from "./primitive-fn.ts";

export type LocalId = number;

/** A loop or labelled block, the target of `break` and `continue`. */
export interface JumpTarget {
  readonly id: number;
  readonly label: string | undefined;
  readonly isLoop: boolean;
  /** The type of `break` values. */
  readonly ty: Ty;
}

/** What is called. */
export type Callee =
  | { readonly kind: "fn"; readonly def: DefId; readonly args: GenericArgs }
  /** A method of a primitive type that is built in; `self` is that type. */
  | { readonly kind: "primitive"; readonly fn: PrimitiveFn; readonly self: Ty; readonly args: GenericArgs }
  /** A method of a trait, resolved to an impl when all types are known. */
  | { readonly kind: "traitFn"; readonly trait: DefId; readonly args: GenericArgs; readonly name: string; readonly ownArgs: GenericArgs }
  /** A fn pointer or closure value. */
  | { readonly kind: "value"; readonly expr: Thir };

export type Thir = ThirKind & { readonly ty: Ty; readonly range: RelRange };

export type ThirKind =
  /** An integer, bool or char; an integer literal may turn out to be a float. */
  | { readonly kind: "scalar"; readonly value: bigint }
  | { readonly kind: "float"; readonly text: string }
  /** A `&str`, `&[u8; N]` or `&CStr`. */
  | { readonly kind: "bytes"; readonly bytes: readonly number[]; readonly isArray: boolean }
  | { readonly kind: "local"; readonly local: LocalId }
  | { readonly kind: "constItem"; readonly def: DefId; readonly args: GenericArgs }
  | { readonly kind: "traitConst"; readonly trait: DefId; readonly args: GenericArgs; readonly name: string }
  | { readonly kind: "primitiveConst"; readonly fn: PrimitiveFn; readonly self: Ty }
  | { readonly kind: "staticItem"; readonly def: DefId }
  | { readonly kind: "constArg"; readonly value: Const }
  /** A fn item, tuple constructor or closure as a value; its type says all. */
  | { readonly kind: "zst" }
  | { readonly kind: "unary"; readonly op: "-" | "!"; readonly operand: Thir }
  | { readonly kind: "binary"; readonly op: Exclude<BinaryOp, "&&" | "||">; readonly left: Thir; readonly right: Thir }
  | { readonly kind: "logic"; readonly op: "&&" | "||"; readonly left: Thir; readonly right: Thir }
  | { readonly kind: "cast"; readonly operand: Thir }
  | { readonly kind: "deref"; readonly operand: Thir }
  | { readonly kind: "ref"; readonly operand: Thir }
  /** A field by index; of a union the field's index too. */
  | { readonly kind: "field"; readonly operand: Thir; readonly index: number }
  | { readonly kind: "index"; readonly operand: Thir; readonly index: Thir }
  /** `&[T; N]` → `&[T]` */
  | { readonly kind: "unsize"; readonly operand: Thir }
  /** A fn item or closure → fn pointer. */
  | { readonly kind: "reify"; readonly operand: Thir }
  /** A pointer as one of another kind (`&mut T` → `&T`, `&T` → `*const T`): the same value. */
  | { readonly kind: "reborrow"; readonly operand: Thir }
  /** A diverging expression where another type is wanted. */
  | { readonly kind: "neverToAny"; readonly operand: Thir }
  | { readonly kind: "call"; readonly callee: Callee; readonly args: readonly Thir[] }
  /** A tuple, struct, variant or union; `fields` in the order they are evaluated, `base` for `..base`. */
  | {
      readonly kind: "adt";
      readonly variant: number;
      readonly fields: readonly { readonly index: number; readonly value: Thir }[];
      readonly base: Thir | undefined;
    }
  | { readonly kind: "array"; readonly elements: readonly Thir[] }
  | { readonly kind: "repeat"; readonly element: Thir }
  | {
      readonly kind: "block";
      readonly statements: readonly ThirStatement[];
      readonly tail: Thir | undefined;
      readonly target: JumpTarget | undefined;
    }
  | { readonly kind: "if"; readonly condition: Thir; readonly thenBranch: Thir; readonly elseBranch: Thir | undefined }
  /** A condition `let PAT = value`. */
  | { readonly kind: "let"; readonly pattern: TPat; readonly value: Thir }
  | { readonly kind: "match"; readonly scrutinee: Thir; readonly arms: readonly TArm[] }
  /** `condition` undefined for `loop`. */
  | { readonly kind: "loop"; readonly condition: Thir | undefined; readonly body: Thir; readonly target: JumpTarget }
  | { readonly kind: "break"; readonly target: JumpTarget; readonly value: Thir | undefined }
  | { readonly kind: "continue"; readonly target: JumpTarget }
  | { readonly kind: "return"; readonly value: Thir | undefined }
  | { readonly kind: "assign"; readonly target: Thir; readonly value: Thir }
  | { readonly kind: "assignOp"; readonly op: Exclude<BinaryOp, "&&" | "||">; readonly target: Thir; readonly value: Thir }
  | { readonly kind: "offsetOf"; readonly container: Ty; readonly fields: readonly string[] }
  | { readonly kind: "trap"; readonly why: Unknown };

export type ThirStatement =
  | { readonly kind: "let"; readonly pattern: TPat; readonly value: Thir | undefined; readonly otherwise: Thir | undefined }
  | { readonly kind: "expr"; readonly expr: Thir };

export interface TArm {
  readonly pattern: TPat;
  readonly guard: Thir | undefined;
  readonly body: Thir;
}

export type TPat = TPatKind & { readonly ty: Ty; readonly range: RelRange };

export type TPatKind =
  | { readonly kind: "wildcard" }
  /** `mode`: the value is copied out, or a reference to the place is taken. */
  | { readonly kind: "bind"; readonly local: LocalId; readonly mode: "copy" | "ref"; readonly sub: TPat | undefined }
  | { readonly kind: "deref"; readonly sub: TPat }
  /** Fields of a tuple, struct or, with `variant`, of that variant of an enum. */
  | {
      readonly kind: "fields";
      readonly variant: number | undefined;
      readonly fields: readonly { readonly index: number; readonly pattern: TPat }[];
    }
  | { readonly kind: "value"; readonly value: Thir }
  | { readonly kind: "range"; readonly from: Thir | undefined; readonly to: Thir | undefined; readonly inclusive: boolean }
  | {
      readonly kind: "slice";
      readonly prefix: readonly TPat[];
      readonly rest: TPat | undefined;
      readonly hasRest: boolean;
      readonly suffix: readonly TPat[];
    }
  | { readonly kind: "or"; readonly alternatives: readonly TPat[] }
  | { readonly kind: "trap"; readonly why: Unknown };

/** A typed body, ready for code. */
export interface ThirBody {
  readonly params: readonly TPat[];
  readonly body: Thir;
  /** How many locals there are. */
  readonly locals: number;
}
