/**
 * Changes to sources, as assists describe them: edits by file, in offsets of the text they were computed for.
 *
 * Invariant: edits of one file do not overlap and stand in ascending order.
 */
import type { FilePath } from "../base/path.ts";

export interface TextEdit {
  /** UTF-16 offsets; equal for an insertion. */
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export interface FileEdit {
  readonly file: FilePath;
  readonly edits: readonly TextEdit[];
}

export interface SourceChange {
  readonly files: readonly FileEdit[];
}

/** An insertion at an offset. */
export function insertion(offset: number, newText: string): TextEdit {
  return { start: offset, end: offset, newText };
}

/** The text after the edits. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let out = "";
  let at = 0;
  for (const edit of edits) {
    out += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return out + text.slice(at);
}
