/**
 * SourceDb: files and their items, for all crates and targets. Files are read when first asked for; open documents overlay them
 * and keep their tree for incremental parsing.
 *
 * Invariants: closed files keep no tree; an item keeps its identity as long as its text is the same; a change of text that
 * leaves the items alone (a function body) changes `itemTree` not at all.
 */
import type { FileContent, FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import { Input, Query } from "../db/query.ts";
import type { Durability, QueryRuntime } from "../db/query-runtime.ts";
import type { DocumentEdit, ParsedDocument, PlacedUnit, RustParser } from "../syntax/parser.ts";
import type { RawItem } from "./item-tree.ts";
import { lowerUnit } from "./lower-item.ts";
import type { TextFacts } from "./text-facts.ts";
import { textFacts } from "./text-facts.ts";

/** A file's items without their places: what name resolution and layouts depend on. */
export type ItemList = readonly ItemNode[];

export interface ItemNode {
  readonly raw: RawItem;
  /** The contents of an inline module. */
  readonly children: ItemList | undefined;
}

export interface FileItems {
  readonly items: ItemList;
  /** Why the file gives no items (missing, unreadable). */
  readonly problem: string | undefined;
}

interface ParsedFile {
  readonly units: readonly PlacedUnit<RawItem>[];
  readonly problem: string | undefined;
}

export class SourceDb {
  readonly runtime: QueryRuntime;
  readonly parser: RustParser;
  readonly #fs: FileSystem;
  readonly #contents = new Map<FilePath, Input<FileContent>>();
  readonly #documents = new Map<FilePath, ParsedDocument>();
  readonly #known = new Map<FilePath, Map<string, RawItem>>();
  readonly #kinds = new Map<FilePath, Input<"file" | "directory" | undefined>>();
  readonly #parsed: Query<FilePath, ParsedFile>;
  readonly #items: Query<FilePath, FileItems>;
  readonly #facts: Query<FilePath, TextFacts | undefined>;

  constructor(runtime: QueryRuntime, parser: RustParser, fs: FileSystem) {
    this.runtime = runtime;
    this.parser = parser;
    this.#fs = fs;
    this.#parsed = new Query(runtime, { name: "parse", compute: (path) => this.#parse(path) });
    this.#items = new Query(runtime, { name: "itemTree", compute: (path) => this.#itemsOf(path), equals: sameItems });
    this.#facts = new Query<FilePath, TextFacts | undefined>(runtime, { name: "textFacts", compute: (path) => this.#factsOf(path) });
  }

  /** The text of a file as the editor or the disk has it. */
  content(path: FilePath): FileContent {
    return this.#input(path).get();
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

  /** What a file's text may declare; undefined for a file without text. */
  textFacts(path: FilePath): TextFacts | undefined {
    return this.#facts.get(path);
  }

  /** Parses text that is no file (the output of a macro) into items. */
  parseText(text: string): readonly PlacedUnit<RawItem>[] {
    return this.parser.parseFile(text, { reuse: () => undefined, lower: lowerUnit });
  }

  /** A document was opened in the editor, or its text was replaced. */
  openDocument(path: FilePath, text: string): void {
    this.#documents.get(path)?.dispose();
    this.#documents.set(path, this.parser.open(text));
    this.#kinds.get(path)?.set("file");
    this.#setText(path, text);
  }

  /** An open document was edited. */
  editDocument(path: FilePath, edits: readonly DocumentEdit[]): void {
    const document = this.#documents.get(path);
    if (document === undefined || edits.length === 0) return;
    document.update(edits);
    this.#setText(path, document.text);
  }

  /** The text of an open document. */
  documentText(path: FilePath): string | undefined {
    return this.#documents.get(path)?.text;
  }

  closeDocument(path: FilePath): void {
    this.#documents.get(path)?.dispose();
    this.#documents.delete(path);
    this.#known.delete(path);
    this.fileChanged(path);
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
    input.soften();
    input.set(content);
  }

  /** Frees all trees. */
  dispose(): void {
    for (const document of this.#documents.values()) document.dispose();
    this.#documents.clear();
  }

  /** Drops memos nobody has used since a revision. */
  sweep(revision: number): void {
    this.#parsed.sweep(revision);
    this.#items.sweep(revision);
    this.#facts.sweep(revision);
  }

  #setText(path: FilePath, text: string): void {
    const input = this.#contents.get(path);
    if (input === undefined) {
      this.#contents.set(path, new Input<FileContent>(this.runtime, { kind: "text", text }, "low"));
      this.runtime.bump("low");
      return;
    }
    input.soften();
    input.set({ kind: "text", text });
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
    const content = this.content(path);
    if (content.kind === "missing") return { units: [], problem: `\`${path}\` does not exist` };
    if (content.kind === "unreadable") return { units: [], problem: content.reason };
    const document = this.#documents.get(path);
    if (document === undefined || document.text !== content.text) return { units: this.parseText(content.text), problem: undefined };
    return { units: this.#parseDocument(path, document), problem: undefined };
  }

  /** Open documents remember their items by text, and forget those that are gone. */
  #parseDocument(path: FilePath, document: ParsedDocument): readonly PlacedUnit<RawItem>[] {
    const old = this.#known.get(path);
    const now = new Map<string, RawItem>();
    const units = document.units<RawItem>({
      reuse: (text) => {
        const raw = now.get(text) ?? old?.get(text);
        if (raw !== undefined) now.set(text, raw);
        return raw;
      },
      lower: (unit) => {
        this.runtime.countWork("lowerItem");
        const raw = lowerUnit(unit);
        if (raw.kind !== "error") now.set(unit.text, raw);
        return raw;
      },
    });
    this.#known.set(path, now);
    return units;
  }

  #factsOf(path: FilePath): TextFacts | undefined {
    const content = this.content(path);
    return content.kind === "text" ? textFacts(content.text) : undefined;
  }

  #itemsOf(path: FilePath): FileItems {
    const { units, problem } = this.#parsed.get(path);
    return { items: itemList(units), problem };
  }
}

/** Units without their places. */
export function itemList(units: readonly PlacedUnit<RawItem>[]): ItemList {
  return units.map((unit) => ({ raw: unit.value, children: unit.kind === "module" ? itemList(unit.units) : undefined }));
}

function sameItems(a: FileItems, b: FileItems): boolean {
  return a.problem === b.problem && sameList(a.items, b.items);
}

function sameList(a: ItemList, b: ItemList): boolean {
  return (
    a.length === b.length &&
    a.every((node, i) => {
      const other = b[i];
      if (other === undefined || other.raw !== node.raw) return false;
      if (node.children === undefined || other.children === undefined) return node.children === other.children;
      return sameList(node.children, other.children);
    })
  );
}
