/**
 * What an edit did to a text, as one range: `start..oldEnd` of the old text became `start..newEnd` of the new one.
 *
 * Invariant: outside the range nothing changed but, behind it, the place. Offsets are UTF-16 units.
 *
 * Example: inserting `x` at 3 is { start: 3, oldEnd: 3, newEnd: 4 }.
 */

/** Replaces `start..end` (UTF-16 offsets of the text before this edit) by `text`. */
export interface DocumentEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Two changes one after the other as one; `undefined` is no change. */
export function mergeChanges(first: TextChange | undefined, second: TextChange): TextChange {
  if (first === undefined) return second;
  const beyond = Math.max(0, second.oldEnd - first.newEnd);
  return {
    start: Math.min(first.start, second.start),
    oldEnd: first.oldEnd + beyond,
    newEnd: Math.max(first.newEnd, second.oldEnd) + second.newEnd - second.oldEnd,
  };
}

/** A change that also covers a range of the new text. */
export function coverRange(change: TextChange, start: number, end: number): TextChange {
  const beyond = Math.max(0, end - change.newEnd);
  return { start: Math.min(change.start, start), oldEnd: change.oldEnd + beyond, newEnd: change.newEnd + beyond };
}

/** The same edit without what it replaces by itself: clients that send whole texts change little. No surrogate pair is cut. */
export function trimEdit(text: string, edit: DocumentEdit): DocumentEdit {
  const put = edit.text;
  const most = Math.min(edit.end - edit.start, put.length);
  let head = 0;
  while (head < most && text.charCodeAt(edit.start + head) === put.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < most - head && text.charCodeAt(edit.end - 1 - tail) === put.charCodeAt(put.length - 1 - tail)) tail += 1;
  if (head > 0 && isHighSurrogate(put.charCodeAt(head - 1))) head -= 1;
  if (tail > 0 && isLowSurrogate(put.charCodeAt(put.length - tail))) tail -= 1;
  return { start: edit.start + head, end: edit.end - tail, text: put.slice(head, put.length - tail) };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
