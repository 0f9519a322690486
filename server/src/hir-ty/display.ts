/**
 * Types as a user would write them (rust-analyzer's HirDisplay): last path segments, no lifetimes.
 *
 * Example: `Option<Box<[u8; 4]>>`, `&dyn Fn(u8) -> bool`, `<T as Iterator>::Item`.
 */
import type { Const, GenericArg, GenericArgs, Ty } from "./ty.ts";
import { isConst } from "./ty.ts";

/** The text of a type. */
export function displayTy(ty: Ty): string {
  switch (ty.kind) {
    case "bool":
    case "char":
    case "str":
      return ty.kind;
    case "never":
      return "!";
    case "int":
    case "float":
      return ty.name;
    case "adt":
    case "fnDef":
      return `${ty.def.name}${displayArgs(ty.args)}`;
    case "tuple":
      return ty.elements.length === 1 ? `(${ty.elements.map(displayTy).join()},)` : `(${ty.elements.map(displayTy).join(", ")})`;
    case "array":
      return `[${displayTy(ty.element)}; ${displayConst(ty.length)}]`;
    case "slice":
      return `[${displayTy(ty.element)}]`;
    case "ref":
      return `&${ty.mutable ? "mut " : ""}${displayTy(ty.target)}`;
    case "pointer":
      return `*${ty.mutable ? "mut" : "const"} ${displayTy(ty.target)}`;
    default:
      return displayRare(ty);
  }
}

function displayRare(
  ty: Exclude<
    Ty,
    { kind: "bool" | "char" | "str" | "never" | "int" | "float" | "adt" | "fnDef" | "tuple" | "array" | "slice" | "ref" | "pointer" }
  >,
): string {
  switch (ty.kind) {
    case "fnPtr":
      return displayFn(ty);
    case "dyn":
      return displayDyn(ty);
    case "foreign":
      return ty.def.name;
    case "param":
      return ty.name;
    case "projection": {
      const [self, ...rest] = ty.args;
      return `<${self === undefined ? "_" : displayArg(self)} as ${ty.trait.name}${displayArgs(rest)}>::${ty.name}${displayArgs(ty.ownArgs)}`;
    }
    case "opaque":
      return `impl ${ty.bounds.map((bound) => `${bound.trait.name}${displayArgs(bound.args.slice(1))}`).join(" + ")}`;
    case "pattern":
      return displayTy(ty.base);
    case "infer":
    case "error":
      return "_";
  }
}

function displayFn(ty: Extract<Ty, { kind: "fnPtr" }>): string {
  const abi = ty.abi === "Rust" ? "" : `extern "${ty.abi}" `;
  const params = [...ty.params.map(displayTy), ...(ty.isVariadic ? ["..."] : [])].join(", ");
  const result = ty.result.kind === "tuple" && ty.result.elements.length === 0 ? "" : ` -> ${displayTy(ty.result)}`;
  return `${ty.isUnsafe ? "unsafe " : ""}${abi}fn(${params})${result}`;
}

function displayDyn(ty: Extract<Ty, { kind: "dyn" }>): string {
  const bindings = ty.projections.map((p) => `${p.name} = ${displayTy(p.term)}`);
  const args = [...(ty.principal?.args ?? []).map(displayArg), ...bindings];
  const principal = ty.principal === undefined ? [] : [`${ty.principal.trait.name}${args.length === 0 ? "" : `<${args.join(", ")}>`}`];
  return `dyn ${[...principal, ...ty.autos.map((auto) => auto.name)].join(" + ")}`;
}

function displayArgs(args: GenericArgs): string {
  return args.length === 0 ? "" : `<${args.map(displayArg).join(", ")}>`;
}

/** The text of a generic argument. */
export function displayArg(arg: GenericArg): string {
  return isConst(arg) ? displayConst(arg) : displayTy(arg);
}

function displayConst(value: Const): string {
  switch (value.kind) {
    case "value":
      return String(value.value);
    case "param":
      return value.name;
    default:
      return "_";
  }
}
