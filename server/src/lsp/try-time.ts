/**
 * How long one try of a work may take before messages that wait pass.
 *
 * Between two steps a try ends early: it costs nothing. In the middle of a step it is unwound, and the next one does again what leads
 * to where it was, for nothing. So it is unwound late, and the next goes on for some times as long as that took; where this would be
 * longer than others should wait, for as long.
 *
 * Invariants: a try is over in the middle of a step only if something new was kept in it, so each comes further than the one before;
 * no more than half of long work is for nothing, however long.
 */

/** Milliseconds. */
export interface Patience {
  /** After so long a try ends between two steps. */
  readonly steps: number;
  /** After so long the first try of a step is unwound. */
  readonly first: number;
  /** A further one takes so long at least, and `times` what it did again, up to `most`, for what is new. */
  readonly least: number;
  readonly times: number;
  readonly most: number;
}

/** Of questions, of which all but monstrous ones are answered at the first try. */
export const QUESTION: Patience = { steps: 50, first: 500, least: 100, times: 4, most: 250 };

/** Of work that nobody waits for. */
export const BACKGROUND: Patience = { steps: 3, first: 3, least: 3, times: 2, most: 50 };

interface TryKind {
  readonly patience: Patience;
  /** Whether the try before was unwound in the middle of a step, which this one does again. */
  readonly isResumed: boolean;
}

/** How many values were computed and kept so far. */
interface Progress {
  readonly kept: number;
}

export class TryTime {
  readonly #progress: Progress;
  readonly #kind: TryKind;
  readonly #keptBefore: number;
  readonly #now: () => number;
  readonly #began: number;
  /** Known as soon as something new was kept. */
  #endInStep: number | undefined;

  /** Begins now. */
  constructor(progress: Progress, kind: TryKind, now = (): number => performance.now()) {
    this.#progress = progress;
    this.#kind = kind;
    this.#keptBefore = progress.kept;
    this.#now = now;
    this.#began = now();
  }

  /** Whether it is over between two steps. */
  get isOver(): boolean {
    return this.#now() - this.#began > this.#kind.patience.steps;
  }

  /** Whether it is over in the middle of a step; to be asked often. */
  get isOverInStep(): boolean {
    if (this.#endInStep !== undefined) return this.#now() > this.#endInStep;
    if (this.#progress.kept === this.#keptBefore) return false;
    this.#endInStep = this.#newEnd();
    return false;
  }

  #newEnd(): number {
    const { patience, isResumed } = this.#kind;
    if (!isResumed) return this.#began + patience.first;
    const now = this.#now();
    const again = now - this.#began;
    return now + Math.max(patience.least, again, Math.min(patience.most, patience.times * again));
  }
}
