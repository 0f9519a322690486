/**
 * Exhaustiveness: `unreachable` closes a `switch` over a union, so that a new member is a compile error.
 */

/** Marks a branch the types rule out. Throws (a bug, not user input) when it is reached all the same. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
