/**
 * Limits for all that one written macro call leads to.
 *
 * Invariant: work and growth are bounded by what is written, so that a macro that multiplies itself costs no more than 200 ms; the
 * same source is cut at the same place on every machine.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { ItemListId, MacroCallId, MacroOutput } from "./macro-call.ts";

/**
 * Work; 1.5 of it take about a microsecond in a program that has just been started. The largest calls of real crates: libc's structs
 * for macOS (251 calls, 2,016 further steps, 652,636 tokens), one of 509 calls and 337,137 tokens, rend's integers (700 calls).
 */
const PER_CALL = 150;
const PER_STEP = 10;
const PER_TOKEN = 0.1;
/** An item, and a token, that has to be parsed. */
const PER_ITEM = 60;
const PER_PARSED = 0.6;
const MAX_WORK = 300_000;
/** What is written out may take its time: a struct of a hundred characters is made by two or three calls. */
const PER_CHARACTER = 5;

/** Tokens that one chain of calls may make (macro-chain.ts). */
export const MAX_TOKENS = 1_000_000;

/** Calls that one call leads to which is written in a type or an expression. */
export const MAX_MACRO_CALLS = 2000;

/**
 * A call inside others grows if it makes at least a fifth more than any of them made. A macro that adds as much at every step does that
 * five times at most (1 → 2 → … → 6 parts), one that takes away never (also where every second step only passes the rest on), one that
 * multiplies never stops.
 */
const GROWTH = 1.2;
export const MAX_GROWTHS = 6;
/** Smaller results do not count. */
const LEAST_GROWN = 64;

/** Whether a call that made `tokens` inside calls that made `before` at most has grown. */
export function isGrowth(before: number, tokens: number): boolean {
  return tokens >= LEAST_GROWN && tokens >= before * GROWTH;
}

/** How many tokens a call, or one around it, has made at most, and how many of these calls have grown. */
interface Made {
  readonly most: number;
  readonly growths: number;
}

/** What one written call has cost so far. */
export class MacroBudget {
  readonly #made = new Map<ItemListId, Made>();
  #left: number;
  #calls = 0;
  #tokens = 0;
  #isMultiplying = false;

  /** `written`: how long the call is in its file, in UTF-16 units. */
  constructor(written: number) {
    this.#left = MAX_WORK + written * PER_CHARACTER;
  }

  /** A call was met in a list: whether it may still be expanded. */
  takeCall(list: ItemListId): boolean {
    this.#calls += 1;
    this.#left -= PER_CALL;
    this.#isMultiplying ||= (this.#made.get(list)?.growths ?? 0) > MAX_GROWTHS;
    return this.#left >= 0 && !this.#isMultiplying;
  }

  /** What a call in a list has made. */
  takeResult(list: ItemListId, call: MacroCallId, { chain, scope, units }: MacroOutput): void {
    if (chain === undefined) return;
    const outer = this.#made.get(list);
    this.#made.set(call, outer === undefined ? chain : grownInside(outer, chain));
    this.#calls += chain.steps - 1;
    this.#tokens += chain.sum;
    this.#left -= (chain.steps - 1) * PER_STEP + chain.sum * PER_TOKEN;
    if (scope.macroCalls.length < units.length) this.#left -= chain.last * PER_PARSED + itemCount(units) * PER_ITEM;
  }

  /** Why no more calls may be expanded. */
  excess(name: string): Message {
    return this.#isMultiplying
      ? msg("macro `{name}!` makes more of itself at every step", { name })
      : msg("macro `{name}!` makes too much ({calls} calls, {tokens} tokens)", { name, calls: this.#calls, tokens: this.#tokens });
  }
}

/** What calls have made with one more chain inside them. */
function grownInside(outer: Made, chain: NonNullable<MacroOutput["chain"]>): Made {
  const most = Math.max(outer.most, chain.most);
  if (!isGrowth(outer.most, chain.most)) return { most, growths: outer.growths };
  return { most, growths: outer.growths + chain.growths + (isGrowth(outer.most, chain.first) ? 1 : 0) };
}

function itemCount(units: MacroOutput["units"]): number {
  let count = units.length;
  for (const unit of units) if (unit.kind === "module") count += itemCount(unit.units);
  return count;
}
