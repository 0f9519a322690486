/**
 * Items of closed files and of macros' outputs, of which only names, attributes and visibility are read with the file. What else an
 * item says (fields, parameters, the items of an impl) is read when someone asks.
 *
 * Example: of the 900 items of a file a look-up reads the names, and of the struct it finds the fields.
 *
 * Invariant: an item reads as if it had been parsed whole; what is deferred is a function of the item's text. Deferred properties
 * are getters of a prototype, so that `encodeItems` leaves them out and asks for nothing.
 */
import { lazily } from "../base/lazily.ts";
import { ITEM_WORD } from "../syntax/skeleton.ts";
import type { SourceUnit } from "../syntax/unit-walker.ts";
import type { RawImpl, RawItem } from "./item-tree.ts";
import { lowerUnit } from "./lower-item.ts";

/** The item of a text that holds one, with all that stands in it; undefined where the text cannot be read alone. */
export type LowerWhole = (text: string) => RawItem | undefined;

const NO_GENERICS = { params: [], where: [] };
const COMMON = { hasError: true, isTooDeep: false, blocks: [] };
const ADT = { ...COMMON, generics: NO_GENERICS, headerEnd: 0 };
const CONSTANT = { ...COMMON, generics: NO_GENERICS, type: undefined, mutable: false, body: undefined };
const STRUCT = { ...ADT, shape: "unit", fields: [] };
const FUNCTION = { params: [], selfParam: "none", result: undefined, isConst: false, isAsync: false, isUnsafe: false, abi: undefined };

/** What is deferred, by kind of item, with what stands in for it where the text cannot be read alone. */
const DEFERRED: Partial<Record<RawItem["kind"], Readonly<Record<string, unknown>>>> = {
  struct: STRUCT,
  union: STRUCT,
  enum: { ...ADT, variants: [] },
  fn: { ...COMMON, ...FUNCTION, generics: NO_GENERICS, body: undefined },
  const: CONSTANT,
  static: CONSTANT,
  trait: { ...COMMON, generics: NO_GENERICS, supertraits: [], isAuto: false, items: [] },
  impl: { items: [] },
};

/** Where an item keeps what parses the whole of it, once. */
const WHOLE = Symbol("whole");

interface Deferred {
  readonly [WHOLE]: () => RawItem | undefined;
}

/** The item of a unit; where parts of it were left out they are deferred. */
export function lowerDeferred(unit: SourceUnit, whole: LowerWhole): RawItem {
  const raw = lowerUnit(unit);
  return unit.isSkeleton ? deferItem(raw, whole) : raw;
}

/** The item, asking for the parts of it that were left out. */
export function deferItem(raw: RawItem, whole: LowerWhole): RawItem {
  const prototype = PROTOTYPES.get(raw.kind);
  if (prototype === undefined) return raw;
  // Getters are the prototype's: to define them on each of thousands of items costs more than to parse it.
  const item = Object.create(prototype);
  item[WHOLE] = lazily(() => whole(raw.text));
  item.kind = raw.kind;
  item.name = raw.name;
  item.nameRange = raw.nameRange;
  item.range = raw.range;
  item.attrs = raw.attrs;
  item.visibility = raw.visibility;
  item.text = raw.text;
  return raw.kind === "impl" ? Object.assign(item, headOfImpl(raw)) : item;
}

/** What is read of an impl with its head. */
function headOfImpl(raw: RawImpl): Partial<RawImpl> {
  const { items: _, ...head } = raw;
  return head;
}

function descriptor(kind: string, key: string, fallback: unknown): PropertyDescriptor {
  const get = function (this: RawItem & Deferred): unknown {
    if (key === "blocks" && !ITEM_WORD.test(this.text.slice(this.nameRange.end))) return fallback;
    const whole = this[WHOLE]();
    return whole?.kind === kind ? Reflect.get(whole, key) : fallback;
  };
  return { get, enumerable: false, configurable: true };
}

/** By kind, of all items of it. */
const PROTOTYPES: ReadonlyMap<string, object> = new Map(
  Object.entries(DEFERRED).map(([kind, deferred]) => {
    const descriptors = Object.entries(deferred).map(([key, fallback]) => [key, descriptor(kind, key, fallback)]);
    return [kind, Object.defineProperties({}, Object.fromEntries(descriptors))];
  }),
);
