/**
 * Which definitions stand in a file, and where: the way back from names to text.
 *
 * Invariant: covers inline modules, bodies of functions and consts, impls and traits; ids are those name resolution uses.
 */
import type { FilePath } from "../base/path.ts";
import { cfgState } from "../hir-def/attrs.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import { implName } from "../hir-def/def-db.ts";
import type { DefId, DefKind, ModuleId } from "../hir-def/def-id.ts";
import type { RawBlock, RawItem } from "../hir-def/item-tree.ts";
import { OrdinalCounter } from "../hir-def/scope.ts";
import type { PlacedUnit } from "../syntax/parser.ts";

/** A definition with the offset (UTF-16, in the file) its item's ranges count from. */
export interface PlacedDef {
  readonly def: DefId;
  readonly raw: RawItem;
  readonly base: number;
  readonly isLocal: boolean;
  /** The cfg that configures the definition or something around it out. */
  readonly inactive: string | undefined;
  readonly inMacro: string | undefined;
}

interface Walk {
  readonly defs: DefDb;
  readonly out: PlacedDef[];
}

interface At {
  readonly module: ModuleId;
  readonly container: DefId | undefined;
  readonly base: number;
  readonly isLocal: boolean;
  readonly inactive: string | undefined;
}

/** All definitions of a file that is a module of a crate, in source order. */
export function definitionsInFile(defs: DefDb, module: ModuleId, file: FilePath): readonly PlacedDef[] {
  const walk: Walk = { defs, out: [] };
  visitUnits(walk, { module, container: undefined, base: 0, isLocal: false, inactive: undefined }, defs.source.placedUnits(file));
  return walk.out;
}

function visitUnits(walk: Walk, at: At, units: readonly PlacedUnit<RawItem>[]): void {
  const ordinals = new OrdinalCounter();
  for (const unit of units) {
    const raw = unit.value;
    const here: At = { ...at, base: unit.start, inactive: at.inactive ?? inactiveCfg(walk, at.module, raw) };
    if (unit.kind === "module" && raw.kind === "module") {
      ordinals.next(raw);
      visitUnits(walk, { ...here, module: walk.defs.ids.child(at.module, raw.name, { kind: "inline" }) }, unit.units);
    } else {
      visitItem(walk, here, raw, ordinals);
    }
  }
}

function visitItems(walk: Walk, at: At, items: readonly RawItem[]): void {
  const ordinals = new OrdinalCounter();
  for (const raw of items) visitItem(walk, { ...at, inactive: at.inactive ?? inactiveCfg(walk, at.module, raw) }, raw, ordinals);
}

function inactiveCfg(walk: Walk, module: ModuleId, raw: RawItem): string | undefined {
  if (raw.attrs.length === 0) return undefined;
  const state = cfgState(raw.attrs, walk.defs.crate(module.krate).cfg);
  return state.kind === "inactive" ? state.cfg : undefined;
}

function visitItem(walk: Walk, at: At, raw: RawItem, ordinals: OrdinalCounter): void {
  const ordinal = ordinals.next(raw);
  switch (raw.kind) {
    case "module":
      visitItems(walk, { ...at, module: walk.defs.ids.child(at.module, raw.name, { kind: "inline" }) }, raw.items ?? []);
      return;
    case "foreignBlock":
      for (const item of raw.items) visitItem(walk, at, item, ordinals);
      return;
    case "impl":
    case "trait": {
      const def = place(walk, at, { raw, kind: raw.kind, name: raw.kind === "impl" ? implName(raw.text, raw) : raw.name, ordinal });
      visitItems(walk, { ...at, container: def }, raw.items);
      return;
    }
    case "fn":
    case "const":
    case "static": {
      const def = place(walk, at, { raw, kind: raw.kind, name: raw.name, ordinal });
      visitBlocks(walk, at, { owner: def, path: [] }, raw.blocks);
      return;
    }
    case "struct":
    case "union":
    case "enum":
    case "typeAlias":
    case "traitAlias":
    case "foreignType":
      place(walk, at, { raw, kind: raw.kind, name: raw.name, ordinal });
      return;
    default:
      return;
  }
}

function place(
  walk: Walk,
  at: At,
  item: { readonly raw: RawItem; readonly kind: DefKind; readonly name: string; readonly ordinal: number },
): DefId {
  const def = walk.defs.ids.def({ module: at.module, container: at.container }, item.kind, item.name, String(item.ordinal));
  walk.out.push({ def, raw: item.raw, base: at.base, isLocal: at.isLocal, inactive: at.inactive, inMacro: undefined });
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
    visitItems(walk, { ...at, module, container: undefined, isLocal: true }, block.items);
    visitBlocks(walk, at, { owner: body.owner, path }, block.blocks);
  });
}
