/**
 * Reads ahead in idle time: first what the types of an opened file reach, then the files of its project's own crates, so that what is
 * asked next is there.
 *
 * Invariants: goes on in steps of a file, between which questions pass; is bounded in files and in text; the client shows how far it
 * is, if it can, and may end it; a project is gone through once.
 */
import { msg } from "../base/message.ts";
import type { Steps } from "../base/resumed.ts";
import type { Words } from "../base/words.ts";
import { inWords } from "../base/words.ts";
import type { OpenProject } from "../workspace/analysis-host.ts";
import type { Answers } from "./answers.ts";
import type { ClientFacts } from "./client-facts.ts";
import type { Connection, Progress } from "./connection.ts";
import type { Dispatcher } from "./dispatch.ts";

const MAX_FILES = 2000;
/** UTF-16 units. */
const MAX_TEXT = 32 * 1024 * 1024;

/** Fewer files are read without a word. */
const SILENT_FILES = 10;
const FILES_PER_REPORT = 20;

/** What is under way for one document. */
interface Run {
  isEnded: boolean;
  /** Undefined until there is something to show, and where the client shows nothing. */
  progress: Promise<Progress | undefined> | undefined;
}

export interface WarmUpParts {
  readonly connection: Connection;
  readonly facts: ClientFacts;
  readonly words: () => Words;
  readonly dispatch: Dispatcher;
  readonly answers: Answers;
}

export class WarmUp {
  readonly #parts: WarmUpParts;
  readonly #done = new WeakSet<OpenProject>();
  #isRunning = false;

  constructor(parts: WarmUpParts) {
    this.#parts = parts;
  }

  /** Begins with a document, if nothing is under way. */
  async start(uri: string): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const run: Run = { isEnded: false, progress: undefined };
    const token = {
      get isCancellationRequested(): boolean {
        return run.isEnded;
      },
    };
    try {
      await this.#parts.dispatch.runInBackground("readAhead", token, () => this.#document(uri));
      const project = this.#unread(uri);
      if (project === undefined) return;
      this.#done.add(project);
      await this.#parts.dispatch.runInWholeSteps("readAhead", token, () => this.#read(project, run));
    } catch {
      // Ended by the client: what was read is kept.
    } finally {
      this.#isRunning = false;
      (await run.progress)?.done();
    }
  }

  *#document(uri: string): Steps<void> {
    const at = this.#parts.answers.known(uri);
    if (at !== undefined) yield* this.#parts.answers.check(at);
  }

  #unread(uri: string): OpenProject | undefined {
    const project = this.#parts.answers.known(uri)?.answer.project;
    return project === undefined || this.#done.has(project) ? undefined : project;
  }

  /** The client's progress; a client that refuses it sees none. */
  async #begin(run: Run): Promise<Progress | undefined> {
    if (!this.#parts.facts.progress) return undefined;
    try {
      const onCancel = (): void => {
        run.isEnded = true;
      };
      return await this.#parts.connection.progress({
        title: "Stowplan",
        message: inWords(this.#parts.words(), msg("reading ahead")),
        onCancel,
      });
    } catch {
      return undefined;
    }
  }

  /** The files of a project's own crates. */
  *#read(project: OpenProject, run: Run): Steps<void> {
    let files = 0;
    let text = 0;
    for (const length of project.readAhead(project.ownCrates())) {
      files += 1;
      text += length;
      if (files > SILENT_FILES) run.progress ??= this.#begin(run);
      if (files % FILES_PER_REPORT === 0) this.#report(run, files);
      if (files >= MAX_FILES || text >= MAX_TEXT) return;
      yield;
    }
  }

  #report(run: Run, files: number): void {
    const said = inWords(this.#parts.words(), msg("{count} {count|one:file|other:files}", { count: files }));
    void run.progress?.then((progress) => progress?.report(said));
  }
}
