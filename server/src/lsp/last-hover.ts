/**
 * LastHover: an editor asks for the hover of one place again and again while the pointer rests there; it is put together once.
 *
 * Invariant: an answer is given again only about the same document at the same place, with the same project and settings, while nothing
 * has changed that answers depend on. That there is nothing to say is not kept.
 */
import type { Hover } from "vscode-languageserver-protocol";

/** What a hover depends on: all by identity. */
export interface HoverPlace {
  readonly document: object;
  /** What answers for the file: its project and settings. */
  readonly answer: object;
  readonly offset: number;
  readonly revision: number;
}

export class LastHover {
  #last: { readonly place: HoverPlace; readonly hover: Hover } | undefined;

  /** The hover of a place: the last one, if it was that, else what `make` gives. */
  at(place: HoverPlace, make: () => Hover | undefined): Hover | undefined {
    if (this.#last !== undefined && isSame(this.#last.place, place)) return this.#last.hover;
    this.#last = undefined;
    const hover = make();
    if (hover !== undefined) this.#last = { place, hover };
    return hover;
  }
}

function isSame(a: HoverPlace, b: HoverPlace): boolean {
  return a.offset === b.offset && a.revision === b.revision && a.document === b.document && a.answer === b.answer;
}
