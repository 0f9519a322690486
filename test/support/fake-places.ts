/**
 * Places of definitions, variants and fields in a source, found by their names. For tests; the source must be plain.
 *
 * Example: in `enum E { A(u8) }` the variant `A` has the range of `A(u8)`.
 */
import type { DefinitionKind, Element, FieldModel, Semantics, TypeDefinition, VariantModel } from "../../server/src/hir/model.ts";
import type { FakeField, FakeType, FakeVariant } from "./fake-types.ts";
import { answerOf } from "./fake-types.ts";

export const FILE = "/ws/src/lib.rs";

/** A definition together with the type that answers for it. */
export interface Known {
  readonly type: FakeType;
  readonly definition: TypeDefinition;
}

/** The type definitions of a source whose types are known; an alias is a type whose text stands behind `type … =`. */
export function findDefinitions(
  source: string,
  types: readonly FakeType[],
  change: (definition: TypeDefinition) => Partial<TypeDefinition>,
): readonly Known[] {
  return [...source.matchAll(/\b(struct|enum|union|type) (\w+)[^={(;]*(?:= (.*))?/g)].flatMap((match): Known[] => {
    const type = types.find((it) => it.text === (match[3]?.replace(/;$/, "") ?? match[2]));
    if (type === undefined) return [];
    const definition = definitionOf(source, match, type);
    return [{ type, definition: { ...definition, ...change(definition) } }];
  });
}

const KINDS: ReadonlyMap<string | undefined, DefinitionKind> = new Map([
  ["struct", "struct"],
  ["enum", "enum"],
  ["union", "union"],
  ["type", "alias"],
]);

function definitionOf(source: string, match: RegExpExecArray, type: FakeType): TypeDefinition {
  const [whole, keyword = "", name = ""] = match;
  const start = match.index;
  const headerEnd = start + whole.length + 1;
  const nameStart = start + keyword.length + 1;
  const stop = source.slice(start).search(/;(?= *(?:\/\/.*)?$)/m) + start + 1;
  return {
    key: name,
    kind: KINDS.get(keyword) ?? "struct",
    name,
    file: FILE,
    nameRange: { start: nameStart, end: nameStart + name.length },
    range: { start, end: source[headerEnd - 1] === "{" ? closingBrace(source, headerEnd) : stop },
    headerEnd: source[headerEnd - 1] === "{" ? headerEnd : stop,
    module: "",
    isLocal: false,
    inMacro: undefined,
    openParameters: [],
    repr: type.reprWords,
    allowedLints: [],
    ignoredCodes: [],
    derives: [],
    isBroken: false,
    isTest: false,
    inactive: undefined,
  };
}

function closingBrace(source: string, from: number): number {
  let depth = 1;
  let at = from;
  for (; at < source.length && depth > 0; at++) depth += source[at] === "{" ? 1 : source[at] === "}" ? -1 : 0;
  return at;
}

export function fieldModels(
  source: string,
  within: { readonly range: { readonly start: number; readonly end: number } } | undefined,
  fields: readonly FakeField[],
): readonly FieldModel[] {
  return fields.map((field) => {
    const layout = answerOf(field.type);
    const found = within === undefined ? undefined : fieldPlace(source, within.range, field);
    return {
      name: field.name,
      typeText: field.type.text,
      type: layout.status === "exact" ? layout.type : undefined,
      layout,
      nameRange: found?.name,
      range: found?.whole,
      typeRange: found?.type,
    };
  });
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function fieldPlace(
  source: string,
  within: Range,
  field: FakeField,
): { readonly name: Range | undefined; readonly whole: Range; readonly type: Range } | undefined {
  const body = source.slice(within.start, within.end);
  const named = `${field.name}: ${field.type.text}`;
  const isNamed = !/^\d/.test(field.name);
  const at = isNamed ? body.search(new RegExp(`\\b${escapeRegExp(named)}`)) : body.indexOf(field.type.text, body.indexOf("("));
  if (at < 0) return undefined;
  const start = within.start + at;
  const end = start + (isNamed ? named : field.type.text).length;
  const type = { start: end - field.type.text.length, end };
  return { name: isNamed ? { start, end: start + field.name.length } : undefined, whole: { start, end }, type };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

export function variantModels(
  source: string,
  definition: TypeDefinition | undefined,
  variants: readonly FakeVariant[],
): readonly VariantModel[] {
  return variants.map(({ name, shape, fields, discriminant }, index) => {
    const range = definition === undefined ? undefined : variantRange(source, definition, name);
    const nameRange = range === undefined ? undefined : { start: range.start, end: range.start + name.length };
    return {
      name,
      index,
      shape,
      discriminant,
      nameRange,
      range,
      fields: fieldModels(source, range === undefined ? undefined : { range }, fields),
    };
  });
}

function variantRange(source: string, definition: TypeDefinition, name: string): Range | undefined {
  const body = source.slice(definition.headerEnd, definition.range.end);
  const match = new RegExp(`(?<![\\w:<(])${name}\\b(\\s*\\{[^}]*\\}|\\((?:[^()]|\\([^()]*\\))*\\))?`).exec(body);
  if (match === null) return undefined;
  const start = definition.headerEnd + match.index;
  return { start, end: start + match[0].length };
}

/** What stands at an offset, as `Semantics.elementAt` tells it. */
export function elementAt(sema: Semantics, definitions: readonly TypeDefinition[], offset: number): Element | undefined {
  for (const definition of definitions) {
    if (inside(definition.nameRange, offset)) return { kind: "definition", definition, place: place(definition.nameRange) };
    const found = inside(definition.range, offset) ? partAt(sema, definition, offset) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function partAt(sema: Semantics, definition: TypeDefinition, offset: number): Element | undefined {
  for (const variant of sema.variantsOf(definition)) {
    const { nameRange } = variant;
    if (nameRange !== undefined && inside(nameRange, offset)) return { kind: "variant", definition, variant, place: place(nameRange) };
    const found = fieldAt({ definition, variant }, variant.fields, offset);
    if (found !== undefined) return found;
  }
  return fieldAt({ definition, variant: undefined }, sema.fieldsOf(definition), offset);
}

interface Owner {
  readonly definition: TypeDefinition;
  readonly variant: VariantModel | undefined;
}

function fieldAt(owner: Owner, fields: readonly FieldModel[], offset: number): Element | undefined {
  for (const [fieldIndex, field] of fields.entries()) {
    const { nameRange, typeRange, typeText, layout } = field;
    if (nameRange !== undefined && inside(nameRange, offset))
      return { kind: "field", ...owner, field, fieldIndex, place: place(nameRange) };
    if (typeRange !== undefined && inside(typeRange, offset)) return { kind: "type", text: typeText, layout, place: place(typeRange) };
  }
  return undefined;
}

function inside(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

function place(range: Range): { readonly file: string; readonly start: number; readonly end: number } {
  return { file: FILE, ...range };
}
