/**
 * The bundled model of the standard library: which one answers for a compiler and target, and its files.
 *
 * The data (`server/std/`, made by `scripts/std-model/`) hold definitions and impl facts as Rust source, for all bundled versions and
 * targets merged: `models.json`, and one text per crate in which `//# path` starts a file and `@set ` marks a line that
 * only some models have. A file is put together when it is asked for.
 *
 * Invariant: pure; nothing but the asked file's slice of text is looked at. Example path: `std:/1.96-x86_64-unknown-linux-gnu/core/num.rs`.
 */
import type { FilePath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { Edition } from "../db/crate-graph.ts";
import type { CompilerVersion } from "../layout/compiler-version.ts";

export interface StdModelQuestion {
  readonly version: CompilerVersion;
  /** Target triple. */
  readonly target: string;
}

export interface StdCrate {
  /** `core`, `alloc`, `std`, `proc_macro`, or a crate only their fields reach (`hashbrown`, `libc`). */
  readonly name: string;
  /** `std:/1.96-x86_64-unknown-linux-gnu/core/lib.rs`. */
  readonly root: FilePath;
  readonly edition: Edition;
  /** Extern names its paths use: all crates of the model, itself included (paths are `::core::…` everywhere). */
  readonly dependencies: readonly string[];
}

export interface StdModel {
  readonly id: string;
  readonly crates: readonly StdCrate[];
  /** For the user: `bundled std 1.96`. */
  readonly label: string;
  /** Whether the model is of the compiler's own version. */
  readonly exactVersion: boolean;
  /** The text of a file of the model, or undefined for any other path. */
  readFile(path: FilePath): string | undefined;
}

/** Reads one of the data files by its name (`models.json`, `core.txt`). */
export type StdData = (name: string) => string;

interface StoredModel {
  readonly version: string;
  readonly target: string;
  readonly crates: readonly string[];
}

interface StoredIndex {
  readonly models: readonly StoredModel[];
  /** Indices into `models`, by set number. */
  readonly sets: readonly (readonly number[])[];
}

/** The model that answers for a compiler and target, or why none does. */
export function stdModelFor(question: StdModelQuestion, data: StdData): Result<StdModel, string> {
  const index = parseIndex(data("models.json"));
  const number = index.models.findIndex((model) => model.target === question.target);
  const model = index.models[number];
  if (model === undefined) return err(`std for ${question.target} is not bundled`);
  const id = `${model.version}-${model.target}`;
  const texts = new Map<string, CrateText>();
  const sets = new Set(index.sets.flatMap((members, set) => (members.includes(number) ? [set.toString(36)] : [])));
  return ok({
    id,
    crates: model.crates.map((name) => ({ name, root: `std:/${id}/${name}/lib.rs`, edition: 2021, dependencies: model.crates })),
    label: `bundled std ${model.version}`,
    exactVersion: model.version === `${question.version.major}.${question.version.minor}`,
    readFile: (path) => {
      const [, crate = "", file = ""] = new RegExp(`^std:/${id}/([^/]+)/(.*)$`).exec(path) ?? [];
      if (!model.crates.includes(crate)) return undefined;
      const text = texts.get(crate) ?? crateText(data(`${crate}.txt`));
      texts.set(crate, text);
      return fileText(text, file, sets);
    },
  });
}

interface CrateText {
  readonly text: string;
  /** Where each file's first line begins. */
  readonly starts: ReadonlyMap<string, number>;
}

const FILE_MARK = "//# ";

function crateText(text: string): CrateText {
  const starts = new Map<string, number>();
  for (let at = text.indexOf(FILE_MARK); at >= 0; at = text.indexOf(`\n${FILE_MARK}`, at)) {
    const begin = text.indexOf(FILE_MARK, at);
    const end = text.indexOf("\n", begin);
    starts.set(text.slice(begin + FILE_MARK.length, end), end + 1);
    at = end;
  }
  return { text, starts };
}

function fileText(crate: CrateText, file: string, sets: ReadonlySet<string>): string | undefined {
  const start = crate.starts.get(file);
  if (start === undefined) return undefined;
  const next = crate.text.indexOf(FILE_MARK, start);
  const slice = crate.text.slice(start, next < 0 ? crate.text.length : next);
  return slice.includes("@")
    ? slice
        .split("\n")
        .flatMap((line) => ownLine(line, sets))
        .join("\n")
    : slice;
}

function ownLine(line: string, sets: ReadonlySet<string>): string[] {
  if (!line.startsWith("@")) return [line];
  const space = line.indexOf(" ");
  return sets.has(line.slice(1, space)) ? [line.slice(space + 1)] : [];
}

function parseIndex(text: string): StoredIndex {
  const value: StoredIndex = JSON.parse(text);
  return value;
}
