/**
 * Items of a text as a string, to be kept where texts outlive the process, and back.
 *
 * Example: the units of `struct A;` become JSON without the source's own text: an item says how long its text is, and its text is
 * cut out of the source again.
 *
 * Invariants: a function of the units alone; `decodeItems(source, encodeItems(units))` is what parsing `source` gives, but for
 * properties that are undefined, which are left out, and what was deferred, which is again. Whoever keeps the string vouches that it
 * comes back as it was, for the same source and the same version of this program.
 */
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { LowerWhole } from "./deferred-item.ts";
import { deferItem } from "./deferred-item.ts";
import type { RawItem } from "./item-tree.ts";

/** Keeps encoded items by the text they were parsed from. A host without a place for them has none. */
export interface ItemCache {
  /** What `encodeItems` made of the same text, if it is kept. */
  read(text: string): string | undefined;
  /** Keeps what `encode` gives, which is asked for when there is time. */
  write(text: string, encode: () => string): void;
}

type Units = readonly PlacedUnit<RawItem>[];
type Fields = Record<string, unknown>;

/** Marks in front of the JSON: whether it holds integers, which JSON cannot. */
const PLAIN = "0";
const WITH_INTEGERS = "1";

/** The units as a string. */
export function encodeItems(units: Units): string {
  let mark = PLAIN;
  const json = JSON.stringify(units, function (this: unknown, key, value: unknown) {
    if (typeof value === "bigint") {
      mark = WITH_INTEGERS;
      return String(value);
    }
    return typeof value === "string" && isSourceText(this, key) ? value.length : value;
  });
  return mark + json;
}

/** Whether a property repeats a part of the source: an item's text, a call's arguments, a macro's rules. */
function isSourceText(holder: unknown, key: string): boolean {
  if (key !== "text" && key !== "args" && key !== "body") return false;
  if (!isFields(holder) || holder["visibility"] === undefined) return false;
  return key === "text" || (key === "args" && holder["kind"] === "macroCall") || (key === "body" && holder["kind"] === "macroDef");
}

/**
 * The units of a source from their string; undefined for a string that `encodeItems` has not made. `whole` lowers what was
 * deferred.
 */
export function decodeItems(source: string, encoded: string, whole: LowerWhole): Units | undefined {
  const parsed = parseJson(encoded.slice(1));
  if (!isUnits(parsed)) return undefined;
  if (encoded.startsWith(WITH_INTEGERS)) reviveIntegers(parsed);
  restoreUnits(source, parsed);
  return deferMissing(parsed, whole);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function restoreUnits(source: string, units: unknown): void {
  for (const unit of listOf(units)) {
    const { start, value, units: inner } = unit;
    const length = isFields(value) ? value["text"] : undefined;
    if (typeof start === "number" && typeof length === "number" && isFields(value)) restoreItem(source.slice(start, start + length), value);
    restoreUnits(source, inner);
  }
}

function restoreItem(text: string, item: Fields): void {
  item["text"] = text;
  if (item["kind"] === "macroCall") item["args"] = piece(text, item["argsStart"], item["args"]);
  if (item["kind"] === "macroDef") item["body"] = piece(text, item["bodyStart"], item["body"]);
  for (const inner of listOf(item["items"])) restoreItem(text, inner);
  restoreBlocks(text, item["blocks"]);
}

function restoreBlocks(text: string, blocks: unknown): void {
  for (const { items, blocks: inner } of listOf(blocks)) {
    for (const item of listOf(items)) restoreItem(text, item);
    restoreBlocks(text, inner);
  }
}

/** What was deferred when the units were encoded is not in the string. */
function deferMissing(units: Units, whole: LowerWhole): Units {
  return units.map((unit) => {
    if (unit.kind === "module") return { ...unit, units: deferMissing(unit.units, whole) };
    return "blocks" in unit.value ? unit : { ...unit, value: deferItem(unit.value, whole) };
  });
}

function piece(text: string, start: unknown, length: unknown): string {
  return typeof start === "number" && typeof length === "number" ? text.slice(start, start + length) : "";
}

/** Integer literals are written as `{ kind: "int", value: "12" }`. */
function reviveIntegers(value: unknown): void {
  if (Array.isArray(value)) {
    for (const element of value) reviveIntegers(element);
  } else if (isFields(value)) {
    if (value["kind"] === "int" && typeof value["value"] === "string") value["value"] = BigInt(value["value"]);
    else for (const key in value) reviveIntegers(value[key]);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value : [];
}

/** What is kept came from `encodeItems`: the keeper vouches for the rest. */
function isUnits(value: unknown): value is Units {
  return Array.isArray(value);
}
