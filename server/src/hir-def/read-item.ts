/**
 * Reads a whole item off its text, without the parser: all kinds of items with types in them, in the forms that nearly all have.
 *
 * Example: `#[repr(C)] pub struct A<T> { a: Vec<T> }` → all that `lowerUnit` makes of it.
 *
 * Invariants: an item reads as if it had been parsed (test/hir-def/read-item.test.ts); one of another form, or that may have a syntax
 * error, is not read. Costs a tenth of parsing it; a session that needs such items only does not start the parser at all.
 * Source: Reference, "Items".
 */
import { ItemText } from "./item-text.ts";
import type { RawGenerics, RawItem, RawTypeAlias } from "./item-tree.ts";
import { readAlias, readImpl, readTrait } from "./read-assoc.ts";
import type { Begun } from "./read-base.ts";
import { baseOf, readBegin } from "./read-base.ts";
import { readRecord, readTupleFields, readVariants } from "./read-fields.ts";
import { readConstItem, readFn } from "./read-fn.ts";
import { readParams, readWhere } from "./read-generics.ts";
import type { Word } from "./text-reader.ts";

const DOC = /^#\s*\[\s*doc\b/;

/** The item that a text consists of; undefined where it has to be parsed. */
export function readItem(text: string): RawItem | undefined {
  const at = new ItemText(text);
  if (at.at !== 0 || DOC.test(text)) return undefined;
  const begun = readBegin(at);
  const item = begun === undefined ? undefined : readWorded(at, begun);
  return at.end === text.length && !at.isBroken ? item : undefined;
}

function readWorded(at: ItemText, begun: Begun): RawItem | undefined {
  switch (at.word()?.text) {
    case "struct":
      at.take("struct".length);
      return readStruct(at, begun);
    case "union":
      at.take("union".length);
      return readUnion(at, begun);
    case "enum":
      at.take("enum".length);
      return readEnum(at, begun);
    case "type":
      at.take("type".length);
      return isFree(readAlias(at, begun));
    case "impl":
    case "trait":
    case "auto":
    case "unsafe":
      return readBlock(at, begun);
    case "const":
      return CONST.test(at.text.slice(at.at, at.at + LONGEST_CONST)) && at.eatWord("const") ? readConstItem(at, begun) : readFn(at, begun);
    default:
      return readFn(at, begun);
  }
}

const CONST = /^const\s+\w+\s*:/;
const LONGEST_CONST = 100;

/** An alias that stands in no impl or trait says its type. */
function isFree(alias: RawTypeAlias | undefined): RawTypeAlias | undefined {
  return alias?.type === undefined ? undefined : alias;
}

const UNSAFE_IMPL = /^(?:unsafe\s+)?impl\b/;
const UNSAFE_TRAIT = /^(?:unsafe\s+)?(?:auto\s+)?trait\b/;
const REACH = 40;

function readBlock(at: ItemText, begun: Begun): RawItem | undefined {
  const words = at.text.slice(at.at, at.at + REACH);
  if (UNSAFE_TRAIT.test(words)) return readTrait(at, begun);
  if (!UNSAFE_IMPL.test(words)) return readFn(at, begun);
  if (begun.visibility.kind !== "private") return undefined;
  at.eatWord("unsafe");
  at.take("impl".length);
  return readImpl(at, begun);
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
