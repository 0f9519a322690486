/**
 * A document as a test edits it: its text here and at the server, and the places of its words.
 */
import type { LineCharacter, PositionEncoding } from "../../server/src/base/line-index.ts";
import { LineIndex } from "../../server/src/base/line-index.ts";
import type { TestClient } from "./client.ts";
import { at, text } from "./client.ts";

/** A C struct whose padding could be less, and a struct that holds it. */
export const INBOX_SOURCE = `#[repr(C)]
pub struct Header {
    kind: u8,
    len: u32,
    flags: u8,
    ts: u64,
}
pub struct Inbox { last: Option<Box<u32>>, header: Header }
`;

export class TestDocument {
  readonly client: TestClient;
  readonly uri: string;
  readonly #encoding: PositionEncoding;
  #text: string;
  #version = 1;

  /** Opens the document. */
  constructor(client: TestClient, uri: string, source: string, encoding: PositionEncoding = "utf-16") {
    this.client = client;
    this.uri = uri;
    this.#text = source;
    this.#encoding = encoding;
    this.open();
  }

  get text(): string {
    return this.#text;
  }

  open(): void {
    this.client.notify("textDocument/didOpen", {
      textDocument: { uri: this.uri, languageId: "rust", version: this.#version, text: this.#text },
    });
  }

  close(): void {
    this.client.notify("textDocument/didClose", { textDocument: { uri: this.uri } });
  }

  /** Replaces the first `old` by `now`, as one incremental change. */
  edit(old: string, now: string): void {
    this.change(
      [{ range: this.rangeOf(old), text: now }],
      this.#text.replace(old, () => now),
    );
  }

  /** Sends changes whose result is `after`. */
  change(contentChanges: readonly object[], after: string): void {
    this.#version += 1;
    this.#text = after;
    this.client.notify("textDocument/didChange", { textDocument: { uri: this.uri, version: this.#version }, contentChanges });
  }

  rangeOf(word: string): { readonly start: LineCharacter; readonly end: LineCharacter } {
    const from = this.#text.indexOf(word);
    if (from < 0) throw new Error(`\`${word}\` is not in the document`);
    const lines = new LineIndex(this.#text);
    return { start: lines.positionAt(from, this.#encoding), end: lines.positionAt(from + word.length, this.#encoding) };
  }

  /** The place of `word` where `before` + `word` first stands. */
  placeOf(word: string, before = ""): LineCharacter {
    return new LineIndex(this.#text).positionAt(this.offsetOf(before + word) + before.length, this.#encoding);
  }

  offsetOf(word: string): number {
    const from = this.#text.indexOf(word);
    if (from < 0) throw new Error(`\`${word}\` is not in the document`);
    return from;
  }

  hover(word: string, before = ""): Promise<unknown> {
    return this.client.request("textDocument/hover", { textDocument: { uri: this.uri }, position: this.placeOf(word, before) });
  }

  async hoverText(word: string, before = ""): Promise<string> {
    return text(at(await this.hover(word, before), "contents", "value"));
  }

  /** All hints of lines `first..=last` (from 0), as `line: label`, lines from 1. */
  async hints(first = 0, last = this.#text.split("\n").length): Promise<readonly string[]> {
    const range = { start: { line: first, character: 0 }, end: { line: last, character: 999 } };
    const hints = await this.client.request("textDocument/inlayHint", { textDocument: { uri: this.uri }, range });
    return Array.isArray(hints) ? hints.map((hint) => `${Number(at(hint, "position", "line")) + 1}: ${labelOf(at(hint, "label"))}`) : [];
  }

  async diagnostics(): Promise<unknown> {
    const report = await this.client.request("textDocument/diagnostic", { textDocument: { uri: this.uri } });
    return at(report, "items");
  }

  codeActions(word: string, context: object = { diagnostics: [] }): Promise<unknown> {
    return this.client.request("textDocument/codeAction", { textDocument: { uri: this.uri }, range: this.rangeOf(word), context });
  }

  /** The text after the document's edits of a workspace edit. */
  withEdits(edit: unknown): string {
    const edits = at(edit, "changes", this.uri);
    if (!Array.isArray(edits)) throw new Error(`no edits for ${this.uri}: ${JSON.stringify(edit)}`);
    const lines = new LineIndex(this.#text);
    const placed = edits.map((it: unknown) => ({
      start: lines.offsetAt(positionOf(at(it, "range", "start")), this.#encoding),
      end: lines.offsetAt(positionOf(at(it, "range", "end")), this.#encoding),
      newText: text(at(it, "newText")),
    }));
    const fromTheEnd = placed.toSorted((a, b) => b.start - a.start);
    return fromTheEnd.reduce((source, { start, end, newText }) => source.slice(0, start) + newText + source.slice(end), this.#text);
  }
}

function positionOf(value: unknown): LineCharacter {
  return { line: Number(at(value, "line")), character: Number(at(value, "character")) };
}

function labelOf(label: unknown): string {
  return Array.isArray(label) ? label.map((part) => text(at(part, "value"))).join("") : text(label);
}
