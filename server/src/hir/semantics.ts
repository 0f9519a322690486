/**
 * WorldSemantics: the answers `ide` asks for, about the files of one crate of one world.
 *
 * Invariant: no logic of its own beyond putting questions to the world and places to answers.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import type { RawField, RawItem } from "../hir-def/item-tree.ts";
import { pathOfNames } from "../hir-def/written-path.ts";
import { activeParts } from "../hir-ty/adt.ts";
import { fieldLayouts, layoutOfAdtWith } from "../hir-ty/layout-of-adt.ts";
import { lowerTypeRef } from "../hir-ty/lower-ty.ts";
import { substitute } from "../hir-ty/substitute.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { TypeScope } from "../hir-ty/type-scope.ts";
import type { LayoutData } from "../layout/layout-data.ts";
import type { TargetDataLayout } from "../layout/target-data-layout.ts";
import { markerTraits } from "../traits/marker-traits.ts";
import { answer, answerFor, handle, shownText, unknownAnswer } from "./answer.ts";
import { siteOf } from "./const-macros.ts";
import { definitionModel, placedOf } from "./definition-model.ts";
import { contains, fieldAt, lengthAround, rangeOr } from "./element-ranges.ts";
import type { AskedCrates } from "./file-index.ts";
import { instantiations } from "./instances.ts";
import type { Element, FieldModel, LayoutAnswer, Place, Semantics, TypeDefinition, TypeHandle, TypeTraits, VariantModel } from "./model.ts";
import { writtenRange } from "./placement.ts";
import type { PlacedDef } from "./source-map.ts";
import type { WrittenType } from "./type-at.ts";
import { scopeAt, typeAt, typeWritten } from "./type-at.ts";
import { typeInMacro } from "./type-in-macro.ts";
import type { VariantSource, WrittenVariant } from "./variant-model.ts";
import { isRewritten, LazyVariantModel } from "./variant-model.ts";
import type { World } from "./world.ts";

export interface SemanticsInput {
  readonly world: World;
  /** Crates that may compile the files asked about, in order of preference. */
  readonly crates: AskedCrates;
  readonly targetName: string;
  readonly rustcVersion: string;
  readonly stdLabel: Message;
  readonly tellDefect: (what: string, error: unknown) => void;
}

type FieldAnswer = Pick<FieldModel, "layout" | "type">;

export class WorldSemantics implements Semantics {
  readonly #input: SemanticsInput;
  readonly #types = new Map<number, Ty>();
  /** Of one revision. */
  #answers: { readonly revision: number; readonly of: Map<Ty, FieldAnswer> } = { revision: -1, of: new Map() };

  constructor(input: SemanticsInput) {
    this.#input = input;
  }

  get target(): TargetDataLayout {
    return this.#input.world.cx.target;
  }

  get revision(): number {
    return this.#world.runtime.revision;
  }

  get targetName(): string {
    return this.#input.targetName;
  }

  get rustcVersion(): string {
    return this.#input.rustcVersion;
  }

  get stdLabel(): Message {
    return this.#input.stdLabel;
  }

  get #world(): World {
    return this.#input.world;
  }

  tellDefect(what: string, error: unknown): void {
    this.#input.tellDefect(what, error);
  }

  definitions(file: FilePath): readonly TypeDefinition[] {
    return this.#world.files.definitions(this.#input.crates, file).definitions;
  }

  definitionsBetween(file: FilePath, start: number, end: number): readonly TypeDefinition[] {
    return this.#world.files.definitions(this.#input.crates, file).between(start, end);
  }

  layoutOf(definition: TypeDefinition): LayoutAnswer {
    if (definition.inactive !== undefined)
      return { status: "unknown", reason: msg("inactive: {cfg}", { cfg: `cfg(${definition.inactive})` }), culprit: undefined };
    const ty = this.#typeOf(definition);
    if (ty === undefined) return { status: "unknown", reason: msg("`{name}` is gone", { name: definition.name }), culprit: undefined };
    return this.#remember(ty, answerFor(this.#world, ty));
  }

  fieldsOf(definition: TypeDefinition): readonly FieldModel[] {
    const def = this.#def(definition);
    if (def === undefined || (def.kind !== "struct" && def.kind !== "union")) return [];
    return this.#variantModels(def, placedOf(definition))[0]?.fields ?? [];
  }

  variantsOf(definition: TypeDefinition): readonly VariantModel[] {
    const def = this.#def(definition);
    return def?.kind === "enum" ? this.#variantModels(def, placedOf(definition)) : [];
  }

  elementAt(file: FilePath, offset: number): Element | undefined {
    const placed = this.#world.files.at(this.#input.crates, file, offset);
    if (placed === undefined) return undefined;
    const definition = definitionModel(this.#world, placed, file);
    const named = definition === undefined ? undefined : this.#namedElement(definition, offset);
    return named ?? this.#typeElement(file, placed, offset);
  }

  layoutOfOption(type: TypeHandle): LayoutAnswer {
    const world = this.#world;
    const ty = this.#types.get(type.id);
    const option = world.langItem("Option", this.#input.crates.first[0] ?? 0);
    if (ty === undefined || option === undefined)
      return { status: "unknown", reason: msg("`Option` is not in the standard library's data"), culprit: undefined };
    return answerFor(world, world.interner.adt(option, [ty]));
  }

  layoutWithBoxedVariant(definition: TypeDefinition, variant: number, field: number | undefined): LayoutAnswer {
    const count = this.#world.adt(this.#def(definition) ?? this.#nothing()).variants[variant]?.fields.length ?? 0;
    const ty = this.#typeOf(definition);
    if (field !== undefined) return this.layoutWithBoxedFields(definition, variant, [field]);
    if (count <= 1) return this.layoutWithBoxedFields(definition, variant, count === 0 ? [] : [0]);
    return this.#withVariant(ty, variant, (layouts) => this.#boxOfTuple(layouts));
  }

  layoutWithBoxedFields(definition: TypeDefinition, variant: number, boxed: readonly number[]): LayoutAnswer {
    const ty = this.#typeOf(definition);
    const fields = ty?.kind === "adt" ? (this.#world.adt(ty.def).variants[variant]?.fields ?? []) : [];
    return this.#withVariant(ty, variant, (layouts) =>
      layouts.map((layout, i) => {
        const field = fields[i];
        if (!boxed.includes(i) || field === undefined || ty?.kind !== "adt") return layout;
        return this.#boxLayout(substitute(this.#world.interner, field.ty, ty.def, ty.args)) ?? layout;
      }),
    );
  }

  instancesOf(definition: TypeDefinition): ReturnType<Semantics["instancesOf"]> {
    const def = this.#def(definition);
    if (def === undefined || definition.openParameters.length === 0) return [];
    const placed = this.#placed(definition.file);
    return instantiations(this.#world, def, placed).map(({ ty, text }) => ({
      arguments: text,
      layout: this.#remember(ty, answerFor(this.#world, ty)),
    }));
  }

  layoutWithFieldOrder(definition: TypeDefinition, order: readonly number[]): LayoutAnswer {
    const ty = this.#typeOf(definition);
    return this.#withVariant(ty, 0, (layouts) => order.flatMap((i) => layouts[i] ?? []));
  }

  isCopy(definition: TypeDefinition): boolean | undefined {
    const ty = this.#typeOf(definition);
    const copy = this.#world.langItem("copy", this.#input.crates.first[0] ?? 0);
    if (ty === undefined || copy === undefined) return undefined;
    const def = this.#def(definition);
    const answered = this.#world.implements({ trait: copy, args: [ty] }, def === undefined ? undefined : this.#world.paramEnv(def));
    return answered.kind === "maybe" ? undefined : answered.kind === "yes";
  }

  traitsOf(type: TypeHandle): TypeTraits {
    const ty = this.#types.get(type.id);
    if (ty === undefined) return { holds: new Map(), reasons: new Map() };
    const env = ty.kind === "adt" && ty.flags.hasParam ? this.#world.paramEnv(ty.def) : { id: "", predicates: [] };
    return markerTraits(this.#world, this.#world.normalize(ty, env), env, this.#input.crates.first[0] ?? 0);
  }

  boxPath(file: FilePath): string | undefined {
    const module = this.#moduleOf(file);
    if (module === undefined) return undefined;
    const resolved = this.#world.defs.resolvePath(module, pathOfNames(["Box"]), "types");
    const owned = this.#world.langItem("owned_box", module.krate);
    if (resolved.kind === "found" && resolved.named.kind === "def" && resolved.named.def === owned && owned !== undefined) return "Box";
    const alloc = this.#world.defs.externCrate(module.krate, "alloc");
    return alloc.kind === "found" ? "alloc::boxed::Box" : undefined;
  }

  partsOf(type: TypeHandle): ReturnType<Semantics["partsOf"]> {
    const ty = this.#types.get(type.id);
    if (ty === undefined) return { kind: "other", fields: [], variants: [] };
    const normal = this.#world.normalize(ty);
    if (normal.kind === "tuple") {
      return { kind: "tuple", fields: normal.elements.map((element, i) => this.#fieldModel(String(i), element, undefined)), variants: [] };
    }
    if (normal.kind === "array") return { kind: "array", fields: [], variants: [] };
    if (normal.kind !== "adt") return { kind: "other", fields: [], variants: [] };
    const source = this.#variantSource(normal, undefined);
    const variants = this.#world.adt(normal.def).variants.map((variant) => new LazyVariantModel(source, variant, undefined));
    const kind = normal.def.kind === "struct" || normal.def.kind === "union" ? normal.def.kind : "enum";
    return kind === "enum" ? { kind, fields: [], variants } : { kind, fields: variants[0]?.fields ?? [], variants: [] };
  }

  layoutOfText(root: FilePath | undefined, text: string): LayoutAnswer {
    const world = this.#world;
    const krate = this.#input.crates.first.find((id) => world.crate(id).root === root) ?? this.#input.crates.first[0];
    if (krate === undefined) return { status: "unknown", reason: msg("there is no crate to look names up in"), culprit: undefined };
    const scope: TypeScope = { owner: undefined, module: world.defs.rootModule(krate), block: [] };
    const ty = world.normalize(lowerTypeRef(world, scope, world.parseType(text)));
    return this.#remember(ty, answerFor(world, ty));
  }

  /** The resolved type of a definition or handle, for what else is known of types (traits). */
  tyOf(type: TypeHandle): Ty | undefined {
    return this.#types.get(type.id);
  }

  #nothing(): DefId {
    throw new Error("a definition of another world was asked about");
  }

  #moduleOf(file: FilePath): ModuleId | undefined {
    return this.#world.files.moduleOf(this.#input.crates, file);
  }

  #placed(file: FilePath): readonly PlacedDef[] {
    return this.#world.files.definitions(this.#input.crates, file).placed;
  }

  #def(definition: TypeDefinition): DefId | undefined {
    return this.#world.defs.ids.byKey(definition.key);
  }

  #typeOf(definition: TypeDefinition): Ty | undefined {
    const def = this.#def(definition);
    if (def === undefined) return undefined;
    return def.kind === "typeAlias" ? this.#world.typeOf(def) : this.#world.selfType(def);
  }

  #remember(ty: Ty, value: LayoutAnswer): LayoutAnswer {
    this.#types.set(ty.id, ty);
    return value;
  }

  #variantModels(def: DefId, place: PlacedDef | undefined): readonly VariantModel[] {
    const self = this.#world.selfType(def);
    if (self?.kind !== "adt") return [];
    const written = place === undefined ? [] : this.#writtenVariants(def, place.raw);
    const source = this.#variantSource(self, place);
    return this.#world.adt(def).variants.map((variant) => new LazyVariantModel(source, variant, written[variant.index]));
  }

  #variantSource({ def, args }: Extract<Ty, { kind: "adt" }>, place: PlacedDef | undefined): VariantSource {
    const world = this.#world;
    return {
      place,
      fields: (variant, written) => {
        const raws = written === undefined ? [] : activeParts(world, def, written.fields).parts;
        return variant.fields.map((field, i) => {
          const raw = raws[i];
          const ty = substitute(world.interner, field.ty, def, args);
          return this.#fieldModel(field.name, ty, raw === undefined || place === undefined ? undefined : { raw, place });
        });
      },
      discriminant: (variant) => {
        const discriminants = def.kind === "enum" ? world.discriminants(def) : undefined;
        return discriminants?.ok === true ? discriminants.value[variant.index] : undefined;
      },
    };
  }

  /** Variants as written that are compiled; a struct or union has one. */
  #writtenVariants(def: DefId, raw: RawItem): readonly WrittenVariant[] {
    if (raw.kind === "struct" || raw.kind === "union") return isRewritten(this.#world.rawItem(def), raw) ? [] : [raw];
    return raw.kind === "enum" ? activeParts(this.#world, def, raw.variants).parts : [];
  }

  #fieldModel(name: string, ty: Ty, written: { readonly raw: RawField; readonly place: PlacedDef } | undefined): FieldModel {
    const { layout, type } = this.#answerOf(ty);
    if (written === undefined)
      return {
        name,
        nameRange: undefined,
        range: undefined,
        typeRange: undefined,
        typeText: shownText(this.#world, ty),
        type,
        layout,
      };
    const { raw, place } = written;
    return {
      name,
      nameRange: writtenRange(place, raw.nameRange),
      range: writtenRange(place, raw.range),
      typeRange: writtenRange(place, raw.type.range),
      typeText: this.#typeText(ty, raw, place),
      type,
      layout,
    };
  }

  /** A field's type as it is written; in a macro's output, which may hold calls and paths that nobody wrote, as it is. */
  #typeText(ty: Ty, raw: RawField, place: PlacedDef): string {
    const written = place.raw.text.slice(raw.type.range.start, raw.type.range.end);
    return place.map !== undefined && /[!$]|\/\*/.test(written) ? shownText(this.#world, ty) : written;
  }

  /** Of a field's type: many fields have the same. */
  #answerOf(ty: Ty): FieldAnswer {
    if (this.#answers.revision !== this.revision) this.#answers = { revision: this.revision, of: new Map() };
    const known = this.#answers.of.get(ty);
    if (known !== undefined) return known;
    const found = { layout: this.#remember(ty, answerFor(this.#world, ty)), type: handle(ty) };
    this.#answers.of.set(ty, found);
    return found;
  }

  #namedElement(definition: TypeDefinition, offset: number): Element | undefined {
    const { file } = definition;
    if (contains(definition.nameRange, offset)) return { kind: "definition", definition, place: { file, ...definition.nameRange } };
    const variants = definition.kind === "enum" ? this.variantsOf(definition) : [];
    const isMapped = placedOf(definition)?.map !== undefined;
    for (const variant of variants) {
      if (contains(variant.nameRange, offset))
        return { kind: "variant", definition, variant, place: { file, ...rangeOr(variant.nameRange) } };
      // What a macro made may have fields that are written elsewhere.
      if (!isMapped && !contains(variant.range, offset)) continue;
      const field = fieldAt(variant.fields, offset);
      if (field !== undefined) return { kind: "field", definition, variant, ...field, place: { file, ...rangeOr(field.field.nameRange) } };
    }
    const field = definition.kind === "enum" ? undefined : fieldAt(this.fieldsOf(definition), offset);
    return field === undefined
      ? undefined
      : { kind: "field", definition, variant: undefined, ...field, place: { file, ...rangeOr(field.field.nameRange) } };
  }

  #typeElement(file: FilePath, placed: PlacedDef, offset: number): Element | undefined {
    const { parser } = this.#world.defs.source;
    const { map } = placed;
    const at = offset - placed.base;
    if (map !== undefined) {
      const written = typeWritten(parser, placed.raw, (node) => lengthAround(map(node), offset));
      const place = written === undefined ? undefined : map(written);
      return written === undefined || place === undefined
        ? undefined
        : this.#writtenElement({ placed, at: written.start }, written, { file, ...place });
    }
    const scope = scopeAt(placed.def, placed.raw, at);
    const written = typeAt(parser, placed.raw, at) ?? typeInMacro(this.#world, siteOf(this.#world, scope), placed.raw.text, at);
    if (written === undefined) return undefined;
    return this.#writtenElement({ placed, at }, written, { file, start: placed.base + written.start, end: placed.base + written.end });
  }

  #writtenElement(at: { readonly placed: PlacedDef; readonly at: number }, written: WrittenType, place: Place): Element {
    const { owner, block } = scopeAt(at.placed.def, at.placed.raw, at.at);
    const scope: TypeScope = { owner, module: this.#world.defs.blockModule(owner, block), block };
    const ty = this.#world.normalize(lowerTypeRef(this.#world, scope, written.ref));
    return { kind: "type", text: written.text, layout: this.#remember(ty, answerFor(this.#world, ty)), place };
  }

  #withVariant(
    ty: Ty | undefined,
    variant: number,
    change: (fields: readonly LayoutData[]) => readonly LayoutData[] | undefined,
  ): LayoutAnswer {
    if (ty?.kind !== "adt") return { status: "unknown", reason: msg("this type has no fields of its own"), culprit: undefined };
    const fields = fieldLayouts(this.#world, ty);
    if (!fields.ok) return answer(this.#world, ty, fields);
    const changed = change(fields.value[variant] ?? []);
    if (changed === undefined)
      return unknownAnswer(this.#world, { kind: "notImplemented", message: msg("`Box` is not known here"), culprit: undefined });
    return answer(this.#world, ty, layoutOfAdtWith(this.#world, ty, fields.value.with(variant, changed)));
  }

  /** `Box<(A, B)>`: what a whole payload in one box is. */
  #boxOfTuple(_layouts: readonly LayoutData[]): readonly LayoutData[] | undefined {
    const box = this.#boxLayout(this.#world.interner.unit);
    return box === undefined ? undefined : [box];
  }

  #boxLayout(inner: Ty): LayoutData | undefined {
    const world = this.#world;
    const box = world.langItem("owned_box", this.#input.crates.first[0] ?? 0);
    if (box === undefined) return undefined;
    const rest = world
      .genericsOf(box)
      .params.slice(1)
      .flatMap((param) => world.paramDefault(param) ?? []);
    const layout = world.layoutOf(world.interner.adt(box, [inner, ...rest]));
    return layout.ok ? layout.value : undefined;
  }
}
