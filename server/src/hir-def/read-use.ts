/**
 * Reads paths and `use` trees off the text, without a syntax tree.
 *
 * Example: `a::{b, c::*, self as d}` → a::b, glob a::c, a as d.
 *
 * Invariant: what it reads is what `lowerUse` makes of the same text; anything else than plain paths is left to that.
 * Source: Reference, "Use declarations", "Simple paths".
 */
import type { RawImport } from "./item-tree.ts";
import { identifierText } from "./names.ts";
import type { TextReader } from "./text-reader.ts";
import type { PathAnchor, PathRef, PathSegment } from "./type-ref.ts";
import { joinedPath } from "./written-path.ts";

/** A path, and where reading goes on. */
interface ReadPath {
  readonly path: PathRef;
  readonly end: number;
}

const PLAIN: PathAnchor = { kind: "plain" };

/** The path that begins at an offset; up to a `::` that no name follows. */
export function readPath(reader: TextReader, from: number): ReadPath | undefined {
  const segments: PathSegment[] = [];
  const isGlobal = reader.text.startsWith("::", from);
  let anchor: PathAnchor = isGlobal ? { kind: "global" } : PLAIN;
  let at = isGlobal ? reader.trivia(from + 2) : from;
  let end = from;
  for (let isFirst = !isGlobal; ; isFirst = false) {
    const word = reader.word(at);
    if (word === undefined) break;
    const special = anchorOf(word.text, anchor, segments.length === 0 && (isFirst || anchor.kind === "super"));
    if (special === "no") return undefined;
    if (special === undefined) segments.push({ name: identifierText(word.text), args: undefined, range: reader.relative(at, word.end) });
    else anchor = special;
    end = word.end;
    const next = reader.trivia(end);
    if (!reader.text.startsWith("::", next)) break;
    const behind = reader.trivia(next + 2);
    if (reader.word(behind) === undefined) break;
    at = behind;
  }
  if (end === from) return undefined;
  return { path: { anchor, qualified: undefined, segments, range: reader.relative(from, end) }, end };
}

/** What a word says of where a path begins; undefined for a name, "no" where the word cannot stand. */
function anchorOf(word: string, anchor: PathAnchor, isFirst: boolean): PathAnchor | "no" | undefined {
  const crate = /^\$crate_(\d+)$/.exec(word)?.[1];
  if (crate !== undefined) return isFirst && anchor.kind === "plain" ? { kind: "dollarCrate", crate: Number(crate) } : "no";
  if (word.startsWith("$")) return "no";
  switch (word) {
    case "crate":
    case "self":
      return isFirst && anchor.kind === "plain" ? { kind: word } : "no";
    case "super":
      if (!isFirst || (anchor.kind !== "plain" && anchor.kind !== "super")) return "no";
      return { kind: "super", count: anchor.kind === "super" ? anchor.count + 1 : 1 };
    default:
      return undefined;
  }
}

interface Leaves {
  readonly imports: RawImport[];
  /** Behind what was read. */
  end: number;
}

/** The leaves of the tree that begins at an offset, and its end; undefined where it is no plain tree. */
export function readUseTree(reader: TextReader, from: number): Leaves | undefined {
  const leaves: Leaves = { imports: [], end: from };
  return readTree(reader, from, { leaves, prefix: undefined }) ? leaves : undefined;
}

interface At {
  readonly leaves: Leaves;
  readonly prefix: PathRef | undefined;
}

function readTree(reader: TextReader, from: number, { leaves, prefix }: At): boolean {
  const { text } = reader;
  if (text[from] === "*") {
    if (prefix === undefined) return false;
    leaves.end = from + 1;
    leaves.imports.push({ path: prefix, isGlob: true, name: undefined, range: reader.relative(from, leaves.end) });
    return true;
  }
  if (text[from] === "{") return prefix !== undefined && readList(reader, from, { leaves, prefix });
  const read = readPath(reader, from);
  if (read === undefined) return false;
  const path = joinedPath(prefix, read.path);
  const next = reader.trivia(read.end);
  if (text.startsWith("::", next)) return readBehind(reader, { from, at: reader.trivia(next + 2) }, { leaves, prefix: path });
  const alias = reader.word(next);
  if (alias?.text !== "as") {
    leaves.end = read.end;
    leaves.imports.push({ path, isGlob: false, name: path.segments.at(-1)?.name, range: reader.relative(from, read.end) });
    return true;
  }
  const name = reader.word(reader.trivia(alias.end));
  if (name === undefined) return false;
  leaves.end = name.end;
  leaves.imports.push({ path, isGlob: false, name: identifierText(name.text), range: reader.relative(from, name.end) });
  return true;
}

/** `*` or a list behind a path. */
function readBehind(reader: TextReader, { from, at }: { readonly from: number; readonly at: number }, to: At): boolean {
  if (reader.text[at] === "{") return to.prefix !== undefined && readList(reader, at, { leaves: to.leaves, prefix: to.prefix });
  if (reader.text[at] !== "*" || to.prefix === undefined) return false;
  to.leaves.end = at + 1;
  to.leaves.imports.push({ path: to.prefix, isGlob: true, name: undefined, range: reader.relative(from, at + 1) });
  return true;
}

function readList(reader: TextReader, open: number, to: { readonly leaves: Leaves; readonly prefix: PathRef }): boolean {
  for (let at = reader.trivia(open + 1); ; ) {
    if (reader.text[at] === "}") {
      to.leaves.end = at + 1;
      return true;
    }
    if (!readTree(reader, at, to)) return false;
    at = reader.trivia(to.leaves.end);
    if (reader.text[at] === ",") at = reader.trivia(at + 1);
    else if (reader.text[at] !== "}") return false;
  }
}
