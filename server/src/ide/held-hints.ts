/**
 * Hints of types that are being typed: while a type has a syntax error its size is not known, and the hint on its header would
 * flicker with every keystroke. Its last good one stays for two seconds, then it goes: a number that is out of date is a wrong one.
 *
 * Invariant: what is held is never older than HOLD_MS counted from the first question that found the type broken, and `expired` is
 * called when something has to go. Labels only: what they point at may have moved.
 */
import type { TypeDefinition } from "../hir/model.ts";
import type { InlayHint, InlayHintPart } from "./inlay-hint.ts";

export const HOLD_MS = 2000;

export interface HoldTimer {
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  /** Calls back after so many milliseconds. */
  readonly later: (milliseconds: number, run: () => void) => void;
}

interface Held {
  readonly parts: readonly InlayHintPart[];
  /** Undefined while the type is whole. */
  brokenSince: number | undefined;
}

export class HeldHints {
  readonly #timer: HoldTimer;
  readonly #expired: () => void;
  readonly #held = new Map<string, Held>();

  constructor(timer: HoldTimer, expired: () => void) {
    this.#timer = timer;
    this.#expired = expired;
  }

  /** The type is whole, and this is the hint on its header, if it has one. */
  keep({ key }: TypeDefinition, header: InlayHint | undefined): void {
    if (header === undefined) this.#held.delete(key);
    else this.#held.set(key, { parts: header.parts.map(({ text }) => ({ text })), brokenSince: undefined });
  }

  /** The parts that a broken type still shows; undefined where there are none, or no longer. */
  partsOf({ key }: TypeDefinition): readonly InlayHintPart[] | undefined {
    const held = this.#held.get(key);
    if (held === undefined) return undefined;
    const now = this.#timer.now();
    if (held.brokenSince === undefined) {
      held.brokenSince = now;
      this.#timer.later(HOLD_MS, this.#expired);
    }
    if (now - held.brokenSince < HOLD_MS) return held.parts;
    this.#held.delete(key);
    return undefined;
  }
}
