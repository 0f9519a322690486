/**
 * Access to lists by an index that is known to be in range: indices handed out beside the list, parallel lists.
 */

/** The element at an index. An index out of range is a bug, not user input: it throws. */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new Error(`no element ${index} among ${list.length}`);
  return element;
}
