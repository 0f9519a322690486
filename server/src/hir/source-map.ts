/**
 * Which definitions stand in a file, and where: the way back from names to text.
 *
 * Example: for `m! { struct A; }` the struct `A`, placed where its name is written; for `m!()` whose definition says `struct A;`,
 * placed at the call.
 *
 * Invariant: covers inline modules, bodies of functions and consts, impls and traits, and what macro calls make; ids are those name
 * resolution uses.
 */
import type { FilePath } from "../base/path.ts";
import { attrValue, cfgState, effectiveAttrs } from "../hir-def/attrs.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { DefId, DefKind, ModuleId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";
import type { Attr, RawBlock, RawItem, RawMacroCall, RawModule } from "../hir-def/item-tree.ts";
import { MacroBudget } from "../hir-def/macro-budget.ts";
import type { ItemListId } from "../hir-def/macro-call.ts";
import { calledName, prefixOf } from "../hir-def/macro-call.ts";
import { expandListFor } from "../hir-def/macro-items.ts";
import { mayMake } from "../hir-def/macro-reach.ts";
import { inlineOrigin } from "../hir-def/module-files.ts";
import { OrdinalCounter } from "../hir-def/scope.ts";
import { implName } from "../hir-def/scope-item.ts";
import type { Expansion } from "../hir-expand/expansion.ts";
import { originAt } from "../hir-expand/expansion.ts";
import type { Span } from "../hir-expand/token.ts";
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { Placement } from "./placement.ts";
import { writtenRange } from "./placement.ts";
import type { Found } from "./unit-defs.ts";
import { isInactive, isType, PureFound, UnitDefs } from "./unit-defs.ts";

/** A definition with the place of its item. */
export interface PlacedDef extends Placement {
  readonly def: DefId;
  readonly raw: RawItem;
  readonly isLocal: boolean;
  /** The cfg that configures the definition or something around it out. */
  readonly inactive: string | undefined;
  /** The written macro call the definition stands in or comes from. */
  readonly inMacro: string | undefined;
}

const WHOLE_FILE: Placement = { base: 0, map: undefined, call: undefined };

interface Walk {
  /** Calls met below the written call the walk is in. */
  budget: MacroBudget;
  /** Calls met at all: what they make is not a matter of the text alone. */
  callsMet: number;
  readonly defs: DefDb;
  out: PlacedDef[];
}

interface At {
  readonly module: ModuleId;
  readonly container: DefId | undefined;
  /** The list of items the walk is in. */
  readonly list: ItemListId;
  readonly place: Placement;
  /** Finds tokens of the calls around. */
  readonly locate: ((span: Span) => RelRange | undefined) | undefined;
  readonly isLocal: boolean;
  readonly inactive: string | undefined;
  readonly inMacro: string | undefined;
}

/** A file, the module it is or is included in, and the cfg that configures the module out. */
export interface FileOfModule {
  readonly module: ModuleId;
  readonly file: FilePath;
  readonly inactive: string | undefined;
}

interface WhichUnits {
  /** The units before an edit: those that are the same still are taken over. */
  readonly former: readonly UnitDefs[];
  /** The place of the only unit that is wanted: its index, then that of a unit in it; empty: all are. */
  readonly only: readonly number[];
}

export const ALL_UNITS: WhichUnits = { former: [], only: [] };

/**
 * The definitions of a file that is a module of a crate or included in one, by unit, in source order: of all units, or of the one
 * that is wanted. Its place counts in the file's own units: in an included file all are listed.
 */
export function definitionsInFile(
  defs: DefDb,
  { module, file, inactive }: FileOfModule,
  { former, only }: WhichUnits = ALL_UNITS,
): readonly UnitDefs[] {
  const walk: Walk = { budget: new MacroBudget(0), callsMet: 0, defs, out: [] };
  const at: At = {
    module,
    container: undefined,
    list: module,
    place: WHOLE_FILE,
    locate: undefined,
    isLocal: false,
    inactive,
    inMacro: undefined,
  };
  if (module.origin.kind === "file" && module.origin.path === file)
    return unitDefs(walk, at, defs.source.placedUnits(file), { former, only });
  return includedParts(defs, module).flatMap((part) => {
    const call = part.file === file ? defs.macros.calls.byPrefix(module, part.prefix) : undefined;
    return call === undefined ? [] : unitDefs(walk, { ...at, list: call }, defs.source.placedUnits(file), ALL_UNITS);
  });
}

/** The definitions of the wanted units, one after the other. */
export function* flatDefs(units: readonly UnitDefs[], wanted: (unit: UnitDefs) => boolean): Generator<PlacedDef> {
  for (const one of units) {
    if (!wanted(one)) continue;
    yield* one.defs;
    yield* flatDefs(one.inner, wanted);
  }
}

function unitDefs(walk: Walk, at: At, units: readonly PlacedUnit<RawItem>[], { former, only }: WhichUnits): readonly UnitDefs[] {
  const [wanted] = only;
  if (wanted !== undefined) return wantedDefs(walk, at, units.slice(0, wanted + 1), only);
  const ordinals = new OrdinalCounter();
  return units.map((unit, i) => {
    const one = former[i];
    const prior = one?.unit.value === unit.value ? one : former[i + former.length - units.length];
    const ordinal = ordinals.peek(unit.value);
    if (unit.kind === "module" && unit.value.kind === "module")
      return moduleDefs(walk, at, { unit, raw: unit.value, inner: unit.units, ordinals }, { prior, only });
    if (prior?.unit.value !== unit.value || !isStillTrue(prior.found, ordinal, at)) return itemDefs(walk, at, unit, ordinals);
    ordinals.next(unit.value);
    return prior.unit === unit ? prior : new UnitDefs(unit, prior.found, []);
  });
}

/** The definitions of the last unit. */
function wantedDefs(walk: Walk, at: At, units: readonly PlacedUnit<RawItem>[], [, ...only]: readonly number[]): readonly UnitDefs[] {
  const ordinals = new OrdinalCounter();
  for (const { value } of units.slice(0, -1)) countItem(ordinals, value);
  return units.slice(-1).map((unit) => {
    if (unit.kind !== "module" || unit.value.kind !== "module") return itemDefs(walk, at, unit, ordinals);
    return moduleDefs(walk, at, { unit, raw: unit.value, inner: unit.units, ordinals }, { prior: undefined, only });
  });
}

/** The items of an extern block are numbered with those around it. */
function countItem(ordinals: OrdinalCounter, raw: RawItem): void {
  ordinals.next(raw);
  if (raw.kind === "foreignBlock") for (const item of raw.items) countItem(ordinals, item);
}

function isStillTrue(found: Found, ordinal: number, at: At): boolean {
  return found.isPure && found.ordinal === ordinal && found.inactive === at.inactive;
}

interface ModuleUnit {
  readonly unit: PlacedUnit<RawItem>;
  readonly raw: RawModule;
  readonly inner: readonly PlacedUnit<RawItem>[];
  readonly ordinals: OrdinalCounter;
}

interface WhichInside {
  readonly prior: UnitDefs | undefined;
  readonly only: readonly number[];
}

function moduleDefs(walk: Walk, at: At, { unit, raw, inner: units, ordinals }: ModuleUnit, { prior, only }: WhichInside): UnitDefs {
  const ordinal = ordinals.next(raw);
  const module = inlineModule(walk, at, raw, ordinal);
  const found = { start: unit.start, ordinal, inactive: at.inactive, isPure: false, defs: [], holdsTypes: false, isPartlyInactive: false };
  const here = { ...at, inactive: at.inactive ?? inactiveCfg(walk, at.module, raw), module, list: module };
  const isSame = prior?.unit.value === raw && prior.found.ordinal === ordinal;
  const inner = unitDefs(walk, here, units, { former: isSame ? prior.inner : [], only });
  return new UnitDefs(unit, found, inner);
}

/** Kinds of items that come with no other but those in them. */
const ALONE: ReadonlySet<RawItem["kind"]> = new Set(["struct", "union", "enum", "typeAlias", "const", "static", "fn", "trait", "impl"]);

/** Every macro call has one. */
const MACRO_SIGN = /!(?!=)/;

function itemDefs(walk: Walk, at: At, unit: PlacedUnit<RawItem>, ordinals: OrdinalCounter): UnitDefs {
  const raw = unit.value;
  const { module, container, list, locate, isLocal, inMacro } = at;
  const place: Placement = { base: unit.start, map: undefined, call: undefined };
  const inactive = at.inactive ?? inactiveCfg(walk, module, raw);
  const here: At = { module, container, list, place, locate, isLocal, inactive, inMacro };
  if (ALONE.has(raw.kind) && !MACRO_SIGN.test(raw.text)) {
    const { defs } = walk;
    const ordinal = ordinals.next(raw);
    const find = (): readonly PlacedDef[] => {
      const own: Walk = { budget: new MacroBudget(0), callsMet: 0, defs, out: [] };
      visitNumbered(own, here, raw, ordinal);
      return own.out;
    };
    return new UnitDefs(unit, new PureFound({ start: unit.start, ordinal, inactive: at.inactive }, raw, find), []);
  }
  const ordinal = ordinals.peek(raw);
  const before = walk.callsMet;
  walk.out = [];
  visitItem(walk, here, raw, ordinals);
  // What is numbered with an extern block's items is not a matter of one text alone.
  const isPure = walk.callsMet === before && raw.kind !== "foreignBlock";
  const [defs, holdsTypes] = [walk.out, walk.out.some(isType)];
  const found = { start: unit.start, ordinal, inactive: at.inactive, isPure, defs, holdsTypes, isPartlyInactive: defs.some(isInactive) };
  return new UnitDefs(unit, found, []);
}

function includedParts(defs: DefDb, module: ModuleId): ReturnType<typeof expandListFor>["parts"] {
  return defs.scope(module).macroCalls.length === 0 ? [] : expandListFor(defs, module, ["include"]).parts;
}

/** The units of a macro's output. */
function visitUnits(walk: Walk, at: At, units: readonly PlacedUnit<RawItem>[], expansion: Expansion): void {
  const ordinals = new OrdinalCounter();
  for (const unit of units) {
    const raw = unit.value;
    const place = expandedPlace(at, expansion, unit.start);
    const here: At = { ...at, place, inactive: at.inactive ?? inactiveCfg(walk, at.module, raw) };
    if (unit.kind === "module" && raw.kind === "module") {
      const ordinal = ordinals.next(raw);
      if (!raw.isInline) continue;
      const module = inlineModule(walk, at, raw, ordinal);
      visitUnits(walk, { ...here, module, list: module }, unit.units, expansion);
    } else {
      visitItem(walk, here, raw, ordinals);
    }
  }
}

function inlineModule(walk: Walk, at: At, raw: RawModule, ordinal: number): ModuleId {
  const path = attrValue(effectiveAttrs(raw.attrs, walk.defs.crate(at.module.krate).cfg), "path");
  return walk.defs.ids.child(at.module, raw.name, inlineOrigin(at.module, ordinal, path), prefixIn(at));
}

function prefixIn(at: At): string {
  return at.list.kind === "macroCall" ? at.list.prefix : "";
}

function visitItems(walk: Walk, at: At, items: readonly RawItem[]): void {
  const ordinals = new OrdinalCounter();
  for (const raw of items) visitItem(walk, { ...at, inactive: at.inactive ?? inactiveCfg(walk, at.module, raw) }, raw, ordinals);
}

function inactiveCfg(walk: Walk, module: ModuleId, raw: { readonly attrs: readonly Attr[] }): string | undefined {
  if (raw.attrs.length === 0) return undefined;
  const state = cfgState(raw.attrs, walk.defs.crate(module.krate).cfg);
  return state.kind === "inactive" ? state.cfg : undefined;
}

function visitItem(walk: Walk, at: At, raw: RawItem, ordinals: OrdinalCounter): void {
  const ordinal = ordinals.next(raw);
  if (raw.kind === "foreignBlock") for (const item of raw.items) visitItem(walk, at, item, ordinals);
  else visitNumbered(walk, at, raw, ordinal);
}

function visitNumbered(walk: Walk, at: At, raw: RawItem, ordinal: number): void {
  switch (raw.kind) {
    case "module": {
      if (!raw.isInline) return;
      const module = inlineModule(walk, at, raw, ordinal);
      visitItems(walk, { ...at, module, list: module }, raw.items ?? []);
      return;
    }
    case "macroCall":
      visitCall(walk, at, raw, ordinal);
      return;
    case "impl":
    case "trait": {
      const def = placeIn(walk, at, { raw, kind: raw.kind, name: raw.kind === "impl" ? implName(raw.text, raw) : raw.name, ordinal });
      visitBlocks(walk, at, { owner: def, path: [] }, raw.blocks);
      visitItems(walk, { ...at, container: def, list: def }, raw.items);
      return;
    }
    case "fn":
    case "const":
    case "static":
    case "struct":
    case "union":
    case "enum":
    case "typeAlias": {
      const def = placeIn(walk, at, { raw, kind: raw.kind, name: raw.name, ordinal });
      visitBlocks(walk, at, { owner: def, path: [] }, raw.blocks);
      return;
    }
    case "traitAlias":
    case "foreignType":
      placeIn(walk, at, { raw, kind: raw.kind, name: raw.name, ordinal });
      return;
    default:
      return;
  }
}

function placeIn(
  walk: Walk,
  at: At,
  item: { readonly raw: RawItem; readonly kind: DefKind; readonly name: string; readonly ordinal: number },
): DefId {
  const def = walk.defs.ids.def({ module: at.module, container: at.container }, item.kind, item.name, `${prefixIn(at)}${item.ordinal}`);
  // Written out: files have thousands of items, and a spread costs many times as much.
  const { base, map, call } = at.place;
  walk.out.push({ base, map, call, def, raw: item.raw, isLocal: at.isLocal, inactive: at.inactive, inMacro: at.inMacro });
  return def;
}

function visitBlocks(
  walk: Walk,
  at: At,
  body: { readonly owner: DefId; readonly path: readonly number[] },
  blocks: readonly RawBlock[],
): void {
  blocks.forEach((block, i) => {
    const path = [...body.path, i];
    const module = walk.defs.blockModule(body.owner, path);
    const inactive = at.inactive ?? inactiveCfg(walk, at.module, block);
    visitItems(walk, { ...at, inactive, module, container: undefined, list: module, isLocal: true }, block.items);
    visitBlocks(walk, { ...at, inactive }, { owner: body.owner, path }, block.blocks);
  });
}

// --- macro calls ---

/** What a text holds that makes something to list, or something that holds it. */
const LISTED = ["struct", "enum", "union", "type"];

function visitCall(walk: Walk, at: At, raw: RawMacroCall, ordinal: number): void {
  const { macros } = walk.defs;
  walk.callsMet += 1;
  if (at.inactive !== undefined) return;
  if (at.inMacro === undefined) walk.budget = new MacroBudget(raw.text.length);
  if (!walk.budget.takeCall(at.list)) return;
  const call = macros.calls.get(at.list, calledName(raw), ordinal);
  const declared = macros.declaredCall(call);
  if (declared === undefined || !mayMake(walk.defs, at.list, declared, LISTED)) return;
  const result = macros.result(call);
  if (result.kind !== "items" || result.expansion === undefined) return;
  walk.budget.takeResult(at.list, call, result);
  const locate = (span: Span): RelRange | undefined => (span.source === call.key ? writtenRange(at.place, span) : at.locate?.(span));
  const outer = at.place.call ?? writtenRange(at.place, { start: raw.range.start, end: raw.path.range.end });
  const inner: At = { ...at, list: call, locate, place: { ...at.place, call: outer }, inMacro: at.inMacro ?? call.name };
  visitUnits(walk, inner, result.units, result.expansion);
}

/** The place of an item that starts at an offset of an expansion. */
function expandedPlace(at: At, expansion: Expansion, start: number): Placement {
  const map = (range: RelRange): RelRange | undefined => originRange(at, expansion, { start: start + range.start, end: start + range.end });
  return { base: 0, map, call: at.place.call };
}

/** Where a piece of an expansion is written, if its first and last tokens are. */
function originRange(at: At, expansion: Expansion, range: RelRange): RelRange | undefined {
  const first = originAt(expansion, range.start);
  const last = originAt(expansion, Math.max(range.start, range.end - 1));
  if (first?.kind !== "call") return undefined;
  const start = at.locate?.(first.written);
  const end = last?.kind === "call" ? at.locate?.(last.written) : undefined;
  return start === undefined ? undefined : { start: start.start, end: end === undefined || end.end < start.start ? start.end : end.end };
}

/** The files whose text macro calls of a module put into it. */
export function includedFiles(defs: DefDb, module: ModuleId): readonly FilePath[] {
  return includedParts(defs, module).flatMap((part) => part.file ?? []);
}

/** The included file a definition is written in; undefined for one of its module's own text. */
export function includedFileOf(defs: DefDb, def: DefId): FilePath | undefined {
  const top = def.container ?? def;
  for (let at = defs.macros.calls.byPrefix(top.module, prefixOf(top.ordinal)); at !== undefined; at = at.parent) {
    const result = defs.macros.result(at);
    if (result.kind === "items" && result.file !== undefined) return result.file;
  }
  return undefined;
}
