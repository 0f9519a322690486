/**
 * Layouts of Rust source in tests: the last item that is not generic, as one line, or its error as one line.
 */
import type { LayoutCalculatorError, LayoutResult } from "../../server/src/layout/layout-calculator-error.ts";
import { contextOf } from "../oracle/context.ts";
import { EngineProgram } from "../oracle/engine-layout.ts";
import { parseItems } from "../oracle/parse-source.ts";
import { showLayout } from "../oracle/show-layout.ts";
import { itemsByName } from "../oracle/type-model.ts";

export const X86_64 = "x86_64-unknown-linux-gnu";

/** `size 8 align 4; …` or `sizeOverflow at 0.1`. */
export function layoutText(source: string, version = "1.95", target = X86_64): string {
  const items = parseItems(source);
  const last = items.findLast((item) => !(item.kind === "struct" && item.generic === true));
  if (last === undefined) throw new Error(`nothing to lay out in ${source}`);
  return resultText(new EngineProgram(contextOf(target, version), itemsByName(items)).item(last.name));
}

/** A result as one line. */
export function resultText(result: LayoutResult): string {
  return result.ok ? showLayout(result.value) : errorText(result.error);
}

function errorText(error: LayoutCalculatorError): string {
  const location = "at" in error && error.at !== undefined ? ` at ${error.at.variant}.${error.at.field}` : "";
  return error.kind + location;
}
