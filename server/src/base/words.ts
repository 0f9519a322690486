/**
 * Words: the language that messages are shown in. What a language lacks is said in English, sentence by sentence.
 *
 * Invariant: English costs nothing: it has no data, and asks no one for its plurals.
 *
 * Source: plural categories are CLDR's, by `Intl.PluralRules`.
 */
import type { Message, Value } from "./message.ts";
import { piecesOf } from "./message.ts";

export interface Words {
  /** The language's tag: `de`. */
  readonly language: string;
  /** The text in this language for an English one; undefined where there is none. */
  translate(text: string): string | undefined;
  /** The plural category of a number: `one`, `few`, `other`. */
  plural(count: number): string;
}

export const ENGLISH: Words = {
  language: "en",
  translate: () => undefined,
  plural: (count) => (count === 1 ? "one" : "other"),
};

/** The language of a file of translations: English texts and what they are in it. */
export function wordsOf(language: string, translations: Readonly<Record<string, string>>): Words {
  const texts = new Map(Object.entries(translations));
  let rules: Intl.PluralRules | undefined;
  return {
    language,
    translate: (text) => texts.get(text),
    plural: (count) => {
      rules ??= new Intl.PluralRules(language);
      return rules.select(count);
    },
  };
}

/** A message in a language. */
export function inWords(words: Words, message: Message | string): string {
  if (typeof message === "string") return message;
  let said = "";
  for (const piece of piecesOf(words.translate(message.text) ?? message.text)) {
    if (piece.kind === "words") said += piece.text;
    else {
      const value = message.values[piece.name] ?? "";
      said += piece.choices === undefined ? inWords(words, value) : chosen(words, value, piece.choices);
    }
  }
  return said;
}

/** The words of a gap with choices: those of the value itself, else those of its plural category. */
export function chosen(words: Words, value: Value, choices: ReadonlyMap<string, string>): string {
  const key = inWords(words, value);
  return choices.get(key) ?? choices.get(words.plural(Number(key))) ?? choices.get("other") ?? "";
}

/** The message in English: for machines, terminals and logs. */
export function english(message: Message | string): string {
  return inWords(ENGLISH, message);
}
