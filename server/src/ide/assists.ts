/**
 * Assists: changes that are offered where the cursor is. Each is told by title and kind; its edit is made when it is chosen.
 *
 * Invariant: an assist that cannot be right is offered disabled, with the reason. None is preferred over others: they change APIs.
 *
 * Example: with the cursor in `Blob([u8; 1024])`: "Box `Blob` payload (Message: 1032 B → 24 B), uses not changed".
 */
import type { Semantics } from "../hir/model.ts";
import type { Assist, AssistData, AssistRange } from "./assist.ts";
import { boxVariantAssists, boxVariantChange } from "./assist-box-variant.ts";
import type { DiagnosticsConfig } from "./config.ts";
import type { SourceChange } from "./source-change.ts";

/** The assists for a selection. */
export function assists(sema: Semantics, at: AssistRange, config: DiagnosticsConfig): readonly Assist[] {
  return boxVariantAssists(sema, at, config);
}

/** The edit of an assist; undefined where the definition is gone or has changed so that the edit would be another. */
export function resolveAssist(sema: Semantics, data: AssistData): SourceChange | undefined {
  return boxVariantChange(sema, data);
}
