/** Messages inside of a value, in English: what tests compare with. */
import { isMessage } from "../../server/src/base/message.ts";
import { english } from "../../server/src/base/words.ts";

/** The value with every message in it as its English text. */
export function inEnglish(value: unknown): unknown {
  if (isMessage(value)) return english(value);
  if (Array.isArray(value)) return value.map(inEnglish);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inEnglish(inner)]));
}
