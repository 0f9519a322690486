/**
 * Open documents: their text, version and lines; edits are handed on as they come, so that parsing stays incremental.
 *
 * Invariant: what was opened before anything was asked is handed on, and parsed, with the first question that is not answered by what
 * is kept of an earlier start; from then on everything is handed on at once. No two documents have the same path.
 */
import type { Position } from "vscode-languageserver-protocol";
import type { PositionEncoding } from "../base/line-index.ts";
import { LineIndex } from "../base/line-index.ts";
import type { FilePath } from "../base/path.ts";
import type { AnalysisHost, DocumentEdit } from "../workspace/analysis-host.ts";
import type { ContentChange } from "./params.ts";
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
  #isHandedOn = false;
  #isAsOpened = true;

  constructor(host: AnalysisHost, encoding: PositionEncoding) {
    this.#host = host;
    this.#encoding = encoding;
  }

  get all(): readonly OpenDocument[] {
    return [...this.#open.values()];
  }

  /** All documents, in the order they were opened; undefined once one was edited, closed or opened again. */
  get asOpened(): readonly OpenDocument[] | undefined {
    return this.#isAsOpened ? this.all : undefined;
  }

  /** Whether anything can have been computed. */
  get isHandedOn(): boolean {
    return this.#isHandedOn;
  }

  /** Before anything is computed: hands on what was opened. */
  handOn(): void {
    if (this.#isHandedOn) return;
    this.#isHandedOn = true;
    for (const { path, text } of this.#open.values()) this.#host.openDocument(path, text);
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  open(uri: string, version: number, text: string): void {
    const path = this.#open.get(uri)?.path ?? this.#freePath(documentPath(uri));
    this.#isAsOpened &&= !this.#open.has(uri);
    if (this.#isHandedOn) this.#host.openDocument(path, text);
    this.#open.set(uri, { uri, path, version, text, lines: new LineIndex(text) });
  }

  /** The path, unless a document of another URI has it (`g%6Fod.rs` beside `good.rs`): each has its own text, and one stands alone. */
  #freePath(path: FilePath): FilePath {
    return this.all.some((document) => document.path === path) ? this.#freePath(`${path}#.rs`) : path;
  }

  change(uri: string, version: number | null | undefined, changes: readonly ContentChange[]): void {
    const document = this.#open.get(uri);
    if (document === undefined) return;
    this.#isAsOpened = false;
    this.handOn();
    let { text, lines } = document;
    const edits: DocumentEdit[] = [];
    for (const change of changes) {
      // Some clients write null for what they leave out.
      const range = "range" in change ? (change.range ?? undefined) : undefined;
      const start = range === undefined ? 0 : lines.offsetAt(range.start, this.#encoding);
      const end = range === undefined ? text.length : Math.max(start, lines.offsetAt(range.end, this.#encoding));
      edits.push({ start, end, text: change.text });
      text = text.slice(0, start) + change.text + text.slice(end);
      lines = lines.edited(text, start, end);
    }
    this.#host.editDocument(document.path, edits);
    this.#open.set(uri, { ...document, version: version ?? document.version, text, lines });
  }

  close(uri: string): void {
    const document = this.#open.get(uri);
    if (document === undefined) return;
    this.#isAsOpened = false;
    this.handOn();
    this.#open.delete(uri);
    this.#host.closeDocument(document.path);
  }
}

/**
 * The offset of a position, or of the beginning of the word around it: which character of a word is pointed at makes no difference.
 * Words are ASCII, and a part of what Rust calls one.
 */
export function wordAt({ text, lines }: OpenDocument, position: Position, encoding: PositionEncoding): number {
  let offset = lines.offsetAt(position, encoding);
  if (!isWordAt(text, offset)) return offset;
  while (offset > 0 && isWordAt(text, offset - 1)) offset -= 1;
  return offset;
}

function isWordAt(text: string, offset: number): boolean {
  return WORD.test(text.charAt(offset));
}

const WORD = /\w/;
