/**
 * Reads fields and variants off an item's text.
 *
 * Example: `{ #[cfg(a)] pub b: u8, c: Vec<u16> }` → a record with the fields b and c.
 *
 * Invariant: what it reads is what `lowerFields` and `lowerVariants` make of the parser's tree; see `read-type.ts`.
 * Source: Reference, "Structs", "Enumerations".
 */
import type { Expr } from "./expr.ts";
import type { ItemText } from "./item-text.ts";
import type { RawField, RawVariant } from "./item-tree.ts";
import { identifierText } from "./names.ts";
import { readConst, readType } from "./read-type.ts";

/** Takes `pub`, `pub(crate)`, `pub(self)` or `pub(super)`, if it is next: what is in its parentheses, "pub" for none. */
export function readVisibility(at: ItemText): "private" | "pub" | "crate" | "self" | "super" | undefined {
  if (!at.eatWord("pub")) return "private";
  if (at.sign !== "(") return "pub";
  const written = /^\(\s*(\w+)\s*(\)?)/.exec(at.text.slice(at.at, at.at + LONGEST_VISIBILITY));
  const word = written?.[1];
  if (word !== "crate" && word !== "self" && word !== "super") return word === "in" ? undefined : "pub";
  if (written?.[2] !== ")") return undefined;
  at.take(written[0].length);
  return word;
}

const LONGEST_VISIBILITY = 24;

/** Takes `{ … }`. */
export function readRecord(at: ItemText): readonly RawField[] | undefined {
  const fields: RawField[] = [];
  at.take(1);
  while (!at.is("}")) {
    const field = readField(at);
    if (field === undefined) return undefined;
    fields.push(field);
    if (!at.eat(",") && !at.is("}")) return undefined;
  }
  at.take(1);
  return fields;
}

function readField(at: ItemText): RawField | undefined {
  const attrs = at.attributes();
  const start = at.at;
  if (attrs === undefined || readVisibility(at) === undefined) return undefined;
  const from = at.at;
  const name = at.name();
  const type = name === undefined || at.is("::") || !at.eat(":") ? undefined : readType(at);
  if (name === undefined || type === undefined) return undefined;
  return {
    name: identifierText(name.text),
    nameRange: { start: from, end: name.end },
    range: { start, end: at.end },
    attrs,
    type,
    isUnsafe: undefined,
  };
}

/** Takes `( … )`. */
export function readTupleFields(at: ItemText): readonly RawField[] | undefined {
  const fields: RawField[] = [];
  at.take(1);
  while (!at.is(")")) {
    const attrs = at.attributes();
    const start = at.at;
    if (attrs === undefined || readVisibility(at) === undefined) return undefined;
    const from = at.at;
    const type = readType(at);
    if (type === undefined) return undefined;
    const range = { start, end: at.end };
    fields.push({ name: String(fields.length), nameRange: { start: from, end: at.end }, range, attrs, type, isUnsafe: undefined });
    if (!at.eat(",") && !at.is(")")) return undefined;
  }
  at.take(1);
  return fields;
}

/** Takes the `{ … }` of an enum. */
export function readVariants(at: ItemText): readonly RawVariant[] | undefined {
  const variants: RawVariant[] = [];
  at.take(1);
  while (!at.is("}")) {
    const variant = readVariant(at);
    if (variant === undefined) return undefined;
    variants.push(variant);
    if (!at.eat(",") && !at.is("}")) return undefined;
  }
  at.take(1);
  return variants;
}

function readVariant(at: ItemText): RawVariant | undefined {
  const attrs = at.attributes();
  const start = at.at;
  if (attrs === undefined || readVisibility(at) === undefined) return undefined;
  const from = at.at;
  const name = at.name();
  const shape = at.is("{") ? "record" : at.is("(") ? "tuple" : "unit";
  const fields = shape === "record" ? readRecord(at) : shape === "tuple" ? readTupleFields(at) : [];
  const discriminant: Expr | "none" | undefined = at.eat("=") ? readConst(at) : "none";
  if (name === undefined || fields === undefined || discriminant === undefined) return undefined;
  return {
    name: identifierText(name.text),
    nameRange: { start: from, end: name.end },
    range: { start, end: at.end },
    attrs,
    shape,
    fields,
    discriminant: discriminant === "none" ? undefined : discriminant,
  };
}
