/** Paths that stand in no source: of names, or of a text such as an attribute's. */
import type { PathAnchor, PathRef } from "./type-ref.ts";

/** A path of plain names. */
export function pathOfNames(names: readonly string[], anchor: PathAnchor = { kind: "plain" }): PathRef {
  const range = { start: 0, end: 0 };
  return { anchor, qualified: undefined, segments: names.map((name) => ({ name, args: undefined, range })), range };
}

/**
 * The path that a text writes without arguments: `a::b`, `::a::b`, `crate::a`, `super::super::a`, `$crate_12::a`; `krate` is the crate of
 * a `$crate` without a number.
 */
export function pathOfText(text: string, krate?: number): PathRef {
  const names = text.split("::").map((name) => name.trim());
  const [first = ""] = names;
  const supers = names.findIndex((name, i) => name !== "super" && !(name === "self" && i === 0));
  if (first === "") return pathOfNames(names.slice(1), { kind: "global" });
  if (first === "crate") return pathOfNames(names.slice(1), { kind: "crate" });
  const crate = /^\$crate(?:_(\d+))?$/.exec(first);
  const number = crate?.[1] === undefined ? krate : Number(crate[1]);
  if (crate !== null && number !== undefined) return pathOfNames(names.slice(1), { kind: "dollarCrate", crate: number });
  if (supers <= 0) return pathOfNames(names);
  const count = first === "self" ? supers - 1 : supers;
  return pathOfNames(names.slice(supers), count === 0 ? { kind: "self" } : { kind: "super", count });
}

/**
 * `prefix::path` in a `use` tree. A path that starts with `self` behind a prefix is the prefix itself; `super` goes on from a prefix
 * that is nothing but `super`s or `self`: `super::{super::a}` is `super::super::a`.
 */
export function joinedPath(prefix: PathRef | undefined, path: PathRef): PathRef {
  if (prefix === undefined) return path;
  if (path.anchor.kind === "plain" || path.anchor.kind === "self")
    return { ...prefix, segments: [...prefix.segments, ...path.segments], range: path.range };
  if (path.anchor.kind !== "super" || prefix.segments.length > 0 || prefix.anchor.kind !== "super") return path;
  return { ...path, anchor: { kind: "super", count: prefix.anchor.count + path.anchor.count } };
}
