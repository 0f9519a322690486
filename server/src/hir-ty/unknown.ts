/**
 * Unknown: why there is no answer, and where the culprit is. It travels with types, consts and layouts up to the user.
 *
 * Invariant: `message` is a sentence part a user understands, with names in backticks; nothing drops it on the way, and only who shows
 * it puts it into words.
 */
import type { Message } from "../base/message.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import type { RelRange } from "../hir-def/expr.ts";

/** A place: a range relative to a definition's unit (UTF-16), or the definition itself. */
export interface Culprit {
  readonly owner: DefId | ModuleId;
  readonly range: RelRange | undefined;
}

export type UnknownKind =
  /** Depends on an open type or const parameter: not unknown but generic. */
  | "generic"
  | "unresolvedName"
  | "ambiguousName"
  | "privateOrMissingItem"
  | "missingCrate"
  | "macro"
  | "procMacro"
  | "cfg"
  | "buildScript"
  | "constNotEvaluated"
  | "traitSelection"
  | "opaqueType"
  | "closureOrCoroutine"
  | "recursiveWithoutIndirection"
  | "unsized"
  | "tooDeep"
  | "syntaxError"
  | "invalidType"
  | "layoutRejected"
  | "stdModel"
  | "notImplemented";

export interface Unknown {
  readonly kind: UnknownKind;
  readonly message: Message;
  readonly culprit: Culprit | undefined;
}
