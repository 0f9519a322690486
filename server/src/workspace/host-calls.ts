/**
 * What the host was asked and what it said: all that answers depend on besides what the editor tells. An answer that is kept beyond
 * the process is right as long as the host says the same to the same questions.
 *
 * Invariants: everything that is asked through `host` is noted, what is not there included, and as it was answered, not as it would be
 * now; a host that has said two things to one question, or made it wait, is not steady any more, and no answer is kept from then on.
 */
import type { FileContent, FileSystem } from "../base/file-system.ts";
import { lazily } from "../base/lazily.ts";
import type { Environment } from "../project/environment.ts";
import type { StdData } from "../project/std-model.ts";

/** The doors to the machine, as `AnalysisHost` has them. */
export interface HostDoors {
  readonly fs: FileSystem;
  readonly environment: Environment;
  readonly stdData: StdData;
  /** The texts of a language, for what is said. */
  readonly translations: (language: string) => string | undefined;
}

/** A question (its kind, and the path or name it is about) and what names the host's answer. */
export type HostCall = readonly [kind: string, name: string, seen: string];

/** More calls, or more text (UTF-16 units), are not compared: with so many, asking anew takes no longer. */
const MAX_CALLS = 1000;
const MAX_TEXT = 8 * 1024 * 1024;

/** How one kind of question is asked, and the answer named. */
interface Door<T> {
  readonly ask: (name: string) => T;
  /** Values of variables may be secret: no more than a hash of them is kept. */
  readonly nameOf: (value: T) => string;
  /** UTF-16 units of text in it. */
  readonly lengthOf?: (value: T) => number;
}

interface Noted {
  readonly value: unknown;
  readonly seen: () => string;
}

export class HostCalls {
  /** The host's doors, behind which everything is noted. */
  readonly host: HostDoors;
  readonly #asks = new Map<string, (name: string) => unknown>();
  readonly #noted = new Map<string, Noted>();
  #isSteady = true;
  #text = 0;

  /** `hashOf` names texts: two that differ never alike. */
  constructor({ fs, environment, stdData, translations }: HostDoors, hashOf: (text: string) => string) {
    const nameOf = (value: unknown): string => (value === undefined ? "-" : hashOf(JSON.stringify(value)));
    const content: Omit<Door<FileContent>, "ask"> = {
      nameOf: (it) => (it.kind === "text" ? `text ${hashOf(it.text)}` : hashOf(JSON.stringify(it))),
      lengthOf: (it) => (it.kind === "text" ? it.text.length : 0),
    };
    this.host = {
      fs: {
        readFile: this.#door("content", { ask: (path) => fs.readFile(path), ...content }),
        readDirectory: this.#door("entries", { ask: (path) => fs.readDirectory(path), nameOf }),
        kindOf: this.#door("kind", { ask: (path) => fs.kindOf(path), nameOf: (kind) => kind ?? "-" }),
        ...(fs.modifiedTime === undefined ? {} : { modifiedTime: this.#door("time", { ask: (path) => fs.modifiedTime?.(path), nameOf }) }),
        ...(fs.realPath === undefined ? {} : { realPath: this.#door("realPath", { ask: (path) => fs.realPath?.(path), nameOf }) }),
      },
      environment: {
        ...environment,
        variables: { get: this.#door("variable", { ask: (name) => environment.variables.get(name), nameOf }) },
      },
      translations: this.#door("translations", { ask: translations, nameOf }),
      stdData: this.#door("std", { ask: stdData, nameOf: hashOf, lengthOf: (text) => text.length }),
    };
  }

  /** What was asked so far, to be written down later; undefined where that is too much, or the host is not steady. */
  soFar(): (() => readonly HostCall[]) | undefined {
    if (!this.#isSteady || this.#noted.size > MAX_CALLS || this.#text > MAX_TEXT) return undefined;
    const noted = [...this.#noted];
    return () =>
      noted.map(([key, { seen }]): HostCall => {
        const end = key.indexOf(" ");
        return [key.slice(0, end), key.slice(end + 1), seen()];
      });
  }

  /** Whether the host says now what it said then. */
  saysAgain(calls: readonly HostCall[]): boolean {
    return calls.every(([kind, name, seen]) => {
      this.#asks.get(kind)?.(name);
      return this.#noted.get(`${kind} ${name}`)?.seen() === seen;
    });
  }

  /** A door that notes what goes through it. */
  #door<T>(kind: string, door: Door<T>): (name: string) => T {
    const ask = (name: string): T => this.#note(`${kind} ${name}`, name, door);
    this.#asks.set(kind, ask);
    return ask;
  }

  #note<T>(key: string, name: string, { ask, nameOf, lengthOf }: Door<T>): T {
    const wasSteady = this.#isSteady;
    // A host that throws, to be asked again later, stays unsteady.
    this.#isSteady = false;
    const value = ask(name);
    this.#isSteady = wasSteady;
    const known = this.#noted.get(key);
    if (known !== undefined && known.value === value) return value;
    const seen = lazily(() => nameOf(value));
    if (known === undefined) this.#text += lengthOf?.(value) ?? 0;
    else if (known.seen() !== seen()) this.#isSteady = false;
    this.#noted.set(key, { value, seen });
    return value;
  }
}
