/**
 * What clients send, checked: of each message's parameters the parts that this server reads.
 *
 * Invariant: a check looks at everything that is read of a value, and at nothing else; what LSP allows passes.
 */
import type {
  CodeAction,
  Diagnostic,
  InitializeParams,
  InlayHint,
  Position,
  Range,
  TextDocumentContentChangeEvent,
  WorkspaceFolder,
} from "vscode-languageserver-protocol";
import type { CompareParams, LayoutParams, TargetsParams } from "../protocol.ts";

/** Whether a value is what it should be. */
export type Check<T> = (value: unknown) => value is T;

/** The type that a check finds. */
type Checked<C> = C extends Check<infer T> ? T : never;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Lines, characters and versions; clients say "to the end" with numbers beyond what LSP allows. */
function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isInteger(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isAnything(_value: unknown): _value is unknown {
  return true;
}

/** An object with these parts, at least. */
function shape<T extends object>(parts: { readonly [K in keyof T]: Check<T[K]> }): Check<T> {
  const checks = Object.entries<Check<unknown>>(parts);
  return (value): value is T => isRecord(value) && checks.every(([key, check]) => check(value[key]));
}

function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

/** Something that may be left out; some clients write null then. */
function maybe<T>(check: Check<T>): Check<T | null | undefined> {
  return (value): value is T | null | undefined => value === undefined || value === null || check(value);
}

const isPosition: Check<Position> = shape({ line: isCount, character: isCount });
const isRange: Check<Range> = shape({ start: isPosition, end: isPosition });
const isDocument = shape({ uri: isText });

function isDiagnostic(value: unknown): value is Diagnostic {
  return isRecord(value) && isRange(value["range"]);
}

/** A folder's name is not read. */
function isFolder(value: unknown): value is WorkspaceFolder {
  return isRecord(value) && isText(value["uri"]);
}

/** The folders in a list, whatever else stands in it. */
export function foldersIn(value: unknown): readonly WorkspaceFolder[] {
  return Array.isArray(value) ? value.filter(isFolder) : [];
}

function isContentChange(value: unknown): value is TextDocumentContentChangeEvent & { readonly range?: Range | null } {
  return isRecord(value) && isText(value["text"]) && maybe(isRange)(value["range"]);
}

export const isDidOpen = shape({ textDocument: shape({ uri: isText, version: isNumber, text: isText }) });
export const isDidChange = shape({
  textDocument: shape({ uri: isText, version: maybe(isNumber) }),
  contentChanges: listOf(isContentChange),
});
export const isDidClose = shape({ textDocument: isDocument });
export const isDidChangeConfiguration = shape({ settings: isAnything });
export const isDidChangeWatchedFiles = shape({ changes: listOf(shape({ uri: isText })) });
export const isDidChangeWorkspaceFolders = shape({ event: shape({ added: listOf(isFolder), removed: listOf(isFolder) }) });
export const isProgressCancel = shape({ token: isAnything });

export const isHover = shape({ textDocument: isDocument, position: isPosition });
export const isInlayHints = shape({ textDocument: isDocument, range: isRange });
export const isCodeAction = shape({
  textDocument: isDocument,
  range: isRange,
  context: shape({ diagnostics: listOf(isDiagnostic), only: maybe(listOf(isText)) }),
});
export const isDocumentDiagnostic = shape({ textDocument: isDocument });

/** What is read of them is looked at where it is read (`client-facts.ts`). */
export function isInitialize(value: unknown): value is InitializeParams {
  return isRecord(value);
}

/** A hint or an action that comes back: all but its data, which `from-proto.ts` looks at, goes back as it came. */
export function isHint(value: unknown): value is InlayHint {
  return isRecord(value);
}

export function isAction(value: unknown): value is CodeAction {
  return isRecord(value);
}

const isPlace = shape({ uri: isText, position: isPosition });
const isDefinition = shape({ file: isText, key: isText });

export function isTargets(value: unknown): value is TargetsParams {
  return isRecord(value) && maybe(isText)(value["uri"]);
}

export function isLayout(value: unknown): value is LayoutParams {
  return isPlace(value);
}

export function isCompare(value: unknown): value is CompareParams {
  return isDefinition(value) || isPlace(value);
}

export type HoverQuestion = Checked<typeof isHover>;
export type InlayHintsQuestion = Checked<typeof isInlayHints>;
export type CodeActionQuestion = Checked<typeof isCodeAction>;
export type ContentChange = Checked<typeof isContentChange>;
