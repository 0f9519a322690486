/**
 * TypeRef: a type as written, names unresolved (rust-analyzer's TypeRef).
 *
 * Example: `Option<Box<u32>>` → path Option with one type argument, a path Box with …
 *
 * Invariants: inert data; every node has its range relative to the item that holds it, so a hover can find the innermost type
 * under the cursor.
 */
import type { Message } from "../base/message.ts";
import type { Expr, RelRange } from "./expr.ts";

export type PathAnchor =
  | { readonly kind: "plain" }
  /** `::a::b` */
  | { readonly kind: "global" }
  | { readonly kind: "crate" }
  | { readonly kind: "self" }
  /** `super::super::a` has `count` 2. */
  | { readonly kind: "super"; readonly count: number }
  /** `$crate::a` in macro output, written `$crate_12` there: the crate of the macro's definition. */
  | { readonly kind: "dollarCrate"; readonly crate: number };

export interface PathSegment {
  readonly name: string;
  readonly args: GenericArgsRef | undefined;
  readonly range: RelRange;
}

export interface PathRef {
  readonly anchor: PathAnchor;
  /** `<T as Trait>::Name`: the type and, in `traitPath`, the trait. Segments are what follows. */
  readonly qualified: { readonly type: TypeRef; readonly traitPath: PathRef | undefined } | undefined;
  readonly segments: readonly PathSegment[];
  readonly range: RelRange;
}

export type GenericArgRef =
  | { readonly kind: "lifetime"; readonly name: string }
  | { readonly kind: "type"; readonly type: TypeRef }
  | { readonly kind: "const"; readonly expr: Expr };

/** `Item = T` or `Item: Bound` inside `<…>`. */
export interface AssocBindingRef {
  readonly name: string;
  readonly args: GenericArgsRef | undefined;
  readonly type: TypeRef | undefined;
  readonly bounds: readonly BoundRef[];
}

export interface GenericArgsRef {
  readonly args: readonly GenericArgRef[];
  readonly bindings: readonly AssocBindingRef[];
  /** `Fn(A, B) -> C` */
  readonly parenthesized: { readonly inputs: readonly TypeRef[]; readonly output: TypeRef | undefined } | undefined;
}

export type BoundRef =
  | {
      readonly kind: "trait";
      readonly path: PathRef /** `?Sized` */;
      readonly maybe: boolean /** `const`/`[const]`/`~const` */;
      readonly isConst: boolean;
    }
  | { readonly kind: "lifetime"; readonly name: string }
  | { readonly kind: "use" };

export type TypeRef = TypeRefKind & { readonly range: RelRange };

export type TypeRefKind =
  | { readonly kind: "path"; readonly path: PathRef }
  | { readonly kind: "tuple"; readonly elements: readonly TypeRef[] }
  | { readonly kind: "array"; readonly element: TypeRef; readonly length: Expr }
  | { readonly kind: "slice"; readonly element: TypeRef }
  | { readonly kind: "ref"; readonly mutable: boolean; readonly target: TypeRef }
  | { readonly kind: "pointer"; readonly mutable: boolean; readonly target: TypeRef }
  | {
      readonly kind: "fnPtr";
      readonly params: readonly TypeRef[];
      readonly result: TypeRef | undefined;
      readonly abi: string | undefined;
      readonly isUnsafe: boolean;
      readonly isVariadic: boolean;
    }
  | { readonly kind: "never" }
  | { readonly kind: "infer" }
  | { readonly kind: "dyn"; readonly bounds: readonly BoundRef[] }
  | { readonly kind: "impl"; readonly bounds: readonly BoundRef[] }
  /** `name!(args)` in type position; `args` is the text between the delimiters. */
  | { readonly kind: "macroCall"; readonly path: PathRef; readonly args: string; readonly argsStart: number }
  | { readonly kind: "error"; readonly reason: Message };
