/**
 * Open documents: their text, version and lines; edits are handed on as they come, so that parsing stays incremental.
 */
import type { TextDocumentContentChangeEvent } from "vscode-languageserver-protocol";
import type { PositionEncoding } from "../base/line-index.ts";
import { LineIndex } from "../base/line-index.ts";
import type { FilePath } from "../base/path.ts";
import type { AnalysisHost, DocumentEdit } from "../workspace/analysis-host.ts";
import { documentPath } from "./uri.ts";

export interface OpenDocument {
  readonly uri: string;
  readonly path: FilePath;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
}

export class Documents {
  readonly #host: AnalysisHost;
  readonly #encoding: PositionEncoding;
  readonly #open = new Map<string, OpenDocument>();
  constructor(host: AnalysisHost, encoding: PositionEncoding) {
    this.#host = host;
    this.#encoding = encoding;
  }

  get all(): readonly OpenDocument[] {
    return [...this.#open.values()];
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  open(uri: string, version: number, text: string): void {
    const path = documentPath(uri);
    this.#host.openDocument(path, text);
    this.#open.set(uri, { uri, path, version, text, lines: new LineIndex(text) });
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const document = this.#open.get(uri);
    if (document === undefined) return;
    let { text, lines } = document;
    const edits: DocumentEdit[] = [];
    for (const change of changes) {
      const range = "range" in change ? change.range : undefined;
      const start = range === undefined ? 0 : lines.offsetAt(range.start, this.#encoding);
      const end = range === undefined ? text.length : Math.max(start, lines.offsetAt(range.end, this.#encoding));
      edits.push({ start, end, text: change.text });
      text = text.slice(0, start) + change.text + text.slice(end);
      lines = lines.edited(text, start, end);
    }
    this.#host.editDocument(document.path, edits);
    this.#open.set(uri, { ...document, version, text, lines });
  }

  close(uri: string): void {
    const document = this.#open.get(uri);
    if (document === undefined) return;
    this.#open.delete(uri);
    this.#host.closeDocument(document.path);
  }
}
