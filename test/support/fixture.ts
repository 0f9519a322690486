/**
 * Rust fixtures with expectations in line: a comment at the end of a definition's line says its size and alignment (`// 8/4`),
 * `// generic`, `// inactive`, or `// unknown: part of the reason`.
 *
 * Several definitions on a line share the last comment, which speaks of the last one of them.
 */
import { english } from "../../server/src/base/words.ts";
import type { LayoutAnswer, Semantics, TypeDefinition } from "../../server/src/hir/model.ts";

export interface Expectation {
  readonly line: number;
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
}

const MARK = /\/\/ (\d+\/\d+|generic|inactive|unknown:.*)$/;

/** What a file's comments say of its definitions, and what the product says. */
export function expectations(sema: Semantics, file: string, text: string): readonly Expectation[] {
  const lines = text.split("\n");
  const byLine = new Map<number, TypeDefinition>();
  for (const definition of sema.definitions(file)) byLine.set(endLine(text, definition.range.end), definition);
  return lines.flatMap((line, i) => {
    const expected = MARK.exec(line)?.[1];
    if (expected === undefined) return [];
    const definition = byLine.get(i);
    const actual = definition === undefined ? "no definition ends here" : told(sema.layoutOf(definition), expected);
    return [{ line: i + 1, name: definition?.name ?? "", expected, actual }];
  });
}

function endLine(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length - 1;
}

/** The answer in the words of the expectation; a reason that holds the expected part is told as expected. */
function told(answer: LayoutAnswer, expected: string): string {
  switch (answer.status) {
    case "exact":
      return `${answer.layout.size}/${answer.layout.align}`;
    case "generic":
      return "generic";
    case "unknown": {
      const reason = english(answer.reason);
      if (reason.startsWith("inactive")) return "inactive";
      const part = expected.startsWith("unknown:") ? expected.slice("unknown:".length).trim() : undefined;
      return part !== undefined && reason.includes(part) ? expected : `unknown: ${reason}`;
    }
  }
}
