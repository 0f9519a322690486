/**
 * When what was computed is thrown away, so that memory stays flat: names and types that were typed once and are gone, and what was
 * computed of large documents that are closed.
 *
 * Invariant: only what would be computed again is thrown away, in a quiet moment or before a document is checked.
 */
import type { FilePath } from "../base/path.ts";
import type { Projects } from "./projects.ts";

/** After so many edits projects begin anew: a new name costs some 2 KB that is not given back otherwise. */
const MAX_EDITS = 3000;

/** The same after large documents of so many characters in all were closed: what was computed of one takes some 100 MB a million. */
export const MAX_CLOSED = 500_000;
const LARGE_DOCUMENT = 100_000;

export interface RenewalParts {
  readonly projects: Projects;
  /** Has the memory given back that nothing refers to any more; undefined where that cannot be asked for. */
  readonly collect: (() => void) | undefined;
  /** Does something in a quiet moment. */
  readonly later: (work: () => void) => void;
}

export class Renewal {
  readonly #parts: RenewalParts;
  #edits = 0;
  /** Characters of large documents that were closed. */
  #closed = 0;

  constructor(parts: RenewalParts) {
    this.#parts = parts;
  }

  edited(): void {
    this.#edits += 1;
  }

  /** A document of so many characters was closed: what was computed of a file that stands alone is of no use for any other. */
  closed(path: FilePath, length: number): void {
    this.#parts.projects.closed(path);
    if (length < LARGE_DOCUMENT) return;
    this.#closed += length;
    if (this.#closed >= MAX_CLOSED) this.#parts.later(() => this.ifDue());
  }

  /** Begins all anew if it is time. */
  ifDue(): void {
    if (this.#edits < MAX_EDITS && this.#closed < MAX_CLOSED) return;
    this.#edits = 0;
    this.#closed = 0;
    this.#parts.projects.renew();
    this.#parts.collect?.();
  }
}
