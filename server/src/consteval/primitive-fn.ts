/**
 * PrimitiveFn: a method or associated const of a primitive type that is built in, with its signature in short Rust notation.
 *
 * Example: `pow` of integers is `(self, u32) -> Self`; `split_at` of slices `(&self, usize) -> (&Self, &Self)`.
 *
 * Notation: `Self`; `T` the element or pointee; `N` the array's length; `BYTES` the integer's size; `Signed`/`Unsigned` its
 * counterpart; `Bits` the integer as wide as a float; `U` and `M` a type and a const parameter of the method; std types by their path's last name (`Option<Self>`).
 *
 * Invariant: signatures are constants of this program, so a bad one is a bug and throws when it is read.
 */
import type { Message } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Const, FloatTy, GenericArgs, IntTy, Ty } from "../hir-ty/ty.ts";
import type { TyInterner } from "../hir-ty/ty-interner.ts";
import type { ConstDb } from "./const-db.ts";
import type { IntSpec } from "./int-ops.ts";
import type { Value } from "./value.ts";

/** What a built-in function may ask and do while it runs. */
export interface PrimitiveHost {
  readonly db: ConstDb;
  /** Ends the evaluation: the program panics, or does what is not supported. */
  readonly panic: (message: Message) => never;
  /** An enum value of `core::option::Option` and the like: variants by name. */
  readonly variant: (ty: Ty, name: string, fields: readonly Value[]) => Value;
}

export interface PrimitiveCall {
  readonly host: PrimitiveHost;
  readonly self: Ty;
  readonly args: readonly Value[];
  /** The values for `U` and `M`. */
  readonly generics: GenericArgs;
  readonly result: Ty;
  /** The integer type of `self`, if it is one. */
  readonly int: IntSpec;
}

export type SelfKind = "none" | "value" | "ref" | "refMut";

export interface PrimitiveFn {
  readonly name: string;
  readonly self: SelfKind;
  /** Parameters behind `self`. */
  readonly params: readonly SigTy[];
  readonly result: SigTy;
  /** True for `MAX`, `BITS`: used without a call. */
  readonly isConst: boolean;
  readonly run: (call: PrimitiveCall) => Value;
}

export type SigTy =
  | { readonly kind: "name"; readonly name: string; readonly args: readonly SigTy[] }
  | { readonly kind: "ref" | "pointer"; readonly mutable: boolean; readonly target: SigTy }
  | { readonly kind: "tuple"; readonly elements: readonly SigTy[] }
  | { readonly kind: "array"; readonly element: SigTy; readonly length: string }
  | { readonly kind: "slice"; readonly element: SigTy };

/** Functions by name; a signature is read when it is asked for first: tables are made at each start. */
export interface PrimitiveTable {
  names(): Iterable<string>;
  get(name: string): PrimitiveFn | undefined;
}

/** One line of a table: name, signature, code. A signature without `(` is the type of a const. */
export type PrimitiveRow = readonly [name: string, signature: string, run: (call: PrimitiveCall) => Value];

export function primitiveTable(rows: readonly PrimitiveRow[]): PrimitiveTable {
  const byName = new Map(rows.map((row) => [row[0], row]));
  const read = new Map<string, PrimitiveFn>();
  return {
    names: () => byName.keys(),
    get: (name) => {
      const known = read.get(name);
      const row = byName.get(name);
      if (known !== undefined || row === undefined) return known;
      const [, signature, run] = row;
      const made: PrimitiveFn = { name, ...parseSignature(signature), run };
      read.set(name, made);
      return made;
    },
  };
}

type Signature = Pick<PrimitiveFn, "self" | "params" | "result" | "isConst">;

function parseSignature(text: string): Signature {
  const parser: Parser = { tokens: text.match(/[A-Za-z0-9_]+|->|[&*()[\]<>,;]/g) ?? [], at: 0 };
  if (parser.tokens[0] !== "(" || !text.includes("->")) return { self: "none", params: [], result: parseTy(parser), isConst: true };
  parser.at = 1;
  const self = parseSelf(parser);
  const params: SigTy[] = [];
  while (!accept(parser, ")")) {
    params.push(parseTy(parser));
    accept(parser, ",");
  }
  expect(parser, "->");
  return { self, params, result: parseTy(parser), isConst: false };
}

interface Parser {
  readonly tokens: readonly string[];
  at: number;
}

function accept(parser: Parser, token: string): boolean {
  if (parser.tokens[parser.at] !== token) return false;
  parser.at += 1;
  return true;
}

function expect(parser: Parser, token: string): void {
  if (!accept(parser, token)) throw new Error(`\`${token}\` expected in signature ${parser.tokens.join(" ")}`);
}

function parseSelf(parser: Parser): SelfKind {
  const [first, second, third] = parser.tokens.slice(parser.at, parser.at + 3);
  const [kind, taken]: readonly [SelfKind, number] =
    first === "self"
      ? ["value", 1]
      : first === "&" && second === "self"
        ? ["ref", 2]
        : first === "&" && second === "mut" && third === "self"
          ? ["refMut", 3]
          : ["none", 0];
  parser.at += taken;
  if (taken > 0) accept(parser, ",");
  return kind;
}

function parseTy(parser: Parser): SigTy {
  if (accept(parser, "&")) return { kind: "ref", mutable: accept(parser, "mut"), target: parseTy(parser) };
  if (accept(parser, "*")) {
    const mutable = accept(parser, "mut");
    if (!mutable) expect(parser, "const");
    return { kind: "pointer", mutable, target: parseTy(parser) };
  }
  if (accept(parser, "(")) return { kind: "tuple", elements: parseList(parser, ")") };
  if (accept(parser, "[")) return parseArray(parser);
  const name = parser.tokens[parser.at] ?? "";
  parser.at += 1;
  return { kind: "name", name, args: accept(parser, "<") ? parseList(parser, ">") : [] };
}

function parseList(parser: Parser, close: string): readonly SigTy[] {
  const out: SigTy[] = [];
  while (!accept(parser, close)) {
    out.push(parseTy(parser));
    accept(parser, ",");
  }
  return out;
}

function parseArray(parser: Parser): SigTy {
  const element = parseTy(parser);
  if (accept(parser, "]")) return { kind: "slice", element };
  expect(parser, ";");
  const length = parser.tokens[parser.at] ?? "";
  parser.at += 1;
  expect(parser, "]");
  return { kind: "array", element, length };
}

/** What the names in a signature stand for. */
export interface SignatureScope {
  readonly interner: TyInterner;
  readonly self: Ty;
  /** `U` */
  readonly typeParam: Ty;
  /** `M` */
  readonly constParam: Const;
  readonly pointerBits: number;
  readonly stdItem: (path: string) => DefId | undefined;
}

/** Paths of the std types that signatures name. */
const STD_TYPES: ReadonlyMap<string, string> = new Map([
  ["Option", "core::option::Option"],
  ["Result", "core::result::Result"],
  ["ParseIntError", "core::num::error::ParseIntError"],
  ["Utf8Error", "core::str::error::Utf8Error"],
  ["NonNull", "core::ptr::non_null::NonNull"],
]);

/** The type a part of a signature means; undefined where the std model lacks a type it names. */
export function signatureTy(scope: SignatureScope, sig: SigTy): Ty | undefined {
  const { interner } = scope;
  switch (sig.kind) {
    case "ref":
    case "pointer": {
      const target = signatureTy(scope, sig.target);
      return target && interner.ty({ kind: sig.kind, mutable: sig.mutable, target });
    }
    case "tuple": {
      const elements = sig.elements.map((element) => signatureTy(scope, element));
      return elements.every((element) => element !== undefined) ? interner.ty({ kind: "tuple", elements }) : undefined;
    }
    case "slice": {
      const element = signatureTy(scope, sig.element);
      return element && interner.ty({ kind: "slice", element });
    }
    case "array": {
      const element = signatureTy(scope, sig.element);
      return element && interner.ty({ kind: "array", element, length: arrayLength(scope, sig.length) });
    }
    case "name":
      return namedTy(scope, sig);
  }
}

function arrayLength(scope: SignatureScope, name: string): Const {
  const { self, interner } = scope;
  if (name === "M") return scope.constParam;
  if (name === "N" && self.kind === "array") return self.length;
  if (name === "BYTES" && self.kind === "int") return interner.constValue(BigInt(intBits(self.name, scope.pointerBits) / 8));
  if (name === "BYTES" && self.kind === "float") return interner.constValue(BigInt(Number(self.name.slice(1)) / 8));
  return interner.constValue(BigInt(name));
}

function intBits(name: IntTy, pointerBits: number): number {
  const digits = name.slice(1);
  return digits === "size" ? pointerBits : Number(digits);
}

function namedTy(scope: SignatureScope, sig: Extract<SigTy, { kind: "name" }>): Ty | undefined {
  const { interner, self } = scope;
  switch (sig.name) {
    case "Self":
      return self;
    case "U":
      return scope.typeParam;
    case "T":
      return elementOf(self);
    case "Signed":
    case "Unsigned":
      return self.kind === "int" ? interner.int(counterpart(self.name, sig.name === "Signed" ? "i" : "u")) : undefined;
    case "Bits":
      return self.kind === "float" ? interner.int(self.name === "f32" ? "u32" : "u64") : undefined;
    case "bool":
      return interner.bool;
    case "char":
      return interner.char;
    case "str":
      return interner.str;
    default:
      return scalarTy(scope, sig.name) ?? stdTy(scope, sig);
  }
}

function elementOf(self: Ty): Ty | undefined {
  if (self.kind === "array" || self.kind === "slice") return self.element;
  if (self.kind === "pointer" || self.kind === "ref") return self.target;
  return undefined;
}

function counterpart(name: IntTy, sign: "i" | "u"): IntTy {
  const found = INT_NAMES.find((candidate) => candidate === sign + name.slice(1));
  return found ?? name;
}

export const INT_NAMES: readonly IntTy[] = ["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];
export const FLOAT_NAMES: readonly FloatTy[] = ["f16", "f32", "f64", "f128"];

function scalarTy(scope: SignatureScope, name: string): Ty | undefined {
  const int = INT_NAMES.find((candidate) => candidate === name);
  if (int !== undefined) return scope.interner.int(int);
  const float = FLOAT_NAMES.find((candidate) => candidate === name);
  return float === undefined ? undefined : scope.interner.float(float);
}

function stdTy(scope: SignatureScope, sig: Extract<SigTy, { kind: "name" }>): Ty | undefined {
  const path = STD_TYPES.get(sig.name);
  if (path === undefined) throw new Error(`unknown type \`${sig.name}\` in a signature`);
  const def = scope.stdItem(path);
  const args = sig.args.map((arg) => signatureTy(scope, arg));
  return def !== undefined && args.every((arg) => arg !== undefined) ? scope.interner.adt(def, args) : undefined;
}
