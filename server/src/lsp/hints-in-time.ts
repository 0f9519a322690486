/**
 * HintsInTime: nobody waits long for the hints of a huge file. An answer that takes too long ends with the definitions that are known by
 * then; the others are computed in the background, and the client is asked to ask again.
 *
 * Invariants: an answer is cut between two definitions only, and only for clients that can be asked to ask again; once all is known of a
 * revision, answers about it are whole.
 */
import type { Steps } from "../base/resumed.ts";

/** Milliseconds after which an answer is cut. */
export const ENOUGH_MS = 700;

/** So many definitions are in any answer: also where others take all of the processor's time. */
export const AT_LEAST = 100;

export interface HintsInTimeInput {
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  readonly revision: () => number;
  /** Does work in the background, to its end. */
  readonly later: (work: () => Steps<void>) => Promise<void>;
  /** Told that an answer was cut. */
  readonly cut: () => void;
  /** Asks the client to ask for hints again. */
  readonly refresh: () => void;
}

export class HintsInTime {
  readonly #input: HintsInTimeInput;
  /** By document: the revision of which all is known. */
  readonly #known = new Map<string, number>();
  /** Documents whose hints are computed in the background. */
  readonly #computed = new Set<string>();

  constructor(input: HintsInTimeInput) {
    this.#input = input;
  }

  /** Begins an answer about a document: tells, asked before each definition, whether it has taken long enough. `all` computes all of the document's hints. */
  begin(uri: string, all: () => Steps<void>): () => boolean {
    const { now, revision } = this.#input;
    const began = now();
    let definitions = 0;
    return () => {
      definitions += 1;
      if (definitions <= AT_LEAST || now() - began < ENOUGH_MS || this.#known.get(uri) === revision()) return false;
      this.#input.cut();
      if (!this.#computed.has(uri)) void this.#compute(uri, all);
      return true;
    };
  }

  /** Forgets a document. */
  closed(uri: string): void {
    this.#known.delete(uri);
  }

  async #compute(uri: string, all: () => Steps<void>): Promise<void> {
    this.#computed.add(uri);
    try {
      await this.#input.later(all);
      this.#known.set(uri, this.#input.revision());
    } finally {
      this.#computed.delete(uri);
    }
    this.#input.refresh();
  }
}
