/**
 * Lowers fields and variants.
 *
 * Example: `{ a: u8, unsafe b: u16 }` → a record with fields a and b, the second unsafe.
 */
import type { SynNode } from "../syntax/syntax-node.ts";
import { field, has } from "../syntax/syntax-node.ts";
import type { RawField, RawVariant } from "./item-tree.ts";
import { lowerAttributes } from "./lower-attr.ts";
import type { TypeContext } from "./lower-type.ts";
import { lowerConstExpr, lowerType } from "./lower-type.ts";
import { identifierText } from "./names.ts";

/** Fields of a struct, union or variant, from the node that lists them. */
export function lowerFields(
  ctx: TypeContext,
  body: SynNode | undefined,
): { readonly shape: RawVariant["shape"]; readonly fields: readonly RawField[] } {
  if (body === undefined) return { shape: "unit", fields: [] };
  if (body.kind === "field_declaration_list") return { shape: "record", fields: recordFields(ctx, body) };
  return { shape: "tuple", fields: tupleFields(ctx, body) };
}

function recordFields(ctx: TypeContext, body: SynNode): readonly RawField[] {
  const out: RawField[] = [];
  let attributes: SynNode[] = [];
  for (const node of body.children) {
    if (node.kind === "attribute_item") attributes.push(node);
    if (node.kind !== "field_declaration") continue;
    const name = field(node, "name");
    const type = field(node, "type");
    if (name !== undefined && type !== undefined) {
      out.push({
        name: identifierText(ctx.text.slice(name.start, name.end)),
        nameRange: { start: name.start, end: name.end },
        range: { start: node.start, end: node.end },
        attrs: lowerAttributes(ctx, attributes),
        type: lowerType(ctx, type),
        isUnsafe: has(node, "unsafe") || undefined,
      });
    }
    attributes = [];
  }
  return out;
}

function tupleFields(ctx: TypeContext, body: SynNode): readonly RawField[] {
  const out: RawField[] = [];
  let attributes: SynNode[] = [];
  let start: number | undefined;
  for (const node of body.children) {
    if (node.kind === "attribute_item") attributes.push(node);
    if (node.kind === "visibility_modifier") start = node.start;
    if (node.field !== "type") continue;
    out.push({
      name: String(out.length),
      nameRange: { start: node.start, end: node.end },
      range: { start: start ?? node.start, end: node.end },
      attrs: lowerAttributes(ctx, attributes),
      type: lowerType(ctx, node),
      isUnsafe: undefined,
    });
    attributes = [];
    start = undefined;
  }
  return out;
}

/** Variants of an enum. */
export function lowerVariants(ctx: TypeContext, body: SynNode): readonly RawVariant[] {
  const out: RawVariant[] = [];
  let attributes: SynNode[] = [];
  for (const node of body.children) {
    if (node.kind === "attribute_item") attributes.push(node);
    if (node.kind !== "enum_variant") continue;
    const name = field(node, "name");
    const value = field(node, "value");
    if (name !== undefined) {
      const { shape, fields } = lowerFields(ctx, field(node, "body"));
      out.push({
        name: identifierText(ctx.text.slice(name.start, name.end)),
        nameRange: { start: name.start, end: name.end },
        range: { start: node.start, end: node.end },
        attrs: lowerAttributes(ctx, attributes),
        shape,
        fields,
        discriminant: value === undefined ? undefined : lowerConstExpr(ctx, value),
      });
    }
    attributes = [];
  }
  return out;
}
