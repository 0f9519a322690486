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
import type { RawField, RawVariant, RawVisibility } from "./item-tree.ts";
import { identifierText } from "./names.ts";
import { readConst } from "./read-const.ts";
import { PRIVATE } from "./read-prefix.ts";
import { readPath, readType } from "./read-type.ts";

/** Takes `pub`, `pub(crate)`, `pub(in a::b)` and their like, if it is next. */
export function readVisibility(at: ItemText): RawVisibility | undefined {
  if (!at.eatWord("pub")) return PRIVATE;
  if (!at.is("(")) return PUBLIC;
  const written = /^\(\s*(\w+)\s*(\)?)/.exec(at.text.slice(at.at, at.at + LONGEST_VISIBILITY));
  const kind = written?.[1];
  if (kind === "in") return readPathVisibility(at);
  if (kind !== "crate" && kind !== "self" && kind !== "super") return PUBLIC;
  if (written?.[2] !== ")") return undefined;
  at.take(written[0].length);
  return { kind };
}

const PUBLIC: RawVisibility = { kind: "public" };
const LONGEST_VISIBILITY = 24;

/** Takes `(in a::b)`. */
function readPathVisibility(at: ItemText): RawVisibility | undefined {
  at.take(1);
  const path = at.eatWord("in") ? readPath(at) : undefined;
  return path === undefined || path.segments.some(({ args }) => args !== undefined) || !at.eat(")") ? undefined : { kind: "in", path };
}

/** Takes `{ … }`. */
export function readRecord(at: ItemText): readonly RawField[] | undefined {
  at.take(1);
  return at.list("}", () => readField(at));
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
  at.take(1);
  return at.list(")", (index) => readTupleField(at, index));
}

function readTupleField(at: ItemText, index: number): RawField | undefined {
  const attrs = at.attributes();
  const start = at.at;
  if (attrs === undefined || readVisibility(at) === undefined) return undefined;
  const from = at.at;
  const type = readType(at);
  if (type === undefined) return undefined;
  const nameRange = { start: from, end: at.end };
  const range = start === from ? nameRange : { start, end: at.end };
  return { name: String(index), nameRange, range, attrs, type, isUnsafe: undefined };
}

/** Takes the `{ … }` of an enum. */
export function readVariants(at: ItemText): readonly RawVariant[] | undefined {
  at.take(1);
  return at.list("}", () => readVariant(at));
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
