/**
 * Assertions that need no Node: the suites run in a web worker too.
 */

/** Fails unless both are the same as JSON. */
export function expectEqual(actual: unknown, expected: unknown): void {
  const [a, b] = [actual, expected].map((value) => JSON.stringify(value, undefined, 1));
  if (a !== b) throw new Error(`expected ${b}\nbut it is ${a}`);
}

/** Fails unless `text` holds every one of `parts`. */
export function expectContains(text: string, ...parts: readonly string[]): void {
  for (const part of parts) if (!text.includes(part)) throw new Error(`expected to find\n${part}\nin\n${text}`);
}
