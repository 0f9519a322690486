/**
 * Identities of macro calls that may make items, and what they make.
 *
 * Example: in `cfg_rt! { m! {} }` the outer call has prefix `!cfg_rt#0/`, the inner one `!cfg_rt#0/!m#0/`; an item `S` made by the
 * inner one has the ordinal `!cfg_rt#0/!m#0/0`.
 *
 * Invariants: interned, one object a call; a call is named by the module (or impl, trait) it stands in, the calls it came from, its
 * macro's name and its ordinal among calls of that name, not by its place. Calls that are followed in one go (macro-chain.ts) have no
 * identity of their own.
 */
import type { FilePath } from "../base/path.ts";
import type { CrateId } from "../db/crate-graph.ts";
import type { QueryRuntime } from "../db/query-runtime.ts";
import type { Expansion } from "../hir-expand/expansion.ts";
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { DefId, DefKind, IdInterner, ModuleId } from "./def-id.ts";
import type { RawItem, RawMacroCall } from "./item-tree.ts";
import type { MacroChain } from "./macro-chain.ts";
import type { MacroDb } from "./macro-db.ts";
import type { NameDb, NameProblem, ScopePart } from "./name-db.ts";
import type { DeclaredModule, ModuleScope } from "./scope.ts";
import type { SourceDb } from "./source-db.ts";

export interface MacroCallId {
  readonly kind: "macroCall";
  readonly key: string;
  readonly module: ModuleId;
  /** The impl or trait whose body the call stands in. */
  readonly container: DefId | undefined;
  /** The call whose output this one stands in. */
  readonly parent: MacroCallId | undefined;
  /** What ordinals of definitions made by the call start with. */
  readonly prefix: string;
  readonly name: string;
  readonly ordinal: number;
}

/** A list of items: a module's own, that of an impl or trait, or the output of a call. */
export type ItemListId = ModuleId | DefId | MacroCallId;

/** The items a call made. */
export interface MacroOutput extends ScopePart {
  readonly kind: "items";
  readonly scope: ModuleScope;
  readonly prefix: string;
  readonly units: readonly PlacedUnit<RawItem>[];
  /** How many calls stand around the items. */
  readonly depth: number;
  /** For declarative macros: what it took to make them. */
  readonly chain: MacroChain | undefined;
  /** It holds nothing but calls of the same macro, one for each part of the call (split-call.ts). */
  readonly isSplit: boolean;
  /** Where tokens came from; undefined for an included file. */
  readonly expansion: Expansion | undefined;
  /** The file an `include!` put in place of the call. */
  readonly file: FilePath | undefined;
}

export type MacroResult =
  | MacroOutput
  /** Makes no items. */
  | { readonly kind: "none" }
  | { readonly kind: "problem"; readonly problem: NameProblem };

/** What a macro call names. */
export type MacroTarget =
  | { readonly kind: "def"; readonly def: DefId }
  /** A macro the compiler expands. */
  | { readonly kind: "builtin"; readonly name: string }
  /** A macro of the standard library; those make no items. */
  | { readonly kind: "std" }
  /** A function-like procedural macro: its function, and its path by crate and name. */
  | { readonly kind: "proc"; readonly def: DefId; readonly path: string }
  | { readonly kind: "problem"; readonly problem: NameProblem };

/** Name resolution as macro expansion sees it. */
export interface MacroHost extends NameDb {
  readonly source: SourceDb;
  readonly runtime: QueryRuntime;
  readonly ids: IdInterner;
  readonly macros: MacroDb;
  /** The names that are written, without those that macros make. */
  readonly written: NameDb;
  /** Written names, and those made by macros that written names lead to. */
  readonly macroNames: NameDb;
  readonly graph: { readonly sysroot: ReadonlyMap<string, CrateId> };
  childModule(parent: ModuleId, declaration: DeclaredModule): ModuleId;
  itemId(module: ModuleId, part: ScopePart, item: { readonly kind: DefKind; readonly name: string; readonly ordinal: number }): DefId;
  hasCrateAttr(krate: CrateId, path: string): boolean;
}

/** The name a call is known by: the last segment of its path. */
export function calledName(raw: RawMacroCall): string {
  return raw.path.segments.at(-1)?.name ?? "";
}

/** Hands out the ids of calls. */
export class MacroCallInterner {
  readonly #calls = new Map<ItemListId, Map<string, MacroCallId>>();

  /** A call in a list of items. */
  get(list: ItemListId, name: string, ordinal: number): MacroCallId {
    let calls = this.#calls.get(list);
    if (calls === undefined) {
      calls = new Map();
      this.#calls.set(list, calls);
    }
    const step = `!${name}#${ordinal}/`;
    let call = calls.get(step);
    if (call === undefined) {
      call = newCall(list, { name, ordinal, step });
      calls.set(step, call);
    }
    return call;
  }

  /** The call a prefix of ordinals names; undefined for the empty prefix. */
  byPrefix(place: ModuleId | DefId, prefix: string): MacroCallId | undefined {
    let call: MacroCallId | undefined;
    if (prefix === "") return call;
    for (const step of prefix.split("/")) {
      const at = step.lastIndexOf("#");
      if (at > 0) call = this.get(call ?? place, step.slice(1, at), Number(step.slice(at + 1)));
    }
    return call;
  }
}

/** The prefix of a definition's ordinal: empty for one that is written where it stands. */
export function prefixOf(ordinal: string): string {
  return ordinal.slice(0, ordinal.lastIndexOf("/") + 1);
}

/** The list of items a call stands in. */
export function listAround(call: MacroCallId): ItemListId {
  return call.parent ?? call.container ?? call.module;
}

function newCall(list: ItemListId, own: { readonly name: string; readonly ordinal: number; readonly step: string }): MacroCallId {
  const parent = list.kind === "macroCall" ? list : undefined;
  const container = parent === undefined ? (list.kind === "module" || list.kind === "macroCall" ? undefined : list) : parent.container;
  const module = list.kind === "module" ? list : list.module;
  const prefix = `${parent?.prefix ?? ""}${own.step}`;
  const key = `${container?.key ?? module.key}/${prefix}`;
  return {
    kind: "macroCall",
    key,
    module,
    container,
    parent,
    prefix,
    name: own.name,
    ordinal: own.ordinal,
  };
}
