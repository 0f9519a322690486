/**
 * A `Semantics` made by hand over the real layout engine: definitions are told as values, their places are found in the source by name.
 * For tests of `ide` that want exact control over what the layers below answer (unknown, generic, no `Box`, `Copy`, …).
 *
 * Example: `fakeSemantics("struct A { a: u8 }", [struct("A", { a: U8 })])`.
 */
import { verbatim } from "../../server/src/base/message.ts";
import type { Element, LayoutAnswer, Semantics, TypeDefinition } from "../../server/src/hir/model.ts";
import type { LayoutData } from "../../server/src/layout/layout-data.ts";
import { elementAt, FILE, fieldModels, findDefinitions, variantModels } from "./fake-places.ts";
import type { FakeType } from "./fake-types.ts";
import { answerOf, boxed, CX, exact, handleOf, laidOut, layoutOfVariants, option } from "./fake-types.ts";

/** What a test may change about the answers. */
export interface FakeOptions {
  readonly copy?: readonly string[];
  readonly boxPath?: string | undefined;
  readonly definition?: (definition: TypeDefinition) => Partial<TypeDefinition>;
  readonly instances?: readonly { readonly arguments: string; readonly layout: LayoutData }[];
  readonly answers?: Readonly<Record<string, LayoutAnswer>>;
  readonly targetName?: string;
  readonly element?: Element;
}

/** Finds the definitions of the types in the source and answers for them. An alias is a type whose text stands behind `type … =`. */
export function fakeSemantics(source: string, types: readonly FakeType[], options: FakeOptions = {}): Semantics {
  const known = findDefinitions(source, types, (definition) => options.definition?.(definition) ?? {});
  const byHandle = new Map<number, FakeType>();
  const remember = (type: FakeType): void => {
    byHandle.set(handleOf(type.text).id, type);
    for (const field of [...type.fields, ...type.variants.flatMap((variant) => variant.fields)]) remember(field.type);
  };
  for (const type of types) remember(type);
  const typeOf = (definition: TypeDefinition): FakeType => {
    const found = known.find((it) => it.definition.key === definition.key);
    if (found === undefined) throw new Error(`no ${definition.key}`);
    return found.type;
  };
  const sema: Semantics = {
    target: CX.target,
    revision: 1,
    targetName: options.targetName ?? "x86_64-unknown-linux-gnu",
    rustcVersion: "1.95.0",
    stdLabel: verbatim("bundled 1.96"),
    definitions: (file) => (file === FILE ? known.map((it) => it.definition) : []),
    definitionsBetween: (file) => sema.definitions(file),
    layoutOf: (definition) => options.answers?.[definition.name] ?? answerOf(typeOf(definition)),
    fieldsOf: (definition) => fieldModels(source, definition, typeOf(definition).fields),
    variantsOf: (definition) => variantModels(source, definition, typeOf(definition).variants),
    elementAt: (_, offset) =>
      options.element ??
      elementAt(
        sema,
        known.map((it) => it.definition),
        offset,
      ),
    layoutOfText: (_, text) => {
      const type = types.find((it) => it.text === text);
      return type === undefined ? { status: "unknown", reason: verbatim(`\`${text}\` is not a type`), culprit: undefined } : answerOf(type);
    },
    layoutOfOption: (handle) => {
      const type = byHandle.get(handle.id);
      return type === undefined ? { status: "unknown", reason: verbatim("no such type"), culprit: undefined } : answerOf(option(type));
    },
    layoutWithBoxedVariant: () => ({ status: "unknown", reason: verbatim("not asked"), culprit: undefined }),
    layoutWithBoxedFields: (definition, variant, fields) => {
      const type = typeOf(definition);
      const variants = type.variants.map((it, i) =>
        i === variant
          ? { ...it, fields: it.fields.map((field, j) => (fields.includes(j) ? { ...field, type: boxed(field.type) } : field)) }
          : it,
      );
      return exact(laidOut(layoutOfVariants(variants, type.repr)), `${type.text}+boxed`);
    },
    instancesOf: () => (options.instances ?? []).map(({ arguments: args, layout }) => ({ arguments: args, layout: exact(layout, args) })),
    layoutWithFieldOrder: () => ({ status: "unknown", reason: verbatim("not asked"), culprit: undefined }),
    tellDefect: (_, error) => {
      throw error;
    },
    traitsOf: () => ({ holds: new Map(), reasons: new Map() }),
    isCopy: (definition) => options.copy?.includes(definition.name),
    boxPath: () => ("boxPath" in options ? options.boxPath : "Box"),
    partsOf: (handle) => {
      const type = byHandle.get(handle.id);
      if (type === undefined) return { kind: "other", fields: [], variants: [] };
      const definition = known.find((it) => it.type.text === type.text && it.definition.kind !== "alias")?.definition;
      return {
        kind: type.kind,
        fields: fieldModels(source, definition, type.fields),
        variants: variantModels(source, definition, type.variants),
      };
    },
  };
  return sema;
}
