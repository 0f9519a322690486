/**
 * Answers of the bundled standard library, and where it does not know a type in this version, of the library's own sources.
 *
 * Invariants: a definition is answered by one of the two as a whole; the sources are read only when a type is unknown because its
 * part of `std` is not bundled; handles go back to the world they came from.
 */

import type { Message } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { english } from "../base/words.ts";
import type { Element, LayoutAnswer, Semantics, TypeDefinition, TypeHandle } from "../hir/model.ts";
import type { WorldSemantics } from "../hir/semantics.ts";

export interface SourcedInput {
  readonly bundled: WorldSemantics;
  /** Undefined where the sources cannot be read; made when first asked for. */
  readonly sources: () => WorldSemantics | undefined;
  /** What stands in the reason of a type that is not bundled. */
  readonly reason: Message;
  readonly label: Message;
}

/** The two as one. */
export function sourcedSemantics(input: SourcedInput): Semantics {
  const { bundled, label } = input;
  const of = (definition: TypeDefinition): Chosen => chosen(input, definition);
  const behind = (type: TypeHandle): WorldSemantics => (bundled.tyOf(type) === undefined ? (input.sources() ?? bundled) : bundled);
  return {
    target: bundled.target,
    targetName: bundled.targetName,
    rustcVersion: bundled.rustcVersion,
    stdLabel: label,
    get revision() {
      return bundled.revision;
    },
    definitions: (file) => bundled.definitions(file),
    definitionsBetween: (file, start, end) => bundled.definitionsBetween(file, start, end),
    layoutOf: (definition) => on(of(definition), (sema, its) => sema.layoutOf(its)),
    fieldsOf: (definition) => on(of(definition), (sema, its) => sema.fieldsOf(its)),
    variantsOf: (definition) => on(of(definition), (sema, its) => sema.variantsOf(its)),
    elementAt: (file, offset) => elementAt(input, file, offset),
    layoutOfText: (root, text) => better(input, bundled.layoutOfText(root, text), (sema) => sema.layoutOfText(root, text)),
    layoutOfOption: (type) => behind(type).layoutOfOption(type),
    layoutWithBoxedVariant: (definition, variant, field) =>
      on(of(definition), (sema, its) => sema.layoutWithBoxedVariant(its, variant, field)),
    layoutWithBoxedFields: (definition, variant, fields) =>
      on(of(definition), (sema, its) => sema.layoutWithBoxedFields(its, variant, fields)),
    instancesOf: (definition) => instancesOf(input, definition),
    layoutWithFieldOrder: (definition, order) => on(of(definition), (sema, its) => sema.layoutWithFieldOrder(its, order)),
    isCopy: (definition) => on(of(definition), (sema, its) => sema.isCopy(its)),
    traitsOf: (type) => behind(type).traitsOf(type),
    boxPath: (file) => bundled.boxPath(file),
    partsOf: (type) => behind(type).partsOf(type),
    tellDefect: (what, error) => bundled.tellDefect(what, error),
  };
}

interface Chosen {
  readonly semantics: WorldSemantics;
  /** The definition as that world has it. */
  readonly definition: TypeDefinition;
}

function on<T>({ semantics, definition }: Chosen, ask: (semantics: WorldSemantics, definition: TypeDefinition) => T): T {
  return ask(semantics, definition);
}

function chosen(input: SourcedInput, definition: TypeDefinition): Chosen {
  const first = { semantics: input.bundled, definition };
  if (!isNotBundled(input, input.bundled.layoutOf(definition))) return first;
  const semantics = input.sources();
  const same = semantics?.definitions(definition.file).find(({ key }) => key === definition.key);
  if (semantics === undefined || same === undefined || semantics.layoutOf(same).status === "unknown") return first;
  return { semantics, definition: same };
}

function isNotBundled({ reason }: SourcedInput, answer: LayoutAnswer): boolean {
  return answer.status === "unknown" && english(answer.reason).includes(english(reason));
}

/** The bundled answer, unless it is not known and the sources know one. */
function better(input: SourcedInput, answer: LayoutAnswer, ask: (sources: WorldSemantics) => LayoutAnswer): LayoutAnswer {
  const semantics = isNotBundled(input, answer) ? input.sources() : undefined;
  const other = semantics === undefined ? answer : ask(semantics);
  return other.status === "unknown" ? answer : other;
}

function elementAt(input: SourcedInput, file: FilePath, offset: number): Element | undefined {
  const first = input.bundled.elementAt(file, offset);
  if (first === undefined || !(first.kind === "type" ? isNotBundled(input, first.layout) : needsSources(input, first))) return first;
  const other = input.sources()?.elementAt(file, offset);
  if (other === undefined || other.kind !== first.kind) return first;
  return other.kind === "type" && other.layout.status === "unknown" ? first : other;
}

/** Whether the sources answer for the definition around, or for the field itself. */
function needsSources(input: SourcedInput, element: Exclude<Element, { kind: "type" }>): boolean {
  if (chosen(input, element.definition).semantics !== input.bundled) return true;
  return element.kind === "field" && isNotBundled(input, element.field.layout);
}

function instancesOf(input: SourcedInput, definition: TypeDefinition): ReturnType<Semantics["instancesOf"]> {
  const first = input.bundled.instancesOf(definition);
  if (!first.some(({ layout }) => isNotBundled(input, layout))) return first;
  const sources = input.sources();
  const same = sources?.definitions(definition.file).find(({ key }) => key === definition.key);
  const others = same === undefined ? [] : (sources?.instancesOf(same) ?? []);
  return first.map((instance) => {
    const other = isNotBundled(input, instance.layout) ? others.find((its) => its.arguments === instance.arguments) : undefined;
    return other === undefined || other.layout.status === "unknown" ? instance : other;
  });
}
