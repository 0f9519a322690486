/**
 * Isolation: a defect in what is derived of one definition takes nothing from the others. It is told once, where the product tells of
 * such, and stands as the reason in place of the answer.
 *
 * Invariant: what unwinds a question on purpose (`Pending`, `Cancelled`, `Interrupted`) passes.
 */

import { Cancelled, Interrupted, Pending } from "../base/file-system.ts";
import { msg } from "../base/message.ts";
import type { Semantics, TypeDefinition } from "../hir/model.ts";

/** What stands in place of an answer. */
export const INTERNAL_ERROR = msg("an internal error, told in Stowplan's output");

/** What `compute` gives; after a defect, which is told, what `otherwise` gives. */
export function isolated<T>(sema: Semantics, definition: TypeDefinition, compute: () => T, otherwise: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Pending || error instanceof Cancelled || error instanceof Interrupted) throw error;
    sema.tellDefect(`\`${definition.name}\` in ${definition.file}`, error);
    return otherwise();
  }
}
