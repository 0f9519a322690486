/**
 * What a layout says, in a form that both the engine's answer and the compiler's dump can be brought into and compared as text.
 *
 * Invariant: everything the two have in common is in here: size, alignment, every offset, memory order, niche, tag, encoding, every
 * variant, backend representation. A scalar reads `u8@4 0..=1`: primitive, offset in bytes, valid range as unsigned bits.
 */
import type { BackendRepr, FieldsShape, LayoutData, Variants } from "../../server/src/layout/layout-data.ts";
import { isSized } from "../../server/src/layout/layout-data.ts";
import type { Niche } from "../../server/src/layout/niche.ts";
import type { Primitive } from "../../server/src/layout/primitive.ts";
import type { Scalar } from "../../server/src/layout/scalar.ts";
import type { DumpValue } from "./dump-parser.ts";

export interface VariantFacts {
  readonly size: string;
  readonly offsets: string;
  readonly order: string;
  readonly niche: string;
  readonly repr: string;
  readonly uninhabited: boolean;
}

export interface LayoutFacts {
  readonly size: string;
  readonly align: string;
  readonly unsized: boolean;
  readonly uninhabited: boolean;
  readonly niche: string;
  readonly repr: string;
  /** `primitive`, `union 2`, `array 3 x 4`, or the offsets in source order. */
  readonly fields: string;
  /** The fields by increasing offset; empty where they have no order of their own. */
  readonly order: string;
  /** `empty`, `single 0`, or tag and encoding. */
  readonly variants: string;
  readonly each: readonly VariantFacts[];
}

/** A layout's facts, or why there is none. */
export type Facts = LayoutFacts | { readonly error: string };

/** The engine's layout as facts. */
export function factsOfLayout(layout: LayoutData): LayoutFacts {
  const { variants } = layout;
  return {
    size: `${layout.size}`,
    align: `${layout.align}`,
    unsized: !isSized(layout),
    uninhabited: layout.uninhabited,
    niche: showNiche(layout.largestNiche),
    repr: showRepr(layout.backendRepr),
    fields: showFields(layout.fields),
    order: showOrder(layout.fields),
    variants: showVariants(variants),
    each:
      variants.kind !== "multiple"
        ? []
        : variants.variants.map((variant) => ({
            size: `${variant.size}`,
            offsets: showFields(variant.fields),
            order: showOrder(variant.fields),
            niche: showNiche(variant.largestNiche),
            repr: showRepr(variant.backendRepr),
            uninhabited: variant.uninhabited,
          })),
  };
}

function showPrimitive(primitive: Primitive): string {
  switch (primitive.kind) {
    case "int":
      return primitive.signed ? primitive.integer : primitive.integer.replace("i", "u");
    case "float":
      return primitive.float;
    case "pointer":
      return primitive.addressSpace === 0 ? "ptr" : `ptr${primitive.addressSpace}`;
  }
}

function showScalar(scalar: Scalar): string {
  const primitive = showPrimitive(scalar.value);
  return scalar.kind === "union" ? `${primitive}?` : `${primitive} ${scalar.validRange.start}..=${scalar.validRange.end}`;
}

function showNiche(niche: Niche | undefined): string {
  if (niche === undefined) return "none";
  return `${showPrimitive(niche.value)}@${niche.offset} ${niche.validRange.start}..=${niche.validRange.end}`;
}

function showRepr(repr: BackendRepr): string {
  switch (repr.kind) {
    case "scalar":
      return showScalar(repr.scalar);
    case "scalarPair":
      return `${showScalar(repr.first)}, ${showScalar(repr.second)}`;
    case "simdVector":
      return `${repr.count} x ${showScalar(repr.element)}`;
    case "memory":
      return "memory";
  }
}

function showFields(fields: FieldsShape): string {
  switch (fields.kind) {
    case "primitive":
      return "primitive";
    case "union":
      return `union ${fields.count}`;
    case "array":
      return `array ${fields.stride} x ${fields.count}`;
    case "arbitrary":
      return fields.offsets.join(" ");
  }
}

function showOrder(fields: FieldsShape): string {
  return fields.kind === "arbitrary" ? fields.inMemoryOrder.join(" ") : "";
}

function showVariants(variants: Variants): string {
  switch (variants.kind) {
    case "empty":
      return "empty";
    case "single":
      return `single ${variants.index}`;
    case "multiple": {
      const head = `${showScalar(variants.tag)} @${variants.tagOffset}`;
      const { tagEncoding: encoding } = variants;
      if (encoding.kind === "direct") return `${head} direct`;
      const { untaggedVariant, nicheVariants, nicheStart } = encoding;
      return `${head} untagged ${untaggedVariant} niche ${nicheVariants.start}..=${nicheVariants.end} from ${nicheStart}`;
    }
  }
}

/** The compiler's layout as facts, in the forms of all supported versions. */
export function factsOfDump(dump: DumpValue): LayoutFacts {
  const fields = field(dump, "fields");
  const variants = field(dump, "variants");
  const repr = reprOfDump(dump);
  const fieldsText = fieldsOfDump(fields);
  const uninhabited = uninhabitedInDump(dump);
  const neverLike = uninhabited && fieldsText === "primitive" && nameOf(variants) === "Single";
  return {
    size: `${numberIn(field(dump, "size"))}`,
    align: `${numberIn(field(dump, "align"))}`,
    unsized: reprDump(dump).fields.get("sized") !== undefined && nameOf(reprDump(dump).fields.get("sized")) === "false",
    uninhabited,
    niche: nicheOfDump(field(dump, "largest_niche")),
    repr,
    fields: fieldsText,
    order: orderOfDump(fields),
    variants: neverLike ? "empty" : variantsOfDump(variants, fields),
    each: variantList(variants).map(variantOfDump),
  };
}

function variantList(variants: DumpValue): readonly DumpValue[] {
  if (variants.kind !== "name") return [];
  const list = variants.fields.get("variants");
  return list?.kind === "list" ? list.items : [];
}

function variantOfDump(variant: DumpValue): VariantFacts {
  const flat = variant.kind === "name" ? variant.fields.get("field_offsets") : undefined;
  const fields = flat === undefined ? field(variant, "fields") : undefined;
  return {
    size: `${numberIn(field(variant, "size"))}`,
    offsets: fields === undefined ? numbersIn(flat).join(" ") : fieldsOfDump(fields),
    order: fields === undefined ? numbersIn(field(variant, "fields_in_memory_order")).join(" ") : orderOfDump(fields),
    niche: nicheOfDump(field(variant, "largest_niche")),
    repr: reprOfDump(variant),
    uninhabited: uninhabitedInDump(variant),
  };
}

function field(value: DumpValue, name: string): DumpValue {
  const found = value.kind === "name" ? value.fields.get(name) : undefined;
  if (found === undefined) throw new Error(`no ${name} in the dump`);
  return found;
}

function nameOf(value: DumpValue | undefined): string {
  return value?.kind === "name" ? value.name : "";
}

/** The number inside `Size(8 bytes)`, `Align(4 bytes)`, `AbiAlign { abi: .. }`, `Some(..)`. */
function numberIn(value: DumpValue | undefined): bigint {
  if (value?.kind === "number") return value.value;
  if (value?.kind === "name") return numberIn(value.fields.get("abi") ?? value.args[0]);
  throw new Error("no number in the dump");
}

function numbersIn(value: DumpValue | undefined): bigint[] {
  return value?.kind === "list" ? value.items.map(numberIn) : [];
}

/** `backend_repr` since 1.86, `abi` before. */
function reprDump(dump: DumpValue): Extract<DumpValue, { kind: "name" }> {
  const repr = dump.kind === "name" ? (dump.fields.get("backend_repr") ?? dump.fields.get("abi")) : undefined;
  if (repr?.kind !== "name") throw new Error("no representation in the dump");
  return repr;
}

function uninhabitedInDump(dump: DumpValue): boolean {
  const flag = dump.kind === "name" ? dump.fields.get("uninhabited") : undefined;
  return flag === undefined ? reprDump(dump).name === "Uninhabited" : nameOf(flag) === "true";
}

function reprOfDump(dump: DumpValue): string {
  const repr = reprDump(dump);
  switch (repr.name) {
    case "Scalar":
      return scalarOfDump(repr.args[0]);
    case "ScalarPair":
      return `${scalarOfDump(repr.args[0])}, ${scalarOfDump(repr.args[1])}`;
    case "SimdVector":
    case "Vector":
      return `${numberIn(repr.fields.get("count"))} x ${scalarOfDump(repr.fields.get("element"))}`;
    case "Memory":
    case "Aggregate":
    case "Uninhabited":
      return "memory";
    default:
      throw new Error(`unknown representation ${repr.name}`);
  }
}

function scalarOfDump(value: DumpValue | undefined): string {
  if (value?.kind !== "name") throw new Error("no scalar in the dump");
  const primitive = primitiveOfDump(value.fields.get("value"));
  return value.name === "Union" ? `${primitive}?` : `${primitive} ${rangeOfDump(value.fields.get("valid_range"))}`;
}

function rangeOfDump(value: DumpValue | undefined): string {
  if (value?.kind !== "range") throw new Error("no range in the dump");
  return `${value.start}..=${value.end}`;
}

function primitiveOfDump(value: DumpValue | undefined): string {
  if (value?.kind !== "name") throw new Error("no primitive in the dump");
  const [first, second] = value.args;
  switch (value.name) {
    case "Int":
      return nameOf(first).replace("I", nameOf(second) === "true" ? "i" : "u");
    case "Float":
      return nameOf(first).toLowerCase();
    case "F32":
    case "F64":
      return value.name.toLowerCase();
    case "Pointer": {
      const space = first === undefined ? 0n : numberIn(first);
      return space === 0n ? "ptr" : `ptr${space}`;
    }
    default:
      throw new Error(`unknown primitive ${value.name}`);
  }
}

function nicheOfDump(value: DumpValue): string {
  const niche = value.kind === "name" && value.name === "Some" ? value.args[0] : undefined;
  if (niche === undefined) return "none";
  return `${primitiveOfDump(field(niche, "value"))}@${numberIn(field(niche, "offset"))} ${rangeOfDump(field(niche, "valid_range"))}`;
}

function fieldsOfDump(fields: DumpValue): string {
  if (fields.kind !== "name") throw new Error("no fields in the dump");
  switch (fields.name) {
    case "Primitive":
      return "primitive";
    case "Union":
      return `union ${numberIn(fields.args[0])}`;
    case "Array":
      return `array ${numberIn(fields.fields.get("stride"))} x ${numberIn(fields.fields.get("count"))}`;
    default:
      return numbersIn(fields.fields.get("offsets")).join(" ");
  }
}

/** `in_memory_order` names fields by position; the older `memory_index` positions by field. */
function orderOfDump(fields: DumpValue): string {
  if (fields.kind !== "name") return "";
  const order = fields.fields.get("in_memory_order");
  if (order !== undefined) return numbersIn(order).join(" ");
  const positions = numbersIn(fields.fields.get("memory_index"));
  const byPosition = positions.map((_, position) => positions.indexOf(BigInt(position)));
  return byPosition.join(" ");
}

function variantsOfDump(variants: DumpValue, fields: DumpValue): string {
  switch (nameOf(variants)) {
    case "Empty":
      return "empty";
    case "Single":
      return `single ${numberIn(field(variants, "index"))}`;
    default: {
      const offsets = fieldsOfDump(fields).split(" ");
      const head = `${scalarOfDump(field(variants, "tag"))} @${offsets[Number(numberIn(field(variants, "tag_field")))]}`;
      const encoding = field(variants, "tag_encoding");
      if (nameOf(encoding) === "Direct") return `${head} direct`;
      const untagged = numberIn(untaggedIn(encoding));
      const span = field(encoding, "niche_variants");
      if (span.kind !== "range") throw new Error("no variants of the niche in the dump");
      return `${head} untagged ${untagged} niche ${span.start}..=${span.end} from ${numberIn(field(encoding, "niche_start"))}`;
    }
  }
}

/** `untagged_variant`; `dataful_variant` before 1.65. */
function untaggedIn(encoding: DumpValue): DumpValue | undefined {
  if (encoding.kind !== "name") return undefined;
  return encoding.fields.get("untagged_variant") ?? encoding.fields.get("dataful_variant");
}

/**
 * What can be compared with a compiler of a minor version. Before 1.86 the backend representation followed rules of its own
 * (preferred alignments, `Uninhabited` in place of everything else) that no layout in memory depends on.
 */
export function comparable(facts: Facts, minor: number): Facts {
  if ("error" in facts || minor >= 86) return facts;
  const each = facts.each.map((variant) => ({ ...variant, repr: "", niche: "" }));
  return { ...facts, repr: "", unsized: facts.unsized && !facts.uninhabited, each };
}

/** The lines in which two answers differ: empty when they agree. */
export function differences(engine: Facts, compiler: Facts): string[] {
  const [left, right] = [flatten(engine), flatten(compiler)];
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].flatMap((key) =>
    left.get(key) === right.get(key) ? [] : [`${key}: engine ${left.get(key) ?? "-"}, rustc ${right.get(key) ?? "-"}`],
  );
}

function flatten(facts: Facts): Map<string, string> {
  if ("error" in facts) return new Map([["error", facts.error]]);
  const { each, ...rest } = facts;
  const flat = new Map(Object.entries(rest).map(([key, value]) => [key, `${value}`]));
  for (const [index, variant] of each.entries()) {
    for (const [key, value] of Object.entries(variant)) flat.set(`variant ${index} ${key}`, `${value}`);
  }
  return flat;
}
