/**
 * One program, two answers: where the engine and the compiler differ.
 */
import type { LayoutCx } from "../../server/src/layout/layout-cx.ts";
import { EngineProgram } from "./engine-layout.ts";
import type { Facts } from "./facts.ts";
import { comparable, differences, factsOfLayout } from "./facts.ts";
import type { Compiler } from "./rustc.ts";
import { askRustc } from "./rustc.ts";
import type { Item } from "./type-model.ts";
import { itemsByName } from "./type-model.ts";

export interface Difference {
  readonly name: string;
  readonly lines: readonly string[];
}

export interface Comparison {
  readonly differences: readonly Difference[];
  readonly problems: readonly string[];
}

/** The engine's facts about one item. */
export function engineFacts(program: EngineProgram, name: string): Facts {
  const layout = program.item(name);
  return layout.ok ? factsOfLayout(layout.value) : { error: layout.error.kind };
}

/** Compares every item that has a layout of its own. */
export function compare(cx: LayoutCx, compiler: Compiler, { target, items }: { target: string; items: readonly Item[] }): Comparison {
  const answer = askRustc(compiler, target, items);
  const program = new EngineProgram(cx, itemsByName(items));
  const { minor } = compiler.version;
  const found: Difference[] = [];
  for (const [name, facts] of answer.facts) {
    const lines = differences(comparable(engineFacts(program, name), minor), comparable(facts, minor));
    if (lines.length > 0) found.push({ name, lines });
  }
  return { differences: found, problems: answer.problems };
}
