/**
 * Data that went to the client and came back: checked, since a client may send anything.
 */
import type { AssistData } from "../ide/assist.ts";
import type { InlayHintData } from "../ide/inlay-hint.ts";

/** Whether a hint's data are ours. */
export function isHintData(value: unknown): value is InlayHintData {
  return isObject(value) && typeof value["file"] === "string" && typeof value["key"] === "string";
}

/** Whether an action's data are ours. */
export function isAssistData(value: unknown): value is AssistData {
  return (
    isObject(value) &&
    value["id"] === "boxFields" &&
    typeof value["file"] === "string" &&
    typeof value["key"] === "string" &&
    typeof value["variant"] === "number" &&
    Array.isArray(value["fields"]) &&
    value["fields"].every((field) => typeof field === "number")
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
