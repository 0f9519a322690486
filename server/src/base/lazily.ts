/**
 * A value that is made when it is first asked for, and kept.
 *
 * Invariant: what throws (`Pending`) is not kept; the next question makes it again.
 */

/** Wraps `make` so that it runs at most once to its end. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
