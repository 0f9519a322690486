/**
 * The definitions of one unit of a file, as they stand now.
 *
 * Invariant: what calls no macros is a function of the unit's text, its number among its namesakes and the cfg around: it is taken over
 * where the unit is, and found when someone asks.
 */
import type { RawItem } from "../hir-def/item-tree.ts";
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { PlacedDef } from "./source-map.ts";

/** What was found in a unit, with the places it had then. */
export interface Found {
  readonly start: number;
  readonly ordinal: number;
  /** The cfg that configures out what is around. */
  readonly inactive: string | undefined;
  /** Nothing but the unit's text decides: it calls no macros. */
  readonly isPure: boolean;
  readonly defs: readonly PlacedDef[];
  /** Whether there are types in it; true where that is not known yet. */
  readonly holdsTypes: boolean;
  /** Whether something in it is configured out. */
  readonly isPartlyInactive: boolean;
}

/** What stands in a unit that calls no macros: it is looked for when someone asks, since most of a large file's units are never asked. */
export class PureFound implements Found {
  readonly start: number;
  readonly ordinal: number;
  readonly inactive: string | undefined;
  readonly isPure = true;
  readonly #raw: RawItem;
  readonly #find: () => readonly PlacedDef[];
  #defs: readonly PlacedDef[] | undefined;

  constructor({ start, ordinal, inactive }: Pick<Found, "start" | "ordinal" | "inactive">, raw: RawItem, find: () => readonly PlacedDef[]) {
    this.start = start;
    this.ordinal = ordinal;
    this.inactive = inactive;
    this.#raw = raw;
    this.#find = find;
  }

  get defs(): readonly PlacedDef[] {
    this.#defs ??= this.#find();
    return this.#defs;
  }

  get isPartlyInactive(): boolean {
    return (this.inactive !== undefined || this.#raw.text.includes("cfg")) && this.defs.some(isInactive);
  }

  get holdsTypes(): boolean {
    return this.#defs === undefined ? TYPE_WORD.test(this.#raw.text) : this.#defs.some(isType);
  }
}

export function isInactive({ inactive }: PlacedDef): boolean {
  return inactive !== undefined;
}

/** A type is declared with one of these. */
const TYPE_WORD = /\b(?:struct|enum|union|type)\b/;

export function isType({ raw: { kind } }: PlacedDef): boolean {
  return kind === "struct" || kind === "enum" || kind === "union" || kind === "typeAlias";
}

/** The definitions of one unit of a file. */
export class UnitDefs {
  readonly unit: PlacedUnit<RawItem>;
  readonly found: Found;
  /** Of an inline module. */
  readonly inner: readonly UnitDefs[];
  #defs: readonly PlacedDef[] | undefined;

  constructor(unit: PlacedUnit<RawItem>, found: Found, inner: readonly UnitDefs[]) {
    this.unit = unit;
    this.found = found;
    this.inner = inner;
  }

  /** Where they stand now. */
  get defs(): readonly PlacedDef[] {
    const { defs, start } = this.found;
    const base = this.unit.start;
    if (base === start) return defs;
    this.#defs ??= defs.map((def) => ({ ...def, base }));
    return this.#defs;
  }
}
