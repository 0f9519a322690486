/**
 * A part of some work in steps that may be interrupted: it is done again until it comes to its end. What it had computed is kept by
 * whoever computes it, so that each attempt comes further than the one before.
 */
import { Interrupted } from "./file-system.ts";

/** What `compute` gives; stops before each further attempt. */
export function* resumed<T>(compute: () => T): Generator<undefined, T> {
  for (;;) {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    }
    yield;
  }
}
