/**
 * SourceDb: files and their items, for all crates and targets. Files are read when first asked for; open documents overlay them
 * and keep their tree for incremental parsing.
 *
 * Invariants: closed files keep no tree; an item keeps its identity as long as its text is the same; a change of text that
 * leaves the items alone (a function body) changes `itemTree` not at all, and what depends on it need not even be verified:
 * items of open documents are inputs of their own, set when the document is edited.
 */

import type { FileContent, FileSystem } from "../base/file-system.ts";
import type { Message } from "../base/message.ts";
import { msg, sameMessage } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { Steps } from "../base/resumed.ts";
import { Input, Query } from "../db/query.ts";
import type { Durability, QueryRuntime } from "../db/query-runtime.ts";
import type { RustParser } from "../syntax/parser.ts";
import type { DocumentEdit } from "../syntax/text-change.ts";
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { ItemCache } from "./item-codec.ts";
import { decodeItems, encodeItems } from "./item-codec.ts";
import type { ItemList } from "./item-list.ts";
import { itemList, sameList } from "./item-list.ts";
import type { RawItem } from "./item-tree.ts";
import { lowerUnit } from "./lower-item.ts";
import { OpenDocument } from "./open-document.ts";
import { readItem } from "./read-item.ts";
import type { TextFacts } from "./text-facts.ts";
import { textFacts } from "./text-facts.ts";
import { textItems } from "./text-items.ts";

export interface FileItems {
  readonly items: ItemList;
  /** Why the file gives no items (missing, unreadable). */
  readonly problem: Message | undefined;
}

interface ParsedFile {
  readonly units: readonly PlacedUnit<RawItem>[];
  readonly problem: Message | undefined;
}

export class SourceDb {
  readonly runtime: QueryRuntime;
  readonly parser: RustParser;
  readonly #fs: FileSystem;
  readonly #cache: ItemCache | undefined;
  readonly #contents = new Map<FilePath, Input<FileContent>>();
  readonly #documents = new Map<FilePath, OpenDocument>();
  /** Closed since `forgetClosed`. */
  readonly #closed = new Set<FilePath>();
  /** The items of files while they are open. */
  readonly #openItems = new Map<FilePath, Input<ItemList | undefined>>();
  readonly #kinds = new Map<FilePath, Input<"file" | "directory" | undefined>>();
  readonly #parsed: Query<FilePath, ParsedFile>;
  readonly #items: Query<FilePath, FileItems>;
  readonly #facts: Query<FilePath, TextFacts | undefined>;

  constructor(runtime: QueryRuntime, parser: RustParser, fs: FileSystem, cache?: ItemCache) {
    this.runtime = runtime;
    this.parser = parser;
    this.#fs = fs;
    this.#cache = cache;
    this.#parsed = new Query(runtime, { name: "parse", compute: (path) => this.#parse(path) });
    this.#items = new Query(runtime, { name: "itemTree", compute: (path) => this.#itemsOf(path), equals: sameItems });
    this.#facts = new Query<FilePath, TextFacts | undefined>(runtime, { name: "textFacts", compute: (path) => this.#factsOf(path) });
  }

  /** The text of a file as the editor or the disk has it. */
  content(path: FilePath): FileContent {
    return this.#input(path).get();
  }

  /** The same; why it cannot be read. */
  textOf(path: FilePath): Result<string, Message> {
    const content = this.content(path);
    switch (content.kind) {
      case "text":
        return ok(content.text);
      case "missing":
        return err(msg("`{path}` does not exist", { path }));
      default:
        return err(msg("`{path}` cannot be read: {reason}", { path, reason: content.reason }));
    }
  }

  /** Whether a path is a file now; re-asked when the host says that it changed. */
  isFile(path: FilePath): boolean {
    let input = this.#kinds.get(path);
    if (input === undefined) {
      input = new Input<"file" | "directory" | undefined>(this.runtime, this.#documents.has(path) ? "file" : this.#fs.kindOf(path), "high");
      this.#kinds.set(path, input);
    }
    return input.get() === "file";
  }

  /** A file's items and where each unit stands (UTF-16 offsets). */
  placedUnits(path: FilePath): readonly PlacedUnit<RawItem>[] {
    return this.#parsed.get(path).units;
  }

  /** A file's items, unchanged by edits that leave them alone. */
  itemTree(path: FilePath): FileItems {
    return this.#items.get(path);
  }

  /** What a file's text may declare; undefined where that is not known: for a file without text, or one that is open. */
  textFacts(path: FilePath): TextFacts | undefined {
    return this.#facts.get(path);
  }

  /** The items of a text, as of a macro's output: reading their heads takes no longer than looking for what was kept of a short text. */
  parseText(text: string): readonly PlacedUnit<RawItem>[] {
    this.runtime.countWork("parseText");
    return textItems(this.parser, text, this.#whole);
  }

  /** The items of a closed file's text. */
  #parseFile(text: string): readonly PlacedUnit<RawItem>[] {
    const kept = this.#cache?.read(text);
    const known = kept === undefined ? undefined : decodeItems(text, kept, this.#whole);
    if (known !== undefined) return known;
    const units = this.parseText(text);
    this.#cache?.write(text, () => encodeItems(units));
    return units;
  }

  /** The first item of a text, read whole. */
  firstItem(text: string): RawItem | undefined {
    return this.#whole(text);
  }

  /** The item of a text, read off it where it is plain. */
  readonly #whole = (text: string): RawItem | undefined => readItem(text) ?? this.#parsedItem(text);

  readonly #parsedItem = (text: string): RawItem | undefined => {
    this.runtime.countWork("parseBody");
    return this.parser.parseFile(text, { reuse: () => undefined, lower: lowerUnit })[0]?.value;
  };

  /** A document was opened in the editor, or its text was replaced. */
  openDocument(path: FilePath, text: string): void {
    this.#documents.get(path)?.dispose();
    const document = new OpenDocument(this.runtime, this.parser, text, this.#parsedItem);
    this.#documents.set(path, document);
    this.#kinds.get(path)?.set("file");
    this.#setOpen(path, document);
  }

  /** An open document was edited. */
  editDocument(path: FilePath, edits: readonly DocumentEdit[]): void {
    const document = this.#documents.get(path);
    if (document === undefined || edits.length === 0) return;
    document.edit(edits);
    this.#setOpen(path, document);
  }

  /** Parses what the next edit of an open document needs, in steps. */
  *parseAhead(path: FilePath): Steps<void> {
    yield* this.#documents.get(path)?.parseAhead() ?? [];
  }

  /** The text of an open document. */
  documentText(path: FilePath): string | undefined {
    return this.#documents.get(path)?.text;
  }

  closeDocument(path: FilePath): void {
    this.#documents.get(path)?.dispose();
    this.#documents.delete(path);
    this.#openItemsOf(path).set(undefined);
    this.#closed.add(path);
    this.fileChanged(path);
  }

  /** Nobody depends any more on what was found in files that are closed since the last time: it is not kept. */
  forgetClosed(): void {
    for (const path of this.#closed) this.forgetFile(path);
  }

  /** The same of one file. */
  forgetFile(path: FilePath): void {
    this.#closed.delete(path);
    if (!this.#documents.has(path)) for (const query of [this.#parsed, this.#items, this.#facts]) query.forget(path);
  }

  /** A file changed on disk (or came, or went). */
  fileChanged(path: FilePath): void {
    if (this.#documents.has(path)) return;
    this.#kinds.get(path)?.set(this.#fs.kindOf(path));
    const input = this.#contents.get(path);
    if (input === undefined) return;
    const content = this.#fs.readFile(path);
    const old = input.get();
    if (old.kind === "text" && content.kind === "text" && old.text === content.text) return;
    input.soften("low");
    input.set(content);
  }

  /** Frees all trees. */
  dispose(): void {
    for (const document of this.#documents.values()) document.dispose();
    this.#documents.clear();
  }

  #setOpen(path: FilePath, document: OpenDocument): void {
    const { text } = document;
    const items = this.#openItemsOf(path);
    items.soften("medium");
    items.set(document.items);
    const input = this.#contents.get(path);
    if (input === undefined) {
      this.#contents.set(path, new Input<FileContent>(this.runtime, { kind: "text", text }, "low"));
      this.runtime.bump("low");
      return;
    }
    input.soften("low");
    input.set({ kind: "text", text });
  }

  #openItemsOf(path: FilePath): Input<ItemList | undefined> {
    let input = this.#openItems.get(path);
    if (input === undefined) {
      input = new Input<ItemList | undefined>(this.runtime, this.#documents.get(path)?.items, "high");
      this.#openItems.set(path, input);
    }
    return input;
  }

  #input(path: FilePath): Input<FileContent> {
    let input = this.#contents.get(path);
    if (input === undefined) {
      const durability: Durability = "high";
      input = new Input(this.runtime, this.#fs.readFile(path), durability);
      this.#contents.set(path, input);
    }
    return input;
  }

  #parse(path: FilePath): ParsedFile {
    const text = this.textOf(path);
    if (!text.ok) return { units: [], problem: text.error };
    const document = this.#documents.get(path);
    const isOpen = document !== undefined && document.text === text.value;
    return { units: isOpen ? document.units : this.#parseFile(text.value), problem: undefined };
  }

  #factsOf(path: FilePath): TextFacts | undefined {
    // A file that is open is parsed already, and its text changes too often to be judged by.
    if (this.#openItemsOf(path).get() !== undefined) return undefined;
    const content = this.content(path);
    return content.kind === "text" ? textFacts(content.text) : undefined;
  }

  #itemsOf(path: FilePath): FileItems {
    const open = this.#openItemsOf(path).get();
    if (open !== undefined) return { items: open, problem: undefined };
    const { units, problem } = this.#parsed.get(path);
    return { items: itemList(units), problem };
  }
}

function sameItems(a: FileItems, b: FileItems): boolean {
  return sameMessage(a.problem, b.problem) && sameList(a.items, b.items);
}
