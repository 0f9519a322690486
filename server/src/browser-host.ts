/**
 * A web worker's side of the doors to the machine: files through the client's `stowplan/…` requests, and an environment
 * without homes or variables.
 *
 * Reads are synchronous, requests are not: what is not held yet is noted as wanted and the question unwinds with `Pending`;
 * `load` then asks the client for all that is wanted at once, and the driver asks the question again.
 * Invariants: a thing is requested once and kept until `lookAt`; the standard library's data are requested together.
 */

import type { DirEntry, FileChange, FileContent, FileSystem } from "./base/file-system.ts";
import { Pending } from "./base/file-system.ts";
import { msg, verbatim } from "./base/message.ts";
import type { FilePath } from "./base/path.ts";
import type { FileRequests } from "./lsp/file-requests.ts";
import type { Environment } from "./project/environment.ts";
import type { ReadFileResult } from "./protocol.ts";

export interface BrowserFiles extends FileSystem {
  /** Loads everything that questions were waiting for. */
  load(): Promise<void>;
  /** These paths changed: what is known of them, below them and of the folders around them is asked for again. */
  lookAt(paths: readonly FilePath[]): readonly FileChange[];
}

/** The client's files; `uriOf` writes a path as a URI. */
export function browserFiles(requests: FileRequests, uriOf: (path: FilePath) => string): BrowserFiles {
  const files = new Shelf<FileContent>(
    async (uri) => contentOf(await requests.readFile({ uri })),
    { kind: "unreadable", reason: msg("the editor does not give it") },
    uriOf,
  );
  const folders = new Shelf<readonly DirEntry[] | undefined>(
    async (uri) => (await requests.readDirectory({ uri })).entries ?? undefined,
    undefined,
    uriOf,
  );
  const kinds = new Shelf<DirEntry["kind"] | undefined>(async (uri) => (await requests.stat({ uri })).kind ?? undefined, undefined, uriOf);
  return {
    readFile: (path) => withoutMark(files.get(path)),
    readDirectory: (path) => folders.get(path),
    kindOf: (path) => kinds.get(path),
    load: async () => {
      await Promise.all([files.load(), folders.load(), kinds.load()]);
    },
    lookAt: (paths) => {
      const forgotten = (shelf: Shelf<unknown>, what: FileChange["what"]): FileChange[] =>
        shelf.forget((path) => paths.some((named) => path === named || path.startsWith(`${named}/`))).map((path) => ({ path, what }));
      const isAround = (folder: FilePath): boolean => paths.some((named) => named.startsWith(`${folder}/`));
      const around = folders.forget(isAround);
      // A file may have come with its folder, of which nothing is said.
      const unknown = kinds.forget((path, kind) => kind !== "directory" && isAround(path));
      return [
        ...unknown.map((path): FileChange => ({ path, what: "kind" })),
        ...forgotten(files, "content"),
        ...forgotten(kinds, "kind"),
        ...around.map((path): FileChange => ({ path, what: "entries" })),
        ...forgotten(folders, "entries"),
      ];
    },
  };
}

/** The editor says in its own words why it has no text. */
function contentOf(result: ReadFileResult): FileContent {
  return result.kind === "unreadable" ? { kind: "unreadable", reason: verbatim(result.reason) } : result;
}

function withoutMark(content: FileContent): FileContent {
  return content.kind === "text" && content.text.startsWith("\ufeff") ? { kind: "text", text: content.text.slice(1) } : content;
}

/** One kind of answer, by path. */
class Shelf<T> {
  readonly #request: (uri: string) => Promise<T>;
  /** What stands for an answer that never came. */
  readonly #failure: T;
  readonly #uriOf: (path: FilePath) => string;
  readonly #known = new Map<FilePath, { readonly value: T }>();
  readonly #wanted = new Set<FilePath>();

  constructor(request: (uri: string) => Promise<T>, failure: T, uriOf: (path: FilePath) => string) {
    this.#request = request;
    this.#failure = failure;
    this.#uriOf = uriOf;
  }

  /** The answer; unwinds with `Pending` when it is not here. */
  get(path: FilePath): T {
    const found = this.#known.get(path);
    if (found !== undefined) return found.value;
    this.#wanted.add(path);
    throw new Pending([path]);
  }

  async load(): Promise<void> {
    const paths = [...this.#wanted];
    this.#wanted.clear();
    await Promise.all(paths.map(async (path) => this.#known.set(path, { value: await this.#ask(path) })));
  }

  /** Forgets what stands at the paths that are meant, and names them. */
  forget(isMeant: (path: FilePath, value: T) => boolean): readonly FilePath[] {
    const meant = [...this.#known].filter(([path, { value }]) => isMeant(path, value)).map(([path]) => path);
    for (const path of meant) this.#known.delete(path);
    return meant;
  }

  async #ask(path: FilePath): Promise<T> {
    try {
      return await this.#request(this.#uriOf(path));
    } catch {
      return this.#failure;
    }
  }
}

/** What a browser tells of the machine: nothing; layouts are those of the most common target unless settings say otherwise. */
export function browserEnvironment(targetCfg: Environment["targetCfg"]): Environment {
  return {
    cargoHome: undefined,
    rustupHome: undefined,
    home: undefined,
    variables: new Map(),
    hostTriple: "x86_64-unknown-linux-gnu",
    targetCfg,
  };
}

/** std's data: the texts of its crates are fetched together with the index, since one is of little use without the others. */
export class BrowserStdData {
  readonly #fetch: (name: string) => Promise<string>;
  readonly #texts = new Map<string, string>();
  readonly #wanted = new Set<string>();

  /** `fetch` rejects where there is no such file. */
  constructor(fetch: (name: string) => Promise<string>) {
    this.#fetch = fetch;
  }

  /** The text; unwinds with `Pending` when it is not here. */
  read(name: string): string {
    const text = this.#texts.get(name);
    if (text !== undefined) return text;
    this.#wanted.add(name);
    throw new Pending([`std/${name}`]);
  }

  /** Fetches what is wanted; rejects when that cannot be had. */
  async load(): Promise<void> {
    const names = [...this.#wanted].filter((name) => !this.#texts.has(name));
    this.#wanted.clear();
    await Promise.all(names.map((name) => this.#get(name)));
  }

  async #get(name: string): Promise<void> {
    const text = await this.#fetch(name);
    if (name === INDEX) await Promise.all([...new Set(crateNames(JSON.parse(text)))].map((crate) => this.#get(`${crate}.txt`)));
    this.#texts.set(name, text);
  }
}

/** Translations, fetched when the first thing is to be said. */
export class BrowserTranslations {
  readonly #shelf: Shelf<string | undefined>;

  /** `fetch` gives undefined where a language has none. */
  constructor(fetch: (language: string) => Promise<string | undefined>) {
    this.#shelf = new Shelf(fetch, undefined, (language) => language);
  }

  /** The text of a language's file; unwinds with `Pending` when it is not known whether there is one. */
  read(language: string): string | undefined {
    return this.#shelf.get(language);
  }

  /** Fetches what is wanted. */
  load(): Promise<void> {
    return this.#shelf.load();
  }
}

const INDEX = "models.json";

/** The crates that any of the models names. */
function crateNames(index: { readonly models: readonly { readonly crates: readonly string[] }[] }): readonly string[] {
  return index.models.flatMap((model) => model.crates);
}
