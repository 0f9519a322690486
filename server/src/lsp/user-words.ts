/**
 * The words of the user's language, by the locale that `initialize` names: translations are files of English texts and what they are
 * in a language, the more general language (`pt` of `pt-br`) standing in for what the exact one lacks, and English for the rest.
 *
 * Invariant: nothing is read for English, and nothing before something is to be said; where reading has to be waited for, it unwinds
 * with `Pending`.
 */
import type { Words } from "../base/words.ts";
import { ENGLISH, wordsOf } from "../base/words.ts";

/** Reads a language's file; undefined where there is none. */
export type ReadTranslations = (language: string) => string | undefined;

export class UserWords {
  readonly #locale: string | undefined;
  readonly #read: ReadTranslations;
  #words: Words | undefined;

  constructor(locale: string | undefined, read: ReadTranslations) {
    this.#locale = locale;
    this.#read = read;
  }

  get words(): Words {
    this.#words ??= readWords(languagesOf(this.#locale), this.#read);
    return this.#words;
  }
}

/** The languages of a locale, the exact one first: `pt-br`, `pt` of `pt_BR.UTF-8`. None for English, and for what is no locale. */
export function languagesOf(locale: string | undefined): readonly string[] {
  const tag = (locale ?? "").split(/[.@]/, 1)[0]?.replaceAll("_", "-").toLowerCase() ?? "";
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/.test(tag)) return [];
  const parts = tag.split("-");
  return parts[0] === "en" ? [] : parts.map((_, i) => parts.slice(0, parts.length - i).join("-"));
}

function readWords(languages: readonly string[], read: ReadTranslations): Words {
  const found = languages.flatMap((language) => {
    const file = read(language);
    return file === undefined ? [] : [{ language, texts: translationsIn(file) }];
  });
  const [exact] = found;
  if (exact === undefined) return ENGLISH;
  return wordsOf(exact.language, Object.assign({}, ...found.map(({ texts }) => texts).toReversed()));
}

/** The texts of a file. */
function translationsIn(file: string): Readonly<Record<string, string>> {
  const parsed: unknown = JSON.parse(file);
  const entries = typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
