/**
 * Bodies of std's const fns: Rust source (`server/std/const.txt`) that joins the files of the std model, which itself holds
 * definitions only.
 *
 * Example: the section `//# core/option.rs` is read behind the model's own `core/option.rs`.
 *
 * Invariant: what the model defines already is not defined again, except in further `impl` blocks.
 */
import type { FilePath } from "../base/path.ts";

export interface StdConstBodies {
  /** What joins a file of the model (`core/option.rs`); empty for most. */
  textFor(file: string): string;
  /** Files with such text that mentions a text. */
  filesMentioning(crate: string, text: string): readonly FilePath[];
}

const MARK = "//# ";

/** Reads the sections of the text. */
export function stdConstBodies(text: string): StdConstBodies {
  const sections = new Map<string, string>();
  for (const part of text.split(MARK).slice(1)) {
    const end = part.indexOf("\n");
    sections.set(part.slice(0, end), part.slice(end + 1));
  }
  return {
    textFor: (file) => sections.get(file) ?? "",
    filesMentioning: (crate, wanted) =>
      [...sections].flatMap(([file, body]) => (file.startsWith(`${crate}/`) && body.includes(wanted) ? [file] : [])),
  };
}
