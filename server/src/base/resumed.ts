/**
 * Work in steps, between which others pass. A part of it that may be interrupted is done again until it comes to its end: what it had
 * computed is kept by whoever computes it, so that each attempt comes further than the one before.
 */
import { Interrupted } from "./file-system.ts";

/** Work in steps. A step that is unwound ends it, unless it is `resumed`. */
export type Steps<T> = Generator<undefined, T>;

/** What `compute` gives; stops before each further attempt. */
export function* resumed<T>(compute: () => T): Steps<T> {
  for (;;) {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    }
    yield;
  }
}

/** What all steps come to, taken without a pause. */
export function finished<T>(work: Steps<T>): T {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}
