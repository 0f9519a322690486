/**
 * How long one try of a work may take before messages that wait pass.
 *
 * What a try does over again, to get to where the one before was unwound, it does for nothing. So it goes on for twice as long as
 * that took, and where this is longer than others should wait (`most`), for as long: at most a third of all work is for nothing, a half
 * of monstrous questions, which come to their end.
 *
 * Invariant: a try is over in the middle of a step only if something new was kept in it, so each comes further than the one before.
 */

/** Milliseconds that a try takes for what is new, in addition to what it does again. */
export interface Patience {
  readonly least: number;
  readonly most: number;
}

/** Of questions others wait for. */
export const QUESTION: Patience = { least: 50, most: 100 };

/** Of work that nobody waits for. */
export const BACKGROUND: Patience = { least: 3, most: 50 };

interface TryKind {
  readonly patience: Patience;
  readonly isResumed: boolean;
}

/** How many values were computed and kept so far. */
interface Progress {
  readonly kept: number;
}

export class TryTime {
  readonly #progress: Progress;
  readonly #patience: Patience;
  readonly #keptBefore: number;
  readonly #began: number;
  #isNew = false;
  #end: number;
  readonly #now: () => number;

  readonly #isResumed: boolean;

  /** Begins now. `isResumed`: the try before was unwound in the middle of a step, so this one does that again. */
  constructor(progress: Progress, { patience, isResumed }: TryKind, now = (): number => performance.now()) {
    this.#isResumed = isResumed;
    this.#progress = progress;
    this.#patience = patience;
    this.#keptBefore = progress.kept;
    this.#now = now;
    this.#began = now();
    this.#end = this.#began + patience.least;
  }

  /** Whether it is over between two steps. */
  get isOver(): boolean {
    return this.#now() > this.#end;
  }

  /** Whether it is over in the middle of a step; to be asked often. */
  get isOverInStep(): boolean {
    if (this.#isNew) return this.isOver;
    if (this.#progress.kept === this.#keptBefore) return false;
    this.#isNew = true;
    const { least, most } = this.#patience;
    const now = this.#now();
    const again = this.#isResumed ? now - this.#began : 0;
    this.#end = now + Math.max(least, again, Math.min(most, 2 * again));
    return false;
  }
}
