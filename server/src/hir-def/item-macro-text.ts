/**
 * The derives and attributes that items in a text of tokens may have, as their paths are written.
 *
 * Example: `#[derive(Clone, pm::Build)] #[cfg_attr(x, pm::wrap)] struct $name;` → `Clone`, `pm::Build`, `pm::wrap`.
 *
 * Invariant: too many rather than too few; what a macro's variable stands for is told by `fillsMacros`, unless it was one attribute's in the
 * macro's input, too (`$(#[$meta:meta])*`).
 */

import { WordPattern } from "../base/word-pattern.ts";
import { isReserved } from "../hir-expand/token-class.ts";
import { splitTopLevel } from "./attrs.ts";

/** A path, `$crate` included. */
const PATH = new WordPattern(
  String.raw`(?:::\s*)?(?:\$crate\s*::\s*)?[\p{XID_Start}_][\p{XID_Continue}]*(?:\s*::\s*[\p{XID_Start}_][\p{XID_Continue}]*)*`,
  "g",
);
const DERIVES = /\bderive\s*\(([^()]*)\)/g;
const CFG_ATTR = /\bcfg_attr\s*\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g;
const ATTRIBUTE = /#\s*\[\s*((?:(?:\$crate)?\s*::\s*)?\w+(?:\s*::\s*\w+)*)/g;
/** A variable, or a repetition of one, that is an attribute's beginning; the sign behind it tells a pattern. */
const FILLED = /#\s*\[\s*(?:\$\(\s*)?\$(\w+)(\s*:)?/g;
const FILLED_LIST = /\b(?:derive|cfg_attr)\s*\([^)]*\$(?!crate\b)/;

/** Attributes that no macro can be called by, as most are that are written. */
const BUILT_IN: ReadonlySet<string> = new Set(
  (
    "allow cfg cfg_attr cold default deny derive doc expect inline macro_export macro_use must_use non_exhaustive repr " +
    "track_caller warn"
  ).split(" "),
);

/** The paths of all derives and attributes in a text, each once, the number of the text's crate behind `$crate`. */
export function itemMacroPaths(code: string, krate?: number): readonly string[] {
  if (!code.includes("#") && !code.includes("derive")) return [];
  const found = new Set<string>();
  const add = (path: string): void => {
    if (BUILT_IN.has(path) || isReserved(path)) return;
    found.add(path.replaceAll(/\s+/g, "").replace(/^\$crate(?=:)/, krate === undefined ? "crate" : `$crate_${krate}`));
  };
  for (const [, path = ""] of code.matchAll(ATTRIBUTE)) add(path);
  for (const [, list = ""] of code.matchAll(DERIVES)) for (const [path] of list.matchAll(PATH.for(list))) add(path);
  for (const [, list = ""] of code.matchAll(CFG_ATTR))
    for (const part of splitTopLevel(list).slice(1)) for (const [path] of part.matchAll(PATH.for(part))) add(path);
  return [...found];
}

/** All paths in a text, each once. */
export function pathsIn(code: string): readonly string[] {
  return [...new Set(Array.from(code.matchAll(PATH.for(code)), ([path]) => path.replaceAll(/\s+/g, "")))].filter(
    (path) => !isReserved(path),
  );
}

/** Whether a macro's text puts a derive or an attribute on an item that its arguments name. */
export function fillsMacros(code: string): boolean {
  if (FILLED_LIST.test(code)) return true;
  const found = [...code.matchAll(FILLED)];
  const taken = new Set(found.flatMap(([, name = "", colon]) => (colon === undefined ? [] : [name])));
  return found.some(([, name = "", colon]) => colon === undefined && name !== "crate" && !taken.has(name));
}
