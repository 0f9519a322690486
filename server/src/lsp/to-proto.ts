/**
 * ide's answers → LSP's types: the only place with positions, URIs and protocol enums on the way out.
 */
import type {
  CodeAction,
  Hover,
  Diagnostic as LspDiagnostic,
  InlayHint as LspInlayHint,
  MarkupContent,
  Range,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
import type { LineIndex, PositionEncoding } from "../base/line-index.ts";
import type { FilePath } from "../base/path.ts";
import type { Assist } from "../ide/assist.ts";
import type { Diagnostic } from "../ide/diagnostics.ts";
import type { HoverResult } from "../ide/hover.ts";
import type { InlayHint } from "../ide/inlay-hint.ts";
import type { Markup } from "../ide/markup.ts";
import { renderMarkdown, renderPlaintext } from "../ide/markup.ts";
import type { SourceChange } from "../ide/source-change.ts";
import { MARKDOWN, PLAIN_TEXT, QUICK_FIX, SEVERITIES } from "./lsp-values.ts";
import { uriOfPath } from "./uri.ts";

/** What conversion needs to know of the client and the document. */
export interface ProtoContext {
  readonly lines: LineIndex;
  readonly encoding: PositionEncoding;
  readonly markdown: boolean;
  /** Lines of another file. */
  linesOf(path: FilePath): LineIndex | undefined;
  uriOf(path: FilePath): string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

export function toRange(lines: LineIndex, encoding: PositionEncoding, span: Span): Range {
  return { start: lines.positionAt(span.start, encoding), end: lines.positionAt(span.end, encoding) };
}

export function toMarkup(markup: Markup, markdown: boolean): MarkupContent {
  return markdown ? { kind: MARKDOWN, value: renderMarkdown(markup) } : { kind: PLAIN_TEXT, value: renderPlaintext(markup) };
}

export function toHover(ctx: ProtoContext, result: HoverResult): Hover {
  return { contents: toMarkup(result.markup, ctx.markdown), range: toRange(ctx.lines, ctx.encoding, result.place) };
}

export function toInlayHint(ctx: ProtoContext, hint: InlayHint): LspInlayHint {
  const plain = hint.parts.every((part) => part.location === undefined && part.command === undefined);
  return {
    position: ctx.lines.positionAt(hint.offset, ctx.encoding),
    label: plain
      ? hint.parts.map((part) => part.text).join("")
      : hint.parts.map((part) => ({ value: part.text, ...location(ctx, part.location) })),
    paddingLeft: true,
    data: hint.data,
  };
}

function location(
  ctx: ProtoContext,
  place: (Span & { readonly file: FilePath }) | undefined,
): { location?: { uri: string; range: Range } } {
  if (place === undefined) return {};
  const lines = ctx.linesOf(place.file);
  return lines === undefined ? {} : { location: { uri: ctx.uriOf(place.file), range: toRange(lines, ctx.encoding, place) } };
}

export function toDiagnostic(ctx: ProtoContext, diagnostic: Diagnostic): LspDiagnostic {
  return {
    range: toRange(ctx.lines, ctx.encoding, diagnostic.range),
    severity: SEVERITIES[diagnostic.severity],
    source: "stowplan",
    code: diagnostic.code,
    message: diagnostic.message,
  };
}

/** A refactoring, and the same as a quick fix of the diagnostics it mends. */
export function toCodeActions(assist: Assist, mended: readonly LspDiagnostic[]): readonly CodeAction[] {
  const base = {
    title: assist.title,
    isPreferred: false,
    ...(assist.disabled === undefined ? {} : { disabled: { reason: assist.disabled } }),
    ...(assist.data === undefined ? {} : { data: assist.data }),
  };
  const refactoring: CodeAction = { ...base, kind: assist.kind };
  if (mended.length === 0 || assist.disabled !== undefined) return [refactoring];
  return [{ ...base, kind: QUICK_FIX, diagnostics: [...mended] }, refactoring];
}

export function toWorkspaceEdit(ctx: ProtoContext, change: SourceChange): WorkspaceEdit {
  const changes: NonNullable<WorkspaceEdit["changes"]> = {};
  for (const { file, edits } of change.files) {
    const lines = ctx.linesOf(file);
    if (lines === undefined) continue;
    changes[ctx.uriOf(file)] = edits.map((edit) => ({ range: toRange(lines, ctx.encoding, edit), newText: edit.newText }));
  }
  return { changes };
}

/** The URI of a path that no open document claims. */
export function defaultUri(path: FilePath): string {
  return uriOfPath(path);
}
