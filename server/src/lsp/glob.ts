/**
 * Glob patterns of settings, matched against paths: `**`, `*`, `?`, `{a,b}` and `[a-z]` as VS Code has them.
 *
 * Invariant: a pattern that cannot be read matches nothing. Example: `src/*.rs` matches `/ws/src/a.rs`.
 */
import type { FilePath } from "../base/path.ts";

/** Whether any of the patterns matches the whole path, or the part behind its first `/`. */
export function matchesAny(patterns: readonly string[], path: FilePath): boolean {
  return patterns.some((pattern) => globPattern(pattern)?.test(path) ?? false);
}

/** The pieces of a glob and what each stands for; whatever is not listed stands for itself. */
const PIECES: readonly (readonly [RegExp, (piece: string) => string])[] = [
  [/^\*\*\//, () => "(?:.*/)?"],
  [/^\*\*/, () => ".*"],
  [/^\*/, () => "[^/]*"],
  [/^\?/, () => "[^/]"],
  [/^\{[^{}]*\}/, (piece) => `(?:${piece.slice(1, -1).split(",").map(body).join("|")})`],
  [/^\[[^\]/]+\]/, (piece) => piece.replace(/^\[!/, "[^")],
];

function body(glob: string): string {
  let source = "";
  for (let rest = glob; rest !== ""; ) {
    const [pattern, meaning] = PIECES.find(([candidate]) => candidate.test(rest)) ?? [];
    const piece = pattern?.exec(rest)?.[0] ?? rest.slice(0, 1);
    source += meaning?.(piece) ?? piece.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    rest = rest.slice(piece.length);
  }
  return source;
}

function globPattern(glob: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:.*/)?${body(glob)}$`, "s");
  } catch {
    return undefined;
  }
}
