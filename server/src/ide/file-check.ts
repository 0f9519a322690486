/**
 * What is told about a whole file unasked: its diagnostics, and how many of its definitions are exact.
 *
 * Invariant: a generator that stops after every definition, and where it is interrupted, so that who runs it can answer questions in
 * between; what it has computed stays with the queries, so that starting anew is cheap.
 */
import type { FilePath } from "../base/path.ts";
import type { Steps } from "../base/resumed.ts";
import { resumed } from "../base/resumed.ts";
import type { Semantics } from "../hir/model.ts";
import type { DiagnosticsConfig } from "./config.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { diagnosticsOf } from "./diagnostics.ts";
import { definitionFacts } from "./layout-facts.ts";

export interface StatusCounts {
  readonly exact: number;
  readonly generic: number;
  readonly unknown: number;
}

export interface FileCheck {
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many definitions are exact, generic and unknown; those that are configured out do not count. */
  readonly counts: StatusCounts;
}

/** Checks a file, one definition a step. */
export function* checkFile(sema: Semantics, file: FilePath, config: DiagnosticsConfig): Steps<FileCheck> {
  const diagnostics: Diagnostic[] = [];
  const counts = { exact: 0, generic: 0, unknown: 0 };
  for (const definition of yield* resumed(() => sema.definitions(file))) {
    if (definition.inactive !== undefined) continue;
    const { status } = yield* resumed(() => definitionFacts(sema, definition));
    counts[status] += 1;
    diagnostics.push(...(yield* resumed(() => diagnosticsOf(sema, definition, config))));
    yield;
  }
  return { diagnostics, counts };
}
