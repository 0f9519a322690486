/**
 * Why a trait cannot be said to hold, or an impl cannot be chosen: the reasons that come of trait selection.
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import { displayArg } from "../hir-ty/display.ts";
import type { TraitRef } from "../hir-ty/ty.ts";
import type { Certainty } from "../hir-ty/ty-db.ts";
import type { Unknown } from "../hir-ty/unknown.ts";

const SHOWN_IMPLS = 4;

/** What is not known of a type because of trait selection. */
export function selection(message: Message): Unknown {
  return { kind: "traitSelection", message, culprit: undefined };
}

/** Neither yes nor no. */
export function maybe(message: Message): Certainty {
  return { kind: "maybe", why: selection(message) };
}

/** It may hold or not. */
export function notCertain(ref: TraitRef): Certainty {
  return maybe(msg("whether `{goal}` holds is not known", { goal: refText(ref) }));
}

/** Several impls are left, by their names. */
export function severalImpls(ref: TraitRef, names: readonly string[]): Unknown {
  const shown = names.slice(0, SHOWN_IMPLS).map((name) => `\`impl ${name}\``);
  const said = { goal: refText(ref), impls: shown.join(", ") };
  const more = names.length - SHOWN_IMPLS;
  if (more <= 0) return selection(msg("several impls may give `{goal}`: {impls}", said));
  return selection(msg("several impls may give `{goal}`: {impls} and {more} more", { ...said, more }));
}

/** `Type: Trait<Args>` */
export function refText(ref: TraitRef): string {
  const [self, ...rest] = ref.args;
  const args = rest.length === 0 ? "" : `<${rest.map(displayArg).join(", ")}>`;
  return `${self === undefined ? "_" : displayArg(self)}: ${ref.trait.name}${args}`;
}
