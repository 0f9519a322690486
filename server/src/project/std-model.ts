/**
 * The bundled model of the standard library: which models answer for a compiler and target, and their files.
 *
 * The data (`server/std/`, made by `scripts/std-model/`) hold definitions and impl facts of std as Rust source, for all bundled
 * versions and targets merged. A file is put together when it is asked for (`std-model-text.ts`).
 *
 * A version between two bundled ones is answered by the newer one; types that the two do not lay out alike are marked unknown. A
 * target that is not bundled is answered by similar ones together: what they agree on is certain, the rest marked unknown.
 * Invariant: pure. Example of a path: `std:/1.96-x86_64-unknown-linux-gnu/core/num/niche_types.rs`.
 */

import { lazily } from "../base/lazily.ts";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { Edition } from "../db/crate-graph.ts";
import { stdDoubt } from "../db/std-doubt.ts";
import type { CompilerVersion } from "../layout/compiler-version.ts";
import { stdConstBodies } from "./std-const.ts";
import { fileOfImpls, implsOfFile, onlyImpls, withoutImpls } from "./std-impls.ts";
import type { AskedTarget, StoredIndex, StoredPatch } from "./std-model-choice.ts";
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
  readonly label: Message;
  /** Whether a model of the compiler's own version answers. */
  readonly exactVersion: boolean;
  /** Whether a model of the target itself answers, or of its system and architecture. */
  readonly exactTarget: boolean;
  /** Why `std` is not among the crates, if it is not. */
  readonly missingStd: Message | undefined;
  /** Why what is not the same in all answering models is unknown; stands in the reasons of types that reach it. */
  readonly unknownReason: Message;
  /** The text of a file of the model, or undefined for any other path. */
  readFile(path: FilePath): string | undefined;
  /** Files of a crate whose text holds a text; a superset. */
  filesMentioning(crate: string, text: string): readonly FilePath[];
}

/** Reads one of the data files by its name (`models.json`, `core.txt`). */
export type StdData = (name: string) => string;

/** The model that answers for a compiler and target, or why none does. */
export function stdModelFor(question: StdModelQuestion, data: StdData): Result<StdModel, Message> {
  const index: StoredIndex = JSON.parse(data("models.json"));
  const versions = neighbourVersions(index, question.version);
  const choice = modelsForTarget(index, versions[0] ?? "", question);
  const nearest = index.models[choice.models[0] ?? -1];
  if (nearest === undefined) return err(msg("std for {target} is not bundled", { target: question.target }));
  const { exact, missingStd } = choice;
  const crates = nearest.crates.filter((name) => missingStd === undefined || FREESTANDING_CRATES.has(name));
  const id = `${versions.join("+")}-${exact ? "" : "like-"}${nearest.target}`;
  const unknowns = differences(index, versions);
  const marker = versions.length > 1 ? `version ${minorVersion(question.version)}` : `target ${question.target}`;
  if (unknowns === undefined) return err(msg("std {version} is not bundled", { version: minorVersion(question.version) }));
  return ok({
    id,
    crates: crates.map((name) => ({ name, root: `std:/${id}/${name}/lib.rs`, edition: 2021, dependencies: crates })),
    label: bundledLabel(versions),
    exactVersion: versions.length === 1 && versions[0] === minorVersion(question.version),
    exactTarget: exact,
    missingStd,
    unknownReason: stdDoubt(marker),
    ...modelFiles({
      prefix: `std:/${id}/`,
      crates,
      readers: choice.models.map((model) => modelReader(index, model, { patch: choice.patch, unknowns })),
      portable: [...new Set([...choice.models, ...choice.witnesses])].map((model) =>
        modelReader(index, model, { patch: choice.patch, unknowns }),
      ),
      marker,
      families: index.families,
      data,
    }),
  });
}

/** What is not known between two versions: nothing for a version of its own; undefined when the two were not compared. */
function differences(index: StoredIndex, versions: readonly string[]): ReadonlySet<string> | undefined {
  const [to, from] = versions;
  if (from === undefined) return new Set();
  const compared = index.differences.find((difference) => difference.from === from && difference.to === to);
  return compared === undefined ? undefined : new Set([...compared.types, ...compared.impls]);
}

interface Answering {
  readonly prefix: string;
  readonly crates: readonly string[];
  readonly readers: readonly ModelReader[];
  /** Of the crates that know no operating system. */
  readonly portable: readonly ModelReader[];
  /** Why what the models disagree on is not known. */
  /** What marks a definition in doubt. */
  readonly marker: string;
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
  marker,
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
      const definitions = fileText({ path: parent ?? path, crate: textOf(name), readers: answering, marker });
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

interface ReaderParts {
  readonly patch: StoredPatch | undefined;
  readonly unknowns: ReadonlySet<string>;
}

function modelReader(index: StoredIndex, model: number, { patch, unknowns }: ReaderParts): ModelReader {
  const sets = new Set<string>();
  index.sets.forEach((members, number) => {
    if (members.includes(model)) sets.add(number.toString(36));
  });
  return { sets, families: index.families, unknowns, changes: patch?.files ?? {} };
}

function minorVersion(version: CompilerVersion): string {
  return `${version.major}.${version.minor}`;
}

function bundledLabel([newest = "", oldest]: readonly string[]): Message {
  return oldest === undefined ? msg("bundled {version}", { version: newest }) : msg("bundled {oldest} and {newest}", { oldest, newest });
}
