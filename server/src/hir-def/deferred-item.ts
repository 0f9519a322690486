/**
 * Items of closed files and of macros' outputs, of which only names, attributes and visibility are read with the file. What else an
 * item says (fields, parameters, the items of an impl) is read when someone asks.
 *
 * Example: of the 900 items of a file a look-up reads the names, and of the struct it finds the fields.
 *
 * Invariant: an item reads as if it had been parsed whole; what is deferred is a function of the item's text. Deferred properties are
 * not enumerable, so that `encodeItems` leaves them out and asks for nothing.
 */
import { lazily } from "../base/lazily.ts";
import { ITEM_WORD } from "../syntax/skeleton.ts";
import type { SourceUnit } from "../syntax/unit-walker.ts";
import type { RawItem } from "./item-tree.ts";
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

const wholes = new WeakMap<object, () => RawItem | undefined>();

/** The item of a unit; where parts of it were left out they are deferred. */
export function lowerDeferred(unit: SourceUnit, whole: LowerWhole): RawItem {
  const raw = lowerUnit(unit);
  return unit.isSkeleton ? deferItem(raw, whole) : raw;
}

/** Makes an item of which parts were left out ask for them. */
export function deferItem(raw: RawItem, whole: LowerWhole): RawItem {
  const descriptors = DESCRIPTORS.get(raw.kind);
  if (descriptors === undefined) return raw;
  wholes.set(
    raw,
    lazily(() => whole(raw.text)),
  );
  return Object.defineProperties(raw, descriptors);
}

function descriptor(kind: string, key: string, fallback: unknown): PropertyDescriptor {
  const get = function (this: RawItem): unknown {
    if (key === "blocks" && !ITEM_WORD.test(this.text.slice(this.nameRange.end))) return fallback;
    const whole = wholes.get(this)?.();
    return whole?.kind === kind ? Reflect.get(whole, key) : fallback;
  };
  return { get, enumerable: false, configurable: true };
}

/** By kind, shared by all items of it. */
const DESCRIPTORS: ReadonlyMap<string, PropertyDescriptorMap> = new Map(
  Object.entries(DEFERRED).map(([kind, deferred]) => [
    kind,
    Object.fromEntries(Object.entries(deferred).map(([key, fallback]) => [key, descriptor(kind, key, fallback)])),
  ]),
);
