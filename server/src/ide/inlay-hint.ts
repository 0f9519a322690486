/**
 * One inlay hint, and where it goes.
 *
 * Invariant: plain data. A hint stands at the end of its line where nothing but a comma and a comment follows, so that hints of fields
 * line up with what people write there; else directly behind what it speaks of.
 *
 * Example: behind `a: u8, // flags` the hint stands after the comment; in `{ a: u8, b: u32 }` after the comma.
 */
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { inWords } from "../base/words.ts";
import type { Place, Semantics, TypeDefinition } from "../hir/model.ts";
import type { InlayHintsConfig } from "./config.ts";
import type { NumberFormat } from "./markup.ts";
import { formatBytes, formatNumber } from "./markup.ts";

export interface InlayHint {
  /** UTF-16 offset. */
  readonly offset: number;
  readonly parts: readonly InlayHintPart[];
  readonly data: InlayHintData;
}

export interface InlayHintPart {
  readonly text: string;
  /** Where a click leads. */
  readonly location?: Place;
  /** Id of the command that a click runs; its argument is the hint's data. */
  readonly command?: string;
}

/** What resolving needs; survives JSON. */
export interface InlayHintData {
  readonly file: FilePath;
  /** Key of the definition. */
  readonly key: string;
}

/** What the producers of hints work on. */
export interface HintContext {
  readonly sema: Semantics;
  readonly definition: TypeDefinition;
  readonly text: string;
  readonly config: InlayHintsConfig;
}

/** A hint with one part. */
export function plainHint({ definition }: HintContext, offset: number, text: string): InlayHint {
  return { offset, parts: [{ text }], data: { file: definition.file, key: definition.key } };
}

/** A size in a label; both formats at once would be too long. */
export function labelBytes(value: bigint, numbers: NumberFormat): string {
  return formatBytes(value, labelFormat(numbers));
}

/** The number format of labels. */
export function labelFormat(numbers: NumberFormat): NumberFormat {
  return numbers === "both" ? "decimal" : numbers;
}

/** Labels of padding, which come again and again in a file. */
const paddingLabels = new WeakMap<InlayHintsConfig, Map<bigint, string>>();

/** `5 pad`, in the user's language. */
export function paddingLabel(config: InlayHintsConfig, padding: bigint): string {
  const known = paddingLabels.get(config) ?? new Map<bigint, string>();
  paddingLabels.set(config, known);
  let label = known.get(padding);
  if (label === undefined) {
    label = inWords(config.words, msg("{padding} pad", { padding: formatNumber(padding, labelFormat(config.numbers)) }));
    known.set(padding, label);
  }
  return label;
}

const REST_OF_LINE = /^[ \t]*,?[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/;
/** How far a line is followed: the rest of a generated line may be a megabyte long. */
const MAX_REST = 400;

/** Where a hint on something that ends at an offset goes. */
export function hintOffset(text: string, end: number): number {
  const rest = restOfLine(text, end);
  if (rest !== undefined && REST_OF_LINE.test(rest)) return end + rest.trimEnd().length;
  return text[end] === "," ? end + 1 : end;
}

/** The text from an offset to the end of its line, without the line break; undefined where that is far away. */
export function restOfLine(text: string, offset: number): string | undefined {
  const near = text.slice(offset, offset + MAX_REST);
  const at = near.indexOf("\n");
  if (at < 0) return near.length < MAX_REST ? near : undefined;
  return near[at - 1] === "\r" ? near.slice(0, at - 1) : near.slice(0, at);
}
