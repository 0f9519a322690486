/**
 * The one setting of clippy that layouts share with it: `enum-variant-size-threshold` of the nearest `clippy.toml` or
 * `.clippy.toml`, from a folder upwards (clippy_config, `lookup_conf_file`; the first of the two names wins in one folder).
 *
 * Invariant: a file that cannot be read as TOML, or that says something else than a whole number, sets nothing.
 */
import type { FilePath } from "../base/path.ts";
import { dirname, joinPath } from "../base/path.ts";
import { parseToml } from "./toml.ts";

/** Bytes; undefined where no file says it. `textOf` gives a file's text, or undefined where there is none. */
export function variantSizeThreshold(textOf: (path: FilePath) => string | undefined, folder: FilePath): number | undefined {
  for (let dir = folder; ; dir = dirname(dir)) {
    for (const name of [".clippy.toml", "clippy.toml"]) {
      const text = textOf(joinPath(dir, name));
      // The nearest file counts, whether it says this or not.
      if (text !== undefined) return thresholdIn(text);
    }
    if (dirname(dir) === dir) return undefined;
  }
}

function thresholdIn(text: string): number | undefined {
  const value = parseToml(text).table["enum-variant-size-threshold"];
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
