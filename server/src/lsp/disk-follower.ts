/**
 * Follows the disk where the editor does not tell: before a question is answered, what is known of the disk is looked at.
 *
 * Invariant: bounded. Looking takes at most a small share of the time, and one look at most so many paths; what is left is looked
 * at before the next questions. A client that watches files tells most changes itself; those outside its folders, those below a
 * folder that was removed as a whole and those that it leaves out are found here, a little later.
 */
import type { FileChange } from "../base/file-system.ts";

interface Pace {
  /** Of all time, at most. */
  readonly share: number;
  /** Paths at once: 1 ms is 300 to 400 of them. */
  readonly paths: number;
}

/** However long a look took: on a busy machine that says little. */
const LONGEST_PAUSE_MS = 1000;

const PACE_ALONE: Pace = { share: 1 / 20, paths: 1500 };
const PACE_BESIDE_WATCHERS: Pace = { share: 1 / 100, paths: 200 };

export class DiskFollower {
  readonly #lookOn: (count: number) => readonly FileChange[];
  readonly #pace: Pace;
  #next = 0;

  constructor(lookOn: (count: number) => readonly FileChange[], clientWatches: boolean) {
    this.#lookOn = lookOn;
    this.#pace = clientWatches ? PACE_BESIDE_WATCHERS : PACE_ALONE;
  }

  /** What has been found to be changed, if it is time to look. */
  look(): readonly FileChange[] {
    const start = performance.now();
    if (start < this.#next) return [];
    const changes = this.#lookOn(this.#pace.paths);
    const end = performance.now();
    this.#next = end + Math.min((end - start) / this.#pace.share, LONGEST_PAUSE_MS);
    return changes;
  }
}
