/**
 * Attribute macros that make another item of the same name of theirs: what their documentation and sources say, as text.
 *
 * Example: `#[bitfield(u32)] struct A { … }` of bitfield-struct is `#[repr(transparent)] #[derive(Copy, Clone)] struct A(u32);`.
 *
 * Invariants: nothing is run; what the written arguments do not tell plainly is undefined, and the item unknown. The attribute itself is
 * gone, all other text in front of the change stays where it was, so that places in it hold.
 */
import type { Rewriting } from "../hir-expand/proc-macros.ts";
import { splitTopLevel } from "./attrs.ts";
import type { Attr, RawEnum, RawItem, RawStruct } from "./item-tree.ts";

/** The text of an item under an attribute; undefined if it is not known. */
export function rewrittenText(raw: RawItem, attr: Attr, by: Rewriting): string | undefined {
  if (raw.hasError) return undefined;
  if (raw.kind === "enum") return enumText(raw, attr, by);
  return raw.kind === "struct" ? structText(raw, attr, by) : undefined;
}

function structText(raw: RawStruct, attr: Attr, by: Rewriting): string | undefined {
  switch (by) {
    case "bitfieldStruct":
      return bitfieldStruct(raw, attr);
    case "bitbybit":
      return bitbybit(raw, attr);
    case "modularBitfield":
      return modularBitfield(raw, attr);
    case "nutype":
      return nutype(raw, attr);
    case "wasmBindgen":
      return wasmBindgen(raw, attr);
    case "readonly":
      return withAttributes(raw, attr, hasRepr(raw) ? "" : "#[repr(C)] ");
    default:
      return undefined;
  }
}

function enumText(raw: RawEnum, attr: Attr, by: Rewriting): string | undefined {
  if (by === "wasmBindgen") return raw.variants.every(isNumbered(raw)) ? inserted(raw, attr, new Map()) : undefined;
  if (by === "enumDispatch") return inserted(raw, attr, new Map(unitVariants(raw).map((v) => [v.nameRange.end, `(${v.name})`])));
  return by === "enumFlags" ? enumFlags(raw, attr) : undefined;
}

/** bitfield-struct 0.1–0.11, `bitfield_inner`: `repr` is the type of the field, `clone = false` leaves the derives out. */
function bitfieldStruct(raw: RawStruct, attr: Attr): string | undefined {
  const [type = "", ...rest] = splitTopLevel(attr.args ?? "").map((part) => part.trim());
  const options = new Map(rest.map((part) => [part.split("=", 1)[0]?.trim() ?? "", part.slice(part.indexOf("=") + 1).trim()]));
  const clone = options.get("clone") ?? "true";
  if (!/^u(?:8|16|32|64|128|size)$/.test(type) || !/^(?:true|false)$/.test(clone)) return undefined;
  const derive = clone === "true" ? "#[derive(Copy, Clone)] " : "";
  return `${head(raw, attr, `${derive}#[repr(transparent)] `)}(${options.get("repr") ?? type});`;
}

/** bitbybit 1.x, `bitfield`: the smallest integer that holds the base type. */
function bitbybit(raw: RawStruct, attr: Attr): string | undefined {
  const bits = Number(/^\s*u(\d+)\s*(?:,|$)/.exec(attr.args ?? "")?.[1]);
  const size = [8, 16, 32, 64, 128].find((one) => one >= bits);
  return size === undefined ? undefined : `${head(raw, attr, "#[derive(Copy, Clone)] #[repr(C)] ")} { raw_value: u${size} }`;
}

/** modular-bitfield 0.11, `generate_struct`: an array of bytes, whose number the arguments or a `repr` of the macro's own say. */
function modularBitfield(raw: RawStruct, attr: Attr): string | undefined {
  const bits = /\bbits\s*=\s*(\d+)/.exec(attr.args ?? "")?.[1];
  const bytes = bits === undefined ? /\bbytes\s*=\s*(\d+)/.exec(attr.args ?? "")?.[1] : String(Math.ceil(Number(bits) / 8));
  if (bytes === undefined || raw.attrs.some(({ path }) => path === "repr" || path === "cfg_attr")) return undefined;
  return `${head(raw, attr, "")} { bytes: [::core::primitive::u8; ${bytes}] }`;
}

/** nutype 0.4–0.6: the struct as written in a module of its own, with those of the derives that are the compiler's. */
function nutype(raw: RawStruct, attr: Attr): string | undefined {
  const options = splitTopLevel(attr.args ?? "").map((part) => part.trim());
  const listed = (name: string): readonly string[] =>
    options.flatMap((option) => splitTopLevel(new RegExp(`^${name}\\s*\\((.*)\\)$`, "s").exec(option)?.[1] ?? "")).map((one) => one.trim());
  if (options.some((option) => option.startsWith("cfg_attr")) || raw.shape !== "tuple") return undefined;
  const derives = [
    ...listed("derive").filter((derive) => /^(?:Clone|Copy)$/.test(derive)),
    ...listed("derive_unsafe"),
    ...listed("derive_unchecked"),
  ];
  return withAttributes(raw, attr, derives.length === 0 ? "" : `#[derive(${derives.join(", ")})] `);
}

/**
 * wasm-bindgen 0.2: a type of an `extern` block is a wrapper of what it extends first, else of a value of JavaScript (`ImportType`); a
 * struct that extends another has it as its first field (`inject_parent_field`), any other struct stays.
 */
function wasmBindgen(raw: RawStruct, attr: Attr): string | undefined {
  const { text, range, nameRange } = raw;
  const crate = /(?:^|,)\s*wasm_bindgen\s*=\s*"?([\w:]+)/.exec(attr.args ?? "")?.[1] ?? "wasm_bindgen";
  const own = raw.attrs.filter(({ path }) => path === attr.path);
  const extended = own
    .flatMap(({ args = "" }) => splitTopLevel(args))
    .flatMap((one) => /^\s*extends\s*=\s*"?(.+?)"?\s*$/s.exec(one)?.[1] ?? []);
  if (!isImported(raw)) {
    const [parent] = extended;
    if (parent === undefined) return inserted(raw, attr, new Map());
    return raw.shape === "record" ? inserted(raw, attr, new Map([[raw.headerEnd, ` parent: ${crate}::Parent<${parent}>, `]])) : undefined;
  }
  const kept = raw.attrs.filter((one) => one.path !== attr.path).map((one) => text.slice(one.range.start, one.range.end));
  const names = raw.generics.params.map((param) => (param.kind === "lifetime" ? `&${param.name} ()` : param.name));
  const phantom = names.length === 0 ? "" : `, generics: ::core::marker::PhantomData<(${names.join(", ")},)>`;
  const [parameters = "", where = ""] = text
    .slice(nameRange.end, range.end)
    .replace(/;\s*$/, "")
    .split(/(?=\bwhere\b)/);
  const struct = `struct ${text.slice(nameRange.start, nameRange.end)}${parameters} ${where}`;
  return `${kept.join(" ")} #[repr(transparent)] ${struct} { obj: ${extended[0] ?? `${crate}::JsValue`}${phantom} }`;
}

/** Whether it is written as a type of an `extern` block. */
function isImported({ text, range, nameRange }: RawStruct): boolean {
  return /\btype\s+(?:r#)?$/.test(text.slice(range.start, nameRange.start));
}

/** Whether a variant has no fields and no string for a value. */
function isNumbered({ text }: RawEnum): (variant: RawEnum["variants"][number]) => boolean {
  return ({ shape, nameRange, range }) => shape === "unit" && !text.slice(nameRange.end, range.end).includes('"');
}

/** readonly 0.2, `has_defined_repr`. */
function hasRepr({ attrs }: RawStruct): boolean {
  return attrs.some(({ path, args = "" }) => path === "repr" && /\b(?:C|transparent|packed)\b/.test(args));
}

/** enumflags2 0.7, `infer_values`: a variant without a value takes the lowest bit above the lowest ones that are taken. */
function enumFlags(raw: RawEnum, attr: Attr): string | undefined {
  let taken = 0n;
  for (const variant of raw.variants) {
    const written = raw.text.slice(variant.nameRange.end, variant.range.end).trim();
    const value = written === "" ? 0n : literalFlag(written);
    if (value === undefined) return undefined;
    taken |= value;
  }
  const values = new Map<number, string>();
  for (const { nameRange, discriminant } of raw.variants) {
    if (discriminant !== undefined) continue;
    const bit = lowestFree(taken);
    taken |= bit;
    values.set(nameRange.end, ` = ${bit}`);
  }
  return inserted(raw, attr, values);
}

function lowestFree(taken: bigint): bigint {
  let bit = 1n;
  while ((taken & bit) !== 0n) bit <<= 1n;
  return bit;
}

/** `= 0b100`, `= 1 << 4`. */
function literalFlag(text: string): bigint | undefined {
  const [, value = "", shift = "0"] = /^=\s*\(?(0[xbo][\da-fA-F_]+|\d[\d_]*)(?:\s*<<\s*(\d+))?\)?$/.exec(text) ?? [];
  return value === "" ? undefined : BigInt(value.replaceAll("_", "")) << BigInt(shift);
}

function unitVariants({ variants }: RawEnum): RawEnum["variants"] {
  return variants.filter(({ shape }) => shape === "unit");
}

/** The text without the attribute, with more in front of the item's own words. */
function withAttributes(raw: RawItem, attr: Attr, more: string): string {
  const text = textOf(raw);
  return withoutAttribute(text.slice(0, raw.range.start), attr) + more + text.slice(raw.range.start);
}

/** The text up to the name and its parameters, which are none in what these macros take. */
function head(raw: RawStruct, attr: Attr, more: string): string {
  const { range, nameRange } = raw;
  const text = textOf(raw);
  return withoutAttribute(text.slice(0, range.start), attr) + more + text.slice(range.start, nameRange.end);
}

/** The text without the attribute, with more behind some offsets. */
function inserted(raw: RawItem, attr: Attr, at: ReadonlyMap<number, string>): string {
  const text = textOf(raw);
  const offsets = [...at.keys()].toSorted((a, b) => a - b);
  const parts = offsets.map((offset, i) => text.slice(offsets[i - 1] ?? 0, offset) + (at.get(offset) ?? ""));
  return withoutAttribute([...parts, text.slice(offsets.at(-1) ?? 0)].join(""), attr);
}

/** The text of an item with its attributes, in its place but without what is around it. */
function textOf({ text, attrs, range }: RawItem): string {
  const start = Math.min(range.start, ...attrs.map((attr) => attr.range.start));
  return " ".repeat(start) + text.slice(start, range.end);
}

/** Blank in its place: it stands in front of all that changes. */
function withoutAttribute(text: string, { range }: Attr): string {
  return text.slice(0, range.start) + " ".repeat(range.end - range.start) + text.slice(range.end);
}
