/** Paths that stand in no source: of names, or of a text such as an attribute's. */
import type { PathAnchor, PathRef } from "./type-ref.ts";

/** A path of plain names. */
export function pathOfNames(names: readonly string[], anchor: PathAnchor = { kind: "plain" }): PathRef {
  const range = { start: 0, end: 0 };
  return { anchor, qualified: undefined, segments: names.map((name) => ({ name, args: undefined, range })), range };
}

/** The path that a text writes without arguments: `a::b`, `::a::b`. */
export function pathOfText(text: string): PathRef {
  const names = text.split("::").map((name) => name.trim());
  return names[0] === "" ? pathOfNames(names.slice(1), { kind: "global" }) : pathOfNames(names);
}
