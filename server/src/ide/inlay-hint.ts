/**
 * One inlay hint, and where it goes.
 *
 * Invariant: plain data. A hint stands at the end of its line where nothing but a comma and a comment follows, so that hints of fields
 * line up with what people write there; else directly behind what it speaks of.
 *
 * Example: behind `a: u8, // flags` the hint stands after the comment; in `{ a: u8, b: u32 }` after the comma.
 */
import type { FilePath } from "../base/path.ts";
import type { Place, Semantics, TypeDefinition } from "../hir/model.ts";
import type { InlayHintsConfig } from "./config.ts";
import type { NumberFormat } from "./markup.ts";
import { formatBytes } from "./markup.ts";

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

const REST_OF_LINE = /^[ \t]*,?[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/;

/** Where a hint on something that ends at an offset goes. */
export function hintOffset(text: string, end: number): number {
  const stop = lineEnd(text, end);
  const rest = text.slice(end, stop);
  if (REST_OF_LINE.test(rest)) return end + rest.trimEnd().length;
  return text[end] === "," ? end + 1 : end;
}

/** The end of the line that holds an offset, without its line break. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  if (at < 0) return text.length;
  return at > offset && text[at - 1] === "\r" ? at - 1 : at;
}
