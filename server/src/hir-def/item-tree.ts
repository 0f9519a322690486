/**
 * ItemTree: the items of one file as written, crate- and cfg-independent (rust-analyzer's ItemTree).
 *
 * Example: `pub struct A<T>(T);` → struct `A`, one type parameter, one field `0`.
 *
 * Invariants:
 * - an item is a function of its own text: ranges are relative to the item's unit (attributes included), so an item keeps its
 *   identity when text around it changes; where a unit stands is said by its `PlacedUnit`.
 * - holds no syntax nodes; bodies of functions and values of consts are parsed again from the text when someone asks, in closed files
 *   most of the rest as well (`deferred-item.ts`).
 * - what a macro call may add is recorded as a macro call, never guessed.
 */
import type { Expr, RelRange } from "./expr.ts";
import type { BoundRef, PathRef, TypeRef } from "./type-ref.ts";

/** `#[path(args)]` / `#[path = value]`, inner ones (`#![…]`) too; doc comments are left out. */
export interface Attr {
  /** The path without spaces: `repr`, `cfg_attr`, `rustfmt::skip`; `unsafe(no_mangle)` is `no_mangle`. */
  readonly path: string;
  /** Text between the parentheses, or undefined. */
  readonly args: string | undefined;
  /** The text behind `=`: for a string literal its value. */
  readonly value: string | undefined;
  readonly range: RelRange;
}

export type RawVisibility =
  | { readonly kind: "private" }
  | { readonly kind: "public" }
  | { readonly kind: "crate" }
  | { readonly kind: "self" }
  | { readonly kind: "super" }
  | { readonly kind: "in"; readonly path: PathRef };

export type GenericParam =
  | { readonly kind: "lifetime"; readonly name: string; readonly attrs: readonly Attr[] }
  | {
      readonly kind: "type";
      readonly name: string;
      readonly bounds: readonly BoundRef[];
      readonly default: TypeRef | undefined;
      readonly attrs: readonly Attr[];
    }
  | {
      readonly kind: "const";
      readonly name: string;
      readonly type: TypeRef;
      readonly default: Expr | undefined;
      readonly attrs: readonly Attr[];
    };

export interface WherePredicate {
  readonly type: TypeRef;
  readonly bounds: readonly BoundRef[];
}

export interface RawGenerics {
  readonly params: readonly GenericParam[];
  readonly where: readonly WherePredicate[];
}

interface RawBase {
  readonly name: string;
  /** Where the name is written; an empty range at the start for nameless items. */
  readonly nameRange: RelRange;
  /** The item without its attributes. */
  readonly range: RelRange;
  readonly attrs: readonly Attr[];
  readonly visibility: RawVisibility;
  /** Text in the item's declaration (not in bodies) could not be parsed. */
  readonly hasError: boolean;
  /** That is so since it nests too deeply. */
  readonly isTooDeep: boolean;
  /** The unit's text, attributes included; bodies are parsed from it on demand. */
  readonly text: string;
  /** Blocks that declare items, in the body or in constants of the header (array lengths, discriminants). */
  readonly blocks: readonly RawBlock[];
}

export interface RawField {
  /** The name without `r#`, or the index of a tuple field. */
  readonly name: string;
  readonly nameRange: RelRange;
  readonly range: RelRange;
  readonly attrs: readonly Attr[];
  readonly type: TypeRef;
  /** `unsafe a: u8` (unstable). */
  readonly isUnsafe: true | undefined;
}

export type FieldsShape = "record" | "tuple" | "unit";

export interface RawVariant {
  readonly name: string;
  readonly nameRange: RelRange;
  readonly range: RelRange;
  readonly attrs: readonly Attr[];
  readonly shape: FieldsShape;
  readonly fields: readonly RawField[];
  readonly discriminant: Expr | undefined;
}

/** One leaf of a `use` tree. */
export interface RawImport {
  readonly path: PathRef;
  readonly isGlob: boolean;
  /** The name it is bound to; `_` binds nothing but traits; undefined for globs. */
  readonly name: string | undefined;
  readonly range: RelRange;
}

/** A block that declares items (a function body, a const's block …), and the items. */
export interface RawBlock {
  readonly range: RelRange;
  readonly items: readonly RawItem[];
  readonly blocks: readonly RawBlock[];
  /** Attributes of statements, arms and the like between it and the block around. */
  readonly attrs: readonly Attr[];
}

export interface RawStruct extends RawBase {
  readonly kind: "struct" | "union";
  readonly generics: RawGenerics;
  readonly shape: FieldsShape;
  readonly fields: readonly RawField[];
  /** Where a hint for the whole type goes: behind `{` or `;`. */
  readonly headerEnd: number;
}

export interface RawEnum extends RawBase {
  readonly kind: "enum";
  readonly generics: RawGenerics;
  readonly variants: readonly RawVariant[];
  readonly headerEnd: number;
}

export interface RawTypeAlias extends RawBase {
  readonly kind: "typeAlias";
  readonly generics: RawGenerics;
  readonly type: TypeRef | undefined;
  /** Bounds of an associated type. */
  readonly bounds: readonly BoundRef[];
}

export interface RawConst extends RawBase {
  readonly kind: "const" | "static";
  readonly generics: RawGenerics;
  readonly type: TypeRef | undefined;
  readonly mutable: boolean;
  /** The value's range, or undefined (a trait's const without default, an extern static). */
  readonly body: RelRange | undefined;
}

/** A parameter of a function, `self` left out. */
export interface RawParam {
  /** The pattern's text. */
  readonly name: string;
  readonly range: RelRange;
  readonly attrs: readonly Attr[];
  readonly type: TypeRef;
}

export interface RawFn extends RawBase {
  readonly kind: "fn";
  readonly generics: RawGenerics;
  readonly params: readonly RawParam[];
  readonly selfParam: "none" | "value" | "ref" | "refMut" | "typed";
  readonly result: TypeRef | undefined;
  readonly isConst: boolean;
  readonly isAsync: boolean;
  readonly isUnsafe: boolean;
  readonly abi: string | undefined;
  readonly body: RelRange | undefined;
}

export interface RawTrait extends RawBase {
  readonly kind: "trait";
  readonly generics: RawGenerics;
  readonly supertraits: readonly BoundRef[];
  readonly isAuto: boolean;
  readonly isUnsafe: boolean;
  readonly items: readonly RawItem[];
}

export interface RawTraitAlias extends RawBase {
  readonly kind: "traitAlias";
  readonly generics: RawGenerics;
  readonly bounds: readonly BoundRef[];
}

export interface RawImpl extends RawBase {
  readonly kind: "impl";
  /** The last name of the trait's path; empty for inherent impls. */
  readonly traitName: string;
  readonly traitRange: RelRange | undefined;
  readonly selfRange: RelRange;
  /** Where its items begin, the `{`. */
  readonly bodyStart: number | undefined;
  readonly generics: RawGenerics;
  readonly traitPath: PathRef | undefined;
  readonly isNegative: boolean;
  readonly selfType: TypeRef;
  readonly items: readonly RawItem[];
}

/** `mod name;` or the header of `mod name { … }`, whose contents are the unit's own units (or `items` inside blocks). */
export interface RawModule extends RawBase {
  readonly kind: "module";
  readonly isInline: boolean;
  /** Items of an inline module that stands inside a block or a macro expansion; undefined where the file's units hold them. */
  readonly items: readonly RawItem[] | undefined;
}

export interface RawUse extends RawBase {
  readonly kind: "use";
  readonly imports: readonly RawImport[];
}

export interface RawExternCrate extends RawBase {
  readonly kind: "externCrate";
  /** The crate named; `name` is what it is bound to (`_` for none). */
  readonly crateName: string;
}

export interface RawForeignBlock extends RawBase {
  readonly kind: "foreignBlock";
  readonly abi: string | undefined;
  readonly items: readonly RawItem[];
}

export interface RawForeignType extends RawBase {
  readonly kind: "foreignType";
}

export interface RawMacroCall extends RawBase {
  readonly kind: "macroCall";
  readonly path: PathRef;
  /** The text between the delimiters, and where it starts. */
  readonly args: string;
  readonly argsStart: number;
}

/** `macro_rules! name { … }` or `macro name(…) { … }`. */
export interface RawMacroDef extends RawBase {
  readonly kind: "macroDef";
  readonly style: "macroRules" | "macro2";
  /** What follows the name: the rules with their outer delimiters removed for macro_rules, the whole tail for `macro`. */
  readonly body: string;
  readonly bodyStart: number;
}

/** Inner attributes of a file or module (`#![no_std]`). */
export interface RawInnerAttributes extends RawBase {
  readonly kind: "innerAttributes";
}

/** Text that is no item. */
export interface RawError extends RawBase {
  readonly kind: "error";
}

/** A statement that is no item; only inside blocks, kept where it calls a macro that may declare items. */
export type RawItem =
  | RawStruct
  | RawEnum
  | RawTypeAlias
  | RawConst
  | RawFn
  | RawTrait
  | RawTraitAlias
  | RawImpl
  | RawModule
  | RawUse
  | RawExternCrate
  | RawForeignBlock
  | RawForeignType
  | RawMacroCall
  | RawMacroDef
  | RawInnerAttributes
  | RawError;

/** The items of the block that the ordinals lead to, block within block; none where there is no such block. */
export function blockAt(blocks: readonly RawBlock[], path: readonly number[]): readonly RawItem[] {
  let at: RawBlock | undefined;
  let level = blocks;
  for (const ordinal of path) {
    at = level[ordinal];
    if (at === undefined) return [];
    level = at.blocks;
  }
  return at?.items ?? [];
}
