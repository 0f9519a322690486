/**
 * Paint: how parts of a text for the terminal stand out, by colour or not at all.
 *
 * Invariant: painting never changes the columns a text takes, and nothing is told by colour alone.
 */

export interface Paint {
  /** Names and sizes. */
  strong(text: string): string;
  /** What steps back: line numbers, rules, units. */
  dim(text: string): string;
  /** The n-th field, in its colour. */
  field(index: number, text: string): string;
  padding(text: string): string;
  tag(text: string): string;
  /** What Stowplan writes into the source. */
  note(text: string): string;
  /** What is not known. */
  warning(text: string): string;
}

/** No colours. */
export const PLAIN_PAINT: Paint = {
  strong: (text) => text,
  dim: (text) => text,
  field: (_, text) => text,
  padding: (text) => text,
  tag: (text) => text,
  note: (text) => text,
  warning: (text) => text,
};

/** The basic foreground colours that can be read on dark and light backgrounds, next to each other well apart. */
const FIELD_COLOURS = [36, 33, 35, 32, 34, 31] as const;

/** Colours by ANSI escape sequences. */
export const ANSI_PAINT: Paint = {
  strong: (text) => sgr(1, text),
  dim: (text) => sgr(2, text),
  field: (index, text) => sgr(FIELD_COLOURS[index % FIELD_COLOURS.length] ?? 0, text),
  padding: (text) => sgr(2, text),
  tag: (text) => sgr(7, text),
  note: (text) => sgr(36, text),
  warning: (text) => sgr(33, text),
};

function sgr(code: number, text: string): string {
  return text === "" ? "" : `\u001b[${code}m${text}\u001b[0m`;
}
