/**
 * What is said below a table: which variant sets the size, what boxing gives, how large `Option<T>` is, what fits for free, and sizes
 * of a generic type's instances.
 *
 * Invariant: hover and the command line's cards say the same sentences in the same order.
 */
import { msg } from "../base/message.ts";
import type { Semantics, TypeDefinition } from "../hir/model.ts";
import { boxingOfLargest, boxObstacle } from "./boxing.ts";
import type { ExactFacts, LayoutFacts } from "./layout-facts.ts";
import { boxingSentence, freeSentence, instanceSentence, optionSentence, sizeSetterSentence } from "./layout-text.ts";
import type { Inline } from "./markup.ts";
import { text } from "./markup.ts";
import type { Writing } from "./sentence.ts";
import { sentence } from "./sentence.ts";

export interface SentenceContext {
  /** The definition; undefined for a type that is only written somewhere. */
  readonly definition: TypeDefinition | undefined;
  readonly writing: Writing;
}

type Sentence = readonly Inline[];

/** The sentences about a layout, in order. */
export function layoutSentences(sema: Semantics, facts: LayoutFacts, context: SentenceContext): readonly Sentence[] {
  switch (facts.status) {
    case "exact":
      return exactSentences(sema, facts, context);
    case "generic":
      return instanceSentences(sema, context);
    case "unknown":
      return [];
  }
}

/** Sentences one after another in one paragraph. */
export function inARow(sentences: readonly Sentence[]): Sentence {
  return sentences.flatMap((said, i) => (i === 0 ? said : [text(" "), ...said]));
}

function exactSentences(sema: Semantics, facts: ExactFacts, context: SentenceContext): readonly Sentence[] {
  const setter = sizeSetterSentence(facts, context.writing.words);
  const boxing = setter === undefined ? undefined : boxingNote(sema, facts, context);
  const all = [setter, boxing, optionNote(sema, facts, context), freeSentence(facts, context.writing.words), orderNote(facts, context)];
  return all.filter((said) => said !== undefined);
}

/** Boxing is told where it can be done. */
function boxingNote(sema: Semantics, facts: ExactFacts, { definition, writing }: SentenceContext): Sentence | undefined {
  if (definition === undefined || boxObstacle(sema, definition) !== undefined) return undefined;
  const boxing = boxingOfLargest(sema, definition, facts);
  return boxing === undefined ? undefined : boxingSentence(boxing, writing);
}

function optionNote(sema: Semantics, facts: ExactFacts, { writing }: SentenceContext): Sentence | undefined {
  if (facts.unsized) return undefined;
  const option = sema.layoutOfOption(facts.type);
  return option.status === "exact" ? optionSentence(facts, option.layout.size, writing) : undefined;
}

/** Derives that read a type's bytes, so that the order of its fields matters to their users. */
const BYTE_DERIVES = ["Pod", "NoUninit", "AnyBitPattern", "IntoBytes", "FromBytes", "AsBytes", "TransparentWrapper"];

function orderNote(facts: ExactFacts, { definition, writing }: SentenceContext): Sentence | undefined {
  if (definition === undefined || definition.repr.some((word) => word === "C" || word === "transparent")) return undefined;
  if (facts.body.kind !== "fields" || facts.body.rows.length < 2) return undefined;
  const misled = definition.derives.some((derive) => BYTE_DERIVES.includes(derive));
  return misled ? sentence(writing.words, msg("Field order is rustc's choice and may change.")) : undefined;
}

const SHOWN_INSTANCES = 3;

function instanceSentences(sema: Semantics, { definition, writing }: SentenceContext): readonly Sentence[] {
  const instances = definition === undefined ? [] : sema.instancesOf(definition);
  const exact = instances.flatMap(({ arguments: written, layout }) =>
    layout.status === "exact" ? [{ written, size: layout.layout.size }] : [],
  );
  return exact.slice(0, SHOWN_INSTANCES).map(({ written, size }) => instanceSentence(written, size, writing));
}
