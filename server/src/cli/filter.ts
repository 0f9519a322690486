/**
 * `--filter`: the types whose path a regular expression matches.
 *
 * Invariant: an expression that backtracks without end is cut by time, since nothing else can stop one.
 */
import { createContext, Script } from "node:vm";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { ReportItem } from "../ide/report.ts";
import { pathOf } from "./select.ts";

/** For all types together: a thousandth of it is enough for any expression that is meant. */
const MAX_MS = 2000;

/** The items a pattern keeps; an error is for the user. */
export function filterItems(items: readonly ReportItem[], pattern: RegExp | undefined): Result<readonly ReportItem[], string> {
  if (pattern === undefined) return ok(items);
  const matches = new Set<number>();
  const keep = (i: number): unknown => matches.add(i);
  const script = new Script("paths.forEach((path, i) => { if (pattern.test(path)) keep(i); })");
  try {
    script.runInContext(createContext({ paths: items.map(pathOf), pattern, keep }), { timeout: MAX_MS });
  } catch {
    return err(`--filter \`${pattern.source}\` takes too long`);
  }
  return ok(items.filter((_, i) => matches.has(i)));
}
