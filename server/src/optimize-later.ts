/**
 * When V8 optimizes what runs: later than it does by itself.
 *
 * V8 asks after some work whether a function is worth its optimizing compiler. A server that sees one type after the other
 * runs much of its code on other shapes soon after, and throws the optimized code away: most of that compiler's work is for nothing.
 * Measured (Node 20, docs/performance.md): with six times the default a third less processor time until the first answer, half for
 * the hints of a whole file, a third for the report of a large package; on Node 24 a quarter less for a report.
 *
 * Invariant: V8 is told only what it knows: of a flag that is not one it complains where users read it.
 */
import { setFlagsFromString } from "node:v8";

/**
 * Makes this process optimize later. To be called before code that V8 has kept is read: it is kept for one set of flags. Threads of the
 * process do so, too.
 */
export function optimizeLater(): void {
  const flag = laterFlag(process.versions.v8);
  if (flag !== undefined) setFlagsFromString(flag);
}

/** Six times the default of a version of V8; undefined for versions whose flags nobody has looked at. */
export function laterFlag(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  // Bytes of executed bytecode between two questions: 67,584 in Node 20.
  if (major === 11) return "--interrupt-budget=400000";
  // Calls and loops: 3000 in Node 22 (12.4), 24 (13.6) and 26 (14.6).
  const isKnown = major === 12 ? minor >= 4 : major === 13 || (major === 14 && minor <= 6);
  return isKnown ? "--invocation-count-for-turbofan=18000" : undefined;
}
