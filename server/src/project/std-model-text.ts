/**
 * The stored texts of the standard library's model: finds a file in a crate's text and gives the lines of the asked models.
 *
 *   //# num/niche_types.rs                 starts a file
 *   pub struct A(u8);                      a line of every model that has the crate
 *   @3 pub struct B(u8);                   a line of the models of set 3
 *   %2 impl ::core::marker::Copy for $0{}  a family: the line once for each tuple of number types
 *
 * Several models answer together when none is of the asked version or target itself: what all of them say is certain; a
 * definition in which they differ is marked `#[stowplan_unknown("reason")]`.
 * Invariant: lines are whole items, so that comparing lines compares definitions; their order has no meaning.
 */

export interface CrateText {
  readonly text: string;
  /** Where each file's first line begins. */
  readonly starts: ReadonlyMap<string, number>;
}

/** What a question needs to read lines; models are in order of preference, the nearest first. */
export interface LineReader {
  /** For each set of models, by its mark: which of the asked models it has. */
  readonly sets: ReadonlyMap<string, readonly boolean[]>;
  readonly families: readonly string[];
  readonly modelCount: number;
  /** Why definitions in which the models differ are not known. */
  readonly unknownReason: string;
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
  return { text, starts };
}

/** The files whose stored lines hold a text, whatever model they are of: a superset for any one model. */
export function filesMentioning(crate: CrateText, text: string): readonly string[] {
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

/** The text of a file for the asked models, or undefined when none of them has it. */
export function fileText(crate: CrateText, file: string, reader: LineReader): string | undefined {
  const start = crate.starts.get(file);
  if (start === undefined) return undefined;
  const next = crate.text.indexOf(FILE_MARK, start);
  const stored = crate.text.slice(start, next < 0 ? crate.text.length : next).split("\n");
  const lines = reader.modelCount === 1 ? linesOfOne(stored, reader) : linesOfSeveral(stored, reader);
  return lines.length === 0 ? undefined : `${lines.join("\n")}\n`;
}

function linesOfOne(stored: readonly string[], reader: LineReader): string[] {
  return stored.flatMap((line) => {
    const { mark, item } = splitMark(line);
    return item !== "" && (mark === "" || reader.sets.get(mark)?.[0] === true) ? expandFamily(item, reader.families) : [];
  });
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

interface MarkedLine {
  readonly item: string;
  /** Which of the asked models have it; all true when there is no doubt. */
  readonly members: readonly boolean[];
}

/**
 * A name defined alike by all models is certain, and so is an impl that all have. Of a name they define differently the nearest
 * model's definition stays, marked. `use` and `mod` lines only lead to definitions and are never in doubt themselves.
 */
function linesOfSeveral(stored: readonly string[], reader: LineReader): string[] {
  const byName = new Map<string, MarkedLine[]>();
  for (const line of expandAll(stored, reader)) {
    const name = definedName(line.item);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [line]);
    else known.push(line);
  }
  return [...byName.values()].flatMap((lines) => settle(lines, reader.unknownReason));
}

function expandAll(stored: readonly string[], reader: LineReader): MarkedLine[] {
  const everywhere = Array.from({ length: reader.modelCount }, () => true);
  const merged = new Map<string, readonly boolean[]>();
  for (const line of stored) {
    const { mark, item } = splitMark(line);
    const members = mark === "" ? everywhere : reader.sets.get(mark);
    if (item === "" || members === undefined || !members.includes(true)) continue;
    for (const text of expandFamily(item, reader.families)) {
      const known = merged.get(text);
      merged.set(text, known === undefined ? members : members.map((member, index) => member || known[index] === true));
    }
  }
  return [...merged].map(([item, members]) => ({ item, members }));
}

const DEFINITION =
  /^(?:#\[[^\]]*\])*(?:pub(?:\([^)]*\))? )?(?:unsafe )?(?:auto )?(struct|enum|union|type|trait|const|mod|macro|macro_rules!|extern "C"\{(?:pub(?:\([^)]*\))? )?type) (\w+)/;
const USE = /^pub use .*?(?:::(\*)|(?:::|as )((?:r#)?\w+));$/;

/** Lines with the same name say what the same name stands for; an impl stands for itself. */
function definedName(item: string): string {
  const definition = DEFINITION.exec(item);
  if (definition !== null) return `${namespaceOf(definition[1] ?? "")} ${definition[2]}`;
  const use = USE.exec(item);
  return use?.[2] === undefined ? item : `use ${use[2]}`;
}

function namespaceOf(keyword: string): string {
  if (keyword.startsWith("macro")) return "macro";
  return keyword === "const" || keyword === "mod" ? keyword : "type";
}

function settle(lines: readonly MarkedLine[], reason: string): string[] {
  const certain = lines.find((line) => !line.members.includes(false));
  if (certain !== undefined && lines.length === 1) return [certain.item];
  const nearest = lines.toSorted((a, b) => a.members.indexOf(true) - b.members.indexOf(true))[0];
  if (nearest === undefined) return [];
  if (/^(?:pub(?:\([^)]*\))? )?(?:use|mod) /.test(nearest.item)) return [nearest.item];
  return [`#[stowplan_unknown(${JSON.stringify(reason)})]${nearest.item}`];
}
