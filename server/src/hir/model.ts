/**
 * The model `ide` works with: definitions, their places and their layouts, fully resolved and inert (rust-analyzer's `hir`).
 * API boundary: `ide` sees nothing below but these types, `Semantics` and the layout vocabulary.
 *
 * Invariants: places are UTF-16 offsets in a file; a layout is exact, a lower bound, or absent with its reason.
 */
import type { Message } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { LayoutData } from "../layout/layout-data.ts";
import type { TargetDataLayout } from "../layout/target-data-layout.ts";

/** A range in a file, UTF-16 offsets. */
export interface Place {
  readonly file: FilePath;
  readonly start: number;
  readonly end: number;
}

/** An opaque handle of a resolved type; equal types have the same id. */
export interface TypeHandle {
  readonly id: number;
}

export type LayoutAnswer =
  | { readonly status: "exact"; readonly layout: LayoutData; readonly type: TypeHandle }
  /** Depends on open parameters; `atLeast` (bytes) is a true lower bound for every instance, `open` names them. */
  | { readonly status: "generic"; readonly atLeast: bigint; readonly minimumAlign: bigint; readonly open: readonly string[] }
  /** `reason` is for the user, names in backticks. */
  | { readonly status: "unknown"; readonly reason: Message; readonly culprit: Place | undefined };

/** One field of a struct, union, tuple or variant, in declaration order (after cfg). */
export interface FieldModel {
  readonly name: string;
  /** undefined for fields of tuples and of definitions without source (std). */
  readonly nameRange: { readonly start: number; readonly end: number } | undefined;
  /** The whole field, attributes left out. */
  readonly range: { readonly start: number; readonly end: number } | undefined;
  /** The type in the source, where the whole field is written by hand; what a rewrite of the type replaces. */
  readonly typeRange: { readonly start: number; readonly end: number } | undefined;
  /** The type as written (or as resolved where nothing is written). */
  readonly typeText: string;
  readonly type: TypeHandle | undefined;
  readonly layout: LayoutAnswer;
}

export interface VariantModel {
  readonly name: string;
  readonly index: number;
  readonly nameRange: { readonly start: number; readonly end: number } | undefined;
  readonly range: { readonly start: number; readonly end: number } | undefined;
  readonly shape: "record" | "tuple" | "unit";
  readonly fields: readonly FieldModel[];
  /** The discriminant's value where known. */
  readonly discriminant: bigint | undefined;
}

export type DefinitionKind = "struct" | "enum" | "union" | "alias";

/** A struct, enum, union or type alias written in a file (in a function body or a macro call too). */
export interface TypeDefinition {
  /** Stable across edits. */
  readonly key: string;
  readonly kind: DefinitionKind;
  /** Without `r#`. */
  readonly name: string;
  readonly file: FilePath;
  readonly nameRange: { readonly start: number; readonly end: number };
  readonly range: { readonly start: number; readonly end: number };
  /** Where a hint on the whole type goes (behind `{` or `;`). */
  readonly headerEnd: number;
  /** Path of the module inside the crate, `a::b`, empty for the root. */
  readonly module: string;
  readonly isLocal: boolean;
  /** The macro call the definition stands in or comes from. */
  readonly inMacro: string | undefined;
  /** Open type and const parameters (not lifetimes). */
  readonly openParameters: readonly string[];
  /** `#[repr(…)]` words as written: `C`, `u8`, `packed(2)`, `align(16)`. */
  readonly repr: readonly string[];
  /** Lints allowed on the definition or an enclosing module: `clippy::large_enum_variant`. */
  readonly allowedLints: readonly string[];
  /** `// stowplan: ignore code` comments in front of it. */
  readonly ignoredCodes: readonly string[];
  /** Derived and implemented traits that matter to edits. */
  readonly derives: readonly string[];
  /** Whether its text has a syntax error. */
  readonly isBroken: boolean;
  /** Whether it is compiled for tests only: under `#[cfg(test)]`, in `tests/` or `benches/`. */
  readonly isTest: boolean;
  /** Set if the definition is configured out for the chosen target and profile: the cfg text. */
  readonly inactive: string | undefined;
}

/** What the cursor is on. */
export type Element =
  | { readonly kind: "definition"; readonly definition: TypeDefinition; readonly place: Place }
  | { readonly kind: "variant"; readonly definition: TypeDefinition; readonly variant: VariantModel; readonly place: Place }
  | {
      readonly kind: "field";
      readonly definition: TypeDefinition;
      /** The variant the field belongs to; undefined for structs and unions. */
      readonly variant: VariantModel | undefined;
      readonly field: FieldModel;
      readonly fieldIndex: number;
      readonly place: Place;
    }
  /** A type expression, alias use or name of a type; the innermost one under the cursor. */
  | { readonly kind: "type"; readonly text: string; readonly layout: LayoutAnswer; readonly place: Place };

/** Marker traits of a type that are certain, and for those that do not hold the parts that lead to the culprit, outermost first. */
export interface TypeTraits {
  /** By name as in reports: `send`, `sync`, `copy`, `clone`, `unpin`, `freeze`, `needs_drop`, `unwind_safe`, `ref_unwind_safe`. */
  readonly holds: ReadonlyMap<string, boolean>;
  /** `send` → `jobs: Vec<Rc<Job>>`, `Rc<Job>`. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
}

/** What `ide` asks about one file in one world (target, toolchain, profile). Nothing here throws for user input. */
export interface Semantics {
  /** Another one whenever an answer may be another one. */
  readonly revision: number;
  readonly target: TargetDataLayout;
  readonly targetName: string;
  /** `1.95.0`, as shown to the user. */
  readonly rustcVersion: string;
  /** What answered for std: `bundled 1.96`. */
  readonly stdLabel: Message;
  /** Every type definition of a file, in source order. */
  definitions(file: FilePath): readonly TypeDefinition[];
  /** Those whose items, attributes included, touch a part of the file (UTF-16 offsets); the same objects. */
  definitionsBetween(file: FilePath, start: number, end: number): readonly TypeDefinition[];
  /** The definition's layout; for a generic one the lower bound. */
  layoutOf(definition: TypeDefinition): LayoutAnswer;
  /** Fields of a struct or union (empty for others). */
  fieldsOf(definition: TypeDefinition): readonly FieldModel[];
  /** Variants of an enum (empty for others). */
  variantsOf(definition: TypeDefinition): readonly VariantModel[];
  /** What is under an offset (UTF-16). */
  elementAt(file: FilePath, offset: number): Element | undefined;
  /**
   * The layout of a type that is written outside of any file, in the scope of a crate's root file (undefined: of an empty crate, with
   * std's prelude and paths). Text that is no type is unknown.
   */
  layoutOfText(root: FilePath | undefined, text: string): LayoutAnswer;
  /** The layout of `Option<T>`. */
  layoutOfOption(type: TypeHandle): LayoutAnswer;
  /** The enum's layout if all fields of a variant (or only the given one) were put into a `Box`. */
  layoutWithBoxedVariant(definition: TypeDefinition, variant: number, field: number | undefined): LayoutAnswer;
  /** The enum's layout if each of these fields of a variant stood in a `Box` of its own: exactly what the box action writes. */
  layoutWithBoxedFields(definition: TypeDefinition, variant: number, fields: readonly number[]): LayoutAnswer;
  /** Layouts of a generic definition for its default arguments and the instances its file names: `T = u64`. Empty for others. */
  instancesOf(definition: TypeDefinition): readonly { readonly arguments: string; readonly layout: LayoutAnswer }[];
  /** The layout of a struct whose fields are declared in another order. */
  layoutWithFieldOrder(definition: TypeDefinition, order: readonly number[]): LayoutAnswer;
  /** Whether a trait holds for a definition's type with its parameters open; undefined where not certain. */
  isCopy(definition: TypeDefinition): boolean | undefined;
  /** The marker traits of a type; those that are not certain are left out. */
  traitsOf(type: TypeHandle): TypeTraits;
  /** Whether `Box` can be named in the crate of a file: std or alloc is linked; the path to write for it. */
  boxPath(file: FilePath): string | undefined;
  /** The fields of any type with its layout, for tables of types that are not definitions (aliases, tuples, std types). */
  partsOf(type: TypeHandle): {
    readonly kind: "struct" | "enum" | "union" | "tuple" | "array" | "other";
    readonly fields: readonly FieldModel[];
    readonly variants: readonly VariantModel[];
  };
  /** Tells of a defect that was caught: `what` names what was asked. */
  tellDefect(what: string, error: unknown): void;
}
