/**
 * Types as a user would write them (rust-analyzer's HirDisplay): last path segments, no lifetimes.
 *
 * Example: `Option<Box<[u8; 4]>>`, `&dyn Fn(u8) -> bool`, `<T as Iterator>::Item`.
 *
 * Invariant: a type that shares its parts is short in memory and may be endless in writing, so texts end with `…` after about
 * MAX_LENGTH characters, and the work with them.
 */
import type { Const, GenericArg, GenericArgs, Ty } from "./ty.ts";
import { isConst } from "./ty.ts";

/** Longer than any type a person reads. */
const MAX_LENGTH = 1000;

/** The text of a type. */
export function displayTy(ty: Ty): string {
  const printer = new Printer();
  printer.ty(ty);
  return printer.text;
}

/** The text of a generic argument. */
export function displayArg(arg: GenericArg): string {
  const printer = new Printer();
  printer.arg(arg);
  return printer.text;
}

type Fn = Extract<Ty, { kind: "fnPtr" }>;
type Dyn = Extract<Ty, { kind: "dyn" }>;

class Printer {
  #text = "";
  #isFull = false;

  get text(): string {
    return this.#text;
  }

  ty(ty: Ty): void {
    if (this.#isFull) return;
    switch (ty.kind) {
      case "bool":
      case "char":
      case "str":
        this.#write(ty.kind);
        return;
      case "never":
        this.#write("!");
        return;
      case "int":
      case "float":
        this.#write(ty.name);
        return;
      case "adt":
      case "fnDef":
        this.#named(ty.def.name, ty.args);
        return;
      case "tuple":
        this.#around("(", ty.elements.length === 1 ? ",)" : ")", () => this.#list(ty.elements));
        return;
      case "array":
        this.#around("[", "]", () => this.#arrayParts(ty.element, ty.length));
        return;
      case "slice":
        this.#around("[", "]", () => this.ty(ty.element));
        return;
      case "ref":
        this.#around(ty.mutable ? "&mut " : "&", "", () => this.ty(ty.target));
        return;
      case "pointer":
        this.#around(ty.mutable ? "*mut " : "*const ", "", () => this.ty(ty.target));
        return;
      default:
        this.#rare(ty);
        return;
    }
  }

  arg(arg: GenericArg): void {
    if (isConst(arg)) this.#write(constText(arg));
    else this.ty(arg);
  }

  #write(text: string): void {
    if (this.#isFull) return;
    this.#text += text;
    if (this.#text.length <= MAX_LENGTH) return;
    this.#isFull = true;
    this.#text += "…";
  }

  #around(before: string, after: string, inside: () => void): void {
    this.#write(before);
    inside();
    this.#write(after);
  }

  #list(list: GenericArgs, separator = ", "): void {
    for (const [i, arg] of list.entries()) {
      if (this.#isFull) return;
      if (i > 0) this.#write(separator);
      this.arg(arg);
    }
  }

  #named(name: string, args: GenericArgs): void {
    this.#write(name);
    if (args.length > 0) this.#around("<", ">", () => this.#list(args));
  }

  #arrayParts(element: Ty, length: Const): void {
    this.ty(element);
    this.#write("; ");
    this.arg(length);
  }

  #rare(
    ty: Exclude<
      Ty,
      { kind: "bool" | "char" | "str" | "never" | "int" | "float" | "adt" | "fnDef" | "tuple" | "array" | "slice" | "ref" | "pointer" }
    >,
  ): void {
    switch (ty.kind) {
      case "fnPtr":
        this.#fn(ty);
        return;
      case "dyn":
        this.#dyn(ty);
        return;
      case "foreign":
        this.#write(ty.def.name);
        return;
      case "param":
        this.#write(ty.name);
        return;
      case "projection":
        this.#projection(ty);
        return;
      case "opaque":
        this.#opaque(ty);
        return;
      case "pattern":
        this.ty(ty.base);
        return;
      case "infer":
      case "error":
        this.#write("_");
        return;
    }
  }

  #projection(ty: Extract<Ty, { kind: "projection" }>): void {
    const [self, ...rest] = ty.args;
    this.#write("<");
    if (self === undefined) this.#write("_");
    else this.arg(self);
    this.#write(" as ");
    this.#named(ty.trait.name, rest);
    this.#write(">::");
    this.#named(ty.name, ty.ownArgs);
  }

  #opaque(ty: Extract<Ty, { kind: "opaque" }>): void {
    for (const [i, bound] of ty.bounds.entries()) {
      this.#write(i === 0 ? "impl " : " + ");
      this.#named(bound.trait.name, bound.args.slice(1));
    }
    if (ty.bounds.length === 0) this.#write("impl ");
  }

  #fn(ty: Fn): void {
    const abi = ty.abi === "Rust" ? "" : `extern "${ty.abi}" `;
    this.#write(`${ty.isUnsafe ? "unsafe " : ""}${abi}fn(`);
    this.#list(ty.params);
    if (ty.isVariadic) this.#write(ty.params.length === 0 ? "..." : ", ...");
    this.#write(")");
    if (ty.result.kind === "tuple" && ty.result.elements.length === 0) return;
    this.#write(" -> ");
    this.ty(ty.result);
  }

  #dyn(ty: Dyn): void {
    this.#write("dyn ");
    if (ty.principal !== undefined) this.#principal(ty, ty.principal);
    for (const [i, auto] of ty.autos.entries()) this.#write(i === 0 && ty.principal === undefined ? auto.name : ` + ${auto.name}`);
  }

  #principal(ty: Dyn, principal: NonNullable<Dyn["principal"]>): void {
    this.#write(principal.trait.name);
    if (principal.args.length + ty.projections.length === 0) return;
    this.#write("<");
    this.#list(principal.args);
    for (const [i, { name, term }] of ty.projections.entries()) {
      this.#write(i === 0 && principal.args.length === 0 ? `${name} = ` : `, ${name} = `);
      this.ty(term);
    }
    this.#write(">");
  }
}

function constText(value: Const): string {
  switch (value.kind) {
    case "value":
      return String(value.value);
    case "param":
      return value.name;
    default:
      return "_";
  }
}
