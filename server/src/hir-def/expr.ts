/**
 * Expr and Pat: const expressions as written, lowered from syntax, names unresolved. What array lengths, discriminants,
 * const items and const fn bodies hold.
 *
 * Example: `N * 2 + 1` → binary(+, binary(*, path N, int 2), int 1).
 *
 * Invariants: inert data; ranges are UTF-16 offsets relative to the item that holds the expression; text that is no
 * expression (or not a kind that can be evaluated) is `missing` with the reason.
 */
import type { Message } from "../base/message.ts";
import type { PathRef, TypeRef } from "./type-ref.ts";

/** A range relative to the start of the item's unit, in UTF-16 units. */
export interface RelRange {
  readonly start: number;
  readonly end: number;
}

export type BinaryOp = "+" | "-" | "*" | "/" | "%" | "&" | "|" | "^" | "<<" | ">>" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "&&" | "||";

export type Literal =
  /** The value without suffix, and the suffix (`u8`, `f32`) if one is written. */
  | { readonly kind: "int"; readonly value: bigint; readonly suffix: string | undefined }
  | { readonly kind: "float"; readonly text: string; readonly suffix: string | undefined }
  | { readonly kind: "bool"; readonly value: boolean }
  /** The Unicode scalar value. */
  | { readonly kind: "char"; readonly value: number }
  | { readonly kind: "byte"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "byteString"; readonly value: readonly number[] }
  | { readonly kind: "cString"; readonly value: readonly number[] };

export type Expr = ExprKind & { readonly range: RelRange };

export type ExprKind =
  | { readonly kind: "literal"; readonly literal: Literal }
  | { readonly kind: "path"; readonly path: PathRef }
  | { readonly kind: "unary"; readonly op: "-" | "!" | "*"; readonly operand: Expr }
  | { readonly kind: "binary"; readonly op: BinaryOp; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "assign"; readonly op: BinaryOp | undefined; readonly target: Expr; readonly value: Expr }
  | { readonly kind: "cast"; readonly operand: Expr; readonly type: TypeRef }
  | { readonly kind: "ref"; readonly mutable: boolean; readonly raw: boolean; readonly operand: Expr }
  | { readonly kind: "call"; readonly callee: Expr; readonly args: readonly Expr[] }
  | {
      readonly kind: "methodCall";
      readonly receiver: Expr;
      readonly method: string;
      readonly genericArgs: PathRef["segments"][number]["args"];
      readonly args: readonly Expr[];
    }
  | { readonly kind: "field"; readonly operand: Expr; readonly name: string }
  | { readonly kind: "index"; readonly operand: Expr; readonly index: Expr }
  | { readonly kind: "tuple"; readonly elements: readonly Expr[] }
  | { readonly kind: "array"; readonly elements: readonly Expr[] }
  | { readonly kind: "repeat"; readonly element: Expr; readonly count: Expr }
  | {
      readonly kind: "struct";
      readonly path: PathRef;
      readonly fields: readonly FieldInit[];
      readonly base: Expr | undefined;
    }
  | { readonly kind: "range"; readonly from: Expr | undefined; readonly to: Expr | undefined; readonly inclusive: boolean }
  | { readonly kind: "block"; readonly block: Block; readonly label: string | undefined }
  | { readonly kind: "if"; readonly condition: Expr; readonly thenBranch: Expr; readonly elseBranch: Expr | undefined }
  /** `let PAT = EXPR` as a condition. */
  | { readonly kind: "let"; readonly pattern: Pat; readonly value: Expr }
  | { readonly kind: "match"; readonly scrutinee: Expr; readonly arms: readonly MatchArm[] }
  | { readonly kind: "loop"; readonly body: Block; readonly label: string | undefined }
  | { readonly kind: "while"; readonly condition: Expr; readonly body: Block; readonly label: string | undefined }
  | { readonly kind: "for"; readonly pattern: Pat; readonly iterable: Expr; readonly body: Block; readonly label: string | undefined }
  | { readonly kind: "break"; readonly label: string | undefined; readonly value: Expr | undefined }
  | { readonly kind: "continue"; readonly label: string | undefined }
  | { readonly kind: "return"; readonly value: Expr | undefined }
  | {
      readonly kind: "closure";
      readonly params: readonly Pat[];
      /** The types written, by parameter. */
      readonly paramTypes: readonly (TypeRef | undefined)[];
      readonly result: TypeRef | undefined;
      readonly body: Expr;
    }
  | { readonly kind: "try"; readonly operand: Expr }
  /** `args`: the text between the delimiters. */
  | { readonly kind: "macroCall"; readonly path: PathRef; readonly args: string; readonly argsStart: number }
  /** An element of a list, or a tail, with outer attributes (`[#[cfg(a)] 1, 2]`). */
  | { readonly kind: "attributed"; readonly attributes: readonly string[]; readonly expr: Expr }
  | { readonly kind: "missing"; readonly reason: Message };

/** `name: value` in a struct expression. Attributes: the text between `#[` and `]`. */
export interface FieldInit {
  readonly name: string;
  readonly value: Expr;
  readonly attributes: readonly string[];
}

export interface MatchArm {
  readonly pattern: Pat;
  readonly guard: Expr | undefined;
  readonly body: Expr;
  /** Outer attributes: the text between `#[` and `]`. */
  readonly attributes: readonly string[];
}

export interface Block {
  readonly range: RelRange;
  readonly statements: readonly Statement[];
  readonly tail: Expr | undefined;
  /** Ordinal among the blocks that declare items at its nesting level (block-scope.ts), or undefined if it declares none. */
  readonly scope: number | undefined;
}

export type Statement =
  | {
      readonly kind: "let";
      readonly pattern: Pat;
      readonly type: TypeRef | undefined;
      readonly value: Expr | undefined;
      readonly otherwise: Block | undefined;
      readonly attributes: readonly string[];
    }
  | {
      readonly kind: "expr";
      readonly expr: Expr;
      readonly attributes: readonly string[];
      /** Stands without `;`: the block's value if what comes behind it is configured out. */
      readonly isOpen: boolean;
    };

export type Pat = PatKind & { readonly range: RelRange };

export type PatKind =
  | { readonly kind: "wildcard" }
  | { readonly kind: "rest" }
  /** A lone identifier (not `ref`, `mut` or with `sub`) may turn out to name a const or a unit variant: resolution decides. */
  | { readonly kind: "bind"; readonly name: string; readonly byRef: boolean; readonly mutable: boolean; readonly sub: Pat | undefined }
  | { readonly kind: "literal"; readonly expr: Expr }
  | { readonly kind: "range"; readonly from: Expr | undefined; readonly to: Expr | undefined; readonly inclusive: boolean }
  /** A path of several segments or with arguments; a lone identifier is `bind`. */
  | { readonly kind: "path"; readonly path: PathRef }
  | { readonly kind: "tuple"; readonly elements: readonly Pat[] }
  | { readonly kind: "tupleStruct"; readonly path: PathRef; readonly elements: readonly Pat[] }
  | {
      readonly kind: "struct";
      readonly path: PathRef;
      readonly fields: readonly { readonly name: string; readonly pattern: Pat }[];
    }
  | { readonly kind: "slice"; readonly elements: readonly Pat[] }
  | { readonly kind: "ref"; readonly mutable: boolean; readonly pattern: Pat }
  | { readonly kind: "or"; readonly alternatives: readonly Pat[] }
  | { readonly kind: "const"; readonly block: Block }
  /** `name!(args)` in pattern position. */
  | { readonly kind: "macroCall"; readonly path: PathRef; readonly args: string; readonly argsStart: number }
  | { readonly kind: "missing"; readonly reason: Message };
