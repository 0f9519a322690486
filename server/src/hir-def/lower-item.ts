/**
 * Lowers one unit (an item with its attributes) to a RawItem.
 *
 * Invariants: a function of the unit's text; ranges are relative to the unit, those of nested items (in impls, traits, blocks)
 * too; what is not an item of Rust is `error`, never left out.
 */

import { ITEM_WORD } from "../syntax/skeleton.ts";
import type { SynNode } from "../syntax/syntax-node.ts";
import { child, field, has, isComment } from "../syntax/syntax-node.ts";
import type { SourceUnit } from "../syntax/unit-walker.ts";
import { blockScopes } from "./block-scope.ts";
import type { RawConst, RawFn, RawItem, RawParam, RawTypeAlias } from "./item-tree.ts";
import { lowerAttributes, lowerVisibility } from "./lower-attr.ts";
import { blocksIn } from "./lower-blocks.ts";
import { lowerFields, lowerVariants } from "./lower-fields.ts";
import { lowerGenerics } from "./lower-generics.ts";
import type { TypeContext } from "./lower-type.ts";
import { externAbi, lowerBound, lowerPath, lowerType } from "./lower-type.ts";
import { lowerUse } from "./lower-use.ts";
import { identifierText } from "./names.ts";

/** The item of a unit. */
export function lowerUnit(unit: SourceUnit): RawItem {
  return lowerItem({ text: unit.text, scopes: blockScopes(unit.node) }, unit.attributes, unit.node);
}

type Base = Pick<RawItem, "name" | "nameRange" | "range" | "attrs" | "visibility" | "hasError" | "isTooDeep" | "text" | "blocks">;

function lowerItem(ctx: TypeContext, attributes: readonly SynNode[], node: SynNode): RawItem {
  const inner = innerAttributes(node);
  const base = baseOf(ctx, [...attributes, ...inner], node);
  switch (node.kind) {
    case "struct_item":
    case "union_item":
    case "enum_item":
      return lowerAdt(ctx, base, node);
    case "type_item":
    case "associated_type":
      return lowerAlias(ctx, base, node);
    case "const_item":
    case "static_item":
      return lowerConst(ctx, base, node);
    case "function_item":
    case "function_signature_item":
      return lowerFn(ctx, base, node);
    case "trait_item":
    case "impl_item":
    case "trait_alias_item":
    case "trait_alias":
      return lowerTraitOrImpl(ctx, base, node);
    default:
      return lowerOther(ctx, base, node);
  }
}

function lowerOther(ctx: TypeContext, base: Base, node: SynNode): RawItem {
  switch (node.kind) {
    case "mod_item": {
      const body = field(node, "body");
      const isInline = body !== undefined;
      const items = body === undefined || body.children.length === 0 ? undefined : lowerItems(ctx, body.children);
      return withBase(base, { kind: "module", isInline, items });
    }
    case "use_declaration":
      return withBase(base, { kind: "use", imports: lowerUse(ctx, node) });
    case "extern_crate_declaration":
      return lowerExternCrate(ctx, base, node);
    case "foreign_mod_item":
      return lowerForeignBlock(ctx, base, node);
    case "macro_definition":
      return lowerMacroDefinition(ctx, base, node);
    case "macro_item":
    case "macro_declaration":
    case "decl_macro":
      return withBase(base, { kind: "macroDef", style: "macro2", ...macroTail(ctx, node) });
    case "macro_invocation":
      return lowerMacroCall(ctx, base, node);
    case "expression_statement": {
      const call = node.children.find((c) => c.kind === "macro_invocation");
      return call === undefined ? withBase(base, { kind: "error" }) : lowerMacroCall(ctx, base, call);
    }
    case "inner_attribute_item":
      return withBase(base, { attrs: lowerAttributes(ctx, [node]), kind: "innerAttributes" });
    case "empty_statement":
      return withBase(base, { attrs: [], kind: "innerAttributes" });
    default:
      return withBase(base, { kind: "error" });
  }
}

function baseOf(ctx: TypeContext, attributes: readonly SynNode[], node: SynNode): Base {
  const name = field(node, "name");
  return {
    name: name === undefined ? "" : identifierText(ctx.text.slice(name.start, name.end)),
    nameRange: name === undefined ? { start: node.start, end: node.start } : { start: name.start, end: name.end },
    range: { start: node.start, end: node.end },
    attrs: lowerAttributes(ctx, attributes),
    visibility: lowerVisibility(ctx, node),
    hasError: headerError(node),
    text: ctx.text,
    blocks: mayDeclare(ctx.text, name?.end ?? node.start, node.end)
      ? node.children.flatMap((c) => blocksIn(ctx, c, (nodes) => lowerItems(ctx, nodes)))
      : [],
    isTooDeep: node.isTooDeep === true,
  };
}

/** Whether a part of a text may declare items: a look at its words costs less than one at its nodes. */
function mayDeclare(text: string, start: number, end: number): boolean {
  return ITEM_WORD.test(text.slice(start, end));
}

/** The item of a base that was made for it: a spread of so many properties costs twenty times as much, for every item there is. */
function withBase<T extends object>(base: Base, rest: T): Base & T {
  return Object.assign(base, rest);
}

/** Damage that concerns the declaration: damage inside bodies and inside nested items is theirs. */
function headerError(node: SynNode): boolean {
  if (!node.hasError) return false;
  if (node.kind === "ERROR") return true;
  return node.children.length === 0 || node.children.some((c) => !["block", "declaration_list"].includes(c.kind) && c.hasError);
}

/** `#![…]` inside a body counts as the item's own. */
function innerAttributes(node: SynNode): readonly SynNode[] {
  const body = field(node, "body");
  return body === undefined ? [] : body.children.filter((c) => c.kind === "inner_attribute_item");
}

/** Items among siblings, each with the attributes in front of it. */
function lowerItems(ctx: TypeContext, nodes: readonly SynNode[]): readonly RawItem[] {
  const out: RawItem[] = [];
  let attributes: SynNode[] = [];
  for (const node of nodes) {
    if (isComment(node)) continue;
    if (node.kind === "attribute_item") attributes.push(node);
    else {
      out.push(lowerItem(ctx, attributes, node));
      attributes = [];
    }
  }
  return out;
}

function lowerAdt(ctx: TypeContext, base: Base, node: SynNode): RawItem {
  const body = field(node, "body");
  const generics = lowerGenerics(ctx, node);
  if (node.kind === "enum_item") {
    const variants = body === undefined ? [] : lowerVariants(ctx, body);
    return withBase(base, { kind: "enum", generics, variants, headerEnd: body === undefined ? node.end : body.start + 1 });
  }
  const kind = node.kind === "union_item" ? "union" : "struct";
  const record = body?.kind === "field_declaration_list";
  const headerEnd = record ? body.start + 1 : node.end;
  const { shape, fields } = lowerFields(ctx, body);
  return withBase(base, { kind, generics, shape, fields, headerEnd });
}

function lowerAlias(ctx: TypeContext, base: Base, node: SynNode): RawTypeAlias {
  const type = field(node, "type");
  const bounds = field(node, "bounds");
  return withBase(base, {
    kind: "typeAlias",
    generics: lowerGenerics(ctx, node),
    type: type === undefined ? undefined : lowerType(ctx, type),
    bounds: bounds === undefined ? [] : lowerBound(ctx, bounds),
  });
}

function lowerConst(ctx: TypeContext, base: Base, node: SynNode): RawConst {
  const type = field(node, "type");
  const value = field(node, "value");
  return withBase(base, {
    kind: node.kind === "static_item" ? "static" : "const",
    generics: lowerGenerics(ctx, node),
    type: type === undefined ? undefined : lowerType(ctx, type),
    mutable: has(node, "mutable_specifier"),
    body: value === undefined ? undefined : { start: value.start, end: value.end },
  });
}

function lowerFn(ctx: TypeContext, base: Base, node: SynNode): RawFn {
  const modifiers = child(node, "function_modifiers");
  const extern = modifiers === undefined ? undefined : child(modifiers, "extern_modifier");
  const parameters = field(node, "parameters");
  const result = field(node, "return_type");
  const body = field(node, "body");
  return withBase(base, {
    kind: "fn",
    generics: lowerGenerics(ctx, node),
    params: parameters === undefined ? [] : fnParams(ctx, parameters),
    selfParam: parameters === undefined ? "none" : selfParam(ctx, parameters),
    result: result === undefined ? undefined : lowerType(ctx, result),
    isConst: modifiers !== undefined && has(modifiers, "const"),
    isAsync: modifiers !== undefined && has(modifiers, "async"),
    isUnsafe: modifiers !== undefined && has(modifiers, "unsafe"),
    abi: extern === undefined ? undefined : externAbi(ctx, extern),
    body: body === undefined ? undefined : { start: body.start, end: body.end },
  });
}

function fnParams(ctx: TypeContext, node: SynNode): RawFn["params"] {
  const out: RawParam[] = [];
  let attributes: SynNode[] = [];
  for (const part of node.children) {
    if (isComment(part)) continue;
    if (part.kind === "attribute_item") {
      attributes.push(part);
      continue;
    }
    const attrs = lowerAttributes(ctx, attributes);
    attributes = [];
    if (part.kind === "self_parameter" || part.kind === "variadic_parameter") continue;
    const type = part.kind === "parameter" ? field(part, "type") : part;
    const pattern = field(part, "pattern");
    if (type === undefined || pattern?.kind === "self") continue;
    const range = pattern === undefined ? { start: part.start, end: part.start } : { start: pattern.start, end: pattern.end };
    out.push({ name: ctx.text.slice(range.start, range.end), range, attrs, type: lowerType(ctx, type) });
  }
  return out;
}

function selfParam(ctx: TypeContext, node: SynNode): RawFn["selfParam"] {
  const typed = node.children.some((c) => c.kind === "parameter" && field(c, "pattern")?.kind === "self");
  if (typed) return "typed";
  const self = child(node, "self_parameter");
  if (self === undefined) return "none";
  if (!ctx.text.slice(self.start, self.end).startsWith("&")) return "value";
  return has(self, "mutable_specifier") ? "refMut" : "ref";
}

function lowerTraitOrImpl(ctx: TypeContext, base: Base, node: SynNode): RawItem {
  const generics = lowerGenerics(ctx, node);
  const body = field(node, "body");
  const items =
    body === undefined
      ? []
      : lowerItems(
          ctx,
          body.children.filter((c) => c.kind !== "inner_attribute_item"),
        );
  const bounds = field(node, "bounds");
  const lowered = bounds === undefined ? [] : lowerBound(ctx, bounds);
  if (node.kind === "trait_item")
    return withBase(base, {
      kind: "trait",
      generics,
      supertraits: lowered,
      isAuto: has(node, "auto"),
      isUnsafe: has(node, "unsafe"),
      items,
    });
  if (node.kind !== "impl_item") return withBase(base, { kind: "traitAlias", generics, bounds: lowered });
  const trait = field(node, "trait");
  const self = field(node, "type");
  if (self === undefined) return withBase(base, { kind: "error" });
  const traitPath = trait === undefined ? undefined : lowerPath(ctx, trait);
  return withBase(base, {
    kind: "impl",
    traitName: traitPath?.segments.at(-1)?.name ?? "",
    traitRange: traitPath?.range,
    selfRange: { start: self.start, end: self.end },
    bodyStart: body?.start,
    generics,
    traitPath,
    isNegative: trait !== undefined && has(node, "!"),
    selfType: lowerType(ctx, self),
    items,
  });
}

function lowerExternCrate(ctx: TypeContext, base: Base, node: SynNode): RawItem {
  const alias = field(node, "alias");
  const crateName = base.name === "" && has(node, "self") ? "self" : base.name;
  return withBase(base, {
    kind: "externCrate",
    crateName,
    name: alias === undefined ? crateName : identifierText(ctx.text.slice(alias.start, alias.end)),
  });
}

function lowerForeignBlock(ctx: TypeContext, base: Base, node: SynNode): RawItem {
  const body = field(node, "body");
  const extern = child(node, "extern_modifier");
  const items =
    body === undefined
      ? []
      : lowerItems(
          ctx,
          body.children.filter((c) => c.kind !== "inner_attribute_item"),
        );
  const abi = extern === undefined ? undefined : externAbi(ctx, extern);
  return withBase(base, {
    kind: "foreignBlock",
    abi,
    items: items.map((item) => (isForeignType(item) ? foreignType(base, item) : item)),
  });
}

/** What stands on the block says what becomes of its types: `#[wasm_bindgen]` makes structs of them, whose fields it knows. */
function foreignType(block: Base, item: RawTypeAlias): RawItem {
  const attrs = [...block.attrs, ...item.attrs];
  const isStruct = block.attrs.some(({ path }) => /(?:^|::)wasm_bindgen$/.test(path));
  if (!isStruct) return { ...item, kind: "foreignType", attrs };
  const { generics, ...rest } = item;
  return { ...rest, kind: "struct", attrs, generics, shape: "unit", fields: [], headerEnd: item.range.end };
}

function isForeignType(item: RawItem): item is RawTypeAlias {
  return item.kind === "typeAlias" && item.type === undefined;
}

function lowerMacroCall(ctx: TypeContext, base: Base, node: SynNode): RawItem {
  const name = field(node, "macro");
  const args = child(node, "token_tree");
  if (name === undefined || args === undefined) return withBase(base, { kind: "error" });
  const args_ = ctx.text.slice(args.start + 1, args.end - 1);
  return withBase(base, { kind: "macroCall", path: lowerPath(ctx, name), args: args_, argsStart: args.start + 1 });
}

function lowerMacroDefinition(ctx: TypeContext, base: Base, node: SynNode): RawItem {
  return withBase(base, { kind: "macroDef", style: "macroRules", ...macroTail(ctx, node, 1) });
}

/** The text behind the macro's name; `strip` outer delimiters are taken off both ends. */
function macroTail(ctx: TypeContext, node: SynNode, strip = 0): { readonly body: string; readonly bodyStart: number } {
  const name = field(node, "name");
  const from = name === undefined ? node.start : name.end;
  const whole = ctx.text.slice(from, node.end).replace(/[\s;]+$/, "");
  const lead = whole.length - whole.trimStart().length;
  return { body: whole.slice(lead + strip, whole.length - strip), bodyStart: from + lead + strip };
}
