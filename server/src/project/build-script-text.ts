/**
 * Which cfgs a build script could set, told by its text alone, for when it has not been run.
 *
 * Invariant: errs towards "any": a script with helpers outside its file, or that builds names at run time, could set any name.
 * Example: `println!("cargo:rustc-cfg=fast")` can set `fast` only; `println!("cargo:rustc-cfg={name}")` any word the script quotes.
 */
import { isBuiltinCfgName } from "../db/cfg-expr.ts";

/** The names a script could set, or undefined when that cannot be told. */
export function settableCfgs(text: string): ReadonlySet<string> | undefined {
  if (reachesElsewhere(text)) return undefined;
  const names = new Set<string>();
  let isDynamic = false;
  for (const [, separator, name] of text.matchAll(/rustc[-_]cfg(\W?)(\w*)/g)) {
    if (separator === "=" && name !== undefined && /^[A-Za-z_]/.test(name)) names.add(name);
    else isDynamic = true;
  }
  if (!isDynamic) return names;
  if (buildsWords(text)) return undefined;
  for (const word of quotedWords(text)) if (!isBuiltinCfgName(word)) names.add(word);
  return names;
}

/** Other modules, included files, and keys that are put together at run time. */
function reachesElsewhere(text: string): boolean {
  return /\bmod\s+\w+\s*;|\binclude!|cargo::?\{/.test(text);
}

/** `format!("has_{}")`, `concat!`, changes of case: the name need not stand in the text. */
function buildsWords(text: string): boolean {
  return /"\w*\{\w*\}\w+"|"\w+\{\w*\}\w*"|concat!|_?lowercase|push_str|\.replace|\.join|stringify!/.test(text);
}

function quotedWords(text: string): string[] {
  return [...text.matchAll(/"([A-Za-z_]\w*)(?:=[^"\n]*)?(?:\\"[^"\n]*\\")?"/g)].map(([, word]) => word ?? "");
}
