/**
 * One Rust file, opened as the product opens it: real parser, bundled standard library, real layouts. For tests from end to end.
 *
 * Example: `(await openSource("struct A { a: u8 }")).hover({ file: SOURCE_FILE, offset: 7 }, DEFAULT_HOVER)`.
 */
import type { Analysis } from "../../server/src/ide/analysis.ts";
import { analysisOf } from "../../server/src/ide/analysis.ts";
import type { OpenOptions } from "./open-semantics.ts";
import { openSemantics } from "./open-semantics.ts";

export const SOURCE_FILE = "/ws/lib.rs";

export type SourceOptions = Pick<OpenOptions, "target" | "rustVersion">;

const opened = new Map<string, Promise<Analysis>>();

/** The analysis of a source as the root of a crate, by default with rustc 1.95 for x86_64 Linux. */
export function openSource(source: string, options: SourceOptions = {}): Promise<Analysis> {
  const key = JSON.stringify([source, options.target, options.rustVersion]);
  const known = opened.get(key) ?? openSemantics({ [SOURCE_FILE]: source }, options).then(analysisOf);
  opened.set(key, known);
  return known;
}
