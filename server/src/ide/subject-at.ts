/**
 * What a command is about: the type under the cursor, or the definition around it.
 *
 * Invariant: a field or a variant stands for its whole type: who copies or compares a layout wants all of it.
 */
import type { FilePath } from "../base/path.ts";
import type { Semantics, TypeDefinition } from "../hir/model.ts";
import type { HoverConfig } from "./config.ts";
import { definitionHover, typeHover } from "./hover.ts";
import type { LayoutFacts } from "./layout-facts.ts";
import { definitionFacts, typeFacts } from "./layout-facts.ts";
import type { Markup } from "./markup.ts";
import { code, paragraph } from "./markup.ts";

export interface SubjectPlace {
  readonly file: FilePath;
  /** UTF-16. */
  readonly offset: number;
}

type Subject =
  | { readonly kind: "definition"; readonly definition: TypeDefinition }
  | { readonly kind: "type"; readonly element: Parameters<typeof typeHover>[1] };

/** The layout of what stands at a place, under its name; undefined where there is no type. */
export function layoutNote(
  sema: Semantics,
  at: SubjectPlace,
  config: HoverConfig,
): { readonly name: string; readonly markup: Markup } | undefined {
  const subject = subjectAt(sema, at);
  if (subject === undefined) return undefined;
  const full = { ...config, references: "full", pictures: false, commands: [] } as const;
  const [name, markup] =
    subject.kind === "definition"
      ? [subject.definition.name, definitionHover(sema, subject.definition, full)]
      : [subject.element.text, typeHover(sema, subject.element, full) ?? []];
  return { name, markup: [paragraph(code(name)), ...markup] };
}

/** The facts of what stands at a place; undefined where there is no type. */
export function factsAt(sema: Semantics, at: SubjectPlace): LayoutFacts | undefined {
  const subject = subjectAt(sema, at);
  if (subject === undefined) return undefined;
  return subject.kind === "definition"
    ? definitionFacts(sema, subject.definition)
    : typeFacts(sema, subject.element.text, subject.element.layout);
}

function subjectAt(sema: Semantics, { file, offset }: SubjectPlace): Subject | undefined {
  const element = sema.elementAt(file, offset);
  if (element?.kind === "type") return { kind: "type", element };
  if (element !== undefined) return { kind: "definition", definition: element.definition };
  const around = sema.definitionsBetween(file, offset, offset).filter(({ range }) => range.start <= offset && offset <= range.end);
  const [innermost] = around.toSorted((a, b) => a.range.end - a.range.start - (b.range.end - b.range.start));
  return innermost === undefined ? undefined : { kind: "definition", definition: innermost };
}
