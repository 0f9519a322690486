/**
 * The numbers and words of LSP 3.17 that this server says, typed by vscode-languageserver-protocol (whose own values are code that
 * would run at each start).
 */
import type {
  CodeActionKind,
  LSPErrorCodes,
  MarkupKind,
  PositionEncodingKind,
  DiagnosticSeverity as Severity,
  TextDocumentSyncKind,
} from "vscode-languageserver-protocol";

export const REQUEST_CANCELLED: typeof LSPErrorCodes.RequestCancelled = -32800;
export const CONTENT_MODIFIED: typeof LSPErrorCodes.ContentModified = -32801;
export const INCREMENTAL_SYNC: typeof TextDocumentSyncKind.Incremental = 2;
export const QUICK_FIX: typeof CodeActionKind.QuickFix = "quickfix";
export const REFACTOR_REWRITE: typeof CodeActionKind.RefactorRewrite = "refactor.rewrite";
export const MARKDOWN: typeof MarkupKind.Markdown = "markdown";
export const PLAIN_TEXT: typeof MarkupKind.PlainText = "plaintext";
export const UTF8: typeof PositionEncodingKind.UTF8 = "utf-8";
export const UTF16: typeof PositionEncodingKind.UTF16 = "utf-16";
export const UTF32: typeof PositionEncodingKind.UTF32 = "utf-32";

export const SEVERITIES: {
  readonly error: typeof Severity.Error;
  readonly warning: typeof Severity.Warning;
  readonly information: typeof Severity.Information;
  readonly hint: typeof Severity.Hint;
} = { error: 1, warning: 2, information: 3, hint: 4 };
