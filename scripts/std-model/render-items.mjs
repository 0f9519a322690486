/**
 * Items of rustdoc's JSON as one line of Rust each: structs, enums, unions, traits, aliases, constants, macros, impls.
 *
 * Example: `#[repr(transparent)]pub struct NonZero<T:::core::num::nonzero::ZeroablePrimitive>(<T as …>::NonZeroInner);`
 * Functions and methods are left out. A constant whose value rustdoc does not give has none (`pub const X:T;`).
 */
import { elideSingleLifetimes } from "./lifetimes.mjs";
import { patternTypeField } from "./pattern-types.mjs";
import { renderBounds, renderGenerics, renderTrait, renderType, renderWhere } from "./render-types.mjs";

/** The line of a definition, or undefined for kinds the model does not hold. */
export function renderItem(ctx, item) {
  const render = ITEM_RENDERERS[item.kind];
  if (render === undefined) return undefined;
  const attrs = item.attrs.filter((attr) => attr !== "#[rustc_reservation_impl]").join("");
  const text = attrs + visibilityText(ctx, item) + render(ctx, item);
  return item.kind === "extern_type" ? `extern "C"{${text}}` : text;
}

const ITEM_RENDERERS = {
  struct: renderStruct,
  enum: renderEnum,
  union: renderUnion,
  trait: renderTraitItem,
  trait_alias: (ctx, item) =>
    `trait ${item.name}${renderGenerics(ctx, item.inner.generics)}=${renderBounds(ctx, item.inner.params).join("+")}${renderWhere(ctx, item.inner.generics)};`,
  type_alias: renderAlias,
  extern_type: (_ctx, item) => `type ${item.name};`,
  constant: (ctx, item) => `const ${item.name}:${renderType(ctx, item.inner.type)}${initializer(ctx, item.inner.const)};`,
  macro: (ctx, item) => ctx.macroText(item),
  proc_macro: (_ctx, item) => `macro ${item.name}($item:item){}`,
};

/** `pub `, `pub(crate) `, `pub(in crate::a) ` or nothing, as declared. */
export function visibilityText(ctx, item) {
  if (item.kind === "macro" && item.inner.startsWith("macro_rules!")) return "";
  const { visibility } = item;
  if (visibility === "public") return "pub ";
  if (visibility === "crate") return "pub(crate) ";
  if (visibility === "default" || ctx.modulePath === visibility.restricted.path) return "";
  return `pub(in crate${visibility.restricted.path}) `;
}

function renderStruct(ctx, item) {
  const { kind, generics } = item.inner;
  const head = `struct ${item.name}${renderGenerics(ctx, generics)}`;
  const where = renderWhere(ctx, generics);
  if (kind === "unit") return `${head}${where};`;
  if (kind.tuple !== undefined) return `${head}(${tupleFields(ctx, kind.tuple, item)})${where};`;
  return `${head}${where}{${namedFields(ctx, kind.plain.fields)}}`;
}

function renderUnion(ctx, item) {
  const { generics, fields } = item.inner;
  return `union ${item.name}${renderGenerics(ctx, generics)}${renderWhere(ctx, generics)}{${namedFields(ctx, fields)}}`;
}

function tupleFields(ctx, ids, owner) {
  return ids.map((id) => tupleField(ctx, id, owner)).join(",");
}

/** A field by its item; tuple variants of format 15 have types in their place. */
function tupleField(ctx, id, owner) {
  if (typeof id === "object") return renderType(ctx, id);
  const field = ctx.item(id);
  return visibilityText(ctx, field) + (patternTypeField(ctx, field, owner) ?? renderType(ctx, field.inner));
}

function namedFields(ctx, ids) {
  return ids
    .map((id) => ctx.item(id))
    .map((field) => `${visibilityText(ctx, field)}${field.name}:${renderType(ctx, field.inner)}`)
    .join(",");
}

function renderEnum(ctx, item) {
  const { generics, variants } = item.inner;
  const texts = variants.map((id) => renderVariant(ctx, ctx.item(id)));
  return `enum ${item.name}${renderGenerics(ctx, generics)}${renderWhere(ctx, generics)}{${texts.join(",")}}`;
}

function renderVariant(ctx, variant) {
  const { kind, discriminant } = variant.inner;
  const attrs = variant.attrs.filter((attr) => attr.startsWith("#[lang")).join("");
  const value = kind === "plain" || discriminant !== "source" ? discriminantText(ctx, variant, discriminant) : "";
  if (kind === "plain") return `${attrs}${variant.name}${value}`;
  if (kind.tuple !== undefined) return `${attrs}${variant.name}(${tupleFields(ctx, kind.tuple, variant)})${value}`;
  return `${attrs}${variant.name}{${namedFields(ctx, kind.struct.fields)}}${value}`;
}

function discriminantText(ctx, variant, discriminant) {
  if (discriminant === null) return "";
  if (discriminant !== "source") return `=${discriminant.value}`;
  const written = /=\s*([^,/]+)/.exec(ctx.sourceOf(variant));
  return written === null ? "" : `=${ctx.discriminant(written[1].trim())}`;
}

function renderAlias(ctx, item) {
  const { type, generics } = item.inner;
  const alias = { ...ctx, constText: (text) => ctx.constText(lanesOf(text, item.name)) };
  return `type ${item.name}${renderGenerics(ctx, generics)}${renderWhere(ctx, generics)}=${renderType(alias, type)};`;
}

/** rustdoc shows the lanes of macro-made vector aliases as `$num_elements`; the name says them (`u16x8`). */
function lanesOf(text, name) {
  return text.startsWith("$") ? (/x(\d+)$/.exec(name)?.[1] ?? text) : text;
}

function renderTraitItem(ctx, item) {
  const { generics, bounds, is_auto: isAuto, is_unsafe: isUnsafe } = item.inner;
  const supertraits = renderBounds(ctx, bounds).filter((text) => !/^::core::marker::(PointeeSized|MetaSized)$/.test(text));
  const head = `${isUnsafe ? "unsafe " : ""}${isAuto ? "auto " : ""}trait ${item.name}${renderGenerics(ctx, generics)}`;
  const colon = supertraits.length === 0 ? "" : `:${supertraits.join("+")}`;
  return `${head}${colon}${renderWhere(ctx, generics)}{${associatedItems(ctx, item.inner.items, { mode: "declared" })}}`;
}

function associatedItems(ctx, ids, { mode, self }) {
  return ids
    .map((id) => ctx.itemOrUndefined(id))
    .filter((item) => item !== undefined)
    .map((item) => associatedItem(ctx, item, { mode, self }))
    .join("");
}

function associatedItem(ctx, item, { mode, self }) {
  if (item.kind === "assoc_type" || item.kind === "type_alias") return associatedType(ctx, item);
  if (item.kind !== "assoc_const") return "";
  const visibility = mode === "inherent" ? visibilityText(ctx, item) : "";
  const value = ctx.constValue(item, self);
  return `${visibility}const ${item.name}:${renderType(ctx, item.inner.type)}${value === undefined ? "" : `=${value}`};`;
}

function associatedType(ctx, item) {
  const { generics, bounds = [], type } = item.inner;
  const attrs = item.attrs.filter((attr) => attr.startsWith("#[lang")).join("");
  const texts = renderBounds(ctx, bounds).map((text) =>
    /^::core::marker::(PointeeSized|MetaSized)$/.test(text) ? "?::core::marker::Sized" : text,
  );
  const colon = texts.length === 0 ? "" : `:${texts.join("+")}`;
  const value = type === null ? "" : `=${renderType(ctx, type)}`;
  return `${attrs}type ${item.name}${renderGenerics(ctx, generics)}${colon}${value}${renderWhere(ctx, generics)};`;
}

function initializer(ctx, constant) {
  const value = ctx.valueText(constant);
  return value === undefined ? "" : `=${value}`;
}

/** `impl<T> ::core::clone::Clone for X<T> where … {type A=…;}`; an inherent impl has its associated constants only. */
export function renderImpl(ctx, item) {
  const { trait, for: self, generics, items, is_negative: negative, is_unsafe: isUnsafe } = item.inner;
  const inherent = trait === null;
  const head = `${isUnsafe ? "unsafe " : ""}impl${renderGenerics(ctx, generics)} `;
  const selfText = renderType(ctx, self);
  const of = inherent ? "" : `${negative ? "!" : ""}${implementedTrait(ctx, trait, selfText)} for `;
  const body = associatedItems(ctx, items, { mode: inherent ? "inherent" : "implemented", self: selfText });
  if (inherent && body === "") return undefined;
  return elideSingleLifetimes(`${head}${of}${selfText}${renderWhere(ctx, generics)}{${body}}`);
}

/**
 * The trait of an impl. `Fn(A)->R` is written as the impl names it, `Fn<(A,)>` (the output is an associated type); an argument that is
 * the parameter's default `Self` is left out (`Add<u8> for u8`, as rustdoc 1.63 prints it).
 */
function implementedTrait(ctx, trait, selfText) {
  const inputs = trait.args?.parenthesized?.inputs;
  if (inputs !== undefined) return `${renderTrait(ctx, { ...trait, args: null })}<${renderType(ctx, { tuple: inputs })}>`;
  const text = renderTrait(ctx, trait);
  const isDefault = text.endsWith(`<${selfText}>`) && ctx.defaultsToSelf(String(trait.id));
  return isDefault ? text.slice(0, -selfText.length - 2) : text;
}
