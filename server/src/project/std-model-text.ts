/**
 * The stored texts of the standard library's model: finds a file in a crate's text and gives the lines of the asked models.
 *
 *   //# num/niche_types.rs                 starts a file
 *   pub struct A(u8);                      a line of every model that has the crate
 *   @3 pub struct B(u8);                   a line of the models of set 3
 *   %2 impl ::core::marker::Copy for $0{}  a family: the line once for each tuple of number types, or each trait
 *
 * Several models answer together when none is of the asked version or target itself: what all of them say is certain; a
 * definition in which they differ is marked `#[stowplan_unknown(…)]` (`db/std-doubt.ts`).
 * Invariant: lines are whole items, so that comparing lines compares definitions; their order has no meaning.
 */
import { lazily } from "../base/lazily.ts";

export interface CrateText {
  readonly text: string;
  /** Where each file's first line begins. */
  readonly starts: ReadonlyMap<string, number>;
  /** For each family, the files with lines of it; made when first asked for. */
  readonly familyFiles: () => ReadonlyMap<number, readonly string[]>;
}

/** How to read the lines of one model. */
export interface ModelReader {
  /** The marks of the sets the model is in. */
  readonly sets: ReadonlySet<string>;
  readonly families: readonly string[];
  /** Types and impls that are not known, as `core/fmt.rs Arguments`. */
  readonly unknowns: ReadonlySet<string>;
  /** By file (`core/num/error.rs`): what a version without sources of its own changes in the model it is based on. */
  readonly changes: Readonly<Record<string, FileChange>>;
}

export interface FileChange {
  /** What goes: names of types and traits (`type Buffer`), constants, modules, macros and imports (`use Buffer`), or whole lines. */
  readonly drop?: readonly string[];
  readonly add?: readonly string[];
}

const FILE_MARK = "//# ";

/** Finds the files of a crate's text. */
export function indexCrateText(text: string): CrateText {
  const starts = new Map<string, number>();
  for (let at = text.indexOf(FILE_MARK); at >= 0; at = text.indexOf(FILE_MARK, at)) {
    const end = text.indexOf("\n", at);
    starts.set(text.slice(at + FILE_MARK.length, end), end + 1);
    at = end;
  }
  return { text, starts, familyFiles: lazily(() => indexFamilies(text)) };
}

/** The files that hold a text in their stored lines or in a family that a line stands for; a superset for any one model. */
export function filesMentioning(crate: CrateText, text: string, families: readonly string[]): readonly string[] {
  const files = new Set(filesHolding(crate, text));
  families.forEach((tuples, family) => {
    if (tuples.includes(text)) for (const file of crate.familyFiles().get(family) ?? []) files.add(file);
  });
  return [...files];
}

function filesHolding(crate: CrateText, text: string): readonly string[] {
  const files: string[] = [];
  const starts = [...crate.starts];
  let index = 0;
  for (let at = crate.text.indexOf(text); at >= 0; ) {
    while ((starts[index + 1]?.[1] ?? Number.POSITIVE_INFINITY) <= at) index += 1;
    const file = starts[index]?.[0];
    if (file !== undefined) files.push(file);
    index += 1;
    const next = starts[index]?.[1];
    if (next === undefined) break;
    at = crate.text.indexOf(text, Math.max(at + 1, next));
  }
  return files;
}

/** For each family, the files with lines of it. */
function indexFamilies(text: string): ReadonlyMap<number, readonly string[]> {
  const files = new Map<number, string[]>();
  let file = "";
  for (const [, started, family] of text.matchAll(/^(?:\/\/# (.*)|(?:@\w+ )?%(\d+) )/gm)) {
    if (started !== undefined) {
      file = started;
      continue;
    }
    const known = files.get(Number(family));
    if (known === undefined) files.set(Number(family), [file]);
    else if (known.at(-1) !== file) known.push(file);
  }
  return files;
}

export interface FileQuestion {
  /** `core/num/error.rs`. */
  readonly path: string;
  /** The crate's text; undefined for a crate none of the models has. */
  readonly crate: CrateText;
  /** The answering models, the nearest first. */
  readonly readers: readonly ModelReader[];
  /** Why definitions in which the models differ are not known. */
  /** What marks a definition in doubt. */
  readonly marker: string;
}

/** The text of a file (empty for a module that holds nothing in these models), or undefined when there is no such file. */
export function fileText(question: FileQuestion): string | undefined {
  const stored = storedLines(question.crate, question.path.slice(question.path.indexOf("/") + 1));
  const versions = question.readers.map((reader) =>
    linesOf(stored, reader, reader.changes[question.path]).map((line) =>
      reader.unknowns.size > 0 && isUnknown(line, question.path, reader) ? marked(line, question.marker) : line,
    ),
  );
  const [only] = versions;
  const lines = versions.length === 1 && only !== undefined ? only : merge(versions, question.marker);
  if (lines.length > 0) return `${lines.join("\n")}\n`;
  return stored.length > 0 ? "" : undefined;
}

function storedLines(crate: CrateText, file: string): readonly string[] {
  const start = crate.starts.get(file);
  if (start === undefined) return [];
  const next = crate.text.indexOf(FILE_MARK, start);
  return crate.text.slice(start, next < 0 ? crate.text.length : next).split("\n");
}

function linesOf(stored: readonly string[], reader: ModelReader, change: FileChange | undefined): readonly string[] {
  const lines = stored.flatMap((line) => {
    const { mark, item } = splitMark(line);
    return item !== "" && (mark === "" || reader.sets.has(mark)) ? expandFamily(item, reader.families) : [];
  });
  if (change === undefined) return lines;
  const dropped = new Set(change.drop ?? []);
  return [...lines.filter((line) => !dropped.has(line) && !dropped.has(definedName(line) ?? line)), ...(change.add ?? [])];
}

function splitMark(line: string): { readonly mark: string; readonly item: string } {
  if (!line.startsWith("@")) return { mark: "", item: line };
  const space = line.indexOf(" ");
  return { mark: line.slice(1, space), item: line.slice(space + 1) };
}

function expandFamily(item: string, families: readonly string[]): string[] {
  if (!item.startsWith("%")) return [item];
  const space = item.indexOf(" ");
  const template = item.slice(space + 1);
  const tuples = families[Number(item.slice(1, space))]?.split(" ") ?? [];
  return tuples.map((tuple) => {
    const names = tuple.split(".");
    return template.replaceAll(/\$(\d)/g, (_, place: string) => names[Number(place)] ?? "");
  });
}

/**
 * What several models say together. A name defined alike by all is certain, and so is an impl that all have. Of a name they define
 * differently the nearest model's definition stays, marked. `use` and `mod` lines only lead to definitions and are never
 * in doubt themselves.
 */
function merge(versions: readonly (readonly string[])[], marker: string): string[] {
  const byName = new Map<string, Map<string, number>>();
  for (const line of versions.flat()) {
    const name = definedName(line) ?? line;
    const lines = byName.get(name) ?? new Map<string, number>();
    byName.set(name, lines.set(line, (lines.get(line) ?? 0) + 1));
  }
  return [...byName.values()].flatMap((lines) => {
    const [nearest] = lines;
    if (nearest === undefined) return [];
    const [line, count] = nearest;
    const isCertain = count === versions.length || /^(?:pub(?:\([^)]*\))? )?(?:use|mod) /.test(line);
    return [isCertain ? line : marked(line, marker)];
  });
}

function isUnknown(line: string, path: string, reader: ModelReader): boolean {
  const name = definedName(line) ?? line;
  return reader.unknowns.has(`${path} ${name.startsWith("type ") ? name.slice("type ".length) : name}`);
}

function marked(line: string, marker: string): string {
  return `#[stowplan_unknown(${JSON.stringify(marker)})]${line}`;
}

const DEFINITION =
  /^(?:#\[[^\]]*\])*(?:extern "C"\{)?(?:pub(?:\([^)]*\))? )?(?:unsafe )?(?:auto )?(struct|enum|union|type|trait|const|mod|macro|macro_rules!) ((?:r#)?\w+)/;
const USE = /^pub use .*?(?:::|as )((?:r#)?\w+);$/;

/** `type Buffer`: lines with the same name say what the same name stands for. Undefined for impls and glob imports. */
function definedName(item: string): string | undefined {
  const definition = DEFINITION.exec(item);
  if (definition !== null) return `${keywordOf(definition[1] ?? "")} ${definition[2]}`;
  const use = USE.exec(item);
  return use === null ? undefined : `use ${use[1]}`;
}

/** One keyword for all that share a namespace, so that a struct that became an alias is still one name. */
function keywordOf(keyword: string): string {
  if (keyword.startsWith("macro")) return "macro";
  return keyword === "const" || keyword === "mod" ? keyword : "type";
}
