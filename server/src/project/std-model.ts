/**
 * The bundled model of the standard library: which models answer for a compiler and target, and their files.
 *
 * The data (`server/std/`, made by `scripts/std-model/`) hold definitions and impl facts of std as Rust source, for all bundled
 * versions and targets merged. A file is put together when it is asked for (`std-model-text.ts`).
 *
 * A version that is not bundled, or a target, is answered by its neighbours together: what they agree on is certain, the rest
 * marked unknown. Above the newest version the newest answers, below the oldest the oldest.
 * Invariant: pure. Example of a path: `std:/1.96-x86_64-unknown-linux-gnu/core/num/niche_types.rs`.
 */
import type { FilePath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { Edition } from "../db/crate-graph.ts";
import type { CompilerVersion } from "../layout/compiler-version.ts";
import { lazily } from "./lazily.ts";
import { stdConstBodies } from "./std-const.ts";
import { fileOfImpls, implsOfFile, onlyImpls, withoutImpls } from "./std-impls.ts";
import type { AskedTarget, StoredIndex, StoredPatch, TargetChoice } from "./std-model-choice.ts";
import { modelsForTarget, neighbourVersions } from "./std-model-choice.ts";
import type { CrateText, ModelReader } from "./std-model-text.ts";
import { filesMentioning, fileText, indexCrateText } from "./std-model-text.ts";

export interface StdModelQuestion extends AskedTarget {
  readonly version: CompilerVersion;
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
  /** Names the answering models; part of every path. */
  readonly id: string;
  readonly crates: readonly StdCrate[];
  /** For the user: `bundled 1.96`, `bundled 1.85 and 1.95`. */
  readonly label: string;
  /** Whether a model of the compiler's own version answers. */
  readonly exactVersion: boolean;
  /** Whether a model of the target itself answers, or of its system and architecture. */
  readonly exactTarget: boolean;
  /** Why `std` is not among the crates, if it is not. */
  readonly missingStd: string | undefined;
  /** The text of a file of the model, or undefined for any other path. */
  readFile(path: FilePath): string | undefined;
  /** Files of a crate whose text holds a text; a superset. */
  filesMentioning(crate: string, text: string): readonly FilePath[];
}

/** Reads one of the data files by its name (`models.json`, `core.txt`). */
export type StdData = (name: string) => string;

/** The model that answers for a compiler and target, or why none does. */
export function stdModelFor(question: StdModelQuestion, data: StdData): Result<StdModel, string> {
  const index: StoredIndex = JSON.parse(data("models.json"));
  const versions = neighbourVersions(index, question.version);
  const choices = versions.map((version) => modelsForTarget(index, version, question));
  const [nearest] = choices.flatMap((choice) => choice.models);
  if (nearest === undefined || choices.some((choice) => choice.models.length === 0))
    return err(`std for ${question.target} is not bundled`);
  const missingStd = choices.find((choice) => choice.missingStd !== undefined)?.missingStd;
  const crates = (index.models[nearest]?.crates ?? []).filter((name) => missingStd === undefined || FREESTANDING_CRATES.has(name));
  const exactTarget = choices.every((choice) => choice.exact);
  const id = `${versions.join("+")}-${exactTarget ? "" : "like-"}${index.models[nearest]?.target ?? ""}`;
  return ok({
    id,
    crates: crates.map((name) => ({ name, root: `std:/${id}/${name}/lib.rs`, edition: 2021, dependencies: crates })),
    label: `bundled ${versions.toReversed().join(" and ")}`,
    exactVersion: versions.length === 1 && versions[0] === minorVersion(question.version),
    exactTarget,
    missingStd,
    ...modelFiles({
      prefix: `std:/${id}/`,
      crates,
      readers: readersOf(index, choices, (choice) => choice.models),
      portable: readersOf(index, choices, (choice) => [...choice.models, ...choice.witnesses]),
      reason: unknownReason(question, versions),
      families: index.families,
      data,
    }),
  });
}

interface Answering {
  readonly prefix: string;
  readonly crates: readonly string[];
  readonly readers: readonly ModelReader[];
  /** Of the crates that know no operating system. */
  readonly portable: readonly ModelReader[];
  /** Why what the models disagree on is not known. */
  readonly reason: string;
  readonly families: readonly string[];
  readonly data: StdData;
}

const FREESTANDING_CRATES = new Set(["core", "alloc"]);
const PORTABLE_CRATES = new Set(["core", "alloc", "hashbrown", "proc_macro"]);

function modelFiles({
  prefix,
  crates,
  readers,
  portable,
  reason,
  families,
  data,
}: Answering): Pick<StdModel, "readFile" | "filesMentioning"> {
  const texts = new Map<string, CrateText>();
  const textOf = (name: string): CrateText => {
    const text = texts.get(name) ?? indexCrateText(data(`${name}.txt`));
    texts.set(name, text);
    return text;
  };
  const bodies = lazily(() => stdConstBodies(data("const.txt")));
  return {
    readFile: (asked) => {
      const path = asked.slice(prefix.length);
      const name = path.slice(0, path.indexOf("/"));
      if (!asked.startsWith(prefix) || !crates.includes(name)) return undefined;
      const answering = PORTABLE_CRATES.has(name) ? portable : readers;
      const parent = fileOfImpls(path);
      const definitions = fileText({ path: parent ?? path, crate: textOf(name), readers: answering, unknownReason: reason });
      if (parent !== undefined) return definitions === undefined ? undefined : onlyImpls(definitions);
      const consts = bodies().textFor(path);
      return definitions === undefined && consts === "" ? undefined : consts + withoutImpls(definitions ?? "");
    },
    filesMentioning: (crate, text) => {
      if (!crates.includes(crate)) return [];
      const files = filesMentioning(textOf(crate), text, families).map((file) => `${crate}/${file}`);
      const changed = readers.flatMap((reader) => changedFiles(reader, crate, text));
      const consts = bodies().filesMentioning(crate, text);
      return [...new Set([...files, ...changed, ...consts])].flatMap((file) => [prefix + file, prefix + implsOfFile(file)]);
    },
  };
}

/** Files of a crate in which a version's own changes mention a text. */
function changedFiles({ changes }: ModelReader, crate: string, text: string): string[] {
  return Object.keys(changes).filter((file) => file.startsWith(`${crate}/`) && changes[file]?.add?.some((line) => line.includes(text)));
}

function readersOf(
  index: StoredIndex,
  choices: readonly TargetChoice[],
  modelsOf: (choice: TargetChoice) => readonly number[],
): readonly ModelReader[] {
  return choices.flatMap((choice) => [...new Set(modelsOf(choice))].map((model) => modelReader(index, model, choice.patch)));
}

function modelReader(index: StoredIndex, model: number, patch: StoredPatch | undefined): ModelReader {
  const sets = new Set<string>();
  index.sets.forEach((members, number) => {
    if (members.includes(model)) sets.add(number.toString(36));
  });
  return { sets, families: index.families, changes: patch?.files ?? {} };
}

function minorVersion(version: CompilerVersion): string {
  return `${version.major}.${version.minor}`;
}

function unknownReason(question: StdModelQuestion, versions: readonly string[]): string {
  return versions.length > 1 ? `std ${minorVersion(question.version)} is not bundled` : `std for ${question.target} is not bundled`;
}
