/**
 * Reads a whole item off its text, without the parser: structures, enumerations, unions, type aliases and headers of impls in the forms
 * that nearly all have.
 *
 * Example: `#[repr(C)] pub struct A<T> { a: Vec<T> }` → all that `lowerUnit` makes of it.
 *
 * Invariants: an item reads as if it had been parsed (test/hir-def/read-item.test.ts); one of another form, or that may have a syntax
 * error, is not read. Costs a tenth of parsing it; a session that needs such items only does not start the parser at all.
 * Source: Reference, "Items".
 */
import { ItemText } from "./item-text.ts";
import type { RawGenerics, RawItem, RawVisibility } from "./item-tree.ts";
import { identifierText } from "./names.ts";
import { readRecord, readTupleFields, readVariants, readVisibility } from "./read-fields.ts";
import { readParams, readWhere } from "./read-generics.ts";
import { readType } from "./read-type.ts";
import type { Word } from "./text-reader.ts";

type Base = Pick<RawItem, "name" | "nameRange" | "range" | "attrs" | "visibility" | "hasError" | "isTooDeep" | "text" | "blocks">;

/** What stands in front of an item's own words. */
interface Begun {
  readonly attrs: RawItem["attrs"];
  readonly visibility: RawVisibility;
  /** Where the item starts, behind its attributes. */
  readonly start: number;
}

const DOC = /^#\s*\[\s*doc\b/;

/** The item that a text consists of; undefined where it has to be parsed. */
export function readItem(text: string): RawItem | undefined {
  const at = new ItemText(text);
  if (at.at !== 0 || DOC.test(text)) return undefined;
  const begun = readBegin(at);
  const item = begun === undefined ? undefined : readWorded(at, begun);
  return at.end === text.length && !at.isBroken ? item : undefined;
}

function readBegin(at: ItemText): Begun | undefined {
  const attrs = at.attributes();
  const start = at.at;
  const visibility = attrs === undefined ? undefined : readVisibility(at);
  if (attrs === undefined || visibility === undefined) return undefined;
  return { attrs, visibility: { kind: visibility === "pub" ? "public" : visibility }, start };
}

function readWorded(at: ItemText, begun: Begun): RawItem | undefined {
  const word = at.word();
  if (word === undefined) return undefined;
  at.take(word.end - at.at);
  switch (word.text) {
    case "struct":
      return readStruct(at, begun);
    case "union":
      return readUnion(at, begun);
    case "enum":
      return readEnum(at, begun);
    case "type":
      return readAlias(at, begun);
    case "unsafe":
      return begun.visibility.kind === "private" && at.eatWord("impl") ? readImpl(at, begun) : undefined;
    case "impl":
      return begun.visibility.kind === "private" ? readImpl(at, begun) : undefined;
    default:
      return undefined;
  }
}

/** The base of an item that has been read to its end. */
function baseOf(at: ItemText, { attrs, visibility, start }: Begun, name: Word | undefined): Base {
  const nameEnd = name?.end ?? start;
  return {
    name: name === undefined ? "" : identifierText(name.text),
    nameRange: { start: name === undefined ? start : nameEnd - name.text.length, end: nameEnd },
    range: { start, end: at.end },
    attrs,
    visibility,
    hasError: false,
    isTooDeep: false,
    text: at.text,
    blocks: [],
  };
}

function readStruct(at: ItemText, begun: Begun): RawItem | undefined {
  const name = at.name();
  const params = name === undefined ? undefined : readParams(at);
  if (params === undefined) return undefined;
  if (at.is("(")) return readTupleStruct(at, begun, { name, params });
  const where = readWhere(at);
  if (where === undefined) return undefined;
  const generics: RawGenerics = { params, where };
  if (at.eat(";")) {
    const base = baseOf(at, begun, name);
    return Object.assign(base, { kind: "struct", generics, shape: "unit", fields: [], headerEnd: at.end } as const);
  }
  return at.is("{") ? readRecordStruct(at, begun, { kind: "struct", name, generics }) : undefined;
}

interface Named {
  readonly name: Word | undefined;
}

function readTupleStruct(at: ItemText, begun: Begun, { name, params }: Named & Pick<RawGenerics, "params">): RawItem | undefined {
  const fields = readTupleFields(at);
  const where = fields === undefined ? undefined : readWhere(at);
  if (fields === undefined || where === undefined || !at.eat(";")) return undefined;
  const base = baseOf(at, begun, name);
  return Object.assign(base, { kind: "struct", generics: { params, where }, shape: "tuple", fields, headerEnd: at.end } as const);
}

function readRecordStruct(
  at: ItemText,
  begun: Begun,
  { kind, name, generics }: Named & { readonly kind: "struct" | "union"; readonly generics: RawGenerics },
): RawItem | undefined {
  const headerEnd = at.at + 1;
  const fields = readRecord(at);
  return fields === undefined
    ? undefined
    : Object.assign(baseOf(at, begun, name), { kind, generics, shape: "record", fields, headerEnd } as const);
}

function readUnion(at: ItemText, begun: Begun): RawItem | undefined {
  const name = at.name();
  const params = name === undefined ? undefined : readParams(at);
  const where = params === undefined ? undefined : readWhere(at);
  if (params === undefined || where === undefined || !at.is("{")) return undefined;
  return readRecordStruct(at, begun, { kind: "union", name, generics: { params, where } });
}

function readEnum(at: ItemText, begun: Begun): RawItem | undefined {
  const name = at.name();
  const params = name === undefined ? undefined : readParams(at);
  const where = params === undefined ? undefined : readWhere(at);
  if (params === undefined || where === undefined || !at.is("{")) return undefined;
  const headerEnd = at.at + 1;
  const variants = readVariants(at);
  return variants === undefined
    ? undefined
    : Object.assign(baseOf(at, begun, name), { kind: "enum", generics: { params, where }, variants, headerEnd } as const);
}

/** `type A<T> = B<T>;` */
function readAlias(at: ItemText, begun: Begun): RawItem | undefined {
  const name = at.name();
  const params = name === undefined ? undefined : readParams(at);
  const type = params === undefined || !at.eat("=") ? undefined : readType(at);
  if (params === undefined || type === undefined || !at.eat(";")) return undefined;
  return Object.assign(baseOf(at, begun, name), { kind: "typeAlias", generics: { params, where: [] }, type, bounds: [] } as const);
}

/** Behind `impl`: its types, and items that are types only. */
function readImpl(at: ItemText, begun: Begun): RawItem | undefined {
  const params = readParams(at);
  if (params === undefined) return undefined;
  const isNegative = at.eat("!");
  const first = readType(at);
  const isOfTrait = first !== undefined && at.eatWord("for");
  const traitPath = isOfTrait && first.kind === "path" && first.path.qualified === undefined ? first.path : undefined;
  if (first === undefined || (isOfTrait ? traitPath === undefined : isNegative)) return undefined;
  const selfType = isOfTrait ? readType(at) : first;
  const where = selfType === undefined ? undefined : readWhere(at);
  const bodyStart = at.at;
  const items = where === undefined || !at.eat("{") ? undefined : readTypeItems(at);
  if (selfType === undefined || where === undefined || items === undefined) return undefined;
  return Object.assign(baseOf(at, begun, undefined), {
    kind: "impl",
    traitName: traitPath?.segments.at(-1)?.name ?? "",
    traitRange: traitPath?.range,
    selfRange: selfType.range,
    bodyStart,
    generics: { params, where },
    traitPath,
    isNegative,
    selfType,
    items,
  } as const);
}

/** Behind `{`: `type A = B;` and no other items, up to the `}`. */
function readTypeItems(at: ItemText): readonly RawItem[] | undefined {
  const items: RawItem[] = [];
  while (!at.eat("}")) {
    const begun = readBegin(at);
    const item = begun !== undefined && at.eatWord("type") ? readAlias(at, begun) : undefined;
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}
