/**
 * Definitions as the editor sees them: places in the file, repr, lints, derives.
 */
import type { FilePath } from "../base/path.ts";
import { effectiveAttrs, splitTopLevel } from "../hir-def/attrs.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import { writtenDerives } from "../hir-def/derive-macro.ts";
import type { Attr, RawItem } from "../hir-def/item-tree.ts";
import { reprWords } from "../hir-ty/repr-of.ts";
import type { DefinitionKind, TypeDefinition } from "./model.ts";
import { fileRange } from "./placement.ts";
import type { PlacedDef } from "./source-map.ts";
import type { World } from "./world.ts";

/** The kinds of items that are listed. */
export function definitionKind(raw: RawItem): DefinitionKind | undefined {
  switch (raw.kind) {
    case "struct":
    case "enum":
    case "union":
      return raw.kind;
    case "typeAlias":
      return "alias";
    default:
      return undefined;
  }
}

const models = new WeakMap<PlacedDef, TypeDefinition>();

/**
 * The model of a placed struct, enum, union or free alias of a world; undefined for other items. A definition has one model, by which others
 * remember what they know of it.
 */
export function definitionModel(world: World, placed: PlacedDef, file: FilePath): TypeDefinition | undefined {
  const known = models.get(placed);
  if (known !== undefined) return known;
  const { def, raw } = placed;
  const kind = definitionKind(raw);
  if (kind === undefined || (kind === "alias" && (def.container !== undefined || (raw.kind === "typeAlias" && raw.type === undefined))))
    return undefined;
  const model = new PlacedDefinition(world, placed, { kind, file });
  models.set(placed, model);
  return model;
}

/** The place a definition's model was made from; undefined for one that was made otherwise. */
export function placedOf(definition: TypeDefinition): PlacedDef | undefined {
  return definition instanceof PlacedDefinition ? definition.placed : undefined;
}

/** A definition's model; what few questions need is computed when it is asked for, since a file has many definitions. */
class PlacedDefinition implements TypeDefinition {
  readonly #world: World;
  readonly placed: PlacedDef;
  readonly kind: DefinitionKind;
  readonly file: FilePath;
  readonly nameRange: TypeDefinition["nameRange"];
  readonly range: TypeDefinition["range"];

  constructor(world: World, placed: PlacedDef, { kind, file }: Pick<TypeDefinition, "kind" | "file">) {
    this.#world = world;
    this.placed = placed;
    this.kind = kind;
    this.file = file;
    this.nameRange = fileRange(placed, placed.raw.nameRange);
    this.range = fileRange(placed, placed.raw.range);
  }

  get key(): string {
    return this.placed.def.key;
  }

  get name(): string {
    return this.placed.raw.name;
  }

  get headerEnd(): number {
    const { raw } = this.placed;
    return fileRange(this.placed, { start: raw.nameRange.start, end: "headerEnd" in raw ? raw.headerEnd : raw.range.end }).end;
  }

  get module(): string {
    return modulePath(this.placed.def.module);
  }

  get isLocal(): boolean {
    return this.placed.isLocal;
  }

  get inMacro(): string | undefined {
    return this.placed.inMacro;
  }

  get inactive(): string | undefined {
    return this.placed.inactive;
  }

  get isBroken(): boolean {
    return this.placed.raw.hasError;
  }

  get isTest(): boolean {
    return this.#world.crate(this.placed.def.module.krate).cfg.flags.has("test");
  }

  get openParameters(): readonly string[] {
    return this.#world.genericsOf(this.placed.def).params.map((param) => param.name);
  }

  get repr(): readonly string[] {
    return reprWords(this.#attrs);
  }

  get allowedLints(): readonly string[] {
    return allowedLints(this.#world, this.placed.def, this.#attrs);
  }

  get ignoredCodes(): readonly string[] {
    return ignoredCodes(this.#world, this.file, this.placed.call?.start ?? this.placed.base);
  }

  get derives(): readonly string[] {
    return writtenDerives(this.#attrs);
  }

  get #attrs(): readonly Attr[] {
    const { def, raw } = this.placed;
    return effectiveAttrs(raw.attrs, this.#world.crate(def.module.krate).cfg);
  }
}

/** `a::b`, without the crate and without blocks. */
export function modulePath(module: ModuleId): string {
  const names: string[] = [];
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent) if (at.name !== "") names.unshift(at.name);
  return names.join("::");
}

function allowedLints(world: World, def: DefId, attrs: readonly Attr[]): readonly string[] {
  const out = lintsOf(attrs);
  for (let at: ModuleId | undefined = def.module; at !== undefined; at = at.parent) out.push(...lintsOf(world.defs.scope(at).innerAttrs));
  return out;
}

function lintsOf(attrs: readonly Attr[]): string[] {
  return attrs
    .filter((attr) => attr.path === "allow" || attr.path === "expect")
    .flatMap((attr) => splitTopLevel(attr.args ?? "").map((lint) => lint.trim()));
}

/** `// stowplan: ignore code, code` on the lines right in front of the item. */
function ignoredCodes(world: World, file: FilePath, start: number): readonly string[] {
  const content = world.defs.source.content(file);
  if (content.kind !== "text") return [];
  const out: string[] = [];
  let end = content.text.lastIndexOf("\n", start - 1);
  while (end > 0) {
    const lineStart = content.text.lastIndexOf("\n", end - 1) + 1;
    const line = content.text.slice(lineStart, end).trim();
    if (!line.startsWith("//")) break;
    const codes = /^\/\/+\s*stowplan:\s*ignore\s+(.*)$/.exec(line)?.[1];
    if (codes !== undefined) out.push(...codes.split(/[\s,]+/).filter((code) => code !== ""));
    end = lineStart - 1;
  }
  return out;
}
