/**
 * Message: a sentence, or a part of one, for people: its English text with named gaps, and what goes into them.
 *
 * It is made where something is known and put into words where it is shown, in the user's language (`words.ts`), or in English where
 * a machine or a terminal reads it. The English text is what translations are found by.
 *
 * Invariant: plain data that survives JSON. The text is a literal of the source (a test reads them), values are never text of the
 * product's own: names, code, numbers, paths, or another message.
 *
 * A gap is `{name}`, or `{name|one:byte|other:bytes}`, which takes the words for a number (CLDR's plural categories) or for a word.
 *
 * Example: `msg("the target {name} is not known", { name })`.
 */

/** What goes into a gap. */
export type Value = string | Message;

export interface Message {
  readonly text: string;
  readonly values: Readonly<Record<string, Value>>;
}

/** The names of a text's gaps. */
type Gaps<T extends string> = T extends `${string}{${infer Gap}}${infer Rest}` ? GapName<Gap> | Gaps<Rest> : never;
type GapName<G extends string> = G extends `${infer Name}|${string}` ? Name : G;

type Given<T extends string> = Readonly<Record<Gaps<T>, Value | number | bigint>>;

const NO_VALUES: Message["values"] = {};

/** A message; leaving out a gap's value does not compile. */
export function msg<const T extends string>(text: T, ...given: [Gaps<T>] extends [never] ? [] : [Given<T>]): Message {
  const [values] = given;
  if (values === undefined) return { text, values: NO_VALUES };
  const named: Record<string, Value> = {};
  for (const [name, value] of Object.entries<Value | number | bigint>(values))
    named[name] = typeof value === "object" || typeof value === "string" ? value : `${value}`;
  return { text, values: named };
}

/** A piece of a text: words as they are, or a gap. */
export type Piece =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "gap"; readonly name: string; readonly choices: ReadonlyMap<string, string> | undefined };

const GAP = /\{(\w+)((?:\|[^{}|]*)*)\}/g;

/** By text: there are as many as the product's sources and translations have. */
const known = new Map<string, readonly Piece[]>();

/** The pieces of a text. */
export function piecesOf(text: string): readonly Piece[] {
  let pieces = known.get(text);
  if (pieces === undefined) {
    pieces = splitAtGaps(text);
    known.set(text, pieces);
  }
  return pieces;
}

function splitAtGaps(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(GAP)) {
    const [whole, name = "", choices = ""] = found;
    if (found.index > at) pieces.push({ kind: "words", text: text.slice(at, found.index) });
    pieces.push({ kind: "gap", name, choices: choices === "" ? undefined : choicesOf(choices) });
    at = found.index + whole.length;
  }
  if (at < text.length) pieces.push({ kind: "words", text: text.slice(at) });
  return pieces;
}

/** `|one:byte|other:bytes`. */
function choicesOf(written: string): ReadonlyMap<string, string> {
  const entries = written.slice(1).split("|");
  return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf(":")), entry.slice(entry.indexOf(":") + 1)]));
}

/** A text that is not the product's own, or stands in no language: as it is. */
export function verbatim(text: string): Message {
  return { text: "{text}", values: { text } };
}

/** Whether two messages, where there are any, say the same. */
export function sameMessage(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || typeof a === "string" || typeof b === "string" || a.text !== b.text) return false;
  return Object.entries(a.values).every(([name, value]) => sameMessage(value, b.values[name]));
}

/** Whether something is a message. */
export function isMessage(it: unknown): it is Message {
  return typeof it === "object" && it !== null && "text" in it && "values" in it;
}
