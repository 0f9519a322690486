/**
 * Questions wait for the settings that the client was asked for: what is answered with others is thrown away a moment later, and a
 * project loaded for nothing.
 *
 * Invariant: nobody waits for long. A client that does not answer in time is answered with the settings it came with.
 */

/** A client answers within some milliseconds; after so many it is taken as one that does not. */
const LONGEST_MS = 400;
/** The server may have been busy so long (with a document that was opened) that the answer is there, but not read yet. */
const MORE_MS = 100;

export class FirstSettings {
  #isHere = false;
  readonly #arrived: Promise<void>;
  #arrive: () => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#arrived = new Promise((resolve) => {
      this.#arrive = resolve;
    });
  }

  /** The settings were asked for: from now on it is waited for them so long. */
  asked(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = setTimeout(() => this.arrived(), MORE_MS);
    }, LONGEST_MS);
  }

  /** The settings are here, or will not be. */
  arrived(): void {
    this.#isHere = true;
    clearTimeout(this.#timer);
    this.#arrive();
  }

  /** What to wait for before a question is answered; undefined where there is nothing to wait for. */
  get pending(): Promise<void> | undefined {
    return this.#isHere || this.#timer === undefined ? undefined : this.#arrived;
  }
}
