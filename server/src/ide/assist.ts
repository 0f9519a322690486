/**
 * One assist: a change that is offered, and what is needed to make its edit later.
 *
 * Invariant: plain data that survives JSON, so that an editor can hand it back when the assist is chosen.
 */
import type { FilePath } from "../base/path.ts";
import type { DiagnosticCode } from "./config.ts";

/** Code action kinds, below `refactor.rewrite` so that rust-analyzer's plain `refactor` stands first. */
export type AssistKind = "refactor.rewrite.boxVariant" | "refactor.rewrite.boxField";

/** What an assist needs to make its edit later; survives JSON. */
export interface AssistData {
  readonly id: "boxFields";
  readonly file: FilePath;
  /** Key of the definition. */
  readonly key: string;
  readonly variant: number;
  readonly fields: readonly number[];
}

export interface Assist {
  readonly kind: AssistKind;
  /** Plain text. */
  readonly title: string;
  /** Why it cannot be done here; plain text. */
  readonly disabled: string | undefined;
  /** The diagnostic that it mends, if one is reported at its place. */
  readonly fixes: DiagnosticCode | undefined;
  /** undefined for a disabled one. */
  readonly data: AssistData | undefined;
}

export interface AssistRange {
  readonly file: FilePath;
  /** UTF-16 offsets; equal for a cursor. */
  readonly start: number;
  readonly end: number;
}
