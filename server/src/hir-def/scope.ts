/**
 * ModuleScope: the names a list of items declares, before any resolution.
 *
 * Example: `pub struct A; use b::C as D; use e::*;` → A in types and values; import D; a glob.
 *
 * Invariants: items that are configured out are not in it (modules are listed apart), those whose cfg is not known are marked; macro calls
 * are listed, not expanded.
 */
import type { FilePath } from "../base/path.ts";
import type { CfgOptions } from "../db/cfg.ts";
import type { CfgState } from "./attrs.ts";
import { cfgState, effectiveAttrs } from "./attrs.ts";
import type { DefKind } from "./def-id.ts";
import type { ItemList, ItemNode } from "./item-list.ts";
import type {
  Attr,
  RawExternCrate,
  RawImpl,
  RawImport,
  RawItem,
  RawMacroCall,
  RawMacroDef,
  RawModule,
  RawVisibility,
} from "./item-tree.ts";

export type Namespace = "types" | "values" | "macros";

interface Declared {
  readonly visibility: RawVisibility;
  readonly cfg: CfgState;
  /** Index among the items of the list: the textual order macros go by. */
  readonly order: number;
}

export interface DeclaredItem extends Declared {
  readonly kind: "item";
  readonly defKind: DefKind;
  readonly raw: RawItem;
  readonly ordinal: number;
}

export interface DeclaredModule extends Declared {
  readonly kind: "module";
  readonly raw: RawModule;
  readonly ordinal: number;
  readonly children: ItemList | undefined;
  /** The macro call whose output declares it, empty for none. */
  readonly prefix: string;
  /** The included file that declares it: files of `mod name;` are looked for beside it. */
  readonly includedIn: FilePath | undefined;
}

export interface DeclaredImport extends Declared {
  readonly kind: "import";
  readonly import: RawImport;
}

export interface DeclaredExternCrate extends Declared {
  readonly kind: "externCrate";
  readonly raw: RawExternCrate;
}

export interface DeclaredMacroCall extends Declared {
  readonly kind: "macroCall";
  readonly raw: RawMacroCall;
  readonly ordinal: number;
}

export interface DeclaredMacroDef extends Declared {
  readonly kind: "macroDef";
  readonly raw: RawMacroDef;
  readonly ordinal: number;
  readonly isExported: boolean;
}

export interface DeclaredImpl extends Declared {
  readonly kind: "impl";
  readonly raw: RawImpl;
  readonly ordinal: number;
}

/** Something that has a name in the module. */
export type Declaration = DeclaredItem | DeclaredModule | DeclaredImport | DeclaredExternCrate;

export interface ModuleScope {
  readonly names: ReadonlyMap<string, readonly Declaration[]>;
  readonly globs: readonly DeclaredImport[];
  /** `use x::Trait as _;` binds no name, but brings the trait's items into scope. */
  readonly anonymousImports: readonly DeclaredImport[];
  readonly impls: readonly DeclaredImpl[];
  /** `const _: … = …;`: no name, but a block that may hold impls. */
  readonly unnamed: readonly DeclaredItem[];
  readonly macroCalls: readonly DeclaredMacroCall[];
  readonly macroDefs: readonly DeclaredMacroDef[];
  /** Modules with `#[macro_use]`. */
  readonly macroUseModules: readonly DeclaredModule[];
  readonly macroUseCrates: readonly DeclaredExternCrate[];
  /** Modules that are configured out, for those who look into their files. */
  readonly inactiveModules: readonly DeclaredModule[];
  /** Items with an attribute that is neither built in nor known to keep the item: path and item order. */
  readonly innerAttrs: readonly Attr[];
  readonly hasSyntaxErrors: boolean;
  /** Items are left out since they are nested too deeply. */
  readonly isCut: boolean;
}

interface Builder {
  readonly cfg: CfgOptions;
  readonly origin: ItemOrigin;
  readonly names: Map<string, Declaration[]>;
  readonly globs: DeclaredImport[];
  readonly anonymousImports: DeclaredImport[];
  readonly impls: DeclaredImpl[];
  readonly unnamed: DeclaredItem[];
  readonly macroCalls: DeclaredMacroCall[];
  readonly macroDefs: DeclaredMacroDef[];
  readonly macroUseModules: DeclaredModule[];
  readonly macroUseCrates: DeclaredExternCrate[];
  readonly inactiveModules: DeclaredModule[];
  readonly innerAttrs: Attr[];
  readonly ordinals: OrdinalCounter;
  hasSyntaxErrors: boolean;
  isCut: boolean;
}

/** Where items come from that are not written in the module itself. */
export interface ItemOrigin {
  /** Names the macro call that made them; empty for none. */
  readonly prefix: string;
  /** The file they were included from. */
  readonly file: FilePath | undefined;
}

const WRITTEN: ItemOrigin = { prefix: "", file: undefined };

/** The scope of a list of items for one crate's cfg. */
export function buildScope(items: ItemList, cfg: CfgOptions, origin = WRITTEN): ModuleScope {
  const builder: Builder = {
    cfg,
    origin,
    names: new Map(),
    globs: [],
    anonymousImports: [],
    impls: [],
    unnamed: [],
    macroCalls: [],
    macroDefs: [],
    macroUseModules: [],
    macroUseCrates: [],
    inactiveModules: [],
    innerAttrs: [],
    ordinals: new OrdinalCounter(),
    hasSyntaxErrors: false,
    isCut: false,
  };
  items.forEach((node, order) => {
    declare(builder, node, order);
  });
  return builder;
}

function declare(builder: Builder, node: ItemNode, order: number): void {
  const { raw } = node;
  // Ordinals count inactive items too, so that a definition's identity does not depend on cfg.
  const ordinal = builder.ordinals.next(raw);
  const cfg = cfgState(raw.attrs, builder.cfg);
  if (raw.kind === "innerAttributes") {
    builder.innerAttrs.push(...raw.attrs);
    return;
  }
  const declared: Declared = { visibility: raw.visibility, cfg, order };
  if (cfg.kind === "inactive") {
    if (raw.kind === "module") builder.inactiveModules.push(declaredModule(builder, { raw, children: node.children, ordinal }, declared));
    return;
  }
  switch (raw.kind) {
    case "use":
      for (const leaf of raw.imports) declareImport(builder, leaf, declared);
      return;
    case "foreignBlock":
      for (const item of raw.items) declare(builder, { raw: item, children: undefined }, order);
      return;
    case "error":
      builder.hasSyntaxErrors = true;
      builder.isCut ||= raw.isTooDeep;
      return;
    default:
      declareNamed(builder, { node, ordinal }, declared);
  }
}

function declareNamed(builder: Builder, item: { readonly node: ItemNode; readonly ordinal: number }, declared: Declared): void {
  const { raw, children } = item.node;
  const { ordinal } = item;
  switch (raw.kind) {
    case "module": {
      const module = declaredModule(builder, { raw, children, ordinal }, declared);
      add(builder, raw.name, module);
      if (hasAttr(builder, raw.attrs, "macro_use")) builder.macroUseModules.push(module);
      return;
    }
    case "externCrate": {
      const crate: DeclaredExternCrate = { ...declared, kind: "externCrate", raw };
      if (raw.name !== "_") add(builder, raw.name, crate);
      if (hasAttr(builder, raw.attrs, "macro_use")) builder.macroUseCrates.push(crate);
      return;
    }
    case "impl":
      builder.impls.push({ kind: "impl", visibility: declared.visibility, cfg: declared.cfg, order: declared.order, raw, ordinal });
      return;
    case "macroCall":
      builder.macroCalls.push({ ...declared, kind: "macroCall", raw, ordinal });
      return;
    case "macroDef": {
      const isExported = raw.style === "macroRules" && hasAttr(builder, raw.attrs, "macro_export");
      builder.macroDefs.push({ ...declared, kind: "macroDef", raw, ordinal, isExported });
      if (raw.style === "macro2") add(builder, raw.name, { ...declared, kind: "item", defKind: "macro", raw, ordinal });
      return;
    }
    case "use":
    case "foreignBlock":
    case "error":
    case "innerAttributes":
      return;
    default: {
      // Written out: files have thousands of items, and a spread costs ten times as much.
      const { visibility, cfg, order } = declared;
      const found: DeclaredItem = { kind: "item", visibility, cfg, order, defKind: raw.kind, raw, ordinal };
      if (raw.name === "_") builder.unnamed.push(found);
      else if (raw.name !== "") add(builder, raw.name, found);
    }
  }
}

function declaredModule(
  { origin }: Builder,
  { raw, children, ordinal }: { readonly raw: RawModule; readonly children: ItemList | undefined; readonly ordinal: number },
  declared: Declared,
): DeclaredModule {
  const items = children ?? raw.items?.map((r) => ({ raw: r, children: undefined }));
  return { ...declared, kind: "module", raw, ordinal, children: items, prefix: origin.prefix, includedIn: origin.file };
}

function declareImport(builder: Builder, leaf: RawImport, declared: Declared): void {
  const item: DeclaredImport = { ...declared, kind: "import", import: leaf };
  if (leaf.isGlob) builder.globs.push(item);
  else if (leaf.name === "_") builder.anonymousImports.push(item);
  else if (leaf.name !== undefined) add(builder, leaf.name, item);
}

function add(builder: Builder, name: string, declaration: Declaration): void {
  const known = builder.names.get(name);
  if (known === undefined) builder.names.set(name, [declaration]);
  else known.push(declaration);
}

/** Numbers namesakes in a list of items, inactive ones included; one counter a list. */
export class OrdinalCounter {
  /** By kind and name: a text of both for each of thousands of items would cost more. */
  readonly #counts = new Map<RawItem["kind"], Map<string, number>>();

  next(raw: RawItem): number {
    const counts = this.#countsOf(raw.kind);
    const name = ordinalName(raw);
    const ordinal = counts.get(name) ?? 0;
    counts.set(name, ordinal + 1);
    return ordinal;
  }

  /** What `next` would answer. */
  peek(raw: RawItem): number {
    return this.#countsOf(raw.kind).get(ordinalName(raw)) ?? 0;
  }

  #countsOf(kind: RawItem["kind"]): Map<string, number> {
    let counts = this.#counts.get(kind);
    if (counts === undefined) {
      counts = new Map();
      this.#counts.set(kind, counts);
    }
    return counts;
  }
}

/** Items are numbered at every edit: the texts of impls' headers are kept as long as they are. */
const implHeaders = new WeakMap<RawItem, string>();

/** What tells nameless items apart besides their order, so that adding one does not rename the others. */
export function ordinalName(raw: RawItem): string {
  if (raw.kind === "macroCall") return raw.path.segments.at(-1)?.name ?? "";
  return raw.kind === "impl" ? implHeader(raw) : raw.name;
}

function implHeader(raw: RawImpl): string {
  let header = implHeaders.get(raw);
  if (header === undefined) {
    const self = raw.text.slice(raw.selfRange.start, raw.selfRange.end);
    const trait = raw.traitRange === undefined ? "" : raw.text.slice(raw.traitRange.start, raw.traitRange.end);
    header = `${trait} for ${self}`;
    implHeaders.set(raw, header);
  }
  return header;
}

function hasAttr(builder: Builder, attrs: readonly Attr[], path: string): boolean {
  return attrs.length > 0 && effectiveAttrs(attrs, builder.cfg).some((attr) => attr.path === path);
}

/** Whether a declared item has a name in a namespace. A structure's shape, which may have to be read first, is asked for values only. */
export function hasNameIn({ defKind, raw }: DeclaredItem, ns: Namespace): boolean {
  switch (defKind) {
    case "struct":
      return ns === "types" || (ns === "values" && raw.kind === "struct" && raw.shape !== "record");
    case "const":
    case "static":
    case "fn":
      return ns === "values";
    case "macro":
      return ns === "macros";
    default:
      return ns === "types";
  }
}
